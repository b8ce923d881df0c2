"""Denied Persons List of the Bureau of Industry and Security: a table with tabs, one row for each name and address.

Published at https://www.bis.gov/dpl/dpl.txt (before: https://www.bis.doc.gov/dpl/dpl.txt). Days are month, day, year. The country is blank
for most addresses in the United States. The day of the last update holds errors in typing the year; the file has no date of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from control_lists.importers.dates import day
from control_lists.importers.denial_orders import DenialOrder, country_of, listings
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.headed_rows import has_columns, headed_rows
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing

SOURCE = "BIS Denied Persons List"

_HEADER = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date", "Standard_Order",
    "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
_STANDARD = {"Y": True, "N": False, None: None}


class Repair(NamedTuple):
    """A day of update that the list prints, the day that is read instead, and why."""

    found: str
    read: str
    reason: str


REPAIRS = (
    Repair("3033-09-30", "2022-09-30", "a year mistyped: the notice of this row was published on that day of 2022"),
    Repair("1023-11-01", "2023-11-01", "a year mistyped: the orders of these rows are of 31 October 2023"),
    Repair("0222-05-18", "2022-05-18", "a year mistyped: the last notice of this row was published on that day"),
    Repair("2922-09-01", "2022-09-01", "a year mistyped: the notice of this row was published on that day of 2022"),
    Repair("3017-08-22", "2017-08-22", "a year mistyped: the notice of this row is of 17 August 2017"),
)
_REPAIRED = {repair.found: repair.read for repair in REPAIRS}


def recognises(publication: Publication) -> bool:
    """A first line of the list's columns between tabs."""
    return has_columns(publication, "Name", "Effective_Date", "Standard_Order", delimiter="\t")


def read(publication: Publication) -> Iterator[Listing]:
    """Every denied person."""
    yield from listings(publication, _orders(publication))


def _orders(publication: Publication) -> Iterator[DenialOrder]:
    for row in headed_rows(publication, _HEADER, delimiter="\t"):
        yield _order(row)


def _order(fields: Fields) -> DenialOrder:
    name = fields.need("Name")
    standard = (fields.take("Standard_Order") or "").upper() or None
    if standard not in _STANDARD:
        raise SourceFormatError(f"{fields.where}: Standard_Order '{standard}' is not Y or N; {CHANGED}")
    updated, action = fields.take("Last_Update"), fields.take("Action")
    updated = _REPAIRED.get(updated or "", updated)
    state = fields.take("State")
    order = DenialOrder(
        name=name,
        address=(fields.take("Street_Address"), fields.take("City"), state, fields.take("Postal_Code")),
        country=country_of(fields.take("Country"), state),
        effective_on=_day(fields, "Effective_Date", fields.need("Effective_Date")),
        expires_on=_day(fields, "Expiration_Date", expires) if (expires := fields.take("Expiration_Date")) else None,
        is_standard=_STANDARD[standard],
        citations=fields.take("FR_Citation"),
        remarks=tuple(f"{word}: {text}" for word, text in (("action", action), ("last update", updated)) if text),
    )
    fields.done()
    return order


def _day(fields: Fields, column: str, text: str) -> date:
    found = day(text, month_first=True)
    if found is None:
        raise SourceFormatError(f"{fields.where}: {column} '{text}' is not a day written month/day/year; {CHANGED}")
    return found
