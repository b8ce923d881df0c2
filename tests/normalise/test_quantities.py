"""Numbers and units as trade texts write them."""

from __future__ import annotations

import math

import pytest

from control_lists.snapshot import Snapshot
from screening.normalise.quantities import UnitReader, number


@pytest.fixture(scope="module")
def units() -> UnitReader:
    return UnitReader((unit.id, unit.words) for unit in Snapshot.open().units)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("UTS 572 MPa", 572, 572, "MPa"),
        ("0,1 m3", 0.1, 0.1, "m**3"),
        ("85 PCT", 85, 85, "percent"),
        ("1.234,56 KG", 1234.56, 1234.56, "kg"),
        ("1,234.5 KG", 1234.5, 1234.5, "kg"),
        ("12 000 rpm", 12000, 12000, "rpm"),
        ("≤ 9 Hz", -math.inf, 9, "Hz"),
        ("9HZ", 9, 9, "Hz"),
        (">= 69 MPa", 69, math.inf, "MPa"),
        ("10-100 MHz", 10, 100, "MHz"),
        ("-55 to 125 degC", -55, 125, "degC"),
        ("4 x 10^6 Pa", 4e6, 4e6, "Pa"),
        ("16.6e6 m", 16.6e6, 16.6e6, "m"),
        ("1.5E-3 MM", 0.0015, 0.0015, "mm"),
        ("max 150 °C", 150, 150, "degC"),
        ("4.125 in", 4.125, 4.125, "inch"),
    ],
)
def test_a_quantity_is_read(units: UnitReader, text: str, low: float, high: float, unit: str) -> None:
    (found,) = units.find(text)
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_the_hyphen_of_a_name_is_no_minus_sign(units: UnitReader) -> None:
    assert [q.low for q in units.find("5.2 kg U-235")] == [5.2, 235]


def test_more_than_leaves_the_limit_out(units: UnitReader) -> None:
    (found,) = units.find("larger than 152 mm")
    assert (found.low, found.low_open, found.high) == (152, True, math.inf)


def test_units_are_converted_without_noise(units: UnitReader) -> None:
    assert units.convert(units.find("690 bar")[0], "MPa").low == 69.0  # type: ignore[union-attr]
    assert units.convert(units.find("20 degC")[0], "K").low == 293.15  # type: ignore[union-attr]
    assert units.convert(units.find("690 bar")[0], "mm") is None


def test_offsets_point_at_the_number(units: UnitReader) -> None:
    text = "TUBES OD 104.8 mm"
    (found,) = units.find(text)
    assert text[found.start : found.end] == "104.8 mm"


@pytest.mark.parametrize(
    ("text", "value"), [("1.234,56", 1234.56), ("0,1", 0.1), ("1,000", 1000.0), ("5 x 10^3", 5000.0), ("5e3", 5000.0), ("-3.5", -3.5)]
)
def test_one_number_is_read(text: str, value: float) -> None:
    assert number(text) == value


def test_words_are_no_number() -> None:
    assert number("about 5") is None
