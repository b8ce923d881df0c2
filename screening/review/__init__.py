"""Officers' work on determinations: an append-only store of cases, dispositions and registers, with a ledger that proves itself.

terms = ReviewTerms.of(snapshot, policy)
store = CaseStore.make("review.db", lambda: terms, by)      # or CaseStore.open("postgresql://user@host/name", lambda: terms)
store.open_cases(records, by, declared_at(parts, places))   # records of section 2 of the contract
for row in store.queue(Wanted(lane="red")): ...
case = store.case(17)                                       # case.state.version is what an act on it must have seen
store.decide(17, "false_positive", "other_party", by, seen=case.state.version)
"""

from __future__ import annotations

from screening.review.cases import Opened, records_of
from screening.review.declared import declared_at, place_of
from screening.review.export import Replay, case_file, read_case, replay, write_case
from screening.review.ledger import Anchor, By, Event, read_anchors
from screening.review.lines import case_lines, precedent_lines, queue_lines
from screening.review.precedents import Precedent
from screening.review.queue import Count, QueueRow, Wanted
from screening.review.reading import Case
from screening.review.registers import Entry, as_csv
from screening.review.state import CLOSING, DISPOSITIONS, ROLES, STATUSES, Proposal, State
from screening.review.store import CaseStore, Decided
from screening.review.terms import ReviewTerms
from screening.review.verify import Verification

__all__ = [
    "CLOSING", "DISPOSITIONS", "ROLES", "STATUSES", "Anchor", "By", "Case", "CaseStore", "Count", "Decided", "Entry", "Event", "Opened",
    "Precedent", "Proposal", "QueueRow", "Replay", "ReviewTerms", "State", "Verification", "Wanted", "as_csv", "case_file", "case_lines",
    "declared_at", "place_of", "precedent_lines", "queue_lines", "read_anchors", "read_case", "records_of", "replay", "write_case",
]  # fmt: skip
