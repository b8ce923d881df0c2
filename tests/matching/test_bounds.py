"""A word is left out of the search only when nothing could reach the threshold by it."""

from __future__ import annotations

import pytest

from screening.matching import MatchIndex, WordTables
from screening.matching.bounds import most, tail
from screening.matching.lexicon import Lexicon
from screening.matching.reference import search_names
from screening.matching.score import surplus

LEXICON = Lexicon(WordTables(generic=frozenset({"trading", "international", "general"})))


def test_business_words_beside_a_rare_word_are_left_out() -> None:
    name = LEXICON.name("Romashka Trading International")
    assert tail(name, [1, 5000, 900], 0, 80.0) == [1, 2]


def test_of_business_words_alone_all_but_the_costliest_are_looked_up() -> None:
    name = LEXICON.name("General Trading International")
    assert tail(name, [10, 5000, 900], 0, 80.0) == [1]


def test_nothing_is_left_out_at_the_lowest_threshold() -> None:
    assert tail(LEXICON.name("Romashka Trading"), [1, 5000], 0, 0.0) == []


def test_the_bound_is_the_best_listed_weight() -> None:
    assert most(160, 160, has_rare=True) == 100.0
    assert round(most(166, 66, has_rare=False), 2) == 65.35


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("declared", [60, 100, 130, 166, 210, 265, 400, 900])
def test_no_listed_weight_beats_the_bound(declared: int, leads: bool) -> None:
    for agreed in range(1, declared + 40, 7):
        best = 0.0
        for listed in range(1, 1200):
            lighter = min(declared, listed)
            aligned = min(agreed, lighter)
            cost = surplus(lighter, abs(declared - listed), declared > listed, leads) / 100
            best = max(best, 100 * aligned / (2 * lighter - aligned + cost))
        assert most(declared, agreed, has_rare=leads) >= best - 1e-9


def test_initials_of_the_listed_name_count_for_words_left_out() -> None:
    tables = WordTables(given_names=frozenset({"mohammed", "ahmed", "hassan", "ali"}))
    declared, listed = (
        ["Mohammed Ahmed Qwe"],
        ["Mohammed Ahmed Q", "Mohammed Ahmed Q H", "Ahmed Hassan", "Ali Ahmed"] + ["Mohammed Ahmed"] * 3,
    )
    for threshold in (60.0, 70.0, 75.0, 80.0, 85.0):
        assert MatchIndex.names(listed, tables).search(declared, threshold).rows() == search_names(declared, listed, tables, threshold)
