"""Counts by customs office: items, flags, lanes within the budget, and what is behind the alerts."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening.alerts import Ranking, items_of
from screening.engine import Screener
from screening.errors import UsageError
from screening.summary import Summary, check_summary, write_summary
from tests.write.determined import ASKED, BOWLS, CYANIDE, LISTED, determined

ITEMS = [CYANIDE, ASKED, ASKED, BOWLS, {**CYANIDE, "customs_office": "DE2"}, {**BOWLS, "customs_office": None, "parties": [LISTED]}]


def counted(frames: list[pl.DataFrame], per_1000: int | None = None) -> list[dict[str, Any]]:
    ranking, summary = Ranking(per_1000), Summary()
    for frame in frames:
        items = items_of(frame)
        ranking.count(items)
        summary.count(frame, items)
    return summary.records(ranking)


@pytest.fixture
def frame(screener: Screener) -> pl.DataFrame:
    return determined(screener, ITEMS, "EU", "UN")


def test_an_item_counts_once_at_its_office_whatever_law_is_asked(frame: pl.DataFrame) -> None:
    records = counted([frame])
    assert [(r["customs_office"], r["items"], r["alerts"], r["alerts_per_1000"]) for r in records] == [
        ("(not stated)", 1, 1, 1000.0),
        ("DE1", 4, 3, 750.0),
        ("DE2", 1, 1, 1000.0),
        ("(all)", 6, 5, 833.33),
    ]
    whole = records[-1]
    assert [whole[flag] for flag in ("NO_FINDING", "GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED")] == [1, 0, 2, 2, 1]
    assert [whole[lane] for lane in ("red", "yellow", "blue", "green")] == [3, 2, 0, 1]


def test_rules_and_listings_behind_the_alerts_are_named_the_most_frequent_first(frame: pl.DataFrame) -> None:
    unstated, first, _, whole = counted([frame])
    assert first["rules"] == [{"id": "eu-art-3-1", "items": 3}]
    assert first["listings"] == [{"id": "eu-dual-use:6A003.b.4.b", "items": 2}, {"id": "eu-dual-use:1C350.45", "items": 1}]
    assert {"id": "un-1718-party", "items": 1} in unstated["rules"]
    assert whole["rules"][0] == {"id": "eu-art-3-1", "items": 4}


def test_what_a_budget_leaves_counts_in_the_blue_lane_and_keeps_its_flag(frame: pl.DataFrame) -> None:
    _, first, _, whole = counted([frame], 400)
    assert [first[name] for name in ("REVIEW", "red", "yellow", "blue", "alerts", "beyond_budget")] == [2, 1, 1, 1, 2, 1]
    assert (whole["blue"], whole["beyond_budget"], whole["REVIEW"]) == (1, 1, 2)


def test_the_counts_do_not_depend_on_how_the_batch_is_cut(frame: pl.DataFrame) -> None:
    assert counted([frame[8:], frame[:2], frame[2:8]]) == counted([frame])
    assert counted([frame.clear()]) == [{**counted([frame.clear()])[0], "customs_office": "(all)", "items": 0, "alerts_per_1000": 0.0}]


def test_a_summary_is_written_as_json_or_csv(frame: pl.DataFrame, tmp_path: Path) -> None:
    records = counted([frame])
    write_summary(records, tmp_path / "offices.json")
    assert json.loads((tmp_path / "offices.json").read_text(encoding="utf-8")) == records
    write_summary(records, tmp_path / "offices.csv")
    rows = list(csv.DictReader((tmp_path / "offices.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["customs_office"] for row in rows] == [record["customs_office"] for record in records]
    assert rows[1]["listings"] == "eu-dual-use:6A003.b.4.b (2); eu-dual-use:1C350.45 (1)"
    with pytest.raises(UsageError, match=r"\.csv or \.json"):
        check_summary(tmp_path / "offices.txt")
