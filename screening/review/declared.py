"""What was declared, as the engine read it: kept with a case, and made declarations again, so that a case can be screened once more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from screening.errors import ReviewError
from screening.frames import ITEM, PARTY, REJECT
from screening.read import Declarations

PLACE = ("source_file", "source_row", "declaration_id", "item_number")
Place = tuple[str | None, int | None, str | None, int | None]


def place_of(record: Mapping[str, Any]) -> Place:
    """Where an item was declared: file, row, declaration and number."""
    return record["source_file"], record["source_row"], record["declaration_id"], record["item_number"]


def declared_at(parts: Iterable[Declarations], places: Iterable[Place]) -> dict[Place, dict[str, Any]]:
    """The declared items at these places, each with its parties and carried columns, as plain values."""
    schema = {name: ITEM[name] for name in PLACE}
    wanted = pl.DataFrame(list(places), schema=schema, orient="row").unique()
    found: dict[Place, dict[str, Any]] = {}
    for part in parts:
        items = part.items.join(wanted, on=PLACE, how="semi", nulls_equal=True)
        parties = _by_item(part.parties.join(items, on="item", how="semi"))
        extra = _by_item(part.extra.join(items, on="item", how="semi"))
        for item in items.to_dicts():
            key = item.pop("item")
            found[place_of(item)] = {
                "item": _bare(item),
                "parties": [_bare(party) for party in parties.get(key, ())],
                "extra": _bare(extra.get(key, [{}])[0]),
            }
    return found


def declarations_of(declared: Mapping[str, Any]) -> Declarations:
    """One part of declarations with the one item; raises ReviewError where the record is not what ``declared_at`` gives."""
    try:
        item = {**declared["item"], "item": 0}
        if item.get("declared_on"):
            item["declared_on"] = date.fromisoformat(item["declared_on"])
        extra = {"item": 0, **declared["extra"]}
        return Declarations(
            pl.DataFrame([item], schema=ITEM),
            pl.DataFrame([{**party, "item": 0} for party in declared["parties"]], schema=PARTY),
            pl.DataFrame([extra], schema={name: pl.UInt32 if name == "item" else pl.String for name in extra}),
            pl.DataFrame(schema=REJECT),
            [],
        )
    except (KeyError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
        raise ReviewError(f"the declared record cannot be read ({str(error).splitlines()[0]}); it was written by another version") from None


def _by_item(frame: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in frame.to_dicts():
        found.setdefault(row.pop("item"), []).append(row)
    return found


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without what is not stated, days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items() if value is not None}
