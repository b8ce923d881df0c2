"""How deep every entry of every goods list is modelled: what ``stc lists check --coverage`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from control_lists.check import leaves
from control_lists.codes.control_code import is_under
from control_lists.snapshot import Snapshot
from screening.goods.catalogue import Catalogue
from screening.goods.coverage import coverage_of

CONTAINER = "paragraphs"


class EntryDepth(NamedTuple):
    """One entry: ``depth`` is criteria, terms, pointer, or ``paragraphs`` of a heading that speaks through those below it alone."""

    list_id: str
    code: str
    title: str
    depth: str
    terms: int
    criteria: int
    unmapped: int  # codes at or below it whose printed limits no criterion carries
    why: str


def depth(snapshot: Snapshot) -> list[EntryDepth]:
    """The depth of every entry of every goods list, in list and print order."""
    catalogue = Catalogue(snapshot)
    parents = {(list_id, entry.parent) for list_id, loaded in snapshot.lists.items() for entry in loaded.entries}
    rows = []
    for node in catalogue.nodes.values():
        entry, own = node.entry, coverage_of(node, catalogue)
        is_container = own.depth == "pointer" and node.key in parents
        left = sum(is_under(code, entry.code) for code in catalogue.unmapped.get(node.list_id, {}))
        limits = sum(1 for _ in leaves(entry.criteria))
        rows.append(
            EntryDepth(
                node.list_id, entry.code, entry.title, CONTAINER if is_container else own.depth, len(entry.terms), limits, left,
                "" if is_container else own.why or "",
            )
        )  # fmt: skip
    return rows


def totals(rows: Sequence[EntryDepth]) -> dict[str, dict[str, int]]:
    """How many entries of each list are of each depth."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.list_id, Counter())[row.depth] += 1
    return {list_id: dict(sorted(count.items())) for list_id, count in counts.items()}
