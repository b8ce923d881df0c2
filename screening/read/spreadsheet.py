"""XLSX workbooks: the sheet that names columns we know, every cell as the text it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from screening.errors import DeclarationFormatError
from screening.read.columns import ColumnNames, unique_names
from screening.read.contract import RawPart, flat_part
from screening.read.padding import padded_cells
from screening.read.table import Header, find_header


class Spreadsheet:
    """An opened workbook. Raises DeclarationFormatError when it is none, or no sheet names a column we know."""

    def __init__(self, path: Path, file: str, names: ColumnNames) -> None:
        self.file = file
        try:
            book = fastexcel.read_excel(path)
            sheets = [(name, self._cells(book, path, name)) for name in book.sheet_names]
        except (fastexcel.FastExcelError, OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise DeclarationFormatError(f"{file}: is not a workbook that can be read ({reason}); save it again as .xlsx") from None
        found = [(name, cells, header) for name, cells in sheets if (header := find_header(cells.head(40).rows(), names)) is not None]
        if not found:
            raise DeclarationFormatError(
                f"{file}: row 1: no sheet has a column we know; name the columns as the declaration does, or map them with --map"
            )
        self._name, self._cells_found, self._header = found[0]
        self._unread = [name for name, cells in sheets if name != self._name and cells.height]

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The rows below the header in order; wholly blank rows are none."""
        body = _body(self._cells_found, self._header)
        columns = [name for name in body.columns if name != _ROW]
        for offset in range(0, max(body.height, 1), part_rows):
            part = body.slice(offset, part_rows)
            yield flat_part(part.select(columns), part[_ROW], [], part.height, [] if offset else self._reports())

    def _reports(self) -> list[str]:
        above = [f"sheet '{self._name}': {self._header.position} rows above the header are not read"] if self._header.position else []
        return above + ([f"only sheet '{self._name}' is read, not: {', '.join(self._unread)}"] if self._unread else [])

    def _cells(self, book: fastexcel.ExcelReader, path: Path, name: str) -> pl.DataFrame:
        """All cells of a sheet as text, from its first row on."""
        cells = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        return padded_cells(cells, path, book.sheet_names.index(name))


_ROW = "\0row"


def _body(cells: pl.DataFrame, header: Header) -> pl.DataFrame:
    """The rows below the header under its names, with the number each has in the sheet."""
    body = cells.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(_ROW)).slice(header.position + 1)
    names = unique_names(header.cells)
    nameless = [name for name, cell in zip(names, header.cells, strict=True) if not cell.strip()]
    body = body.rename(dict(zip(cells.columns, names, strict=True)))
    body = body.drop(name for name in nameless if body[name].null_count() == body.height)
    texts = [name for name in body.columns if name != _ROW]
    return body.filter(pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in texts))
