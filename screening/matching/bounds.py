"""What a pair of names can score at most, known before its words are aligned."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from screening.matching.lexicon import Name
from screening.matching.score import DECLARED_SURPLUS, LEADING, LEADS, LISTED_SURPLUS, SUBSTANTIAL, SURPLUS_CAP, surplus

_MARGIN = 1e-6  # floating point may not lose what whole numbers keep


def tail(name: Name, costs: Sequence[int], slack: int, threshold: float) -> list[int]:
    """The positions of words that need not be looked up: even if all of them agreed, nothing could reach the threshold.

    The costliest words go first. ``slack`` is what legal forms and initials may add.
    """
    chosen: list[int] = []
    weight, has_rare = slack, False
    for position in sorted(range(len(costs)), key=lambda place: (-costs[place], place)):
        if costs[position] == 0:
            break
        is_rare = has_rare or name.words[position].sort in LEADS
        if most(name.weight, weight + name.words[position].weight, is_rare) >= threshold - _MARGIN:
            continue
        has_rare = is_rare
        weight += name.words[position].weight
        chosen.append(position)
    return chosen


def most(declared_weight: int, agreed: int, has_rare: bool) -> float:
    """The greatest score of a declared name of which no more than ``agreed`` weight agrees, over listed names of any weight.

    The score rises with the listed weight up to ``agreed`` and falls after it, but for the steps where the surplus is capped. A text
    leads with a listed name only by a rare word (``has_rare``).
    """
    if agreed >= declared_weight:
        return 100.0
    best = 100 * agreed / (2 * declared_weight - agreed)
    for listed_weight in {agreed, LEADING, SUBSTANTIAL}:
        if agreed <= listed_weight < declared_weight:
            cost = surplus(listed_weight, declared_weight - listed_weight, True, has_rare) / 100
            best = max(best, 100 * agreed / (2 * listed_weight - agreed + cost))
    return best


def reachable(pairs: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """The pairs (``declared``, ``listed``) that may reach the threshold.

    ``aligned`` and ``agreed`` (in thousandths) sum every link of the pair, so they are at least what an alignment takes; ``shed_declared``
    and ``shed_listed`` are at least what words lose that agree with lighter ones. Both, and words written together, shift the totals, so
    such a pair is not charged for its surplus.
    """
    slack = pl.col("slack_declared") + pl.col("slack")
    lighter = pl.min_horizontal("total_declared", "total")
    lightest = pl.min_horizontal(pl.col("total_declared") - pl.col("shed_declared"), pl.col("total") - pl.col("shed_listed"))
    excess = pl.col("total_declared") - pl.col("total")
    longer = excess * DECLARED_SURPLUS / 100
    capped = pl.when(lighter >= LEADING).then(pl.min_horizontal(longer, lighter * SURPLUS_CAP / 100)).otherwise(longer)
    shifts = pl.col("joined") | (pl.col("shed_declared") > 0) | (pl.col("shed_listed") > 0)
    cost = pl.when(shifts).then(0.0).when(excess > 0).then(capped).otherwise(-excess * LISTED_SURPLUS / 100)
    aligned = pl.col("aligned") + slack
    limited = pl.when("joined").then(aligned).otherwise(pl.min_horizontal(aligned, lighter))
    below = 2 * lightest - limited + cost
    mass = pl.min_horizontal(pl.col("agreed") / 1000 + slack, limited.cast(pl.Float64))
    return pairs.filter((below <= 0) | (100 * mass / below >= threshold - _MARGIN)).select("declared", "listed").sort("declared", "listed")
