"""The columns of a determination: section 2 of the contract as frame types, and the flags in order of severity."""

from __future__ import annotations

from typing import Any

import polars as pl

from screening.goods.match import CRITERION, EVIDENCE
from screening.parties.match import NAME_EVIDENCE

FLAGS = ("NO_FINDING", "GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED")
SEVERITY = {flag: rank for rank, flag in enumerate(FLAGS)}
INTERNATIONAL = ("UN", "CWC", "CPPNM")

REASON = pl.Struct(
    {
        "rule_id": pl.String,
        "flag": pl.String,
        "law": pl.String,
        "text": pl.String,
        "entry": pl.String,
        "entity": pl.String,
        "status": pl.String,
        "lifted_by": pl.String,
        "evidence": pl.List(EVIDENCE),
    }
)
SHOWN_CANDIDATE = pl.Struct(
    {
        "list": pl.String,
        "code": pl.String,
        "title": pl.String,
        "score": pl.Float64,
        "status": pl.String,
        "criteria": pl.List(CRITERION),
        "evidence": pl.List(EVIDENCE),
        "equal": pl.List(pl.String),
        "why": pl.List(pl.String),
    }
)
SHOWN_MATCH = pl.Struct(
    {
        "role": pl.String,
        "name": pl.String,
        "list": pl.String,
        "entity_id": pl.String,
        "listed_name": pl.String,
        "score": pl.Float64,
        "strength": pl.String,
        "evidence": pl.List(NAME_EVIDENCE),
        "effect": pl.String,
        "why": pl.List(pl.String),
        "record": pl.String,
        "same_as": pl.String,
    }
)
AUTHORISATION = pl.Struct(
    {
        "id": pl.String,
        "outcome": pl.String,
        "entry": pl.String,
        "law": pl.String,
        "failed": pl.List(pl.String),
        "unknown": pl.List(pl.String),
        "conditions": pl.List(pl.String),
    }
)
RED_FLAG = pl.Struct({"id": pl.String, "family": pl.String, "fields": pl.List(pl.String), "text": pl.String})
NOTE = pl.Struct({"id": pl.String, "text": pl.String})
DETERMINATION: dict[str, Any] = {
    "item": pl.UInt32,
    "jurisdiction": pl.String,
    "as_of": pl.Date,
    "flag": pl.String,
    "lane": pl.String,
    "reasons": pl.List(REASON),
    "candidates": pl.List(SHOWN_CANDIDATE),
    "party_matches": pl.List(SHOWN_MATCH),
    "authorisations": pl.List(AUTHORISATION),
    "red_flags": pl.List(RED_FLAG),
    "questions": pl.List(pl.String),
    "notes": pl.List(NOTE),
}
