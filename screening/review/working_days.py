"""Working days by country: what a hold is counted in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from control_lists.models import PublicHoliday, Weekend

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_USUAL = frozenset({5, 6})


class WorkingDays(NamedTuple):
    """Weekends (weekday numbers from Monday, 0) and public holidays by country."""

    weekends: dict[str, frozenset[int]]
    holidays: frozenset[tuple[str, date]]

    @classmethod
    def of(cls, weekends: Iterable[Weekend], holidays: Iterable[PublicHoliday]) -> WorkingDays:
        """The calendar of the reference data."""
        return cls(
            {weekend.country: frozenset(map(_NAMES.index, weekend.days)) for weekend in weekends},
            frozenset((holiday.country, holiday.on) for holiday in holidays),
        )

    def is_working(self, country: str | None, day: date) -> bool:
        """Whether the offices of a country work on a day; of a country not known, on every day but Saturday and Sunday."""
        return day.weekday() not in self.weekends.get(country or "", _USUAL) and (country, day) not in self.holidays

    def last_day(self, country: str | None, begun: date, days: int) -> date:
        """The last of ``days`` working days after ``begun``, which itself does not count.

        >>> WorkingDays({}, frozenset()).last_day("DE", date(2026, 11, 27), 1)
        datetime.date(2026, 11, 30)
        """
        day = begun
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working(country, day)
        return day
