"""Japan's rules: what a declaration under them is told, by flag, rule and question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control_lists.codes.control_code import is_under
from control_lists.store import EMBEDDED
from screening.engine import Screener
from screening.single import determine
from tests.lists import list_meta

DAY = date(2026, 11, 24)
BEFORE_REFORM = date(2025, 10, 8)
REFORM = date(2025, 10, 9)
PARTIES = {
    "jp-eul": {"Ostermeer Vantage Precision Institute": "JP-EUL-N", "Kellbridge Tarnow Ordnance Works": "JP-EUL-CW"},
    "jp-specified": {
        "Zavod Melnichny Radiopribor": "JP-SPECIFIED-RUSSIA",
        "Falconreach Dunemark Trading": "JP-SPECIFIED-THIRD-COUNTRIES",
    },
    "jp-mof": {"Brightquarry Sahel Relief Fund": "JP-MOF-TERRORISM"},
}
MACHINE = {"description": "machining centre, 3 axes, positioning accuracy 30 micrometre", "hs_code": "845710"}
PUMP = {"description": "water pump", "hs_code": "841370"}
TUBE = {"description": "Aluminium alloy tubes 7075-T6", "attributes": {"outer_diameter_mm": 104.8, "uts_MPa": 572}}
RIFLE = {"description": "automatic rifle 5.56 mm"}
Japan = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Japan:
    """One record's determination under Japan's rules, with three small lists of made-up parties."""
    directory = tmp_path_factory.mktemp("lists")
    for list_id, names in PARTIES.items():
        folder = directory / "parties" / list_id
        folder.mkdir(parents=True)
        _write(folder, list_id, names)
    screener = Screener.open((EMBEDDED, directory))

    def asked(day: date = DAY, **record: Any) -> dict[str, Any]:
        record = {"declaration_id": "T-1", "export_country": "JP", "destination_country": "CN", **record}
        (found,) = determine(screener, record, as_of=day, jurisdictions=("JP",), limit=10)
        return found

    return asked


def _write(folder: Path, list_id: str, names: dict[str, str]) -> None:
    programmes = "".join(
        f'[[programmes]]\nid = "{programme}"\ntitle = "Test"\neffect = "Test."\ncites = ["test"]\n' for programme in names.values()
    )
    entities = "".join(
        f'[[entity]]\nid = "E-{number}"\nname = "{name}"\nkind = "organisation"\nprogrammes = ["{programme}"]\ncites = ["test"]\n'
        for number, (name, programme) in enumerate(names.items())
    )
    (folder / "list.toml").write_text(list_meta(list_id, "parties", len(names)) + programmes, encoding="utf-8")
    (folder / "entries.toml").write_text(entities, encoding="utf-8")


def rules_of(found: dict[str, Any]) -> dict[str, str]:
    return {reason["rule_id"]: reason["flag"] for reason in found["reasons"]}


def notes_of(found: dict[str, Any]) -> set[str]:
    return {note["id"] for note in found["notes"]}


def to(name: str) -> list[dict[str, str]]:
    return [{"role": "consignee", "name": name}]


def test_every_heading_of_the_unions_list_answers_to_one_row(screener: Screener) -> None:
    rows = [r for r in screener.snapshot.rules["JP"] if r.id.startswith("jp-row-") and "code_under" in r.when]
    headings = [e.code for e in screener.snapshot.lists["eu-dual-use"].entries if e.parent is None]

    def answers(rule: Any, code: str) -> bool:
        return any(is_under(code, top) for top in rule.when["code_under"]) and not any(
            is_under(code, top) for top in rule.when.get("code_not_under", ())
        )

    astray = {code: found for code in headings if len(found := [r.id for r in rows if answers(r, code)]) != 1}
    assert astray == {}


@pytest.mark.parametrize("destination", ["MY", "US", "DE"])
def test_a_listed_good_needs_a_licence_to_every_destination(japan: Japan, destination: str) -> None:
    found = japan(**TUBE, destination_country=destination)
    assert found["flag"] == "LICENCE_REQUIRED"
    assert rules_of(found)["jp-row-2"] == "LICENCE_REQUIRED"
    assert {"item_number", "licence_check"} <= notes_of(found)
    assert ("bulk_licence" in notes_of(found)) == (destination != "MY")


def test_a_spray_dryer_whose_decisive_fact_is_missing_is_asked_about(japan: Japan) -> None:
    found = japan(description="spray dryer", hs_code="841939")
    assert (found["flag"], set(rules_of(found).values())) == ("REVIEW", {"REVIEW"})
    assert any("steril" in question for question in found["questions"])


def test_a_small_value_in_yen_may_go_without_a_licence_of_its_own(japan: Japan) -> None:
    chip = {"control_code": "3A001.a.7", "description": "FPGA", "destination_country": "VN"}
    assert japan(**chip)["flag"] == "LICENCE_REQUIRED"
    assert japan(**chip, value="800000", currency="JPY")["flag"] == "GENERAL_AUTHORISATION"
    assert japan(**chip, value="1000001", currency="JPY")["flag"] == "LICENCE_REQUIRED"
    assert japan(**chip, value="900", currency="USD")["flag"] == "LICENCE_REQUIRED"
    assert japan(**{**chip, "destination_country": "IR"}, value="800000", currency="JPY")["flag"] == "LICENCE_REQUIRED"
    assert japan(**chip, value="800000", currency="JPY", end_use_informed="wmd")["flag"] == "LICENCE_REQUIRED"


def test_an_ordinary_good_gives_no_finding(japan: Japan) -> None:
    assert japan(**PUMP)["flag"] == "NO_FINDING"
    assert japan(description="office chair")["flag"] == "NO_FINDING"


@pytest.mark.parametrize(
    ("destination", "day", "flag"),
    [
        ("VN", REFORM, "LICENCE_REQUIRED"),
        ("VN", BEFORE_REFORM, "LICENCE_REQUIRED"),
        ("DE", REFORM, "LICENCE_REQUIRED"),
        ("DE", BEFORE_REFORM, "NO_FINDING"),
        ("KR", date(2019, 8, 27), "NO_FINDING"),
        ("KR", date(2019, 8, 28), "LICENCE_REQUIRED"),
        ("KR", date(2023, 7, 21), "NO_FINDING"),
    ],
)
def test_a_notice_of_the_ministry_binds_outside_group_a_and_since_the_reform_inside(
    japan: Japan, destination: str, day: date, flag: str
) -> None:
    assert japan(day, **PUMP, destination_country=destination, end_use_informed="military")["flag"] == flag


def test_words_of_weapons_of_mass_destruction_ask_outside_group_a(japan: Japan) -> None:
    use = {"end_use": "for the atomic energy commission"}
    found = japan(**PUMP, **use, destination_country="PK")
    assert (found["flag"], rules_of(found)) == ("REVIEW", {"jp-16-wmd-use": "REVIEW"})
    assert "What do contract and messages say of the use, and who is the end user?" in found["questions"]
    assert japan(**PUMP, **use, destination_country="FR")["flag"] == "NO_FINDING"
    assert japan(description="sawn timber", hs_code="440710", **use, destination_country="PK")["flag"] == "NO_FINDING"


@pytest.mark.parametrize(
    ("good", "destination", "day", "rules"),
    [
        (MACHINE, "IN", REFORM, {"jp-16-1-military-use": "REVIEW"}),
        (MACHINE, "IN", BEFORE_REFORM, {}),
        (MACHINE, "US", REFORM, {}),
        (PUMP, "IN", REFORM, {}),
        (PUMP, "LB", REFORM, {"jp-16-embargo-military-use": "REVIEW"}),
        (PUMP, "LB", BEFORE_REFORM, {"jp-16-embargo-military-use": "REVIEW"}),
    ],
)
def test_words_of_a_military_use_ask_by_goods_place_and_day(
    japan: Japan, good: dict[str, str], destination: str, day: date, rules: dict[str, str]
) -> None:
    found = japan(day, **good, destination_country=destination, end_use="for the armed forces")
    assert {rule: flag for rule, flag in rules_of(found).items() if rule.startswith("jp-16")} == rules


@pytest.mark.parametrize(
    ("name", "record", "rule", "flag"),
    [
        ("Ostermeer Vantage Precision Institute", PUMP, "jp-eul-wmd", "LICENCE_REQUIRED"),
        ("Ostermeer Vantage Precision Institute", {"description": "water pump"}, "jp-eul-wmd", "REVIEW"),
        ("Ostermeer Vantage Precision Institute", {**PUMP, "destination_country": "US"}, "jp-eul-group-a", "REVIEW"),
        ("Kellbridge Tarnow Ordnance Works", MACHINE, "jp-eul-cw-16-1", "LICENCE_REQUIRED"),
        ("Kellbridge Tarnow Ordnance Works", PUMP, "jp-eul-cw-16-2", "REVIEW"),
        ("Kellbridge Tarnow Ordnance Works", {**PUMP, "destination_country": "AF"}, "jp-eul-cw-embargo", "LICENCE_REQUIRED"),
        ("Brightquarry Sahel Relief Fund", PUMP, "jp-mof-party", "REVIEW"),
        ("Zavod Melnichny Radiopribor", {**PUMP, "destination_country": "RU"}, "jp-specified-russia", "PROHIBITED"),
        ("Zavod Melnichny Radiopribor", {**PUMP, "destination_country": "KZ"}, "jp-specified-russia-elsewhere", "REVIEW"),
        ("Falconreach Dunemark Trading", {**PUMP, "destination_country": "AE"}, "jp-specified-third", "PROHIBITED"),
        ("Falconreach Dunemark Trading", {**PUMP, "destination_country": "VN"}, "jp-specified-third-elsewhere", "REVIEW"),
    ],
)
def test_a_listed_party_means_what_its_own_list_means(japan: Japan, name: str, record: dict[str, str], rule: str, flag: str) -> None:
    assert rules_of(japan(**record, parties=to(name)))[rule] == flag


def test_the_end_user_list_is_no_embargo_on_food(japan: Japan) -> None:
    found = japan(description="green tea", hs_code="090210", parties=to("Ostermeer Vantage Precision Institute"))
    assert (found["flag"], "end_user_list" in notes_of(found)) == ("NO_FINDING", True)


def test_a_user_of_conventional_weapons_is_controlled_since_the_reform(japan: Japan) -> None:
    listed = to("Kellbridge Tarnow Ordnance Works")
    assert japan(REFORM, **MACHINE, parties=listed)["flag"] == "LICENCE_REQUIRED"
    assert "jp-eul-cw-16-1" not in rules_of(japan(BEFORE_REFORM, **MACHINE, parties=listed))


@pytest.mark.parametrize(
    ("record", "day", "flag", "rule"),
    [
        ({"description": "office chair", "destination_country": "KP"}, DAY, "PROHIBITED", "jp-kp-export"),
        ({**TUBE, "destination_country": "RU", "hs_code": "760820"}, DAY, "PROHIBITED", "jp-ru-listed"),
        ({**TUBE, "destination_country": "BY", "hs_code": "760820"}, DAY, "PROHIBITED", "jp-by-listed"),
        ({**PUMP, "destination_country": "RU"}, DAY, "PROHIBITED", "jp-ru-industrial"),
        ({**PUMP, "destination_country": "RU"}, date(2022, 6, 1), "REVIEW", "jp-ru-other-before"),
        ({**PUMP, "destination_country": "BY"}, DAY, "REVIEW", "jp-by-other"),
        ({**RIFLE, "destination_country": "LY"}, DAY, "LICENCE_REQUIRED", "jp-row-1"),
    ],
)
def test_a_destination_under_measures(japan: Japan, record: dict[str, Any], day: date, flag: str, rule: str) -> None:
    found = japan(day, **record)
    assert (found["flag"], rule in rules_of(found)) == (flag, True)


def test_medicine_to_russia_and_a_pump_before_the_ban_give_no_finding(japan: Japan) -> None:
    assert japan(description="insulin injections", hs_code="300431", destination_country="RU")["flag"] == "NO_FINDING"
    assert japan(date(2022, 3, 17), **PUMP, destination_country="RU")["flag"] == "NO_FINDING"


def test_a_common_high_priority_item_to_a_place_of_diversion_is_a_note(japan: Japan) -> None:
    found = japan(description="microcontroller", hs_code="854231", destination_country="TR")
    assert (found["flag"], "diversion_russia" in notes_of(found)) == ("NO_FINDING", True)


@pytest.mark.parametrize(
    ("record", "flag"),
    [
        ({**RIFLE, "operation": "transhipment", "export_country": "US", "destination_country": "VN"}, "LICENCE_REQUIRED"),
        ({**RIFLE, "operation": "transit", "export_country": "US", "destination_country": "VN"}, "REVIEW"),
        ({**TUBE, "operation": "transhipment", "export_country": "US", "destination_country": "VN"}, "REVIEW"),
        ({**TUBE, "operation": "transit", "export_country": "US", "destination_country": "VN"}, "NO_FINDING"),
        (
            {**PUMP, "operation": "transit", "export_country": "US", "destination_country": "PK", "end_use_informed": "wmd"},
            "LICENCE_REQUIRED",
        ),
        ({**RIFLE, "operation": "brokering", "export_country": "US", "destination_country": "DE"}, "LICENCE_REQUIRED"),
        ({**TUBE, "operation": "brokering", "export_country": "CN", "destination_country": "PK"}, "NO_FINDING"),
        (
            {**TUBE, "operation": "brokering", "export_country": "CN", "destination_country": "PK", "end_use_informed": "wmd"},
            "LICENCE_REQUIRED",
        ),
        ({**TUBE, "operation": "brokering", "export_country": "DE", "destination_country": "PK", "end_use_informed": "wmd"}, "NO_FINDING"),
        ({**PUMP, "operation": "brokering", "export_country": "CN", "destination_country": "KP"}, "PROHIBITED"),
        ({"description": "coal", "operation": "import", "export_country": "KP", "destination_country": "JP"}, "PROHIBITED"),
        ({"description": "vodka", "operation": "import", "export_country": "FI", "origin_country": "RU", "hs_code": "220860"}, "REVIEW"),
        ({**PUMP, "operation": "import", "export_country": "CN", "destination_country": "JP"}, "NO_FINDING"),
    ],
)
def test_transit_brokering_and_import(japan: Japan, record: dict[str, Any], flag: str) -> None:
    assert japan(**record)["flag"] == flag


def test_technology_is_licensed_and_the_technology_of_a_good_is_asked_about(japan: Japan) -> None:
    known = japan(control_code="3E001", description="process recipe", operation="intangible")
    assert (known["flag"], rules_of(known)["jp-technology"]) == ("LICENCE_REQUIRED", "LICENCE_REQUIRED")
    assert rules_of(japan(**TUBE, operation="technical_assistance")) == {"jp-technology-of-goods": "REVIEW"}


def test_a_declared_licence_and_a_claim_of_not_listed_change_the_lane_alone(japan: Japan) -> None:
    assert (japan(**TUBE)["lane"], japan(**TUBE, documents="JP-EXPORT-LICENCE:1")["lane"]) == ("red", "yellow")
    claimed = japan(**TUBE, documents="JP-NOT-LISTED")
    assert (claimed["flag"], claimed["lane"], "not_listed_claimed" in notes_of(claimed)) == ("LICENCE_REQUIRED", "red", True)


def test_an_operation_without_a_rule_is_told_as_a_gap(japan: Japan) -> None:
    found = japan(**TUBE, operation="intra_union_transfer")
    assert (found["flag"], "out_of_scope" in notes_of(found)) == ("NO_FINDING", True)


def test_a_kind_of_good_that_is_watched_asks_where_the_destination_is_of_concern(japan: Japan) -> None:
    mill = {"description": "jet mill", "hs_code": "847982"}
    assert rules_of(japan(**mill, destination_country="IR")) == {"jp-goods-of-concern": "REVIEW"}
    assert japan(**mill, destination_country="VN")["flag"] == "NO_FINDING"
