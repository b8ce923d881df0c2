"""What a case is after its events: one pure step an event, so that the state can always be told from the ledger alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from control_lists.models import Disposition

Role = Literal["viewer", "officer", "supervisor", "list_keeper"]
ROLES: tuple[str, ...] = get_args(Role)
DISPOSITIONS: tuple[str, ...] = get_args(Disposition)
OPEN, PROPOSED = "open", "proposed"
STATUSES = (OPEN, PROPOSED, *DISPOSITIONS)
CLOSING = frozenset({"true_match", "false_positive", "released"})
"""Dispositions after which nothing is left to do. A closed case is opened again by a new disposition."""
OPPOSED = {"true_match": "false_positive", "false_positive": "true_match"}
_KEEPS_THE_CLOCK = frozenset({"needs_information", "referred", "held"})


class Proposal(NamedTuple):
    """A disposition that waits for a second person."""

    disposition: str
    reason_code: str
    actor: str
    days: int | None


class State(NamedTuple):
    """Where a case stands. ``version`` is the number of its events; dates are ISO 8601.

    ``status`` is the word of the queue: ``open``, ``proposed`` or the disposition that stands. ``held_on`` and ``due_on`` are the first
    and the last day of the hold while its clock runs; ``due_on`` is None where no period is known.
    """

    version: int = 0
    status: str = OPEN
    disposition: str | None = None
    reason_code: str | None = None
    assignee: str | None = None
    held_on: str | None = None
    due_on: str | None = None
    proposal: Proposal | None = None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.status in CLOSING


def after(state: State, kind: str, details: Mapping[str, Any]) -> State:
    """The state after one more event of the case; events that say nothing of the state only count."""
    state = state._replace(version=state.version + 1)
    if kind == "assigned":
        return state._replace(assignee=details["assignee"])
    if kind == "proposed":
        proposal = Proposal(details["disposition"], details["reason_code"], details["proposed_by"], details["days"])
        return state._replace(status=PROPOSED, proposal=proposal)
    if kind == "rejected":
        return state._replace(status=state.disposition or OPEN, proposal=None)
    if kind in ("decided", "confirmed"):
        disposition = details["disposition"]
        runs = disposition in _KEEPS_THE_CLOCK
        return state._replace(
            status=disposition,
            disposition=disposition,
            reason_code=details["reason_code"],
            held_on=details["held_on"] if runs else None,
            due_on=details["due_on"] if runs else None,
            proposal=None,
        )
    return state


def state_of(events: Iterable[tuple[str, Mapping[str, Any]]]) -> State:
    """The state after the events of one case, each a kind and its details, in their order."""
    state = State()
    for kind, details in events:
        state = after(state, kind, details)
    return state
