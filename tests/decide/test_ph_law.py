"""The Strategic Trade Management Act of the Philippines, phase by phase."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Ask

TUBE = {"description": "Aluminium alloy tubes 7075-T6", "attributes": {"outer_diameter_mm": 104.8, "uts_MPa": 572}}  # 1C202.a


def of(found: dict[str, Any]) -> tuple[str, list[str]]:
    """The flag and the rules that stand, the gravest first."""
    return found["flag"], [reason["rule_id"] for reason in found["reasons"] if reason["lifted_by"] is None]


def notes(found: dict[str, Any]) -> list[str]:
    return [note["id"] for note in found["notes"]]


def ph(ask: Ask, **record: Any) -> dict[str, Any]:
    return ask("PH", **{"export_country": "PH", **record})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-05-01", ("NO_FINDING", [])),
        ("2020-07-01", ("REVIEW", ["ph-export-phase"])),
        ("2022-12-31", ("REVIEW", ["ph-export-phase"])),
        ("2023-01-01", ("LICENCE_REQUIRED", ["ph-export"])),
        ("2026-01-15", ("LICENCE_REQUIRED", ["ph-export"])),
    ],
)
def test_the_phases_of_export_authorisation(ask: Ask, day: str, expected: tuple[str, list[str]]) -> None:
    assert of(ph(ask, declared_on=day, **TUBE)) == expected


def test_before_the_first_phase_a_note_says_so(ask: Ask) -> None:
    assert "ph_phase" in notes(ph(ask, declared_on="2018-05-01", **TUBE))


def test_the_answer_says_which_annexes_were_compared(ask: Ask) -> None:
    found = ph(ask, description="Plastic storage bowls 16 cm", hs_code="392410")
    assert (of(found), "rule_set" in notes(found)) == (("NO_FINDING", []), True)


def test_military_goods_are_annex_1(ask: Ask) -> None:
    assert ph(ask, description="Military automatic rifle 5.56 mm", control_code="ML1.b")["reasons"][0]["rule_id"] == "ph-export"


def test_an_entry_of_the_union_alone_asks(ask: Ask) -> None:
    flag, rules = of(ph(ask, description="Cryogenic component", control_code="3A504.a"))
    assert (flag, "ph-union-series" in rules) == ("REVIEW", True)


@pytest.mark.parametrize(
    ("operation", "route", "rule"),
    [
        ("import", {"export_country": "CN", "destination_country": "PH"}, "ph-import"),
        ("transit", {"export_country": "CN"}, "ph-transit"),
        ("transhipment", {"export_country": "CN"}, "ph-transit"),
        ("brokering", {"export_country": "CN"}, "ph-services"),
        ("technical_assistance", {}, "ph-services"),
    ],
)
def test_operations_whose_phase_was_not_found_ask(ask: Ask, operation: str, route: dict[str, str], rule: str) -> None:
    found = ph(ask, operation=operation, **route, **TUBE)
    assert of(found) == ("REVIEW", [rule])
    assert any("STMO ask" in question for question in found["questions"])


def test_a_general_authorisation_for_repair_is_open_until_good_and_destination_are_known(ask: Ask) -> None:
    good = {"description": "Mass spectrometer, for repair", "control_code": "3A233.a", "destination_country": "JP"}
    assert ph(ask, **good)["flag"] == "REVIEW"
    assert ph(ask, attributes={"ph_gen_2022_a": "yes"}, **good)["flag"] == "GENERAL_AUTHORISATION"
    assert ph(ask, attributes={"ph_gen_2022_a": "no"}, **good)["flag"] == "LICENCE_REQUIRED"


@pytest.mark.parametrize(
    ("informed", "destination", "expected"),
    [
        ("wmd", "VN", ("LICENCE_REQUIRED", ["ph-end-use-wmd"])),
        ("military", "LY", ("LICENCE_REQUIRED", ["ph-end-use-military"])),
        ("military", "VN", ("NO_FINDING", [])),
        (None, "LY", ("NO_FINDING", [])),
    ],
)
def test_goods_that_are_not_listed_need_an_authorisation_when_the_office_has_said_so(
    ask: Ask, informed: str | None, destination: str, expected: tuple[str, list[str]]
) -> None:
    assert of(ph(ask, description="Garden hose", end_use_informed=informed, destination_country=destination)) == expected


def test_embargoes_and_listed_parties_of_the_security_council_apply(ask: Ask) -> None:
    pump = ph(ask, description="Water pump", hs_code="841370", destination_country="KP", declared_on="2026-01-15")
    assert (pump["flag"], pump["reasons"][0]["rule_id"]) == ("PROHIBITED", "ph-un-kp-to-industry")
    found = ph(ask, description="Garden hose", buyer_name="Korea Mining Development Trading Corporation", buyer_country="KP")
    assert ("PROHIBITED", "ph-un-1718-party") in [(r["flag"], r["rule_id"]) for r in found["reasons"]]


def test_a_placeholder_licence_is_verified(ask: Ask) -> None:
    found = ph(ask, documents="PH-STMO-IND:IA-1", **TUBE)
    assert (found["flag"], found["lane"], "licence_declared" in notes(found)) == ("LICENCE_REQUIRED", "yellow", True)
