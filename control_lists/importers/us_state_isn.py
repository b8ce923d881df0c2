"""Nonproliferation sanctions of the United States Department of State, as the table that was given to the Consolidated Screening List.

The department publishes them as a page, https://www.state.gov/key-topics-bureau-of-international-security-and-nonproliferation/
nonproliferation-sanctions/; the table was made from it for trade.gov: CSV, 9 columns, a row for each party and law, days as month/day/year.
It has no date of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.importers.dates import day
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.headed_rows import has_columns, headed_rows
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.state_parties import Sanction, aliases, sanctioned

SOURCE = "State Department nonproliferation sanctions"

_HEADER = (
    "Source List", "Programs", "Name", "Alternative Names", "Country", "Federal Register Notice", "Effective Date", "Remarks/Notes",
    "Web Link",
)  # fmt: skip
_REPAIRED_COUNTRIES = {"Kong Kong": "Hong Kong"}
"""Errors of typing in the column of the country."""


def recognises(publication: Publication) -> bool:
    """A header of the columns that this table alone has."""
    return has_columns(publication, "Source List", "Programs", "Alternative Names", "Effective Date") and not has_columns(
        publication, "Entity Number"
    )


def read(publication: Publication) -> Iterator[Listing]:
    """Every sanctioned party."""
    yield from sanctioned(publication, map(_sanction, headed_rows(publication, _HEADER)))


def _sanction(row: Fields) -> Sanction:
    if (source := row.need("Source List")) != "ISN":
        raise SourceFormatError(f"{row.where}: source list '{source}' is not ISN; {CHANGED}")
    since = day(text := row.need("Effective Date"), month_first=True)
    if since is None:
        raise SourceFormatError(f"{row.where}: Effective Date '{text}' is not a day written month/day/year; {CHANGED}")
    country = row.take("Country")
    sanction = Sanction(
        name=row.need("Name"),
        aliases=aliases(row.take("Alternative Names")),
        laws=(row.need("Programs"),),
        country=_REPAIRED_COUNTRIES.get(country or "", country),
        notice=row.take("Federal Register Notice"),
        since=since,
        remark=row.take("Remarks/Notes"),
    )
    row.ignore("Web Link")  # the page of the whole list
    row.done()
    return sanction
