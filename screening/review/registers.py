"""Registers that officers keep beside the cases (exceptions, licences, denials), written out as the files that screening reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from screening.errors import UnknownCaseError
from screening.parties.exceptions import COLUMNS as EXCEPTION_COLUMNS
from screening.review.ledger import Event, event_of
from screening.review.tables import EVENT

EXCEPTIONS = "exceptions"


class Entry(NamedTuple):
    """One entry of a register that stands: the number of its ledger row, who wrote it, the case it comes from, and its columns."""

    seq: int
    register: str
    actor: str
    at: str
    case_id: int | None
    columns: dict[str, str]


def entries(connection: Connection, register: str) -> list[Entry]:
    """The entries of a register that were not withdrawn, in the order in which they were written."""
    query = select(EVENT).where(EVENT.c.kind.in_(("registered", "withdrawn"))).order_by(EVENT.c.seq)
    found: dict[int, Entry] = {}
    for row in connection.execute(query).mappings():
        event = event_of(dict(row))
        if event.kind == "withdrawn":
            found.pop(event.details["entry"], None)
        elif event.details["register"] == register:
            found[event.seq] = _entry(event)
    return list(found.values())


def registers(connection: Connection) -> list[str]:
    """The names of the registers that have entries."""
    query = select(EVENT).where(EVENT.c.kind == "registered")
    return sorted({event_of(dict(row)).details["register"] for row in connection.execute(query).mappings()})


def entry(connection: Connection, seq: int) -> Entry:
    """The entry with a ledger number; raises UnknownCaseError where it does not stand."""
    row = connection.execute(select(EVENT).where(EVENT.c.seq == seq, EVENT.c.kind == "registered")).mappings().first()
    standing = entries(connection, event_of(dict(row)).details["register"]) if row is not None else []
    for one in standing:
        if one.seq == seq:
            return one
    raise UnknownCaseError(f"no entry {seq} stands in a register; stc review registers shows them")


def exception_of(match: dict[str, Any], actor: str, reason: str, decided_on: date, expires_on: date) -> dict[str, str]:
    """The exception for a party match of a determination, with the columns of the exceptions file."""
    return dict(
        zip(
            EXCEPTION_COLUMNS,
            (
                match["name"],
                match["list"],
                match["entity_id"],
                match["record"],
                actor,
                reason,
                decided_on.isoformat(),
                expires_on.isoformat(),
            ),
            strict=True,
        )
    )


def as_csv(found: Sequence[Entry], columns: Iterable[str] = ()) -> str:
    """The entries as CSV: these columns first, then every other that an entry has."""
    header = list(dict.fromkeys((*columns, *(name for one in found for name in one.columns))))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(one.columns for one in found)
    return out.getvalue()


def _entry(event: Event) -> Entry:
    return Entry(event.seq, event.details["register"], event.actor, event.at, event.case_id, event.details["columns"])
