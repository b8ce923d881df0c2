"""Holds are counted in the working days of the state that holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control_lists.models import PublicHoliday, Weekend
from control_lists.snapshot import Snapshot
from screening.policy import Policy
from screening.review import ReviewTerms
from screening.review.working_days import WorkingDays

DAYS = WorkingDays.of(
    [Weekend(country="EG", days=("friday", "saturday"))], [PublicHoliday(country="DE", on=date(2026, 12, 25), name="Christmas Day")]
)


@pytest.mark.parametrize(
    ("country", "begun", "days", "last"),
    [
        ("DE", date(2026, 11, 24), 1, date(2026, 11, 25)),
        ("DE", date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday to Monday
        ("EG", date(2026, 11, 26), 1, date(2026, 11, 29)),  # Thursday to Sunday
        ("DE", date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas Day and the weekend
        ("FR", date(2026, 12, 24), 1, date(2026, 12, 25)),  # a holiday of another country
        (None, date(2026, 11, 24), 10, date(2026, 12, 8)),
    ],
)
def test_the_day_it_begins_does_not_count(country: str | None, begun: date, days: int, last: date) -> None:
    assert DAYS.last_day(country, begun, days) == last


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.sampled_from(["DE", "EG", None]))
def test_so_many_working_days_lie_between(begun: date, days: int, country: str | None) -> None:
    last = DAYS.last_day(country, begun, days)
    between = [begun + timedelta(days=n) for n in range(1, (last - begun).days + 1)]
    assert sum(DAYS.is_working(country, day) for day in between) == days
    assert DAYS.is_working(country, last)


def test_the_shipped_terms_know_holds_weekends_and_a_reason_for_every_disposition() -> None:
    terms = ReviewTerms.of(Snapshot.open(), Policy())
    assert terms.days_of_hold("DE", "UN") == 10
    assert terms.days_of_hold("VN", "UN") is None
    assert terms.last_day("SA", date(2026, 11, 26), 1) == date(2026, 11, 29)
    for disposition in ("true_match", "false_positive", "needs_information", "held", "referred", "released"):
        assert any(disposition in code.dispositions for code in terms.reason_codes.values())
