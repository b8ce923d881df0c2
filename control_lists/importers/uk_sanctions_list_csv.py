"""Foreign, Commonwealth and Development Office: UK Sanctions List, CSV and spreadsheet.

https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv and .ods, the only list of the United Kingdom since 2026-01-28. The first
row holds ``Report Date:`` and the day, the second the header of 58 columns. One row for each combination of a designation's values;
its ``Unique ID`` says which rows are one designation. The list carries designations without an asset freeze and ships that may only
not call at a port: ``Sanctions Imposed`` says which measures each one bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from control_lists.importers import dates
from control_lists.importers.fields import Fields, require_header
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import csv_rows, sheet_rows
from control_lists.importers.uk_designation import LIST_ID, Designation
from control_lists.importers.uk_measures import bear

SOURCE = "uk_sanctions_list_csv"
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS = ("Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4", "Address Line 5", "Address Line 6")
# Columns that say more of the party, and the label their values are remembered by.
_REMARKS = {
    "Title": "title", "Phone number": "phone number", "Website": "website", "Email address": "email address", "Position": "position",
    "Gender": "gender", "Type of entity": "type of entity", "Previous flags": "previous flags", "Type of ship": "type of ship",
    "Tonnage of ship": "tonnage of ship", "Length of ship": "length of ship", "Year Built": "year built",
}  # fmt: skip
_CONNECTED = {
    "Subsidiaries": "subsidiary", "Parent company": "parent company", "Current owner/operator (s)": "owner or operator",
    "Previous owner/operator (s)": "former owner or operator",
}  # fmt: skip
_COLUMNS = (
    *_NAMES, *_ADDRESS, *_REMARKS, *_CONNECTED, "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name type",
    "Alias strength", "Name non-latin script", "Non-latin script type", "Non-latin script language", "Regime Name", "Designation Type",
    "Designation source", "Sanctions Imposed", "Other Information", "UK Statement of Reasons", "Address Postal Code", "Address Country",
    "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number", "National Identifier additional information",
    "Passport number", "Passport additional information", "Town of birth", "Country of birth", "Business registration number (s)",
    "IMO number", "Current believed flag of ship", "Hull identification number (HIN)",
)  # fmt: skip
_HEAD = re.compile(rb'^(?:\xef\xbb\xbf)?"?Report Date:')


def recognises(publication: Publication) -> bool:
    """A CSV by its first row; a spreadsheet, whose content is packed, by its name."""
    if publication.head[:4] == b"PK\x03\x04":
        name = re.sub(r"[^a-z.]+", "", publication.plain_name)
        return name.endswith((".ods", ".xlsx")) and "uksanctionslist" in name
    return _HEAD.match(publication.head) is not None and b"Unique ID" in publication.head


def read(publication: Publication) -> Iterator[Listing]:
    """Every designation of the file."""
    rows = sheet_rows(publication) if publication.head[:4] == b"PK\x03\x04" else csv_rows(publication)
    first, header = next(rows, None), next(rows, None)
    dated = re.match(r"Report Date:\s*(\S.*)$", " ".join(cell for cell in first.cells if cell.strip()).strip()) if first else None
    publication.edition = dates.day(dated[1].replace("-", " ")) if dated else None
    if publication.edition is None or header is None:
        raise publication.error("", "the file does not begin with 'Report Date:', a day and a header")
    columns = tuple(cell.strip() for cell in header.cells)
    require_header(publication.name, columns, _COLUMNS)
    found: dict[str, Designation] = {}
    for row in rows:
        if len(row.cells) != len(columns):
            raise publication.error(
                f"row {row.number}", f"{len(row.cells)} cells instead of {len(columns)}; the file is cut or damaged, download it again"
            )
        _add(publication, found, Fields(f"{publication.name}: row {row.number}", dict(zip(columns, row.cells, strict=True))))
    for designation in found.values():
        yield Listing(LIST_ID, designation.entity())


def _add(publication: Publication, found: dict[str, Designation], row: Fields) -> None:
    reference, kind = row.need("Unique ID"), row.need("Designation Type")
    if reference not in found:
        found[reference] = Designation(publication, reference, kind)
    party = found[reference]
    bear(
        publication, party, reference=reference, group=row.take("OFSI Group ID"), un_reference=row.take("UN Reference Number"),
        regime=row.take("Regime Name"), measures=row.take("Sanctions Imposed"), designated=row.need("Date Designated"),
        source=row.take("Designation source"), reasons=row.take("UK Statement of Reasons"),
    )  # fmt: skip
    party.name([row.take(name) for name in _NAMES], row.need("Name type"), row.take("Alias strength"), row.take("Name non-latin script"))
    # The script and language of a name can be seen from its letters; the day of the last edit changes nothing about the designation.
    row.ignore("Non-latin script type", "Non-latin script language", "Last Updated")
    party.information(row.take("Other Information"))
    party.address([row.take(line) for line in _ADDRESS], row.take("Address Postal Code"), row.take("Address Country"))
    party.born(row.take("D.O.B"))
    party.birth_places(row.take("Town of birth"), row.take("Country of birth"))
    party.nationality(row.take("Nationality(/ies)"))
    party.national_numbers(row.take("National Identifier number"), row.take("National Identifier additional information"))
    party.passports(row.take("Passport number"), row.take("Passport additional information"))
    party.registrations(row.take("Business registration number (s)"))
    party.imo(row.take("IMO number"))
    party.flag(row.take("Current believed flag of ship"))
    party.draft.identifier("hull", row.take("Hull identification number (HIN)"))
    for column, role in _CONNECTED.items():
        party.connected(role, row.take(column))
    for column, label in _REMARKS.items():
        party.remark(label, row.take(column))
    row.done()
