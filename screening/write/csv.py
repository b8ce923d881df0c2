"""CSV and TSV results: flat, UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

from typing import IO

import polars as pl

from screening.write.flat import flatten, harmless


def write(frame: pl.DataFrame, out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The flat results on ``out``; with ``bom`` Excel reads the encoding right."""
    harmless(flatten(frame)).write_csv(out, separator="\t" if word == "tsv" else ",", include_bom=bom)
