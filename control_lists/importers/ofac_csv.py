"""OFAC lists as CSV: SDN.CSV with ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV, and CONS_PRIM.CSV with CONS_ALT, CONS_ADD and CONS_COMMENTS.

Published at https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV (and so on). No header; null is ``-0-``; the
last line is the control character 1A hex. The primary file holds the parties; aliases, addresses and the remarks' overflow stand in the
companions, joined by the party's number. Remarks are cut at 1,000 characters, in the middle of a word, and go on in the comments. The files
carry no date.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from control_lists.importers.draft import Draft
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.ofac_labels import state
from control_lists.importers.ofac_remarks import read_remarks
from control_lists.importers.ofac_terms import (
    CONSOLIDATED,
    KINDS,
    QUALITIES,
    SDN,
    add_address,
    add_programmes,
    list_of,
    natural_order,
)
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import csv_rows

SOURCE = "OFAC CSV"

# The columns before the last one, which is free text in all four files.
_PRIMARY = ("number", "name", "type", "programmes", "title", "call sign", "vessel type", "tonnage", "gross tonnage", "flag", "owner")
_ALIASES = ("number", "alias number", "type", "name")
_ADDRESSES = ("number", "address number", "address", "city", "country")
_COMMENTS = ("number",)
_HOLD = {_ALIASES: "aliases", _ADDRESSES: "addresses", _COMMENTS: "overflow of the remarks"}
_END = "\x1a"
_REMARKS_LENGTH = 1000


class _Row(NamedTuple):
    """One row: its fields, and its last cell as it stands, with the blanks at a cut."""

    fields: Fields
    text: str | None


class _Companions(NamedTuple):
    """The rows of the companion files by the party's number; each party takes its own out."""

    aliases: dict[str, list[_Row]]
    addresses: dict[str, list[_Row]]
    comments: dict[str, list[_Row]]
    cut: list[str]  # parties whose remarks are cut without a rest


