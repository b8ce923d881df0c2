"""A trade term stands in a text when each of its words does, close together."""

from __future__ import annotations

import pytest

from screening.matching import MatchIndex

NO_WORDS: frozenset[str] = frozenset()


def score(text: str, term: str, known: frozenset[str] = NO_WORDS) -> float:
    found = MatchIndex.terms([term], known_words=known).search([text], 1.0)
    return float(found["score"][0]) if found.height else 0.0


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Heat Exchangers", "heat exchanger"),
        ("FIBRES OF CARBON; CARBON FIBRE", "carbon fiber"),
        ("aluminium tube", "aluminum tube"),
        ("grey-iron moulds", "gray iron mold"),
        ("AA 7075", "7075"),
        ("sulphur hexafluoride", "sulfur hexafluoride"),
        ("O-Rings", "o ring"),
        ("lithium batteries", "lithium battery"),
    ],
)
def test_plurals_and_british_spelling_are_exact(text: str, term: str) -> None:
    assert score(text, term) == 100.0


def test_words_in_any_order_within_the_window_stay_above_ninety() -> None:
    assert score("exchanger a b c d heat", "heat exchanger") == 92.0
    assert score("exchanger a b c d e heat", "heat exchanger") == 0.0


def test_a_clause_break_does_not_matter() -> None:
    assert score("Machines; centrifuge\ngas", "gas centrifuge") == 98.0


def test_words_written_together_or_apart_match() -> None:
    assert score("heatexchanger", "heat exchanger") == 98.0
    assert score("photo resist", "photoresist") == 98.0
    assert score("T-700 fibre", "t700 fiber") == 99.0


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("7076 alloy", "7075 alloy"),
        ("carton box", "carbon box"),
        ("fire blanket", "fibre blanket"),
        ("layer", "laser"),
        ("heat pump", "heat exchanger"),
        ("sodium nitrite", "sodium nitrate"),
        ("methylphosphonate", "ethylphosphonite"),
        ("dimethylamine", "diethylamine"),
    ],
)
def test_near_words_that_are_other_goods_do_not_match(text: str, term: str) -> None:
    known = frozenset({"carton", "carbon", "fire", "fibre", "layer", "laser"})
    assert score(text, term, known) == 0.0


def test_long_words_may_be_misspelt() -> None:
    assert score("centrifugel separater", "centrifugal separator") == 89.9
    assert score("spektrometer", "spectrometer") == 91.7


def test_a_known_word_is_never_a_misspelling() -> None:
    assert score("fitter", "filter") == 83.4
    assert score("fitters", "filter", frozenset({"fitter"})) == 0.0


def test_every_word_needs_its_own_place() -> None:
    assert score("steel", "steel steel") == 0.0


def test_han_terms_stand_inside_a_run() -> None:
    assert score("不锈钢反应器 10L", "反应器") == 100.0


def test_the_place_of_the_words_is_told() -> None:
    text = "used éèà Gas  Centrifuges, new"
    found = MatchIndex.terms(["gas centrifuge"]).search([text], 90.0)
    assert text[found["start"][0] : found["end"][0]] == "Gas  Centrifuges"


def test_evidence_of_a_term() -> None:
    found = MatchIndex.terms(["gas centrifuge"]).compare("gas centrifuges", 0)
    assert found.score == 100.0
    assert [(word.declared, word.listed, word.kind) for word in found.evidence] == [
        ("gas", "gas", "exact"),
        ("centrifuges", "centrifuge", "form"),
    ]
