"""A licence as a register holds it, and what a check of a declared document says."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import polars as pl

from screening.goods.candidates import EVIDENCE

Status = Literal["active", "suspended", "revoked"]
_ITEM_OF_NUMBER = re.compile(r"[-/ ]0\d{3,4}$")


class Balance(NamedTuple):
    """An amount that a licence grants, how much of it was used before, and its unit or currency."""

    granted: Decimal
    used: Decimal
    unit: str  # as the units library names it; of a value the currency


class Line(NamedTuple):
    """One line of a licence: what may be exported and how much. A line without quantity and value is open."""

    number: int
    control_codes: tuple[str, ...] = ()
    description: str | None = None
    hs_code: str | None = None
    quantity: Balance | None = None
    value: Balance | None = None


class Holder(NamedTuple):
    """A party that a licence names."""

    name: str | None
    identifier: str | None = None


class Licence(NamedTuple):
    """One licence of a register. What it does not name it leaves open: any consignee, any destination, any good, any amount."""

    number: str
    source: str  # file and row
    kind: str | None = None
    jurisdictions: tuple[str, ...] = ()
    authority: str | None = None
    exporter: Holder | None = None
    consignee: Holder | None = None
    end_user: Holder | None = None
    destinations: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None  # the last day
    status: Status = "active"
    conditions: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[str, ...] = ()  # rows that name this licence and could not be read: it is not held whole


OUTCOMES = ("valid", "unknown", "exhausted", "mismatch", "expired", "revoked", "missing", "declared")
"""What a check finds. ``unknown``: a fact that decides is not declared. ``declared``: a general authorisation that no register holds."""

# One row a goods item and authorisation that it declares.
CHECK: dict[str, Any] = {
    "item": pl.UInt32,
    "code": pl.String,
    "reference": pl.String,
    "claim": pl.String,
    "jurisdictions": pl.List(pl.String),
    "outcome": pl.String,
    "failed": pl.List(pl.String),
    "unknown": pl.List(pl.String),
    "covers": pl.List(pl.String),  # control codes of the licence line; empty: it names none and covers the item
    "parties": pl.List(pl.String),  # declared names that are those of the licence
    "said": pl.String,
    "questions": pl.List(pl.String),
    "conditions": pl.List(pl.String),
    "evidence": pl.List(EVIDENCE),
}


def number_key(number: str) -> str:
    """The spelling-independent key of a licence number: capital letters and digits.

    >>> number_key("GBSIEL/2020/0000001/P"), number_key("de-2026-17")
    ('GBSIEL20200000001P', 'DE202617')
    """
    return "".join(c for c in number.upper() if c.isalnum())


def without_item(number: str) -> str:
    """The number without the number of a licence's line that customs declarations put behind it.

    >>> without_item("GBOIE920001-00002"), without_item("DE-2026-17")
    ('GBOIE920001', 'DE-2026-17')
    """
    return _ITEM_OF_NUMBER.sub("", number)
