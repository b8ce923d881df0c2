"""Usual unit values: robust, in one unit, never learnt from few lines, and the same bytes whatever the order."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from control_lists.snapshot import Snapshot
from screening.errors import UsageError
from screening.flags.unit_values import USUAL, UsualValues, write

SNAPSHOT = Snapshot.open()
USUALS = UsualValues(SNAPSHOT)
SCHEMA = {
    "item": pl.UInt32, "hs_code": pl.String, "value": pl.Float64, "currency": pl.String, "net_mass_kg": pl.Float64, "quantity": pl.Float64,
    "unit": pl.String,
}  # fmt: skip


def lines(values: list[float], **more: Any) -> pl.DataFrame:
    rows = [{"item": n, "hs_code": "84818081", "value": v, "currency": "EUR", "net_mass_kg": 10.0, **more} for n, v in enumerate(values)]
    return pl.DataFrame(rows, schema=SCHEMA)


ORDINARY = [500.0 + n for n in range(40)]


def test_the_median_of_forty_lines_is_learnt_per_kilogram() -> None:
    learnt = USUALS.learn([lines(ORDINARY)])
    assert learnt.select("hs6", "basis", "currency", "lines").rows() == [("848180", "kg", "EUR", 40)]
    assert math.exp(learnt.item(0, "median")) == pytest.approx(51.95, abs=0.01)


def test_gross_outliers_move_nothing_by_much() -> None:
    wild = USUALS.learn([lines(ORDINARY + [9e9] * 15)])
    assert math.exp(wild.item(0, "median")) == pytest.approx(52.7, abs=0.1)
    assert wild.item(0, "spread") < 0.05


def test_fewer_than_thirty_lines_are_not_learnt() -> None:
    assert USUALS.learn([lines(ORDINARY[:29])]).is_empty()
    assert USUALS.learn([lines(ORDINARY[:30])]).height == 1


def test_order_and_parts_do_not_change_the_table() -> None:
    assert USUALS.learn([lines(ORDINARY)]).equals(USUALS.learn([lines(ORDINARY[25:]), lines(ORDINARY[:25][::-1])]))


@pytest.mark.parametrize(
    ("quantity", "unit", "basis", "amount"),
    [(10.0, "PCE", "piece", 10), (0.01, "t", "kg", 10), (5000.0, "g", "kg", 5), (10.0, "H87", "piece", 10)],
)
def test_units_are_made_one(quantity: float, unit: str, basis: str, amount: float) -> None:
    found = USUALS.unit_values(lines([100.0], net_mass_kg=None, quantity=quantity, unit=unit))
    assert found.select("basis", "logarithm").rows() == [(basis, pytest.approx(math.log(100 / amount)))]


def test_a_unit_that_is_not_understood_and_a_currency_that_is_not_stated_give_no_unit_value() -> None:
    assert USUALS.unit_values(lines([100.0], net_mass_kg=None, quantity=3.0, unit="BUNCH")).is_empty()
    assert USUALS.unit_values(lines([100.0], currency=None)).is_empty()


def test_a_price_is_unusual_only_when_far_by_both_measures_and_on_every_basis_known() -> None:
    table = pl.DataFrame(
        [("848180", "kg", "EUR", 40, math.log(52), 0.02), ("848180", "piece", "EUR", 40, math.log(500), 0.02)], schema=USUAL, orient="row"
    )
    usual = UsualValues(SNAPSHOT, table)
    assert usual.unusual(lines([520.0]), 10, 10).is_empty()
    assert usual.unusual(lines([3000.0]), 10, 10).is_empty()  # far in deviations, not ten times
    assert usual.unusual(lines([9000.0]), 10, 10).rows() == [(0, "900.0 EUR per kg, usually about 52.0 (40 lines)")]
    assert usual.unusual(lines([9.0]), 10, 10).height == 1
    assert usual.unusual(lines([9000.0], quantity=18.0, unit="PCE"), 10, 10).is_empty()  # the price of a piece is ordinary
    assert usual.unusual(lines([9000.0], currency="USD"), 10, 10).is_empty()


def test_a_table_is_named_by_its_digest_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "unit_values.csv"
    digest = write(USUALS.learn([lines(ORDINARY)]), path)
    assert UsualValues.open(SNAPSHOT, path).digest == digest
    assert UsualValues.open(SNAPSHOT, path).table.equals(USUALS.learn([lines(ORDINARY)]))
    assert UsualValues.open(SNAPSHOT, tmp_path / "none.csv").digest == ""
    path.write_text("hs6,price\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match="stc lists learn-values"):
        UsualValues.open(SNAPSHOT, path)
