"""The linter of explanations finds each thing that cannot be true."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from screening.engine import Screener
from screening.explain_check import ExplanationCheck
from screening.read import ReadOptions, read_records

DAY = date(2026, 11, 24)
PRESS = {"declaration_id": "A-1", "export_country": "DE", "destination_country": "VN",
         "description": "ISOSTATIC PRESS 100 MPA CHAMBER ID 300 MM"}  # fmt: skip


@pytest.fixture(scope="module")
def told(screener: Screener) -> tuple[pl.DataFrame, pl.DataFrame]:
    (part,) = read_records([PRESS], ReadOptions(screener.snapshot))
    return screener.determine(part, as_of=DAY, jurisdictions=("EU",)).determinations, part.items


def faults(screener: Screener, told: tuple[pl.DataFrame, pl.DataFrame], **changed: Any) -> list[str]:
    """The faults of the press's determination with fields changed; a callable changes what stands there."""
    frame, items = told
    record = frame.to_dicts()[0]
    for name, value in changed.items():
        record[name] = value(record[name]) if callable(value) else value
    examined = ExplanationCheck(screener.snapshot).examine(pl.DataFrame([record], schema=frame.schema), items)
    return [f"{fault.check}: {fault.message}" for fault in examined.faults]


def first(**changed: Any) -> Any:
    return lambda rows: [{**rows[0], **{k: v(rows[0][k]) if callable(v) else v for k, v in changed.items()}}, *rows[1:]]


def test_a_true_explanation_has_no_fault(screener: Screener, told: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    assert faults(screener, told) == []
    examined = ExplanationCheck(screener.snapshot).examine(*told)
    assert min(examined.compared[kind] for kind in ("law", "quote", "limit")) > 0


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"flag": "REVIEW"}, "flag: REVIEW, the worst standing reason is LICENCE_REQUIRED"),
        ({"lane": "green"}, "flag: lane green beside LICENCE_REQUIRED"),
        ({"reasons": first(law="Article 99")}, "law: eu-art-3-1 cites Article 99"),
        ({"reasons": first(rule_id="eu-none")}, "law: rule eu-none is not held"),
        ({"reasons": first(text="The good is clear.")}, "word: says 'The good is clear.'"),
        ({"reasons": first(entry="eu-dual-use:9Z999")}, "names eu-dual-use:9Z999, which is not held"),
        ({"as_of": date(1999, 1, 1)}, "was not in force on 1999-01-01"),
        ({"candidates": first(evidence=first(start=3))}, "quote: description[3:"),
        ({"candidates": first(criteria=first(status="not_met"))}, "is met, said is not_met"),
        ({"candidates": first(criteria=first(declared="1 MPa"))}, "1 MPa against"),
        ({"reasons": [], "flag": "NO_FINDING", "lane": "green"}, ""),
    ],
)  # fmt: skip
def test_what_is_untrue_is_found(screener: Screener, told: tuple[pl.DataFrame, pl.DataFrame], changed: dict[str, Any], fault: str) -> None:
    found = faults(screener, told, **changed)
    assert (found == []) if not fault else any(fault in one for one in found), found


def test_a_review_asks(screener: Screener, told: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    review = first(flag="REVIEW")
    found = faults(screener, told, flag="REVIEW", lane="yellow", questions=[], reasons=lambda rows: review(rows)[:1])
    assert found == ["question: REVIEW without a question"]
