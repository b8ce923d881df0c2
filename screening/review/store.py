"""The case store: officers' acts on cases, each one transaction and one row of the ledger."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

import screening
from screening.errors import NotAllowedError, ReviewError, UnknownCaseError
from screening.review import queue, registers
from screening.review.cases import Opened, asks_for_an_officer, determination_of, in_pieces, open_cases
from screening.review.database import Database
from screening.review.declared import Place
from screening.review.ledger import Anchor, By, Event, Fact, append, head
from screening.review.persons import officer, person, supervisor
from screening.review.precedents import Precedent, precedents
from screening.review.queue import Count, QueueRow, Wanted
from screening.review.reading import Case, case_of, case_row, state_seen, users
from screening.review.registers import EXCEPTIONS, Entry
from screening.review.state import ROLES, State, after
from screening.review.tables import EVENT
from screening.review.terms import ReviewTerms
from screening.review.verify import Verification, verify

FORMAT = 1
_UNSAID: Mapping[Place, Mapping[str, Any]] = {}


class Decided(NamedTuple):
    """What came of a disposition: the event, whether a second person must confirm it, and the precedents that it contradicts."""

    event: Event
    awaits_second: bool
    contradicts: list[Precedent]


class CaseStore:
    """A case store, opened once and used from any number of threads and processes.

    Every act takes ``by`` (who, in which role, when) and, where it rests on what an officer saw, ``seen``: the version of the case then.
    It raises StaleCaseError when the case changed since, NotAllowedError where the role or a second person is missing, UnknownCaseError
    and ReviewError; then nothing is written. What it returns is on the disk.
    """

    def __init__(self, database: Database, terms: Callable[[], ReviewTerms]) -> None:
        self._database = database
        self._terms_of = terms

    @classmethod
    def open(cls, where: str | Path, terms: Callable[[], ReviewTerms]) -> CaseStore:
        """The store at a path or an address; raises ReviewError where there is none. ``terms`` is called when an act first needs them."""
        store = cls(Database.open(where), terms)
        if not store._database.exists():
            raise ReviewError(f"{store.where}: no case store; stc review user NAME --role supervisor makes one with its first user")
        with store._database.reading() as connection:
            first = connection.execute(select(EVENT).order_by(EVENT.c.seq).limit(1)).mappings().first()
        if first is None or json.loads(first["details"]).get("format") != FORMAT:
            raise ReviewError(f"{store.where}: its ledger does not begin as one of this version ({FORMAT}) does")
        return store

    @classmethod
    def make(cls, where: str | Path, terms: Callable[[], ReviewTerms], by: By) -> CaseStore:
        """The store at a path or an address, made there where there is none."""
        database = Database.open(where)
        with database.making() as connection:
            if head(connection).seq == 0:
                begun = {"format": FORMAT, "store": uuid.uuid4().hex, "engine_version": screening.__version__}
                append(connection, officer(by), [Fact("store_made", begun)])
        return cls.open(where, terms)

    @property
    def where(self) -> str:
        """Where it lies, without a password."""
        return self._database.shown

    @cached_property
    def terms(self) -> ReviewTerms:
        """The terms under which cases are decided."""
        return self._terms_of()

    def close(self) -> None:
        """Gives back the connections."""
        self._database.close()

    # --------------------------------------------------------------------------------------------------- users
    def users(self) -> dict[str, str]:
        """Roles by name, as supervisors gave them."""
        with self._database.reading() as connection:
            return users(connection)

    def role_of(self, name: str) -> str:
        """The role of a person; raises UnknownCaseError for one who has none."""
        role = self.users().get(person(name))
        if role is None:
            raise UnknownCaseError(f"no user '{name}'; a supervisor adds one: stc review user NAME --role officer --as SUPERVISOR")
        return role

    def name_user(self, name: str, role: str, by: By) -> Event:
        """Gives a person a role: a supervisor does, or anyone while there is no user yet and the first is a supervisor."""
        if role not in ROLES:
            raise ReviewError(f"'{role}' is no role; it is one of {', '.join(ROLES)}")
        with self._database.writing() as connection:
            is_first = not users(connection)
            if is_first and role != "supervisor":
                raise NotAllowedError("the first user is a supervisor, who gives the others their roles")
            by = officer(by) if is_first else supervisor(by, "gives roles")
            return append(connection, by, [Fact("user_named", {"name": person(name), "role": role})])[0]

    # --------------------------------------------------------------------------------------------------- cases
    def open_cases(self, records: Iterable[Mapping[str, Any]], by: By, declared: Mapping[Place, Mapping[str, Any]] = _UNSAID) -> Opened:
        """Opens a case for each determination that asks for an officer; a finding that is held already is not opened again.

        ``records`` are those of section 2 of the contract; ``declared`` is what ``declared_at`` gives. A thousand cases are one
        transaction, so that a call that was broken off may be made again.
        """
        by, terms = officer(by), self.terms  # opened before others are kept waiting
        done = Opened((), (), 0)
        for piece in in_pieces(record for record in records if asks_for_an_officer(record)):
            with self._database.writing() as connection:
                one = open_cases(connection, piece, declared, by, terms)
            done = Opened(done.opened + one.opened, done.known + one.known, done.undeclared + one.undeclared)
        return done

    def queue(self, wanted: Wanted | None = None, limit: int = 100, offset: int = 0) -> list[QueueRow]:
        """The cases asked for (those not closed, unless ``wanted`` says so), the most pressing first."""
        with self._database.reading() as connection:
            return queue.queue(connection, wanted or Wanted(), limit, offset)

    def count(self, wanted: Wanted | None = None) -> int:
        """How many cases are asked for."""
        with self._database.reading() as connection:
            return queue.count(connection, wanted or Wanted())

    def stats(self, today: date) -> list[Count]:
        """Numbers of cases: of all, and by each value of flag, lane, jurisdiction, office, destination and HS chapter."""
        with self._database.reading() as connection:
            return queue.stats(connection, today)

    def case(self, case_id: int) -> Case:
        """A case with all that happened to it."""
        with self._database.reading() as connection:
            return case_of(connection, case_id)

    def precedents(self, case_id: int) -> list[Precedent]:
        """Earlier dispositions on a like good or party."""
        with self._database.reading() as connection:
            case_row(connection, case_id)
            return precedents(connection, case_id, self.terms.policy.name_threshold)

    # ---------------------------------------------------------------------------------------------------- acts
    def assign(self, case_id: int, assignee: str | None, by: By, seen: int | None = None) -> Event:
        """Gives the case to an officer, or to nobody."""
        return self._act(case_id, by, seen, "assigned", {"assignee": person(assignee) if assignee else None})

    def note(self, case_id: int, text: str, by: By, seen: int | None = None) -> Event:
        """Adds a note."""
        return self._act(case_id, by, seen, "noted", {"text": _said(text, "a note")})

    def receive(self, case_id: int, document: str, by: By, text: str = "", seen: int | None = None) -> Event:
        """Records that a document came: its kind and reference, as its bearer names it."""
        return self._act(case_id, by, seen, "document_received", {"document": _said(document, "a document"), "text": text})

    def decide(
        self, case_id: int, disposition: str, reason_code: str, by: By, seen: int | None, text: str = "", days: int | None = None
    ) -> Decided:
        """Says what an officer finds. Where the policy asks for a second person it is proposed only, and waits for ``confirm``.

        ``days``: working days of a hold, where they are not the state's. A hold that is renewed keeps its first day.
        """
        self.terms.require_reason(disposition, reason_code)
        if days is not None and (disposition != "held" or not 1 <= days <= 3660):
            raise ReviewError("the days of a hold are 1 to 3660 working days, and only 'held' has them")
        by = officer(by)
        with self._database.writing() as connection:
            row, state = case_row(connection, case_id), state_seen(connection, case_id, seen)
            if state.proposal is not None:
                raise ReviewError(f"case {case_id}: {state.proposal.disposition} is proposed and not confirmed; confirm or reject it first")
            against = [one for one in precedents(connection, case_id, self.terms.policy.name_threshold) if one.contradicts(disposition)]
            said = {
                "disposition": disposition, "reason_code": reason_code, "text": text, "days": days, "proposed_by": by.name,
                "contradicts": [one.case_id for one in against], "policy": self.terms.policy.digest,
            }  # fmt: skip
            awaits = self.terms.needs_second(disposition, row["flag"], row["lane"])
            details = said if awaits else {**said, **self._clock(row, state, disposition, days, by)}
            event = _append(connection, case_id, by, "proposed" if awaits else "decided", details, state)
        return Decided(event, awaits, against)

    def confirm(self, case_id: int, by: By, seen: int | None, text: str = "") -> Event:
        """Makes a proposed disposition stand: a supervisor other than who proposed it does."""
        by = supervisor(by, "confirms")
        with self._database.writing() as connection:
            row, state = case_row(connection, case_id), state_seen(connection, case_id, seen)
            proposal = state.proposal
            if proposal is None:
                raise ReviewError(f"case {case_id}: nothing is proposed")
            if proposal.actor == by.name:
                raise NotAllowedError(f"case {case_id}: {by.name} proposed it; another supervisor confirms")
            details = {
                "disposition": proposal.disposition, "reason_code": proposal.reason_code, "proposed_by": proposal.actor, "text": text,
                **self._clock(row, state, proposal.disposition, proposal.days, by),
            }  # fmt: skip
            return _append(connection, case_id, by, "confirmed", details, state)

    def reject(self, case_id: int, by: By, seen: int | None, text: str) -> Event:
        """Sets a proposal aside: a supervisor does, or who made it takes it back. The case stands as before."""
        by = officer(by)
        with self._database.writing() as connection:
            state = state_seen(connection, case_id, seen)
            if state.proposal is None:
                raise ReviewError(f"case {case_id}: nothing is proposed")
            if state.proposal.actor != by.name:
                supervisor(by, f"rejects, or {state.proposal.actor} takes it back")
            return _append(connection, case_id, by, "rejected", {"text": _said(text, "a rejection")}, state)

    # ----------------------------------------------------------------------------------------------- registers
    def grant_exception(self, case_id: int, listed: str, by: By, until: date, seen: int | None = None) -> list[Entry]:
        """Sets declared names of the case apart from a listed party (``list:entity_id``) until a day, as ``--exceptions`` reads it.

        Only on a case that stands as a false positive, so that the second person who confirmed it stands behind the exception too.
        """
        by = officer(by)
        today = by.at.date()
        most = today + timedelta(days=self.terms.policy.review.exception_days)
        if not today < until <= most:
            raise ReviewError(f"an exception ends after today and by {most}, not on {until}")
        with self._database.writing() as connection:
            row, state = case_row(connection, case_id), state_seen(connection, case_id, seen)
            if state.disposition != "false_positive" or state.proposal is not None:
                raise NotAllowedError(f"case {case_id} is {state.status}: an exception rests on a case that stands as false_positive")
            matches = {
                match["name"]: match
                for match in determination_of(row)["party_matches"] or ()
                if f"{match['list']}:{match['entity_id']}" == listed
            }
            if not matches:
                raise UnknownCaseError(f"case {case_id} has no match with '{listed}'; stc review show {case_id} prints them")
            reason = f"case {case_id}: {state.reason_code}"
            facts = []
            for match in matches.values():
                state = after(state, "registered", {})
                columns = registers.exception_of(match, by.name, reason, today, until)
                facts.append(Fact("registered", {"register": EXCEPTIONS, "columns": columns}, case_id, state))
            return [registers.entry(connection, event.seq) for event in append(connection, by, facts)]

    def register(self, register: str, columns: Mapping[str, str], by: By, case_id: int | None = None) -> Entry:
        """Writes an entry into a register of licences, denials or another; exceptions are granted on cases."""
        by = officer(by)
        if register == EXCEPTIONS:
            raise ReviewError("an exception is granted on a case")
        if not columns or not all(columns.values()):
            raise ReviewError("an entry has columns, each with a value")
        with self._database.writing() as connection:
            details = {"register": _said(register, "a register"), "columns": dict(columns)}
            if case_id is not None:
                event = _append(connection, case_id, by, "registered", details, state_seen(connection, case_id, None))
            else:
                event = append(connection, by, [Fact("registered", details)])[0]
            return registers.entry(connection, event.seq)

    def withdraw(self, seq: int, by: By, text: str) -> Event:
        """Takes an entry out of its register; it stays in the ledger."""
        by = officer(by)
        with self._database.writing() as connection:
            one = registers.entry(connection, seq)
            details = {"register": one.register, "entry": seq, "text": _said(text, "a withdrawal")}
            if one.case_id is not None:
                return _append(connection, one.case_id, by, "withdrawn", details, state_seen(connection, one.case_id, None))
            return append(connection, by, [Fact("withdrawn", details)])[0]

    def entries(self, register: str) -> list[Entry]:
        """The entries of a register that stand."""
        with self._database.reading() as connection:
            return registers.entries(connection, register)

    def exceptions(self, day: date) -> list[Entry]:
        """The exceptions that stand and did not end before or on a day."""
        return [one for one in self.entries(EXCEPTIONS) if day.isoformat() < one.columns["expires_on"]]

    def registers(self) -> list[str]:
        """The names of the registers that have entries."""
        with self._database.reading() as connection:
            return registers.registers(connection)

    # -------------------------------------------------------------------------------------------------- ledger
    def anchor(self) -> Anchor:
        """The newest row of the ledger, to be kept elsewhere."""
        with self._database.reading() as connection:
            return head(connection)

    def verify(self, anchors: Sequence[Anchor] = ()) -> Verification:
        """The whole ledger and every case recomputed; held against anchors that were kept."""
        with self._database.reading() as connection:
            return verify(connection, anchors)

    # ------------------------------------------------------------------------------------------------ plumbing
    def _act(self, case_id: int, by: By, seen: int | None, kind: str, details: Mapping[str, Any]) -> Event:
        by = officer(by)
        with self._database.writing() as connection:
            return _append(connection, case_id, by, kind, details, state_seen(connection, case_id, seen))

    def _clock(self, row: Mapping[str, Any], state: State, disposition: str, days: int | None, by: By) -> dict[str, str | None]:
        """First and last day of the hold after a disposition; a renewed hold is counted from its first day."""
        if disposition != "held":
            return {"held_on": state.held_on, "due_on": state.due_on}
        begun = date.fromisoformat(state.held_on) if state.held_on else by.at.date()
        days = days or row["hold_days"]
        due = self.terms.last_day(row["export_country"], begun, days).isoformat() if days else None
        return {"held_on": begun.isoformat(), "due_on": due}


def _append(connection: Connection, case_id: int, by: By, kind: str, details: Mapping[str, Any], state: State) -> Event:
    return append(connection, by, [Fact(kind, details, case_id, after(state, kind, details))])[0]


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise ReviewError(f"{what} has words")
    return text.strip()
