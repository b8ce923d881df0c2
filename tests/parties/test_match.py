"""Listed parties are found by identifier and by name, and what does not identify only asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from control_lists.snapshot import Snapshot
from control_lists.store import load
from screening.frames import PARTY
from screening.parties.match import PARTY_MATCH, PartyMatcher
from screening.policy import Policy
from tests.lists import list_meta

DAY = date(2026, 3, 1)
PROGRAMME = """
[[programmes]]
id = "{programme}"
title = "Test programme"
effect = "{effect}"
cites = ["test"]
"""
NORTH = """
[[entity]]
id = "N-1"
name = "Quillmark Vostrel Trading Corporation"
kind = "organisation"
programmes = ["NORTH"]
aliases = [
    { name = "Quilmarc Wostrell", quality = "strong" },
    { name = "Fifth Office Bureau", quality = "weak" },
    { name = "Brandlocke Ferrin Works", quality = "former" },
]
countries = ["KP"]
identifiers = ["imo:9187629", "reg:DE-4711"]
cites = ["test"]

[[entity]]
id = "N-2"
name = "Torvald Hexanor Brimwell"
kind = "person"
programmes = ["NORTH"]
countries = ["IR"]
identifiers = ["passport:K1234567"]
cites = ["test"]

[[entity]]
id = "N-3"
name = "Zephyranth"
kind = "organisation"
programmes = ["NORTH"]
countries = ["SY", "LB"]
cites = ["test"]

[[entity]]
id = "N-4"
name = "Oldemar Crestwick Foundry"
kind = "organisation"
programmes = ["NORTH"]
listed_on = 2024-05-01
delisted_on = 2025-06-01
cites = ["test"]

[[entity]]
id = "N-5"
name = "Mardenholt Company"
kind = "organisation"
programmes = ["NORTH"]
countries = ["LB"]
cites = ["test"]
"""
SOUTH = """
[[entity]]
id = "S-1"
name = "Quillmark Vostrel Trading Corp"
kind = "organisation"
programmes = ["SOUTH"]
countries = ["CN"]
cites = ["test"]
"""
WORDS = """
[[name_word]]
kind = "legal_form"
means = "stock company"
words = ["corporation", "corp", "inc"]
[[name_word]]
kind = "legal_form"
means = "limited company"
words = ["ltd", "limited", "company", "co", "gmbh", "sarl"]
[[name_word]]
kind = "generic"
words = ["trading", "bureau", "office", "of"]
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    directory: Path = tmp_path_factory.mktemp("lists")
    for list_id, programme, effect, text in (
        ("north", "NORTH", "Nothing may reach this party.", NORTH),
        ("south", "SOUTH", "Every item needs a licence.", SOUTH),
    ):
        folder = directory / "parties" / list_id
        folder.mkdir(parents=True)
        meta = list_meta(list_id, "parties", text.count("[[entity]]")) + PROGRAMME.format(programme=programme, effect=effect)
        (folder / "list.toml").write_text(meta, encoding="utf-8")
        (folder / "all.toml").write_text(text, encoding="utf-8")
    (directory / "reference").mkdir()
    (directory / "reference" / "name_words.toml").write_text(WORDS, encoding="utf-8")
    return Snapshot(load((directory,)))


@pytest.fixture(scope="module")
def matcher(snapshot: Snapshot) -> PartyMatcher:
    return PartyMatcher(snapshot, Policy())


def frame(*parties: dict[str, Any]) -> pl.DataFrame:
    """Declared parties, each an item of its own unless it names one."""
    rows = [{"item": number, "party": 0, "role": "consignee", "country": None, "address": None, **p} for number, p in enumerate(parties)]
    return pl.DataFrame(rows, schema=PARTY)


def found(matcher: PartyMatcher, day: date = DAY, **party: Any) -> list[dict[str, Any]]:
    return matcher.match(frame(party), {0: day}).to_dicts()


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["entity_id"] for row in rows]


def test_an_organisations_full_name_of_several_words_is_strong(matcher: PartyMatcher) -> None:
    (row,) = (r for r in found(matcher, name="QUILLMARK VOSTREL TRADING CORPORATION") if r["list"] == "north")
    assert (row["entity_id"], row["score"], row["strength"], row["why"]) == ("N-1", 100.0, "strong", ["name"])


