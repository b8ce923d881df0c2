"""Control codes in text: found with their paragraphs, never inside part numbers."""

from __future__ import annotations

import pytest

from control_lists.codes import control_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3A001.a.6", "3A001.a.6"),
        ("eccn 3a001.A.2", "3A001.a.2"),
        ("ECCN: 3A001(a)(2)", "3A001.a.2"),
        ("1C350.46.", "1C350.46"),
        ("5A002a1", "5A002.a.1"),
        ("0B001.b.13", "0B001.b.13"),
        ("EAR99", "EAR99"),
    ],
)
def test_spellings_come_to_one(text: str, code: str) -> None:
    assert control_code.compact(text) == code


def test_form_decides_validity() -> None:
    valid = [
        t
        for t in ("2B350", "3A001.a.6", "9A610.x", "ECCN 5A002", "EAR99", "8481.80", "2F350", "5A002-7", "3A001.abc")
        if control_code.is_valid(t)
    ]
    assert valid == ["2B350", "3A001.a.6", "9A610.x", "ECCN 5A002"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ECCN 3A001.a.2 amplifier", [("3A001.a.2", 5, 14)]),
        ("TRIETHANOLAMINE (1C350.46)", [("1C350.46", 17, 25)]),
        ("Valve per 2B350.", [("2B350", 10, 15)]),
        ("3A001/3A201", [("3A001", 0, 5), ("3A201", 6, 11)]),
        ("5A002 or 5D002", [("5A002", 0, 5), ("5D002", 9, 14)]),
        ("ECCN 5A002b", [("5A002.b", 5, 11)]),
        ("3A001a.6 MMIC", [("3A001.a.6", 0, 8)]),
        ("classified 9a610.x", [("9A610.x", 11, 18)]),
        ("Machine tool 2B001 DE to FR", [("2B001", 13, 18)]),
        ("Item 3A001. A machine", [("3A001", 5, 10)]),
        ("3A001.Made in", [("3A001", 0, 5)]),
        ("ECCN No.3A001", [("3A001", 8, 13)]),
    ],
)
def test_codes_are_found_with_their_place(text: str, found: list[tuple[str, int, int]]) -> None:
    assert control_code.find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "P/N 5A002B",
        "X5A002",
        "5A0021",
        "REF 12-3A001-7",
        "3A001_REV2",
        "AB-3A001",
        "3A250V FUSE",
        "2B350-17",
        "HS 8481.80",
        "13A001",
        "5A002.123",
    ],
)
def test_pieces_of_part_numbers_are_not_found(text: str) -> None:
    assert control_code.find(text) == []
