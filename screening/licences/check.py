"""One claim held against one licence: which facts agree, which do not, which are not declared, and how much is wanted of which line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from control_lists.codes.control_code import compact, is_under
from control_lists.models import NameWord
from screening.licences.records import Holder, Licence, Line, number_key
from screening.matching import NameComparer
from screening.normalise.likeness import likeness
from screening.normalise.quantities import UnitReader
from screening.parties.names import word_tables

_ALIKE = 0.5  # of the shorter description's words
_QUESTIONS = {
    "exporter": "Who is the exporter? The licence was granted to {}.",
    "consignee": "Who is the consignee? The licence names {}.",
    "end_user": "Who is the end user? The licence names {}.",
    "destination": "Which country is the destination? The licence names {}.",
    "control_code": "Under which control code is the good? The licence names {}.",
    "quantity": "How much of the licence does this item take, in {}?",
    "value": "What is the value of this item in {}? The licence is counted in it.",
}


class Wanted(NamedTuple):
    """A licence line that covers the item, and what the item takes of it; None of what the licence does not count."""

    line: Line
    quantity: Decimal | None
    value: Decimal | None


class Compared(NamedTuple):
    """What a comparison found. ``wanted``: the lines that may be drawn from, the most telling first."""

    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    evidence: tuple[dict[str, Any], ...]
    questions: tuple[str, ...]
    parties: tuple[str, ...]
    wanted: tuple[Wanted, ...]


class _Findings:
    """Collects what one comparison finds."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.unknown: list[str] = []
        self.evidence: list[dict[str, Any]] = []
        self.questions: list[str] = []
        self.parties: list[str] = []

    def say(self, field: str, declared: str | None, listed: str, agrees: bool | None, score: float = 100.0) -> None:
        """A field that agrees (True), does not (False) or is not declared (None)."""
        if agrees is None:
            self.unknown.append(field)
            if field in _QUESTIONS:
                self.questions.append(_QUESTIONS[field].format(listed))
        elif not agrees:
            self.failed.append(field)
        told = "not_declared" if agrees is None else "agrees" if agrees else "differs"
        self.evidence.append(evidence(field, declared, listed, told, score if agrees else 0.0))


def evidence(field: str, declared: str | None, listed: str, comparison: str, score: float) -> dict[str, Any]:
    """One comparison in the shape of EVIDENCE; it points at no place in a text."""
    return {
        "field": field, "start": -1, "end": -1, "declared": declared or "", "listed": listed, "comparison": comparison, "score": score,
    }  # fmt: skip


