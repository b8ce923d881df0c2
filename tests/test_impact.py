"""What a newer edition changes in earlier results: every flag that flips, or why the results cannot be replayed."""

from __future__ import annotations

from pathlib import Path

import pytest

from control_lists.editions import EditionStore
from control_lists.importing import Importing
from control_lists.snapshot import Snapshot
from screening.engine import Screener
from screening.errors import ResultFormatError
from screening.impact import Impact, as_records, impact, in_words
from screening.policy import Policy
from screening.rescreen import metadata_of
from screening.write import write
from tests.test_rescreen import DAY, FIRST, NAMES, SECOND, embedded, keep, listed, run


@pytest.fixture
def store(tmp_path: Path) -> EditionStore:
    store = EditionStore(tmp_path / "lists")
    keep(store, FIRST, [listed(1, NAMES[0]), listed(2, NAMES[1])])
    return store


@pytest.fixture
def results(tmp_path: Path, store: EditionStore) -> Path:
    declarations = tmp_path / "declarations.csv"
    rows = [f"D{number},2026-02-0{number + 1},DE,VN,tea pots,{name}" for number, name in enumerate(NAMES[:3])]
    declarations.write_text(
        "\n".join(["declaration_id,declared_on,export_country,destination_country,description,consignee_name", *rows]) + "\n"
    )
    batch = run(store, declarations)
    path = tmp_path / "results.parquet"
    write(batch.determinations, path, None, account=metadata_of(batch.run))
    return path


def replay(store: EditionStore, results: Path, after: str) -> Impact:
    editions = [edition for list_id in store.lists() if (edition := store.in_force(list_id)) is not None]
    screener = Screener(Snapshot(embedded(), editions), Policy.open(None))
    return impact(results, after, screener, store, Importing(store, screener.snapshot, DAY, "0"))


def test_a_party_listed_later_flips_the_flag_and_one_taken_off_flips_it_back(store: EditionStore, results: Path) -> None:
    keep(store, SECOND, [listed(2, NAMES[1]), listed(3, NAMES[2])])
    found = replay(store, results, f"test-list@{SECOND}")
    told = [(f["declaration_id"], f["flag_before"], f["flag"]) for f in found.flips.filter(jurisdiction="EU").to_dicts()]
    assert [(declaration, before == "NO_FINDING") for declaration, before, _ in told] == [("D2", True), ("D0", False)]
    gone = found.flips.filter(declaration_id="D0", jurisdiction="EU").to_dicts()[0]
    assert gone["flag"] == "NO_FINDING"
    assert gone["reason"].startswith("no longer: ")
    assert in_words(gone).startswith("D0 item 1 under EU: ")
    assert sum(found.counts.values()) == found.flips.height
    assert as_records(found)["compared"] == found.compared == 6


def test_the_same_edition_flips_nothing(store: EditionStore, results: Path) -> None:
    found = replay(store, results, f"test-list@{FIRST}")
    assert (found.flips.height, found.notes) == (0, ())


def test_results_whose_declarations_are_gone_or_changed_say_so(store: EditionStore, results: Path, tmp_path: Path) -> None:
    declarations = tmp_path / "declarations.csv"
    declarations.write_text(declarations.read_text() + "D9,2026-02-09,DE,VN,tea pots,Nobody\n")
    with pytest.raises(ResultFormatError, match=r"cannot be replayed: it keeps no declarations, and .*declarations.csv, .* changed since"):
        replay(store, results, f"test-list@{FIRST}")
    declarations.unlink()
    with pytest.raises(ResultFormatError, match="is not there any more"):
        replay(store, results, f"test-list@{FIRST}")
