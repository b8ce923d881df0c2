"""Tariff codes stay text: no leading zero is lost, no length is bent to another."""

from __future__ import annotations

import pytest

from control_lists.codes import hs


@pytest.mark.parametrize(
    ("text", "code"),
    [("2930.70", "293070"), ("2930 70 00 00", "2930700000"), ("0102-10", "010210"), ("8481.80.9", "8481809")],
)
def test_separators_go_and_zeros_stay(text: str, code: str) -> None:
    assert hs.compact(text) == code


@pytest.mark.parametrize("text", ["29", "2930", "2930.7", "293070", "2930700", "29307000", "2930700000", "98"])
def test_two_to_ten_digits_are_valid(text: str) -> None:
    assert hs.is_valid(text)


@pytest.mark.parametrize("text", ["", "2", "29307000001", "77", "00", "8481X", "N/A", "\u0662\u0669"])
def test_other_text_is_not_valid(text: str) -> None:
    assert not hs.is_valid(text)


def test_six_digits_are_given_only_where_six_are_declared() -> None:
    assert [hs.hs6("2930.70.00"), hs.hs6("293070"), hs.hs6("29307"), hs.hs6("2930")] == ["293070", "293070", None, None]
