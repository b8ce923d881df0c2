"""What came of a batch at each customs office and over all: items by flag and lane, alerts, and the rules and listings behind them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import polars as pl

from screening.alerts import BEYOND_LANE, Ranking
from screening.decide.records import FLAGS, LANES, SEVERITY
from screening.engine import KEYS
from screening.errors import UsageError
from screening.write.flat import harmless

MOST = 5  # rules and listings named for each office
ALL = "(all)"
UNSTATED = "(not stated)"
_NO_ALERT = FLAGS[: SEVERITY["REVIEW"]]
Counts = dict[str, Counter[str]]


class Summary:
    """Counts of a batch by office, taken part by part in any order (``count``) and read when all are counted (``records``)."""

    def __init__(self) -> None:
        self._counts: dict[str, Counts] = {kind: defaultdict(Counter) for kind in ("flag", "lane", "rule", "listing")}

    def count(self, determinations: pl.DataFrame, items: pl.DataFrame) -> None:
        """Counts a frame of determinations and what ``items_of`` makes of it."""
        office = pl.col("customs_office").fill_null(UNSTATED)
        for kind in ("flag", "lane"):
            self._add(kind, items.group_by(office, kind).len())
        of_alerts = determinations.join(items.filter("is_alert").select(KEYS), on=KEYS, how="semi", nulls_equal=True)
        told = of_alerts.select(*KEYS, office, "reasons").explode("reasons").drop_nulls("reasons").unnest("reasons")
        told = told.filter(pl.col("lifted_by").is_null() & ~pl.col("flag").is_in(_NO_ALERT))
        for kind, column in (("rule", "rule_id"), ("listing", "listing")):
            named = told.with_columns(listing=pl.coalesce("entry", "entity")).drop_nulls(column).unique([*KEYS, column])
            self._add(kind, named.group_by("customs_office", column).len())

    def records(self, ranking: Ranking) -> list[dict[str, Any]]:
        """One record an office, in order of their names, then one over all. Lanes and alerts are those within the budget of ``ranking``."""
        lanes = {office: Counter(lane) for office, lane in self._counts["lane"].items()}
        beyond: Counter[str] = Counter()
        for office, _, lane, number in ranking.left().iter_rows():
            name = office or UNSTATED
            beyond[name] += number
            lanes[name].update({lane: -number, BEYOND_LANE: number})
        whole = {kind: sum(counts.values(), Counter()) for kind, counts in self._counts.items()}
        offices = sorted(self._counts["flag"])
        found = [self._record(o, {**{kind: c[o] for kind, c in self._counts.items()}, "lane": lanes[o]}, beyond[o]) for o in offices]
        return [*found, self._record(ALL, {**whole, "lane": sum(lanes.values(), Counter())}, beyond.total())]

    def _record(self, office: str, counts: Counts, beyond: int) -> dict[str, Any]:
        items = counts["flag"].total()
        alerts = counts["lane"]["red"] + counts["lane"]["yellow"]
        return {
            "customs_office": office,
            "items": items,
            **{flag: counts["flag"][flag] for flag in FLAGS},
            **{lane: counts["lane"][lane] for lane in reversed(LANES)},
            "alerts": alerts,
            "alerts_per_1000": round(1000 * alerts / items, 2) if items else 0.0,
            "beyond_budget": beyond,
            "rules": _most(counts["rule"]),
            "listings": _most(counts["listing"]),
        }

    def _add(self, kind: str, rows: pl.DataFrame) -> None:
        for office, word, number in rows.iter_rows():
            self._counts[kind][office][word] += number


def write_summary(records: list[dict[str, Any]], path: Path) -> None:
    """The records in ``path``, as CSV or JSON by its suffix; raises UsageError for another."""
    check_summary(path)
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    flat = [{**record, **{name: told(record[name]) for name in ("rules", "listings")}} for record in records]
    harmless(pl.DataFrame(flat)).write_csv(path)


def check_summary(path: Path) -> None:
    """Raises UsageError where a summary cannot be written in ``path``."""
    if path.suffix.lower() not in (".csv", ".json"):
        raise UsageError(f"{path}: a summary is written as .csv or .json")


def told(most: list[dict[str, Any]]) -> str:
    """The most frequent rules or listings as one text."""
    return "; ".join(f"{one['id']} ({one['items']})" for one in most)


def _most(counts: Counter[str]) -> list[dict[str, Any]]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"id": name, "items": number} for name, number in ranked[:MOST]]
