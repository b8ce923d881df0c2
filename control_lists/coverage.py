"""How deep each goods list is described: what ``stc lists check --coverage`` prints."""

from __future__ import annotations

from typing import NamedTuple

from control_lists.codes.control_code import is_under
from control_lists.snapshot import Snapshot


class Depth(NamedTuple):
    """One entry's depth: number of terms, criteria, exclusions and HS links on it and below."""

    list_id: str
    code: str
    title: str
    terms: int
    criteria: int
    exclusions: int
    hs: int
    substances: int


def coverage(snapshot: Snapshot) -> list[Depth]:
    """The depth of every heading (an entry without a parent) of every goods list, in list and code order."""
    listed: dict[tuple[str, str], int] = {}
    for substance in snapshot.substances.values():
        for listing in substance.listings:
            listed[listing.list, listing.code] = listed.get((listing.list, listing.code), 0) + 1
    rows = []
    for list_id, loaded in sorted(snapshot.lists.items()):
        for heading in (e for e in loaded.entries if e.parent is None):
            family = [e for e in loaded.entries if is_under(e.code, heading.code)]
            rows.append(
                Depth(
                    list_id,
                    heading.code,
                    heading.title,
                    sum(len(e.terms) for e in family),
                    sum(len(e.criteria) for e in family),
                    sum(len(e.exclusions) for e in family),
                    sum(len(e.hs) for e in family),
                    sum(listed.get((list_id, e.code), 0) for e in family),
                )
            )
    return rows
