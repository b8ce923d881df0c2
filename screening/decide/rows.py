"""The rows that rules are asked of, their facts held once where many rows share them.

A million items move along a few thousand routes and have a few hundred different candidates. A predicate that reads only the route is
asked of each route, one that reads only the candidate of each different candidate, and only what is left of each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

Places = NDArray[np.uint32]
Mask = NDArray[np.bool_]


class Shared(NamedTuple):
    """Distinct facts, and for each row the place of its own among them."""

    frame: pl.DataFrame
    at: Places


class Rows(NamedTuple):
    """Rows of one subject: the item each belongs to, and the facts that rows share, cheapest to ask first."""

    movement: pl.DataFrame  # one row an item
    place: Places  # of each row's item in ``movement``
    shared: tuple[Shared, ...] = ()
    content: Places = np.empty(0, dtype=np.uint32)  # of candidates and party matches: which one it is; of movements empty

    @classmethod
    def plain(cls, frame: pl.DataFrame) -> Rows:
        """The rows of a frame that holds all their facts."""
        return cls(frame, np.arange(frame.height, dtype=np.uint32))

    def read(self, columns: Sequence[str], chosen: Any) -> pl.DataFrame:
        """``columns`` of the chosen rows."""
        sources = [next((s for s in self.shared if c in s.frame.columns), Shared(self.movement, self.place)) for c in columns]
        return pl.DataFrame([s.frame.get_column(c)[s.at[chosen]] for c, s in zip(columns, sources, strict=True)])


def shared(frame: pl.DataFrame) -> Shared:
    """The distinct rows of a frame, in the order in which they first stand.

    >>> routes = shared(pl.DataFrame({"to": ["VN", "KH", "VN"], "via": [["CN"], [], ["CN"]]}))
    >>> routes.frame.get_column("to").to_list(), routes.at.tolist()
    (['VN', 'KH'], [0, 1, 0])
    """
    if frame.height < 2:
        return Shared(frame, np.zeros(frame.height, dtype=np.uint32))
    groups = frame.with_row_index("_row").group_by(frame.columns, maintain_order=True).agg("_row")
    rows = groups.get_column("_row")
    at = np.zeros(frame.height, dtype=np.uint32)
    at[rows.explode().to_numpy()] = np.repeat(np.arange(groups.height, dtype=np.uint32), rows.list.len().to_numpy())
    return Shared(groups.drop("_row"), at)