class LicenceComparer:
    """Compares claims with licences. Opened once; remembers pairs of names, so that a batch compares each once."""

    def __init__(self, name_words: Iterable[NameWord], units: UnitReader, threshold: float) -> None:
        self._names = NameComparer(word_tables(name_words))
        self._units = units
        self._threshold = threshold
        self._known: dict[tuple[str, str], float] = {}

    def compare(
        self,
        claim: Mapping[str, Any],
        item: Mapping[str, Any],
        parties: Sequence[Mapping[str, Any]],
        codes: Sequence[str],
        licence: Licence,
    ) -> Compared:
        """The findings on a claim (CLAIM), its item (FACTS), the item's parties (PARTY) and the control codes it is recognised under."""
        found = _Findings()
        self._terms(found, claim, item, licence)
        for role in ("exporter", "consignee", "end_user"):
            self._holder(found, role, parties, getattr(licence, role))
        lines = self._lines(found, item, codes, licence)
        wanted = [one for line in lines if (one := self._wanted(item, line)) is not None]
        if lines and not wanted:
            self._amounts_unknown(found, item, lines[0])
        return Compared(
            tuple(found.failed), tuple(found.unknown), tuple(found.evidence), tuple(found.questions), tuple(found.parties), tuple(wanted)
        )

    # ------------------------------------------------------------------------------------------- terms and parties
    def _terms(self, found: _Findings, claim: Mapping[str, Any], item: Mapping[str, Any], licence: Licence) -> None:
        day: date = item["declared_on"]
        if licence.status != "active":
            found.say("status", None, licence.status, False)
        if licence.valid_to is not None:
            found.say("valid_to", day.isoformat(), licence.valid_to.isoformat(), day <= licence.valid_to)
        if licence.valid_from is not None and day < licence.valid_from:
            found.say("valid_from", day.isoformat(), licence.valid_from.isoformat(), False)
        if claim["valid_until"] and licence.valid_to is not None and claim["valid_until"] != licence.valid_to.isoformat():
            found.say("valid_until", claim["valid_until"], licence.valid_to.isoformat(), False)
        allowed = licence.operations or tuple(claim["operations"] or ())
        if allowed and item["operation"] not in allowed:
            found.say("operation", item["operation"], ", ".join(allowed), False)
        if licence.destinations:
            destination = item["destination_country"]
            found.say("destination", destination, ", ".join(licence.destinations), destination and destination in licence.destinations)
        if licence.faults:
            found.say("register", None, licence.faults[0], None)

    def _holder(self, found: _Findings, role: str, parties: Sequence[Mapping[str, Any]], holder: Holder | None) -> None:
        """Whether one of the declared parties of a role is the one that the licence names, by identifier or by name."""
        if holder is None:
            return
        shown = holder.name or holder.identifier or ""
        stated = [party for party in parties if party["role"] == role and (party["name"] or party["identifiers"])]
        if not stated and role == "end_user":  # who receives the goods may be who uses them: then no end user is declared
            stated = [p for p in parties if p["role"] == "consignee" and self._is_holder(p, holder)]
        answers = [self._is_holder(party, holder) for party in stated]
        best = max(stated, key=lambda party: self._score(party["name"] or "", holder.name or ""), default=None)
        declared = (best["name"] or "; ".join(best["identifiers"])) if best else None
        score = self._score(declared or "", shown)
        agrees = True if True in answers else False if False in answers else None
        found.say(role, declared, shown, agrees, score if score >= self._threshold else 100.0)
        if agrees:
            found.parties += [party["name"] for party, answer in zip(stated, answers, strict=True) if answer and party["name"]]

    def _is_holder(self, party: Mapping[str, Any], holder: Holder) -> bool | None:
        """By identifier where both have one that agrees, else by name; None where there is nothing to compare."""
        declared = [identifier.partition(":")[2] or identifier for identifier in party["identifiers"] or ()]
        if holder.identifier and any(number_key(text) == number_key(holder.identifier) for text in declared):
            return True
        if holder.name and party["name"]:
            return self._score(party["name"], holder.name) >= self._threshold
        return False if holder.identifier and declared else None

    def _score(self, declared: str, listed: str) -> float:
        if not declared or not listed:
            return 0.0
        key = (declared, listed)
        if key not in self._known:
            # Names of common words alone score below the threshold even against themselves.
            same = " ".join(declared.casefold().split()) == " ".join(listed.casefold().split())
            self._known[key] = 100.0 if same else self._names.compare(declared, listed).score
        return self._known[key]

    # -------------------------------------------------------------------------------------------- goods and amounts
    def _lines(self, found: _Findings, item: Mapping[str, Any], codes: Sequence[str], licence: Licence) -> list[Line]:
        """The lines that cover the item, the most telling first; a licence of no lines covers any good."""
        own = [compact(item["control_code"])] if item["control_code"] else []
        known = list(dict.fromkeys([*own, *codes]))
        if not licence.lines:
            return [] if licence.faults else [Line(1)]
        told = [(line, _covers(line, item, known)) for line in licence.lines]
        covering = [line for line, answer in told if answer]
        field = "control_code" if any(line.control_codes for line in licence.lines) else "description"
        declared = ", ".join(known) or item["hs_code"] or item["description"]
        if covering:
            covering.sort(key=lambda line: (-_depth(line, known), line.number))
            found.say(field, declared, _named(covering[0]), True)
        else:
            agrees = None if any(answer is None for _, answer in told) else False
            found.say(field, declared, "; ".join(_named(line) for line in licence.lines), agrees)
        return covering

    def _wanted(self, item: Mapping[str, Any], line: Line) -> Wanted | None:
        """What the item takes of a line; None where it does not declare what the line counts."""
        quantity = self._quantity(item, line.quantity.unit) if line.quantity else None
        value = Decimal(repr(item["value"])) if line.value and item["value"] is not None and item["currency"] == line.value.unit else None
        is_open = (line.quantity is not None and quantity is None) or (line.value is not None and value is None)
        return None if is_open or (quantity or 0) < 0 or (value or 0) < 0 else Wanted(line, quantity, value)

    def _quantity(self, item: Mapping[str, Any], unit: str) -> Decimal | None:
        """The declared quantity in the unit of the licence, else the net mass where the licence weighs."""
        declared = self._units.unit_of((item["unit"] or "").partition("#")[0].strip())
        for amount, own in ((item["quantity"], declared), (item["net_mass_kg"], "kg")):
            if amount is None or own is None:
                continue
            if own == unit:
                return Decimal(repr(amount))
            conversion = self._units.factor(own, unit)
            if conversion is not None and conversion[1] == 0:
                return Decimal(repr(amount)) * Decimal(f"{conversion[0]:.10g}")
        return None

    def _amounts_unknown(self, found: _Findings, item: Mapping[str, Any], line: Line) -> None:
        if line.quantity is not None and self._quantity(item, line.quantity.unit) is None:
            declared = None if item["quantity"] is None else f"{item['quantity']:g} {item['unit'] or 'of no unit'}"
            found.say("quantity", declared, line.quantity.unit, None)
        if line.value is not None and (item["value"] is None or item["currency"] != line.value.unit):
            declared = None if item["value"] is None else f"{item['value']:g} {item['currency'] or 'of no currency'}"
            found.say("value", declared, line.value.unit, None)


def _covers(line: Line, item: Mapping[str, Any], codes: Sequence[str]) -> bool | None:
    """Whether a line is of the item's good: by control code where both have one, else by HS code or description. None: not to be told."""
    if line.control_codes and codes:
        return any(is_under(code, own) or is_under(own, code) for code in codes for own in line.control_codes)
    answers = []
    if line.hs_code and item["hs_code"]:
        answers.append(item["hs_code"].startswith(line.hs_code[:6]) or line.hs_code.startswith(item["hs_code"]))
    if line.description and item["description"]:
        answers.append(likeness(item["description"], line.description) >= _ALIKE)
    if not (line.control_codes or line.hs_code or line.description):
        return True
    return any(answers) if answers else None


def _depth(line: Line, codes: Sequence[str]) -> int:
    """How deep a line's code reaches that agrees."""
    return max((len(own) for own in line.control_codes for code in codes if is_under(code, own) or is_under(own, code)), default=0)


def _named(line: Line) -> str:
    return ", ".join(line.control_codes) or line.description or line.hs_code or "any good"
