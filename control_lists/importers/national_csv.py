"""A national list in a plain table, CSV or TSV, as ``docs/national-list.md`` describes it for an administration.

The columns ``id``, ``name`` and ``kind`` must be there, the others may; the order is free, another column stops the import. Several
values of a cell stand between semicolons. The list's id is the column ``list`` or the file's name: ``kh-national.csv`` is the list
``kh-national``. A row whose id was there before adds to that party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from control_lists.importers import dates
from control_lists.importers.draft import IDENTIFIER_KINDS, Draft, Kind, Quality
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import Fields
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import csv_rows

SOURCE = "National list (CSV or TSV)"

NEEDED = ("id", "name", "kind")
COLUMNS = (
    *NEEDED, "aliases", "weak_aliases", "former_names", "country", "address", "identifiers", "birth_date", "birth_place", "programme",
    "listed_on", "delisted_on", "cite", "remark", "list",
)  # fmt: skip
KINDS: dict[str, Kind] = {
    "person": "person",
    "organisation": "organisation",
    "vessel": "vessel",
    "aircraft": "aircraft",
    "address": "address",
}
_LIST_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_NAMES: tuple[tuple[str, Quality], ...] = (("aliases", "strong"), ("weak_aliases", "weak"), ("former_names", "former"))


def recognises(publication: Publication) -> bool:
    """Whether the first line is a header of these columns: id and name, and no more strange columns than known ones."""
    header = _header(publication)
    return {"id", "name"} <= set(header) and sum(column in COLUMNS for column in header) * 2 > len(header)


def read(publication: Publication) -> Iterator[Listing]:
    """Every party, once the table has been read whole; the file states no edition."""
    header = _header(publication)
    _check_header(publication, header)
    drafts: dict[tuple[str, str], Draft] = {}
    rows = csv_rows(publication, _delimiter(publication))
    next(rows)
    for number, cells in rows:
        place = f"row {number}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise publication.error(
                place, f"{len(cells)} cells where the header has {len(header)}: is a quotation mark or a comma missing?"
            )
        row = Fields(f"{publication.name}: {place}", dict(zip(header, cells, strict=True)))
        list_id = row.optional("list") or publication.plain_name.rpartition(".")[0]
        if not _LIST_ID.match(list_id):
            raise publication.error(
                place,
                f"'{list_id}' is no list id (small letters, digits and hyphens): name the file <list-id>.csv or add the column 'list'",
            )
        draft = _party(publication, row, drafts, list_id)
        drafts[list_id, draft.id] = draft
    for (list_id, _), draft in drafts.items():
        yield Listing(list_id, draft.entity())


def _party(publication: Publication, row: Fields, drafts: dict[tuple[str, str], Draft], list_id: str) -> Draft:
    party_id, kind = row.need("id"), row.need("kind").lower()
    if kind not in KINDS:
        raise SourceFormatError(f"{row.where}: kind '{kind}' is not known: one of {', '.join(KINDS)}")
    draft = drafts.get((list_id, party_id)) or Draft(publication, party_id, KINDS[kind])
    if draft.kind != kind:
        raise SourceFormatError(f"{row.where}: '{party_id}' is a {draft.kind} in an earlier row and a {kind} here")
    draft.name(row.need("name"))
    for column, quality in _NAMES:
        for name in _values(row, column):
            draft.name(name, quality)
    for country in _values(row, "country"):
        if not publication.countries.read(country).understood:
            raise SourceFormatError(f"{row.where}: country '{country}' is not known: write its two-letter code or English name")
        draft.country(country)
    for text, add in (("address", draft.address), ("birth_place", draft.birth_place), ("remark", draft.remark), ("cite", draft.cite)):
        for value in _values(row, text):
            add(value)
    for identifier in _values(row, "identifiers"):
        _identifier(draft, row, identifier)
    for text in _values(row, "birth_date"):
        birth = dates.birth_date(text)
        if birth is None:
            raise SourceFormatError(f"{row.where}: birth date '{text}' is not understood: write 1962-08-06, 1962-08, 1962 or 1960 to 1962")
        draft.birth_date(birth)
    for programme in _values(row, "programme") or [list_id.upper()]:
        draft.programme(programme)
    draft.listed_on = _day(row, "listed_on") or draft.listed_on
    draft.delisted_on = _day(row, "delisted_on") or draft.delisted_on
    if draft.listed_on and draft.delisted_on and draft.delisted_on < draft.listed_on:
        raise SourceFormatError(f"{row.where}: delisted on {draft.delisted_on}, before it was listed on {draft.listed_on}")
    # A list without an act of its own for each party is cited by its number there.
    draft.cite(f"{list_id} {party_id}")
    row.done()
    return draft


def _identifier(draft: Draft, row: Fields, text: str) -> None:
    kind, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or kind not in IDENTIFIER_KINDS or not value:
        raise SourceFormatError(f"{row.where}: identifier '{text}' is no 'type:value' of the types {', '.join(sorted(IDENTIFIER_KINDS))}")
    if kind == "imo":
        value = re.sub(r"^IMO\s*", "", value, flags=re.IGNORECASE)
        if not re.fullmatch(r"\d{7}", value):
            raise SourceFormatError(f"{row.where}: IMO number '{value}' has not seven digits")
    draft.identifier(kind, value)


def _day(row: Fields, column: str) -> date | None:
    text = row.optional(column)
    day = dates.day(text)
    if text and day is None:
        raise SourceFormatError(f"{row.where}: {column} '{text}' is no day: write it as 2026-05-31")
    return day


def _values(row: Fields, column: str) -> list[str]:
    return [value.strip() for value in (row.optional(column) or "").split(";") if value.strip()]


def _check_header(publication: Publication, header: list[str]) -> None:
    strange = [column for column in header if column not in COLUMNS]
    missing = [column for column in NEEDED if column not in header]
    twice = sorted({column for column in header if header.count(column) > 1})
    for columns, message in (
        (strange, f"not known; the columns are {', '.join(COLUMNS)}"),
        (missing, "missing"),
        (twice, "written twice"),
    ):
        if columns:
            raise publication.error("row 1", f"column '{columns[0]}' is {message}")


def _header(publication: Publication) -> list[str]:
    line = _first_line(publication)
    return [cell.strip().strip('"').strip() for cell in line.split(_delimiter(publication))]


def _delimiter(publication: Publication) -> str:
    return "\t" if "\t" in _first_line(publication) else ","


def _first_line(publication: Publication) -> str:
    return publication.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").strip("\r")
