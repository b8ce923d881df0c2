"""Rules applied to the rows of a subject, in three-valued logic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from control_lists.errors import ListDataError
from control_lists.models import Dated, Rule
from screening.decide.predicates import PREDICATES, READS, Context, Expressed
from screening.decide.rows import Mask, Places, Rows, Shared

TOLD = ("destination_country", "origin_country", "export_country", "hs_code", "end_use_informed")
"""What a rule's sentence or evidence may tell of a movement."""

NOTHING = pl.DataFrame(schema={"row": pl.UInt32, "item": pl.UInt32, "content": pl.UInt32, "unknown": pl.List(pl.String)})
"""What a rule says of which no row holds."""

UNKNOWN, FALSE = -1, 0  # as a truth is written in numbers; 1 is true


class Fired(NamedTuple):
    """The rows of which a rule holds, and those of which it might; of an authorisation the rows whose reason it may lift.

    ``rows``: ``row`` (its number among the subject's), ``item`` (the place of its item), ``content`` (which candidate or match it is),
    ``unknown`` (names of the predicates that are not settled, empty where the rule holds), ``failed`` (those that do not hold, of an
    authorisation) and TOLD.
    """

    rule: Rule
    rows: pl.DataFrame


Truth = NDArray[np.int8]


class Questions(NamedTuple):
    """What rules ask that is an expression, each question once however many rules ask it, by their subject.

    ``name``: of a rule's predicate the name of its question; ``asked``: the questions with the columns that each reads.
    """

    name: dict[tuple[str, str], str]
    asked: dict[str, dict[str, tuple[frozenset[str], pl.Expr]]]

    @classmethod
    def of(cls, rules: Iterable[Rule], context: Context) -> Questions:
        """The questions of rules, made ready for the days that ``context`` stands for."""
        found = cls({}, {})
        for rule in rules:
            asked = found.asked.setdefault(rule.subject, {})
            for key in ordered(rule):
                if isinstance(predicate := PREDICATES[key], Expressed):
                    name = found.name[rule.id, key] = f"{key} {rule.when[key]!r}"
                    if name not in asked:
                        truth = predicate.expression(rule.when[key], context).cast(pl.Boolean).cast(pl.Int8).fill_null(UNKNOWN)
                        asked[name] = frozenset(READS[key]), truth.alias(name)
        return found


class Asking:
    """Rules being asked in one context. What several of them ask of shared facts is asked once, all in one pass."""

    def __init__(self, context: Context, questions: Questions | None = None) -> None:
        self.context = context
        self._questions = questions or Questions({}, {})
        self._answered: dict[int, tuple[pl.DataFrame, dict[str, Truth]]] = {}

    def of_shared(self, rule: Rule, key: str, facts: Shared) -> Truth:
        """A predicate's truth for every row of shared facts."""
        name = self._questions.name.get((rule.id, key))
        if name is None:
            return ask(rule, key, facts.frame, self.context)
        frame, answers = self._answered.setdefault(id(facts.frame), (facts.frame, {}))
        if name not in answers:
            held, every = set(frame.columns), self._questions.asked[rule.subject]
            asked = [truth for question, (reads, truth) in every.items() if reads <= held and question not in answers]
            told = frame.with_columns(asked)
            answers |= {column: told.get_column(column).to_numpy() for column in told.columns[frame.width :]}
        return answers[name]


def in_force(record: Dated, day: date) -> bool:
    """Whether a dated record holds on ``day``: ``since <= day < until``."""
    return (record.since is None or record.since <= day) and (record.until is None or day < record.until)


def apply(rule: Rule, rows: Rows, asking: Asking) -> Fired:
    """The rows of which ``rule`` holds or may hold. A predicate that is false drops the row, so that later ones see few."""
    keys = ordered(rule)
    chosen: Places = np.arange(rows.place.size, dtype=np.uint32)
    shared: dict[str, tuple[Mask, Shared]] = {}  # predicates asked of shared facts: which of these are unknown
    for facts in rows.shared if chosen.size else ():
        possible = np.ones(facts.frame.height, dtype=np.bool_)
        columns = facts.frame.columns
        for key in keys:
            if key in shared or any(column not in columns for column in READS[key]):
                continue
            truth = asking.of_shared(rule, key, facts)
            shared[key] = truth == UNKNOWN, facts
            possible &= truth != FALSE
            if not possible.any():
                return Fired(rule, NOTHING)
        if not possible.all():
            chosen = chosen[possible[facts.at[chosen]]]
    own: dict[str, Mask] = {}
    for key in (key for key in keys if key not in shared):
        if not chosen.size:
            break
        truth = ask(rule, key, rows.read(READS[key], chosen), asking.context)
        kept = truth != FALSE
        chosen, own = chosen[kept], {before: mask[kept] for before, mask in own.items()} | {key: truth[kept] == UNKNOWN}
    if not chosen.size:
        return Fired(rule, NOTHING)
    unknown = own | {key: mask[facts.at[chosen]] for key, (mask, facts) in shared.items()}
    return Fired(rule, _told(rows, chosen, {"unknown": [(key, unknown[key]) for key in keys if key in unknown]}))


