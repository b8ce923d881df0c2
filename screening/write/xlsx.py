"""XLSX results: the flat rows on one sheet, no cell a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

import polars as pl

from screening.errors import ResultFormatError
from screening.write.flat import flatten

MAX_ROWS = 1_048_575  # a sheet's rows less the header


def write(frames: Iterator[pl.DataFrame], out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The flat results as a workbook; raises ResultFormatError when a sheet cannot hold them."""
    held = []
    for frame in frames:
        held.append(flatten(frame))
        if sum(part.height for part in held) > MAX_ROWS:
            raise ResultFormatError(f"the results have more rows than the {MAX_ROWS} of a sheet; write CSV or Parquet")
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        pl.concat(held).write_excel(
            book, worksheet="determinations", autofilter=True, freeze_panes=(1, 0), table_style="Table Style Light 1"
        )
    out.write(buffer.getvalue())
