"""Sorted parts as one sorted stream, in memory of a few parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from screening.engine import ORDER

STRETCH = 150_000  # rows of the result held at once, about
_SAMPLED = 1_000  # rows of a part that one key stands for


def in_order(files: Sequence[Path], stretch: int = STRETCH, sampled: int = _SAMPLED) -> Iterator[pl.DataFrame]:
    """The rows of Parquet ``files``, each sorted by ORDER, as frames that follow one another in that order, nulls last; at least one.

    The key space is cut where samples of all files, one row in ``sampled``, say that about ``stretch`` rows lie between two cuts; every
    stretch is read from the files that reach into it, and sorted. Rows of one first key are never parted.
    """
    if not files:
        return
    key = ORDER[0]
    columns = _all_columns(files)
    samples, ends = [], []
    for file in files:
        keys = pl.scan_parquet(file).select(key).collect().get_column(key).drop_nulls()
        samples.append(keys.gather_every(sampled))
        ends.append((keys.first(), keys.last()))
    cuts = pl.concat(samples).sort().gather_every(max(stretch // sampled, 1)).unique(maintain_order=True).to_list()[1:]
    for low, high in zip([None, *cuts], [*cuts, None], strict=True):
        reaching = [file for file, (first, last) in zip(files, ends, strict=True) if _reaches(first, last, low, high)]
        wanted = pl.lit(True) if low is None else pl.col(key) >= low
        # Rows without a key come last of all: no comparison holds for them, so they are named.
        wanted = (wanted | pl.col(key).is_null()) if high is None else (wanted & (pl.col(key) < high))
        rows = [pl.scan_parquet(file).filter(wanted).collect() for file in reaching]
        whole = pl.concat([pl.DataFrame(schema=columns), *rows], how="diagonal")
        yield whole.sort(ORDER, nulls_last=True, maintain_order=True)


def _reaches(first: Any, last: Any, low: Any, high: Any) -> bool:
    """Whether a file with keys from ``first`` to ``last`` may have rows in a stretch; every file may have rows without a key."""
    if high is None:
        return True
    return first is not None and last is not None and first < high and (low is None or last >= low)


def _all_columns(files: Sequence[Path]) -> dict[str, pl.DataType]:
    """The columns of all files, as joining them by name gives them."""
    columns: dict[str, pl.DataType] = {}
    for file in files:
        for name, dtype in pl.scan_parquet(file).collect_schema().items():
            columns.setdefault(name, dtype)
    return columns
