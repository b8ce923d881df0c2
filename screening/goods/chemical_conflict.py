"""Identifiers of one item that contradict one another: a CAS number of one chemical beside the name of another.

Only what is known can contradict: of two chemicals a list names one, and the other is known by that name or number. Which is right,
a person decides: the listed one is neither taken for certain nor dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from screening.goods.recognise import Recognised
from screening.goods.substances import OtherFound, SubstanceFound, SubstanceIndex

_BESIDE = 40  # characters between a name and the number that belongs to it


class _Sign(NamedTuple):
    """A name or number in a text, of a listed chemical or another."""

    chemical: str
    is_listed: bool
    is_number: bool
    start: int
    end: int


def contradictions(texts: Iterable[str], numbers: Sequence[str], chemicals: SubstanceIndex, ingredients: frozenset[str]) -> dict[str, str]:
    """The question that each listed chemical (by name) leaves open, for those that another identifier of the item contradicts.

    ``texts`` and ``numbers`` (declared CAS numbers) are the item's; ``ingredients`` are chemicals named as one part of the good, which
    a number of another part contradicts in no way.
    """
    signs: list[_Sign] = []
    open_questions: dict[str, str] = {}
    pairs: list[tuple[_Sign, _Sign]] = []
    for text in texts:
        here = _signs(text, chemicals)
        signs += here
        pairs += _beside(here)
    declared = [sign for number in numbers for sign in _declared(number, chemicals)]
    names = [sign for sign in signs if not sign.is_number]
    if declared and names and not {d.chemical for d in declared} & {n.chemical for n in names}:
        pairs += [(name, number) for number in declared for name in names]
    signs += declared
    for name, number in pairs:
        listed = name if name.is_listed else number
        agreed = {s.is_number for s in signs if s.chemical == listed.chemical} == {True, False}
        if name.is_listed != number.is_listed and not agreed and listed.chemical not in ingredients:
            open_questions.setdefault(listed.chemical, f"The name says {name.chemical}, the CAS number {number.chemical}: which is right?")
    return open_questions


def doubted(signs: Sequence[tuple[str, Recognised]], questions: dict[str, str]) -> list[tuple[str, Recognised]]:
    """The signs of an item, those of contradicted chemicals with their question."""
    return [(field, r._replace(doubt=questions[r.chemical]) if r.chemical in questions else r) for field, r in signs]


def _signs(text: str, chemicals: SubstanceIndex) -> list[_Sign]:
    found, others = chemicals.read(text, everything=True)
    signs = [_listed(one) for one in found if one.how in ("cas", "name", "misspelt")]
    return sorted([*signs, *map(_other, others)], key=lambda sign: sign.start)


def _declared(number: str, chemicals: SubstanceIndex) -> Iterable[_Sign]:
    for substance in chemicals.by_cas(number):
        yield _Sign(substance.name, True, True, -1, -1)
    if (other := chemicals.other_by_cas(number)) is not None:
        yield _other(other)


def _listed(found: SubstanceFound) -> _Sign:
    return _Sign(found.substance.name, True, found.how == "cas", found.start, found.end)


def _other(found: OtherFound) -> _Sign:
    return _Sign(found.name, False, found.how == "cas", found.start, found.end)


def _beside(signs: Sequence[_Sign]) -> Iterable[tuple[_Sign, _Sign]]:
    """Each number of a text with the name that it belongs to: the one right before it, else the one right behind it."""
    for place, number in enumerate(signs):
        if not number.is_number:
            continue
        before = signs[place - 1] if place else None
        behind = signs[place + 1] if place + 1 < len(signs) else None
        if before is not None and not before.is_number and number.start - before.end <= _BESIDE:
            yield before, number
        elif before is None and behind is not None and not behind.is_number and behind.start - number.end <= _BESIDE:
            yield behind, number
