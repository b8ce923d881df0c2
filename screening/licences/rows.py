"""The forms a licence register comes in, read as rows of one shape: CSV, JSON, and the files of the United Kingdom's licence exchange."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from screening.errors import LicenceError
from screening.licences import uk_exchange

COLUMNS = (
    "number", "type", "jurisdiction", "authority", "status", "exporter", "exporter_id", "consignee", "consignee_id", "end_user",
    "end_user_id", "destinations", "operations", "valid_from", "valid_to", "conditions", "line", "control_code", "description", "hs_code",
    "quantity", "unit", "value", "currency", "used_quantity", "used_value",
)  # fmt: skip
OF_LINE = COLUMNS[COLUMNS.index("line") :]


class Row(NamedTuple):
    """One line of a licence as it was written, or a fault in its place; ``number`` may be known although the rest is not."""

    place: str  # file and row
    fields: Mapping[str, str]
    fault: str | None = None
    is_usage: bool = False  # further use of a licence that stands elsewhere


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of one file; raises LicenceError for a file that is none of the forms."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LicenceError(f"{path}: {error}; a register of licences is a UTF-8 text file") from None
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return _of_json(path, text)
    if uk_exchange.is_exchange(start):
        return (Row(f"{path.name}: row {line.row}", line.fields, line.fault, line.is_usage) for line in uk_exchange.lines_of(text))
    return _of_csv(path, text)


def _of_csv(path: Path, text: str) -> Iterator[Row]:
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=head.count), strict=True)
    header = [name.strip() for name in next(reader, [])]
    _require_known(path, "row 1", header)
    if "number" not in header:
        raise LicenceError(f"{path}: row 1: no column 'number'; a register of licences has the columns {', '.join(COLUMNS)}")
    try:
        for cells in reader:
            place = f"{path.name}: row {reader.line_num}"
            fields = dict(zip(header, map(str.strip, cells), strict=False))
            wrong = len(cells) > len(header)
            if any(fields.values()):
                yield Row(place, fields, f"has {len(cells)} fields where the header has {len(header)}" if wrong else None)
    except csv.Error as error:
        raise LicenceError(f"{path}: row {reader.line_num}: {error}; close the quotation mark") from None


def _of_json(path: Path, text: str) -> Iterator[Row]:
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except ValueError as error:
        raise LicenceError(f"{path}: {error}; a register of licences is valid JSON") from None
    if uk_exchange.is_payload(found):
        yield from (Row(f"{path.name}: goods {line.row}", line.fields, line.fault) for line in uk_exchange.payload_lines(found["licence"]))
        return
    licences = found.get("licences") if isinstance(found, dict) else found
    if not isinstance(licences, list):
        raise LicenceError(f'{path}: no list of licences; write {{"licences": [{{"number": "…", "items": [{{…}}]}}]}}')
    for position, licence in enumerate(licences, 1):
        place = f"{path.name}: licence {position}"
        if not isinstance(licence, dict) or not isinstance(licence.get("items", []), list):
            yield Row(place, {}, "is not an object with a list of items")
            continue
        shared = {name: value for name, value in licence.items() if name != "items"}
        _require_known(path, f"licence {position}", shared)
        for item in licence.get("items") or [{}]:
            if not isinstance(item, dict):
                yield Row(place, _texts(shared), "has an item that is not an object")
                continue
            _require_known(path, f"licence {position}", item)
            yield Row(place, _texts({**shared, **item}))


def _texts(record: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: "; ".join(map(str, value)) if isinstance(value, list) else str(value).strip()
        for name, value in record.items()
        if value is not None
    }


def _require_known(path: Path, where: str, names: Sequence[str] | Mapping[str, Any]) -> None:
    strange = [name for name in names if name not in COLUMNS]
    if strange:
        raise LicenceError(f"{path}: {where}: unknown column '{strange[0]}'; a register of licences has the columns {', '.join(COLUMNS)}")
