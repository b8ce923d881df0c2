"""Determinations of a few goods items, as the writers are given them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from screening.engine import Screener
from screening.read import ReadOptions, read_records

DAY = date(2026, 11, 24)
CYANIDE = {"hs_code": "283711", "description": "SODIUM CYANIDE 98 % IN DRUMS"}
BOWLS = {"hs_code": "392410", "description": "PLASTIC BOWLS"}
ASKED = {"hs_code": "852589", "description": "THERMAL IMAGING CAMERA UNCOOLED MICROBOLOMETER"}  # the frame rate is not stated
LISTED = {"role": "consignee", "name": "Korea Mining Development Trading Corp"}


def determined(screener: Screener, items: Sequence[Mapping[str, Any]], *jurisdictions: str) -> pl.DataFrame:
    """One frame in the order of the contract, of items exported from Germany to Viet Nam unless they say otherwise."""
    records = [
        {"declaration_id": f"T-{n}", "export_country": "DE", "destination_country": "VN", "customs_office": "DE1", **item}
        for n, item in enumerate(items, 1)
    ]
    (part,) = read_records(records, ReadOptions(screener.snapshot))
    return screener.determine(part, as_of=DAY, jurisdictions=jurisdictions or ("EU",)).determinations
