"""NDJSON results: one whole record a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import polars as pl

from screening.write.nested import nested


def write(frames: Iterator[pl.DataFrame], out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The nested results on ``out``, one JSON object a line."""
    for frame in frames:
        nested(frame).write_ndjson(out)
