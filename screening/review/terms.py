"""What binds officers: reason codes, working days and holds from the lists, four eyes from the policy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from control_lists.models import ReasonCode
from control_lists.snapshot import Snapshot
from screening.errors import ReviewError
from screening.policy import Policy
from screening.review.state import DISPOSITIONS
from screening.review.working_days import WorkingDays


class ReviewTerms(NamedTuple):
    """The terms under which cases are decided. ``hold_days``: working days by state or jurisdiction."""

    reason_codes: Mapping[str, ReasonCode]
    working_days: WorkingDays
    hold_days: Mapping[str, int]
    policy: Policy

    @classmethod
    def of(cls, snapshot: Snapshot, policy: Policy) -> ReviewTerms:
        """The terms that lists and policy set."""
        holds: dict[str, int] = {}
        for profile in snapshot.profiles.values():
            if profile.hold_days:
                holds.update(dict.fromkeys((profile.id, *profile.states), profile.hold_days))
        return cls(
            {code.id: code for code in snapshot.reason_codes},
            WorkingDays.of(snapshot.weekends, snapshot.public_holidays),
            holds,
            policy,
        )

    def days_of_hold(self, state: str | None, jurisdiction: str) -> int | None:
        """Working days for which the handling state may hold a movement; None where that is not known."""
        return self.hold_days.get(state or "") or self.hold_days.get(jurisdiction)

    def require_reason(self, disposition: str, reason_code: str) -> None:
        """Nothing; raises ReviewError for a disposition or a reason code that is not known, or that do not go together."""
        if disposition not in DISPOSITIONS:
            raise ReviewError(f"'{disposition}' is no disposition; it is one of {', '.join(DISPOSITIONS)}")
        fitting = sorted(code.id for code in self.reason_codes.values() if disposition in code.dispositions)
        if reason_code not in fitting:
            raise ReviewError(f"'{reason_code}' is no reason for {disposition}; use one of {', '.join(fitting)}")

    def needs_second(self, disposition: str, flag: str, lane: str) -> bool:
        """Whether a second person confirms the disposition of such a determination."""
        return any(rule.bears_on(disposition, flag, lane) for rule in self.policy.review.four_eyes)

    def last_day(self, country: str | None, begun: date, days: int) -> date:
        """The last day of a hold of ``days`` working days."""
        return self.working_days.last_day(country, begun, days)
