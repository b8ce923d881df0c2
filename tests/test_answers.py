"""What a licensing officer would expect of the whole line, on the embedded lists."""

from __future__ import annotations

import pytest

from tests.conftest import Ask

TUBE = {"description": "Aluminium alloy tubes 7075-T6", "attributes": {"outer_diameter_mm": 104.8, "uts_MPa": 572}}


def test_a_good_that_is_not_listed_gives_no_finding(ask: Ask) -> None:
    found = ask(description="Plastic storage bowls 16 cm", hs_code="392410")
    assert (found["flag"], found["lane"], found["reasons"]) == ("NO_FINDING", "green", [])
    assert "coverage" in [note["id"] for note in found["notes"]]


def test_a_listed_good_with_its_criteria_met_needs_a_licence_with_its_law(ask: Ask) -> None:
    found = ask(**TUBE)
    assert (found["flag"], found["lane"]) == ("LICENCE_REQUIRED", "red")
    assert found["reasons"][0]["law"].startswith("Regulation (EU) 2021/821, Article 3(1)")
    assert "hold_clock" in [note["id"] for note in found["notes"]]
    assert found["candidates"][0]["code"] == "1C202.a"
    judged = {c["parameter"]: c["status"] for c in found["candidates"][0]["criteria"]}
    assert judged["ultimate_tensile_strength"] == judged["outer_diameter"] == "met"


def test_a_failed_criterion_gives_no_finding_and_shows_it(ask: Ask) -> None:
    found = ask(description="Aluminium alloy tubes 6061-T6", attributes={"uts_MPa": 310, "outer_diameter_mm": 104.8})
    assert found["flag"] == "NO_FINDING"
    assert "not_met" in [c["status"] for c in found["candidates"][0]["criteria"]]


def test_a_missing_decisive_parameter_is_a_review_with_its_question(ask: Ask) -> None:
    found = ask(description="Thermal imaging camera, uncooled", hs_code="852589")
    assert (found["flag"], found["lane"]) == ("REVIEW", "yellow")
    assert "What is the maximum frame rate, in Hz?" in found["questions"]


def test_a_decontrol_that_is_stated_frees_the_good(ask: Ask) -> None:
    assert ask(description="Thermal imaging camera, uncooled, 9 Hz", hs_code="852589")["flag"] == "NO_FINDING"


@pytest.mark.parametrize(
    ("declared", "destination", "flag"),
    [
        ("Triethanolamine", "IN", "LICENCE_REQUIRED"),
        ("Triethanolamine 85 %", "IN", "LICENCE_REQUIRED"),
        ("Cutting fluid concentrate, triethanolamine 25 % w/w", "IL", "NO_FINDING"),
        ("Cutting fluid concentrate with triethanolamine", "IL", "REVIEW"),
        ("Substance containing triethanolamine", "IL", "REVIEW"),
        ("Textile auxiliary, thiodiglycol 20 %", "EG", "LICENCE_REQUIRED"),
        ("Textile auxiliary, thiodiglycol 20 % w/w", "TH", "NO_FINDING"),
        ("Triethanolamine 30 % by weight", "IN", "NO_FINDING"),
        # Without its basis a content frees only where it would by volume too; it keeps the flag where it exceeds as it stands.
        ("Textile auxiliary, thiodiglycol 20 %", "TH", "REVIEW"),
        ("Triethanolamine 30 %", "IN", "REVIEW"),
        ("Cutting fluid, triethanolamine 10 %", "IN", "NO_FINDING"),
        ("Triethanolamine 20 % v/v", "IN", "REVIEW"),
        ("Triethanolamine 85 % v/v", "IN", "REVIEW"),
    ],
)
def test_a_chemical_is_judged_by_its_mixture_limit_and_the_destination(ask: Ask, declared: str, destination: str, flag: str) -> None:
    assert ask(description=declared, destination_country=destination)["flag"] == flag


def test_a_cas_number_names_the_chemical(ask: Ask) -> None:
    found = ask(description="organic chemical", cas_number="111-48-8", destination_country="IN")
    assert (found["flag"], found["candidates"][0]["code"]) == ("LICENCE_REQUIRED", "1C350.1")


def test_a_usable_general_authorisation_lifts_the_licence_with_its_conditions(ask: Ask) -> None:
    found = ask(**TUBE, destination_country="JP")
    assert (found["flag"], found["lane"]) == ("GENERAL_AUTHORISATION", "blue")
    lifted = next(r for r in found["reasons"] if r["flag"] == "LICENCE_REQUIRED")
    assert lifted["lifted_by"] == "EU001"
    assert found["authorisations"][0]["outcome"] == "usable"
    assert any(note["id"] == "condition_EU001" for note in found["notes"])


def test_a_free_zone_consignee_defeats_a_general_authorisation(ask: Ask) -> None:
    parties = [{"role": "consignee", "name": "Sample Trading", "address": "Free Trade Zone, Tokyo", "country": "JP"}]
    assert ask(**TUBE, destination_country="JP", parties=parties)["flag"] == "LICENCE_REQUIRED"


