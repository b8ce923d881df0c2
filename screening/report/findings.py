"""The flagged items of a report, the worst first: what was declared, why it is flagged under which law, the evidence, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl

from screening.decide.records import FLAGS, INTERNATIONAL, SEVERITY
from screening.explain import MOST_OF_A_RULE
from screening.report.totals import IS_RAISED, ITEM, LANES

MOST_EVIDENCE = 4
"""Comparisons and criteria that are written out of one candidate or match; ``stc explain`` prints them all."""
_STATUS = {"met": "met", "not_met": "not met", "not_stated": "not stated"}

_PLAIN = (
    "declaration_id", "item_number", "jurisdiction", "flag", "lane", "description", "hs_code", "destination_country", "customs_office",
    "severity", "place", "item_lane", "item_flag",
)  # fmt: skip
_NESTED = {
    "reasons": ("rule_id", "flag", "law", "text", "status", "lifted_by"),
    "candidates": ("list", "code", "title", "score", "status", "criteria", "evidence"),
    "party_matches": ("role", "name", "list", "entity_id", "listed_name", "score", "strength"),
    "red_flags": ("id", "text"),
    "questions": (),
    "notes": (),
}


class Reason(NamedTuple):
    """One reason under one law; ``more``: how many others of the same rule are not written out."""

    jurisdiction: str
    flag: str
    text: str
    law: str
    rule_id: str
    is_unverified: bool
    lifted_by: str
    more: int


class Finding(NamedTuple):
    """One flagged item over all laws that answered for it."""

    declaration_id: str
    item_number: int
    flag: str
    lane: str
    severity: int
    description: str
    hs_code: str
    office: str
    destination: str
    as_of: str
    laws: tuple[tuple[str, str], ...]  # jurisdiction, flag
    reasons: tuple[Reason, ...]
    evidence: tuple[str, ...]
    red_flags: tuple[str, ...]
    questions: tuple[str, ...]
    notes: tuple[str, ...]


def findings(results: pl.LazyFrame, items: pl.DataFrame, country_names: Mapping[str, str], most: int) -> list[Finding]:
    """The ``most`` worst items to look at. ``items`` as of ``totals.items_of``."""
    worst = (
        items.filter(IS_RAISED)
        .sort("severity", "rank", *ITEM, descending=[True, False, False, False, False, False])
        .head(most)
        .select(*ITEM, "severity", place=pl.int_range(pl.len()), item_lane="lane", item_flag="flag")
    )
    rows = (
        results.join(worst.lazy(), on=ITEM, how="inner", nulls_equal=True)
        .sort("place", maintain_order=True)
        .select(*_PLAIN, pl.col("as_of").cast(pl.String), *(_of_raised(name, fields) for name, fields in _NESTED.items()))
        .collect()
    )
    found = []
    for _, group in groupby(rows.iter_rows(named=True), key=lambda row: row["place"]):
        found.append(_finding(list(group), country_names))
    return found


def _of_raised(name: str, fields: Sequence[str]) -> pl.Expr:
    """A nested column of the determinations that are raised, its records with these ``fields`` alone: what is not shown is not read."""
    kept = pl.col(name).list.eval(pl.struct(pl.element().struct.field(*fields))) if fields else pl.col(name)
    return pl.when(IS_RAISED).then(kept).alias(name)


def _finding(records: list[dict[str, Any]], country_names: Mapping[str, str]) -> Finding:
    records.sort(key=lambda record: (-SEVERITY[record["flag"]], record["jurisdiction"] in INTERNATIONAL, record["jurisdiction"]))
    first = records[0]
    raised = [record for record in records if record["flag"] != FLAGS[0] or record["lane"] != LANES[-1]]
    destination = first["destination_country"]
    return Finding(
        first["declaration_id"], first["item_number"], first["item_flag"], first["item_lane"], first["severity"],
        first["description"] or "", first["hs_code"] or "", first["customs_office"] or "",
        country_names.get(destination, destination) if destination else "", first["as_of"],
        tuple((record["jurisdiction"], record["flag"]) for record in records),
        tuple(reason for record in raised for reason in _reasons(record["jurisdiction"], record["reasons"] or ())),
        _distinct(line for record in raised for line in _evidence(record)),
        _distinct(f"{flag['id']}: {flag['text']}" for record in raised for flag in record["red_flags"] or ()),
        _distinct(question for record in raised for question in record["questions"] or ()),
        _distinct(note["text"] for record in raised for note in record["notes"] or ()),
    )  # fmt: skip


def _reasons(jurisdiction: str, reasons: Sequence[Mapping[str, Any]]) -> Iterator[Reason]:
    """Reasons of one law; of several that one rule gave with the same flag, the first ones."""
    counted: dict[tuple[str, str], int] = {}
    for reason in reasons:
        counted[reason["rule_id"], reason["flag"]] = counted.get((reason["rule_id"], reason["flag"]), 0) + 1
    told: dict[tuple[str, str], int] = {}
    for reason in reasons:
        key = reason["rule_id"], reason["flag"]
        told[key] = told.get(key, 0) + 1
        if told[key] <= MOST_OF_A_RULE:
            more = counted[key] - MOST_OF_A_RULE if told[key] == MOST_OF_A_RULE else 0
            yield Reason(
                jurisdiction, reason["flag"], reason["text"], reason["law"], reason["rule_id"], reason["status"] == "verify",
                reason["lifted_by"] or "", more,
            )  # fmt: skip


def _evidence(record: Mapping[str, Any]) -> Iterator[str]:
    for candidate in record["candidates"] or ():
        if candidate["status"] == "hint":
            continue
        status = candidate["status"].replace("_", " ")
        yield f"{candidate['list']} {candidate['code']}, {candidate['title']}: score {candidate['score']:g}, {status}"
        for one in (candidate["evidence"] or ())[:MOST_EVIDENCE]:
            yield f"{one['field']}: “{one['declared']}” as {one['comparison'].replace('_', ' ')} “{one['listed']}”"
        for criterion in (candidate["criteria"] or ())[:MOST_EVIDENCE]:
            declared = f", declared {criterion['declared']}" if criterion["declared"] else ""
            yield f"{_STATUS[criterion['status']]}: {criterion['listed']}{declared}"
    for match in record["party_matches"] or ():
        listed = f"{match['listed_name']}, {match['list']} {match['entity_id']}"
        yield f"{match['role']} “{match['name']}” as {listed}: score {match['score']:g}, {match['strength']}"


def _distinct(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
