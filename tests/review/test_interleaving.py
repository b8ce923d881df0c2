"""Whatever officers do, in whatever order: the chain holds, refused acts write nothing, and each state is what its events give."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.errors import ReviewError
from screening.review import DISPOSITIONS, CaseStore, Event, Wanted
from screening.review.state import state_of
from tests.review.conftest import new_place
from tests.review.determinations import TERMS, by, goods, party

PEOPLE = st.sampled_from([("amy", "officer"), ("bea", "supervisor"), ("boss", "supervisor"), ("vic", "viewer")])
ACTS = st.tuples(
    st.sampled_from(["decide", "confirm", "reject", "note", "assign", "receive", "register", "grant", "withdraw", "open"]),
    st.integers(1, 3),
    PEOPLE,
    st.sampled_from(DISPOSITIONS),
    st.integers(-1, 0),  # how many versions behind the actor is
    st.integers(0, 40),  # days later
)


def act(store: CaseStore, doing: tuple[str, int, tuple[str, str], str, int, int]) -> None:
    kind, case_id, person, disposition, behind, days = doing
    who = by(*person, days=days)
    seen = store.case(case_id).state.version + behind
    match kind:
        case "decide":
            store.decide(case_id, disposition, "any", who, seen, days=days or None if disposition == "held" else None)
        case "confirm":
            store.confirm(case_id, who, seen)
        case "reject":
            store.reject(case_id, who, seen, "no")
        case "note":
            store.note(case_id, "ключ", who, seen)
        case "assign":
            store.assign(case_id, person[0] if days else None, who, seen)
        case "receive":
            store.receive(case_id, "EUC 1", who, seen=seen)
        case "register":
            store.register("denials", {"denied_on": "2026-11-20"}, who, case_id if days else None)
        case "grant":
            store.grant_exception(case_id, "us-sdn:9647", who, (who.at.date()).replace(year=2027), seen)
        case "withdraw":
            store.withdraw(days, who, "annulled")
        case "open":
            store.open_cases([goods("G-1"), goods(f"G-{days}")], who)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=st.lists(ACTS, max_size=25))
def test_any_interleaving_keeps_the_ledger(
    kind: str, request: pytest.FixtureRequest, doings: list[tuple[str, int, tuple[str, str], str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = CaseStore.make(new_place(kind, request, Path(folder)), lambda: TERMS, by("boss", "supervisor"))
        store.open_cases([goods("G-1"), goods("G-2"), party("P-1")], by())
        anchors = [store.anchor()]
        for doing in doings:
            try:
                act(store, doing)
            except ReviewError:
                assert store.anchor() == anchors[-1]
            anchors.append(store.anchor())
        assert store.verify(anchors).fault is None
        for row in store.queue(Wanted(is_closed=None)):
            case = store.case(row.case_id)
            state = state_of((event.kind, event.details) for event in case.events)
            told = case.events[-1]
            assert (row.version, row.status, row.assignee, row.due_on) == (state.version, state.status, state.assignee, state.due_on)
            assert (told.version, told.status, told.disposition) == (len(case.events), state.status, state.disposition)
            _four_eyes_were_kept(case.events, case.determination)
        store.close()


def _four_eyes_were_kept(events: list[Event], determination: dict[str, Any]) -> None:
    """A disposition that needs a second person stands only by a supervisor's word on somebody else's proposal."""
    proposed = None
    for event in events:
        if event.kind == "proposed":
            proposed = event
        elif event.kind == "confirmed":
            assert proposed is not None
            assert event.role == "supervisor"
            assert event.actor != proposed.actor
        elif event.kind == "decided":
            assert not (determination["lane"] == "red" and event.details["disposition"] in ("false_positive", "released"))
