"""Customs lines that sound strategic, against a specialist's label made from the text and the law before any answer was seen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening import screen

_AGREED = 0.95
_AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def labels() -> list[dict[str, str]]:
    """Row, flag, acceptable flags, entry and reason of every line."""
    with (Path(__file__).parent / "strategic_like.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def determined(shared: Path) -> dict[str, dict[str, Any]]:
    """The determination by row, from 1, of each line exported from Germany to Vietnam under EU law."""
    with (shared / "data/declarations/datasets/tt1_clasi/strategic_like_slice.csv").open(encoding="utf-8", newline="") as file:
        records = [
            {
                "declaration_id": str(number),
                "hs_code": row["HS_CODE"],
                "description": row["GOODS_DECRIPTION"],
                "tariff_text": row["HS_DESCRIPTION"],
                "export_country": "DE",
                "destination_country": "VN",
            }
            for number, row in enumerate(csv.DictReader(file), 1)
        ]
    found = screen(records, as_of=_AS_OF, jurisdictions=["EU"])
    return {row["declaration_id"]: row for row in found.select("declaration_id", "flag", "candidates").to_dicts()}


def _disagreements(labels: list[dict[str, str]], determined: dict[str, dict[str, Any]]) -> Iterator[str]:
    for label in labels:
        found = determined[label["row"]]
        codes = [candidate["code"][:5] for candidate in found["candidates"]]
        acceptable = label["acceptable"].split(";")
        if found["flag"] not in acceptable:
            yield f"row {label['row']}: {found['flag']} {codes[:3]}, expected {' or '.join(acceptable)}: {label['reason']}"
        elif label["entry"] and found["flag"] != "NO_FINDING" and label["entry"] not in codes:
            yield f"row {label['row']}: {codes[:3]}, expected {label['entry']}: {label['reason']}"


def test_every_line_has_a_label_that_is_acceptable_itself(labels: list[dict[str, str]], determined: dict[str, dict[str, Any]]) -> None:
    assert sorted(label["row"] for label in labels) == sorted(determined)
    assert all(label["flag"] in label["acceptable"].split(";") for label in labels)


def test_the_engine_agrees_with_the_specialist(labels: list[dict[str, str]], determined: dict[str, dict[str, Any]]) -> None:
    disagreements = list(_disagreements(labels, determined))
    print(f"{len(labels) - len(disagreements)} of {len(labels)} agreed", *disagreements, sep="\n")
    assert len(disagreements) <= (1 - _AGREED) * len(labels)


def test_the_engine_flags_no_licence_where_the_specialist_does_not(
    labels: list[dict[str, str]], determined: dict[str, dict[str, Any]]
) -> None:
    expected = {label["row"] for label in labels if label["flag"] == "LICENCE_REQUIRED"}
    assert {row for row, found in determined.items() if found["flag"] in ("LICENCE_REQUIRED", "PROHIBITED")} == expected
