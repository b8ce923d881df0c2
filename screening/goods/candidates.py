"""The columns of goods candidates: one row an item and entry that its goods may fall under."""

from __future__ import annotations

from typing import Any

import polars as pl

TEXT_FIELDS = ("description", "marks", "remarks", "end_use")  # tariff_text is the nomenclature's wording: never evidence
CRITERION = pl.Struct({"parameter": pl.String, "listed": pl.String, "declared": pl.String, "source": pl.String, "status": pl.String})
EVIDENCE = pl.Struct(
    {
        "field": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "declared": pl.String,
        "listed": pl.String,
        "comparison": pl.String,
        "score": pl.Float64,
    }
)
CANDIDATE: dict[str, Any] = {
    "item": pl.UInt32,
    "list": pl.String,
    "code": pl.String,
    "title": pl.String,
    "score": pl.Float64,
    "status": pl.String,
    "criteria": pl.List(CRITERION),
    "evidence": pl.List(EVIDENCE),
    "equal": pl.List(pl.String),
    "why": pl.List(pl.String),
    "coverage": pl.String,
    "questions": pl.List(pl.String),
    "regimes": pl.List(pl.String),
    "marks": pl.List(pl.String),
    "reasons": pl.List(pl.String),
    "concentration": pl.Float64,
    "consumer_packed": pl.Boolean,
    "near_limit": pl.Float64,
    "since": pl.Date,
    "until": pl.Date,
}

HINT_SCORE = 20.0
"""The score of a hint by HS code alone: the least."""
RANK = {"declared": 0, "met": 1, "needs_data": 2, "not_met": 3, "hint": 4}
"""The order of statuses, before that of scores."""
