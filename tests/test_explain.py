"""A determination told to a person: nothing twice, and not a screen for each of a name's many listings."""

from __future__ import annotations

from typing import Any

from screening.explain import explain_all

EFFECT = "Nothing may reach this party."


def match(entity_id: str, effect: str = EFFECT) -> dict[str, Any]:
    return {
        "role": "end_user", "name": "Quillmark", "list": "north", "entity_id": entity_id, "listed_name": f"Quillmark {entity_id}",
        "score": 91.0, "strength": "possible", "evidence": [], "effect": effect, "why": ["the names are alike, not equal"],
        "record": "r", "same_as": None,
    }  # fmt: skip


def reason(entity_id: str, text: str) -> dict[str, Any]:
    return {
        "rule_id": "eu-party", "flag": "REVIEW", "law": "the law", "text": text, "entry": None, "entity": f"north:{entity_id}",
        "status": "read", "lifted_by": None, "evidence": [],
    }  # fmt: skip


def record(jurisdiction: str, flag: str = "NO_FINDING", **fields: Any) -> dict[str, Any]:
    return {
        "declaration_id": "A-1", "item_number": 1, "jurisdiction": jurisdiction, "as_of": "2026-11-24", "flag": flag, "lane": "yellow",
        "description": None, "hs_code": None, "reasons": [], "candidates": [], "party_matches": [], "authorisations": [],
        "red_flags": [], "questions": [], "notes": [], "snapshot": "0" * 64, "engine_version": "0", "policy": "p", **fields,
    }  # fmt: skip


def told(*records: dict[str, Any]) -> list[str]:
    return [line.text for line in explain_all(records)]


def test_party_matches_are_told_once_for_all_laws() -> None:
    matches = [match("N-1")]
    lines = told(
        record("UN", party_matches=matches),
        record("EU", "REVIEW", party_matches=matches, reasons=[reason("N-1", "Quillmark is listed.")]),
        record("JP", "REVIEW", party_matches=matches),
        record("US", "PROHIBITED", party_matches=matches),
    )
    assert sum("score 91" in line for line in lines) == 1
    assert lines.count("the same matches as under US") == 1
    assert lines[-4:-1] == [
        "The same parties under other laws (--jurisdiction tells one in full)",
        "REVIEW   lane yellow   under EU",
        "law: the law  rule eu-party",
    ]
    assert lines[-1] == "NO_FINDING under UN (item 1)"


def test_a_lone_finding_of_nothing_is_told() -> None:
    lines = told(record("EU"), record("UN"))
    assert lines[0] == "A-1 item 1 under EU on 2026-11-24"
    assert lines[-1] == "NO_FINDING under UN (item 1)"


def test_what_a_listing_means_is_said_once() -> None:
    lines = told(record("EU", "REVIEW", party_matches=[match("N-1"), match("N-2")]))
    assert lines.count(EFFECT) == 1
    assert lines.count("what this listing means is said above") == 1
    lines = told(record("EU", "REVIEW", reasons=[reason("N-1", f"Quillmark is listed. {EFFECT}")], party_matches=[match("N-1")]))
    assert EFFECT not in lines


def test_many_reasons_of_one_rule_are_counted() -> None:
    lines = told(record("EU", "REVIEW", reasons=[reason(f"N-{n}", f"matches firm {n}") for n in range(40)]))
    assert [line for line in lines if "matches firm" in line] == [
        "REVIEW: matches firm 0",
        "REVIEW: matches firm 1",
        "REVIEW: matches firm 2",
    ]
    assert "REVIEW: 37 more reasons of rule eu-party; --json prints them all" in lines


def test_red_flags_are_told_by_family_and_once_for_all_laws() -> None:
    def flag(id_: str, family: str, weight: int) -> dict[str, Any]:
        return {"id": id_, "family": family, "weight": weight, "lane": "yellow", "fields": ["description"], "text": f"{id_} is seen."}

    flags = [flag("RF08", "party", 2), flag("RF02", "route", 2), flag("RF10", "party", 3)]
    lines = told(record("EU", "REVIEW", red_flags=flags), record("UN", "NO_FINDING", red_flags=flags))
    start = lines.index("Red flags (they move the lane and ask; they decide no licence)")
    assert lines[start + 1 : start + 7] == [
        "party: RF10 is seen.",
        "RF10, weight 3; read from description",
        "party: RF08 is seen.",
        "RF08, not counted beside the heavier; read from description",
        "route: RF02 is seen.",
        "RF02, weight 2; read from description",
    ]
    assert sum("RF10 is seen" in line for line in lines) == 1
    assert lines[-1] == "NO_FINDING under UN (item 1)"
