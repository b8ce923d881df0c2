"""The reasoning of one item: what one changed fact would change, the way through the rules, what lies just under a limit."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from screening.counterfactuals import MOST_OF_A_FACT, MOST_TOLD
from screening.engine import Screener
from screening.single import determine

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def reasoned(screener: Screener) -> Any:
    def asked(jurisdiction: str = "EU", **record: Any) -> dict[str, Any]:
        record = {"declaration_id": "T-1", "export_country": "DE", "destination_country": "VN", **record}
        (found,) = determine(screener, record, as_of=DAY, jurisdictions=(jurisdiction,), limit=10, reasoned=True)
        return found

    return asked


def changes(record: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(change["field"], change["value"]): change["flag"] for change in record["counterfactuals"]}


def test_a_mixture_under_its_limit_is_not_controlled(reasoned: Any) -> None:
    found = reasoned(description="sodium cyanide")
    assert found["flag"] == "LICENCE_REQUIRED"
    assert changes(found)["concentration", "30 %"] == "NO_FINDING"
    assert found["counterfactuals"][0]["text"] == "at 30 % by weight"


def test_both_sides_of_an_unstated_limit_settle_a_review(reasoned: Any) -> None:
    found = reasoned(description="thermal imaging camera uncooled")
    assert found["flag"] == "REVIEW"
    told = changes(found)
    assert told["frame_rate", "9 Hz"] == "NO_FINDING"
    assert told["end_use_informed", "wmd"] == "LICENCE_REQUIRED"


def test_a_state_party_to_the_convention_is_another_answer(reasoned: Any) -> None:
    found = reasoned("CWC", description="thiodiglycol", destination_country="IL")
    assert found["flag"] == "PROHIBITED"
    assert ("destination_country", "NO_FINDING") in {(c["field"], c["flag"]) for c in found["counterfactuals"]}


def test_the_most_decisive_changes_are_told_first_and_few(reasoned: Any) -> None:
    found = reasoned(description="isostatic press 100 MPa inner diameter 300 mm", destination_country="JP")
    flags = [change["flag"] for change in found["counterfactuals"]]
    assert len(flags) <= MOST_TOLD
    assert flags[0] == "NO_FINDING"
    for change in found["counterfactuals"]:
        same = [c for c in found["counterfactuals"] if (c["field"], c["flag"]) == (change["field"], change["flag"])]
        assert len(same) <= MOST_OF_A_FACT


def test_a_change_is_what_the_engine_answers_to_the_changed_declaration(reasoned: Any) -> None:
    found = reasoned(description="isostatic press", attributes={"working_pressure": "100 MPa", "inner_diameter": "300 mm"})
    assert found["counterfactuals"]
    for change in found["counterfactuals"]:
        facts = {"working_pressure": "100 MPa", "inner_diameter": "300 mm"}
        is_fact = change["field"] in ("destination_country", "end_use_informed")
        again = {change["field"]: change["value"]} if is_fact else {"attributes": {**facts, change["field"]: change["value"]}}
        assert reasoned(**{"description": "isostatic press", "attributes": facts, **again})["flag"] == change["flag"]


def test_the_path_tells_what_held_and_what_was_silent_by_one_predicate(reasoned: Any) -> None:
    path = {step["rule_id"]: step for step in reasoned(description="sodium cyanide")["path"]}
    holds = path["eu-art-3-1"]
    assert (holds["outcome"], holds["of"], holds["law"].startswith("Regulation (EU) 2021/821")) == ("holds", "1C350.45", True)
    assert {p["truth"] for p in holds["predicates"]} == {"true"}
    assert next(p["read"] for p in holds["predicates"] if p["name"] == "destination_not") == {"destination_country": "VN"}
    close = path["eu-art-4-1-a"]
    assert [p["name"] for p in close["predicates"] if p["truth"] == "false"] == ["end_use_informed"]
    assert close["outcome"] == "close"


def test_an_unknown_predicate_asks(reasoned: Any) -> None:
    path = {step["rule_id"]: step for step in reasoned(description="thermal imaging camera uncooled")["path"]}
    assert path["eu-art-3-1"]["outcome"] == "asks"
    assert [p["name"] for p in path["eu-art-3-1"]["predicates"] if p["truth"] == "unknown"] == ["listed_in"]


def test_a_value_just_under_its_limit_is_told(reasoned: Any) -> None:
    near = reasoned(description="isostatic press", attributes={"working_pressure": "68.5 MPa", "inner_diameter": "300 mm"})["headroom"]
    assert {"list": "eu-dual-use", "code": "2B204.a", "missed_by_pct": 0.72} in near
    assert reasoned(description="isostatic press", attributes={"working_pressure": "20 MPa"})["headroom"] == []


def test_every_related_entry_is_answered(reasoned: Any, screener: Screener) -> None:
    found = reasoned(description="isostatic press 100 MPa inner diameter 300 mm")
    told = {(also["of"], also["code"]) for also in found["see_also"]}
    for candidate in found["candidates"]:
        if candidate["status"] != "hint":
            node = screener.goods.catalogue.find(candidate["list"], candidate["code"])
            assert node is not None
            assert {(candidate["code"], code) for entry in node.chain for code in entry.see_also} <= told
    assert told
    assert all(also["answer"] for also in found["see_also"])


def test_explain_tells_the_reasoning_from_the_declarations(tmp_path: Path) -> None:
    declared, results = tmp_path / "d.csv", tmp_path / "r.ndjson"
    declared.write_text("declaration_id,export_country,destination_country,description\nA-1,DE,VN,SODIUM CYANIDE\n", encoding="utf-8")
    run = CliRunner()
    assert run.invoke(main, ["screen", str(declared), "-o", str(results), "--jurisdiction", "EU"]).exit_code == 0
    plain = run.invoke(main, ["explain", str(results), "--declaration", "A-1"]).output
    assert "What one changed fact would change" not in plain
    asked = ["explain", str(results), "--declaration", "A-1", "--declarations", str(declared)]
    told = run.invoke(main, asked).output
    assert "at 30 % by weight: NO_FINDING (1C350.45 not met)" in told
    assert "Rules that hold" in told
    assert "Silent by one predicate" in told
    record = json.loads(run.invoke(main, [*asked, "--json"]).output)[0]
    assert {"path", "counterfactuals", "headroom", "see_also"} <= set(record)
    declared.write_text("declaration_id,description\nB-1,bowls\n", encoding="utf-8")
    refused = run.invoke(main, asked)
    assert refused.exit_code == 2
    assert "row 2 is not declaration A-1 item 1" in refused.stderr
