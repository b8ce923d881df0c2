"""Law that moves: an answer that rests on a paragraph or a table changed since it was written is never given again, but asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from control_lists.bound import Binding
from control_lists.editions import EditionStore
from control_lists.texts import Text
from screening.engine import Screener
from screening.single import determine
from tests.conftest import DAY, Ask
from tests.control_lists.test_texts import JANUARY, JUNE, keep, text

ANNEX = {
    "2B350": "Chemical equipment:",
    "2B350.g": "Valves:",
    "3A001": "Items:",
    "3A001.a": "Circuits:",
    "3A001.a.1": "Hardened circuits:",
    "3A001.a.1.a": "A dose of 5 × 10³ Gy;",
    "3A001.a.1.b": "A dose rate;",
}
GROUPS = {"D:1": "Vietnam", "D:5": "China (PRC)"}
HARDENED = {"description": "rad hard integrated circuit", "attributes": {"total_dose": "6000 Gy"}}
SOFT = {
    "description": "rad hard integrated circuit",
    "attributes": {"total_dose": "10 Gy", "dose_rate_upset": "10 Gy/s", "neutron_fluence": "10 1/cm**2"},
}
BOMB = {"description": "military item", "control_code": "9A610.a", "export_country": "US", "destination_country": "CN"}
Moving = Callable[[Text], Ask]


@pytest.fixture
def moving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Moving:
    """Determinations beside an imported text, the lists being bound to ANNEX and GROUPS."""
    written = {"eu-dual-use": text(ANNEX, JANUARY, "eu-dual-use"), "us-country-groups": text(GROUPS, JANUARY, "us-country-groups")}
    bound = {list_id: Binding(list_id, JANUARY, one.digests) for list_id, one in written.items()}
    monkeypatch.setattr("control_lists.snapshot.binding_of", bound.get)

    def beside(new: Text) -> Ask:
        store = EditionStore(tmp_path / "lists")
        keep(store, new)
        screener = Screener.open(store=store)

        def asked(jurisdiction: str = "EU", **record: Any) -> dict[str, Any]:
            record = {"declaration_id": "T-1", "export_country": "DE", "destination_country": "VN", **record}
            (found,) = determine(screener, record, as_of=DAY, jurisdictions=(jurisdiction,), limit=10)
            return found

        return asked

    return beside


def test_a_licence_that_rests_on_a_changed_paragraph_becomes_a_question(ask: Ask, moving: Moving) -> None:
    assert ask(**HARDENED)["flag"] == "LICENCE_REQUIRED"
    found = moving(text(ANNEX | {"3A001.a.1.a": "A dose of 5 × 10⁴ Gy;"}, JUNE, "eu-dual-use"))(**HARDENED)
    assert found["flag"] == "REVIEW"
    best = found["candidates"][0]
    assert best["status"] == "needs_data"
    assert best["why"][0] == "rule text changed since it was written: check 3A001.a.1.a in the official text of 2026-06-01"
    assert found["questions"][0].startswith("The official text of 3A001.a.1.a changed after these criteria were written (2026-01-01)")
    assert "rule_text_changed" in {note["id"] for note in found["notes"]}


def test_a_release_that_rests_on_a_changed_paragraph_becomes_a_question(ask: Ask, moving: Moving) -> None:
    assert ask(**SOFT)["flag"] == "NO_FINDING"
    assert moving(text(ANNEX | {"3A001.a.1.b": "Another rate;"}, JUNE, "eu-dual-use"))(**SOFT)["flag"] == "REVIEW"


def test_an_opening_above_the_paragraph_counts_and_another_paragraph_does_not(moving: Moving) -> None:
    asked = moving(text(ANNEX | {"2B350.g": "Other valves:", "3A001.a.1.b": "Another rate;"}, JUNE, "eu-dual-use"))
    assert asked(**HARDENED)["flag"] == "LICENCE_REQUIRED"
    assert "rule_text_changed" in {note["id"] for note in asked(**HARDENED)["notes"]}  # said beside it all the same
    assert moving(text(ANNEX | {"3A001": "Other items:"}, DAY, "eu-dual-use"))(**HARDENED)["flag"] == "REVIEW"


def test_the_text_written_from_changes_no_answer(ask: Ask, moving: Moving) -> None:
    found = moving(text(ANNEX, JANUARY, "eu-dual-use"))(**HARDENED)
    assert (found["flag"], found["candidates"], found["notes"]) == tuple(
        ask(**HARDENED)[field] for field in ("flag", "candidates", "notes")
    )


def test_a_rule_on_a_changed_column_of_an_official_table_asks(ask: Ask, moving: Moving) -> None:
    def of_rule(found: dict[str, Any]) -> list[str]:
        return [reason["flag"] for reason in found["reasons"] if reason["rule_id"] == "us-742-4-d5"]

    before = of_rule(ask("US", **BOMB))
    assert before
    assert before != ["REVIEW"]
    found = moving(text(GROUPS | {"D:5": "Cuba"}, JUNE, "us-country-groups"))("US", **BOMB)
    assert of_rule(found) == ["REVIEW"]
    assert any("official table of countries changed" in question for question in found["questions"])
    assert of_rule(moving(text(GROUPS | {"D:1": "Cuba"}, DAY, "us-country-groups"))("US", **BOMB)) == before
