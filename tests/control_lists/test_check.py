"""The linter finds what cannot be true, and the embedded lists are free of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.check import check
from control_lists.snapshot import Snapshot
from control_lists.store import EMBEDDED, load
from screening.decide.check import check_rules
from screening.goods.check import check_terms
from tests.lists import ENTRY, write_list


@pytest.fixture(scope="module")
def embedded() -> Snapshot:
    return Snapshot.open()


def errors(directory: Path) -> list[str]:
    snapshot = Snapshot(load((EMBEDDED, directory)))
    return [f"{f.where}: {f.message}" for f in check(snapshot) if f.severity == "error" and "test-goods" in f.where]


def test_the_embedded_lists_have_no_fault(embedded: Snapshot) -> None:
    assert [f for f in check(embedded) if f.severity == "error"] == []


def test_every_embedded_rule_has_cites_and_examples_that_do_what_they_say(embedded: Snapshot) -> None:
    assert check_rules(embedded, date(2026, 11, 24)) == []


def test_no_embedded_term_flags_an_ordinary_good(embedded: Snapshot) -> None:
    assert check_terms(embedded, date(2026, 11, 24)) == []


def test_a_term_that_flags_an_ordinary_good_is_a_fault(tmp_path: Path) -> None:
    snapshot = Snapshot(
        load((EMBEDDED, write_list(tmp_path, ENTRY.replace("isostatic press", "garden hose").split("criteria")[0] + 'cites = ["c"]\n')))
    )
    assert [(f.where, f.message) for f in check_terms(snapshot, date(2026, 11, 24))] == [
        ("test-goods:2B204", "'garden hose' flags an ordinary good: garden hose (met)")
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (ENTRY.replace("working_pressure", "wroking_pressure"), "parameter 'wroking_pressure' is not defined in reference/"),
        (ENTRY.replace('unit = "MPa"', 'unit = "mm"'), "criterion working_pressure: mm does not measure what MPa does"),
        (ENTRY.replace(', unit = "MPa"', ""), "criterion working_pressure has no unit"),
        (ENTRY.replace('code = "2B204"', 'code = "2B204.a"\nparent = "2B204"'), "parent '2B204' is not in the list"),
        (
            ENTRY.replace('terms = [{ text = "isostatic press" }]', ""),
            "nothing recognises this entry: give terms, a substance, same_as, or say why not in no_terms",
        ),
        (
            ENTRY.replace('terms = [{ text = "isostatic press" }]', 'terms = [{ text = "isostatic press", not_with = ["press"] }]'),
            "term 'isostatic press' holds 'press', which not_with forbids",
        ),
        (ENTRY + 'same_as = "none:1A001"\n', "same_as 'none:1A001' is in no list held"),
    ],
)
def test_a_fault_in_an_entry_is_found(tmp_path: Path, entry: str, message: str) -> None:
    assert any(found.endswith(message) for found in errors(write_list(tmp_path, entry)))


def test_a_sound_list_has_no_fault(tmp_path: Path) -> None:
    assert errors(write_list(tmp_path)) == []
