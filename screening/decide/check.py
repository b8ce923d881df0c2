"""The linter of rules: predicates of the closed set, names that exist, and every example run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from control_lists.check import Fault
from control_lists.errors import ListDataError
from control_lists.models import Example, Rule
from control_lists.snapshot import Snapshot
from screening.decide import rules as law
from screening.decide import subjects
from screening.decide.builder import MOVEMENT_BRACES
from screening.decide.contradictions import contradictions
from screening.decide.predicates import CRITERIA, PREDICATES, SUBJECT_ONLY, Context, parameters_of
from screening.decide.rows import Rows
from screening.goods.candidates import CANDIDATE
from screening.goods.facts import FactReader
from screening.licences.records import CHECK
from screening.parties.match import PARTY_MATCH
from screening.policy import Policy
from screening.read import ReadOptions, read_records

# Acts that carry their year in their name.
_DATED_ACT = re.compile(r"UNSCR \d+ \(\d{4}\)|Regulation \(E[UC]\) (?:No )?\d+/\d+|Delegated Regulation \(EU\) \d+/\d+")


def check_rules(snapshot: Snapshot, day: date) -> list[Fault]:
    """All faults of the rule sets, errors first: law and days, names, contradictions, coverage by examples, and each example's outcome."""
    context = Context(snapshot, Policy(), FactReader(snapshot), day)
    declared = _declared(snapshot)
    ids = {rule.id for group in snapshot.rules.values() for rule in group}
    dated_sets = {s.id for s in snapshot.country_sets if s.since is not None}
    faults: list[Fault] = [*contradictions(snapshot), *_questions(snapshot)]
    for jurisdiction, group in snapshot.rules.items():
        for adopted in snapshot.profiles[jurisdiction].control_lists:
            if adopted.id not in snapshot.lists:
                faults.append(Fault("error", f"rules/{jurisdiction}", f"control list '{adopted.id}' is not held"))
        for rule in group:
            named = [*_names(snapshot, rule, ids), *_days(rule, dated_sets)]
            faults += named
            if not any(fault.severity == "error" for fault in named):
                faults += _examples(rule, declared, context)
    return sorted(faults, key=lambda fault: (fault.severity, fault.where))


def _names(snapshot: Snapshot, rule: Rule, ids: set[str]) -> Iterator[Fault]:
    where = f"rule:{rule.id}"
    if not rule.cites:
        yield Fault("error", where, "no citation")
    if sum(x is not None for x in (rule.then.flag, rule.then.note, rule.then.authorisation)) != 1:
        yield Fault("error", where, "'then' brings exactly one of flag, note, authorisation")
    for lifted in rule.then.lifts:
        if lifted not in ids:
            yield Fault("error", where, f"lifts '{lifted}', which is no rule")
    for key, value in rule.when.items():
        if key not in PREDICATES:
            yield Fault("error", where, f"unknown predicate '{key}'; the closed set stands in docs/data-formats.md")
            continue
        if SUBJECT_ONLY.get(key, rule.subject) != rule.subject:
            yield Fault("error", where, f"'{key}' is asked of a {SUBJECT_ONLY[key]}, the rule's subject is {rule.subject}")
        yield from _values(snapshot, where, key, value)


def _days(rule: Rule, dated_sets: set[str]) -> Iterator[Fault]:
    """A rule of a dated act has a day, unless what it asks is dated itself: a listing, a document or a set of countries."""
    where = f"rule:{rule.id}"
    if rule.since is not None or rule.subject in ("party", "document") or "claims" in rule.when:
        return
    asked = {part for value in rule.when.values() if isinstance(value, tuple) for part in value if isinstance(part, str)}
    act = next((found[0] for cite in rule.cites if (found := _DATED_ACT.search(cite))), None)
    if act and not {f"set:{name}" for name in dated_sets} & asked:
        yield Fault("error", where, f"cites a dated act ({act}) and has no 'since'")


def _questions(snapshot: Snapshot) -> Iterator[Fault]:
    """Questions of parameters may name the candidate; what they told of a movement would be shown of other items that share the answer."""
    for parameter in snapshot.parameters:
        if strange := MOVEMENT_BRACES & set(re.findall(r"\{(\w+)\}", parameter.question)):
            yield Fault("error", f"parameter:{parameter.id}", f"the question tells of the movement ({min(strange)}); a rule's own text may")


