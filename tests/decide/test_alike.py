"""A batch of which much is alike is decided as its items are one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from screening.engine import ORDER, Screener
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
    expected = pl.concat(alone).sort(ORDER, nulls_last=True, maintain_order=True)
    assert whole.drop("source_row").equals(expected.drop("source_row"))
    assert {"PROHIBITED", "LICENCE_REQUIRED", "REVIEW", "NO_FINDING"} <= set(whole.get_column("flag"))


def test_documents_checked_are_told_of_their_own_items_alone(tmp_path: Path) -> None:
    register = tmp_path / "licences.csv"
    register.write_text(
        "number,jurisdiction,status,destinations,valid_from,valid_to,control_code\n"
        "L-1,EU,active,EG,2026-01-01,2027-12-31,1C350\nL-2,EU,active,EG,2024-01-01,2025-12-31,1C350\n",
        encoding="utf-8",
    )
    screener = Screener.open(licences=[register])
    goods = {"description": "SODIUM CYANIDE 98 PCT", "export_country": "DE", "destination_country": "EG"}
    documents = ("X002:L-1", "X002:L-2", "X002:L-9", "Y901", None)
    records = [
        {"declaration_id": f"A-{n}", "remarks": remarks, "documents": documents[n % len(documents)], **goods}
        for n, remarks in enumerate([None] * 5 + ["declared as spare parts, pay in cash"] * 5)
    ]
    (part,) = read_records(records, ReadOptions(screener.snapshot))
    whole = screener.determine(part, as_of=DAY, jurisdictions=JURISDICTIONS).determinations
    alone = []
    for number in range(len(records)):
        (one,) = read_records(records[number : number + 1], ReadOptions(screener.snapshot))
        alone.append(screener.determine(one, as_of=DAY, jurisdictions=JURISDICTIONS).determinations)
    expected = pl.concat(alone).sort(ORDER, nulls_last=True, maintain_order=True)
    assert whole.drop("source_row").equals(expected.drop("source_row"))
    union = whole.filter(pl.col("jurisdiction") == "EU")
    outcomes = [one["outcome"] for held in union.get_column("authorisations").to_list() for one in held if one["reference"]]
    assert {"valid", "expired", "missing"} <= set(outcomes)
    assert union.get_column("flag").n_unique() > 1
