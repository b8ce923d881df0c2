"""Consolidated Screening List of the International Trade Administration: the lists of OFAC, BIS and the State Department in one table.

Published at https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv (before:
https://api.trade.gov/static/consolidated_screening_list/consolidated.csv): 29 columns; until 2017 or so 27, without ``_id`` and ``ids``.
Each row goes to the list that it was made from, with the ids and programmes that the list's own files give. The table leaves things out:
the kinds of aliases and which of them are weak, the kinds of parties except for OFAC's, the country of the entry of BIS lists (that of the
first address stands for it). Multiple values are joined by ``; ``; in ``ids`` the kind of a number stands last, in newer files first.
``_id`` is OFAC's number or a digest of the row's text, so that it is not kept. There is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from control_lists.importers.bis_cell_words import SCOPE
from control_lists.importers.bis_entries import ENTITY_LIST, MILITARY_END_USER_LIST, UNVERIFIED_LIST, BisEntry, BisList
from control_lists.importers.bis_entries import listings as bis_listings
from control_lists.importers.csl_ofac import OfacRows
from control_lists.importers.dates import day
from control_lists.importers.denial_orders import DenialOrder, country_of
from control_lists.importers.denial_orders import listings as denial_listings
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.federal_register import notices
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.headed_rows import has_columns, headed_rows
from control_lists.importers.ofac_terms import CONSOLIDATED, SDN
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.state_parties import Debarment, Sanction, debarred, sanctioned
from control_lists.importers.us_names import CellName, read_names

SOURCE = "US Consolidated Screening List"

_COLUMNS = (
    "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date",
    "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities",
    "places_of_birth", "source_information_url",
)  # fmt: skip
_HEADERS = (("_id", *_COLUMNS, "ids"), _COLUMNS)
# The code in the first bracket of the source's title, or the code alone in the oldest files.
_OFAC = {
    "SDN": SDN, "SSI": CONSOLIDATED, "PLC": CONSOLIDATED, "NS-PLC": CONSOLIDATED, "FSE": CONSOLIDATED, "NS-MBS List": CONSOLIDATED,
    "MBS": CONSOLIDATED, "CAP": CONSOLIDATED, "CAPTA": CONSOLIDATED, "CMIC": CONSOLIDATED, "NS-CMIC List": CONSOLIDATED,
    "561": CONSOLIDATED, "ISA": CONSOLIDATED, "NS-ISA": CONSOLIDATED,
}  # fmt: skip
_BIS: dict[str, BisList] = {"EL": ENTITY_LIST, "UVL": UNVERIFIED_LIST, "MEU": MILITARY_END_USER_LIST}
_CODE = re.compile(r"\(([^()]+)\)")
_COUNTRY = re.compile(r"^(?P<address>.*?)(?:(?:^|,\s*)(?P<country>[A-Z]{2}))?$", re.DOTALL)
_PARENT = re.compile(
    r"^(?P<parent>.+?)[.,]?\s+(?:Subordinate Institution\s*[-–:]|Affiliated Entity\s*:|and subordinate entity\b|entity\s*:)\s*"
    r"(?P<name>.+)$",
    re.IGNORECASE,
)
_STATE = re.compile(r",\s*([A-Z]{2}),\s*\d{5}(?:-\d{4})?$")
# The numbers of footnotes stand in the text as they were set above it.
_FOOTNOTE = re.compile(r"734\.(?:9|4)\([a-z]\)(?:\(\d\))?,?\s*([1-5])(?![\d(.])|\)\s*([1-5])\.?$|EAR\s*([1-5])\.?$")


def recognises(publication: Publication) -> bool:
    """A header of the columns that this table alone has."""
    return has_columns(publication, "source", "entity_number", "alt_names", "federal_register_notice", "license_requirement")


def read(publication: Publication) -> Iterator[Listing]:
    """Every party, list by list."""
    ofac = OfacRows(publication)
    bis: dict[str, list[BisEntry]] = {code: [] for code in _BIS}
    orders: list[DenialOrder] = []
    sanctions: list[Sanction] = []
    debarments: list[Debarment] = []
    for row in headed_rows(publication, *_HEADERS):
        # The row's own number, and pages about the whole list.
        row.ignore("_id", "source_list_url", "source_information_url")
        code = _code(row)
        if code in _OFAC:
            ofac.add(_OFAC[code], row)
        elif code in _BIS:
            bis[code].append(_bis_entry(row))
        elif code == "DPL":
            orders += _orders(row)
        elif code == "ISN":
            sanctions.append(_sanction(row))
        else:
            debarments.append(_debarment(row))
        _blank(row)
    yield from ofac.listings()
    for code, entries in bis.items():
        yield from bis_listings(publication, _BIS[code], entries)
    yield from denial_listings(publication, orders)
    yield from sanctioned(publication, sanctions)
    yield from debarred(publication, debarments)


def _code(row: Fields) -> str:
    source = row.need("source")
    found = _CODE.search(source)
    code = found[1].strip() if found else source
    if code not in {*_OFAC, *_BIS, "DPL", "ISN", "DTC"}:
        raise SourceFormatError(f"{row.where}: source '{source}' is not a list that is known; {CHANGED}")
    return code


def _blank(row: Fields) -> None:
    """Refuse a value in a column that the row's list does not have."""
    for column in (*_COLUMNS, "ids"):
        if (text := row.optional(column)) is not None:
            raise SourceFormatError(f"{row.where}: column '{column}' holds '{text}', which this list is not known to have; {CHANGED}")
    row.done()


