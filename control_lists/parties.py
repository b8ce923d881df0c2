"""The listed parties of one list as columns: opened when first asked for, read as records only where one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, overload

import polars as pl

from control_lists.models import WatchlistEntity

_TEXTS = pl.List(pl.String)
PARTIES: dict[str, Any] = {
    "id": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "programmes": _TEXTS,
    "aliases": pl.List(pl.Struct({"name": pl.String, "quality": pl.String, "script": pl.String})),
    "countries": _TEXTS,
    "addresses": _TEXTS,
    "identifiers": _TEXTS,
    "birth_dates": _TEXTS,
    "birth_places": _TEXTS,
    "listed_on": pl.Date,
    "delisted_on": pl.Date,
    "licence_requirement": pl.String,
    "licence_policy": pl.String,
    "footnotes": _TEXTS,
    "linked": _TEXTS,
    "remarks": _TEXTS,
    "cites": _TEXTS,
}
"""One row a listed party: the fields of ``WatchlistEntity``."""
_CHUNK = 5_000


class Parties(Sequence[WatchlistEntity]):
    """Listed parties in order: ``frame`` (PARTIES columns), and each as a checked record by its place."""

    def __init__(self, load: Callable[[], pl.DataFrame]) -> None:
        self._load = load

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All parties, read when first asked for."""
        return self._load().select(*PARTIES)

    def __getstate__(self) -> pl.DataFrame:
        return self.frame

    def __setstate__(self, frame: pl.DataFrame) -> None:
        self.__dict__["frame"] = frame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parties) and self.frame.equals(other.frame)

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, entities: Iterable[WatchlistEntity]) -> Parties:
        """The columns of records, gathered some thousands at a time."""
        frames = [pl.DataFrame(schema=PARTIES)]
        rows: list[dict[str, Any]] = []
        for entity in entities:
            rows.append(entity.model_dump())
            if len(rows) == _CHUNK:
                frames.append(pl.DataFrame(rows, schema=PARTIES))
                rows = []
        whole = pl.concat([*frames, pl.DataFrame(rows, schema=PARTIES)], rechunk=True)
        return cls(lambda: whole)

    def __len__(self) -> int:
        return self.frame.height

    @overload
    def __getitem__(self, place: int) -> WatchlistEntity: ...
    @overload
    def __getitem__(self, place: slice) -> Parties: ...
    def __getitem__(self, place: int | slice) -> WatchlistEntity | Parties:
        if isinstance(place, slice):
            return Parties(lambda: self.frame[place])
        return WatchlistEntity.model_validate(self.frame.row(place, named=True))

    def __iter__(self) -> Iterator[WatchlistEntity]:
        return (WatchlistEntity.model_validate(row) for row in self.frame.iter_rows(named=True))

    def listed_on(self, day: date) -> Parties:
        """Those listed on a day: neither later nor, by the list or a later edition of it, no longer."""
        listed = (pl.col("listed_on").is_null() | (pl.col("listed_on") <= day)) & (
            pl.col("delisted_on").is_null() | (pl.col("delisted_on") > day)
        )
        return Parties(lambda: self.frame.filter(listed))

    def names(self) -> pl.DataFrame:
        """Every name: ``entity`` (its place), ``name``, ``quality``; each party's own name first, then its aliases in order."""
        place = pl.int_range(pl.len(), dtype=pl.UInt32)
        own = self.frame.select(entity=place, name="name", quality=pl.lit("strong"), order=pl.lit(0, pl.UInt32))
        aliases = self.frame.select(entity=place, alias="aliases").explode("alias").drop_nulls("alias").unnest("alias")
        others = aliases.select("entity", "name", "quality", order=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32))
        return pl.concat([own, others]).sort("entity", "order").drop("order")

    def exploded(self, column: str) -> pl.DataFrame:
        """Every value of a list column: ``entity`` (its place) and the column."""
        return self.frame.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("entity"), column).explode(column).drop_nulls(column)
