"""Denial orders of the Denied Persons List, and how they become parties, whatever file prints them.

The list gives no ids: rows of one name and one effective day are one order against one party, as a row is printed for each address. An id
is the name and the oldest notice of the order: a temporary order that is renewed gets a new day, but keeps its first notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from control_lists.importers.draft import Draft, clean
from control_lists.importers.federal_register import notices
from control_lists.importers.name_ids import name_id
from control_lists.importers.person_names import may_be_person_name
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.us_names import natural_person, read_names

LIST_ID = "us-dpl"
_IN_PRISON = re.compile(r"\b(?:INMATE|INCARCERATED|REGISTER NUMBER|REG(?:ISTRATION)?\.? NO|USM NO|FCI|CORRECTIONAL)\b", re.IGNORECASE)
_DOING_BUSINESS = re.compile(r"\s+D/B/A\s+", re.IGNORECASE)


# What the column of the country holds in place of a code: a state, and an abbreviation of the People's Republic.
_REPAIRED_COUNTRIES = {"NM": "US", "PRC": "CN"}
_STATES = frozenset(
    {
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA",
        "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX",
        "UT", "VT", "VA", "WA", "WV", "WI", "WY", "PR", "GU", "VI",
    }
)  # fmt: skip


class DenialOrder(NamedTuple):
    """One row: a party, one of its addresses, and its order. ``is_standard``: None where the row does not say."""

    name: str
    address: tuple[str | None, ...]
    country: str | None
    effective_on: date
    expires_on: date | None
    is_standard: bool | None
    citations: str | None
    remarks: tuple[str, ...] = ()


def country_of(country: str | None, state: str | None) -> str | None:
    """The country of an address; blank beside a state of the United States it is that of the list.

    >>> country_of(None, "TX"), country_of("PRC", None), country_of(None, None)
    ('US', 'CN', None)
    """
    if country is None:
        return "US" if state in _STATES else None
    return _REPAIRED_COUNTRIES.get(country, country)


def listings(publication: Publication, orders: Iterable[DenialOrder]) -> Iterator[Listing]:
    """The denied persons, in the order of the file."""
    joined: dict[tuple[str, date], list[DenialOrder]] = {}
    for order in orders:
        joined.setdefault((name_id(order.name), order.effective_on), []).append(order)
    taken: set[str] = set()
    for (slug, effective_on), rows in joined.items():
        cited = [notice for row in rows for notice in notices(row.citations)]
        oldest = min(cited, key=lambda notice: (notice.volume, notice.page)).text if cited else str(effective_on)
        entity_id = name_id("DPL", slug, oldest)
        if entity_id in taken:
            entity_id = name_id("DPL", slug, f"{oldest} {effective_on}")
        taken.add(entity_id)
        yield Listing(LIST_ID, _draft(publication, entity_id, rows).entity())


def _draft(publication: Publication, entity_id: str, rows: Sequence[DenialOrder]) -> Draft:
    name = clean(rows[0].name)
    person = natural_person(name)
    in_prison = any(_IN_PRISON.search(part or "") for row in rows for part in row.address)
    draft = Draft(publication, entity_id, "person" if person or in_prison or may_be_person_name(name) else "organisation")
    draft.programme("US-DPL")
    for trading in _DOING_BUSINESS.split(person or name):
        for read in read_names(trading):
            draft.name(read.text, read.quality)
    draft.listed_on = _since(rows)
    for row in rows:
        draft.address(*row.address, row.country)
        draft.country(row.country)
        for notice in notices(row.citations):
            draft.cite(notice.text)
        if row.is_standard is False:
            draft.remark("not a standard order: what it denies stands in the order itself")
        for remark in row.remarks:
            draft.remark(remark)
    _end(publication, draft, rows)
    draft.cite("15 CFR 764.3(a)(2)")
    return draft


def _since(rows: Sequence[DenialOrder]) -> date:
    """The day of the order's first notice, where that is before its effective day: a renewed order prints that of its renewal only.

    A day that is not of its volume's year is an error of typing.
    """
    published = [notice.published_on for row in rows for notice in notices(row.citations) if notice.is_dated]
    return min([rows[0].effective_on, *(day for day in published if day is not None)])


def _end(publication: Publication, draft: Draft, rows: Sequence[DenialOrder]) -> None:
    """The day from which the order is no longer in force: the day after its last. Of several last days the latest stands."""
    days = {row.expires_on for row in rows}
    if len(days) > 1:
        publication.note(
            f"{draft.id}: rows of one order expire on {', '.join(str(day) for day in sorted(days, key=str))}: the latest stands"
        )
    if None in days:
        return
    last = max(day for day in days if day is not None)
    if last < rows[0].effective_on:
        publication.note(f"{draft.id}: the order expires on {last}, before it begins: it is kept in force")
        return
    draft.delisted_on = last + timedelta(days=1)
    draft.remark(f"denial order in force until {last}")