def liftable(rule: Rule, fired: Iterable[Fired]) -> Places:
    """The candidate rows whose licence reason an authorisation is about."""
    rows = [
        one.rows.filter(pl.col("unknown").list.len() == 0).get_column("row")
        for one in fired
        if one.rows.height
        and one.rule.id in rule.then.lifts
        and one.rule.subject == "candidate"
        and one.rule.then.flag == "LICENCE_REQUIRED"
    ]
    found: Places = np.unique(np.concatenate([np.empty(0, dtype=np.uint32), *(one.to_numpy() for one in rows)]))
    return found


def weigh(rule: Rule, rows: Rows, chosen: Places, asking: Asking) -> Fired:
    """Every predicate of an authorisation for the chosen rows: which fail, which are not settled."""
    if not chosen.size:
        return Fired(rule, NOTHING)
    truths = [(key, _truth(rule, key, rows, chosen, asking)) for key in ordered(rule)]
    marks = {"failed": [(key, t == FALSE) for key, t in truths], "unknown": [(key, t == UNKNOWN) for key, t in truths]}
    return Fired(rule, _told(rows, chosen, marks))


def ordered(rule: Rule) -> list[str]:
    """The rule's predicates, cheap and decisive first; raises ListDataError for one that is not of the closed set."""
    strange = [key for key in rule.when if key not in PREDICATES]
    if strange:
        raise ListDataError(f"rule {rule.id}: unknown predicate '{strange[0]}'; the closed set stands in docs/data-formats.md")
    return [key for key in PREDICATES if key in rule.when]


def ask(rule: Rule, key: str, frame: pl.DataFrame, context: Context) -> Truth:
    """A predicate's truth for every row of a frame: 1, 0, or -1 for unknown."""
    found: Truth = PREDICATES[key](frame, rule.when[key], context).cast(pl.Int8).fill_null(UNKNOWN).to_numpy()
    return found


def _truth(rule: Rule, key: str, rows: Rows, chosen: Places, asking: Asking) -> Truth:
    """A predicate's truth for each of the chosen rows."""
    for facts in rows.shared:
        if all(column in facts.frame.columns for column in READS[key]):
            return asking.of_shared(rule, key, facts)[facts.at[chosen]]
    return ask(rule, key, rows.read(READS[key], chosen), asking.context)


def _told(rows: Rows, chosen: Places, marks: dict[str, Any]) -> pl.DataFrame:
    """The chosen rows with what a record tells of them; ``marks``: columns of the names whose mask holds."""
    content = rows.content[chosen] if rows.content.size else [None] * chosen.size
    return pl.DataFrame(
        [
            *rows.read(TOLD, chosen),
            pl.Series("row", chosen, pl.UInt32),
            pl.Series("item", rows.place[chosen], pl.UInt32),
            pl.Series("content", content, pl.UInt32),
            *(_names(column, masks, chosen.size) for column, masks in {"failed": [], "unknown": [], **marks}.items()),
        ]
    )


def _names(column: str, masks: list[tuple[str, Mask]], height: int) -> pl.Series:
    """For each row the names whose mask holds, in order."""
    held = [(name, mask) for name, mask in masks if mask.any()]
    bits = np.zeros(height, dtype=np.int64)
    for number, (_, mask) in enumerate(held):
        bits |= mask.astype(np.int64) << number
    combinations, at = np.unique(bits, return_inverse=True)
    lists = [[name for number, (name, _) in enumerate(held) if bit >> number & 1] for bit in combinations.tolist()]
    return pl.Series(column, lists, dtype=pl.List(pl.String))[at.astype(np.uint32)]
