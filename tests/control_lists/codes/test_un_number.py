"""UN numbers in text need their label."""

from __future__ import annotations

import pytest

from control_lists.codes import un_number


@pytest.mark.parametrize(
    "text",
    ["UN 1689", "UN1689", "un-no. 1689", "UN No: 1689", "UN-Nr. 1689", "ONU 1689", "N° ONU 1689", "UNNO 1689", "U.N. 1689", "UN#1689"],
)
def test_labelled_numbers_are_found(text: str) -> None:
    assert [number for number, _, _ in un_number.find(f"GOODS {text} CLASS 6.1")] == ["1689"]


def test_place_covers_label_and_digits() -> None:
    assert un_number.find("CLASS 6 1 UN NO1689") == [("1689", 10, 19)]


@pytest.mark.parametrize(
    "text", ["1689", "RUN 1689", "UNSCR 1540", "UN 16890", "UN 2000 KG", "UN 1000.50", "UN 0000", "UNIT 1689", "UN 9999"]
)
def test_other_numbers_are_not_found(text: str) -> None:
    assert un_number.find(text) == []


def test_label_is_taken_off() -> None:
    assert [un_number.compact(t) for t in ("UN 1810", "1810", "UN No. 1810")] == ["1810", "1810", "1810"]
    assert un_number.is_valid("UN1810")
    assert not un_number.is_valid("18100")
