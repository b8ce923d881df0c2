"""What one changed fact would change: the item decided again, with the fact, by the engine itself.

The alternatives are drawn from what decides: both sides of each limit that a candidate's entry lists, both sides of its mixture limits,
one country of each set that the rules name, and each use of which an authority may inform. Nothing is reasoned here a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from control_lists.check import leaves
from control_lists.models import Criterion, Rule
from screening.decide import rules as law
from screening.decide.records import FLAGS, SEVERITY
from screening.engine import Screener
from screening.frames import ATTRIBUTE
from screening.goods.catalogue import Node
from screening.goods.criteria import limit_text
from screening.read import Declarations
from screening.write.nested import records

MOST_TRIED = 60
MOST_TOLD = 8
MOST_OF_A_FACT = 2
_MOST_CANDIDATES = 5
_MISSED_BY = 0.1  # an alternative beyond a limit lies a tenth beyond it


class Alternative(NamedTuple):
    """One fact as it is not declared: the column or attribute, its value, and how a person says it."""

    field: str
    value: str
    text: str


class Counterfactual(NamedTuple):
    """What an alternative would change under one jurisdiction."""

    jurisdiction: str
    field: str
    value: str
    text: str
    flag: str
    candidates: list[dict[str, str]]  # code, before, after: those whose status it changes


def counterfactuals(
    screener: Screener, part: Declarations, determined: Sequence[Mapping[str, Any]], as_of: date
) -> dict[str, list[Counterfactual]]:
    """By jurisdiction what one changed fact would change of a single item's determinations, the most decisive first.

    ``part`` holds that item alone; ``determined`` are its records. One batch of at most MOST_TRIED alternatives is decided.
    """
    tried = list(dict.fromkeys(_alternatives(screener, part, determined, as_of)))[:MOST_TRIED]
    if not tried:
        return {}
    jurisdictions = [record["jurisdiction"] for record in determined]
    varied = _varied(part, tried)
    checked = _checked_alone(screener, varied, as_of)
    found = records(screener.determine(varied, as_of=as_of, jurisdictions=jurisdictions, checked=checked).determinations)
    answers = {(record["item_number"], record["jurisdiction"]): record for record in found}
    told = {}
    for record in determined:
        changes = [_change(record, one, answers[number, record["jurisdiction"]]) for number, one in enumerate(tried, 1)]
        told[record["jurisdiction"]] = _told(record["flag"], [c for c in changes if c is not None])
    return told


def _change(record: Mapping[str, Any], one: Alternative, answer: Mapping[str, Any]) -> Counterfactual | None:
    """What the alternative changes of the record, or None."""
    before = {(c["list"], c["title"]): c for c in record["candidates"]}
    changed = [
        {"code": now["code"], "before": was["status"], "after": now["status"]}
        for now in answer["candidates"]
        if (was := before.get((now["list"], now["title"]))) and was["status"] != now["status"]
    ]
    if answer["flag"] == record["flag"] and (not changed or record["flag"] == FLAGS[0]):
        return None
    return Counterfactual(record["jurisdiction"], *one, answer["flag"], changed)


def _told(flag: str, changes: Sequence[Counterfactual]) -> list[Counterfactual]:
    """The most decisive changes, of one fact no more than MOST_OF_A_FACT that bring the same flag."""
    kept: list[Counterfactual] = []
    for change in sorted(changes, key=lambda c: _decisive(flag, c)):
        if sum(k.field == change.field and k.flag == change.flag for k in kept) < MOST_OF_A_FACT:
            kept.append(change)
    return kept[:MOST_TOLD]


def _decisive(flag: str, change: Counterfactual) -> tuple[bool, bool, int]:
    """A changed flag before changed candidates; a settled REVIEW before another REVIEW; the farthest move first."""
    return change.flag == flag, change.flag == "REVIEW", -abs(SEVERITY[change.flag] - SEVERITY[flag])


def _varied(part: Declarations, tried: Sequence[Alternative]) -> Declarations:
    """The item once for each alternative, numbered from 1."""
    item, height = part.items, len(tried)
    rows = pl.concat([_with(item, one).with_columns(item=pl.lit(n, pl.UInt32)) for n, one in enumerate(tried)])
    parties = pl.concat([part.parties.with_columns(item=pl.lit(n, pl.UInt32)) for n in range(height)])
    numbered = rows.with_columns(item_number=(pl.col("item") + 1).cast(pl.Int64))
    return Declarations(numbered, parties, rows.select("item"), part.rejects.clear(), [])


def _checked_alone(screener: Screener, varied: Declarations, as_of: date) -> pl.DataFrame | None:
    """The declared licences of each alternative, drawn on as if it were the only one."""
    if screener.documents is None:
        return None
    found = []
    for number in range(varied.items.height):
        own = pl.col("item") == number
        one = varied._replace(items=varied.items.filter(own), parties=varied.parties.filter(own), extra=varied.extra.filter(own))
        found.append(screener.documents.check([one], as_of))
    return pl.concat(found)


def _with(item: pl.DataFrame, one: Alternative) -> pl.DataFrame:
    if one.field in item.columns:
        return item.with_columns(pl.lit(one.value, item.schema[one.field]).alias(one.field))
    kept = [a for a in item.row(0, named=True)["attributes"] or () if a["name"] != one.field]
    stated = pl.Series("attributes", [[*kept, {"name": one.field, "value": one.value}]], dtype=pl.List(ATTRIBUTE))
    return item.with_columns(stated)


def _alternatives(screener: Screener, part: Declarations, determined: Sequence[Mapping[str, Any]], as_of: date) -> Iterator[Alternative]:
    item = part.items.row(0, named=True)
    candidates = {
        (c["list"], c["code"]): c for record in determined for c in record["candidates"][:_MOST_CANDIDATES] if c["status"] != "hint"
    }
    for list_id, code in candidates:
        node = screener.goods.catalogue.find(list_id, code)
        if node is not None:
            yield from _limits(screener, node)
    rules = [
        rule
        for record in determined
        for rule in screener.snapshot.rules[record["jurisdiction"]]
        if law.in_force(rule, item["declared_on"] or as_of) and _is_near(rule, bool(candidates))
    ]
    yield from _destinations(screener, rules, item["destination_country"], item["declared_on"] or as_of)
    for use in dict.fromkeys(use for rule in rules for use in rule.when.get("end_use_informed", ())):
        yield Alternative("end_use_informed", "yes" if use == "any" else use, f"with end_use_informed = {'yes' if use == 'any' else use}")


def _is_near(rule: Rule, has_candidates: bool) -> bool:
    return rule.subject == "item" or (rule.subject == "candidate" and has_candidates)


def _limits(screener: Screener, node: Node) -> Iterator[Alternative]:
    """Both sides of each limit of an entry."""
    for limit in node.mixture:
        for content in (limit.max_pct if limit.op == "<=" else limit.max_pct - 1, limit.max_pct + 1):
            yield Alternative("concentration", f"{content:g} %", f"at {content:g} % by weight")
    for criterion in (*leaves(node.criteria), *(c for e in node.exclusions for c in leaves(e.criteria))):
        yield from _sides(screener, criterion)


def _sides(screener: Screener, criterion: Criterion) -> Iterator[Alternative]:
    """A value that meets a criterion and one that does not."""
    parameter = screener.goods.facts.parameters[criterion.parameter]
    if criterion.op == "in":
        other = next((v for v in parameter.vocabulary if v not in criterion.values), None)
        values = (criterion.values[0], other)
        yield from (Alternative(parameter.id, v, f"with {parameter.title} {v}") for v in values if v is not None)
    elif isinstance(criterion.value, bool):
        yield Alternative(parameter.id, "yes", f"with {parameter.title}: yes")
        yield Alternative(parameter.id, "no", f"with {parameter.title}: no")
    elif isinstance(criterion.value, float):
        at, step = criterion.value, max(abs(criterion.value) * _MISSED_BY, _MISSED_BY)
        meets = {">": at + step, "<": at - step}.get(criterion.op, at)
        fails = {">=": at - step, "<=": at + step, "=": at + step}.get(criterion.op, at)
        limit = limit_text(criterion, screener.goods.facts).removeprefix(parameter.title).strip()
        for value in (f"{number:g} {criterion.unit or ''}".strip() for number in (meets, fails)):
            yield Alternative(parameter.id, value, f"with {parameter.title} {value} (the limit is {limit})")


def _destinations(screener: Screener, rules: Sequence[Rule], declared: str | None, day: date) -> Iterator[Alternative]:
    """One country for each set that the rules name as destination, and one that is in none of them."""
    named = dict.fromkeys(
        part.removeprefix("set:")
        for rule in rules
        for key in ("destination", "destination_not")
        for part in rule.when.get(key, ())
        if part.startswith("set:")
    )
    sets = {s.id: s for s in screener.snapshot.country_sets if law.in_force(s, day)}
    names = screener.snapshot.country_names
    members: set[str] = set()
    told = {declared}
    for set_id in (*named, "cwc_non_party"):
        inside = sorted(sets[set_id].members) if set_id in sets else []
        members |= set(inside)
        first = next((c for c in inside if c not in told), None)
        if first is not None and declared not in inside:
            told.add(first)
            yield Alternative("destination_country", first, f"to {names[first]}")
    outside = next((c for c in sorted(names) if c not in members and c != declared), None)
    if outside:
        yield Alternative("destination_country", outside, f"to {names[outside]}, which no rule names")