def _values(snapshot: Snapshot, where: str, key: str, value: Any) -> Iterator[Fault]:
    several = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, tuple) else ()
    if key in ("mentions", "mentions_not"):
        yield from (Fault("error", where, f"lexicon '{id_}' is not defined") for id_ in several if id_ not in snapshot.lexicons)
    if key in ("regime", "mark", "mark_not"):
        defined = snapshot.regimes if key == "regime" else snapshot.marks
        yield from (Fault("error", where, f"{key} '{name}' is not defined in reference/") for name in several if name not in defined)
    if key == "stated":
        known = {p.id for p in snapshot.parameters}
        try:
            asked = list(parameters_of(CRITERIA.validate_python(value)))
        except ValueError as error:
            yield Fault("error", where, f"'stated' is not a criteria list: {error}")
            return
        yield from (Fault("error", where, f"parameter '{p}' is not defined") for p in asked if p not in known)
    if key in ("destination", "destination_not", "export_from", "export_from_not", "origin", "buyer_country", "via", "any_country"):
        sets = {s.id for s in snapshot.country_sets}
        for part in several:
            if part.startswith("set:") and part[4:] not in sets:
                yield Fault("error", where, f"country set '{part[4:]}' is not defined")
            elif not part.startswith("set:") and part not in snapshot.country_names:
                yield Fault("error", where, f"'{part}' is no country code")


def _examples(rule: Rule, declared: Mapping[int, pl.DataFrame | str], context: Context) -> Iterator[Fault]:
    where = f"rule:{rule.id}"
    outcomes = {example.outcome for example in rule.examples}
    for wanted, word in (("fires", "firing"), ("silent", "silent")):
        if wanted not in outcomes:
            yield Fault("error", where, f"no {word} example")
    for number, example in enumerate(rule.examples, 1):
        movement = declared[id(example)]
        if isinstance(movement, str):
            yield Fault("error", where, f"example {number} cannot be read: {movement}")
            continue
        try:
            outcome = run_example(rule, example, movement, context)
        except (ListDataError, ValueError, TypeError, pl.exceptions.PolarsError) as error:
            yield Fault("error", where, f"example {number} cannot be run: {error}")
            continue
        if outcome != example.outcome:
            yield Fault("error", where, f"example {number} should be '{example.outcome}' and is '{outcome}'")


def _declared(snapshot: Snapshot) -> dict[int, pl.DataFrame | str]:
    """The movement of each example's declaration, all read at once, or why it cannot be read; by the example's identity."""
    examples = [example for group in snapshot.rules.values() for rule in group for example in rule.examples]
    records = [{"description": "example", **example.declaration} for example in examples]
    found: dict[int, pl.DataFrame | str] = {}
    for part in read_records(records, ReadOptions(snapshot)):
        movements = subjects.movements(part.items, part.parties)
        for (_, row), movement in zip(part.items.select("item", "source_row").iter_rows(), movements.iter_slices(1), strict=True):
            found[id(examples[row - 1])] = movement.with_columns(item=pl.lit(0, pl.UInt32))
        found |= {id(examples[reject["row"] - 1]): str(reject["reason"]) for reject in part.rejects.iter_rows(named=True)}
    return found


def run_example(rule: Rule, example: Example, movement: pl.DataFrame, context: Context) -> str:
    """What the rule does with an example of this movement: fires, unknown or silent."""
    day = max(context.day, rule.since or date.min)
    rows = Rows.plain(movement)
    if rule.subject == "candidate":
        candidate = {"item": 0, "list": "", "code": "", "status": "met", "regimes": [], "marks": [], "reasons": [], "concentration": 100.0,
                     "consumer_packed": False, **_plain(example.candidate or {})}  # fmt: skip
        rows = _beside(subjects.candidate_facts(pl.DataFrame([candidate], schema=CANDIDATE)), movement)
    elif rule.subject == "party":
        party = {
            "item": 0,
            "role": "consignee",
            "strength": "strong",
            "programmes": [],
            "outcomes": [],
            "scope": "unstated",
            **_plain(example.party or {}),
        }
        if "programme" in party:
            party["programmes"] = [party.pop("programme")]
        rows = _beside(subjects.party_facts(pl.DataFrame([party], schema=PARTY_MATCH)), movement)
    elif rule.subject == "document":
        checked = {"item": 0, "outcome": "valid", **_plain(example.document or {})}
        rows = _beside(subjects.document_facts(pl.DataFrame([checked], schema=CHECK)), movement)
    fired = law.apply(rule, rows, law.Asking(context._replace(day=day))).rows
    return "silent" if fired.is_empty() else "unknown" if fired.get_column("unknown").item(0).len() else "fires"


def _beside(facts: pl.DataFrame, movement: pl.DataFrame) -> Rows:
    return Rows.plain(pl.concat([facts, movement], how="horizontal"))


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}
