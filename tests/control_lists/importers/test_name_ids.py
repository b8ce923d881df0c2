"""Ids built from names."""

from __future__ import annotations

from control_lists.importers.name_ids import name_id


def test_an_id_keeps_letters_of_any_script_and_nothing_else() -> None:
    assert name_id("EUL", "KP", "  民族経済 (協力) ") == "EUL-KP-民族経済-協力"
    assert name_id("ECL", "O'Brien & Åsa, Ltd.") == "ECL-obrien-asa-ltd"
