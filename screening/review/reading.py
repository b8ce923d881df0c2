"""What a store holds, read within a transaction: users, and one case with its events."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from screening.errors import StaleCaseError, UnknownCaseError
from screening.review.cases import determination_of
from screening.review.ledger import Event, event_of
from screening.review.state import State, state_of
from screening.review.tables import CASE, EVENT


class Case(NamedTuple):
    """A case whole: its row (the columns of CASE, determination and declared record as objects), its events and where it stands."""

    row: dict[str, Any]
    events: list[Event]
    state: State

    @property
    def case_id(self) -> int:
        """Its number."""
        return int(self.row["case_id"])

    @property
    def determination(self) -> dict[str, Any]:
        """The determination it was opened on: section 2 of the contract."""
        found: dict[str, Any] = self.row["determination"]
        return found

    @property
    def declared(self) -> dict[str, Any] | None:
        """The item and its parties as they were read; None where the results were opened without the declarations."""
        found: dict[str, Any] | None = self.row["declared"]
        return found


def users(connection: Connection) -> dict[str, str]:
    """Roles by name; the role given last counts."""
    query = select(EVENT).where(EVENT.c.kind == "user_named").order_by(EVENT.c.seq)
    named = [event_of(dict(row)).details for row in connection.execute(query).mappings()]
    return {details["name"]: details["role"] for details in named}


def case_row(connection: Connection, case_id: int) -> dict[str, Any]:
    """The row of a case; raises UnknownCaseError."""
    row = connection.execute(select(CASE).where(CASE.c.case_id == case_id)).mappings().first()
    if row is None:
        raise UnknownCaseError(f"no case {case_id}; stc review list shows the cases")
    return dict(row)


def case_of(connection: Connection, case_id: int) -> Case:
    """A case whole; raises UnknownCaseError."""
    row, events = case_row(connection, case_id), _events(connection, case_id)
    row["determination"] = determination_of(row)
    row["declared"] = json.loads(row["declared"]) if row["declared"] else None
    return Case(row, events, _state(events))


def state_seen(connection: Connection, case_id: int, seen: int | None) -> State:
    """Where a case stands; raises StaleCaseError unless that is what was seen (None: whatever it is), UnknownCaseError."""
    events = _events(connection, case_id)
    if not events:
        raise UnknownCaseError(f"no case {case_id}; stc review list shows the cases")
    state = _state(events)
    if seen is not None and seen != state.version:
        last = events[-1]
        raise StaleCaseError(
            f"case {case_id} changed meanwhile: {last.kind.replace('_', ' ')} by {last.actor} at {last.at[:16]}Z; "
            f"it is at version {state.version}, not {seen}; look at it again"
        )
    return state


def _events(connection: Connection, case_id: int) -> list[Event]:
    query = select(EVENT).where(EVENT.c.case_id == case_id).order_by(EVENT.c.version)
    return [event_of(dict(row)) for row in connection.execute(query).mappings()]


def _state(events: list[Event]) -> State:
    return state_of((event.kind, event.details) for event in events)
