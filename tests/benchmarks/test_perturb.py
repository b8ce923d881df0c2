"""Each alteration changes a name in its own way, the same for the same seed, and nothing where there is no room for it."""

from __future__ import annotations

import random

import pytest

from benchmarks.perturb import CUT, KINDS

COMPANY = "Helvetica Navigation International Trading Company Limited"
PERSON = "Konstantin Alexandrovich Podoprigorov"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"exact", "initial", "transliteration"}))
def test_an_alteration_changes_a_company_and_is_repeatable(kind: str) -> None:
    made = [KINDS[kind](COMPANY, False, random.Random(3)) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] not in (None, COMPANY)


def test_a_spelling_by_ear_keeps_the_length_and_leaves_legal_forms_alone() -> None:
    made = KINDS["transliteration"](PERSON, True, random.Random(3))
    assert made is not None
    assert abs(len(made) - len(PERSON)) <= 4
    assert KINDS["transliteration"](COMPANY, False, random.Random(3)) is None


@pytest.mark.parametrize(
    ("kind", "name", "is_person", "expected"),
    [
        ("cut", COMPANY, False, "Helvetica Navigation International"),
        ("cut", "Gazprom", False, None),
        ("initial", COMPANY, False, None),
        ("initial", "Konstantin Podoprigorov", True, "K Podoprigorov"),
        ("abbreviation", "Helvetica Navigation", False, None),
        ("abbreviation", "Ministry", False, "min"),
        ("dropped_word", "Helvetica Navigation", False, None),
        ("joined", "Gazprom", False, None),
        ("legal_form", PERSON, True, None),
        ("transliteration", "Газпром", False, None),
    ],
)
def test_an_alteration_says_what_it_does(kind: str, name: str, is_person: bool, expected: str | None) -> None:
    assert KINDS[kind](name, is_person, random.Random(1)) == expected
    assert CUT == 35
