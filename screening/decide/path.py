"""The way of one item through the rules: what each rule asked, what value it read, and how near the silent ones were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from control_lists.models import Rule
from screening.decide import rules as law
from screening.decide.predicates import READS, Context
from screening.decide.rows import Rows

_TEXTS = frozenset({"text", "all_text"})
_OUTCOMES = ("holds", "asks", "close")


class Step(NamedTuple):
    """One rule asked of one subject: ``holds``, ``asks`` (a predicate is unknown) or ``close`` (exactly one predicate is false)."""

    rule_id: str
    title: str
    law: str
    outcome: str
    of: str | None  # the candidate's code or the party's name
    predicates: list[dict[str, Any]]  # name, asked (the rule's value), read (the declared values), truth


def steps(rules: list[Rule], rows: dict[str, Rows], of: dict[str, list[str]], context: Context) -> list[Step]:
    """What the rules in force made of one item, the telling outcomes first; a rule silent by two predicates or more is not told.

    ``of`` names the candidates and party matches, a name each row. A rule that asks only about the movement's countries is close to
    nearly everything: it counts as close only where a country is not what is missing.
    """
    found = [step for rule in rules for step in _steps(rule, rows[rule.subject], of.get(rule.subject), context)]
    return sorted(found, key=lambda step: _OUTCOMES.index(step.outcome))


def _steps(rule: Rule, rows: Rows, of: list[str] | None, context: Context) -> Iterator[Step]:
    height = rows.place.size
    if not height:
        return
    every = np.arange(height, dtype=np.uint32)
    keys = law.ordered(rule)
    frames = {key: rows.read(READS[key], every) for key in keys}
    truths = {key: law.ask(rule, key, frames[key], context) for key in keys}
    for row in range(height):
        failed = [key for key in keys if truths[key][row] == law.FALSE]
        unknown = [key for key in keys if truths[key][row] == law.UNKNOWN]
        if len(failed) > 1 or (failed and (unknown or _is_of_the_case(failed[0]))):
            continue
        predicates = [
            {
                "name": key,
                "asked": rule.when[key],
                "read": {name: value for name, value in frames[key].row(row, named=True).items() if name not in _TEXTS},
                "truth": {law.FALSE: "false", law.UNKNOWN: "unknown"}.get(int(truths[key][row]), "true"),
            }
            for key in keys
        ]
        outcome = "close" if failed else "asks" if unknown else "holds"
        yield Step(rule.id, rule.title, "; ".join(rule.cites), outcome, of[row] if of else None, predicates)


def _is_of_the_case(key: str) -> bool:
    """Whether a predicate is about what the case is at all, so that missing it alone is not being close: which countries, which list."""
    return key in ("destination", "any_country", "origin", "export_from", "buyer_country", "via", "operation", "listed_in", "code_under",
                   "party_list", "switch", "hs_under")  # fmt: skip
