"""A jurisdiction's rules as a page to read: what ``stc lists rules`` prints, made from the data alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from control_lists.models import Rule
from control_lists.snapshot import Snapshot


def rules_page(snapshot: Snapshot, jurisdiction: str) -> Iterator[str]:
    """The lines of a Markdown page: profile, counts, and each rule with its law, days, status, conditions and cases."""
    profile, rules = snapshot.profiles[jurisdiction], snapshot.rules[jurisdiction]
    yield f"# {profile.title} ({jurisdiction})"
    yield ""
    yield f"Authority: {profile.authority}. Operations: {', '.join(profile.operations)}. Law: {'; '.join(profile.cites)}."
    yield ""
    cases = Counter(example.outcome for rule in rules for example in rule.examples)
    laws = {cite for rule in rules for cite in rule.cites}
    verify = sum(rule.status == "verify" for rule in rules)
    yield f"{len(rules)} rules cite {len(laws)} places of law; {verify} are to be verified against the official text."
    yield f"Cases: {cases['fires']} that fire, {cases['silent']} that stay silent, {cases['unknown']} that ask."
    yield ""
    yield "| rule | brings | law | in force | status | cases |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        told = Counter(example.outcome for example in rule.examples)
        counts = ", ".join(f"{told[outcome]} {word}" for outcome, word in _WORDS.items() if told[outcome])
        cells = (f"`{rule.id}` {rule.title}", brings(rule), "; ".join(rule.cites), _days(rule), rule.status, counts)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def rules_table(snapshot: Snapshot, jurisdiction: str) -> list[dict[str, Any]]:
    """The same rules as records."""
    return [
        {
            "id": rule.id,
            "title": rule.title,
            "subject": rule.subject,
            "when": rule.when,
            "brings": brings(rule),
            "cites": list(rule.cites),
            "since": rule.since,
            "until": rule.until,
            "status": rule.status,
            "cases": dict(Counter(example.outcome for example in rule.examples)),
        }
        for rule in snapshot.rules[jurisdiction]
    ]


_WORDS: dict[Literal["fires", "silent", "unknown"], str] = {"fires": "fire", "silent": "silent", "unknown": "ask"}


def brings(rule: Rule) -> str:
    """What a rule that holds brings, in a word or two."""
    return rule.then.flag or (f"authorisation {rule.then.authorisation}" if rule.then.authorisation else f"note {rule.then.note}")


def _days(rule: Rule) -> str:
    if rule.since is None:
        return f"until {rule.until}" if rule.until else "as what it asks"
    return f"{rule.since} to {rule.until}" if rule.until else f"since {rule.since}"
