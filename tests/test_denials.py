"""A transaction like one that was refused: what is alike, for how long, and what it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening import screen
from screening.denials import QUESTION, Denials, denied_before, read_denials
from screening.engine import Screener
from screening.errors import LicenceError
from screening.read import ReadOptions, read_records

HEADER = "number,exporter,consignee,end_user,control_code,hs_code,description,destination,denied_on,authority,reason\n"
ROW = "D-7,Musterwald Optronics GmbH,Desert Sample Trading FZE,,6A003.b.4.b,8525.89,Thermal imaging camera,AE,2025-06-30,Example Office,\n"
ITEM = {
    "declaration_id": "T-1", "declared_on": "2026-03-02", "destination_country": "AE", "description": "THERMAL IMAGING CAMERAS 640X480",
    "exporter_name": "Musterwald Optronics", "consignee_name": "Desert Sample Trading",
}  # fmt: skip
Flags = Callable[..., list[str]]


@pytest.fixture
def denials(tmp_path: Path, screener: Screener) -> Denials:
    path = tmp_path / "denials.csv"
    path.write_text(HEADER + ROW, encoding="utf-8")
    return read_denials(path, screener.snapshot)


@pytest.fixture
def flags(denials: Denials, screener: Screener) -> Flags:
    """The fields of the red flag that a record raises, if it raises one."""

    def raised(**fields: Any) -> list[str]:
        record = {k: v for k, v in {**ITEM, **fields}.items() if v is not None}
        (part,) = read_records([record], ReadOptions(screener.snapshot))
        found = denied_before(part.items, part.parties, denials, screener.policy)
        return [] if found.is_empty() else found.get_column("fields").to_list()[0]

    return raised


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({}, ["parties.exporter", "parties.consignee", "description", "destination_country"]),
        ({"consignee_name": "Gulf Sample Security LLC"}, ["parties.exporter", "description", "destination_country"]),
        ({"consignee_name": "Gulf Sample Security LLC", "destination_country": "OM"}, ["parties.exporter", "description"]),
        ({"exporter_name": "Ausfuhr Muster KG"}, ["parties.consignee", "description", "destination_country"]),
        ({"exporter_name": "Ausfuhr Muster KG", "end_user_name": "Desert Sample Trading", "consignee_name": None},
         ["parties.consignee", "description", "destination_country"]),
        ({"description": "SENSOR", "control_code": "6A003.b"},
         ["parties.exporter", "parties.consignee", "control_code", "destination_country"]),
        ({"description": "SENSOR", "hs_code": "852589"}, ["parties.exporter", "parties.consignee", "hs_code", "destination_country"]),
        ({"exporter_name": "Ausfuhr Muster KG", "destination_country": "OM"}, []),
        ({"exporter_name": "Ausfuhr Muster KG", "consignee_name": "Gulf Sample Security LLC"}, []),
        ({"description": "GARDEN CHAIRS"}, []),
        ({"description": "SENSOR", "hs_code": "852589", "consignee_name": "Gulf Sample LLC", "destination_country": "OM"}, []),
        ({"declared_on": "2025-06-29"}, []),
        ({"declared_on": "2028-06-29"}, ["parties.exporter", "parties.consignee", "description", "destination_country"]),
        ({"declared_on": "2028-06-30"}, []),
    ],
)  # fmt: skip
def test_what_is_alike_raises_a_red_flag(flags: Flags, fields: dict[str, Any], seen: list[str]) -> None:
    assert flags(**fields) == seen


def test_the_window_is_policy(denials: Denials, screener: Screener) -> None:
    (part,) = read_records([ITEM], ReadOptions(screener.snapshot))
    shorter = screener.policy.model_copy(update={"denial_months": 6})
    assert denied_before(part.items, part.parties, denials, shorter).is_empty()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("D-1,A,,,2B350,,,EG,2026,,\n", "denials.csv: row 2: denied_on: '2026' names no day; write it as 2026-11-24"),
        ("D-1,A,,,2B350,,,Atlantis,2026-01-01,,\n", "denials.csv: row 2: destination: 'Atlantis' is no country; write its ISO code"),
        ("D-1,,,,2B350,,,EG,2026-01-01,,\n",
         "denials.csv: row 2: exporter: is blank, and so are consignee and end_user; a refusal names a party"),
        ("D-1,A,,,,,,EG,2026-01-01,,\n",
         "denials.csv: row 2: description: is blank, and so are control_code and hs_code; a refusal names a good"),
    ],
)  # fmt: skip
def test_a_bad_row_is_one_line(tmp_path: Path, screener: Screener, row: str, told: str) -> None:
    path = tmp_path / "denials.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    assert read_denials(path, screener.snapshot).reports == (told,)


def test_an_unknown_column_stops_the_register(tmp_path: Path, screener: Screener) -> None:
    path = tmp_path / "denials.csv"
    path.write_text("denied_on,who\n2026-01-01,A\n", encoding="utf-8")
    with pytest.raises(LicenceError, match="unknown column 'who'"):
        read_denials(path, screener.snapshot)


def test_a_red_flag_moves_the_lane_and_asks_but_raises_no_flag(tmp_path: Path) -> None:
    path = tmp_path / "denials.csv"
    path.write_text(
        "exporter,consignee,hs_code,description,destination,denied_on\nAlder Works GmbH,Birch Import LLC,841960,tea pots,VN,2026-01-05\n",
        encoding="utf-8",
    )
    declared = {
        "declaration_id": "D1", "declared_on": "2026-03-01", "export_country": "DE", "destination_country": "VN", "hs_code": "841960",
        "description": "tea pots", "exporter_name": "Alder Works GmbH", "consignee_name": "Birch Import LLC",
    }  # fmt: skip
    (without,) = screen([declared], jurisdictions=["EU"]).to_dicts()
    (row,) = screen([declared], jurisdictions=["EU"], denials=path).to_dicts()
    assert [flag["id"] for flag in row["red_flags"]] == ["RF29"]
    assert (without["lane"], row["lane"]) == ("green", "yellow")
    assert QUESTION in row["questions"]
    assert row["flag"] == without["flag"] == "NO_FINDING"


def test_the_day_a_month_does_not_have_is_the_first_of_the_next(screener: Screener, tmp_path: Path) -> None:
    from screening.denials import _months_later

    assert (_months_later(date(2024, 2, 29), 12), _months_later(date(2026, 1, 31), 1)) == (date(2025, 3, 1), date(2026, 3, 1))
    assert _months_later(date(2025, 12, 31), 36) == date(2028, 12, 31)
