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


SOURCE = """
[[source]]
id = "tl-ministry"
title = "Test list"
issuer = "Ministry"
jurisdiction = "TL"
addresses = ["https://example.org/list.csv"]
licence = "free"
effect = "Nothing may reach this party."
outcome = "prohibited"
plausible = [10, 100]
review_days = 14
cites = ["Decree 1"]

[[source.programmes]]
id = "TL-BAN"
title = "Ban"
effect = "Nothing may reach this party."
outcome = "prohibited"
scope = "all goods"
binds = ["TL"]
cites = ["Decree 1"]
"""


def source_faults(directory: Path, text: str) -> list[str]:
    (directory / "sources").mkdir()
    (directory / "sources" / "tl.toml").write_text(text, encoding="utf-8")
    faults = check(Snapshot(load((EMBEDDED, directory))))
    return [f"{f.where}: {f.message}" for f in faults if f.where.startswith("source:tl-ministry")]


def test_a_sound_source_has_no_fault(tmp_path: Path) -> None:
    assert source_faults(tmp_path, SOURCE) == []


def test_a_list_that_is_published_nowhere_says_so_in_words(tmp_path: Path) -> None:
    assert source_faults(tmp_path, SOURCE.replace("https://example.org/list.csv", "the ministry's own file")) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("https://example.org", "http://example.org", "source:tl-ministry: address 'http://example.org/list.csv' is not https; "),
        ("https://example.org", "www.example.org", "source:tl-ministry: address 'www.example.org/list.csv' is not https; "),
        ("[10, 100]", "[100, 10]", "source:tl-ministry: plausible 100 to 10: the least number of parties is above 0 and below the most"),
        ("[10, 100]", "[0, 10]", "source:tl-ministry: plausible 0 to 10: the least number of parties is above 0 and below the most"),
        ("review_days = 14", "review_days = 0", "source:tl-ministry: review_days 0: an edition is old after one day at least"),
        ("review_days = 14", 'review_days = 14\nreplaces = ["no-list"]', "source:tl-ministry: replaces 'no-list', which is no list held"),
        ('id = "TL-BAN"', 'id = "BAN"', "source:tl-ministry:BAN: the id does not begin with 'TL-', by which its list is known in results"),
        ('binds = ["TL"]\n', "", "source:tl-ministry:TL-BAN: binds nobody: say whose law it is"),
        (
            'binds = ["TL"]',
            'binds = ["Timor"]',
            "source:tl-ministry:TL-BAN: binds 'Timor', which is neither EU, UN nor a country in reference/",
        ),
        ('cites = ["Decree 1"]\n', "cites = []\n", "source:tl-ministry:TL-BAN: cites no law"),
        ("all goods", "arms etc.", "source:tl-ministry:TL-BAN: scope says 'etc'; write the word out"),
        ("this party.", "this party", "source:tl-ministry: effect is no whole sentence: it ends in 'may reach this party'"),
        ("reach this party.", "reach it, i.e. no goods.", "source:tl-ministry:TL-BAN: effect says 'i.e'; write the word out"),
    ],
)
def test_a_fault_in_a_source_is_found(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert any(found.startswith(message) for found in source_faults(tmp_path, SOURCE.replace(before, after)))


def test_a_programme_is_described_once(tmp_path: Path) -> None:
    twice = SOURCE + "[[source.programmes]]" + SOURCE.split("[[source.programmes]]")[1]
    assert source_faults(tmp_path, twice) == ["source:tl-ministry:TL-BAN: the programme is described twice; keep one"]
