"""What cannot be true in determinations: a linter of explanations, independent of what made them.

It stands beside the engine, not in the tests, because three ask it: the tests of every batch, ``benchmarks.explanations`` over real
customs lines, and an administration that doubts a results file. It never decides: it compares what a record says with the data it cites.
Units and numbers are read again here by the units library alone, so that a fault of the engine's reader is not repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from control_lists.codes.control_code import at_and_above
from control_lists.models import Parameter, Rule
from control_lists.snapshot import Snapshot
from screening.decide.records import FLAGS, LANES, SEVERITY
from screening.goods.criteria import printed_unit
from screening.licences.records import OUTCOMES

KEYS = ("declaration_id", "item_number", "source_file", "source_row")
_LOWEST_LANE = {
    "NO_FINDING": "green",
    "GENERAL_AUTHORISATION": "blue",
    "REVIEW": "yellow",
    "LICENCE_REQUIRED": "yellow",  # of one declared and not verified
    "PROHIBITED": "red",
}
"""Red flags, and rules that propose a lane, move an item up."""
_CLEAR = re.compile(r"\bclear(ed|ance)?\b", re.IGNORECASE)
_LISTED = re.compile(r"(?P<free>free if )?.* (?P<sign>[≥≤><=]) (?P<value>-?[\d.]+(?:e[+-]?\d+)?)(?: (?P<unit>[^\s(,]+))?(?:[ ,(].*)?")
_STATED = re.compile(r"(?P<value>-?\d+(?:\.\d+)?)\s*-?\s*(?P<unit>[^\d\s.,;:<>=()]\S*)?")


class Untrue(NamedTuple):
    """One statement of a record that does not agree with what it cites."""

    declaration_id: str
    item_number: int
    jurisdiction: str
    check: str
    message: str


class Examined(NamedTuple):
    """The faults, and how many statements of each kind were compared."""

    faults: list[Untrue]
    compared: Counter[str]


class ExplanationCheck:
    """Compares determinations with the snapshot that made them. Opened once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._rules = {j: {rule.id: rule for rule in rules} for j, rules in snapshot.rules.items()}
        self._authorisations = {
            j: {(rule.then.authorisation, "; ".join(rule.cites)) for rule in rules if rule.then.authorisation}
            for j, rules in snapshot.rules.items()
        }
        self._entries = {list_id: {entry.code for entry in loaded.entries} for list_id, loaded in snapshot.lists.items()}
        self._parties = {list_id for list_id, loaded in snapshot.lists.items() if loaded.meta.kind == "parties"}
        self._parameters = {parameter.id: parameter for parameter in snapshot.parameters}
        self._printed = {printed_unit(unit.id): unit.id for unit in snapshot.units}
        self._units: dict[str, str] = {}
        for unit in snapshot.units:
            for word in (unit.id, *unit.words):
                self._units.setdefault(word, unit.id)
                self._units.setdefault(word.casefold(), unit.id)

    def examine(self, determinations: pl.DataFrame, items: pl.DataFrame | None = None) -> Examined:
        """All faults of determinations; ``items`` (ITEM columns) are the declarations that the quoted places are looked up in."""
        declared = {} if items is None else {tuple(row[k] for k in KEYS): row for row in items.iter_rows(named=True)}
        found: list[Untrue] = []
        compared: Counter[str] = Counter()
        telling = determinations.filter(
            (pl.col("flag") != FLAGS[0]) | (pl.col("reasons").list.len() > 0) | (pl.col("candidates").list.len() > 0)
        )
        for record in telling.iter_rows(named=True):
            item = declared.get(tuple(record[k] for k in KEYS))
            for check, message in self._record(record, item, compared):
                found.append(Untrue(record["declaration_id"], record["item_number"], record["jurisdiction"], check, message))
        return Examined(found, compared)

    def _record(self, record: Mapping[str, Any], item: Mapping[str, Any] | None, compared: Counter[str]) -> Iterator[tuple[str, str]]:
        rules = self._rules[record["jurisdiction"]]
        rises = any(rules[r["rule_id"]].then.lane for r in record["reasons"] if not r["lifted_by"] and r["rule_id"] in rules)
        yield from _standing(record, rises=rises or bool(record["red_flags"]))
        for reason in record["reasons"]:
            compared["law"] += 1
            yield from self._law(record, reason)
        for one in record["authorisations"]:
            is_document = one["law"] is None and one["outcome"] in OUTCOMES  # as it was checked, or still to be
            if not is_document and (one["id"], one["law"]) not in self._authorisations[record["jurisdiction"]]:
                yield "law", f"authorisation {one['id']} cites {one['law']}, which no rule of it does"
        for candidate in record["candidates"]:
            if not set(at_and_above(candidate["code"])) & self._entries.get(candidate["list"], set()):
                yield "law", f"{candidate['list']} has no entry {candidate['code']}"
            for evidence in candidate["evidence"]:
                compared["quote"] += 1
                yield from _quoted(evidence, item)
            for criterion in candidate["criteria"]:
                yield from self._criterion(criterion, compared)

    def _law(self, record: Mapping[str, Any], reason: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        rule = self._rules[record["jurisdiction"]].get(reason["rule_id"])
        if rule is None:
            yield "law", f"rule {reason['rule_id']} is not held"
            return
        if reason["law"] != "; ".join(rule.cites):
            yield "law", f"{rule.id} cites {reason['law']}, the rule {'; '.join(rule.cites)}"
        if not _was_in_force(rule, record):
            yield "law", f"{rule.id} was not in force on {record['as_of']}"
        if reason["flag"] not in (rule.then.flag, "REVIEW", "GENERAL_AUTHORISATION"):
            yield "law", f"{rule.id} never brings {reason['flag']}"
        list_id, _, code = (reason["entry"] or "").partition(":")
        if code and not set(at_and_above(code)) & self._entries.get(list_id, set()):
            yield "law", f"{rule.id} names {reason['entry']}, which is not held"
        if reason["entity"] and reason["entity"].partition(":")[0] not in self._parties:
            yield "law", f"{rule.id} names {reason['entity']}, of a list not held"

    def _criterion(self, criterion: Mapping[str, Any], compared: Counter[str]) -> Iterator[tuple[str, str]]:
        """A declared number against the listed limit, computed again."""
        parameter = self._parameters.get(criterion["parameter"])
        listed, stated = _LISTED.fullmatch(criterion["listed"]), _STATED.fullmatch((criterion["declared"] or "").strip())
        if parameter is None or parameter.kind not in ("quantity", "count") or listed is None or stated is None:
            return
        value = self._in_unit(parameter, listed["unit"], stated)
        if value is None:
            return
        compared["limit"] += 1
        limit = float(listed["value"])
        holds = {"≥": value >= limit, ">": value > limit, "≤": value <= limit, "<": value < limit, "=": value == limit}[listed["sign"]]
        expected = "met" if holds != bool(listed["free"]) else "not_met"
        if criterion["status"] != expected:
            yield "limit", f"{criterion['declared']} against {criterion['listed']} is {expected}, said is {criterion['status']}"

    def _in_unit(self, parameter: Parameter, printed: str | None, stated: re.Match[str]) -> float | None:
        """The stated number in the unit of the limit, or None where it is no plain number with a known unit."""
        word = stated["unit"] or ""
        unit = self._units.get(word) or self._units.get(word.casefold()) if word else parameter.unit
        value = float(stated["value"])
        if parameter.unit is None:
            return value if not word else None
        to = self._printed.get(printed or "")
        if unit is None or to is None:
            return None
        converted = _registry().Quantity(value, unit).to(to).magnitude if unit != to else value
        return float(f"{converted:.10g}")


def _standing(record: Mapping[str, Any], *, rises: bool) -> Iterator[tuple[str, str]]:
    """The flag, lane and questions as the standing reasons make them; no word that promises. ``rises``: its lane may be moved up."""
    standing = [reason["flag"] for reason in record["reasons"] if not reason["lifted_by"]]
    worst = max(standing, key=SEVERITY.__getitem__, default=FLAGS[0])
    if record["flag"] != worst:
        yield "flag", f"{record['flag']}, the worst standing reason is {worst}"
    if [SEVERITY[flag] for flag in standing] != sorted((SEVERITY[flag] for flag in standing), reverse=True):
        yield "flag", "the reasons are not told worst first"
    lowest, lane = (LANES.index(name) for name in (_LOWEST_LANE[record["flag"]], record["lane"]))
    if lane < lowest or (lane > lowest and not rises and record["flag"] != "LICENCE_REQUIRED"):
        yield "flag", f"lane {record['lane']} beside {record['flag']}"
    if record["flag"] == "REVIEW" and not record["questions"]:
        yield "question", "REVIEW without a question"
    for said in (*(reason["text"] for reason in record["reasons"]), *record["questions"], *(note["text"] for note in record["notes"])):
        if _CLEAR.search(said):
            yield "word", f"says '{said}'"


def _quoted(evidence: Mapping[str, Any], item: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """A quotation stands in the declared field, at its place where one is given."""
    if item is None or evidence["field"] not in item:
        return
    declared = str(item[evidence["field"]] or "")
    start, end = evidence["start"], evidence["end"]
    if start >= 0 and declared[start:end] != evidence["declared"]:
        yield "quote", f"{evidence['field']}[{start}:{end}] is '{declared[start:end]}', quoted is '{evidence['declared']}'"
    if start < 0 and evidence["declared"].casefold() not in declared.casefold():
        yield "quote", f"'{evidence['declared']}' does not stand in {evidence['field']} '{declared}'"


def _was_in_force(rule: Rule, record: Mapping[str, Any]) -> bool:
    """Whether the rule holds on the record's day; before the oldest rules held, those are applied, and a note says so."""
    day = record["as_of"] if isinstance(record["as_of"], date) else date.fromisoformat(record["as_of"])
    if any(note["id"] == "edition_not_held" for note in record["notes"]):
        return rule.until is None or day < rule.until
    return (rule.since is None or rule.since <= day) and (rule.until is None or day < rule.until)


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry()
