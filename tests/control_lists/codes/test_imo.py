"""IMO ship numbers."""

from __future__ import annotations

import pytest

from control_lists.codes import imo


@pytest.mark.parametrize(("text", "number"), [("IMO 9187629", "9187629"), ("imo:9187629", "9187629"), ("IMO No. 918 7629", "9187629")])
def test_label_and_blanks_go(text: str, number: str) -> None:
    assert imo.compact(text) == number


def test_check_digit_decides() -> None:
    assert imo.is_valid("9187629")
    assert [d for d in range(10) if imo.is_valid(f"918762{d}")] == [9]


@pytest.mark.parametrize("text", ["", "918762", "91876290", "IMO", "918762A"])
def test_other_text_is_not_valid(text: str) -> None:
    assert not imo.is_valid(text)


def test_only_a_labelled_number_is_found() -> None:
    assert imo.find("VESSEL IMO-9187629 / MMSI 9187629") == [("9187629", 11, 18)]
    assert imo.find("IMO 9187628; LIMO 9187629") == []
