"""A results file made into cases, with what was declared beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from control_lists.snapshot import Snapshot
from screening.read import ReadOptions, read
from screening.review.cases import Opened, places_of, records_of
from screening.review.declared import declared_at
from screening.review.ledger import By
from screening.review.store import CaseStore


def open_results(
    store: CaseStore,
    results: Path,
    declarations: Sequence[str],
    reading: tuple[str | None, Mapping[str, str], Mapping[str, str]],
    snapshot: Snapshot,
    by: By,
    step: Callable[[str], None],
) -> Opened:
    """Opens a case for each determination of ``results`` that asks for an officer; raises ResultFormatError, DeclarationFormatError.

    ``declarations`` are the files that were screened, ``reading`` the input format, blanks and columns they were read with.
    """
    declared = {}
    if declarations:
        step("reading what was declared")
        declared = declared_at(read(list(declarations), ReadOptions(snapshot, *reading)), places_of(results))
    opened = Opened((), (), 0)
    for records in records_of(results):
        one = store.open_cases(records, by, declared)
        opened = Opened(opened.opened + one.opened, opened.known + one.known, opened.undeclared + one.undeclared)
        step(f"opening cases: {len(opened.opened):,}")
    return opened
