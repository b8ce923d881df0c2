"""Rules applied to the rows of a subject, in three-valued logic."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from control_lists.errors import ListDataError
from control_lists.models import Dated, Rule
from screening.decide.predicates import PREDICATES, Context


class Fired(NamedTuple):
    """The rows of which a rule holds, and those of which it might: ``unknown`` names the predicates that are not settled."""

    rule: Rule
    rows: pl.DataFrame  # the subject's rows with a column `unknown` (list of predicate names, empty where the rule holds)


def in_force(record: Dated, day: date) -> bool:
    """Whether a dated record holds on ``day``: ``since <= day < until``."""
    return (record.since is None or record.since <= day) and (record.until is None or day < record.until)


def apply(rule: Rule, rows: pl.DataFrame, context: Context) -> Fired:
    """The rows of which ``rule`` holds or may hold. A predicate that is false drops the row, so that later ones see few."""
    remaining = rows.with_columns(unknown=pl.lit([], pl.List(pl.String)))
    for key in ordered(rule):
        if remaining.is_empty():
            break
        truth = PREDICATES[key](remaining, rule.when[key], context)
        remaining = (
            remaining.with_columns(truth=truth)
            .filter(pl.col("truth").fill_null(True))
            .with_columns(
                unknown=pl.when(pl.col("truth").is_null()).then(pl.concat_list("unknown", pl.lit(key))).otherwise(pl.col("unknown"))
            )
            .drop("truth")
        )
    return Fired(rule, remaining)


def truths(rule: Rule, rows: pl.DataFrame, context: Context) -> dict[str, list[bool | None]]:
    """Every predicate's truth for every row: what an authorisation needs in order to say which condition fails."""
    return {key: PREDICATES[key](rows, rule.when[key], context).to_list() for key in ordered(rule)}


def ordered(rule: Rule) -> list[str]:
    """The rule's predicates, cheap and decisive first; raises ListDataError for one that is not of the closed set."""
    strange = [key for key in rule.when if key not in PREDICATES]
    if strange:
        raise ListDataError(f"rule {rule.id}: unknown predicate '{strange[0]}'; the closed set stands in docs/data-formats.md")
    return [key for key in PREDICATES if key in rule.when]
