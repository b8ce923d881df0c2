"""The Commerce Country Chart (15 CFR part 738) and the Country Groups (part 740), supplements no. 1: the XML of the eCFR, or JSON of it.

Published at https://www.ecfr.gov/api/versioner/v1/full/{date}/title-15.xml?part=738 and ``?part=740``. Each column of a table, and Country
Group B, which is a list, becomes one paragraph: the names of its destinations in order of the alphabet, between semicolons. An empty cell
has its place in the XML. A row of one long cell points to another part of the law, and has no mark in any column. The JSON form
(``citation``, ``ecfrIssueDate``, ``countries`` or ``groups``) is that of the export-controls-agent-mcp project, made of the same XML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from lxml.etree import _Element

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, local
from control_lists.importers.publication import Publication
from control_lists.importers.xml_stream import records, root_attributes
from control_lists.texts import Paragraph

SOURCE = "EAR country tables (15 CFR parts 738 and 740)"
CHART, GROUPS = "us-country-chart", "us-country-groups"
COLUMNS = (
    "CB 1", "CB 2", "CB 3", "NP 1", "NP 2", "NS 1", "NS 2", "MT 1", "RS 1", "RS 2", "FC 1", "CC 1", "CC 2", "CC 3", "AT 1", "AT 2",
)  # fmt: skip
GROUP_COLUMNS = ("A:1", "A:2", "A:3", "A:4", "A:5", "A:6", "B", "D:1", "D:2", "D:3", "D:4", "D:5", "E:1", "E:2")
ROWS, POINTERS = "rows", "rows without marks"

_NUMBER = re.compile(r"Supplement No\. 1 to Part (738|740)", re.IGNORECASE)
_CITED = re.compile(r"Part (738|740), Supplement No\. 1", re.IGNORECASE)
_DATED = re.compile(rb"/on/(\d{4}-\d\d-\d\d)/")
_FOOTNOTE = re.compile(r"(?:\s*\d+)+$")
_GROUP = re.compile(r"\[?([A-E]:\d)\]?")
_LONGEST_NAME = 80


def recognises(publication: Publication) -> bool:
    """Part 738 or 740 or its first supplement as XML, or JSON that cites it."""
    if publication.head.lstrip().startswith(b"{"):
        return b'"citation"' in publication.head and _CITED.search(publication.head.decode("utf-8", "replace")) is not None
    name, attributes = root_attributes(publication.head)
    number = attributes.get("N", "")
    return (name == "DIV5" and number in ("738", "740")) or (name == "DIV9" and _NUMBER.search(number) is not None)


def read(publication: Publication) -> Iterator[Paragraph]:
    """One paragraph a column or group; raises SourceFormatError where one is missing or of a name that is not known."""
    table = _of_json(publication) if publication.head.lstrip().startswith(b"{") else _of_xml(publication)
    is_chart = ROWS in table
    expected = (*COLUMNS, ROWS, POINTERS) if is_chart else GROUP_COLUMNS
    if strange := sorted({*table} ^ {*expected}):
        raise SourceFormatError(f"{publication.name}: column '{strange[0]}' is missing or not known; {CHANGED}")
    for code in expected:
        yield Paragraph(CHART if is_chart else GROUPS, code, "members", "; ".join(sorted(table[code], key=str.casefold)))


def members(text: str) -> list[str]:
    """The names of a paragraph of these tables."""
    return [name for name in text.split("; ") if name]


def _of_json(publication: Publication) -> dict[str, list[str]]:
    try:
        with publication.open() as stream:
            held = json.loads(stream.read())
        publication.edition = date.fromisoformat(held["ecfrIssueDate"])
        if "groups" in held:
            return {str(code): [str(name) for name in names] for code, names in held["groups"].items()}
        rows = {str(name): list(row["marks"]) for name, row in held["countries"].items()}
        if held["countryCount"] != len(rows):
            raise SourceFormatError(f"{publication.name}: says it has {held['countryCount']} rows, {len(rows)} were read; {CHANGED}")
        return _columns(publication, rows, [str(name) for name in held["embargoed"]], held["columns"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceFormatError(f"{publication.name}: not the table that it says it is ({error}); the file is cut or changed") from None


def _columns(
    publication: Publication, rows: Mapping[str, Iterable[str]], pointers: list[str], columns: Iterable[str]
) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {str(column): [] for column in columns}
    for name, marks in rows.items():
        for mark in marks:
            if mark not in table:
                raise publication.error(name, f"is marked in '{mark}', which is no column; {CHANGED}")
            table[mark].append(name)
    return table | {ROWS: list(rows), POINTERS: pointers}


def _of_xml(publication: Publication) -> dict[str, list[str]]:
    dated = _DATED.search(publication.head)
    publication.edition = date.fromisoformat(dated[1].decode()) if dated else None
    with publication.open() as stream:
        for appendix in records(stream, publication.name, "DIV9"):
            found = _NUMBER.search(f"{appendix.get('N') or ''} {appendix.findtext('HEAD') or ''}")
            if found is not None:
                return _chart(publication, appendix) if found[1] == "738" else _groups(publication, appendix)
    raise SourceFormatError(f"{publication.name}: holds no supplement no. 1; download the whole part or that supplement")


def _chart(publication: Publication, appendix: _Element) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    pointers: list[str] = []
    for table in appendix.iter("TABLE"):
        header = [text for text in map(_text, table.iter("TH")) if re.fullmatch(r"[A-Z]{2}\s\d", text)]
        if not header:
            continue
        for name, cells in _rows(table):
            if name in rows or name in pointers:
                raise publication.error(name, "has two rows; the file is damaged or joined of two")
            if len(cells) == 1:
                pointers.append(name)
            elif len(cells) == len(header):
                rows[name] = _marks(publication, name, header, cells)
            else:
                raise publication.error(name, f"{len(cells)} cells, the header has {len(header)}; {CHANGED}")
        return _columns(publication, rows, pointers, header)
    raise SourceFormatError(f"{publication.name}: holds no table with the columns of the chart; {CHANGED}")


def _groups(publication: Publication, appendix: _Element) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for printed in appendix.iter("TABLE"):
        header = [found[1] for text in map(_text, printed.iter("TH")) if (found := _GROUP.match(text))]
        table |= {group: [] for group in header}
        for name, cells in _rows(printed):
            if len(cells) == len(header) and header:
                for group in _marks(publication, name, header, cells):
                    table[group].append(name)
    lists = [element for element in appendix.iter() if local(element) == "SCOL2"]
    if lists:
        table["B"] = [name for item in lists[0].iter("LI") if (name := _text(item))]
    return table


def _rows(table: _Element) -> Iterator[tuple[str, list[str]]]:
    """Name and further cells of each row that is one of a destination; a footnote is a row of one cell."""
    for row in table.iter("TR"):
        cells = list(row.iter("TD"))
        if len(cells) < 2:
            continue
        name = _FOOTNOTE.sub("", _text(cells[0])).strip()
        if name and len(name) <= _LONGEST_NAME:
            yield name, [_text(cell) for cell in cells[1:]]


def _marks(publication: Publication, name: str, header: list[str], cells: list[str]) -> list[str]:
    marks = [_FOOTNOTE.sub("", cell).strip().upper() for cell in cells]
    if strange := [mark for mark in marks if mark not in ("", "X")]:
        raise publication.error(name, f"'{strange[0][:40]}' is no mark; {CHANGED}")
    return [column for column, mark in zip(header, marks, strict=True) if mark]


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())
