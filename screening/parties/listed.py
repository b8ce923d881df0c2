"""The names and identifiers of all watchlists of a snapshot, side by side."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import polars as pl

from control_lists.models import WatchlistEntity
from control_lists.snapshot import Snapshot

# Other words for a kind of identifier, as declarations write it.
_KINDS = {
    "registration": "reg",
    "company": "reg",
    "crn": "reg",
    "vat": "tax",
    "tin": "tax",
    "inn": "tax",
    "id": "national",
    "nationalid": "national",
    "dob": "birth",
    "born": "birth",
    "birthdate": "birth",
    "birth_date": "birth",
    "bic": "swift",
}


class Listed(NamedTuple):
    """One name of one listed party. ``place`` is its place among all names, None for a party found without one."""

    list_id: str
    entity: WatchlistEntity
    name: str
    quality: str  # strong | weak | former
    place: int | None


class ListedParties:
    """All listed parties of a snapshot; records are read where a match asks for one."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._lists = {list_id: loaded.entities for list_id, loaded in snapshot.lists.items() if loaded.meta.kind == "parties"}
        self._entities: dict[tuple[str, int], WatchlistEntity] = {}

    @cached_property
    def names(self) -> pl.DataFrame:
        """Every name that parties are compared by, in one fixed order: list, entity (its place in the list), name, quality, key.

        An address that is listed as such has no name.
        """
        frames = [
            parties.names()
            .join(parties.frame.select(entity=pl.int_range(pl.len(), dtype=pl.UInt32), kind="kind"), on="entity", maintain_order="left")
            .select(pl.lit(list_id).alias("list"), "entity", "name", "quality", "kind")
            for list_id, parties in self._lists.items()
        ]
        empty = pl.DataFrame(schema={"list": pl.String, "entity": pl.UInt32, "name": pl.String, "quality": pl.String, "kind": pl.String})
        whole = pl.concat([empty, *frames], rechunk=True).filter(pl.col("kind") != "address").drop("kind")
        return whole.with_columns(key=verbatim(pl.col("name")), place=pl.int_range(pl.len(), dtype=pl.UInt32))

    @cached_property
    def identifiers(self) -> pl.DataFrame:
        """Every identifier: list, entity, key as ``identifier_key`` makes it."""
        frames = [
            parties.exploded("identifiers").select(pl.lit(list_id).alias("list"), "entity", key=identifier_keys(pl.col("identifiers")))
            for list_id, parties in self._lists.items()
        ]
        empty = pl.DataFrame(schema={"list": pl.String, "entity": pl.UInt32, "key": pl.String})
        return pl.concat([empty, *frames], rechunk=True)

    @cached_property
    def addresses(self) -> list[tuple[str, int, str]]:
        """Addresses that are listed as such: list, entity, text."""
        return [
            (list_id, place, text)
            for list_id, parties in self._lists.items()
            for place, texts in parties.frame.with_row_index("entity")
            .filter(pl.col("kind") == "address")
            .select("entity", "addresses")
            .iter_rows()
            for text in texts
        ]

    def named(self, place: int) -> Listed:
        """The name at a place of ``names``, with its party."""
        list_id, entity, name, quality, *_ = self.names.row(place)
        return Listed(list_id, self.entity(list_id, entity), name, quality, place)

    def entity(self, list_id: str, place: int) -> WatchlistEntity:
        """A listed party's record."""
        found = self._entities.get((list_id, place))
        if found is None:
            found = self._entities[list_id, place] = self._lists[list_id][place]
        return found


def verbatim(name: pl.Expr) -> pl.Expr:
    """A name without case and spacing, for names that are the same text."""
    return name.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def identifier_keys(identifier: pl.Expr) -> pl.Expr:
    """``identifier_key`` of a column of identifiers of listed parties."""
    kind = identifier.str.extract(r"^([^:]*):").str.to_lowercase()
    return kind + ":" + identifier.str.replace(r"^[^:]*:", "").str.replace_all(r"[^\p{L}\p{N}]", "").str.to_lowercase()


def identifier_key(text: str) -> str:
    """Kind and value without blanks, signs and case, the kind by the name that lists use.

    >>> identifier_key("IMO: 9187629"), identifier_key("registration:DE-47/11")
    ('imo:9187629', 'reg:de4711')
    """
    kind, _, value = text.partition(":")
    plain = kind.strip().lower()
    digits = "".join(c for c in value if c.isalnum()).lower()
    return f"{_KINDS.get(plain, plain)}:{digits.removeprefix('imo') if plain == 'imo' else digits}"
