"""A batch of which much is alike is decided as its items are one by one."""

from __future__ import annotations

from datetime import date

import polars as pl

from screening.engine import Screener
from screening.read import ReadOptions, read_records

DAY = date(2026, 11, 24)
JURISDICTIONS = ("EU", "US", "UN", "KH")
RECORDS = [
    {"description": "SODIUM CYANIDE 98 PCT", "destination_country": "EG", "documents": "X060:1; N380"},
    {"description": "SODIUM CYANIDE 98 PCT", "destination_country": "EG", "documents": "X060:2"},
    {"description": "SODIUM CYANIDE 98 PCT", "destination_country": "EG", "documents": "Y901"},
    {"description": "SODIUM CYANIDE 98 PCT", "destination_country": "JP"},
    {"description": "ISOSTATIC PRESS 100 MPA", "destination_country": "VN"},
    {"description": "ISOSTATIC PRESS 100 MPA, chamber ID 300 mm", "destination_country": "US"},
    {"description": "ISOSTATIC PRESS 100 MPA, chamber ID 300 mm for a free trade zone", "destination_country": "US"},
    {"description": "plastic bowls", "hs_code": "392410", "destination_country": "VN"},
    {"description": "plastic bowls", "hs_code": "2709", "destination_country": "KP"},
    {"description": "plastic bowls", "hs_code": "392410", "destination_country": "KP", "operation": "transit"},
    {"description": "plastic bowls", "hs_code": "854231", "destination_country": "RU", "declared_on": "2025-01-05"},
    {"parties": [{"role": "consignee", "name": "Korea Mining Development Trading Corporation", "country": "KP"}]},
    {"description": "tyres", "end_use_informed": "wmd", "destination_country": "VN"},
]


def test_a_batch_is_decided_as_its_items_are_one_by_one(screener: Screener) -> None:
    records = [{"declaration_id": f"A-{n}", "export_country": "DE", **RECORDS[n % len(RECORDS)]} for n in range(3 * len(RECORDS))]
    (part,) = read_records(records, ReadOptions(screener.snapshot))
    whole = screener.determine(part, as_of=DAY, jurisdictions=JURISDICTIONS).determinations
    alone = []
    for number in range(len(records)):
        (one,) = read_records(records[number : number + 1], ReadOptions(screener.snapshot))
        determined = screener.determine(one, as_of=DAY, jurisdictions=JURISDICTIONS).determinations
        alone.append(determined.with_columns(source_row=pl.lit(number + 1, pl.Int64)))
    expected = screener.in_order(pl.concat(alone))
    assert whole.drop("source_row").equals(expected.drop("source_row"))
    assert {"PROHIBITED", "LICENCE_REQUIRED", "REVIEW", "NO_FINDING"} <= set(whole.get_column("flag"))
