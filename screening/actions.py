"""What an officer can do next about a determination, as sentences that can be read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_BY_FLAG = {
    "PROHIBITED": "Do not release: stop the movement, examine goods and papers, and refer the case to the competent authority.",
    "LICENCE_REQUIRED": "Do not release without a licence: ask for it, examine goods and papers, and refer the case if there is none.",
    "REVIEW": "Settle what is open before release: ask the questions, compare the answers with the papers; refer what stays open.",
}
_TELLING_NOTES = ("licence_declared", "not_listed_claimed", "hold_clock")
MOST_PARTIES = 3


def actions(record: Mapping[str, Any]) -> Iterator[str]:
    """The steps for one determination (section 2 of the contract) flagged REVIEW or worse; none for another."""
    notes = {note["id"]: note["text"] for note in record["notes"] or ()}
    if record["flag"] not in _BY_FLAG:
        return
    if record["flag"] != "LICENCE_REQUIRED" or "licence_declared" not in notes:
        yield _BY_FLAG[record["flag"]]
    standing = {reason["entity"] for reason in record["reasons"] or () if reason["entity"] and not reason["lifted_by"]}
    matches = [match for match in record["party_matches"] or () if f"{match['list']}:{match['entity_id']}" in standing]
    for match in matches[:MOST_PARTIES]:
        declared = f"{match['role'].replace('_', ' ')} {match['name']}"
        listed = f"{match['listed_name']} ({match['list']} {match['entity_id']})"
        yield f"Compare the identity papers and registration of {declared} with the listing of {listed}."
    yield from (notes[name] for name in _TELLING_NOTES if name in notes)
