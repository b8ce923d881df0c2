"""Parties under the State Department's nonproliferation sanctions and its debarments from the arms trade, whatever file prints them.

Neither list gives ids. A party sanctioned on one day under several laws is one party: its id is the name and that day. A debarred party's
id is its name and the notice that debarred it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from control_lists.importers.bracketed_names import printed_names
from control_lists.importers.draft import Draft, clean
from control_lists.importers.name_ids import name_id
from control_lists.importers.person_names import may_be_person_name
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.us_names import CellName, enumerated, natural_person, read_names
from control_lists.store import EMBEDDED

NONPROLIFERATION = "us-isn"
DEBARRED = "us-dtc"

# What the files write for one law: its short name stands for the spellings of other years.
_SPELLINGS = {
    "INSKNA": "INKSNA",
    "Missile Sanctions laws": "Missile Sanctions",
    "Chemical and Biological Weapons Control and Warfare Elimination Act (CBW Act)": "Chemical and Biological Weapons Act",
}
_ALSO = re.compile(r"\[\s*(?:also known as|a\.?k\.?a\.?):?\s+([^\]]+)\]", re.IGNORECASE)
# What the notices say of a person behind his name: an office in square brackets, a nationality in round ones.
_ABOUT = re.compile(r"\s*(?:\[([^\]]+)\]|\(([^()]*\bindividual\b[^()]*)\))", re.IGNORECASE)
_REACH = re.compile(r",?\s+and (?:any successor\b.*|its sub-units and successors)$", re.IGNORECASE)
_FORMER = re.compile(r"^F\.?K\.?A\.?\s+", re.IGNORECASE)


class Sanction(NamedTuple):
    """One row of the nonproliferation sanctions: a party, the laws it is sanctioned under, and since when."""

    name: str
    aliases: tuple[str, ...]
    laws: tuple[str, ...]
    country: str | None
    notice: str | None
    since: date
    remark: str | None


class Debarment(NamedTuple):
    """One debarred party, its birth date as ``birth_dates`` writes it, and the notices that debarred it and corrected that."""

    name: str
    aliases: tuple[str, ...]
    birth_date: str | None
    notice: str
    since: date | None
    correction: str | None = None


def programme_id(law: str) -> str:
    """The programme's id from the law as the files write it.

    >>> programme_id("E.O. 13382"), programme_id("INSKNA"), programme_id("Export-Import Bank Act")
    ('US-ISN-EO-13382', 'US-ISN-INKSNA', 'US-ISN-EXPORT-IMPORT-BANK-ACT')
    """
    spelt = _SPELLINGS.get(law.strip(), law.strip())
    return "US-ISN-" + re.sub(r"[^A-Z0-9]+", "-", spelt.upper().replace(".", "")).strip("-")


def sanctioned(publication: Publication, sanctions: Iterable[Sanction]) -> Iterator[Listing]:
    """The parties of the nonproliferation sanctions, in the order of the file."""
    drafts: dict[str, Draft] = {}
    for sanction in sanctions:
        printed = _ALSO.sub(r"(a.k.a. \1)", clean(sanction.name))
        about = [office or nationality for office, nationality in _ABOUT.findall(printed)]
        names = list(_names(_ABOUT.sub("", printed), sanction.aliases))
        reach = _REACH.search(clean(sanction.name))
        entity_id = name_id("ISN", f"{names[0].text} {sanction.since}")
        draft = drafts.get(entity_id)
        if draft is None:
            is_person = bool(about) or may_be_person_name(names[0].text)
            draft = Draft(publication, entity_id, "person" if is_person else "organisation")
            draft.listed_on = sanction.since
            drafts[entity_id] = draft
        for name in names:
            _add(draft, name)
        for remark in about:
            draft.remark(remark)
        for law in sanction.laws:
            draft.programme(programme_id(law))
            if programme_id(law) not in _described():
                publication.note(f"programme '{law.strip()}' is not described: what its listing means is that of the list")
        draft.country(sanction.country)
        draft.remark(sanction.remark)
        if reach:
            draft.remark(f"the sanctions extend to{reach[0].removeprefix(',').removeprefix(' and')}")
        draft.cite(f"Federal Register {sanction.notice}" if sanction.notice else None)
        draft.cite("State Department, nonproliferation sanctions")
    for draft in drafts.values():
        yield Listing(NONPROLIFERATION, draft.entity())


def debarred(publication: Publication, debarments: Iterable[Debarment]) -> Iterator[Listing]:
    """The debarred parties, in the order of the file."""
    drafts: dict[str, Draft] = {}
    for debarment in debarments:
        names = list(_names(debarment.name, debarment.aliases))
        person = natural_person(names[0].text)
        primary = person or names[0].text
        entity_id = name_id("DTC", f"{primary} {debarment.notice}")
        draft = drafts.get(entity_id)
        if draft is None:
            is_person = person is not None or debarment.birth_date is not None or may_be_person_name(primary)
            draft = drafts[entity_id] = Draft(publication, entity_id, "person" if is_person else "organisation")
            draft.programme("US-DTC")
            draft.listed_on = debarment.since
        draft.name(primary)
        for name in names[1:]:
            _add(draft, name)
        draft.birth_date(debarment.birth_date)
        draft.cite(debarment.notice)
        draft.cite(f"corrected by {debarment.correction}" if debarment.correction else None)
    for draft in drafts.values():
        yield Listing(DEBARRED, draft.entity())


def aliases(text: str | None) -> tuple[str, ...]:
    """The aliases that a cell joins by commas or semicolons."""
    return tuple(enumerated(text)) if text else ()


def _names(name: str, others: Iterable[str]) -> Iterator[CellName]:
    yield from read_names(_REACH.sub("", clean(name)))
    for other in others:
        plain = re.sub(r"^and\s+", "", clean(other).strip('" '))
        if former := _FORMER.match(plain):
            yield CellName(plain[former.end() :], "former")
        else:
            yield from read_names(plain)


def _add(draft: Draft, name: CellName) -> None:
    """The name, and what stands in brackets within it as names of its own."""
    draft.name(name.text, name.quality)
    for part in printed_names(name.text):
        draft.name(part.text, "weak" if part.is_abbreviation else name.quality)


@cache
def _described() -> frozenset[str]:
    """The programmes that the data describes."""
    sources = tomllib.loads((EMBEDDED / "sources" / "us_state.toml").read_text(encoding="utf-8"))["source"]
    return frozenset(programme["id"] for source in sources for programme in source["programmes"])
