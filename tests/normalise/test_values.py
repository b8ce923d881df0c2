"""Numbers, dates, codes and operations as declarations write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.normalise.values import (
    day_order,
    day_order_proofs,
    decimal_mark,
    decimal_proofs,
    read_date,
    read_end_use_informed,
    read_hs,
    read_mass_kg,
    read_number,
    read_operation,
    read_un_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56), ("1,234.56", 1234.56), ("1 234,56", 1234.56), ("1\u00a0234,56", 1234.56), ("1'234.5", 1234.5), ("0,1", 0.1),
        ("0.125", 0.125), ("0,125", 0.125), ("12.5 KG", 12.5), ("EUR 12.5", 12.5), ("$1,200", 1200.0), ("1,234", 1234.0), ("1.234", 1.234),
        ("12,5", 12.5), ("1.234.567", 1234567.0), ("1,234,567", 1234567.0), ("1,00,000.50", 100000.5), ("1e3", 1000.0), ("5E-2", 0.05),
        ("-5", -5.0), ("+7", 7.0), (".5", 0.5), ("5.", 5.0), ("48.200,00", 48200.0), ("12 M2", 12.0), ("25%", 25.0), ("007", 7.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text).value == value


@pytest.mark.parametrize("text", ["many", "1.2.3", "10 20", "1,2,3", "1..2", "12/5", "1e999", "(100)", "5 x 6", "NaN", "inf", "1-2", "--5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert read_number(text).value is None
    assert read_number(text).fault is not None


def test_a_column_of_decimal_commas_makes_a_lone_point_a_thousands_mark() -> None:
    mark = decimal_mark(decimal_proofs(["12,5", "1.234", "7"]))
    assert (mark, read_number("1.234", mark).value, read_number("1,234", mark).value) == ("comma", 1234.0, 1.234)


def test_a_column_that_proves_both_marks_keeps_the_point() -> None:
    assert decimal_mark(decimal_proofs(["48.200,00", "12,500.00"])) == "point"
    assert decimal_mark(decimal_proofs(["5", "1.234"])) == "point"


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=99))
def test_grouping_in_either_style_reads_the_same(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english).value == read_number(german).value == float(f"{whole}.{cents:02}")


@pytest.mark.parametrize(
    ("text", "kilograms"), [("12.5", 12.5), ("12,5 kg", 12.5), ("500 G", 0.5), ("2 MT", 2000.0), ("100 LBS", 45.359237), ("3 KGM", 3.0)]
)
def test_masses_are_in_kilograms(text: str, kilograms: float) -> None:
    assert read_mass_kg(text).value == kilograms


def test_a_mass_in_pieces_is_none() -> None:
    assert read_mass_kg("5 PCS").fault == "is not a mass in a unit we know"
    assert read_mass_kg("-5").fault == "is negative"


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-09", "2026-3-9", "2026/03/09", "20260309", "20260309130501", "20260309130501+02", "20260309.0", "2026-03-09T13:05:01Z",
        "2026-03-09 00:00:00", "09.03.2026", "9-Mar-2026", "09-Mar-26", "9 March 2026", "March 9, 2026", "09MAR2026", "46090", "46090.5",
    ],
)  # fmt: skip
def test_dates_are_read_in_every_common_form(text: str) -> None:
    assert read_date(text).value == date(2026, 3, 9)


def test_day_and_month_that_may_be_exchanged_need_a_proof() -> None:
    assert read_date("09/03/2026") == (None, "day and month cannot be told apart")
    assert read_date("09/03/2026", "day_first").value == date(2026, 3, 9)
    assert read_date("09/03/2026", "month_first").value == date(2026, 9, 3)
    assert read_date("09/09/2026").value == date(2026, 9, 9)
    assert read_date("25/03/2026").value == read_date("03/25/2026").value == date(2026, 3, 25)


def test_a_proof_is_a_value_that_only_one_order_makes_a_day() -> None:
    assert day_order(day_order_proofs(["01/02/2026", "25/03/2026"])) == "day_first"
    assert day_order(day_order_proofs(["01/02/2026", "03/25/26"])) == "month_first"
    assert day_order(day_order_proofs(["25/03/2026", "03/25/2026"])) == "unknown"
    assert day_order(day_order_proofs(["01/02/2026", "25.03.2026"])) == "unknown"


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "soon", "2026", "Sep 2025", "202603", "00/00/0000", "99999999", "5"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert read_date(text).value is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8481.80", "848180"),
        ("84 81 80 99", "84818099"),
        ("010210", "010210"),
        ("84", "84"),
        ("8481809900B", "8481809900"),
        ("848180.0", "848180"),
    ],
)
def test_hs_codes_are_digits_with_their_leading_zeros(text: str, code: str) -> None:
    assert read_hs(text) == (code, None)


def test_doubtful_hs_codes_are_noted() -> None:
    assert read_hs("690721940001") == ("6907219400", "has more than 10 digits; 6907219400 is used")
    assert read_hs("8481.80; 8481.90") == ("848180", "states more than one code; 848180 is used")
    assert read_hs("8.48E+09") == (None, "is a number damaged by a spreadsheet, not a code")
    assert read_hs("10210") == ("10210", "has 5 digits; a zero may be lost at either end")
    assert read_hs("n.a.") == (None, "is not a code of 2 to 10 digits")
    assert read_hs("000000") == (None, "is not a code of 2 to 10 digits")


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Export", "export"), ("EX", "export"), ("EXA", "export"), ("EX 1", "export"), ("EXPORTACION A CONSUMO", "export"),
        ("ЭК", "export"), ("re-export", "reexport"), ("IM4", "import"), ("IMPORT", "import"), ("T1", "transit"), ("Transit", "transit"),
        ("TRANS-SHIPMENT", "transhipment"), ("transshipment", "transhipment"), ("brokerage", "brokering"),
        ("intra_union_transfer", "intra_union_transfer"), ("Technical assistance", "technical_assistance"), ("intangible", "intangible"),
    ],
)  # fmt: skip
def test_operations_are_understood(text: str, operation: str) -> None:
    assert read_operation(text) == (operation, None)


def test_an_unknown_operation_is_noted() -> None:
    assert read_operation("MARITIME") == (None, "is not a known operation; export is assumed")


def test_end_use_information_is_a_use_or_nothing() -> None:
    assert [read_end_use_informed(text).value for text in ("WMD", "yes", "no")] == ["wmd", "any", None]


def test_un_numbers_are_four_digits() -> None:
    assert [read_un_number(text).value for text in ("UN1244", "UN No. 1244", "1244", "12")] == ["1244", "1244", "1244", None]
