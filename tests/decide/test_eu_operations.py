"""What the Union's rules answer for services, transit, transfers and what the authority informed of."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Ask

CAMERA = {"description": "thermal imaging camera 640x512 60 Hz"}
PUMP = {"description": "office water pump"}


def rules(found: dict[str, Any]) -> set[str]:
    return {reason["rule_id"] for reason in found["reasons"]}


@pytest.mark.parametrize(
    ("operation", "informed", "flag", "rule"),
    [
        ("brokering", "wmd", "LICENCE_REQUIRED", "eu-art-6-1"),
        ("brokering", None, "REVIEW", "eu-art-6-2"),
        ("transit", None, "REVIEW", "eu-art-7-1"),
        ("transit", "wmd", "REVIEW", "eu-art-7-informed"),
        ("technical_assistance", "military", "LICENCE_REQUIRED", "eu-art-8-1"),
        ("technical_assistance", None, "REVIEW", "eu-art-8-2"),
    ],
)
def test_services_and_transit_of_a_listed_good(ask: Ask, operation: str, informed: str | None, flag: str, rule: str) -> None:
    stated = {"end_use_informed": informed} if informed else {}
    found = ask(operation=operation, destination_country="PK", **CAMERA, **stated)
    assert found["flag"] == flag
    assert rule in rules(found)
    assert not rules(ask(operation=operation, destination_country="PK", **PUMP))


@pytest.mark.parametrize(
    ("informed", "rule"),
    [
        ("wmd", "eu-art-4-1-a"),
        ("parts", "eu-art-4-1-c"),
        ("surveillance", "eu-art-5-1"),
        ("national list", "eu-art-10-1"),
        ("yes", "eu-art-4-informed"),
    ],
)
def test_an_unlisted_good_needs_a_licence_once_the_exporter_is_informed(ask: Ask, informed: str, rule: str) -> None:
    found = ask(destination_country="EG", end_use_informed=informed, **PUMP)
    assert (found["flag"], rules(found)) == ("LICENCE_REQUIRED", {rule})
    assert ask(destination_country="FR", end_use_informed=informed, **PUMP)["flag"] == "NO_FINDING"


def test_words_of_surveillance_technology_ask_who_will_use_it(ask: Ask) -> None:
    assert "eu-art-5-2-words" in rules(ask(destination_country="EG", description="lawful interception gateway"))
    assert not rules(ask(destination_country="EG", description="desk telephone"))


def test_a_number_of_a_national_list_is_asked_about(ask: Ask) -> None:
    found = ask(destination_country="EG", remarks="AL 2B909", **PUMP)
    assert (found["flag"], rules(found)) == ("REVIEW", {"eu-art-9-number"})
    assert not rules(ask(destination_country="EG", remarks="order 2B-909", **PUMP))


def test_a_transfer_inside_the_union_needs_a_licence_for_annex_iv_alone(ask: Ask) -> None:
    inside = {"operation": "intra_union_transfer", "destination_country": "FR"}
    annex_iv = ask(**inside, control_code="1C239", description="explosive")
    assert "eu-art-11-1" in rules(annex_iv)
    assert annex_iv["flag"] == "LICENCE_REQUIRED"
    free = ask(**inside, **CAMERA)
    assert (free["flag"], [note["id"] for note in free["notes"] if note["id"] == "union_transfer_statement"]) == (
        "NO_FINDING",
        ["union_transfer_statement"],
    )
