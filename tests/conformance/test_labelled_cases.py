"""The labelled trade-control cases through the engine with the official lists: the answers, and the law each rests on.

An outcome counts as right where the flag is the case's or one that the case accepts. Under EU law a State outside the Union exports from
Germany: the question of the case is what Union law would say.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from screening.engine import Screener
from screening.read import ReadOptions, read_records
from screening.write.nested import records
from tests.conformance.official import TODAY, Store

LEAST_RIGHT = 40
_JURISDICTION = {"EU_2021_821": "EU", "US_EAR": "US", "UN_EMBARGO": "UN", "CWC": "CWC", "CPPNM": "CPPNM", "JP_FEFTA": "JP", "UK": "UK",
                 "UNSCR_1540_GENERIC": "KH", "ANY": "EU"}  # fmt: skip
_FLAG = {"NO_LICENCE_REQUIRED": "NO_FINDING", "NOT_APPLICABLE": "NO_FINDING", "REVIEW": "REVIEW", "LICENCE_REQUIRED": "LICENCE_REQUIRED",
         "PROHIBITED": "PROHIBITED", "GA_CANDIDATE": "GENERAL_AUTHORISATION"}  # fmt: skip
_ROLE = {
    "declared end_user": "end_user",
    "agent": "intermediary",
    "forwarder": "freight_forwarder",
    "intermediate consignee": "intermediary",
}


class Outcome(NamedTuple):
    """One expected outcome and what the engine answers."""

    case: str
    jurisdiction: str
    expected: frozenset[str]
    answer: dict[str, Any]

    @property
    def is_right(self) -> bool:
        return self.answer["flag"] in self.expected


@pytest.fixture(scope="module")
def outcomes(shared: Path, official: Store) -> list[Outcome]:
    screener = Screener.open(store=official.editions, day=TODAY)
    union = screener.snapshot.country_set("eu", TODAY)
    found = []
    for line in (shared / "cases" / "cases-dev.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for expected in case["expected"]:
            jurisdiction = _JURISDICTION.get(expected["profile"])
            if expected["scoreable"] != "yes" or jurisdiction is None:
                continue
            (part,) = read_records([declaration(case, expected, jurisdiction, union)], ReadOptions(screener.snapshot))
            (answer,) = records(screener.determine(part, as_of=TODAY, jurisdictions=(jurisdiction,)).determinations)
            flags = frozenset(_FLAG[name] for name in (expected["determination"], *expected.get("acceptable", ())))
            found.append(Outcome(case["case_id"], jurisdiction, flags, answer))
    return found


def declaration(case: dict[str, Any], expected: dict[str, Any], jurisdiction: str, union: frozenset[str]) -> dict[str, Any]:
    """The declared part of a case, in the contract's names."""
    goods, destination = case["goods"], expected["destination_used"]
    origin = "DE" if jurisdiction == "EU" and case["exporting_country"] not in union else case["exporting_country"]
    whole = {
        "declaration_id": case["case_id"],
        "operation": {"transshipment": "transhipment"}.get(case["operation"], case["operation"]),
        "declared_on": expected["as_of"],
        "export_country": origin,
        "destination_country": destination,
        "transit_countries": [c for c in case["route"] if len(c) == 2 and c not in (origin, destination, "XX")],
        "description": goods["declared"] if expected["goods_used"] == "declared" else goods["actual"],
        "attributes": {k: str(v) for k, v in goods["attributes"].items() if v is not None and k not in ("category_expected", "entry")},
        "parties": [{"role": _ROLE.get(p["role"], p["role"]), "name": p["name"], "country": p["country"]} for p in case["parties"]],
        "hs_code": next(iter(goods["hs6"]), None),
        "cas_number": next(iter(goods["cas"]), None),
        "remarks": str(goods["quantity"]) if goods.get("quantity") else None,
    }
    return {name: value for name, value in whole.items() if value and value != "XX"}


def table(outcomes: list[Outcome]) -> Iterator[str]:
    """One line an outcome: case, law asked, answer, what was expected, and the law that the answer cites."""
    for one in outcomes:
        laws = [reason["law"] for reason in one.answer["reasons"] if not reason["lifted_by"]]
        wanted = " or ".join(sorted(one.expected))
        told = f"{one.case:6}{one.jurisdiction:6}{one.answer['flag']:22}{wanted:34}{laws[0] if laws else ''}"
        yield f"{'right' if one.is_right else 'WRONG':6}{told}"


def test_of_the_labelled_cases_forty_are_answered_right(outcomes: list[Outcome]) -> None:
    print("\n" + "\n".join(table(outcomes)))
    right = Counter(one.is_right for one in outcomes)
    print(f"{right[True]}/{len(outcomes)}")
    assert right[True] >= LEAST_RIGHT, "\n".join(line for line in table(outcomes) if line.startswith("WRONG"))


def test_every_answer_cites_its_law(outcomes: list[Outcome]) -> None:
    raised = [one for one in outcomes if one.answer["flag"] != "NO_FINDING"]
    assert raised
    assert [one.case for one in raised if not all(reason["law"] and reason["rule_id"] for reason in one.answer["reasons"])] == []


def test_no_case_that_is_free_is_flagged_as_licensable(outcomes: list[Outcome]) -> None:
    assert [
        one.case for one in outcomes if one.expected == {"NO_FINDING"} and one.answer["flag"] in ("LICENCE_REQUIRED", "PROHIBITED")
    ] == []
