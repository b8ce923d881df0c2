"""The index answers for every place of every text, in a fixed order."""

from __future__ import annotations

import polars as pl
import pytest

from screening.matching import MatchIndex
from screening.parties.names import compare_names, shipped_word_tables

LISTED = ["Gazprom Neft", "Mohammed bin Salman", "Gazprom Neft", "Acme Rocket Works Ltd"]


@pytest.fixture(scope="module")
def index() -> MatchIndex:
    return MatchIndex.names(LISTED, shipped_word_tables())


def test_repeated_texts_are_answered_at_every_place(index: MatchIndex) -> None:
    found = index.search(["x", "GAZPROM NEFT", "GAZPROM NEFT"], 80)
    assert found.select("declared", "listed").rows() == [(1, 0), (1, 2), (2, 0), (2, 2)]


def test_search_and_comparison_agree(index: MatchIndex) -> None:
    found = index.search(["Gasprom Neft", "Muhammad bin Salman"], 50)
    texts = ["Gasprom Neft", "Muhammad bin Salman"]
    for declared, listed, score in found.iter_rows():
        assert index.compare(texts[declared], listed).score == score
        assert compare_names(texts[declared], LISTED[listed]).score == score


def test_the_frame_has_the_promised_columns(index: MatchIndex) -> None:
    names = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64}
    assert dict(index.search([], 80).schema) == names
    assert dict(index.search(["nobody"], 80).schema) == names
    assert dict(MatchIndex.terms(["laser"]).search([], 80).schema) == {**names, "start": pl.UInt32, "end": pl.UInt32}


def test_empty_lists_and_texts_are_answered() -> None:
    assert MatchIndex.names([], shipped_word_tables()).search(["Gazprom"], 80).height == 0
    assert MatchIndex.names([""], shipped_word_tables()).search(["", "Gazprom"], 0).height == 0
    assert MatchIndex.terms([]).search(["laser"], 80).height == 0
    assert MatchIndex.terms([""]).search(["", "laser"], 0).height == 0


def test_a_score_does_not_depend_on_the_list() -> None:
    tables = shipped_word_tables()
    alone = MatchIndex.names(["Gazprom Neft"], tables).search(["Gasprom Neft"], 50)["score"][0]
    among = MatchIndex.names(["Gazprom Neft", *(f"Gazprom {i}" for i in range(50))], tables).search(["Gasprom Neft"], 50)
    assert among.filter(pl.col("listed") == 0)["score"][0] == alone
