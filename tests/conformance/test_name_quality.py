"""Name matching on labelled pairs and on real traders against a real list: floors, not targets."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.name_quality import listed_names, raised
from screening.matching import MatchIndex
from screening.matching.reference import search_names
from screening.parties.names import compare_names, shipped_word_tables
from screening.policy import NAME_THRESHOLD

REALLY_LISTED = (275, 719, 796, 807, 1527, 2114, 7851)
"""Rows of the traders, from 1, that are listed parties, or whose name is the listed name word for word; looked through by hand."""


@pytest.fixture(scope="module")
def un_names(shared: Path) -> list[str]:
    """The primary names of the consolidated list of the United Nations."""
    root = ET.parse(shared / "data" / "watchlists" / "un" / "2026-02-27" / "UN_consolidated.xml").getroot()
    names = []
    for entry in [*root.iter("INDIVIDUAL"), *root.iter("ENTITY")]:
        parts = [entry.findtext(tag) or "" for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
        names.append(" ".join(part.strip() for part in parts if part.strip()))
    return names


@pytest.fixture(scope="module")
def traders(shared: Path) -> list[str]:
    """Real names of exporters and importers, some with an address in the name."""
    path = shared / "data" / "declarations" / "datasets" / "portbrain_derived" / "parties_dev.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["name"] for row in csv.DictReader(file)))


def f1(rows: Sequence[tuple[bool, bool]]) -> float:
    true = sum(found and expected for found, expected in rows)
    return 2 * true / (sum(found for found, _ in rows) + sum(expected for _, expected in rows))


@pytest.mark.parametrize(("is_person", "floor"), [(True, 0.82), (False, 0.84)])
def test_labelled_pairs_are_told_apart(shared: Path, is_person: bool, floor: float) -> None:
    with (shared / "cases" / "name-pairs-dev.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["schema"] == "Person") == is_person]
    found = [(compare_names(row["name1"], row["name2"]).score >= NAME_THRESHOLD, row["is_match"] == "true") for row in rows]
    assert f1(found) >= floor


def test_real_traders_raise_next_to_nothing(traders: list[str], un_names: list[str]) -> None:
    found = MatchIndex.names(un_names, shipped_word_tables()).search(traders, NAME_THRESHOLD)
    assert len(un_names) == 1003
    assert found["declared"].n_unique() <= len(traders) * 5 // 1000


def test_real_traders_raise_little_against_all_lists(shared: Path) -> None:
    folder = shared / "data" / "declarations" / "datasets" / "portbrain_derived"
    with (folder / "parties_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = [row["name"] for row in csv.DictReader(file)]
    aside = {rows[number - 1] for number in REALLY_LISTED}
    traders = [name for name in dict.fromkeys(rows) if name not in aside]
    listed = [entry.name for entry in listed_names(shared / "data" / "watchlists" / "benchmark" / "names.tsv.gz")]
    assert raised(traders, listed, show=False) <= len(traders) * 5 // 1000


def test_every_listed_name_finds_itself(un_names: list[str]) -> None:
    found = MatchIndex.names(un_names, shipped_word_tables()).search(un_names, NAME_THRESHOLD)
    itself = {ours for ours, theirs, _ in found.iter_rows() if un_names[ours] == un_names[theirs]}
    assert sorted(set(range(len(un_names))) - itself) == []


def test_the_index_equals_the_reference_on_real_names(traders: list[str], un_names: list[str]) -> None:
    declared, listed = [*traders[:60], *un_names[:60]], un_names[::5]
    for threshold in (50.0, 80.0):
        found = MatchIndex.names(listed, shipped_word_tables()).search(declared, threshold)
        assert found.rows() == search_names(declared, listed, shipped_word_tables(), threshold)
