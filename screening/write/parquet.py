"""Parquet results: the nested records as columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

import polars as pl
from polars.io.plugins import register_io_source

from screening.write.nested import nested

GROUP = 250_000  # rows of a row group


def write(frames: Iterator[pl.DataFrame], out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The nested results on ``out``, zstd-compressed, with the account of the run as the file's metadata."""
    first = nested(next(frames))

    def stream(*_: Any) -> Iterator[pl.DataFrame]:
        return chain([first], (nested(frame) for frame in frames))

    register_io_source(stream, schema=first.schema).sink_parquet(out, metadata=account, row_group_size=GROUP, maintain_order=True)
