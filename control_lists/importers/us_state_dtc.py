"""Parties debarred from the arms trade by the United States Department of State for a conviction under the Arms Export Control Act.

Published by the Directorate of Defense Trade Controls (https://www.pmddtc.state.gov, statutory debarments) as a table of 6 columns. Persons
are written ``Last, First``, with aliases in a bracket; days are month/day/year, a birth date is month and year. The table has no date of
its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.importers.dates import birth_date, day
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.headed_rows import has_columns, headed_rows
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.state_parties import Debarment, debarred

SOURCE = "State Department debarred parties"

_NAME = "Debarred Party Full Name and Alias"
_HEADER = (_NAME, "Date of Birth", "Notice", "Notice Date", "Corrected Notice", "Corrected Notice Date")


def recognises(publication: Publication) -> bool:
    """A header of the columns that this table alone has."""
    return has_columns(publication, _NAME, "Notice")


def read(publication: Publication) -> Iterator[Listing]:
    """Every debarred party."""
    yield from debarred(publication, map(_debarment, headed_rows(publication, _HEADER)))


def _debarment(row: Fields) -> Debarment:
    since = day(text := row.need("Notice Date"), month_first=True)
    if since is None:
        raise SourceFormatError(f"{row.where}: Notice Date '{text}' is not a day written month/day/year; {CHANGED}")
    born = row.take("Date of Birth")
    read = birth_date(born)
    if born and read is None:
        raise SourceFormatError(f"{row.where}: Date of Birth '{born}' is not understood; {CHANGED}")
    debarment = Debarment(
        name=row.need(_NAME), aliases=(), birth_date=read, notice=row.need("Notice"), since=since, correction=row.take("Corrected Notice")
    )
    row.ignore("Corrected Notice Date")  # the notice says it
    row.done()
    return debarment