def _bis_entry(row: Fields) -> BisEntry:
    name, parent, scope = row.need("name"), None, ""
    if reach := SCOPE.search(name):
        name, scope = name[: reach.start()], reach[1]
    if under := _PARENT.match(name):
        parent, name = under["parent"].strip(" .,"), under["name"]
    addresses = [_COUNTRY.match(address) for address in _several(row.take("addresses"))]
    countries = [found["country"] for found in addresses if found and found["country"]]
    requirement = row.take("license_requirement")
    marks = [mark for found in _FOOTNOTE.findall(requirement or "") for mark in found if mark]
    return BisEntry(
        country=countries[0] if countries else "",
        names=tuple(_names(name, row.take("alt_names"))),
        addresses=tuple(found[0].strip(" ,") for found in addresses if found and found["address"].strip(" ,")),
        requirement=requirement,
        policy=row.take("license_policy"),
        footnotes=tuple(dict.fromkeys(marks)),
        notices=tuple(notices(row.take("federal_register_notice"))),
        listed_on=day(row.take("start_date")),
        notes=tuple(filter(None, (row.take("remarks"), scope))),
        parent=parent,
        countries=tuple(dict.fromkeys(countries)),
    )


def _orders(row: Fields) -> Iterator[DenialOrder]:
    """One row for each address: the list's own file prints one for each."""
    effective_on = day(row.need("start_date"))
    if effective_on is None:
        raise SourceFormatError(f"{row.where}: start_date is not a day; {CHANGED}")
    name, expires, standard = row.need("name"), row.take("end_date"), row.take("standard_order")
    if standard not in (None, "Y", "N", "y"):
        raise SourceFormatError(f"{row.where}: standard_order '{standard}' is not Y or N; {CHANGED}")
    remarks = row.take("remarks")
    cited = row.take("federal_register_notice")
    for address in _several(row.take("addresses")) or [""]:
        found = _COUNTRY.match(address)
        assert found is not None
        yield DenialOrder(
            name=name,
            address=(found["address"].strip(" ,"),),
            country=country_of(found["country"], state[1] if (state := _STATE.search(address)) else None),
            effective_on=effective_on,
            expires_on=day(expires),
            is_standard=None if standard is None else standard.upper() == "Y",
            citations=cited,
            remarks=(f"action: {remarks}",) if remarks else (),
        )


def _sanction(row: Fields) -> Sanction:
    since = day(row.need("start_date"))
    if since is None:
        raise SourceFormatError(f"{row.where}: start_date is not a day; {CHANGED}")
    addresses = _several(row.take("addresses"))
    found = _COUNTRY.match(addresses[0]) if addresses else None
    return Sanction(
        name=row.need("name"),
        aliases=tuple(_several(row.take("alt_names"))),
        laws=tuple(_several(row.need("programs"))),
        country=found["country"] if found else None,
        notice=row.take("federal_register_notice"),
        since=since,
        remark=row.take("remarks"),
    )


def _debarment(row: Fields) -> Debarment:
    return Debarment(
        name=row.need("name"),
        aliases=tuple(_several(row.take("alt_names"))),
        birth_date=None,
        notice=row.need("federal_register_notice"),
        since=day(row.take("start_date")),
    )


def _names(name: str, aliases: str | None) -> Iterator[CellName]:
    yield from read_names(name)
    for alias in _several(aliases):
        yield from read_names(re.sub(r"^and\s+", "", alias))


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split("; ") if part.strip()]
