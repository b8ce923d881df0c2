"""A declared text names its party in more than one way; brackets and words that say something else stay."""

from __future__ import annotations

import pytest

from screening.matching import MatchIndex
from screening.matching.other_ways import other_ways
from screening.parties.names import compare_names, shipped_word_tables

LISTED = ["Korea Mining Development Trading Corporation", "Al Noor Trading"]


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Korea Mining Development Trading Corp (KOMID)", ["Korea Mining Development Trading Corp"]),
        ("GPAC [Green Pine Associated Corp]", ["Green Pine Associated Corp"]),
        ("Green Pine (formerly Blue Fir Works)", ["Green Pine", "Blue Fir Works"]),
        ("Rosoboronexport AKA ROE", ["Rosoboronexport"]),
        ("Smith c/o Green Pine (GP) Co", ["Smith", "Green Pine (GP) Co"]),
        ("Al Noor Trading (UAE) LLC", []),
        ("Al Noor Trading (Dubai) LLC", []),
        ("Acme f/k/a Blue Fir d.b.a. Pine", ["Acme", "Blue Fir", "Pine"]),
        ("c/o Green Pine", ["Green Pine"]),
        ("AKA Holdings", []),
        ("Akai Trading", []),
        ("Osaka Works", []),
        ("Bank (B) Ltd", []),
        ("Green  Pine Works\n( GPW )", ["Green Pine Works"]),
        ("A (" + 20_000 * " " + "x", []),
        ("x" + 10_000 * ", ;" + "x", []),
        ("", []),
    ],
)
def test_the_other_ways(name: str, ways: list[str]) -> None:
    assert other_ways(name) == ways


def test_search_and_comparison_find_the_name_either_way() -> None:
    index = MatchIndex.names(LISTED, shipped_word_tables())
    declared = ["Nobody", "Korea Mining Development Trading Corp (KOMID)", "c/o Korea Mining Development Trading Corp"]
    found = index.search(declared, 90)
    assert found.select("declared", "listed").rows() == [(1, 0), (2, 0)]
    for place, listed, score in found.iter_rows():
        assert index.compare(declared[place], listed).score == score == compare_names(declared[place], LISTED[listed]).score
