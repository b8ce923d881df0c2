"""The queue: cases with where they stand, the most pressing first; and the numbers a manager asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, case, func, select

from screening.decide.records import SEVERITY
from screening.review.state import CLOSING
from screening.review.tables import CASE, EVENT

_SHOWN = (
    "case_id", "declaration_id", "item_number", "jurisdiction", "flag", "lane", "description", "hs_code", "export_country",
    "destination_country", "customs_office", "opened_at",
)  # fmt: skip
_STATE = ("version", "status", "disposition", "assignee", "due_on", "at")
DIMENSIONS = ("flag", "lane", "jurisdiction", "customs_office", "destination_country", "hs_chapter")


class Wanted(NamedTuple):
    """Which cases of the queue are asked for; None is any. ``overdue_on`` asks for holds that ended before that day."""

    is_closed: bool | None = False
    status: str | None = None
    flag: str | None = None
    lane: str | None = None
    jurisdiction: str | None = None
    customs_office: str | None = None
    assignee: str | None = None
    declaration_id: str | None = None
    overdue_on: date | None = None


class QueueRow(NamedTuple):
    """A case in short. ``due_on``: the last day of its hold, where the clock runs; ``at``: when it last changed."""

    case_id: int
    declaration_id: str
    item_number: int
    jurisdiction: str
    flag: str
    lane: str
    description: str | None
    hs_code: str | None
    export_country: str | None
    destination_country: str | None
    customs_office: str | None
    opened_at: str
    version: int
    status: str
    disposition: str | None
    assignee: str | None
    due_on: str | None
    at: str

    def age_days(self, today: date) -> int:
        """Days since it was opened."""
        return (today - datetime.fromisoformat(self.opened_at).date()).days

    def is_overdue(self, today: date) -> bool:
        """Whether its hold ended before today."""
        return self.due_on is not None and self.due_on < today.isoformat()


class Count(NamedTuple):
    """Numbers of cases that share a value. ``median_days``: from opening to the last word, over those that are closed."""

    dimension: str
    value: str
    cases: int
    open: int
    held: int
    overdue: int
    true_match: int
    false_positive: int
    released: int
    median_days: float | None


def latest() -> Any:
    """The condition that joins a case with its newest event."""
    newest = EVENT.alias("newest")
    version = select(func.max(newest.c.version)).where(newest.c.case_id == CASE.c.case_id).scalar_subquery()
    return and_(EVENT.c.case_id == CASE.c.case_id, EVENT.c.version == version)


def _standing() -> Select[Any]:
    joined = CASE.join(EVENT, latest())
    return select(*(CASE.c[name] for name in _SHOWN), *(EVENT.c[name] for name in _STATE)).select_from(joined)


def _where(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.is_closed is not None:
        query = query.where(EVENT.c.status.in_(CLOSING) if wanted.is_closed else EVENT.c.status.not_in(CLOSING))
    for name in ("flag", "lane", "jurisdiction", "customs_office", "declaration_id"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(CASE.c[name] == value)
    for name in ("status", "assignee"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(EVENT.c[name] == value)
    if wanted.overdue_on is not None:
        query = query.where(EVENT.c.due_on < wanted.overdue_on.isoformat())
    return query


def queue(connection: Connection, wanted: Wanted, limit: int, offset: int) -> list[QueueRow]:
    """Cases in the order in which they press: holds by their last day, then flags by severity, then the oldest."""
    severity = case(SEVERITY, value=CASE.c.flag, else_=0)
    query = _where(_standing(), wanted).order_by(
        case((EVENT.c.due_on.is_(None), 1), else_=0), EVENT.c.due_on, severity.desc(), CASE.c.opened_at, CASE.c.case_id
    )
    return [QueueRow(*row) for row in connection.execute(query.limit(limit).offset(offset))]


def count(connection: Connection, wanted: Wanted) -> int:
    """How many cases are asked for."""
    return connection.execute(select(func.count()).select_from(_where(_standing(), wanted).subquery())).scalar_one()


def stats(connection: Connection, today: date) -> list[Count]:
    """Numbers of cases: of all, and by each value of each dimension."""
    groups: dict[tuple[str, str], list[QueueRow]] = {}
    for row in map(QueueRow._make, connection.execute(_standing().order_by(CASE.c.case_id))):
        groups.setdefault(("all", ""), []).append(row)
        for dimension in DIMENSIONS:
            value = (row.hs_code or "")[:2] if dimension == "hs_chapter" else getattr(row, dimension)
            groups.setdefault((dimension, value or ""), []).append(row)
    order = {name: number for number, name in enumerate(("all", *DIMENSIONS))}
    return [_count(*key, rows, today) for key, rows in sorted(groups.items(), key=lambda item: (order[item[0][0]], item[0][1]))]


def _count(dimension: str, value: str, rows: Iterable[QueueRow], today: date) -> Count:
    rows = list(rows)
    words = [row.status for row in rows]
    spans = [
        (datetime.fromisoformat(row.at) - datetime.fromisoformat(row.opened_at)).total_seconds() / 86400
        for row in rows
        if row.status in CLOSING
    ]
    return Count(
        dimension,
        value,
        len(rows),
        sum(word not in CLOSING for word in words),
        words.count("held"),
        sum(row.is_overdue(today) for row in rows),
        words.count("true_match"),
        words.count("false_positive"),
        words.count("released"),
        round(median(spans), 1) if spans else None,
    )
