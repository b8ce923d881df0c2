"""The draw-down: any order of input gives the same outcome, nothing is overdrawn, and what was granted is what was drawn and is left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.licences.check import Compared, Wanted
from screening.licences.draw import Judged, Ledger, drawn_down
from screening.licences.records import Balance, Licence, Line

GRANTED, USED = Decimal("20.5"), Decimal("0.25")
LINES = (
    Line(1, quantity=Balance(GRANTED, USED, "kg")),
    Line(2, quantity=Balance(Decimal(7), Decimal(0), "kg"), value=Balance(Decimal(20), Decimal(0), "EUR")),
)
LICENCE = Licence("E-1", "test", lines=LINES)
CLAIM = {"code": "X060", "reference": "E-1", "claim": "licence", "jurisdictions": ["EU"]}
AMOUNTS = st.decimals(min_value=0, max_value=12, places=3)


def judged(item: int, day: int, lines: list[int], amount: Decimal, failed: tuple[str, ...] = ()) -> Judged:
    wanted = tuple(Wanted(LINES[n], amount, amount * 3 if LINES[n].value else None) for n in lines)
    place = (date(2026, 3, day), f"D-{item:03}", 1, "f.csv", item, item, 0)
    return Judged(place, item, CLAIM, LICENCE, Compared(failed, (), (), (), (), wanted))


CLAIMS = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from([[0], [1], [0, 1]]), AMOUNTS, st.sampled_from([(), (), ("consignee",)])), max_size=30
).map(lambda rows: [judged(item, *row) for item, row in enumerate(rows)])


@settings(deadline=None)  # a busy machine is no fault
@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(claims: list[Judged], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert drawn_down(shuffled, str).equals(drawn_down(claims, str))


@settings(deadline=None)  # a busy machine is no fault
@given(CLAIMS)
def test_no_balance_is_negative_and_amounts_are_conserved(claims: list[Judged]) -> None:
    ledger = Ledger()
    frame = drawn_down(claims, str, ledger)
    drawn = {1: Decimal(0), 2: Decimal(0)}
    for outcome, evidence in frame.select("outcome", "evidence").iter_rows():
        for one in evidence:
            if one["field"] == "balance_quantity" and one["comparison"] == "drawn":
                assert outcome == "valid"
                drawn[1 if one["listed"].endswith("of 20.5") else 2] += Decimal(one["declared"].split()[0])
    for line in LINES:
        assert line.quantity is not None
        left = ledger.left(LICENCE, line.number, "quantity", line.quantity)
        assert left >= 0
        assert line.quantity.used + drawn[line.number] + left == line.quantity.granted


def outcomes(*claims: Judged) -> list[str]:
    return drawn_down(claims, str).get_column("outcome").to_list()


def test_the_earliest_declared_draws_first_whatever_its_row() -> None:
    late, early = judged(0, 5, [0], Decimal(15)), judged(1, 2, [0], Decimal(15))
    assert outcomes(late, early) == ["exhausted", "valid"]


def test_a_claim_that_was_refused_leaves_the_balance_to_a_smaller_one() -> None:
    assert outcomes(judged(0, 1, [0], Decimal(15)), judged(1, 2, [0], Decimal(10)), judged(2, 3, [0], Decimal(5))) == [
        "valid", "exhausted", "valid",
    ]  # fmt: skip


def test_a_claim_that_does_not_fit_draws_nothing() -> None:
    assert outcomes(judged(0, 1, [0], Decimal(15), ("consignee",)), judged(1, 2, [0], Decimal(15))) == ["mismatch", "valid"]


def test_quantity_and_value_have_both_to_be_left() -> None:
    frame = drawn_down([judged(0, 1, [1], Decimal(5)), judged(1, 2, [1], Decimal(2)), judged(2, 3, [1], Decimal(1))], str)
    assert frame.select("outcome", "failed").rows() == [("valid", []), ("exhausted", ["balance_value"]), ("valid", [])]


def test_another_line_that_covers_the_item_is_drawn_when_the_first_is_used_up() -> None:
    frame = drawn_down([judged(0, 1, [0], Decimal(18)), judged(1, 2, [0, 1], Decimal(4))], str)
    assert frame.get_column("outcome").to_list() == ["valid", "valid"]
    assert "of 7" in frame.get_column("said").item(1)


def test_an_empty_batch_has_the_columns() -> None:
    assert drawn_down([], str).schema["item"] == pl.UInt32
