"""Items of which the same is to be said: their record is made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from screening.decide.rows import Places, Shared, shared


class Said(NamedTuple):
    """Things that are to be said of items: for each row the item, and which thing it is. Their order counts."""

    item: Places
    what: Places

    @classmethod
    def of(cls, item: Places, told: pl.DataFrame) -> Said:
        """Rows that tell the same are one thing."""
        return cls(item, shared(told).at)


class Alike(NamedTuple):
    """One item for each different answer, and the number of the answer of every item: 0 where nothing is to be said."""

    first: Places
    answer: Places


def together(answers: Sequence[Places]) -> Shared:
    """The different combinations of answers (columns ``0``, ``1``, …) and that of each item, the first that of no answer at all.

    >>> found = together([np.array([0, 1, 0, 1], dtype=np.uint32), np.array([0, 2, 0, 2], dtype=np.uint32)])
    >>> found.frame.rows(), found.at.tolist()
    ([(0, 0), (1, 2)], [0, 1, 0, 1])
    """
    spoken = np.flatnonzero(np.logical_or.reduce([answer != 0 for answer in answers]))
    different = shared(pl.DataFrame({str(number): answer[spoken] for number, answer in enumerate(answers)}))
    nothing = pl.DataFrame({name: [0] for name in different.frame.columns}, schema=different.frame.schema)
    at = np.zeros(answers[0].size, dtype=np.uint32)
    at[spoken] = different.at + 1
    return Shared(pl.concat([nothing, different.frame]), at)


def alike(said: Sequence[Said], items: int) -> Alike:
    """Items of which the same is said.

    >>> found = alike([Said(np.array([1, 3, 4]), np.array([0, 0, 0])), Said(np.array([4]), np.array([7]))], 5)
    >>> found.first.tolist(), found.answer.tolist()
    ([1, 4], [0, 1, 0, 1, 2])
    """
    if not any(one.item.size for one in said):
        return Alike(np.empty(0, dtype=np.uint32), np.zeros(items, dtype=np.uint32))
    numbered = [one.what.astype(np.uint64) | np.uint64(number << 32) for number, one in enumerate(said)]
    spoken = pl.DataFrame({"item": np.concatenate([one.item for one in said]), "what": np.concatenate(numbered)})
    whole = spoken.group_by("item", maintain_order=True).agg("what")
    answers = shared(whole.select("what"))
    places = whole.get_column("item").to_numpy()
    answer = np.zeros(items, dtype=np.uint32)
    answer[places] = answers.at + 1
    first = np.zeros(answers.frame.height, dtype=np.uint32)
    first[answers.at[::-1]] = places[::-1]
    return Alike(first, answer)
