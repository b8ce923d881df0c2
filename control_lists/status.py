"""What is loaded: editions, ages, coverage and counts, as ``stc lists status`` shows them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from control_lists.check import counted
from control_lists.snapshot import Snapshot


class ListStatus(NamedTuple):
    """One list: what it is, how old, how much of it is held."""

    id: str
    title: str
    kind: str
    jurisdiction: str
    edition: str
    since: date
    coverage: str
    entries: int
    names: int
    review_on: date
    is_overdue: bool
    digest: str
    origin: str
    age_days: int
    effect: str


class RuleStatus(NamedTuple):
    """One rule set: how many rules, and how many still to be verified against the official text."""

    id: str
    title: str
    authority: str
    states: int
    rules: int
    to_verify: int


def status(snapshot: Snapshot, day: date) -> list[ListStatus]:
    """One row a list, in order of kind and id, its age judged on ``day``."""
    rows = []
    for loaded in snapshot.lists.values():
        meta = loaded.meta
        listed = loaded.entities.listed_on(day)
        names = listed.names().height
        count = len(listed) if meta.kind == "parties" else len(counted(loaded))
        rows.append(
            ListStatus(
                meta.id, meta.title, meta.kind, meta.jurisdiction, meta.edition, meta.since, meta.coverage, count, names, meta.review_on,
                day >= meta.review_on, loaded.digest, loaded.origin, (day - meta.since).days,
                meta.effect or " ".join(dict.fromkeys(p.effect for p in meta.programmes[:1])),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.kind, row.id))


def rule_status(snapshot: Snapshot) -> list[RuleStatus]:
    """One row a jurisdiction."""
    return [
        RuleStatus(
            j,
            profile.title,
            profile.authority,
            len(profile.states),
            len(snapshot.rules[j]),
            sum(rule.status == "verify" for rule in snapshot.rules[j]),
        )
        for j, profile in sorted(snapshot.profiles.items())
    ]
