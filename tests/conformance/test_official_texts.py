"""The official texts imported whole: exact counts, the bound digests, our sets against the tables, and files that were cut."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from control_lists.bound import binding_of, moved
from control_lists.editions import EditionStore
from control_lists.importing import Importing, Outcome
from control_lists.snapshot import Snapshot
from control_lists.tables_check import check_official
from control_lists.texts import TextStore

DAY = date(2026, 11, 24)
FILES = {  # list: file, edition, codes, paragraphs
    "eu-dual-use": ("eu/annex_I_provisions.csv", date(2025, 11, 15), 3443, 4222),
    "us-ccl": ("us_ccl/ccl_supp1.xml", date(2026, 6, 24), 4912, 13231),
    "us-country-chart": ("us_ear/country_chart.json", date(2026, 7, 23), 18, 18),
    "us-country-groups": ("us_ear/country_groups.json", date(2026, 7, 23), 14, 14),
}


@pytest.fixture(scope="module")
def store(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> EditionStore:
    store = EditionStore(tmp_path_factory.mktemp("texts") / "lists")
    for file, edition, codes, paragraphs in FILES.values():
        (told,) = _imported(store, shared / "data/control" / file, edition)
        assert told.failure is None
        assert f"{codes} codes, {paragraphs} paragraphs: in force" in told.lines[0]
    return store


def test_headings_are_those_of_the_index(store: EditionStore) -> None:
    counts = {}
    for list_id in ("eu-dual-use", "us-ccl"):
        codes = _text(store, list_id).frame.get_column("code").unique()
        counts[list_id] = sum(len(code) == 5 and "." not in code and code != "EAR99" for code in codes)
    assert counts == {"eu-dual-use": 384, "us-ccl": 637}


def test_the_chart_has_its_rows_and_the_groups_their_members(store: EditionStore) -> None:
    chart = {code: len(text.split("; ")) for code, _, text in _text(store, "us-country-chart").frame.iter_rows()}
    assert (chart["rows"], chart["rows without marks"]) == (196, 4)
    groups = {code: len(text.split("; ")) for code, _, text in _text(store, "us-country-groups").frame.iter_rows()}
    assert groups == {
        "A:1": 40, "A:2": 34, "A:3": 42, "A:4": 45, "A:5": 38, "A:6": 8, "B": 173,
        "D:1": 24, "D:2": 10, "D:3": 36, "D:4": 21, "D:5": 22, "E:1": 3, "E:2": 1,
    }  # fmt: skip


def test_the_lists_are_bound_to_these_texts(store: EditionStore) -> None:
    for list_id, (_, edition, codes, _) in FILES.items():
        binding = binding_of(list_id)
        assert binding is not None
        assert (binding.edition, len(binding.digests)) == (edition, codes)
        assert moved(binding, _text(store, list_id)) is None


def test_our_sets_are_those_of_the_tables(store: EditionStore) -> None:
    assert [fault.message for fault in check_official(Snapshot.open(store=store))] == []


def test_every_entry_of_ours_is_a_code_of_the_text(store: EditionStore) -> None:
    printed = set(_text(store, "eu-dual-use").frame.get_column("code"))
    assert [entry.code for entry in Snapshot.open().lists["eu-dual-use"].entries if entry.code not in printed] == []


@pytest.mark.parametrize("list_id", FILES)
def test_a_cut_file_is_refused_in_one_line_and_nothing_changes(list_id: str, shared: Path, tmp_path: Path) -> None:
    file, edition, *_ = FILES[list_id]
    whole = (shared / "data/control" / file).read_bytes()
    store = EditionStore(tmp_path / "lists")
    for number, share in enumerate((0.1, 0.5, 0.9, 0.999)):
        cut = tmp_path / f"{number}_{Path(file).name}"
        cut.write_bytes(whole[: int(len(whole) * share)])
        (told,) = _imported(store, cut, edition)
        assert told.failure is not None
        assert "\n" not in told.failure
    assert TextStore(store).lists() == []


def test_a_file_that_lost_whole_rows_is_refused(shared: Path, tmp_path: Path) -> None:
    file, edition, *_ = FILES["eu-dual-use"]
    with (shared / "data/control" / file).open(encoding="utf-8", newline="") as whole:
        rows = list(csv.reader(whole))
    cut = tmp_path / "annex.csv"
    with cut.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows[:-1])
    (told,) = _imported(EditionStore(tmp_path / "lists"), cut, edition)
    assert told.failure is not None
    assert "holds 4221 paragraphs of 3443 codes, the edition 2025-11-15 of eu-dual-use has 4222 of 3443" in told.failure


def _imported(store: EditionStore, path: Path, edition: date) -> list[Outcome]:
    return list(Importing.open(store, (), DAY, "0").files([path], edition, accept_shrink=False))


def _text(store: EditionStore, list_id: str):  # type: ignore[no-untyped-def]
    held = TextStore(store).in_force(list_id)
    assert held is not None
    return held.text
