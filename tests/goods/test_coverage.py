"""Every entry and every candidate says how deep it is modelled, and why no deeper."""

from __future__ import annotations

import pytest

from screening.engine import Screener
from screening.goods.coverage import coverage_of, depth_of
from screening.goods.depth import depth, totals
from tests.conftest import Ask


@pytest.mark.parametrize(
    ("list_id", "code", "expected"),
    [
        ("eu-dual-use", "2B350.g", "criteria"),
        ("eu-dual-use", "0B001.c.4", "terms"),
        ("eu-dual-use", "1C350.1", "criteria"),  # a mixture limit decides
        ("us-ccl", "3A001", "criteria"),  # the shared entry's limits
        ("common-high-priority", "854231", "pointer"),
    ],
)
def test_the_depth_of_an_entry(screener: Screener, list_id: str, code: str, expected: str) -> None:
    catalogue = screener.goods.catalogue
    node = next(node for key, node in catalogue.nodes.items() if key[0] == list_id and key[1].startswith(code))
    assert depth_of(node, catalogue) == expected


def test_limits_that_no_criterion_carries_are_told_with_their_reason(screener: Screener) -> None:
    catalogue = screener.goods.catalogue
    why = coverage_of(catalogue.nodes["eu-dual-use", "0B001.c.4"], catalogue).why
    assert why is not None
    assert why.startswith("0B001.c.4: a part specially designed or prepared for the plant")
    assert coverage_of(catalogue.nodes["eu-dual-use", "2B350.g"], catalogue).why is None


def test_a_candidate_says_its_depth(ask: Ask) -> None:
    found = ask(description="isostatic press", attributes={"inner_diameter": "200 mm", "working_pressure": "100 MPa"})
    assert found["candidates"][0]["coverage"] == "criteria"
    assert {candidate["coverage"] for candidate in ask(hs_code="840110")["candidates"]} <= {"criteria", "terms", "pointer"}


def test_totals_count_every_entry_once(screener: Screener) -> None:
    rows = depth(screener.snapshot)
    counts = totals(rows)
    assert sum(counts["eu-dual-use"].values()) == len(screener.snapshot.lists["eu-dual-use"].entries)
    headings = [row for row in rows if row.list_id == "eu-dual-use" and row.code == "3A001"]
    assert [(row.depth, row.why) for row in headings] == [("paragraphs", "")]
