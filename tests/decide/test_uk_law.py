"""What the rules of the United Kingdom answer, from declaration to flag."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening.engine import Screener
from screening.single import determine
from tests.conftest import DAY, Ask
from tests.lists import list_meta

CAMERA = {"description": "thermal imaging camera 640x512 60 Hz"}
PUMP = {"description": "office water pump"}
PARTIES = """
[[entity]]
id = "RUS0001"
name = "Quillmark Vostrel Trading Corporation"
kind = "organisation"
programmes = ["UK-RUS"]
cites = ["test"]

[[entity]]
id = "RUS0002"
name = "Oldemar Crestwick Shipping"
kind = "organisation"
programmes = ["UK-SHIPPING"]
cites = ["test"]
"""
PROGRAMMES = """
[[programmes]]
id = "UK-RUS"
title = "Russia"
effect = "Its assets are frozen."
outcome = "prohibited"
cites = ["test"]

[[programmes]]
id = "UK-SHIPPING"
title = "Shipping"
effect = "Its ships may not enter a port."
outcome = "review"
cites = ["test"]
"""


@pytest.fixture(scope="module")
def uk(ask: Ask) -> Ask:
    """One record's determination under UK, exported from Great Britain unless the record says otherwise."""
    return lambda **record: ask("UK", **{"export_country": "GB", **record})