def test_a_declared_control_code_counts_as_declared(ask: Ask) -> None:
    found = ask(description="3A001.a.2 integrated circuit", destination_country="TR")
    assert (found["flag"], found["candidates"][0]["status"]) == ("LICENCE_REQUIRED", "declared")


def test_a_declared_code_that_the_facts_contradict_is_a_review(ask: Ask) -> None:
    found = ask(
        description="isostatic press", control_code="2B204.a", attributes={"inner_diameter": "100 mm", "working_pressure": "100 MPa"}
    )
    assert found["flag"] == "REVIEW"


def test_a_claim_that_a_listed_good_is_not_listed_is_pointed_at(ask: Ask) -> None:
    found = ask(**TUBE, documents=[{"code": "Y901"}])
    assert found["lane"] == "red"
    assert "not_listed_claimed" in [note["id"] for note in found["notes"]]


def test_a_declared_licence_asks_for_documents_not_for_an_examination(ask: Ask) -> None:
    found = ask(**TUBE, documents=[{"code": "X060", "reference": "DE-2026-17"}])
    assert (found["flag"], found["lane"]) == ("LICENCE_REQUIRED", "yellow")


def test_a_party_that_shares_one_common_word_gives_no_finding(ask: Ask) -> None:
    parties = [
        {"role": "consignee", "name": "Green Pine Furniture Trading", "country": "VN"},
        {"role": "exporter", "name": "Korea Trading Co Ltd"},
    ]
    found = ask(description="chairs", parties=parties)
    assert (found["flag"], found["party_matches"]) == ("NO_FINDING", [])


def test_a_listed_party_is_prohibited_under_the_un_measures(ask: Ask) -> None:
    parties = [{"role": "consignee", "name": "Korea Mining Development Trading Corp.", "country": "CN"}]
    found = ask("UN", description="steel pipes", hs_code="730419", parties=parties)
    assert found["flag"] == "PROHIBITED"
    assert found["party_matches"][0]["entity_id"] == "KPe.001"
    assert found["party_matches"][0]["evidence"][0]["declared"] == "korea"


def test_a_persons_name_alone_asks(ask: Ask) -> None:
    found = ask("UN", description="steel pipes", hs_code="730419", parties=[{"role": "consignee", "name": "Yun Ho-jin", "country": "CN"}])
    assert found["flag"] == "REVIEW"
    assert found["party_matches"][0]["strength"] == "possible"


def test_an_identifier_outweighs_a_strange_name(ask: Ask) -> None:
    vessel = [{"role": "vessel", "name": "Pretty Lady", "identifiers": ["imo:8829593"]}]
    found = ask("UN", description="coal", hs_code="270112", parties=vessel)
    assert all(m["strength"] == "strong" for m in found["party_matches"])


def test_an_embargo_by_hs_chapter_is_prohibited_and_other_goods_are_not(ask: Ask) -> None:
    assert (
        ask("UN", description="Water pump for household use", hs_code="841370", destination_country="KP", export_country="CN")["flag"]
        == "PROHIBITED"
    )
    assert (
        ask("UN", description="Insulin injections", hs_code="300431", destination_country="KP", export_country="CN")["flag"] == "NO_FINDING"
    )


def test_a_movement_outside_a_states_rules_is_out_of_scope(ask: Ask) -> None:
    found = ask(**TUBE, operation="import")
    assert found["flag"] == "NO_FINDING"
    assert "out_of_scope" in [note["id"] for note in found["notes"]]


def test_an_unknown_destination_is_asked(ask: Ask) -> None:
    found = ask(**TUBE, destination_country=None)
    assert found["flag"] == "REVIEW"
    assert "Which country is the destination?" in found["questions"]


def test_a_day_before_the_edition_held_says_so(ask: Ask) -> None:
    found = ask(**TUBE, declared_on="2023-05-26")
    assert found["flag"] == "LICENCE_REQUIRED"
    assert "edition_not_held" in [note["id"] for note in found["notes"]]


@pytest.mark.parametrize(
    "declared",
    [
        "JUICE WITH GUAVA PULP 1 L",
        "CARBON PAPER A4",
        "SPARK PLUGS NGK",
        "CENTRIFUGAL JUICE EXTRACTOR KITCHEN",
        "TOY DRONE WITH CAMERA",
        "ANTHRAX VACCINE FOR CATTLE",
        "HEAVY DUTY WATER PUMP CAST IRON",
        "TURNING INSERTS FOR CNC LATHE",
        "LASER PRINTER TONER",
        "CREAM DESSERT SOYA FERMENTE",
        "ALBEVET DEWORMER 2.5 %",
        "BIPOD FOR RANGE POLE GDM/GTR",
        "LASER ALIGNMENT C/W BATTERY AND POUCH",
    ],
)
def test_a_flag_that_an_officer_would_laugh_at_is_not_raised(ask: Ask, declared: str) -> None:
    assert ask(description=declared)["flag"] == "NO_FINDING"


def test_the_word_clear_is_never_said(ask: Ask) -> None:
    for record in (TUBE, {"description": "plastic bowls"}):
        assert "clear" not in str(ask(**record)).lower().replace("nuclear", "")
