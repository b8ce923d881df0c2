"""Ordinary trade raises next to nothing: real customs lines and ordinary goods, under the laws of the EU and the US."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from screening import screen

_AS_OF = date(2026, 11, 24)
_REVIEW_MOST = 0.005
_LINES, _GOODS = 31_977, 2_000

LICENCE_AGREED = {
    8430: "sodium cyanide, a hundred one-tonne boxes, named with its transport number",
    18239: "the same",
    19280: "protected truck, said to be ex military, under the heading of armoured fighting vehicles",
    19281: "the same",
    19282: "the same",
    19283: "the same",
}
"""Rows of the customs lines, from 1, that need a licence to VN under both laws: each looked at and judged by hand."""


@pytest.fixture(scope="module")
def flagged(shared: Path) -> pl.DataFrame:
    """Jurisdiction, row, flag and codes of each customs line and ordinary good, exported to VN, that is flagged at all. A row is
    ``line 8430`` or ``good 12``. No line declares a party, and VN is under no embargo: every flag comes from the goods."""
    lines = shared / "data/declarations/datasets/tt1_clasi/customs_lines_dev.csv"
    goods = shared / "cases/ordinary-goods-dev.csv"
    declared = pl.concat([_declared(lines, "line", "HS_CODE", "GOODS_DECRIPTION"), _declared(goods, "good", "cn8", "description")])
    assert declared.height == _LINES + _GOODS
    found = screen(declared, as_of=_AS_OF, jurisdictions=["EU", "US"])
    assert found.height == 2 * declared.height
    codes = pl.col("candidates").list.eval(pl.element().struct.field("code"))
    return found.filter(pl.col("flag") != "NO_FINDING").select("jurisdiction", pl.col("declaration_id").alias("row"), "flag", codes=codes)


def _declared(path: Path, kind: str, hs: str, description: str) -> pl.DataFrame:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pl.DataFrame(
        {
            "declaration_id": [f"{kind} {number}" for number in range(1, len(rows) + 1)],
            "hs_code": [row[hs] for row in rows],
            "description": [row[description] for row in rows],
        }
    ).with_columns(destination_country=pl.lit("VN"))


@pytest.mark.parametrize("jurisdiction", ["EU", "US"])
@pytest.mark.parametrize(("kind", "rows"), [("line", _LINES), ("good", _GOODS)])
def test_few_lines_are_to_be_reviewed(flagged: pl.DataFrame, jurisdiction: str, kind: str, rows: int) -> None:
    asked = flagged.filter(pl.col("jurisdiction") == jurisdiction, pl.col("flag") == "REVIEW", pl.col("row").str.starts_with(kind))
    assert asked.height <= _REVIEW_MOST * rows, asked.rows()


@pytest.mark.parametrize("jurisdiction", ["EU", "US"])
def test_a_licence_is_asked_for_the_agreed_lines_alone(flagged: pl.DataFrame, jurisdiction: str) -> None:
    asked = flagged.filter(pl.col("jurisdiction") == jurisdiction, pl.col("flag").is_in(["LICENCE_REQUIRED", "PROHIBITED"]))
    assert sorted(asked["row"]) == sorted(f"line {row}" for row in LICENCE_AGREED), asked.rows()
