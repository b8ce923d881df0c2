"""Parquet results: the nested records as columns."""

from __future__ import annotations

from typing import IO

import polars as pl

from screening.write.nested import nested


def write(frame: pl.DataFrame, out: IO[bytes], *, word: str, bom: bool) -> None:
    """The nested results on ``out``, zstd-compressed."""
    nested(frame).write_parquet(out)
