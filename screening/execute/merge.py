"""Sorted parts as one sorted stream, in memory of a few parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from screening.engine import ORDER

STRETCH = 1_000_000  # rows of the result held at once, about
_SAMPLED = 1_000  # rows of a part that one key stands for


def in_order(files: Sequence[Path], stretch: int = STRETCH) -> Iterator[pl.DataFrame]:
    """The rows of Parquet ``files``, each sorted by ORDER, as frames that follow one another in that order.

    The key space is cut where samples of all files say that about ``stretch`` rows lie between two cuts; every stretch is read from the
    files that reach into it, and sorted.
    """
    if not files:
        return
    key = ORDER[0]
    columns = _all_columns(files)
    samples = [pl.scan_parquet(file).select(pl.col(key).gather_every(_SAMPLED)).collect().get_column(key) for file in files]
    ends = [pl.scan_parquet(file).select(first=pl.col(key).min(), last=pl.col(key).max()).collect().row(0) for file in files]
    cuts = pl.concat(samples).sort().gather_every(max(stretch // _SAMPLED, 1)).unique(maintain_order=True).to_list()[1:]
    for low, high in zip([None, *cuts], [*cuts, None], strict=True):
        wanted = pl.lit(True)
        if low is not None:
            wanted = wanted & (pl.col(key) >= low)
        if high is not None:
            wanted = wanted & (pl.col(key) < high)
        reaching = [
            file
            for file, (first, last) in zip(files, ends, strict=True)
            if first is not None and (high is None or first < high) and (low is None or last >= low)
        ]
        rows = [pl.scan_parquet(file).filter(wanted).collect() for file in reaching]
        whole = pl.concat([pl.DataFrame(schema=columns), *rows], how="diagonal")
        yield whole.sort(ORDER, nulls_last=True, maintain_order=True)


def _all_columns(files: Sequence[Path]) -> dict[str, pl.DataType]:
    """The columns of all files, as joining them by name gives them."""
    columns: dict[str, pl.DataType] = {}
    for file in files:
        for name, dtype in pl.scan_parquet(file).collect_schema().items():
            columns.setdefault(name, dtype)
    return columns
