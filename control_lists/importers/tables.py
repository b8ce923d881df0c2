"""Rows of CSV and XLSX files as strict fields."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import MAX_BYTES, Publication

MAX_CELL = 4 * 1024 * 1024


class Row(NamedTuple):
    """One row: its number in the file (from 1) and its cells as text."""

    number: int
    cells: Sequence[str]


def csv_rows(publication: Publication, delimiter: str = ",", encoding: str = "utf-8-sig") -> Iterator[Row]:
    """All rows of a delimited file, UTF-8 unless its form is older; raises SourceFormatError where a row cannot be read.

    A byte order mark is dropped.
    """
    csv.field_size_limit(MAX_CELL)
    with io.TextIOWrapper(publication.open(), encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=False)
        try:
            for cells in reader:
                yield Row(reader.line_num, cells)
        except csv.Error as error:
            raise SourceFormatError(f"{publication.name}: row {reader.line_num}: {error}; the file is damaged, download it again") from None
        except UnicodeDecodeError as error:
            raise SourceFormatError(
                f"{publication.name}: after row {reader.line_num}: not {encoding.removesuffix('-sig').upper()} text ({error.reason}); "
                "download it again and do not save it in a spreadsheet"
            ) from None


def sheet_names(publication: Publication) -> list[str]:
    """The sheets of a workbook, in order."""
    return list(_book(publication).sheet_names)


def sheet_rows(publication: Publication, sheet: str | int = 0) -> Iterator[Row]:
    """All rows of one sheet of a workbook, every cell as the text it holds (dates may be serial numbers); blank is ''."""
    frame = _book(publication).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
    for number, cells in enumerate(frame.iter_rows(), 1):
        yield Row(number, ["" if cell is None else str(cell) for cell in cells])


def _book(publication: Publication):  # type: ignore[no-untyped-def]  # fastexcel is imported where a workbook is read
    import fastexcel

    try:
        with zipfile.ZipFile(publication.path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_BYTES // 4:
                raise SourceFormatError(f"{publication.name}: unpacks to more than any published list")
        return fastexcel.read_excel(publication.path)
    except (fastexcel.FastExcelError, zipfile.BadZipFile, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceFormatError(f"{publication.name}: not a workbook that can be read ({reason}); download it again") from None
