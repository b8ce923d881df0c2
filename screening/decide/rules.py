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
from screening.decide.predicates import PREDICATES, READS, Context
from screening.decide.rows import Mask, Places, Rows, Shared

TOLD = ("destination_country", "origin_country", "export_country", "hs_code", "end_use_informed")
"""What a rule's sentence or evidence may tell of a movement."""

UNKNOWN, FALSE = -1, 0  # as a truth is written in numbers; 1 is true


class Fired(NamedTuple):
    """The rows of which a rule holds, and those of which it might; of an authorisation the rows whose reason it may lift.

    ``rows``: ``row`` (its number among the subject's), ``item`` (the place of its item), ``content`` (which candidate or match it is),
    ``unknown`` (names of the predicates that are not settled, empty where the rule holds), ``failed`` (those that do not hold, of an
    authorisation) and TOLD.
    """

    rule: Rule
    rows: pl.DataFrame


def in_force(record: Dated, day: date) -> bool:
    """Whether a dated record holds on ``day``: ``since <= day < until``."""
    return (record.since is None or record.since <= day) and (record.until is None or day < record.until)


def apply(rule: Rule, rows: Rows, context: Context) -> Fired:
    """The rows of which ``rule`` holds or may hold. A predicate that is false drops the row, so that later ones see few."""
    keys = ordered(rule)
    chosen: Places = np.arange(rows.place.size, dtype=np.uint32)
    shared: dict[str, tuple[Mask, Shared]] = {}  # predicates asked of shared facts: which of these are unknown
    for facts in rows.shared:
        possible = np.ones(facts.frame.height, dtype=np.bool_)
        for key in (key for key in keys if key not in shared and set(READS[key]) <= set(facts.frame.columns)):
            truth = ask(rule, key, facts.frame, context)
            shared[key] = truth == UNKNOWN, facts
            possible &= truth != FALSE
            if not possible.any():
                return Fired(rule, _told(rows, chosen[:0], {}))
        if not possible.all():
            chosen = chosen[possible[facts.at[chosen]]]
    own: dict[str, Mask] = {}
    for key in (key for key in keys if key not in shared):
        if not chosen.size:
            break
        truth = ask(rule, key, rows.read(READS[key], chosen), context)
        kept = truth != FALSE
        chosen, own = chosen[kept], {before: mask[kept] for before, mask in own.items()} | {key: truth[kept] == UNKNOWN}
    unknown = own | {key: mask[facts.at[chosen]] for key, (mask, facts) in shared.items()} if chosen.size else {}
    return Fired(rule, _told(rows, chosen, {"unknown": [(key, unknown[key]) for key in keys if key in unknown]}))


def liftable(rule: Rule, fired: Iterable[Fired]) -> Places:
    """The candidate rows whose licence reason an authorisation is about."""
    rows = [
        one.rows.filter(pl.col("unknown").list.len() == 0).get_column("row")
        for one in fired
        if one.rule.id in rule.then.lifts and one.rule.subject == "candidate" and one.rule.then.flag == "LICENCE_REQUIRED"
    ]
    found: Places = np.unique(np.concatenate([np.empty(0, dtype=np.uint32), *(one.to_numpy() for one in rows)]))
    return found


def weigh(rule: Rule, rows: Rows, chosen: Places, context: Context) -> Fired:
    """Every predicate of an authorisation for the chosen rows: which fail, which are not settled."""
    truths = [(key, ask(rule, key, rows.read(READS[key], chosen), context)) for key in ordered(rule)]
    marks = {"failed": [(key, t == FALSE) for key, t in truths], "unknown": [(key, t == UNKNOWN) for key, t in truths]}
    return Fired(rule, _told(rows, chosen, marks))


def ordered(rule: Rule) -> list[str]:
    """The rule's predicates, cheap and decisive first; raises ListDataError for one that is not of the closed set."""
    strange = [key for key in rule.when if key not in PREDICATES]
    if strange:
        raise ListDataError(f"rule {rule.id}: unknown predicate '{strange[0]}'; the closed set stands in docs/data-formats.md")
    return [key for key in PREDICATES if key in rule.when]


def ask(rule: Rule, key: str, frame: pl.DataFrame, context: Context) -> NDArray[np.int8]:
    """A predicate's truth for every row of a frame: 1, 0, or -1 for unknown."""
    found: NDArray[np.int8] = PREDICATES[key](frame, rule.when[key], context).cast(pl.Int8).fill_null(UNKNOWN).to_numpy()
    return found


def _told(rows: Rows, chosen: Places, marks: dict[str, Any]) -> pl.DataFrame:
    """The chosen rows with what a record tells of them; ``marks``: columns of the names whose mask holds."""
    return rows.read(TOLD, chosen).with_columns(
        pl.Series("row", chosen, pl.UInt32),
        pl.Series("item", rows.place[chosen], pl.UInt32),
        pl.Series("content", rows.content[chosen], pl.UInt32) if rows.content.size else pl.lit(None, pl.UInt32).alias("content"),
        *(_names(column, masks, chosen.size) for column, masks in {"failed": [], "unknown": [], **marks}.items()),
    )


def _names(column: str, masks: list[tuple[str, Mask]], height: int) -> pl.Series:
    """For each row the names whose mask holds, in order."""
    held = [(name, mask) for name, mask in masks if mask.any()]
    bits = np.zeros(height, dtype=np.int64)
    for number, (_, mask) in enumerate(held):
        bits |= mask.astype(np.int64) << number
    combinations, at = np.unique(bits, return_inverse=True)
    lists = [[name for number, (name, _) in enumerate(held) if bit >> number & 1] for bit in combinations.tolist()]
    return pl.Series(column, lists, dtype=pl.List(pl.String)).gather(at.astype(np.uint32))
