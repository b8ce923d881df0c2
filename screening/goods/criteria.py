"""Listed limits against stated facts, in three-valued logic: met, not met, not stated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from control_lists.models import Alternatives, Criterion
from screening.goods.facts import Fact, FactReader
from screening.normalise.quantities import Quantity

Status = Literal["met", "not_met", "not_stated"]
Facts = Callable[[str], Sequence[Fact]]  # parameter id -> what the item states for it


class Judged(NamedTuple):
    """One criterion with the listed limit, what was declared, and the outcome."""

    parameter: str
    listed: str
    declared: str | None
    source: str | None
    status: Status
    near_pct: float | None  # by how many per cent a failed limit was missed


class Judgement(NamedTuple):
    """The outcome of a criteria tree: its status, every criterion looked at, and the deepest branch code that is met."""

    status: Status
    judged: tuple[Judged, ...]
    code: str | None


def judge(criteria: Sequence[Criterion | Alternatives], facts: Facts, reader: FactReader) -> Judgement:
    """The status of ``criteria`` (all of them), three-valued as Kleene's logic: one failed decides, then one unknown."""
    return _combine([_judge(criterion, facts, reader) for criterion in criteria], all_of=True)


def limit_text(criterion: Criterion, reader: FactReader) -> str:
    """The listed limit as a person reads it: ``outside diameter > 75 mm``."""
    title = reader.parameters[criterion.parameter].title
    if criterion.op == "in":
        return f"{title} is one of: {', '.join(criterion.values)}"
    if isinstance(criterion.value, bool):
        return title if criterion.value else f"not {title}"
    value = f"{criterion.value:g}" if isinstance(criterion.value, float) else str(criterion.value)
    unit = printed_unit(criterion.unit or "")
    sign = {">=": "≥", "<=": "≤"}.get(criterion.op, criterion.op)
    return f"{title} {sign} {value} {unit}".rstrip() + (f" ({criterion.condition})" if criterion.condition else "")


def printed_unit(unit: str) -> str:
    """A unit of the reference data as it is printed: ``degC`` as °C, ``m**3`` as m3."""
    return {"percent": "%", "degC": "°C", "degF": "°F"}.get(unit, unit.replace("**", ""))


def _judge(criterion: Criterion | Alternatives, facts: Facts, reader: FactReader) -> Judgement:
    if isinstance(criterion, Alternatives):
        parts = [_judge(part, facts, reader) for part in (criterion.any or criterion.all)]
        found = _combine(parts, all_of=bool(criterion.all))
        return found._replace(code=found.code or criterion.code) if found.status == "met" else found
    return _leaf(criterion, facts(criterion.parameter), reader)


def _leaf(criterion: Criterion, stated: Sequence[Fact], reader: FactReader) -> Judgement:
    outcomes = {(_compare(criterion, fact, reader), fact) for fact in stated}
    statuses = {status for status, _ in outcomes}
    # Several statements that disagree are no statement: the officer must ask which is meant.
    status: Status = statuses.pop() if len(statuses) == 1 else "not_stated"
    fact = stated[0] if stated else None
    near = _near(criterion, fact, reader) if status == "not_met" and fact else None
    declared = "; ".join(dict.fromkeys(f.text.strip() for f in stated)) or None
    judged = Judged(criterion.parameter, limit_text(criterion, reader), declared, fact.source if fact else None, status, near)
    return Judgement(status, (judged,), None)


def _compare(criterion: Criterion, fact: Fact, reader: FactReader) -> Status:
    value = fact.value
    if criterion.op == "in":
        return "met" if str(value).casefold() in {v.casefold() for v in criterion.values} else "not_met"
    if not isinstance(value, Quantity):
        wanted = criterion.value
        same = value == wanted if isinstance(value, bool) or isinstance(wanted, bool) else str(value).casefold() == str(wanted).casefold()
        return "met" if same else "not_met"
    if not isinstance(criterion.value, float):
        return "not_stated"
    unit = reader.parameters[criterion.parameter].unit
    stated = reader.units.convert(value, criterion.unit) if unit and criterion.unit else value
    return _within(stated, criterion.op, criterion.value) if stated is not None else "not_stated"


def _within(stated: Quantity, op: str, limit: float) -> Status:
    """An interval meets a limit when all of it does, fails when none of it does, and else says nothing."""
    low, high = stated.low, stated.high
    if op == "=":
        return "met" if low == high == limit else "not_met" if limit < low or limit > high else "not_stated"
    if op in (">", ">="):
        passes_low = low > limit or (low == limit and (op == ">=" or stated.low_open))
        passes_high = high > limit or (high == limit and op == ">=" and not stated.high_open)
        return "met" if passes_low else "not_stated" if passes_high else "not_met"
    passes_high = high < limit or (high == limit and (op == "<=" or stated.high_open))
    passes_low = low < limit or (low == limit and op == "<=" and not stated.low_open)
    return "met" if passes_high else "not_stated" if passes_low else "not_met"


def _near(criterion: Criterion, fact: Fact, reader: FactReader) -> float | None:
    if (
        not isinstance(fact.value, Quantity)
        or not isinstance(criterion.value, float)
        or not criterion.value
        or fact.value.low != fact.value.high
    ):
        return None
    stated = reader.units.convert(fact.value, criterion.unit) if criterion.unit else fact.value
    return None if stated is None else abs(stated.low - criterion.value) / abs(criterion.value) * 100


def _combine(parts: Sequence[Judgement], *, all_of: bool) -> Judgement:
    statuses = [part.status for part in parts]
    decisive: Status = "not_met" if all_of else "met"
    other: Status = "met" if all_of else "not_met"
    status: Status = decisive if decisive in statuses else "not_stated" if "not_stated" in statuses else other
    code = next((part.code for part in parts if part.status == "met" and part.code), None)
    return Judgement(status, tuple(judged for part in parts for judged in part.judged), code)


def facts_of(attributes: Mapping[str, Sequence[Fact]], text: str, reader: FactReader) -> Facts:
    """What an item states for a parameter: its attributes where they name it, else its text."""
    return lambda parameter: attributes.get(parameter) or reader.text(text, parameter)
