"""One question, one answer: a single record through the same line as a batch, by whichever door it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from screening.decide.gathered import GOODS_FIELDS
from screening.engine import Screener
from screening.errors import UsageError
from screening.read import read_records
from screening.reasoning import with_reasoning
from screening.write.nested import records

ENQUIRY = "enquiry"
"""The declaration of a question that belongs to none."""


def goods_record(
    description: str,
    *,
    hs_code: str | None = None,
    cas_number: str | None = None,
    attributes: Mapping[str, str] | None = None,
    export_country: str | None = None,
    destination_country: str | None = None,
    operation: str = "export",
) -> dict[str, Any]:
    """The declaration record of a question about one good."""
    return {
        "declaration_id": ENQUIRY,
        "description": description,
        "hs_code": hs_code,
        "cas_number": cas_number,
        "export_country": export_country,
        "destination_country": destination_country,
        "operation": operation,
        "attributes": dict(attributes or {}),
    }


def party_record(name: str, *, country: str | None = None, address: str | None = None, identifiers: Sequence[str] = ()) -> dict[str, Any]:
    """The declaration record of a question about one party."""
    one = {"role": "end_user", "name": name, "country": country, "address": address, "identifiers": list(identifiers)}
    return {"declaration_id": ENQUIRY, "parties": [{field: value for field, value in one.items() if value}]}


def determine(
    screener: Screener, record: Mapping[str, Any], *, as_of: date, jurisdictions: Sequence[str], limit: int, reasoned: bool = False
) -> list[dict[str, Any]]:
    """The determinations of one declaration record, ranked answers cut at ``limit``, each with its ``digest``.

    A party alone is answered under every law held that speaks of parties, unless ``jurisdictions`` are named. ``reasoned`` adds the way
    through the rules and what one changed fact would change. Raises UsageError for a record that says nothing.
    """
    (answer,) = determine_each(screener, [record], as_of=as_of, jurisdictions=jurisdictions, limit=limit)
    if isinstance(answer, UsageError):
        raise answer
    if reasoned:  # beside the record and its digest, which are the same by every door
        part = next(iter(read_records([{k: v for k, v in record.items() if v}], screener.reading)))
        answer = with_reasoning(screener, part, answer, as_of)
    return answer


def determine_each(
    screener: Screener, asked: Sequence[Mapping[str, Any]], *, as_of: date, jurisdictions: Sequence[str], limit: int
) -> list[list[dict[str, Any]] | UsageError]:
    """The answer to each of several questions that are asked together, the same as if each were asked alone; what cannot be read is
    answered with the error. All are answered under the same law, so that parties alone come together only with their like.
    """
    # Each is a declaration of its own while they are screened: nothing may be told of one from another.
    given = [{**{k: v for k, v in record.items() if v}, "declaration_id": str(number)} for number, record in enumerate(asked)]
    part = next(iter(read_records(given, screener.reading)))
    answers: list[list[dict[str, Any]] | UsageError] = [[] for _ in asked]
    for reject in part.rejects.iter_rows(named=True):
        answers[reject["row"] - 1] = UsageError(f"{reject['field']}: {reject['reason']}")
    if part.items.is_empty():
        return answers
    if not jurisdictions and all(is_party_alone(record) for record in asked):
        jurisdictions = screener.decider.party_jurisdictions
    for found in records(screener.determine(part, as_of=as_of, jurisdictions=jurisdictions).determinations):
        number = int(found["declaration_id"])
        ranked = {"candidates": found["candidates"][:limit], "party_matches": found["party_matches"][:limit]}
        own = {"declaration_id": asked[number].get("declaration_id") or ENQUIRY, "source_row": 1}
        answer = answers[number]
        assert not isinstance(answer, UsageError)
        answer.append(with_digest({**found, **ranked, **own}))
    return answers


def is_party_alone(record: Mapping[str, Any]) -> bool:
    """Whether a record speaks of parties and of no goods."""
    return bool(record.get("parties")) and not any(record.get(field) for field in GOODS_FIELDS)


def with_digest(record: Mapping[str, Any]) -> dict[str, Any]:
    """A determination with the SHA-256 of its content as canonical JSON: equal by whichever door it was asked for."""
    content = {field: value for field, value in record.items() if field != "digest"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return {**content, "digest": hashlib.sha256(text.encode()).hexdigest()}