@pytest.fixture(scope="module")
def with_parties(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    """A screener that holds a small list under the id of the imported UK Sanctions List."""
    directory: Path = tmp_path_factory.mktemp("lists")
    folder = directory / "parties" / "uk-sanctions"
    folder.mkdir(parents=True)
    (folder / "list.toml").write_text(list_meta("uk-sanctions", "parties", 2) + PROGRAMMES, encoding="utf-8")
    (folder / "parties.toml").write_text(PARTIES, encoding="utf-8")
    return Screener.open([directory])


def rules(found: dict[str, Any]) -> set[str]:
    return {reason["rule_id"] for reason in found["reasons"]}


def test_a_listed_good_needs_a_licence_to_every_country(uk: Ask) -> None:
    found = uk(destination_country="CN", **CAMERA)
    assert (found["flag"], rules(found)) == ("LICENCE_REQUIRED", {"uk-428-art-3"})
    assert found["candidates"][0]["code"].startswith("6A003.b.4")


def test_a_declaration_without_a_destination_asks_for_it(uk: Ask) -> None:
    found = uk(destination_country=None, **CAMERA)
    assert found["flag"] == "REVIEW"
    assert "Which country is the destination?" in found["questions"]


@pytest.mark.parametrize(
    ("destination", "flag", "authorisation"),
    [
        ("DE", "GENERAL_AUTHORISATION", "OGEL EU member states"),
        ("JE", "GENERAL_AUTHORISATION", "OGEL EU member states"),
        ("US", "GENERAL_AUTHORISATION", "GEA EU001"),
        ("IS", "LICENCE_REQUIRED", None),
        ("XI", "NO_FINDING", None),
        ("IM", "NO_FINDING", None),
    ],
)
def test_where_a_listed_good_may_go_under_an_open_licence(uk: Ask, destination: str, flag: str, authorisation: str | None) -> None:
    found = uk(destination_country=destination, **CAMERA)
    assert found["flag"] == flag
    assert [a["id"] for a in found["authorisations"] if a["outcome"] == "usable"] == ([authorisation] if authorisation else [])


def test_an_open_licence_whose_schedule_is_not_held_asks(uk: Ask) -> None:
    found = uk(destination_country="FR", description="Bacillus anthracis culture")
    assert found["flag"] == "REVIEW"
    assert any("Schedule 1 of the open general export licence" in question for question in found["questions"])
    repaired = uk(destination_country="SG", remarks="returned after repair", **CAMERA)
    assert repaired["flag"] == "GENERAL_AUTHORISATION"  # the assimilated EU003 is usable
    assert {a["id"]: a["outcome"] for a in repaired["authorisations"]} | {"GEA EU003": "usable", "OGEL repair": "unknown"} == {
        a["id"]: a["outcome"] for a in repaired["authorisations"]
    }


def test_an_exporter_who_was_informed_may_not_use_an_open_licence(uk: Ask) -> None:
    assert uk(destination_country="DE", end_use_informed="wmd", **CAMERA)["flag"] == "LICENCE_REQUIRED"


@pytest.mark.parametrize(
    ("destination", "informed", "rule"),
    [
        ("IN", "wmd", "uk-428-art-4-1"),
        ("MM", "military", "uk-428-art-4-2-destination"),
        ("CN", "military", "uk-428-art-4-2-destination"),
        ("HK", "police", "uk-eco-12a"),
        ("KZ", "diversion", "uk-seuc"),
        ("IN", "yes", "uk-informed"),
    ],
)
def test_an_unlisted_good_needs_a_licence_once_the_exporter_is_informed(uk: Ask, destination: str, informed: str, rule: str) -> None:
    found = uk(destination_country=destination, end_use_informed=informed, **PUMP)
    assert (found["flag"], rules(found)) == ("LICENCE_REQUIRED", {rule})
    assert uk(destination_country="IN" if destination == "MM" else destination, **PUMP)["flag"] == "NO_FINDING"


def test_china_came_under_the_military_end_use_control_in_may_2022(uk: Ask) -> None:
    army = {
        "destination_country": "CN",
        "consignee_name": "Peoples Liberation Army Procurement",
        "buyer_name": "Example Trading",
        "buyer_country": "CN",
        **PUMP,
    }
    assert rules(uk(declared_on="2022-05-18", end_use_informed="military", **army)) == set()
    assert "uk-428-art-4-2-destination" in rules(uk(declared_on="2022-05-19", end_use_informed="military", **army))
    asked = uk(declared_on="2022-05-19", **army)
    assert (asked["flag"], rules(asked)) == ("REVIEW", {"uk-eco-12a-words"})


def test_emerging_technology_was_free_before_april_2024_and_then_changed_its_number(uk: Ask) -> None:
    declared = {"destination_country": "CN", "description": "quantum computer, 40 qubits", "attributes": {"cnot_error": 0.00001}}
    by_day = {day: rules(uk(declared_on=day, **declared)) for day in ("2024-03-31", "2024-04-01", "2025-12-16")}
    assert by_day == {
        "2024-03-31": set(),
        "2024-04-01": {"uk-eco-pl9013-500-series"},
        "2025-12-16": {"uk-428-500-series"},
    }


def test_before_2021_union_law_let_listed_goods_pass_to_member_states(uk: Ask) -> None:
    assert uk(declared_on="2019-05-02", destination_country="DE", **CAMERA)["flag"] == "NO_FINDING"
    assert rules(uk(declared_on="2019-05-02", destination_country="CN", **CAMERA)) == {"uk-428-art-3-union"}


@pytest.mark.parametrize(
    ("destination", "hs_code", "flag", "rule"),
    [
        ("RU", "848210", "PROHIBITED", "uk-russia-common-high-priority"),
        ("RU", "847989", "REVIEW", "uk-russia-schedules"),
        ("BY", "847989", "REVIEW", "uk-belarus-schedules"),
        ("KP", "841370", "PROHIBITED", "uk-dprk-goods"),
        ("IR", "854231", "REVIEW", "uk-iran-unmanned-aircraft"),
    ],
)
def test_a_good_that_is_not_listed_to_a_sanctioned_country(uk: Ask, destination: str, hs_code: str, flag: str, rule: str) -> None:
    found = uk(destination_country=destination, hs_code=hs_code, description="spare parts")
    assert found["flag"] == flag
    assert rule in rules(found)
    assert not rules(uk(destination_country="TH", hs_code=hs_code, description="spare parts"))


@pytest.mark.parametrize(
    ("destination", "rule"),
    [("RU", "uk-russia-dual-use"), ("BY", "uk-belarus-dual-use"), ("KP", "uk-dprk-dual-use")],
)
def test_a_listed_good_to_russia_belarus_or_the_dprk_is_prohibited(uk: Ask, destination: str, rule: str) -> None:
    found = uk(destination_country=destination, **CAMERA)
    assert found["flag"] == "PROHIBITED"
    assert rule in rules(found)


@pytest.mark.parametrize(("day", "flag"), [("2025-09-27", "LICENCE_REQUIRED"), ("2025-09-28", "PROHIBITED")])
def test_nuclear_goods_to_iran_on_both_sides_of_the_snapback(uk: Ask, day: str, flag: str) -> None:
    tube = {"description": "Aluminium alloy tubes 7075-T6", "attributes": {"outer_diameter_mm": 104.8, "uts_MPa": 572}, "hs_code": "760820"}
    assert uk(declared_on=day, destination_country="IR", **tube)["flag"] == flag


@pytest.mark.parametrize(
    ("operation", "export", "destination", "flag", "rule"),
    [
        ("export", "GB", "FR", "LICENCE_REQUIRED", "uk-eco-3"),
        ("export", "GB", "RU", "PROHIBITED", "uk-sanctions-military"),
        ("brokering", "UA", "BR", "LICENCE_REQUIRED", "uk-eco-23"),
        ("brokering", "UA", "SO", "LICENCE_REQUIRED", "uk-eco-20"),
        ("transit", "US", "CH", "REVIEW", "uk-eco-17"),
        ("transhipment", "US", "AM", "LICENCE_REQUIRED", "uk-eco-17-embargoed"),
        ("technical_assistance", "GB", "IN", "REVIEW", "uk-eco-19-aware"),
    ],
)
def test_military_goods_by_operation(uk: Ask, operation: str, export: str, destination: str, flag: str, rule: str) -> None:
    found = uk(operation=operation, export_country=export, destination_country=destination, description="assault rifle")
    assert found["flag"] == flag
    assert rule in rules(found)
    assert ("category_b" in [note["id"] for note in found["notes"]]) == (operation == "brokering")


@pytest.mark.parametrize(
    ("operation", "informed", "flag"),
    [
        ("brokering", None, "REVIEW"),
        ("brokering", "wmd", "LICENCE_REQUIRED"),
        ("transit", None, "REVIEW"),
        ("transit", "wmd", "LICENCE_REQUIRED"),
        ("technical_assistance", "wmd", "LICENCE_REQUIRED"),
    ],
)
def test_a_listed_good_in_services_and_transit(uk: Ask, operation: str, informed: str | None, flag: str) -> None:
    stated = {"end_use_informed": informed} if informed else {}
    assert uk(operation=operation, export_country="CN", destination_country="PK", **CAMERA, **stated)["flag"] == flag


def test_an_import_is_answered_as_a_gap(uk: Ask) -> None:
    found = uk(operation="import", export_country="CN", destination_country="GB", **CAMERA)
    assert found["flag"] == "NO_FINDING"
    assert "out_of_scope" in [note["id"] for note in found["notes"]]


def test_northern_ireland_is_told_apart(uk: Ask) -> None:
    found = uk(export_country="XI", destination_country="IE", **CAMERA)
    assert found["flag"] == "GENERAL_AUTHORISATION"
    assert "northern_ireland" in [note["id"] for note in found["notes"]]
    assert uk(export_country="XI", destination_country="VN", **CAMERA)["flag"] == "LICENCE_REQUIRED"


def test_instruments_of_torture_are_asked_about(uk: Ask) -> None:
    assert rules(uk(destination_country="ZA", description="electric shock baton")) == {"uk-category-a-words"}
    assert uk(destination_country="ZA", description="rigging shackle, galvanised")["flag"] == "NO_FINDING"


def test_the_national_entries_stand_as_not_compared(uk: Ask) -> None:
    found = uk(destination_country="ZA", **PUMP)
    assert any("national entries (excerpt" in note["text"] for note in found["notes"] if note["id"] == "coverage")
    declared = uk(destination_country="IR", control_code="PL9008", hs_code="890690", description="survey vessel")
    assert "uk-national-entry" in rules(declared)


@pytest.mark.parametrize(
    ("name", "flag", "rule"),
    [
        ("Quillmark Vostrel Trading Corporation", "PROHIBITED", "uk-asset-freeze-party"),
        ("Oldemar Crestwick Shipping", "REVIEW", "uk-narrower-party"),
    ],
)
def test_a_party_on_the_uk_sanctions_list(with_parties: Screener, name: str, flag: str, rule: str) -> None:
    record = {"export_country": "GB", "destination_country": "AE", "consignee_name": name, "consignee_country": "AE", **PUMP}
    (found,) = determine(with_parties, record, as_of=DAY, jurisdictions=("UK",), limit=5)
    assert (found["flag"], rules(found)) == (flag, {rule})


def test_a_licence_that_is_declared_is_to_be_verified(uk: Ask) -> None:
    found = uk(destination_country="CN", documents=[{"code": "X002", "id": "GBSIE2026/00001"}], **CAMERA)
    assert (found["flag"], found["lane"]) == ("LICENCE_REQUIRED", "yellow")
    assert "licence_declared" in [note["id"] for note in found["notes"]]
