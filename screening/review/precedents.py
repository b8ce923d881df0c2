"""Earlier dispositions on a like good or party: what was said of it before, and whether a new word contradicts it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from screening.normalise.likeness import likeness
from screening.parties.names import compare_names
from screening.review.cases import Subject
from screening.review.queue import latest
from screening.review.state import OPPOSED
from screening.review.tables import CASE, EVENT, SUBJECT

_ALIKE_GOODS = 0.6  # of the shorter description's words


class Precedent(NamedTuple):
    """Earlier cases under the same listed entry or party, with like words, that stand decided alike.

    ``likeness`` 0 to 100; ``cases`` is their number, ``case_id`` and ``at`` are of the newest.
    """

    kind: str
    listed: str
    text: str
    likeness: float
    disposition: str
    cases: int
    case_id: int
    at: str

    def contradicts(self, disposition: str) -> bool:
        """Whether it says the opposite of a disposition."""
        return OPPOSED.get(disposition) == self.disposition


def precedents(connection: Connection, case_id: int, name_threshold: float) -> list[Precedent]:
    """The precedents of a case, the likest first, then the newest; those that say a match or none before the others."""
    found: list[Precedent] = []
    own = connection.execute(select(SUBJECT.c.kind, SUBJECT.c.listed, SUBJECT.c.text).where(SUBJECT.c.case_id == case_id))
    for subject in [Subject(*row) for row in own]:
        decided = (
            select(SUBJECT.c.text, EVENT.c.disposition, func.count(), func.max(SUBJECT.c.case_id), func.max(EVENT.c.at))
            .select_from(SUBJECT.join(CASE, CASE.c.case_id == SUBJECT.c.case_id).join(EVENT, latest()))
            .where(SUBJECT.c.kind == subject.kind, SUBJECT.c.listed == subject.listed, SUBJECT.c.case_id != case_id)
            .where(EVENT.c.disposition.is_not(None))
            .group_by(SUBJECT.c.text, EVENT.c.disposition)
        )
        least = name_threshold if subject.kind == "party" else 100 * _ALIKE_GOODS
        for text, disposition, cases, newest, at in connection.execute(decided):
            alike = _likeness(subject, text)
            if alike >= least:
                found.append(Precedent(subject.kind, subject.listed, text, alike, disposition, cases, newest, at))
    found.sort(key=lambda one: (one.disposition not in OPPOSED, -one.likeness, -one.case_id))
    return found


def _likeness(subject: Subject, text: str) -> float:
    if subject.text == text:
        return 100.0
    return compare_names(subject.text, text).score if subject.kind == "party" else round(100 * likeness(subject.text, text), 1)
