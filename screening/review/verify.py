"""Proves a case store: the chain of its ledger, the cases it opened, and the states that its rows tell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from screening.review.cases import Subject, determination_of, subjects_of
from screening.review.ledger import FIRST, Anchor, digest, faults
from screening.review.state import State, after
from screening.review.tables import CASE, EVENT, SUBJECT

_AT_ONCE = 1000
_TOLD = ("version", "status", "disposition", "assignee", "due_on")


class Verification(NamedTuple):
    """What was proved: numbers of ledger rows and cases, the newest row, and the first fault, None where all is as it was written."""

    events: int
    cases: int
    anchor: Anchor
    fault: str | None


def verify(connection: Connection, anchors: Sequence[Anchor] = ()) -> Verification:
    """The whole store recomputed in one reading transaction, and held against ``anchors``."""
    walk = _Walk(connection)
    fault = next(faults(walk.rows()), None) or walk.fault
    fault = fault or next(walk.against(anchors), None) or next(_cases(connection, walk.opened), None)
    events = connection.execute(select(func.count()).select_from(EVENT)).scalar_one()
    cases = connection.execute(select(func.count()).select_from(CASE)).scalar_one()
    return Verification(events, cases, walk.last, fault)


class _Walk:
    """One pass over the ledger, collecting what is held against the cases and the anchors."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._states: dict[int, State] = {}
        self._hashes: dict[int, str] = {}
        self.opened: dict[int, str] = {}
        self.last = Anchor(0, FIRST)
        self.fault: str | None = None

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """The rows in their order."""
        result = self._connection.execution_options(yield_per=_AT_ONCE).execute(select(EVENT).order_by(EVENT.c.seq))
        for row in map(dict, result.mappings()):
            self._look(row)
            yield row

    def _look(self, row: Mapping[str, Any]) -> None:
        self.last = Anchor(row["seq"], row["hash"])
        self._hashes[row["seq"]] = row["hash"]
        if row["case_id"] is None:
            return
        details = json.loads(row["details"])
        if row["kind"] == "opened":
            self.opened[row["case_id"]] = details["case"]
        state = after(self._states.get(row["case_id"], State()), row["kind"], details)
        self._states[row["case_id"]] = state
        if self.fault is None and any(row[name] != getattr(state, name) for name in _TOLD):
            self.fault = f"row {row['seq']} does not tell the state of case {row['case_id']} that its events give"

    def against(self, anchors: Sequence[Anchor]) -> Iterator[str]:
        """What does not agree with anchors that were kept."""
        for anchor in anchors:
            if anchor.seq > self.last.seq:
                yield f"the ledger ends at row {self.last.seq}, before the anchor at row {anchor.seq}: its end was cut off"
            elif self._hashes.get(anchor.seq) != anchor.hash:
                yield f"row {anchor.seq} is not that of the anchor: the ledger was written anew"


def _cases(connection: Connection, opened: Mapping[int, str]) -> Iterator[str]:
    """Cases that are not as they were opened."""
    kept = _subjects(connection)
    seen: set[int] = set()
    result = connection.execution_options(yield_per=_AT_ONCE).execute(select(CASE).order_by(CASE.c.case_id))
    for row in map(dict, result.mappings()):
        case_id = row["case_id"]
        seen.add(case_id)
        if case_id not in opened:
            yield f"case {case_id} was slipped in: no row of the ledger opens it"
        elif digest(row) != opened[case_id]:
            yield f"case {case_id} was altered since it was opened"
        elif kept.get(case_id, set()) != subjects_of(determination_of(row)):
            yield f"case {case_id}: what it is about was altered"
    for case_id in sorted(set(opened) - seen):
        yield f"case {case_id} is missing: deleted"


def _subjects(connection: Connection) -> dict[int, set[Subject]]:
    found: dict[int, set[Subject]] = {}
    for case_id, *subject in connection.execute(select(SUBJECT.c.case_id, SUBJECT.c.kind, SUBJECT.c.listed, SUBJECT.c.text)):
        found.setdefault(case_id, set()).add(Subject(*subject))
    return found
