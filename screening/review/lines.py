"""Cases as lines of text for a person: the queue, and one case with its determination, precedents and history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from screening.explain import Line, explain
from screening.review.ledger import Event
from screening.review.precedents import Precedent
from screening.review.queue import Count, QueueRow
from screening.review.reading import Case
from screening.review.registers import Entry
from screening.review.state import State

_NOT_TOLD = ("policy", "case", "proposed_by", "contradicts", "disposition", "reason_code", "text", "held_on", "due_on", "days")
MOST_PRECEDENTS = 10
COUNT_HEADER = ["by", "", "cases", "open", "held", "overdue", "true match", "false positive", "released", "days"]
_DIMENSIONS = {"all": "", "customs_office": "office", "destination_country": "destination", "hs_chapter": "HS chapter"}


def queue_lines(rows: Iterable[QueueRow], today: date) -> Iterator[Line]:
    """Each case in three lines: its flag, what was declared, where it stands."""
    for row in rows:
        item = f"{row.declaration_id} item {row.item_number}"
        yield Line("flag", f"{row.flag:<22}{row.lane:<8}{row.jurisdiction:<7}case {row.case_id}  {item}")
        yield Line("text", row.description or f"HS {row.hs_code or 'not declared'}")
        where = f"{row.export_country or '?'} to {row.destination_country or '?'}"
        office = f", office {row.customs_office}" if row.customs_office else ""
        officer = f", with {row.assignee}" if row.assignee else ""
        yield Line("detail", f"{_words(row.status)}, {_days(row.age_days(today))} old, {where}{office}{officer}{_hold(row.due_on, today)}")


def case_lines(case: Case, precedents: Sequence[Precedent], today: date) -> Iterator[Line]:
    """A case whole, in the order in which an officer asks: where it stands, why, what was said before, what was done."""
    state = case.state
    yield Line("title", f"Case {case.case_id}, version {state.version}: {_words(state.status)}{_hold(state.due_on, today)}")
    yield from _standing(state)
    yield from explain(case.determination)
    if precedents:
        yield Line("heading", "Decided before on the like")
    yield from precedent_lines(precedents[:MOST_PRECEDENTS])
    if len(precedents) > MOST_PRECEDENTS:
        yield Line("text", f"{len(precedents) - MOST_PRECEDENTS} more; --json prints them all")
    yield Line("heading", "History")
    for event in case.events:
        yield from event_lines(event)
    kept = "the declared record is held" if case.declared else "the declared record is not held: it cannot be screened again from here"
    yield Line("detail", f"opened {case.row['opened_at'][:10]}; {kept}")


def precedent_lines(precedents: Iterable[Precedent]) -> Iterator[Line]:
    """Each precedent in two lines."""
    for one in precedents:
        cases = f"case {one.case_id}" if one.cases == 1 else f"{one.cases} cases, the newest case {one.case_id}"
        yield Line("text", f"{_words(one.disposition)}: {cases}, {one.at[:10]}")
        what = "listed party" if one.kind == "party" else "entry"
        yield Line("detail", f"'{one.text}' under {what} {one.listed}, {one.likeness:g} of 100 alike")


def event_lines(event: Event) -> Iterator[Line]:
    """What one event of a case says."""
    details = event.details
    said = _words(event.kind)
    if "disposition" in details:
        said += f" {_words(details['disposition'])} ({details['reason_code']})"
    if event.kind == "confirmed":
        said += f", proposed by {details['proposed_by']}"
    rest = [f"{name} {_told(value)}" for name, value in details.items() if name not in _NOT_TOLD and value]
    yield Line(
        "text", f"{event.at[:16].replace('T', ' ')}  {event.actor} ({event.role}): {said}" + (f": {'; '.join(rest)}" if rest else "")
    )
    if details.get("text"):
        yield Line("detail", details["text"])


def entry_lines(entries: Iterable[Entry]) -> Iterator[Line]:
    """Each entry of a register in two lines."""
    for one in entries:
        case = f", case {one.case_id}" if one.case_id is not None else ""
        yield Line("text", f"{one.register} entry {one.seq}: by {one.actor}, {one.at[:10]}{case}")
        yield Line("detail", _told(one.columns))


def count_rows(counts: Iterable[Count]) -> list[list[Any]]:
    """The numbers as rows under COUNT_HEADER, each dimension named once and no zero written out."""
    rows: list[list[Any]] = []
    named = ""
    for count in counts:
        dimension = "" if count.dimension == named else _DIMENSIONS.get(count.dimension, count.dimension)
        value = count.value or ("" if count.dimension == "all" else "not declared")
        named = count.dimension
        rows.append([dimension, value, *(number or None for number in count[2:-1]), count.median_days])
    return rows


def _standing(state: State) -> Iterator[Line]:
    if state.assignee:
        yield Line("text", f"with {state.assignee}")
    if state.proposal is not None:
        proposal = state.proposal
        yield Line("question", f"{_words(proposal.disposition)} ({proposal.reason_code}) is proposed by {proposal.actor}: another confirms")


def _hold(due_on: str | None, today: date) -> str:
    if due_on is None:
        return ""
    return f", hold until {due_on}" + (" OVERDUE" if due_on < today.isoformat() else "")


def _told(value: Any) -> str:
    return ", ".join(f"{name} {content}" for name, content in value.items()) if isinstance(value, dict) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
