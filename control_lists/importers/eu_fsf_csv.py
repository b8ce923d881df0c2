"""European Union consolidated financial sanctions list (FSF), CSV 1.1.

https://webgate.ec.europa.eu/fsd/fsf/public/files/csvFullSanctionsList_1_1/content (token on the Commission's page). UTF-8, semicolons;
one row a child (a name, an address, a birth, a document, a citizenship), the columns of the party repeated on each. The code and the
word of the subject type stand in each other's column. Most editions have no mark of strong and weak names: their remark alone
tells. Days are written ``DD/MM/YYYY`` or in ISO form. Editions leave columns out: 113 to 118 of them are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from control_lists.importers import dates
from control_lists.importers.draft import Draft
from control_lists.importers.eu_fsf import KINDS, Parties, add_description, add_identification, add_programme, is_true
from control_lists.importers.fields import Fields, require_header
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import csv_rows

SOURCE = "EU consolidated financial sanctions list (CSV 1.1)"

_ACT = ("Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle", "Programme", "PublicationUrl")
_COLUMNS = {
    "Entity": ("LogicalId", "EU_ReferenceNumber", "UnitedNationId", "DesignationDate", "DesignationDetails", "Remark", "SubjectType",
               "SubjectType_ClassificationCode"),
    "NameAlias": ("LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Strong", "Gender", "Title", "Function"),
    "Address": ("City", "Street", "PoBox", "ZipCode", "Region", "Place", "AsAtListingTime", "ContactInfo", "CountryIso2Code",
                "CountryDescription"),
    "BirthDate": ("BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa", "CalendarType", "ZipCode", "Region",
                  "Place", "City", "CountryIso2Code", "CountryDescription"),
    "Identification": ("Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost", "RevokedByIssuer", "IssuedBy", "IssuedDate",
                       "ValidFrom", "ValidTo", "LatinNumber", "NameOnDocument", "TypeCode", "TypeDescription", "Region",
                       "CountryIso2Code", "CountryDescription"),
    "Citizenship": ("Region", "CountryIso2Code", "CountryDescription"),
}  # fmt: skip
_DATE = "fileGenerationDate"
_KNOWN = (
    _DATE,
    *(
        f"{group}_{column}"
        for group, columns in _COLUMNS.items()
        for column in (
            *columns,
            *(() if group == "Entity" else ("LogicalId", "RegulationLanguage", "Remark")),
            *(f"Regulation_{part}" for part in _ACT),
        )
    ),
)
_NEEDED = (_DATE, "Entity_LogicalId", "Entity_SubjectType", "Entity_Regulation_Programme", "NameAlias_WholeName")
# Of which act a part of the entry is, and its number in the publisher's database: neither tells parties apart. Of the party's own act
# its number and programme say what these columns do.
_PROVENANCE = tuple(
    column
    for column in _KNOWN
    if column.endswith(("_RegulationLanguage", *(f"_Regulation_{part}" for part in _ACT)))
    or (column.endswith("_LogicalId") and column != "Entity_LogicalId")
)
_FLAGS = (
    ("Diplomatic", "diplomatic"),
    ("KnownExpired", "known to have expired"),
    ("KnownFalse", "known to be false"),
    ("ReportedLost", "reported lost"),
    ("RevokedByIssuer", "revoked by the issuer"),
)


def recognises(publication: Publication) -> bool:
    """Whether the first line is this header."""
    return publication.head.removeprefix(b"\xef\xbb\xbf").startswith(b"fileGenerationDate;Entity_LogicalId")


def read(publication: Publication) -> Iterator[Listing]:
    """Every listed party; the edition is the day of the first row."""
    parties = Parties(publication)
    header: Sequence[str] | None = None
    for number, cells in csv_rows(publication, ";"):
        if header is None:
            # Editions differ in the columns they leave out; a column of another name stops the import.
            require_header(publication.name, cells, [column for column in _KNOWN if column in cells or column in _NEEDED])
            header = cells
            continue
        place = f"row {number}"
        if len(cells) != len(header) or cells[0] == _DATE:
            raise publication.error(place, f"{len(cells)} cells where the header has {len(header)}; the file is cut, download it again")
        # Most cells are blank: a child's row leaves the columns of the other children out.
        row = _Row(f"{publication.name}: {place}", {name: cell for name, cell in zip(header, cells, strict=True) if cell.strip()})
        publication.edition = publication.edition or dates.day(row.optional(_DATE))
        _row(publication, parties, row)
    yield from parties.listings()


class _Row(Fields):
    """One row without its blank cells."""

    def group(self, name: str, *columns: str) -> list[str | None]:
        """The values of some columns of one group."""
        return [self.optional(f"{name}_{column}") for column in columns]


def _row(publication: Publication, parties: Parties, row: _Row) -> None:
    subject = row.group("Entity", "SubjectType", "SubjectType_ClassificationCode")
    kind = next((text for text in subject if text in KINDS), subject[0])
    draft = parties.party(row.need("Entity_LogicalId"), row.optional("Entity_EU_ReferenceNumber"), kind)
    act, programme, in_force = row.group("Entity", "Regulation_NumberTitle", "Regulation_Programme", "Regulation_EntryIntoForceDate")
    day = dates.day(in_force)
    add_programme(publication, draft, programme, act, day.isoformat() if day else in_force)
    united_nations, designated, details, remark = row.group("Entity", "UnitedNationId", "DesignationDate", "DesignationDetails", "Remark")
    draft.cite(f"UN reference {united_nations}" if united_nations else None)
    draft.listed_on = dates.day(designated) or draft.listed_on
    if designated and draft.listed_on is None:
        raise publication.error(draft.id, f"designation date '{designated}' is no day")
    draft.remark(details)
    draft.remark(remark)
    last, first, middle, whole, language = row.group("NameAlias", "LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage")
    strong, gender, title, function, name_remark = row.group("NameAlias", "Strong", "Gender", "Title", "Function", "Remark")
    if whole or first or middle or last:
        parties.name(
            draft, whole, (first, middle, last), language=language, is_strong=strong is None or is_true(strong), remark=name_remark
        )
    else:
        draft.remark(name_remark)
    add_description(draft, gender=gender, title=title, function=function)
    _address(draft, row)
    _birth(publication, draft, row)
    _identification(publication, draft, row)
    country = _country(row, "Citizenship")
    draft.country(country[0] or country[1])
    for text in row.group("Citizenship", "Region", "Remark"):
        draft.remark(f"citizenship: {text}" if text else None)
    row.ignore(_DATE, *_PROVENANCE)
    row.done()


def _country(row: _Row, group: str) -> tuple[str | None, str | None]:
    code, name = row.group(group, "CountryIso2Code", "CountryDescription")
    return (None, None) if code == "00" or name == "UNKNOWN" else (code, name or code)


def _address(draft: Draft, row: _Row) -> None:
    street, box, place, zip_code, city, region = row.group("Address", "Street", "PoBox", "Place", "ZipCode", "City", "Region")
    code, country = _country(row, "Address")
    draft.country(code or country)
    if box and not any(c.isalpha() for c in box):
        box = f"P.O. Box {box}"
    parts = (street, box, place, zip_code, city, region, country)
    draft.address(*parts)
    contacts, at_listing, remark = row.group("Address", "ContactInfo", "AsAtListingTime", "Remark")
    draft.remark(contacts)
    for text in ("at the time of listing" if is_true(at_listing) else None, remark):
        draft.remark(f"address {', '.join(part for part in parts if part)}: {text}" if text else None)


def _birth(publication: Publication, draft: Draft, row: _Row) -> None:
    whole, day, month, year, since, until = row.group("BirthDate", "BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo")
    circa, calendar, remark = row.group("BirthDate", "Circa", "CalendarType", "Remark")
    parts = [part for part in (year, month, day if month else None) if part]
    stated = whole or "-".join(parts) or " to ".join(filter(None, (since, until)))
    if calendar not in (None, "GREGORIAN", "ISLAMIC"):
        raise publication.error(draft.id, f"calendar '{calendar}' is not known")
    if calendar == "ISLAMIC" and whole is None:
        # A year of the Islamic or Iranian calendar is no year of ours.
        draft.remark(f"date of birth in the Islamic calendar: {stated}" if stated else None)
        stated = ""
    read = dates.birth_date(stated or remark, is_approximate=is_true(circa))
    draft.birth_date(read)
    if stated and read is None:
        draft.remark(f"date of birth: {stated}")
        publication.note(f"date of birth '{stated}' is not understood: kept as a remark")
    draft.remark(f"birth: {remark}" if remark else None)
    draft.birth_place(*row.group("BirthDate", "Place", "City", "ZipCode", "Region"), _country(row, "BirthDate")[1])


def _identification(publication: Publication, draft: Draft, row: _Row) -> None:
    number, latin, code, label = row.group("Identification", "Number", "LatinNumber", "TypeCode", "TypeDescription")
    issued_by, region, holder = row.group("Identification", "IssuedBy", "Region", "NameOnDocument")
    issued, since, until, remark = row.group("Identification", "IssuedDate", "ValidFrom", "ValidTo", "Remark")
    told = (("issued by", issued_by), ("issued in", region), ("name on document", holder), ("", _country(row, "Identification")[1]),
            ("issued", issued), ("valid from", since), ("valid to", until))  # fmt: skip
    said = [f"{words} {text}".strip() for words, text in told if text]
    said += [words for column, words in _FLAGS if is_true(row.optional(f"Identification_{column}"))]
    said += [remark] if remark else []
    if number or latin or said:
        add_identification(publication, draft, code, label, number or latin, said)
    if latin and number and latin != number:
        add_identification(publication, draft, code, label, latin, [])
