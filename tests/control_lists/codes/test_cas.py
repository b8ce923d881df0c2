"""CAS numbers: check digit, spelling, and what around a number says it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control_lists.codes import cas


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("111-48-8", "111-48-8"),
        ("CAS 50782 - 69-9", "50782-69-9"),
        ("CAS-No.: 0000111-48-8", "111-48-8"),
        ("CAS RN 111\u201348\u20138", "111-48-8"),
        ("111488", "111-48-8"),
        ("not a number", "notanumber"),
    ],
)
def test_spellings_come_to_one(text: str, number: str) -> None:
    assert cas.compact(text) == number


@pytest.mark.parametrize("number", ["111-48-8", "7664-39-3", "1342700-45-1", "57856-11-8"])
def test_right_check_digit_is_valid(number: str) -> None:
    assert cas.is_valid(number)


@pytest.mark.parametrize("number", ["111-48-9", "111-84-8", "1-48-8", "11148-8", "", "12345678-00-1"])
def test_wrong_digit_or_form_is_not_valid(number: str) -> None:
    assert not cas.is_valid(number)


def test_validate_names_the_digit_it_expected() -> None:
    with pytest.raises(ValueError, match="should be 8"):
        cas.validate("111-48-1")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TRIETHANOLAMINE CAS 102-71-6", [("102-71-6", 20, 28)]),
        ("No.111-48-8", [("111-48-8", 3, 11)]),
        ("(CAS 50782 - 69-9) drum", [("50782-69-9", 5, 17)]),
        ("NaF 7681\u201149\u20114, NaCN 143-33-9", [("7681-49-4", 4, 13), ("143-33-9", 20, 28)]),
        ("CAS111-48-8", [("111-48-8", 3, 11)]),
        ("CAS 111488 200 KG", [("111-48-8", 4, 10)]),
        ("111-48-8 20 KG", [("111-48-8", 0, 8)]),
    ],
)
def test_numbers_are_found_in_text_with_their_place(text: str, found: list[tuple[str, int, int]]) -> None:
    assert cas.find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "111-48-9",  # check digit
        "12-111-48-8",  # a piece of a longer number
        "111-48-8-1",
        "5111-48-81",
        "PN111-48-8",
        "ORDER 111488",  # undashed, no label
        "2024-05-12",
        "tel 111-48-8",
        "+49 111-48-8",
        "1,234,567",
    ],
)
def test_other_numbers_are_not_found(text: str) -> None:
    assert cas.find(text) == []


def test_no_date_with_a_single_last_digit_is_found() -> None:
    years = [f"{year}-{month:02}-{day}" for year in range(1990, 2040) for month in range(1, 13) for day in range(1, 10)]
    days = [f"{day:02}-{month:02}-{year}" for day in range(1, 32) for month in range(1, 13) for year in range(10)]
    assert [text for text in [*years, *days] if cas.find(f"ETD {text} POL")] == []


@given(st.integers(10, 9_999_999), st.integers(0, 99))
def test_every_number_with_its_computed_digit_is_valid_and_any_other_digit_is_not(first: int, middle: int) -> None:
    digits = f"{first}{middle:02}"
    digit = sum(place * int(d) for place, d in enumerate(reversed(digits), 1)) % 10
    assert cas.is_valid(f"{first}-{middle:02}-{digit}")
    assert not cas.is_valid(f"{first}-{middle:02}-{(digit + 1) % 10}")


@given(st.text(max_size=60))
def test_any_text_is_searched_and_places_fit(text: str) -> None:
    assert all(cas.compact(text[start:end]) == number for number, start, end in cas.find(text))
