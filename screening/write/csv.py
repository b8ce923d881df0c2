"""CSV and TSV results: flat, UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import polars as pl

from screening.write.flat import flatten, harmless


def write(frames: Iterator[pl.DataFrame], out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The flat results on ``out``; with ``bom`` Excel reads the encoding right."""
    separator = "\t" if word == "tsv" else ","
    for number, frame in enumerate(frames):
        harmless(flatten(frame)).write_csv(out, separator=separator, include_bom=bom and not number, include_header=not number)
