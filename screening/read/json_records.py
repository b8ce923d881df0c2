"""JSON and NDJSON: one record a goods item, nested or flat."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from screening.errors import DeclarationFormatError
from screening.read.columns import ColumnNames
from screening.read.contract import RawPart, Reject
from screening.read.encoding import Encoding, decoded, lines, sniff_encoding
from screening.read.nested import raw_part

_LOOKED_AT = 1000
_NOT_OBJECT = "is not a JSON object"


class JsonLines:
    """An opened NDJSON file: a record a line. A line that is no object is a reject."""

    def __init__(self, path: Path, file: str, names: ColumnNames) -> None:
        self.file = file
        self._path = path
        self._names = names
        self._encoding = sniff_encoding(path)
        found = (_parsed(line)[0] for line in lines(path, self._encoding) if line.strip())
        _check([record for record in islice(found, _LOOKED_AT) if isinstance(record, dict)], file, names)

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The records in order, numbered by their line."""
        found: list[tuple[int, dict[str, Any]]] = []
        rejects: list[Reject] = []
        reports = ["not all of it is UTF-8; those rows are read as Windows-1252"] if self._encoding is Encoding.MIXED else []
        for number, line in enumerate(lines(self._path, self._encoding), 1):
            if not line.strip("\ufeff \t\r\n"):
                continue
            record, fault = _parsed(line)
            if isinstance(record, dict):
                found.append((number, record))
            else:
                rejects.append(Reject(number, None, fault or _NOT_OBJECT))
            if len(found) + len(rejects) >= part_rows:
                yield raw_part(found, rejects, self._names, reports)
                found, rejects, reports = [], [], []
        if found or rejects:
            yield raw_part(found, rejects, self._names, reports)


class Json:
    """An opened JSON file: an array of records, ``{"declarations": [...]}``, or one record."""

    def __init__(self, path: Path, file: str, names: ColumnNames) -> None:
        self.file = file
        self._names = names
        encoding = sniff_encoding(path)
        text = "".join(lines(path, encoding)) if encoding is not Encoding.MIXED else decoded(path.read_bytes())
        whole, fault = _parsed(text)
        if fault is not None:
            raise DeclarationFormatError(f"{file}: {fault}; correct it, or write one record a line as .ndjson")
        if isinstance(whole, dict) and isinstance(whole.get("declarations"), list):
            whole = whole["declarations"]
        self._records: list[Any] = whole if isinstance(whole, list) else [whole]
        _check([record for record in self._records[:_LOOKED_AT] if isinstance(record, dict)], file, names)

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The records in order, numbered from 1."""
        for offset in range(0, len(self._records), part_rows):
            numbered = list(enumerate(self._records[offset : offset + part_rows], offset + 1))
            rejects = [Reject(number, None, _NOT_OBJECT) for number, record in numbered if not isinstance(record, dict)]
            yield raw_part([(number, record) for number, record in numbered if isinstance(record, dict)], rejects, self._names)


class Records:
    """Records at hand, as a caller of the library gives them."""

    file = "records"

    def __init__(self, records: Sequence[Mapping[str, Any]], names: ColumnNames) -> None:
        self._records = records
        self._names = names

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The records in order, numbered from 1; one empty part when there is none."""
        for offset in range(0, max(len(self._records), 1), part_rows):
            numbered = enumerate(self._records[offset : offset + part_rows], offset + 1)
            yield raw_part([(number, dict(record)) for number, record in numbered], [], self._names)


def _check(records: list[dict[str, Any]], file: str, names: ColumnNames) -> None:
    """Nothing; raises DeclarationFormatError when there is no record among the first, or none of them has a field we know."""
    if not records:
        raise DeclarationFormatError(f"{file}: row 1: no JSON object is found; write an array of records, or one record a line as .ndjson")
    if not any(names.recognised(record) for record in records):
        shown = ", ".join(records[0])[:80]
        raise DeclarationFormatError(
            f"{file}: row 1: no field is one we know ('{shown}'); name the fields as the declaration does, or map them with --map"
        )


def _parsed(text: str) -> tuple[Any, str | None]:
    """The JSON value of a text with its numbers as they are written, or why it is none."""
    try:
        return json.loads(text.lstrip("\ufeff"), parse_float=str, parse_int=str, parse_constant=str), None
    except json.JSONDecodeError as error:
        return None, f"is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"
    except RecursionError:
        return None, "is nested too deeply"
