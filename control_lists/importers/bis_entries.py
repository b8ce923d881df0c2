"""Entries of the Entity List, the Unverified List and the Military End-User List, and how they become parties, whatever file prints them.

The lists give no ids: an id is the list, the country of the entry and the name. Rows of one name, country and first notice are one party;
of two parties of one name and country the later one carries its first notice in its id. Entries of one name under several countries are
linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from control_lists.importers.bis_entity_cell import address_country
from control_lists.importers.bracketed_names import printed_names
from control_lists.importers.draft import Draft, Kind
from control_lists.importers.federal_register import Notice
from control_lists.importers.name_ids import name_id
from control_lists.importers.person_names import is_person_name
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.us_names import CellName


class BisList(NamedTuple):
    """One of the lists: the supplement to 15 CFR part 744 that it is, and what its ids begin with."""

    supplement: str
    list_id: str
    prefix: str
    programme: str


ENTITY_LIST = BisList("4", "us-entity-list", "EL", "US-ENTITY-LIST")
UNVERIFIED_LIST = BisList("6", "us-uvl", "UVL", "US-UVL")
MILITARY_END_USER_LIST = BisList("7", "us-meu", "MEU", "US-MEU")


class BisEntry(NamedTuple):
    """One entry as a file prints it.

    ``country`` is the country it stands under, as the file writes it, blank where it gives none; ``countries`` are those of its addresses
    where the file has them apart.
    """

    country: str
    names: tuple[CellName, ...]
    addresses: tuple[str, ...] = ()
    requirement: str | None = None
    policy: str | None = None
    footnotes: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    listed_on: date | None = None
    notes: tuple[str, ...] = ()
    parent: str | None = None
    is_address: bool = False
    countries: tuple[str, ...] = ()


def listings(publication: Publication, of: BisList, entries: Iterable[BisEntry]) -> Iterator[Listing]:
    """The parties of one list, in the order of the file."""
    same: dict[str, list[BisEntry]] = {}
    for entry in entries:
        code = publication.countries.read(entry.country).code or "XX"
        # Hong Kong and Macao have no block of their own: their parties stand under China.
        same.setdefault(name_id(of.prefix, "CN" if code in ("HK", "MO") else code, entry.names[0].text), []).append(entry)
    namesakes: dict[str, list[str]] = {}
    for entity_id, group in same.items():
        namesakes.setdefault(name_id(group[0].names[0].text), []).append(entity_id)
    for entity_id, group in same.items():
        linked = [f"id:{other}" for other in namesakes[name_id(group[0].names[0].text)] if other != entity_id]
        for number, rows in enumerate(_by_first_notice(group)):
            notice = rows[0].notices[0].text if rows[0].notices else str(number + 1)
            yield Listing(of.list_id, _draft(publication, of, name_id(entity_id, notice) if number else entity_id, rows, linked).entity())


def _by_first_notice(entries: Sequence[BisEntry]) -> list[list[BisEntry]]:
    """Entries of one name and country, those of one first notice together, the oldest first."""
    groups: dict[tuple[int, int], list[BisEntry]] = {}
    for entry in entries:
        first = entry.notices[0] if entry.notices else None
        groups.setdefault((first.volume, first.page) if first else (0, 0), []).append(entry)
    return [groups[first] for first in sorted(groups)]


def _draft(publication: Publication, of: BisList, entity_id: str, rows: Sequence[BisEntry], linked: Sequence[str]) -> Draft:
    draft = Draft(publication, entity_id, _kind(rows[0]))
    draft.programme(of.programme)
    for row in rows:
        _add(publication, draft, of, row)
    draft.cite(f"15 CFR part 744, Supplement No. {of.supplement}")
    for link in linked:
        draft.link(link)
    # The abbreviation in a bracket, and the name without it, come after the names that are printed.
    for name in rows[0].names if not rows[0].is_address else ():
        for printed in printed_names(name.text) if name.quality == "strong" else ():
            draft.name(printed.text, "weak" if printed.is_abbreviation else "strong")
    return draft


def _add(publication: Publication, draft: Draft, of: BisList, row: BisEntry) -> None:
    for name in row.names:
        draft.name(name.text, name.quality)
    if not row.is_address:
        # An address entry is where its address is, not in the country of its block.
        draft.country(row.country)
    for country in row.countries:
        draft.country(country)
    for address in row.addresses:
        draft.address(address)
        draft.country(address_country(address, lambda name: publication.countries.read(name).code))
    draft.licence_requirement = draft.licence_requirement or row.requirement
    draft.licence_policy = draft.licence_policy or row.policy
    for footnote in row.footnotes:
        draft.footnote(footnote)
    for note in row.notes:
        draft.remark(note)
    if row.parent is not None:
        draft.link(row.parent)
        draft.remark(f"listed as subordinate or affiliated to {row.parent}")
    for notice in row.notices:
        draft.cite(f"15 CFR part 744, Supplement No. {of.supplement} ({notice.text})")
    days = [draft.listed_on, row.listed_on, *(notice.published_on for notice in row.notices)]
    draft.listed_on = min((day for day in days if day is not None), default=None)


def _kind(entry: BisEntry) -> Kind:
    if entry.is_address:
        return "address"
    return "person" if is_person_name(entry.names[0].text) else "organisation"
