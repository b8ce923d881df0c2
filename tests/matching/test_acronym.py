"""A name with its own acronym in brackets is that name; brackets that say something else stay."""

from __future__ import annotations

import pytest

from screening.matching import MatchIndex
from screening.matching.acronym import without_acronym
from screening.parties.names import compare_names, shipped_word_tables

LISTED = ["Korea Mining Development Trading Corporation", "Al Noor Trading"]


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("Korea Mining Development Trading Corp (KOMID)", "Korea Mining Development Trading Corp"),
        ("GPAC [Green Pine Associated Corp]", "Green Pine Associated Corp"),
        ("Al Noor Trading (UAE) LLC", None),
        ("Al Noor Trading (Dubai) LLC", None),
        ("Bank (B) Ltd", None),
        ("Bank of China", None),
        ("", None),
    ],
)
def test_the_name_without_its_acronym(name: str, shorter: str | None) -> None:
    assert without_acronym(name) == shorter


def test_search_and_comparison_find_the_name_behind_its_acronym() -> None:
    index = MatchIndex.names(LISTED, shipped_word_tables())
    declared = ["Nobody", "Korea Mining Development Trading Corp (KOMID)", "Korea Mining Development Trading Corp"]
    found = index.search(declared, 90)
    assert found.select("declared", "listed").rows() == [(1, 0), (2, 0)]
    for place, listed, score in found.iter_rows():
        assert index.compare(declared[place], listed).score == score == compare_names(declared[place], LISTED[listed]).score
