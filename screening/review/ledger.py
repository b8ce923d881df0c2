"""The hash-chained ledger: each row holds the hash of the one before, so that none can be altered, removed, moved or slipped in unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from screening.errors import ReviewError
from screening.review.state import State
from screening.review.tables import EVENT

FIRST = "0" * 64
_HASHED = tuple(column.name for column in EVENT.columns if column.name != "hash")


class Event(NamedTuple):
    """One row of the ledger. ``case_id`` and ``version`` are None for what concerns no case; ``at`` is UTC, ISO 8601.

    ``status``, ``disposition``, ``assignee`` and ``due_on`` tell the state of the case after it.
    """

    seq: int
    case_id: int | None
    version: int | None
    at: str
    actor: str
    role: str
    kind: str
    status: str | None
    disposition: str | None
    assignee: str | None
    due_on: str | None
    details: dict[str, Any]
    prev_hash: str
    hash: str


class Anchor(NamedTuple):
    """The number and hash of the newest row at some time: kept elsewhere, it proves later that nothing up to it was cut or rewritten."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Anchor:
        """The anchor as it was printed; raises ReviewError."""
        seq, _, digest = text.strip().partition(":")
        if not seq.isdecimal() or len(digest) != len(FIRST):
            raise ReviewError(f"'{text.strip()[:80]}' is no anchor; stc review verify prints one as NUMBER:HASH")
        return cls(int(seq), digest)


def read_anchors(given: Iterable[str]) -> list[Anchor]:
    """Anchors as they were printed, or the files that hold them, one a line; raises ReviewError."""
    found: list[Anchor] = []
    for text in given:
        path = Path(text)
        found += map(Anchor.read, path.read_text(encoding="utf-8").split() if path.is_file() else [text])
    return found


class By(NamedTuple):
    """Who acts, in which role, and when (with a time zone)."""

    name: str
    role: str
    at: datetime


class Fact(NamedTuple):
    """What is to be written: its kind, the case it concerns with the state after it, and its details."""

    kind: str
    details: Mapping[str, Any]
    case_id: int | None = None
    state: State | None = None


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no blanks, ASCII, so that equal values have equal digests and every database keeps it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def storable(text: str) -> str:
    """A text as every database keeps it: without NUL, and without half characters.

    >>> storable("A\\0\\udc80B")
    'A?B'
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def utc(at: datetime) -> str:
    """A moment as the store writes it, in one form that sorts; raises ReviewError for one without a time zone."""
    if at.tzinfo is None:
        raise ReviewError(f"{at.isoformat()} has no time zone; the ledger keeps moments, not wall clocks")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value, as hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def row_hash(row: Mapping[str, Any]) -> str:
    """The hash of a ledger row: of everything it says, the hash of the row before it included."""
    return digest({name: row[name] for name in _HASHED})


def head(connection: Connection) -> Anchor:
    """The newest row."""
    row = connection.execute(select(EVENT.c.seq, EVENT.c.hash).order_by(EVENT.c.seq.desc()).limit(1)).first()
    return Anchor(row.seq, row.hash) if row is not None else Anchor(0, FIRST)


def append(connection: Connection, by: By, facts: Iterable[Fact]) -> list[Event]:
    """The events written, in order, in a transaction of ``Database.writing`` or ``Database.making``."""
    last = head(connection)
    at = utc(by.at)
    rows: list[dict[str, Any]] = []
    for fact in facts:
        state = fact.state
        row: dict[str, Any] = {
            "seq": last.seq + 1,
            "case_id": fact.case_id,
            "version": state.version if state else None,
            "at": at,
            "actor": by.name,
            "role": by.role,
            "kind": fact.kind,
            "status": state.status if state else None,
            "disposition": state.disposition if state else None,
            "assignee": state.assignee if state else None,
            "due_on": state.due_on if state else None,
            "details": canonical(fact.details),
            "prev_hash": last.hash,
        }
        row["hash"] = row_hash(row)
        last = Anchor(row["seq"], row["hash"])
        rows.append(row)
    if rows:
        connection.execute(insert(EVENT), rows)
    return [event_of(row) for row in rows]


def event_of(row: Mapping[str, Any]) -> Event:
    """An event of its row."""
    return Event(**{**row, "details": json.loads(row["details"])})


def faults(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What is wrong with rows in the order of their numbers, the first broken row named first."""
    last = Anchor(0, FIRST)
    for row in rows:
        if row["seq"] != last.seq + 1:
            gone = f"row {last.seq + 1} is" if row["seq"] == last.seq + 2 else f"rows {last.seq + 1} to {row['seq'] - 1} are"
            yield f"{gone} missing: deleted"
        if row_hash(row) != row["hash"]:
            yield f"row {row['seq']} was altered: it is not what its hash says"
        elif row["prev_hash"] != last.hash and row["seq"] == last.seq + 1:
            yield f"row {row['seq']} does not follow row {last.seq}: a row was altered, slipped in, removed or moved here"
        last = Anchor(row["seq"], row["hash"])
