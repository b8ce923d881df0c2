"""Every official file at hand is imported as the publisher wrote it, or refused in one line that says why."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from control_lists.editions import EditionStore
from control_lists.importing import Importing
from control_lists.snapshot import Snapshot
from screening.parties.listed import ListedParties
from tests.conformance.official import BROKEN, IMPORTED, PARTS, REBUILT, TODAY, UNKNOWN, WATCHLISTS, Store

LISTS = {
    "au-dfat", "ca-sema", "ch-seco", "cn-mofcom", "eu-fsf", "jp-eul", "jp-mof", "jp-specified", "uk-sanctions", "un-sc", "us-dpl",
    "us-dtc", "us-entity-list", "us-isn", "us-meu", "us-ofac-cons", "us-sdn", "us-uvl",
}  # fmt: skip


@pytest.fixture(scope="module")
def importing(official: Store) -> Importing:
    return Importing.open(official.editions, (), TODAY, "0")


def held(store: EditionStore) -> list[tuple[str, int]]:
    """Every file of a store with the moment of its last change."""
    return sorted((str(path), path.stat().st_mtime_ns) for path in store.root.rglob("*"))


def test_every_file_of_the_index_is_accounted_for(shared: Path) -> None:
    index = (shared / WATCHLISTS / "INDEX.md").read_text(encoding="utf-8")
    files = set(re.findall(r"^\| ([\w./-]+/[\w.-]+\.\w+) \|", index, re.MULTILINE))
    assert files == {*IMPORTED, *REBUILT, *PARTS, *BROKEN, *UNKNOWN}


@pytest.mark.parametrize("file", [*IMPORTED, *REBUILT])
def test_a_file_is_imported_with_its_edition_and_parties(official: Store, shared: Path, file: str) -> None:
    expected = (IMPORTED | REBUILT)[file]
    outcome = official.outcomes[file]
    assert outcome.failure is None
    told = dict(line.split(": edition ", 1) for line in outcome.lines)
    assert told.keys() == expected.parties.keys()
    for list_id, parties in expected.parties.items():
        assert told[list_id].startswith(f"{expected.edition}, {parties} parties, ")


@pytest.mark.parametrize("file", [*IMPORTED, *REBUILT])
def test_the_parties_are_those_that_the_index_counts(shared: Path, file: str) -> None:
    """Its figures stand in the file's row of the index; where ours is another one, the table says why."""
    index = (shared / WATCHLISTS / "INDEX.md").read_text(encoding="utf-8")
    row = next(line for line in index.splitlines() if line.startswith(f"| {file} |"))
    if "text only" in row or "| same |" in row:
        return
    expected = (IMPORTED | REBUILT)[file]
    figures = {int(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*", row)}
    counted = {list_id: expected.indexed.get(list_id, (parties,)) for list_id, parties in expected.parties.items()}
    assert {figure for of_list in counted.values() for figure in of_list} <= figures
    assert ({list_id: sum(of_list) for list_id, of_list in counted.items()} == expected.parties) == (not expected.why)


def test_a_list_is_an_excerpt_where_the_file_is_a_part_of_it(official: Store) -> None:
    excerpts = {
        (list_id, edition.facts.edition.isoformat())
        for list_id in official.editions.lists()
        for edition in official.editions.editions(list_id)
        if edition.facts.is_excerpt
    }
    assert excerpts == {
        ("ch-seco", "2026-08-27"), ("eu-fsf", "2016-02-11"), ("eu-fsf", "2022-03-18"), ("uk-sanctions", "2016-02-12"),
        ("uk-sanctions", "2026-10-08"), ("us-sdn", "2024-05-03"),
    }  # fmt: skip


def test_every_programme_of_a_current_edition_is_described(official: Store) -> None:
    sources = Snapshot.open().sources
    for list_id in official.editions.lists():
        edition = official.editions.in_force(list_id)
        used = set(edition.parties.frame.get_column("programmes").explode().drop_nulls())
        assert used <= {programme.id for programme in sources[list_id].programmes}, list_id


def test_lists_of_all_publishers_load_with_their_names(official: Store) -> None:
    assert set(official.editions.lists()) == LISTS
    snapshot = Snapshot.open(store=official.editions)
    names = ListedParties(snapshot).names
    assert {loaded.meta.id for loaded in snapshot.lists.values() if loaded.meta.kind == "parties"} == LISTS
    assert names.get_column("list").unique().len() == len(LISTS)
    assert names.height > 100_000


@pytest.mark.parametrize("file", BROKEN)
def test_a_broken_file_is_refused_in_one_line_and_changes_nothing(importing: Importing, official: Store, shared: Path, file: str) -> None:
    before = held(official.editions)
    (outcome,) = importing.files([shared / WATCHLISTS / file], None, False)
    assert outcome.lines == ()
    assert outcome.failure is not None
    assert "\n" not in outcome.failure
    assert outcome.failure.startswith(f"{Path(file).name}: {BROKEN[file]}")
    assert held(official.editions) == before


@pytest.mark.parametrize("file", UNKNOWN)
def test_a_file_of_no_list_is_refused_in_one_line(importing: Importing, shared: Path, file: str) -> None:
    (outcome,) = importing.files([shared / WATCHLISTS / file], None, False)
    assert outcome.lines == ()
    assert outcome.failure is not None
    assert outcome.failure.startswith(f"{Path(file).name}: not a list that stc knows; ")
    assert "\n" not in outcome.failure


@pytest.mark.parametrize("file", [file for file, official in IMPORTED.items() if not official.accepted])
def test_a_file_cut_short_is_refused_in_one_line_and_changes_nothing(
    importing: Importing, official: Store, shared: Path, tmp_path: Path, file: str
) -> None:
    """Cut as a download breaks off, in the middle of the bytes."""
    whole = shared / WATCHLISTS / file
    folder = tmp_path / whole.parent.name
    folder.mkdir()
    for part in PARTS:
        if Path(part).parent == Path(file).parent:
            shutil.copy(shared / WATCHLISTS / part, folder)
    cut = folder / whole.name
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 3 // 5])
    before = held(official.editions)
    # A day after the edition in force: the cut file would replace it.
    (outcome,) = importing.files([cut], TODAY, False)
    assert outcome.lines == ()
    assert outcome.failure is not None
    assert outcome.failure.startswith(f"{whole.name}: ")
    assert "\n" not in outcome.failure
    assert held(official.editions) == before
