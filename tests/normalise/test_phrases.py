"""Phrases are found as whole words, whatever case, accents or plural."""

from __future__ import annotations

import polars as pl

from screening.normalise.phrases import Phrases, folded


def test_a_phrase_is_found_over_punctuation_case_and_plural() -> None:
    assert Phrases(["juice extractor"]).first_in("JUICE-EXTRACTORS, kitchen") == "juice extractor"


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert Phrases(["uav"]).first_in("JUICE: GUAVA") is None


def test_the_longest_of_overlapping_phrases_is_named() -> None:
    assert Phrases(["vaccine", "cattle vaccine"]).first_in("cattle vaccines") == "cattle vaccine"


def test_no_phrases_find_nothing() -> None:
    assert Phrases([]).first_in("anything") is None


def test_words_without_a_plural_stay() -> None:
    assert folded("gas glass analysis apparatus alloys assemblies boxes") == " gas glass analysis apparatus alloy assembly box "


def test_many_texts_are_answered_as_each_alone() -> None:
    phrases = Phrases(["free zone", "grey market", "défense"])
    texts = ["JEBEL ALI FREE ZONE", "gray markets", "ZONE FREE", None, "ministère de la défense", "plain", "свободная free zone"]
    assert phrases.any_in(pl.Series(texts)).to_list() == [t is not None and phrases.first_in(t) is not None for t in texts]
    assert phrases.any_in(pl.Series(texts)).to_list() == [True, True, False, False, True, False, True]


def test_british_and_american_spelling_are_one() -> None:
    assert Phrases(["aluminium fibre"]).first_in("ALUMINUM FIBERS") == "aluminium fibre"


def test_accents_and_other_scripts_become_latin() -> None:
    assert folded("Für Ölpumpen") == " fur olpumpen "