def test_an_ordinary_name_matches_nothing(matcher: PartyMatcher) -> None:
    assert found(matcher, name="Plain Harbour Ceramics Ltd") == []


def test_a_name_alike_but_not_equal_is_only_possible(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Brandlocke Ferrin")
    assert (row["entity_id"], row["strength"]) == ("N-1", "possible")
    assert 80 <= row["score"] < 95
    assert "the names are alike, not equal" in row["why"]


def test_the_same_identifier_outweighs_another_name(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Plain Harbour Ceramics Ltd", identifiers=["imo:9187629"])
    assert (row["list"], row["entity_id"], row["score"], row["strength"]) == ("north", "N-1", 100.0, "strong")
    assert row["why"] == ["the identifier imo:9187629 is the listed party's"]


def test_the_same_identifier_outweighs_a_better_name_of_the_same_party(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Brandlocke Ferrin", identifiers=["reg:DE-4711"])
    assert (row["score"], row["strength"], row["listed_name"]) == (100.0, "strong", "Brandlocke Ferrin Works")


def test_a_party_is_found_by_its_identifier_without_a_name(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name=None, identifiers=["passport:K1234567"])
    assert (row["entity_id"], row["name"], row["strength"], row["evidence"]) == ("N-2", "", "strong", [])


@pytest.mark.parametrize("written", ["IMO: 9187629", "imo:918 7629", "Imo : 9187629", "reg:de 4711", "reg:DE4711"])
def test_identifiers_are_read_without_blanks_signs_and_case(matcher: PartyMatcher, written: str) -> None:
    assert ids(found(matcher, name=None, identifiers=[written])) == ["N-1"]


def test_a_number_of_another_type_is_another_number(matcher: PartyMatcher) -> None:
    assert found(matcher, name=None, identifiers=["lei:9187629", "passport:9187629", "9187629"]) == []


def test_the_name_of_a_person_is_never_more_than_possible(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Torvald Hexanor Brimwell", country="IR")
    assert (row["entity_id"], row["score"], row["strength"]) == ("N-2", 100.0, "possible")
    assert row["why"] == ["a person's name alone does not identify a person", "the country IR is the listed party's"]


def test_a_policy_may_let_the_name_of_a_person_suffice(snapshot: Snapshot) -> None:
    matcher = PartyMatcher(snapshot, Policy(person_name_alone_is_strong=True))
    assert [row["strength"] for row in found(matcher, name="Torvald Hexanor Brimwell")] == ["strong"]


def test_a_weak_alias_is_only_possible(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Fifth Office Bureau", country="KP")
    assert (row["entity_id"], row["score"], row["strength"]) == ("N-1", 100.0, "possible")
    assert row["why"] == [
        "the listed alias is weak: too general or too uncertain to identify",
        "the country KP is the listed party's",
        "Fifth Office Bureau is another name of Quillmark Vostrel Trading Corporation",
    ]


def test_a_former_name_identifies(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Brandlocke Ferrin Works")
    assert (row["entity_id"], row["listed_name"], row["strength"]) == ("N-1", "Brandlocke Ferrin Works", "strong")


@pytest.mark.parametrize(("country", "strength"), [("SY", "strong"), ("LB", "strong"), ("FR", "possible"), (None, "possible")])
def test_one_word_identifies_only_in_the_listed_partys_country(matcher: PartyMatcher, country: str | None, strength: str) -> None:
    (row,) = found(matcher, name="ZEPHYRANTH", country=country)
    assert (row["entity_id"], row["score"], row["strength"]) == ("N-3", 100.0, strength)


def test_a_legal_form_is_no_second_word_that_identifies(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Mardenholt Co", country="FR")
    assert (row["entity_id"], row["strength"]) == ("N-5", "possible")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 4, 30), []),
        (date(2024, 5, 1), ["N-4"]),
        (date(2025, 5, 31), ["N-4"]),
        (date(2025, 6, 1), []),
    ],
)
def test_a_party_matches_from_its_listing_until_the_day_before_its_removal(matcher: PartyMatcher, day: date, expected: list[str]) -> None:
    assert ids(found(matcher, day, name="Oldemar Crestwick Foundry")) == expected


def test_each_item_is_judged_on_its_own_day(matcher: PartyMatcher) -> None:
    party = {"name": "Oldemar Crestwick Foundry"}
    rows = matcher.match(frame(party, party, party), {0: date(2024, 1, 1), 1: date(2025, 1, 1), 2: date(2026, 1, 1)})
    assert rows.select("item", "entity_id").rows() == [(1, "N-4")]


def test_a_party_on_two_lists_gives_two_matches_with_their_effects(matcher: PartyMatcher) -> None:
    rows = found(matcher, name="Quillmark Vostrel Trading Corp.")
    assert {(row["list"], row["entity_id"], *row["programmes"], row["effect"]) for row in rows} == {
        ("north", "N-1", "NORTH", "Nothing may reach this party."),
        ("south", "S-1", "SOUTH", "Every item needs a licence."),
    }


def test_a_listed_party_is_given_once_under_its_best_name(matcher: PartyMatcher) -> None:
    rows = [row for row in found(matcher, name="Quilmarc Wostrell Ltd") if row["list"] == "north"]
    assert [(row["entity_id"], row["listed_name"]) for row in rows] == [("N-1", "Quilmarc Wostrell")]


def test_an_effect_says_what_the_entry_itself_says(tmp_path: Path) -> None:
    folder = tmp_path / "parties" / "north"
    folder.mkdir(parents=True)
    meta = list_meta("north", "parties", 1) + PROGRAMME.format(programme="NORTH", effect="Nothing may reach this party.")
    (folder / "list.toml").write_text('effect = "See the list."\n' + meta, encoding="utf-8")
    entry = (
        NORTH.split("[[entity]]")[1]
        .replace('["NORTH"]', '["NORTH", "WEST"]')
        .replace("cites", 'footnotes = ["1", "4", "Listing date: 03 Jun 2021"]\nlicence_requirement = "For all items."\ncites')
    )
    (folder / "all.toml").write_text(f"[[entity]]{entry}", encoding="utf-8")
    (row,) = found(PartyMatcher(Snapshot(load((tmp_path,))), Policy()), name="Quillmark Vostrel Trading Corporation")
    assert row["effect"] == (
        "Nothing may reach this party. See the list. Its entry requires a licence: For all items. Its entry carries footnotes 1 and 4 of "
        "the list. Its entry says: Listing date: 03 Jun 2021."
    )


def test_the_evidence_shows_the_words_that_agree(matcher: PartyMatcher) -> None:
    (row,) = found(matcher, name="Hexanor Torvald Brimwell")
    assert {(word["declared"], word["listed"]) for word in row["evidence"]} == {
        ("hexanor", "hexanor"),
        ("torvald", "torvald"),
        ("brimwell", "brimwell"),
    }


def test_matches_stand_best_first_within_their_item(matcher: PartyMatcher) -> None:
    rows = matcher.match(
        frame(
            {"item": 0, "party": 0, "name": "Brandlocke Ferrin"},
            {"item": 0, "party": 1, "role": "exporter", "name": "Zephyranth"},
            {"item": 1, "party": 0, "name": "Torvald Hexanor Brimwell"},
        ),
        {0: DAY, 1: DAY},
    )
    assert rows.select("item", "party", "role", "entity_id").rows() == [
        (0, 1, "exporter", "N-3"),
        (0, 0, "consignee", "N-1"),
        (1, 0, "consignee", "N-2"),
    ]


def test_no_parties_give_no_rows_in_the_promised_columns(matcher: PartyMatcher) -> None:
    assert dict(matcher.match(frame(), {}).schema) == dict(pl.DataFrame(schema=PARTY_MATCH).schema)


def test_what_to_ask_of_a_firm_that_may_belong_to_the_party_comes_with_the_match(tmp_path: Path) -> None:
    folder = tmp_path / "parties" / "north"
    folder.mkdir(parents=True)
    programme = PROGRAMME.format(programme="NORTH", effect="Nothing.") + 'subsidiaries = "Does it own the firm?"\n'
    (folder / "list.toml").write_text(list_meta("north", "parties", 5) + programme, encoding="utf-8")
    (folder / "all.toml").write_text(NORTH, encoding="utf-8")
    (row,) = found(PartyMatcher(Snapshot(load((tmp_path,))), Policy()), name="QUILLMARK VOSTREL TRADING CORPORATION")
    assert row["subsidiaries"] == "Does it own the firm?"
