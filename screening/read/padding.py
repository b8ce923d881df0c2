"""Leading zeros that a workbook shows but does not store: a code typed as a number in a format of zeros (``000000``).

The reader of cells gives the stored number, 10210 for a shown 010210. Formats are in the workbook's styles; only a
workbook that has such a format is looked at.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import polars as pl

_FORMAT = re.compile(rb'<numFmt\b(?=[^>]*\bnumFmtId="(\d+)")(?=[^>]*\bformatCode="(0{2,})")')
_CELL = re.compile(rb'<c\b(?=[^>]*\br="([A-Z]{1,3})(\d+)")(?=[^>]*\bs="(\d+)")[^>]*>\s*<v>(\d+)</v>')
_FILLED = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d+"[^>]*(?<!/)>')


def padded_cells(cells: pl.DataFrame, path: Path, sheet: int) -> pl.DataFrame:
    """The cells with the zeros their number format shows; ``sheet`` counts the workbook's sheets from 0."""
    with zipfile.ZipFile(path) as book:
        widths = _styles(book.read("xl/styles.xml")) if "xl/styles.xml" in book.namelist() else {}
        part = f"xl/worksheets/sheet{sheet + 1}.xml"
        if not widths or part not in book.namelist():
            return cells
        content = book.read(part)
    first = _first_column(content)
    columns = [cells[name].to_list() for name in cells.columns]
    for match in _CELL.finditer(content):
        width = widths.get(int(match[3]))
        column, row = _number(match[1]) - first, int(match[2]) - 1
        if width and 0 <= column < len(columns) and row < cells.height and columns[column][row] == match[4].decode():
            columns[column][row] = match[4].decode().zfill(width)
    return pl.DataFrame([pl.Series(name, column, dtype=pl.String) for name, column in zip(cells.columns, columns, strict=True)])


def _styles(styles: bytes) -> dict[int, int]:
    """How many digits each cell style shows at least, for the styles of a format of zeros."""
    digits = {int(m[1]): len(m[2]) for m in _FORMAT.finditer(styles)}
    block = re.search(rb"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
    if not digits or block is None:
        return {}
    used = re.findall(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"', block[0])
    return {style: digits[int(number)] for style, number in enumerate(used) if int(number) in digits}


def _first_column(sheet: bytes) -> int:
    """The number of the first column that holds anything: the reader of cells leaves empty ones before it out."""
    return min((_number(letters) for letters in set(_FILLED.findall(sheet))), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
