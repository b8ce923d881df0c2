"""Determinations of which many say the same: a narrow row each, and beside them the records there are, each made and kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from screening.decide.records import DETERMINATION, RECORD
from screening.decide.rows import shared


class Determined(NamedTuple):
    """Determinations: of ``rows`` each names by ``record`` its row of ``records`` (RECORD columns)."""

    rows: pl.DataFrame
    records: pl.DataFrame

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Determined:
        """Those of a frame of whole ones, each with a record of its own."""
        own = [name for name in RECORD if name != "jurisdiction"]
        return cls(frame.drop(own).with_row_index("record"), frame.select(*RECORD))

    def whole(self) -> pl.DataFrame:
        """One row a determination, nothing shared: DETERMINATION columns as far as they are held, then all others."""
        # From one chunk: a gather of nested columns from several is slow.
        records = self.records.drop("jurisdiction").rechunk()
        whole = self.rows.drop("record").hstack(records[self.rows.get_column("record")])
        first = [name for name in DETERMINATION if name in whole.columns]
        return whole.select(*first, pl.exclude(first))

    def frames(self, about: int) -> Iterator[pl.DataFrame]:
        """The whole ones of sorted rows, ``about`` so many at once, at least one frame; no declaration is in two."""
        key = self.rows.get_column("declaration_id")
        begins = (key.ne_missing(key.shift()) | (pl.int_range(self.rows.height, eager=True) == 0)).arg_true().to_numpy()
        after = np.searchsorted(begins, np.arange(about, max(self.rows.height, 1), about))
        cuts = [0, *np.unique(begins[after[after < begins.size]]).tolist(), self.rows.height]
        for begin, end in pairwise(cuts):
            yield self._replace(rows=self.rows[begin:end]).whole()

    def changed(self, situation: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Determined:
        """These determinations, ``change`` made once to each different record in each situation: a column of the rows, used up by it.

        ``change`` is given RECORD columns and ``situation``, and gives as many rows in the same order.
        """
        different = shared(self.rows.select("record", situation))
        records = self.records.rechunk()[different.frame.get_column("record")]
        changed = change(records.with_columns(different.frame.get_column(situation)))
        return Determined(self.rows.drop(situation).with_columns(record=pl.Series(different.at)), changed.select(*RECORD))


def joined(parts: Iterable[Determined]) -> Determined:
    """The determinations of all parts, one part after the other; a column that one part lacks is null there."""
    rows, records, first = [], [], 0
    for part in parts:
        rows.append(part.rows.with_columns(pl.col("record") + first))
        records.append(part.records)
        first += part.records.height
    return Determined(pl.concat(rows, how="diagonal"), pl.concat(records))
