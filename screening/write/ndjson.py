"""NDJSON results: one whole record a line."""

from __future__ import annotations

from typing import IO

import polars as pl

from screening.write.nested import nested


def write(frame: pl.DataFrame, out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The nested results on ``out``, one JSON object a line."""
    nested(frame).write_ndjson(out)
