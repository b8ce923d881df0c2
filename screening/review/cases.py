"""Cases: one an item and jurisdiction whose determination asks for an officer, holding that determination whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import Connection, func, insert, select

from screening.decide.records import FLAGS
from screening.results import read_results
from screening.review.declared import PLACE, Place, place_of
from screening.review.ledger import By, Fact, append, canonical, digest, storable, utc
from screening.review.state import State, after
from screening.review.tables import CASE, SUBJECT
from screening.review.terms import ReviewTerms

GREEN = "green"
AT_ONCE = 1000  # cases opened in one transaction: others write between
_READ = 10_000  # determinations taken from a results file at once
_FOUND = (
    "declaration_id", "item_number", "jurisdiction", "source_file", "source_row", "flag", "lane", "description", "reasons", "candidates",
    "party_matches", "authorisations", "red_flags", "questions",
)  # fmt: skip
_COPIED = (
    "declaration_id", "item_number", "jurisdiction", "flag", "lane", "description", "hs_code", "export_country", "destination_country",
    "customs_office", "snapshot", "engine_version", "policy",
)  # fmt: skip


class Subject(NamedTuple):
    """What a case is about: a ``good`` under a listed entry or a ``party`` like a listed one, with the words declared."""

    kind: str
    listed: str
    text: str


class Opened(NamedTuple):
    """What came of opening: new cases, cases that hold the same finding already, and how many new ones lack what was declared."""

    opened: tuple[int, ...]
    known: tuple[int, ...]
    undeclared: int


def asks_for_an_officer(record: Mapping[str, Any]) -> bool:
    """Whether a determination becomes a case: it raises a flag, or its lane is not green."""
    return bool(record["flag"] != FLAGS[0] or record["lane"] != GREEN)


def records_of(results: Path) -> Iterator[list[dict[str, Any]]]:
    """The determinations of a results file (NDJSON or Parquet) that ask for an officer, some at a time; raises ResultFormatError."""
    for part in _asking(results).with_columns(pl.col("as_of").cast(pl.String)).iter_slices(_READ):
        yield part.to_dicts()


def places_of(results: Path) -> list[Place]:
    """Where the items of those determinations were declared."""
    return _asking(results).select(PLACE).unique().rows()


def _asking(results: Path) -> pl.DataFrame:
    return read_results(results).filter((pl.col("flag") != FLAGS[0]) | (pl.col("lane") != GREEN))


def identity_of(record: Mapping[str, Any]) -> str:
    """The digest of what was found of which item: equal under new lists that change nothing, so that nobody decides it twice."""
    return digest(stated({name: record[name] for name in _FOUND}))


def subjects_of(record: Mapping[str, Any]) -> set[Subject]:
    """The goods and parties that the reasons name; where they name none, the leading candidate and every party match."""
    entries = {reason["entry"] for reason in record["reasons"] or () if reason["entry"]}
    entities = {reason["entity"] for reason in record["reasons"] or () if reason["entity"]}
    if not entries and not entities:
        entries = {f"{candidate['list']}:{candidate['code']}" for candidate in (record["candidates"] or ())[:1]}
        entities = {f"{match['list']}:{match['entity_id']}" for match in record["party_matches"] or ()}
    matches = ((f"{match['list']}:{match['entity_id']}", match["name"]) for match in record["party_matches"] or ())
    parties = {Subject("party", listed, storable(name)) for listed, name in matches if listed in entities}
    words = storable(record["description"] or f"HS {record['hs_code'] or ''}")
    goods = {Subject("good", listed, words) for listed in entries}
    return parties | goods


def open_cases(
    connection: Connection,
    records: Sequence[Mapping[str, Any]],
    declared: Mapping[Place, Mapping[str, Any]],
    by: By,
    terms: ReviewTerms,
) -> Opened:
    """Opens a case for each record that asks for an officer and is not held yet, within a writing transaction."""
    told = {identity_of(record): record for record in records if asks_for_an_officer(record)}
    held = connection.execute(select(CASE.c.identity, CASE.c.case_id).where(CASE.c.identity.in_(told)))
    known: dict[str, int] = {row.identity: row.case_id for row in held}
    new = {identity: record for identity, record in told.items() if identity not in known}
    first = (connection.execute(select(func.max(CASE.c.case_id))).scalar() or 0) + 1
    rows = [_row(case_id, identity, record, declared, by, terms) for case_id, (identity, record) in enumerate(new.items(), first)]
    if not rows:
        return Opened((), tuple(known[identity] for identity in told), 0)
    connection.execute(insert(CASE), rows)
    subjects = [
        {"case_id": row["case_id"], **subject._asdict()}
        for row, record in zip(rows, new.values(), strict=True)
        for subject in sorted(subjects_of(record))
    ]
    if subjects:
        connection.execute(insert(SUBJECT), subjects)
    state = after(State(), "opened", {})
    append(connection, by, [Fact("opened", {"case": digest(row)}, row["case_id"], state) for row in rows])
    return Opened(tuple(row["case_id"] for row in rows), tuple(known.values()), sum(row["declared"] is None for row in rows))


def in_pieces(records: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """The records, as many at a time as are opened in one transaction."""
    left = iter(records)
    while piece := list(islice(left, AT_ONCE)):
        yield piece


def determination_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The determination that a case row holds."""
    found: dict[str, Any] = json.loads(row["determination"])
    return found


def _row(
    case_id: int, identity: str, record: Mapping[str, Any], declared: Mapping[Place, Mapping[str, Any]], by: By, terms: ReviewTerms
) -> dict[str, Any]:
    own = declared.get(place_of(record))
    return {
        "case_id": case_id,
        "identity": identity,
        "as_of": str(record["as_of"]),
        **{name: storable(value) if isinstance(value := record[name], str) else value for name in _COPIED},
        "hold_days": terms.days_of_hold(record["export_country"], record["jurisdiction"]),
        "opened_at": utc(by.at),
        "determination": canonical(record),
        "declared": canonical(own) if own is not None else None,
    }


def stated(value: Any) -> Any:
    """The value without what is blank, so that a list that is empty and one that is absent are one."""
    if isinstance(value, dict):
        return {key: kept for key, content in value.items() if (kept := stated(content)) not in (None, [], {})}
    if isinstance(value, (list, tuple)):
        return [stated(content) for content in value]
    return value
