"""CSV and TSV: any common delimiter and encoding, title rows, quoted line breaks, and rows that do not fit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import polars as pl

from screening.errors import DeclarationFormatError
from screening.read.columns import ColumnNames, unique_names
from screening.read.contract import RawPart, Reject, flat_part
from screening.read.encoding import Encoding, lines, sniff_encoding
from screening.read.records import careful, regular
from screening.read.table import HEADER_WITHIN, Header, find_header

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK_LINES = 20_000
_ROW = "\0row"


class Delimited:
    """An opened CSV or TSV file. Raises DeclarationFormatError when no row names a column we know."""

    def __init__(self, path: Path, file: str, names: ColumnNames, delimiter: str | None = None) -> None:
        self.file = file
        self._path = path
        self._encoding: Encoding = sniff_encoding(path)
        sample = list(islice(lines(path, self._encoding), HEADER_WITHIN + 20))
        self._delimiter, header = _sniff_delimiter(sample, names, (delimiter,) if delimiter else _DELIMITERS)
        if header is None:
            first = next((line.strip() for line in sample if line.strip()), "")[:80]
            raise DeclarationFormatError(
                f"{file}: row 1: no column is one we know ('{first}'); name the columns as the declaration does, or map them with --map"
            )
        self._header = header
        self._columns = unique_names(header.cells)
        # Trailing columns without a name may be missing from a row.
        self._least = max(index for index, cell in enumerate(header.cells, 1) if cell.strip())

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The records in order, numbered as a spreadsheet counts rows. A row that cannot be read is a reject."""
        source = lines(self._path, self._encoding)
        number = self._skip_header(source)
        found: list[pl.DataFrame] = []
        rejects: list[Reject] = []
        reports = self._reports()
        size = 0
        while chunk := list(islice(source, min(_CHUNK_LINES, part_rows - size))):
            frame, refused, count = self._chunk(chunk, source, number)
            number += count
            found.append(frame)
            rejects += refused
            size += frame.height + len(refused)
            if size >= part_rows:
                yield self._part(found, rejects, size, reports)
                found, rejects, reports, size = [], [], [], 0
        if size or reports or number == self._header.position + 1:
            yield self._part(found, rejects, size, reports)

    def _skip_header(self, source: Iterator[str]) -> int:
        """The number of records up to the header and with it; the lines behind are left in ``source``."""
        # The reader takes lines only as it needs them, so nothing behind the header is consumed.
        reader = csv.reader(source, delimiter=self._delimiter)
        return sum(1 for _ in islice(reader, self._header.position + 1))

    def _chunk(self, chunk: list[str], source: Iterator[str], number: int) -> tuple[pl.DataFrame, list[Reject], int]:
        """The records that begin in a chunk of lines, those refused, and how many rows of a spreadsheet they are."""
        frame = regular(chunk, self._delimiter, self._columns)
        rejects: list[Reject] = []
        if frame is None:
            rows: list[int] = []
            cells: list[list[str]] = []
            count = 0
            for count, record in enumerate(careful(chunk, source, self._delimiter, self._least, len(self._columns)), 1):
                if isinstance(record, str):
                    rejects.append(Reject(number + count, None, record))
                elif record:
                    rows.append(number + count)
                    cells.append(record)
            fields = list(zip(*cells, strict=True)) if cells else [()] * len(self._columns)
            frame = pl.DataFrame([pl.Series(name, values, dtype=pl.String) for name, values in zip(self._columns, fields, strict=True)])
            frame = frame.with_columns(pl.Series(_ROW, rows, dtype=pl.Int64))
        else:
            count = frame.height
            frame = frame.with_columns(pl.int_range(number + 1, number + 1 + pl.len(), dtype=pl.Int64).alias(_ROW))
            frame = frame.filter(pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in self._columns))
        repeats = pl.all_horizontal(pl.col(name) == cell for name, cell in zip(self._columns, self._header.cells, strict=True))
        rejects += [Reject(row, None, "repeats the header") for row in frame.filter(repeats)[_ROW]]
        return frame.filter(~repeats), rejects, count

    def _part(self, found: list[pl.DataFrame], rejects: list[Reject], records: int, reports: list[str]) -> RawPart:
        empty = pl.DataFrame(schema={**dict.fromkeys(self._columns, pl.String), _ROW: pl.Int64})
        frame = pl.concat(found) if found else empty
        nameless = [name for name, cell in zip(self._columns, self._header.cells, strict=True) if not cell.strip()]
        rows = frame[_ROW]
        frame = frame.drop(_ROW, *(name for name in nameless if (frame[name] == "").all()))
        return flat_part(frame, rows, rejects, records, reports)

    def _reports(self) -> list[str]:
        reports: list[str] = []
        if self._encoding is Encoding.MIXED:
            reports.append("not all of it is UTF-8; those rows are read as Windows-1252. Save the file as UTF-8 if names look wrong")
        if self._header.position:
            reports.append(f"{self._header.position} rows above the header are not read")
        return reports


def _sniff_delimiter(sample: list[str], names: ColumnNames, delimiters: tuple[str, ...]) -> tuple[str, Header | None]:
    """The delimiter under which the header names most known columns, and then most rows have its width."""
    best: tuple[tuple[int, int, int], str, Header | None] = ((0, 0, 0), delimiters[0], None)
    for delimiter in delimiters:
        rows = _table(sample, delimiter)
        header = find_header(rows, names)
        if header is not None:
            same = sum(len(row) == len(header.cells) for row in rows[header.position :])
            rank = (header.recognised, same, len(header.cells))
            if rank > best[0]:
                best = (rank, delimiter, header)
    return best[1], best[2]


def _table(sample: list[str], delimiter: str) -> list[list[str]]:
    """The first records under one delimiter, as far as they can be read."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(sample, delimiter=delimiter))
    return rows
