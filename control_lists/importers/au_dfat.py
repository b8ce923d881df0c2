"""Department of Foreign Affairs and Trade (Australia): Consolidated List of designated persons and entities, XLSX.

https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx, until 2025 regulation8_consolidated.xlsx. One
row a name: ``1000`` is the primary name, ``1000a`` and ``1000b`` are others, and the other columns repeat. The newer form adds
the strength of an alias, IMO numbers, the instrument and which of four measures apply. The control date is the day of the last edit, not
of the listing, which stands in words in the listing information where it is told at all. The file bears no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from control_lists.importers import dates
from control_lists.importers.birth_texts import births
from control_lists.importers.draft import Draft, Kind, Quality, clean
from control_lists.importers.fields import Fields, require_header
from control_lists.importers.labelled_numbers import labelled_numbers
from control_lists.importers.nationality import country_texts
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import sheet_rows

SOURCE = "au_dfat"
LIST_ID = "au-dfat"
_COLUMNS_2024 = (
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address",
    "Additional Information", "Listing Information", "Committees", "Control Date",
)  # fmt: skip
_MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
_COLUMNS = (*_COLUMNS_2024, "Alias Strength", "IMO Number", "Instrument of Designation", *_MEASURES)
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "organisation", "vessel": "vessel"}
_NAME_TYPES: dict[str, Quality] = {
    "primary name": "strong", "aka": "strong", "alias": "strong", "original script": "strong", "formerly known as": "former",
    "previously listed as": "former",
}  # fmt: skip
_TRUE, _FALSE = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
_STRENGTHS: dict[str, Quality] = {"strong": "strong", "weak": "weak"}
# A listing without a targeted financial sanction freezes nothing: its committee's programme would say too much.
_MARITIME, _OTHER_MEASURES = "AU-MARITIME", "AU-OTHER-MEASURES"
_COMMITTEE = re.compile(r"(?:Autonomous|\d+(?:/\d+)*)\s*\((?:[^()]|\([^()]*\))*\)")
_REFERENCE = re.compile(r"^(\d+)\s*[a-z]{0,2}\d*$")
_FORMER = re.compile(r"\s*\((?:previously|formerly) listed as\)\s*$", re.IGNORECASE)
# ``a) ... b) ...`` and what else stands between the values of one cell.
_ENUMERATED = re.compile(r"(?:^|[\s;,])[a-z]\)\s*")
_LISTED_ON = re.compile(
    r"\b(?:listed|designated)\b(?:(?!\b(?:relisted|amended)\b)[^.;]){0,100}?\bon:?\s+(\d{1,2}\s+[A-Za-z]+\.?\s+\d{4})", re.IGNORECASE
)
_NOT_GIVEN = frozenset({"na", "n/a", "nil", "unknown"})


def recognises(publication: Publication) -> bool:
    """By the file's name: a workbook's content is packed."""
    name = re.sub(r"[^a-z0-9.]+", "", publication.plain_name)
    is_named = "regulation8consolidated" in name or ("australian" in name and "consolidatedlist" in name)
    return publication.head[:4] == b"PK\x03\x04" and name.endswith(".xlsx") and is_named


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of the file."""
    rows = sheet_rows(publication)
    header = next(rows, None)
    if header is None:
        raise publication.error("row 1", "the sheet is empty")
    columns = [clean(cell) for cell in header.cells]
    require_header(publication.name, [column for column in columns if column], _COLUMNS, _COLUMNS_2024)
    parties: dict[str, _Party] = {}
    for row in rows:
        # Cells beside the table are left over from an edit: blank, or not known.
        beside = [cell for column, cell in zip(columns, row.cells, strict=True) if not column and clean(cell)]
        if beside:
            raise publication.error(f"row {row.number}", f"'{beside[0]}' stands in a column without a header")
        values = {column: cell for column, cell in zip(columns, row.cells, strict=True) if column}
        if any(map(clean, values.values())):
            _add(publication, parties, Fields(f"{publication.name}: row {row.number}", values))
    for party in parties.values():
        yield party.listing()


class _Party:
    """The rows of one reference, until all its names are known."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.names: list[tuple[str, Quality]] = []
        self.seen: set[tuple[str, str]] = set()

    def listing(self) -> Listing:
        """The record, the primary name first."""
        for text, quality in self.names:
            self.draft.name(text, quality)
        return Listing(LIST_ID, self.draft.entity())

    def new(self, row: Fields, column: str) -> str | None:
        """A column's text where no earlier row of the party had it: columns repeat, but not always whole."""
        text = clean(row.optional(column))
        if not text or text.casefold() in _NOT_GIVEN or (column, text) in self.seen:
            return None
        self.seen.add((column, text))
        return text