def recognises(publication: Publication) -> bool:
    """One of the four files, of either list, by the cells of its first row."""
    return _columns(publication) is not None


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of a primary file; raises SourceFormatError for a companion file given alone."""
    columns = _columns(publication)
    if columns is None or columns != _PRIMARY:
        held = _HOLD.get(columns or (), "something else")
        raise publication.error("", f"holds only the {held} of an OFAC list; give its primary file sdn.csv or cons_prim.csv")
    list_id: str | None = None
    companions = _Companions({}, {}, {}, [])
    seen: set[str] = set()
    for row in _rows(publication, _PRIMARY):
        number = row.fields.need("number")
        if number in seen:
            raise publication.error(row.fields.where, f"party {number} stands twice; the file is damaged, download it again")
        seen.add(number)
        codes = row.fields.need("programmes").split("] [")
        if list_id is None:
            list_id = list_of(publication, codes)
            companions = _companions(publication, list_id)
        yield Listing(list_id, _party(publication, list_id, number, codes, row, companions).entity())
    for rows in (companions.aliases, companions.addresses):
        for stray in rows.values():
            raise publication.error("", f"has no party for {stray[0].fields.where}; give primary file and companions of one edition")
    if companions.cut:
        publication.note(f"remarks cut at 1,000 characters, whose rest no comments file holds: {', '.join(companions.cut)}")
    if companions.comments:
        # OFAC leaves the overflow of parties that were removed in the file.
        publication.note(f"the comments of parties no longer listed are left out: {', '.join(companions.comments)}")


def _party(publication: Publication, list_id: str, number: str, codes: Sequence[str], row: _Row, companions: _Companions) -> Draft:
    fields = row.fields
    kind_text = fields.take("type") or "entity"
    if kind_text not in KINDS:
        raise SourceFormatError(f"{fields.where}: party type '{kind_text}' is not known; {CHANGED}")
    draft = Draft(publication, number, KINDS[kind_text])
    draft.name(natural_order(draft.kind, fields.need("name")))
    for alias, remarks in companions.aliases.pop(number, ()):
        alias_type = alias.need("type")
        if alias_type not in QUALITIES:
            raise SourceFormatError(f"{alias.where}: alias type '{alias_type}' is not known; {CHANGED}")
        draft.name(natural_order(draft.kind, alias.need("name")), QUALITIES[alias_type])
        draft.remark(remarks)
        alias.done()
    for address, remarks in companions.addresses.pop(number, ()):
        add_address(draft, (address.take("address"), address.take("city")), address.take("country"))
        draft.remark(remarks)
        address.done()
    state(publication, draft, "Title", fields.take("title"))
    state(publication, draft, "Vessel Call Sign", fields.take("call sign"))
    state(publication, draft, "Vessel Type", fields.take("vessel type"))
    state(publication, draft, "Vessel Tonnage", fields.take("tonnage"))
    state(publication, draft, "Vessel Gross Registered Tonnage", fields.take("gross tonnage"))
    state(publication, draft, "Vessel Flag", fields.take("flag"))
    state(publication, draft, "Vessel Owner", fields.take("owner"))
    read_remarks(publication, draft, _remarks(draft, row.text, companions))
    add_programmes(publication, draft, list_id, codes)
    fields.done()
    return draft


def _remarks(draft: Draft, text: str | None, companions: _Companions) -> str:
    """The whole remarks; the cut goes through words, so the overflow follows as it is. A cut without one makes the last segment words."""
    overflow = "".join(comment.text or "" for comment in companions.comments.pop(draft.id, ()))
    if text is None or len(text) < _REMARKS_LENGTH or overflow:
        return (text or "") + overflow
    whole, _, cut = text.rpartition("; ")
    draft.remark(f"cut by the publisher: {cut}")
    companions.cut.append(draft.id)
    return whole


def _companions(publication: Publication, list_id: str) -> _Companions:
    names = {SDN: ("alt.csv", "add.csv", "sdn_comments.csv"), CONSOLIDATED: ("cons_alt.csv", "cons_add.csv", "cons_comments.csv")}[list_id]
    found: list[dict[str, list[_Row]] | None] = []
    for name, columns in zip(names, (_ALIASES, _ADDRESSES, _COMMENTS), strict=True):
        found.append(_by_party(publication, name, columns))
        if found[-1] is None:
            publication.is_excerpt = True
            publication.note(f"{name}, which holds the {_HOLD[columns]}, was not given")
    aliases, addresses, comments = found
    if addresses is not None:
        # Every party has a row of address, be it blank.
        publication.stated[list_id] = len(addresses)
    return _Companions(aliases or {}, addresses or {}, comments or {}, [])


def _by_party(publication: Publication, name: str, columns: Sequence[str]) -> dict[str, list[_Row]] | None:
    companion = publication.companion(name)
    if companion is None:
        return None
    rows: dict[str, list[_Row]] = {}
    for row in _rows(companion, columns):
        row.fields.ignore("alias number", "address number")  # they identify rows, not parties
        rows.setdefault(row.fields.need("number"), []).append(row)
    return rows


def _rows(publication: Publication, columns: Sequence[str]) -> Iterator[_Row]:
    """The rows of one file up to its end mark; raises SourceFormatError for a row of other cells and for a file without its end."""
    number = 0
    for number, cells in csv_rows(publication):
        if cells == [_END]:
            return
        if not cells:
            continue
        if len(cells) != len(columns) + 1 or not cells[0].strip().isdecimal():
            raise publication.error(f"row {number}", f"{len(columns) + 1} cells, a number first, are expected; the file is cut or damaged")
        *values, text = [None if cell.strip() == "-0-" else cell for cell in cells]
        yield _Row(Fields(f"{publication.name}: row {number}", dict(zip(columns, values, strict=True))), text)
    if not _ends_with_line(publication):
        raise publication.error(f"row {number}", "ends within a row; the file is cut, download it again")
    publication.note(f"{publication.name} lacks the end mark that OFAC puts: it may be cut")


def _ends_with_line(publication: Publication) -> bool:
    last = b""
    with publication.open() as stream:
        while chunk := stream.read(1 << 20):
            last = chunk
    return last.endswith(b"\n")


def _columns(publication: Publication) -> tuple[str, ...] | None:
    """Which of the four files it is, by its first row; there is no header."""
    line = publication.head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("latin-1")
    try:
        cells = [cell.strip() for cell in next(csv.reader([line]), [])]
    except csv.Error:
        return None
    if not cells or not cells[0].isdecimal():
        return None
    if len(cells) == len(_PRIMARY) + 1 and cells[2] in ("-0-", *KINDS) and "-0-" in cells:
        return _PRIMARY
    if len(cells) == len(_ALIASES) + 1 and cells[1].isdecimal() and cells[2] in QUALITIES:
        return _ALIASES
    if len(cells) == len(_ADDRESSES) + 1 and cells[1].isdecimal() and "-0-" in cells:
        return _ADDRESSES
    if len(cells) == len(_COMMENTS) + 1 and publication.plain_name.endswith("comments.csv"):
        return _COMMENTS
    return None
