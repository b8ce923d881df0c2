"""The whole reasoning of one item, beyond its record: the way through the rules, what one changed fact would change, what lies near.

A record of a batch is kept small. This is made for one item when a person asks, from the declaration, by the engine that decided it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from control_lists.codes.control_code import is_under
from screening.counterfactuals import counterfactuals
from screening.decide.gathered import Matches
from screening.engine import Screener
from screening.errors import UsageError
from screening.frames import ITEM, PARTY
from screening.read import Declarations, ReadOptions, read

HEADROOM_PCT = 2.0
"""A declared value that misses a limit by no more is told as just under it (the band in which falsified data sheets were found)."""


def with_reasoning(screener: Screener, part: Declarations, records: Sequence[Mapping[str, Any]], as_of: date) -> list[dict[str, Any]]:
    """The records of one item with ``path``, ``counterfactuals``, ``headroom`` and ``see_also``; ``part`` holds that item alone."""
    items, parties = part.items.select(*ITEM), part.parties.select(*PARTY)
    day = items.item(0, "declared_on") or as_of
    held = {one.id for record in records for one in screener.snapshot.profiles[record["jurisdiction"]].control_lists}
    candidates = screener.goods.match(items, held, as_of)
    matched = screener.parties.match(parties, dict.fromkeys(items.get_column("item").to_list(), day))
    checked = screener.documents.check([part], as_of) if screener.documents is not None else None
    matches = Matches(items, parties, candidates, matched, checked)
    changes = counterfactuals(screener, part, records, as_of)
    return [
        {
            **record,
            "path": [step._asdict() for step in screener.decider.path(record["jurisdiction"], day, matches)],
            "counterfactuals": [change._asdict() for change in changes.get(record["jurisdiction"], ())],
            "headroom": list(_headroom(record, candidates)),
            "see_also": list(_see_also(screener, record)),
        }
        for record in records
    ]


def reasoned(screener: Screener, source: Path, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The records of a results file with their reasoning, from the file of their declarations; raises UsageError where it is not theirs.

    Decided with the lists and rules held now, on the record's day.
    """
    found = []
    for (_, _, row), same in groupby(records, key=lambda r: (r["declaration_id"], r["item_number"], r["source_row"])):
        own = list(same)
        part = _declared(screener, source, own[0])
        if part is None:
            raise UsageError(f"{source}: row {row} is not declaration {own[0]['declaration_id']} item {own[0]['item_number']}")
        found += with_reasoning(screener, part, own, date.fromisoformat(own[0]["as_of"]))
    return found


def _declared(screener: Screener, source: Path, record: Mapping[str, Any]) -> Declarations | None:
    """The declaration of a record, read again; what the run filled in of its countries is filled in again."""
    blanks = {name: record[name] for name in ("export_country", "destination_country") if record[name]}
    own = pl.col("declaration_id").eq(record["declaration_id"]) & pl.col("item_number").eq(record["item_number"])
    for part in read(str(source), ReadOptions(screener.snapshot, None, blanks, {})):
        items = part.items.filter(own & pl.col("source_row").eq(record["source_row"])).head(1)
        if items.height:
            parties = part.parties.join(items.select("item"), on="item", how="semi", maintain_order="left")
            return Declarations(items, parties, items.select("item"), part.rejects.clear(), [])
    return None


def _headroom(record: Mapping[str, Any], candidates: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Candidates of a record that are not met by no more than HEADROOM_PCT of a limit."""
    near = {(c["list"], c["code"]): c["near_limit"] for c in candidates.iter_rows(named=True) if c["near_limit"] is not None}
    for candidate in record["candidates"]:
        missed = near.get((candidate["list"], candidate["code"]))
        if missed is not None and missed <= HEADROOM_PCT:
            yield {"list": candidate["list"], "code": candidate["code"], "missed_by_pct": round(missed, 2)}


def _see_also(screener: Screener, record: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Every entry that a recognised candidate's entry refers to: whether it is a candidate too, or why it is not."""
    for candidate in record["candidates"]:
        node = screener.goods.catalogue.find(candidate["list"], candidate["code"]) if candidate["status"] != "hint" else None
        for code in dict.fromkeys(code for entry in node.chain for code in entry.see_also) if node else ():
            also = next((c for c in record["candidates"] if is_under(c["code"], code) or is_under(code, c["code"])), None)
            if also is not None:
                answer = f"a candidate too: {also['status'].replace('_', ' ')}"
            elif screener.goods.catalogue.find(candidate["list"], code) is None:
                answer = "the list held does not describe it: look it up"
            else:
                answer = "nothing declared says that the good is one"
            yield {"of": candidate["code"], "code": code, "answer": answer}
