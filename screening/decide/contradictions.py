"""Rules that contradict one another: of one law, of the same subject, one always holding with the other and saying less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from typing import Any

from control_lists.check import Fault
from control_lists.models import Rule
from control_lists.snapshot import Snapshot
from screening.decide.records import SEVERITY

_COUNTRIES = frozenset({"destination", "origin", "export_from", "buyer_country", "via", "any_country"})
_CODES = frozenset({"code_under", "hs_under"})


def contradictions(snapshot: Snapshot) -> Iterator[Fault]:
    """Pairs of rules of which the milder can never be the answer.

    Two rules contradict one another when they are of one jurisdiction and one subject, share a day, whenever the first holds the second
    holds too (each predicate of the second is asked by the first and is as narrow there), and the second's flag is more severe: the
    first then only adds a reason that says less than the law does. Or when both hold of exactly the same and differ in their flag.
    A rule that asks (REVIEW) beside one that answers is no contradiction, and neither is a rule that the other names in ``lifts``.
    """
    for jurisdiction, rules in snapshot.rules.items():
        flagging = [rule for rule in rules if rule.then.flag not in (None, "REVIEW")]
        for mild, severe in permutations(flagging, 2):
            if (
                mild.subject != severe.subject
                or not _share_a_day(mild, severe)
                or mild.id in severe.then.lifts
                or severe.id in mild.then.lifts
            ):
                continue
            if SEVERITY[str(mild.then.flag)] < SEVERITY[str(severe.then.flag)] and _implies(snapshot, mild, severe):
                text = f"wherever it holds, {severe.id} holds too and brings {severe.then.flag}, not {mild.then.flag}"
                yield Fault("error", f"rule:{mild.id}", f"{text}; narrow one of them ({jurisdiction})")


def _share_a_day(one: Rule, other: Rule) -> bool:
    return max(one.since or date.min, other.since or date.min) < min(one.until or date.max, other.until or date.max)


def _implies(snapshot: Snapshot, narrow: Rule, wide: Rule) -> bool:
    """Whether the narrow rule holding means that the wide one does, on the first day they share and judged by the data alone."""
    first = max(narrow.since or date.min, wide.since or date.min)
    return all(key in narrow.when and _within(snapshot, key, narrow.when[key], wide.when[key], first) for key in wide.when)


def _within(snapshot: Snapshot, key: str, narrow: Any, wide: Any, day: date) -> bool:
    """Whether what one predicate admits is admitted by the other's value too."""
    base = key.removesuffix("_not")
    if narrow == wide:
        return True
    if not all(isinstance(value, (str, tuple)) for value in (narrow, wide)):
        return False
    first, second = _several(narrow), _several(wide)
    if base in _COUNTRIES:
        inside, around = (_opened(snapshot, value, day) for value in ((second, first) if key.endswith("_not") else (first, second)))
        return inside <= around
    inner, outer = (second, first) if key.endswith("_not") else (first, second)
    if base in _CODES:
        return all(any(code.startswith(above) for above in outer) for code in inner)
    return set(inner) <= set(outer)


def _several(value: Any) -> Sequence[str]:
    return (value,) if isinstance(value, str) else tuple(value)


def _opened(snapshot: Snapshot, value: Sequence[str], day: date) -> set[str]:
    members: set[str] = set()
    for part in value:
        members |= snapshot.country_set(part[4:], day) if part.startswith("set:") else {part}
    return members