def _add(publication: Publication, parties: dict[str, _Party], row: Fields) -> None:
    place = row.where.rpartition(": ")[2]
    printed, kind = row.need("Reference"), row.need("Type").casefold()
    reference = _REFERENCE.match(printed)
    if reference is None:
        raise publication.error(place, f"'{printed}' is not a reference")
    if kind not in _KINDS:
        raise publication.error(place, f"type '{kind}' is not one of {sorted(_KINDS)}")
    party = parties.get(reference[1])
    if party is None:
        party = parties[reference[1]] = _Party(Draft(publication, reference[1], _KINDS[kind]))
        party.draft.cite(f"DFAT reference {reference[1]}")
    elif party.draft.kind != _KINDS[kind]:
        raise publication.error(place, f"reference {reference[1]} is of type '{kind}' here and of another before")
    _name(publication, place, party, row)
    _bears(publication, place, party.draft, row)
    _identity(publication, party, row)
    if (listed := party.new(row, "Listing Information")) is not None:
        found = dates.day(told[1]) if (told := _LISTED_ON.search(listed)) else None
        party.draft.listed_on = min(filter(None, (found, party.draft.listed_on)), default=None)
        party.draft.cite(listed)
    party.draft.cite(party.new(row, "Instrument of Designation"))
    if (edited := party.new(row, "Control Date")) is not None:
        party.draft.remark(f"last edited: {dates.serial_day(edited) or dates.day(edited) or edited}")
    row.done()


def _name(publication: Publication, place: str, party: _Party, row: Fields) -> None:
    name, of_type, strength = row.need("Name of Individual or Entity"), row.need("Name Type").casefold(), row.optional("Alias Strength")
    if of_type not in _NAME_TYPES:
        raise publication.error(place, f"name type '{of_type}' is not one of {sorted(_NAME_TYPES)}")
    if strength is not None and strength.casefold() not in _STRENGTHS:
        raise publication.error(place, f"alias strength '{strength}' is not one of {sorted(_STRENGTHS)}")
    quality = _NAME_TYPES[of_type]
    if strength is not None and quality == "strong" and of_type != "primary name":
        quality = _STRENGTHS[strength.casefold()]
    bare = _FORMER.sub("", name)
    if party.draft.kind == "person":
        bare = _natural(bare)
    party.names.insert(0 if of_type == "primary name" else len(party.names), (bare, "former" if _FORMER.search(name) else quality))


def _bears(publication: Publication, place: str, draft: Draft, row: Fields) -> None:
    """Programmes and measures. The older form tells no measures: all its listings were of financial sanctions."""
    told = {measure: value for measure in _MEASURES if (value := row.optional(measure)) is not None}
    for measure, value in told.items():
        if value.casefold() not in _TRUE | _FALSE:
            raise publication.error(place, f"'{measure}' is '{value}', neither 1 nor 0")
    applied = [measure for measure, value in told.items() if value.casefold() in _TRUE]
    for measure in applied:
        draft.footnote(measure)
    committees = row.need("Committees")
    if told and "Targeted Financial Sanction" not in applied:
        draft.programme(_MARITIME if "Maritime Restriction" in applied else _OTHER_MEASURES)
        draft.cite(committees)
        return
    found = _COMMITTEE.findall(committees)
    if _COMMITTEE.sub("", committees).strip(" ,;/"):
        publication.note(f"committee '{clean(committees)}' is not of the known form: imported as it is")
        found = [committees]
    for committee in found:
        draft.programme(_programme(committee))


def _programme(committee: str) -> str:
    """The committee or the autonomous regime as a code.

    >>> _programme("1718 (DPRK)"), _programme("1267/1989/2253 (ISIL (Da'esh) and Al-Qaida)")
    ('AU-1718-DPRK', 'AU-1267-1989-2253-ISIL-DAESH-AND-AL-QAIDA')
    """
    return "AU-" + re.sub(r"[^A-Z0-9]+", "-", re.sub(r"['’]", "", committee.upper())).strip("-")


def _identity(publication: Publication, party: _Party, row: Fields) -> None:
    draft = party.draft
    for born in births(party.new(row, "Date of Birth") or ""):
        draft.birth_date(born.date)
        draft.remark(f"date of birth: {born.words}" if born.words else None)
    for text in _enumerated(party.new(row, "Place of Birth")):
        draft.birth_place(text)
    for text in _enumerated(party.new(row, "Address")):
        draft.address(text)
        draft.country(_country(publication, text))
    for text in _enumerated(party.new(row, "Citizenship")):
        for piece in text.split(";"):
            for country in country_texts(piece, publication.countries):
                draft.country(country)
    if (imo := party.new(row, "IMO Number")) is not None:
        if re.fullmatch(r"(?:IMO\s*)?\d{7}", imo):
            draft.identifier("imo", imo[-7:])
        else:
            publication.note(f"IMO number '{imo}' is not seven digits: kept as a remark")
            draft.remark(f"IMO number: {imo}")
    information = party.new(row, "Additional Information")
    for found in labelled_numbers(information):
        draft.identifier(found.kind, found.value)
    draft.remark(information)


def _enumerated(text: str | None) -> list[str]:
    """The values of a cell: ``a) Hebron b) Nablus``, or one."""
    return [piece for part in _ENUMERATED.split(text or "") if (piece := part.strip(" ;,"))]


def _country(publication: Publication, address: str) -> str | None:
    """The country that an address ends with, or None."""
    last = re.sub(r"\([^()]*\)?|\d+", " ", address).strip(" ,.;").rpartition(",")[2].strip()
    return publication.countries.read(last).code if len(last) > 3 or last.isupper() else None


def _natural(name: str) -> str:
    """A name as it is said: ``FAMILY, Given`` the other way round.

    >>> _natural("IBRAHIM, Mohammed Hassan"), _natural("LAVILLA, JR")
    ('Mohammed Hassan IBRAHIM', 'LAVILLA, JR')
    """
    family, comma, given = name.partition(",")
    is_suffix = given.strip(" .").upper() in ("JR", "SR", "II", "III")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given and given.strip() and not is_suffix else name
