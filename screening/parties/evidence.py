"""What beside the name speaks for or against a listed party being the declared one.

Only what both sides state counts: a field that is missing on either side is neither support nor conflict, so that a richly
described record gains nothing by its fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from control_lists.codes import imo
from control_lists.models import WatchlistEntity
from screening.parties.addresses import same_place
from screening.parties.listed import identifier_key

# One party has one of these, the world over: the same number is the same party, another number another one.
UNIQUE = frozenset({"imo", "lei", "uscc", "mmsi", "duns", "swift"})
_LEAST_VALUE = 5  # letters and digits: shorter numbers of one register stand in another, too


class Beyond(NamedTuple):
    """Sentences for and against, and the declared identifier that decides, if any."""

    supports: tuple[str, ...]
    conflicts: tuple[str, ...]
    decisive: str | None
    identifies: bool  # a whole birth date or a unit of a building agrees: with the name, it is the party


def beyond_the_name(party: Mapping[str, Any], entity: WatchlistEntity) -> Beyond:
    """The evidence of identifiers, country, address and birth date of a declared party (PARTY columns) on a listed one."""
    supports: list[str] = []
    conflicts: list[str] = []
    decisive = _identifiers(party["identifiers"] or (), entity, supports, conflicts)
    identifies = False
    country = party["country"]
    if country and entity.countries:
        if country in entity.countries:
            supports.append(f"the country {country} is the listed party's")
        else:
            conflicts.append(f"the declared country is {country}, the listed party's {', '.join(entity.countries)}")
    if party["address"] and (where := _address(party["address"], entity.addresses)):
        supports.append(f"the address is the same {where}")
        identifies = where == "unit"
    born = [identifier_key(i).partition(":")[2] for i in party["identifiers"] or () if identifier_key(i).startswith("birth:")]
    if born and entity.birth_dates:
        whole = any(len(b) == 8 and b == listed.replace("-", "") for b in born for listed in entity.birth_dates)
        if whole or any(_may_be(int(b[:4]), listed) for b in born if b[:4].isdigit() for listed in entity.birth_dates):
            supports.append("the birth date is the listed person's" if whole else "the birth year agrees")
            identifies = identifies or whole
        else:
            conflicts.append(f"the declared birth date is not the listed person's ({', '.join(entity.birth_dates)})")
    return Beyond(tuple(supports), tuple(conflicts), decisive, identifies)


def is_decisive(identifier: str, country: str | None, entity: WatchlistEntity) -> bool:
    """Whether an identifier equal to a listed one identifies the party: a unique number does, one of a national register where
    it is long enough and no country speaks against it.
    """
    kind, _, value = identifier_key(identifier).partition(":")
    if kind in UNIQUE:
        return True
    return len(value) >= _LEAST_VALUE and not (country and entity.countries and country not in entity.countries)


def _identifiers(declared: Iterable[str], entity: WatchlistEntity, supports: list[str], conflicts: list[str]) -> str | None:
    decisive = None
    listed: dict[str, set[str]] = {}
    for identifier in entity.identifiers:
        kind, _, value = identifier_key(identifier).partition(":")
        listed.setdefault(kind, set()).add(value)
    for identifier in declared:
        kind, _, value = identifier_key(identifier).partition(":")
        if value in listed.get(kind, ()):
            decisive = decisive or identifier
            supports.append(f"the identifier {identifier} is the listed party's")
        elif kind in UNIQUE and kind in listed:
            conflicts.append(f"the declared {kind.upper()} {value} is not the listed party's ({', '.join(sorted(listed[kind]))})")
        if kind == "imo" and not imo.is_valid(value):
            conflicts.append(f"the declared IMO number {value} fails its check digit")
    return decisive


def _address(declared: str, listed: Iterable[str]) -> str | None:
    found = {same_place(declared, text) for text in listed}
    return "unit" if "unit" in found else "building" if "building" in found else None


def _may_be(year: int, listed: str) -> bool:
    """A birth year against a listed date, range or approximate year."""
    slack = 2 if listed.startswith("~") else 0
    first, _, last = listed.lstrip("~").partition("/")
    return int(first[:4]) - slack <= year <= int((last or first)[:4]) + slack
