"""The columns of a determination: section 2 of the contract as frame types, and the flags and lanes in order of severity."""

from __future__ import annotations

from typing import Any

import polars as pl

from screening.goods.candidates import CANDIDATE, EVIDENCE
from screening.parties.match import PARTY_MATCH

FLAGS = ("NO_FINDING", "GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED")
SEVERITY = {flag: rank for rank, flag in enumerate(FLAGS)}
LANES = ("green", "blue", "yellow", "red")  # in order of precedence, as customs selectivity has it
OPEN = "Not settled: "
"""Begins the text of a reason that some fact leaves open."""
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
_CANDIDATE = ("list", "code", "title", "score", "status", "criteria", "evidence", "equal", "why", "coverage")
_MATCH = ("role", "name", "list", "entity_id", "listed_name", "score", "strength", "evidence", "effect", "why", "record", "same_as")
SHOWN_CANDIDATE = pl.Struct({name: CANDIDATE[name] for name in _CANDIDATE})
SHOWN_MATCH = pl.Struct({name: PARTY_MATCH[name] for name in _MATCH})
AUTHORISATION = pl.Struct(
    {
        "id": pl.String,
        "outcome": pl.String,
        "entry": pl.String,
        "law": pl.String,
        "failed": pl.List(pl.String),
        "unknown": pl.List(pl.String),
        "conditions": pl.List(pl.String),
        "reference": pl.String,  # of a declared document
        "evidence": pl.List(EVIDENCE),
    }
)
RED_FLAG = pl.Struct(
    {
        "id": pl.String,
        "family": pl.String,
        "weight": pl.Int32,
        "lane": pl.String,
        "fields": pl.List(pl.String),
        "text": pl.String,
    }
)
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
SHOWN: dict[str, pl.Struct] = {"candidates": SHOWN_CANDIDATE, "party_matches": SHOWN_MATCH}
"""What is shown of the goods and parties stages, beside what the rules say."""

RECORD = {name: dtype for name, dtype in DETERMINATION.items() if name not in ("item", "as_of")}
"""What is said, whichever item and day it is of."""
RULED = {name: dtype for name, dtype in RECORD.items() if name not in SHOWN}
"""What the rules say of it."""
