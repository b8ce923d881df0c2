"""Screening again after the lists changed gives what a full run gives, and screens only what the change could alter."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control_lists.editions import EditionStore
from control_lists.models import EntityName, WatchlistEntity
from control_lists.parties import Parties
from control_lists.snapshot import Snapshot
from control_lists.store import ListData, load
from screening.batch import Asked, screen_batch
from screening.engine import Screener
from screening.execute.units import Opening
from screening.policy import Policy
from screening.rescreen import Run, metadata_of
from screening.write import write

DAY = date(2026, 11, 24)
NAMES = ["Quillmark Vostrel Works", "Brandlocke Ferrin Bureau", "Oldemar Crestwick Foundry", "Mardenholt Senveil Group", "Torvald Hexanor"]
FIRST, SECOND = date(2026, 1, 1), date(2026, 6, 1)


def listed(entity_id: int, name: str, programme: str = "TEST-A", alias: str | None = None) -> WatchlistEntity:
    aliases = (EntityName(name=alias),) if alias else ()
    return WatchlistEntity(id=f"T{entity_id}", name=name, kind="organisation", programmes=(programme,), aliases=aliases, cites=("test",))


def keep(store: EditionStore, day: date, entities: Sequence[WatchlistEntity]) -> None:
    facts = {"list_id": "test-list", "edition": day, "file": "x", "importer": "x", "sha256": "0", "imported_on": DAY, "is_excerpt": False}
    store.add({**facts, "engine_version": "0"}, Parties.of(entities))


@pytest.fixture
def declarations(tmp_path: Path) -> Path:
    path = tmp_path / "declarations.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["declaration_id", "declared_on", "export_country", "destination_country", "description", "consignee_name", "note"])
        for number, name in enumerate([*NAMES, "Plain Harbour Ceramics", "QUILLMARK VOSTRELL WORKS", "", "Fordlane Teapots"]):
            day = "2026-07-01" if number % 2 else ""
            writer.writerow([f"D{number}", day, "DE", "VN", "sodium cyanide" if number == 5 else "tea pots", name, "kept"])
    return path


@cache
def embedded() -> ListData:
    """The embedded records without the listed parties: only those of the test's own list change."""
    data = load()
    return data._replace(lists={name: one for name, one in data.lists.items() if one.entries})


class Ran(NamedTuple):
    """A finished run with all its determinations at hand."""

    determinations: pl.DataFrame
    items: int
    reports: list[str]
    run: Run


def run(store: EditionStore, declarations: Path, since: Path | None = None, as_of: date = DAY) -> Ran:
    editions = [edition for list_id in store.lists() if (edition := store.in_force(list_id)) is not None]
    screener = Screener(Snapshot(embedded(), editions), Policy())
    opening = Opening((), None, None, store.root, None, None, 1)
    asked = Asked(as_of, ("EU", "UN"), since=since)
    with TemporaryDirectory() as folder:
        batch = screen_batch(opening, [str(declarations)], asked, Path(folder), lambda *_: None, io.BytesIO(), screener=screener)
        return Ran(pl.concat(batch.frames()), batch.items, batch.reports, batch.run)


CHANGES = {
    "nothing": [listed(n, name) for n, name in enumerate(NAMES)],
    "one added": [*(listed(n, name) for n, name in enumerate(NAMES)), listed(9, "Fordlane Teapots")],
    "one removed": [listed(n, name) for n, name in enumerate(NAMES[1:], 1)],
    "a programme changed": [listed(0, NAMES[0], "TEST-B"), *(listed(n, name) for n, name in enumerate(NAMES[1:], 1))],
    "an alias added": [listed(0, NAMES[0], alias="Plain Harbour Ceramics"), *(listed(n, name) for n, name in enumerate(NAMES[1:], 1))],
    "a name changed": [listed(0, "Something Else Entirely"), *(listed(n, name) for n, name in enumerate(NAMES[1:], 1))],
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_gives_what_a_full_run_gives(tmp_path: Path, declarations: Path, change: str) -> None:
    store = EditionStore(tmp_path / "lists")
    keep(store, FIRST, CHANGES["nothing"])
    first = run(store, declarations)
    write([first.determinations], tmp_path / "first.parquet", account=metadata_of(first.run))
    keep(store, SECOND, CHANGES[change])
    again, full = run(store, declarations, tmp_path / "first.parquet"), run(store, declarations)
    assert again.determinations.equals(full.determinations)
    assert again.items == full.items


def test_only_what_the_change_could_alter_is_screened_again(tmp_path: Path, declarations: Path) -> None:
    store = EditionStore(tmp_path / "lists")
    keep(store, FIRST, CHANGES["nothing"])
    first = run(store, declarations)
    write([first.determinations], tmp_path / "first.parquet", account=metadata_of(first.run))
    keep(store, SECOND, CHANGES["one removed"])
    again = run(store, declarations, tmp_path / "first.parquet")
    assert again.reports[-1] == f"2 items screened again, 7 taken from {tmp_path / 'first.parquet'}"


def test_another_day_screens_the_undated_again_and_gives_what_a_full_run_gives(tmp_path: Path, declarations: Path) -> None:
    store = EditionStore(tmp_path / "lists")
    keep(store, FIRST, CHANGES["nothing"])
    first = run(store, declarations)
    write([first.determinations], tmp_path / "first.parquet", account=metadata_of(first.run))
    later = date(2026, 12, 24)
    again, full = run(store, declarations, tmp_path / "first.parquet", later), run(store, declarations, as_of=later)
    assert again.determinations.equals(full.determinations)
    assert again.reports[-1].startswith("5 items screened again, 4 taken")


def test_changed_declarations_are_all_screened_again(tmp_path: Path, declarations: Path) -> None:
    store = EditionStore(tmp_path / "lists")
    keep(store, FIRST, CHANGES["nothing"])
    first = run(store, declarations)
    write([first.determinations], tmp_path / "first.parquet", account=metadata_of(first.run))
    declarations.write_text(declarations.read_text().replace("tea pots", "coffee pots"))
    again = run(store, declarations, tmp_path / "first.parquet")
    assert again.reports[-1] == "everything was screened again: the declarations changed"
    assert again.determinations.equals(run(store, declarations).determinations)


words = st.sampled_from(["quillmark", "vostrel", "brandlocke", "ferrin", "works", "bureau", "trading", "ltd"])
name = st.lists(words, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(name, min_size=1, max_size=6),
    after=st.lists(name, min_size=1, max_size=6),
    declared=st.lists(name, min_size=1, max_size=6),
)
def test_any_change_of_names_gives_what_a_full_run_gives(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], declared: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("world")
    path = folder / "d.csv"
    pl.DataFrame({"declaration_id": [f"D{n}" for n in range(len(declared))], "consignee_name": declared, "export_country": "DE"}).write_csv(
        path
    )
    store = EditionStore(folder / "lists")
    keep(store, FIRST, [listed(n, text) for n, text in enumerate(before)])
    first = run(store, path)
    write([first.determinations], folder / "first.parquet", account=metadata_of(first.run))
    keep(store, SECOND, [listed(n, text) for n, text in enumerate(after)])
    assert run(store, path, folder / "first.parquet").determinations.equals(run(store, path).determinations)
