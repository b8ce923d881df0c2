"""Which format a file is of, told by what is asked for, by its first bytes, by its suffix and by its first line."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

from screening.errors import DeclarationFormatError, UsageError
from screening.read.columns import ColumnNames
from screening.read.contract import Source
from screening.read.delimited import Delimited
from screening.read.encoding import Encoding, lines, sniff_encoding
from screening.read.json_records import Json, JsonLines
from screening.read.members import ZIP, entries_of
from screening.read.messages import EDIFACT_MESSAGES, XML_SHAPES, edifact, xml
from screening.read.messages.source import Reader
from screening.read.parquet import Parquet
from screening.read.spreadsheet import Spreadsheet

TABLES = ("csv", "tsv", "parquet", "ndjson", "json", "xlsx")
MESSAGES = ("xml", *(shape.name for shape in XML_SHAPES), "edifact")
FORMATS = (*TABLES, *MESSAGES)
_SUFFIXES = {".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".ndjson": "ndjson", ".jsonl": "ndjson", ".json": "json"}
_NESTED = "an archive in an archive; unpack it first"
_FOREIGN = {
    b"%PDF": "a PDF; export the table behind it as CSV",
    b"\xd0\xcf\x11\xe0": "an old binary Excel or Word file; save it as .xlsx",
    b"\x1f\x8b": _NESTED,
    b"BZh": "compressed; unpack it first",
    b"7z\xbc\xaf": "compressed; unpack it first",
}
_EDIFACT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:UNA.{6}\s*UN[BGH]|UN[BGH]\+)", re.DOTALL)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe(?:\s\0)*<\0|\xfe\xff(?:\0\s)*\0<")


def message_reader(start: bytes, input_format: str | None) -> Reader | None:
    """What reads the items of a file of messages, told by its first bytes; None where it is none, or a table is asked for."""
    if input_format in TABLES:
        return None
    edifact_reader = partial(edifact.records, kinds=EDIFACT_MESSAGES)
    if input_format == "edifact":
        return edifact_reader
    if input_format in MESSAGES:
        return partial(xml.records, shapes=[shape for shape in XML_SHAPES if input_format in ("xml", shape.name)])
    if _EDIFACT.match(start):
        return edifact_reader
    return partial(xml.records, shapes=XML_SHAPES) if _XML.match(start) else None


def open_source(path: Path, file: str, input_format: str | None, names: ColumnNames) -> Source:
    """The file opened as what it is; raises DeclarationFormatError naming file and cure when it is nothing we read."""
    kind = input_format or sniff_format(path, file)
    match kind:
        case "csv":
            return Delimited(path, file, names)
        case "tsv":
            return Delimited(path, file, names, "\t" if input_format else None)
        case "parquet":
            return Parquet(path, file, names)
        case "ndjson":
            return JsonLines(path, file, names)
        case "json":
            return Json(path, file, names)
        case "xlsx":
            return Spreadsheet(path, file, names)
        case _:
            raise UsageError(f"'{kind}' is no input format; use one of {', '.join(FORMATS)}")


def sniff_format(path: Path, file: str) -> str:
    """The format of a file; raises DeclarationFormatError for an empty file and for what we do not read."""
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise DeclarationFormatError(f"{file}: row 1: is empty; give a file with a header and rows")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(ZIP):
        if entries_of(path) is not None:
            raise DeclarationFormatError(f"{file}: row 1: is {_NESTED}")
        return "xlsx"
    for magic, what in _FOREIGN.items():
        if start.removeprefix(b"\xef\xbb\xbf").startswith(magic):
            raise DeclarationFormatError(f"{file}: row 1: is {what}")
    encoding = sniff_encoding(path)
    if b"\0" in start and encoding in (Encoding.UTF8, Encoding.MIXED):
        raise DeclarationFormatError(f"{file}: row 1: is binary and of no format we read; use one of {', '.join(FORMATS)}")
    first = next((line for line in lines(path, encoding) if line.strip("\ufeff \t\r\n")), "").strip("\ufeff \t\r\n")
    named = _SUFFIXES.get(path.suffix.lower())
    if named == "json" or (named is None and first[:1] in ("{", "[")):
        return "ndjson" if _is_record(first) and _has_second_line(path, encoding) else "json"
    return named or "csv"


def _is_record(line: str) -> bool:
    """Whether a first line is a whole record, and not the wrapper of all of them."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and not isinstance(record.get("declarations"), list)


def _has_second_line(path: Path, encoding: Encoding) -> bool:
    return sum(1 for _, line in zip(range(1000), lines(path, encoding), strict=False) if line.strip()) > 1
