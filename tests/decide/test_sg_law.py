"""The Strategic Goods (Control) Act of Singapore as an officer of Singapore Customs would apply it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Ask

TUBE = {"description": "Aluminium alloy tubes 7075-T6", "attributes": {"outer_diameter_mm": 104.8, "uts_MPa": 572}}  # 1C202.a
RIFLE = {"description": "Military automatic rifle 5.56 mm", "control_code": "ML1.b"}
CIPHER = {"description": "Encryptor", "control_code": "5A002.a"}


def of(found: dict[str, Any]) -> tuple[str, list[str]]:
    """The flag and the rules that stand, the gravest first."""
    return found["flag"], [reason["rule_id"] for reason in found["reasons"] if reason["lifted_by"] is None]


def notes(found: dict[str, Any]) -> list[str]:
    return [note["id"] for note in found["notes"]]


def sg(ask: Ask, **record: Any) -> dict[str, Any]:
    return ask("SG", **{"export_country": "SG", **record})


def test_a_listed_good_needs_a_permit_and_the_answer_says_which_list_was_read(ask: Ask) -> None:
    found = sg(ask, **TUBE)
    assert of(found) == ("LICENCE_REQUIRED", ["sg-export"])
    assert {"rule_set", "sg_permit"} <= set(notes(found))


def test_ordinary_goods_give_no_finding(ask: Ask) -> None:
    assert of(sg(ask, description="Plastic storage bowls 16 cm", hs_code="392410")) == ("NO_FINDING", [])


def test_a_military_good_needs_the_same_permit(ask: Ask) -> None:
    found = sg(ask, **RIFLE)
    assert found["flag"] == "LICENCE_REQUIRED"
    assert found["reasons"][0]["rule_id"] == "sg-export"


def test_an_entry_of_the_union_alone_asks(ask: Ask) -> None:
    flag, rules = of(sg(ask, description="Cryogenic component", control_code="3A504.a"))
    assert flag == "REVIEW"
    assert "sg-union-series" in rules


def test_a_transmission_needs_a_permit(ask: Ask) -> None:
    flag, rules = of(sg(ask, operation="intangible", description="Design data", control_code="1E201"))
    assert (flag, rules[0]) == ("LICENCE_REQUIRED", "sg-transmission")


@pytest.mark.parametrize(
    ("good", "attributes", "flag"),
    [
        (CIPHER, {"sg_free_trade_zone_stay": "yes"}, "GENERAL_AUTHORISATION"),
        (CIPHER, {"sg_free_trade_zone_stay": "no"}, "LICENCE_REQUIRED"),
        (CIPHER, {}, "REVIEW"),
        ({"description": "Electronics", "control_code": "1C450.a.1"}, {"sg_free_trade_zone_stay": "yes"}, "LICENCE_REQUIRED"),
        ({"description": "Camera", "control_code": "6A003.b.3"}, {"sg_free_trade_zone_stay": "yes"}, "REVIEW"),
    ],
)
def test_transhipment_is_exempt_inside_free_zones_outside_the_fourth_schedule(
    ask: Ask, good: dict[str, str], attributes: dict[str, str], flag: str
) -> None:
    assert sg(ask, operation="transhipment", export_country="CN", attributes=attributes, **good)["flag"] == flag


def test_an_open_exemption_asks_for_the_stay(ask: Ask) -> None:
    found = sg(ask, operation="transhipment", export_country="CN", **CIPHER)
    assert any("free trade zone" in question for question in found["questions"])


def test_transit_asks_for_the_fifth_schedule(ask: Ask) -> None:
    found = sg(ask, operation="transit", export_country="CN", attributes={"sg_short_transit": "yes"}, **CIPHER)
    assert found["flag"] == "REVIEW"
    assert any("5A002.a outside the Fifth Schedule" in question for question in found["questions"])


def test_brokering_is_controlled_for_what_the_order_names(ask: Ask) -> None:
    broker = {"operation": "brokering", "export_country": "CN"}
    assert of(sg(ask, **broker, description="Grenade", control_code="ML4.a"))[0] == "REVIEW"
    found = sg(ask, **broker, **CIPHER)
    assert "LICENCE_REQUIRED" not in [reason["flag"] for reason in found["reasons"]]
    assert "sg_brokering" in notes(found)


@pytest.mark.parametrize(("informed", "expected"), [("wmd", ("LICENCE_REQUIRED", ["sg-catch-all"])), (None, ("NO_FINDING", []))])
def test_a_good_that_is_not_listed_needs_a_permit_when_customs_has_said_so(
    ask: Ask, informed: str | None, expected: tuple[str, list[str]]
) -> None:
    assert of(sg(ask, description="Garden hose", end_use_informed=informed)) == expected


def test_a_named_nuclear_use_asks(ask: Ask) -> None:
    assert of(sg(ask, description="Garden hose", end_use="nuclear research")) == ("REVIEW", ["sg-catch-all-suspected"])


@pytest.mark.parametrize(
    ("day", "description", "expected"),
    [
        ("2026-01-15", "Rice", ("PROHIBITED", ["sg-dprk-to"])),
        ("2026-01-15", "Rice, humanitarian aid", ("LICENCE_REQUIRED", ["sg-dprk-to-not-traded"])),
        ("2016-01-15", "Rice", ("NO_FINDING", [])),
    ],
)
def test_all_trade_with_the_dprk_is_banned_since_november_2017(
    ask: Ask, day: str, description: str, expected: tuple[str, list[str]]
) -> None:
    assert of(sg(ask, description=description, hs_code="100630", destination_country="KP", declared_on=day)) == expected


def test_imports_are_free_but_for_embargoes(ask: Ask) -> None:
    assert of(sg(ask, operation="import", export_country="CN", destination_country="SG", **TUBE)) == ("NO_FINDING", [])
    assert sg(ask, operation="import", export_country="KP", destination_country="SG", description="Coal")["flag"] == "PROHIBITED"


@pytest.mark.parametrize(("day", "flag"), [("2026-01-15", "PROHIBITED"), ("2021-01-15", "LICENCE_REQUIRED")])
def test_electronics_for_russia_are_banned_since_march_2022(ask: Ask, day: str, flag: str) -> None:
    assert sg(ask, destination_country="RU", declared_on=day, **CIPHER)["flag"] == flag


def test_a_permit_of_the_other_prefix_is_questioned(ask: Ask) -> None:
    assert "sg-permit-export" in of(sg(ask, documents="XP:XP4A123456", **TUBE))[1]
    found = sg(ask, documents="XO:XO4A123456", **TUBE)
    assert (of(found)[1], found["lane"]) == (["sg-export"], "yellow")


def test_the_security_council_list_is_national_law(ask: Ask) -> None:
    found = sg(ask, description="Garden hose", buyer_name="Korea Mining Development Trading Corporation", buyer_country="KP")
    assert ("PROHIBITED", "sg-un-1718-party") in [(r["flag"], r["rule_id"]) for r in found["reasons"]]


def test_an_operation_without_a_rule_is_told_as_a_gap(ask: Ask) -> None:
    found = sg(ask, operation="technical_assistance", **TUBE)
    assert (found["flag"], "out_of_scope" in notes(found)) == ("NO_FINDING", True)
