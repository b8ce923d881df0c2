"""Parquet results: the nested records as columns."""

from __future__ import annotations

from typing import IO

import polars as pl

from screening.write.nested import nested


def write(frame: pl.DataFrame, out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The nested results on ``out``, zstd-compressed, with the account of the run as the file's metadata."""
    nested(frame).write_parquet(out, metadata=account)
