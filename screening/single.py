"""One question, one answer: a single record through the same line as a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from screening.decide.gathered import GOODS_FIELDS
from screening.engine import Screener
from screening.errors import UsageError
from screening.read import ReadOptions, read_records
from screening.reasoning import with_reasoning
from screening.write.nested import records


def determine(
    screener: Screener, record: Mapping[str, Any], *, as_of: date, jurisdictions: Sequence[str], limit: int, reasoned: bool = False
) -> list[dict[str, Any]]:
    """The determinations of one declaration record, ranked answers cut at ``limit``.

    A party alone is answered under every law held that speaks of parties, unless ``jurisdictions`` are named. ``reasoned`` adds the way
    through the rules and what one changed fact would change. Raises UsageError for a record that says nothing.
    """
    part = next(iter(read_records([{k: v for k, v in record.items() if v}], ReadOptions(screener.snapshot))))
    if part.rejects.height:
        raise UsageError(f"{part.rejects.item(0, 'field')}: {part.rejects.item(0, 'reason')}")
    if not jurisdictions and record.get("parties") and not any(record.get(field) for field in GOODS_FIELDS):
        jurisdictions = screener.decider.party_jurisdictions
    found = records(screener.determine(part, as_of=as_of, jurisdictions=jurisdictions).determinations)
    if reasoned:
        found = with_reasoning(screener, part, found, as_of)
    return [{**one, "candidates": one["candidates"][:limit], "party_matches": one["party_matches"][:limit]} for one in found]
