"""The technical facts that an item states: its attributes first, then numbers and words in its text, then grades."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from control_lists.models import Criterion, Grade, Parameter
from control_lists.snapshot import Snapshot
from screening.normalise.phrases import Phrases, folded
from screening.normalise.quantities import Quantity, UnitReader, number

_BEFORE_CHARS = 32  # a cue stands close to its number
_AFTER_CHARS = 20
# Digits of a nuclide (U-235, U235) are part of a word.
_NUMBER = re.compile(r"(?<![A-Za-z]-)(?<![uU])(?<!\d)\d[\d.,]*")
_AFTER_END = re.compile(r"(?<![A-Za-z]-)(?<![uU])(?<!\d)\d|[,;]")
_DENIALS = ("non", "not", "no", "without")  # directly before a word that states a yes
_YES = {"true", "yes", "y", "1", "oui", "si", "ja"}
_NO = {"false", "no", "n", "0", "non", "nein"}


class Fact(NamedTuple):
    """One stated value: an interval of a quantity or count, a yes or no, or a text value; and where it was stated."""

    value: Quantity | bool | str
    source: str  # "attribute outer_diameter_mm", "text", "grade 7075-T6"
    text: str  # as declared


class FactReader:
    """Reads facts for parameters. Opened once with the snapshot's parameters, units and grades."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.parameters: dict[str, Parameter] = {p.id: p for p in snapshot.parameters}
        self.units = UnitReader((unit.id, unit.words) for unit in snapshot.units)
        self._yes = {p.id: Phrases(p.cues) for p in snapshot.parameters if p.kind == "boolean"}
        self._no = {p.id: Phrases(p.not_cues) for p in snapshot.parameters if p.kind == "boolean"}
        self._vocabulary = {p.id: {v: Phrases((v, *w)) for v, w in p.vocabulary.items()} for p in snapshot.parameters if p.kind == "text"}
        self._grades: dict[str, list[tuple[Grade, Criterion, Phrases]]] = {}
        for grade in snapshot.grades:
            phrases = Phrases(grade.words)
            for parameter_id, implied in {first.parameter: first for first in reversed(grade.implies)}.items():
                self._grades.setdefault(parameter_id, []).append((grade, implied, phrases))
        self._quantities: dict[str, list[Quantity]] = {}

    def attributes(self, attributes: Iterable[Mapping[str, str | None]]) -> dict[str, list[Fact]]:
        """Facts from declared attributes, by parameter id. A value that cannot be read as its parameter's kind states nothing.

        Names are parameter ids: the readers resolve aliases and units in names.
        """
        facts: dict[str, list[Fact]] = {}
        for attribute in attributes:
            name, value = attribute["name"], attribute["value"]
            parameter = self.parameters.get(name or "")
            if parameter is None or value is None or not value.strip():
                continue
            read = self._attribute_value(parameter, value)
            if read is not None:
                facts.setdefault(parameter.id, []).append(Fact(read, f"attribute {name}", value))
        return facts

    def text(self, text: str, parameter_id: str) -> list[Fact]:
        """Facts that ``text`` states for one parameter, by cue words beside a number, lone quantity, vocabulary or grade."""
        parameter = self.parameters[parameter_id]
        if parameter.kind == "boolean":
            denied, word = self._no[parameter_id].first_in(text), self._yes[parameter_id].first_in(text)
            if word and any(f" {no}{folded(word)}" in folded(text) for no in _DENIALS):
                denied = word
            return [Fact(False, "text", denied)] if denied else [Fact(True, "text", word)] if word else []
        if parameter.kind == "text":
            found = [(v, w) for v, phrases in self._vocabulary[parameter_id].items() if (w := phrases.first_in(text))]
            return [Fact(value, "text", word) for value, word in found] or self._from_grades(text, parameter_id)
        return self._quantity_facts(text, parameter) or self._from_grades(text, parameter_id)

    def _quantity_facts(self, text: str, parameter: Parameter) -> list[Fact]:
        stated = self._find(text)
        if parameter.unit is None:
            candidates = [q for q in stated if not q.unit or q.unit in parameter.cues]  # "14 bits" counts bits
        else:
            candidates = [c for q in stated if (c := self.units.convert(q, parameter.unit)) is not None]
        around = _surroundings(text, candidates, counts=parameter.unit is None)
        near = [q for q, words in zip(candidates, around, strict=True) if self._is_near(parameter.id, q, words)]
        is_lone = len({(q.low, q.high) for q in candidates}) == 1  # the same value told twice is one
        if not near and parameter.bare and is_lone and not any(self._is_other(parameter.id, words) for words in around):
            near = candidates[:1]
        return [Fact(q, "text", q.text) for q in near]

    def _find(self, text: str) -> list[Quantity]:
        if text not in self._quantities:
            self._quantities[text] = self.units.find(text)
        return self._quantities[text]

    def _is_near(self, parameter_id: str, quantity: Quantity, around: tuple[str, str]) -> bool:
        cue = _pattern(self.parameters[parameter_id].cues)
        if cue is None or self._is_other(parameter_id, around):
            return False
        return any(cue.search(part) for part in (*around, quantity.text))

    def _is_other(self, parameter_id: str, around: tuple[str, str]) -> bool:
        """Whether a word beside the number says that it measures something else."""
        other = _pattern(self.parameters[parameter_id].not_cues)
        return other is not None and any(other.search(part) for part in around)

    def _from_grades(self, text: str, parameter_id: str) -> list[Fact]:
        facts = []
        for grade, implied, phrases in self._grades.get(parameter_id, ()):
            word = phrases.first_in(text)
            if word:
                value: Quantity | bool | str
                if isinstance(implied.value, float):
                    unit = implied.unit or ""
                    converted = self.units.convert(_exactly(implied.value, unit, word), self.parameters[parameter_id].unit or unit)
                    value = converted or _exactly(implied.value, unit, word)
                else:
                    value = implied.value if implied.value is not None else implied.values[0]
                facts.append(Fact(value, f"grade {grade.id}", word))
        return facts

    def _attribute_value(self, parameter: Parameter, value: str) -> Quantity | bool | str | None:
        lowered = value.strip().lower()
        if parameter.kind == "boolean":
            return True if lowered in _YES else False if lowered in _NO else None
        if parameter.kind == "text":
            vocabulary = self._vocabulary[parameter.id]
            return next((v for v, phrases in vocabulary.items() if phrases.first_in(value)), value.strip())
        bare = number(value)
        if bare is not None:
            quantity = _exactly(bare, parameter.unit or "", value)
        else:
            found = self.units.find(value)
            if len(found) != 1:
                return None
            quantity = found[0] if found[0].unit else found[0]._replace(unit=parameter.unit or "")
        return self.units.convert(quantity, parameter.unit) if parameter.unit else quantity


def _surroundings(text: str, quantities: Sequence[Quantity], *, counts: bool) -> list[tuple[str, str]]:
    """The words before and after each quantity that can tell what it measures.

    Words are cut at another number, and words between two of the quantities belong to one of them only: of measures to the
    second (``OD 145MM WALL 0.5MM``), of counts to the first (``832 I/O 1517 PINS``).
    """
    around = []
    starts = sorted(q.start for q in quantities)
    for quantity in quantities:
        is_first = quantity.start == starts[0]
        before = _NUMBER.split(text[max(0, quantity.start - _BEFORE_CHARS) : quantity.start])[-1] if is_first or not counts else ""
        following = next((start for start in starts if start > quantity.start), None)
        end = quantity.end + _AFTER_CHARS
        claimed = following is not None and following <= end and not counts
        after = "" if claimed else _AFTER_END.split(text[quantity.end : end])[0]
        around.append((before, after))
    return around


def _exactly(value: float, unit: str, text: str) -> Quantity:
    return Quantity(value, value, False, False, unit, 0, len(text), text)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern for cue words that allows them to be glued to the number (``OD4.125``)."""
    if not words:
        return None
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{alternatives})(?![a-z])", re.IGNORECASE)
