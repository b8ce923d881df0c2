"""XLSX results: the flat rows on one sheet, no cell a formula or a link."""

from __future__ import annotations

import io
from typing import IO

import polars as pl

from screening.errors import ResultFormatError
from screening.write.flat import flatten

MAX_ROWS = 1_048_575  # a sheet's rows less the header


def write(frame: pl.DataFrame, out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The flat results as a workbook; raises ResultFormatError when a sheet cannot hold them."""
    if frame.height > MAX_ROWS:
        raise ResultFormatError(f"{frame.height} rows do not fit a sheet of {MAX_ROWS}; write CSV or Parquet")
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        flatten(frame).write_excel(
            book, worksheet="determinations", autofilter=True, freeze_panes=(1, 0), table_style="Table Style Light 1"
        )
    out.write(buffer.getvalue())
