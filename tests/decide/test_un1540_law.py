"""The model law under resolution 1540, and the States that take it: Cambodia, the Lao People's Democratic Republic, Mongolia."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.engine import Screener
from tests.conftest import Ask

TUBE = {"description": "Aluminium alloy tubes 7075-T6", "attributes": {"outer_diameter_mm": 104.8, "uts_MPa": 572}}  # 1C202.a
STATES = ("KH", "LA", "MN")


def of(found: dict[str, Any]) -> tuple[str, list[str]]:
    """The flag and the rules that stand, the gravest first."""
    return found["flag"], [reason["rule_id"] for reason in found["reasons"] if reason["lifted_by"] is None]


def notes(found: dict[str, Any]) -> dict[str, str]:
    return {note["id"]: note["text"] for note in found["notes"]}


@pytest.mark.parametrize("state", STATES)
def test_a_listed_good_needs_the_licence_of_the_states_own_authority(ask: Ask, screener: Screener, state: str) -> None:
    found = ask(state, export_country=state, **TUBE)
    assert of(found) == ("LICENCE_REQUIRED", [f"{state.lower()}-1540-export"])
    assert screener.snapshot.profiles[state].authority in found["reasons"][0]["text"]
    assert found["reasons"][0]["status"] == "verify"
    assert "model law" in notes(found)["rule_set"]


@pytest.mark.parametrize("state", STATES)
def test_transit_needs_a_licence_too(ask: Ask, state: str) -> None:
    found = ask(state, operation="transit", export_country="CN", **TUBE)
    assert of(found) == ("LICENCE_REQUIRED", [f"{state.lower()}-1540-transit"])


@pytest.mark.parametrize(("state", "flag"), [("KH", "LICENCE_REQUIRED"), ("LA", "NO_FINDING"), ("MN", "NO_FINDING")])
def test_an_operation_without_a_basis_is_a_legal_gap_and_no_licence_flag(ask: Ask, state: str, flag: str) -> None:
    found = ask(state, operation="brokering", export_country="CN", **TUBE)
    assert found["flag"] == flag
    assert ("out_of_scope" in notes(found)) == (flag == "NO_FINDING")


def test_only_a_state_with_a_known_hold_names_its_days(ask: Ask) -> None:
    assert "10 working days" in notes(ask("KH", export_country="KH", **TUBE))["hold_clock"]
    assert "hold_clock" not in notes(ask("LA", export_country="LA", **TUBE))


@pytest.mark.parametrize(
    ("declared", "flag"),
    [
        ({"description": "Saxitoxin", "cas_number": "35523-89-8"}, "LICENCE_REQUIRED"),
        ({"description": "Thiodiglycol", "cas_number": "111-48-8"}, "LICENCE_REQUIRED"),
        ({"description": "Printing ink, thiodiglycol 5 % w/w", "cas_number": "111-48-8"}, "NO_FINDING"),
        ({"description": "Triethanolamine 99 %", "cas_number": "102-71-6"}, "NO_FINDING"),
        (TUBE, "NO_FINDING"),
    ],
)
def test_imports_need_a_permit_for_the_most_sensitive_materials_alone(ask: Ask, declared: dict[str, Any], flag: str) -> None:
    assert ask("KH", operation="import", export_country="CN", destination_country="KH", **declared)["flag"] == flag


@pytest.mark.parametrize("state", STATES)
def test_the_catch_all_needs_the_authoritys_word(ask: Ask, state: str) -> None:
    pump = {"export_country": state, "description": "Garden hose"}
    assert of(ask(state, end_use_informed="wmd", **pump)) == ("LICENCE_REQUIRED", [f"{state.lower()}-1540-catch-all"])
    assert of(ask(state, end_use="nuclear research", **pump)) == ("REVIEW", [f"{state.lower()}-1540-suspected"])
    assert of(ask(state, **pump)) == ("NO_FINDING", [])


def test_embargoes_of_the_security_council_are_adopted_whole(ask: Ask) -> None:
    to = {"export_country": "KH", "destination_country": "KP", "declared_on": "2026-01-15"}
    pump = ask("KH", description="Water pump", hs_code="841370", **to)
    assert (pump["flag"], pump["reasons"][0]["rule_id"]) == ("PROHIBITED", "kh-un-kp-to-industry")
    assert of(ask("KH", description="Wrist watch of gold", hs_code="910111", **to)) == ("REVIEW", ["kh-un-kp-to-luxury"])
    coal = {"operation": "import", "export_country": "KP", "destination_country": "KH", "description": "Coal", "hs_code": "270112"}
    assert of(ask("KH", **coal)) == ("PROHIBITED", ["kh-un-kp-from-2371"])


@pytest.mark.parametrize(("day", "flag"), [("2026-01-15", "PROHIBITED"), ("2024-01-15", "LICENCE_REQUIRED")])
def test_measures_on_iran_apply_again_since_september_2025(ask: Ask, day: str, flag: str) -> None:
    assert ask("KH", export_country="KH", destination_country="IR", declared_on=day, **TUBE)["flag"] == flag


def test_a_military_good_asks_and_to_the_dprk_it_is_prohibited(ask: Ask) -> None:
    rifle = {"export_country": "KH", "description": "Military automatic rifle 5.56 mm", "control_code": "ML1.b"}
    assert of(ask("KH", **rifle))[0] == "REVIEW"
    assert ask("KH", **rifle | {"destination_country": "KP"})["flag"] == "PROHIBITED"


def test_a_party_on_the_security_council_list_is_prohibited(ask: Ask) -> None:
    buyer = {"buyer_name": "Korea Mining Development Trading Corporation", "buyer_country": "KP"}
    found = ask("MN", export_country="MN", description="Garden hose", **buyer)
    assert ("PROHIBITED", "mn-un-1718-party") in [(r["flag"], r["rule_id"]) for r in found["reasons"]]


def test_the_model_law_answers_by_itself(ask: Ask) -> None:
    assert of(ask("UN1540", export_country="TH", **TUBE)) == ("LICENCE_REQUIRED", ["1540-export"])


def test_a_placeholder_document_is_verified(ask: Ask) -> None:
    found = ask("KH", export_country="KH", documents="KH-NACW-PERMIT:1", **TUBE)
    assert (found["flag"], found["lane"]) == ("LICENCE_REQUIRED", "yellow")


def test_another_edition_than_the_law_names_is_said(screener: Screener) -> None:
    profile = screener.snapshot.profiles["KH"]
    pinned = profile.model_copy(
        update={"control_lists": tuple(one.model_copy(update={"edition": "2019-12-30"}) for one in profile.control_lists[:1])}
    )
    texts = [note["text"] for note in screener.decider._edition_notes(pinned, date(2026, 11, 24)) if note["id"] == "edition_not_held"]
    assert ["the law adopts the edition 2019-12-30" in text for text in texts] == [True]
