"""What a rule reaches: which listed entries it is about, and what else must hold for it. Read from the rule's own ``when``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from control_lists.codes.control_code import is_under
from control_lists.models import ControlEntry, Profile, Rule
from control_lists.snapshot import Snapshot
from screening.obligations.models import WeaponClass

REQUIRES = ("LICENCE_REQUIRED", "PROHIBITED")
_LISTING = {"operation", "listed_in", "code_under", "code_not_under", "regime", "mark", "mark_not", "group"}
_EXCEPTIONS = {
    "consumer_packed",
    "concentration_over",
    "concentration_up_to",
    "end_use_informed_not",
    "mentions_not",
    "document_not",
    "switch",
}
_NOT_OF_LISTED = {"candidate_status", "near_limit"}


class Entry(NamedTuple):
    """A listed entry with what it takes from those above it."""

    list_id: str
    code: str
    regimes: tuple[str, ...]
    marks: frozenset[str]
    reasons: tuple[str, ...]


def adopted_entries(snapshot: Snapshot, profile: Profile, day: date) -> list[Entry]:
    """The entries in force on ``day`` of the goods lists that a profile adopts."""
    found = []
    for adopted in profile.control_lists:
        if adopted.id not in snapshot.lists:
            continue
        by_code = {entry.code: entry for entry in snapshot.lists[adopted.id].entries}
        for entry in by_code.values():
            in_force = (entry.since is None or entry.since <= day) and (entry.until is None or day < entry.until)
            if in_force and (not adopted.under or any(is_under(entry.code, top) for top in adopted.under)):
                chain = list(_chain(entry, by_code))
                regimes = next((one.regimes for one in chain if one.regimes), ())
                reasons = next((one.reasons for one in chain if one.reasons), ())
                found.append(Entry(adopted.id, entry.code, regimes, frozenset(mark for one in chain for mark in one.marks), reasons))
    return found


def _chain(entry: ControlEntry, by_code: dict[str, ControlEntry]) -> Iterator[ControlEntry]:
    while True:
        yield entry
        if entry.parent is None or entry.parent not in by_code:
            return
        entry = by_code[entry.parent]


def is_of(entry: Entry, weapon: WeaponClass) -> bool:
    """Whether an entry serves a class of weapons, by its regimes or its reasons for control."""
    named = set(entry.regimes) & set(weapon.regimes) or any(r.startswith(w) for r in entry.reasons for w in weapon.reasons)
    if not named or any(is_under(entry.code, top) for top in weapon.code_not_under):
        return False
    return not weapon.code_under or any(is_under(entry.code, top) for top in weapon.code_under)


def moves(rule: Rule, operation: str) -> bool:
    """Whether a rule is about an operation; one that names none is about all."""
    return "operation" not in rule.when or operation in _several(rule.when["operation"])


def reaches(rule: Rule, entry: Entry) -> bool:
    """Whether a rule on goods candidates is about a listed entry, whatever else must hold."""
    when = rule.when
    if rule.subject != "candidate" or _NOT_OF_LISTED & when.keys():
        return False
    tests: dict[str, Callable[[tuple[str, ...]], bool]] = {
        "listed_in": lambda value: entry.list_id in value,
        "code_under": lambda value: any(is_under(entry.code, top) for top in value),
        "code_not_under": lambda value: not any(is_under(entry.code, top) for top in value),
        "regime": lambda value: bool(set(entry.regimes) & set(value)),
        "mark": lambda value: bool(entry.marks & set(value)),
        "mark_not": lambda value: not entry.marks & set(value),
        "group": lambda value: entry.code[1:2] in value,
    }
    return all(test(_several(when[key])) for key, test in tests.items() if key in when)


def conditions(rule: Rule, profile: Profile, snapshot: Snapshot, day: date) -> tuple[str, ...]:
    """What narrows a rule beside operation and entry, as words; exceptions that leave the requirement standing are not told.

    A rule on exports from the profile's own States is not narrowed by it.
    """
    narrowing = []
    for key in rule.when:
        if key in _LISTING or key in _EXCEPTIONS or key.endswith("_not"):
            continue
        if key == "export_from" and set(profile.states) <= _countries(rule.when[key], snapshot, day):
            continue
        narrowing.append(key.replace("_", " "))
    return tuple(narrowing)


def _countries(value: Any, snapshot: Snapshot, day: date) -> set[str]:
    members: set[str] = set()
    for part in _several(value):
        members |= snapshot.country_set(part[4:], day) if part.startswith("set:") else {part}
    return members


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
