"""Editions are kept whole, one is in force on a day, and who was removed is remembered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists import editions, folders
from control_lists.editions import Edition, EditionStore
from control_lists.errors import ListDataError
from control_lists.models import WatchlistEntity
from control_lists.parties import Parties

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def party(entity_id: str, name: str) -> WatchlistEntity:
    return WatchlistEntity(id=entity_id, name=name, kind="organisation", programmes=("TEST",), cites=("test",))


def facts(day: date, list_id: str = "test-list") -> dict[str, object]:
    return {
        "list_id": list_id,
        "edition": day,
        "file": "list.xml",
        "importer": "test",
        "sha256": "0" * 64,
        "imported_on": MARCH,
        "is_excerpt": False,
        "engine_version": "0",
    }


def add(store: EditionStore, day: date, *names: str) -> Edition:
    return store.add(facts(day), Parties.of(party(name, name) for name in names))


@pytest.fixture
def store(tmp_path: Path) -> EditionStore:
    return EditionStore(tmp_path / "lists")


def test_an_empty_store_holds_nothing(store: EditionStore) -> None:
    assert store.lists() == []
    assert store.in_force("test-list") is None


def test_the_newest_edition_is_in_force_and_an_older_one_on_its_day(store: EditionStore) -> None:
    add(store, FEBRUARY, "Alpha", "Beta")
    add(store, JANUARY, "Alpha")
    newest, of_january, before = (store.in_force("test-list", day) for day in (None, date(2026, 1, 15), date(2025, 1, 1)))
    assert newest is not None
    assert of_january is not None
    assert before is not None
    assert [e.facts.edition for e in (newest, of_january, before)] == [FEBRUARY, JANUARY, JANUARY]


def test_a_party_no_longer_listed_is_kept_with_the_day_it_went(store: EditionStore) -> None:
    add(store, JANUARY, "Alpha", "Beta")
    add(store, FEBRUARY, "Alpha")
    latest = add(store, MARCH, "Alpha", "Gamma")
    assert [(e.id, e.delisted_on) for e in latest.all] == [("Alpha", None), ("Gamma", None), ("Beta", FEBRUARY)]


def test_an_edition_that_comes_in_late_is_remembered_by_the_later_ones(store: EditionStore) -> None:
    add(store, MARCH, "Alpha")
    add(store, JANUARY, "Alpha", "Beta")
    add(store, FEBRUARY, "Alpha", "Gamma")
    latest = store.in_force("test-list")
    assert latest is not None
    assert sorted((e.id, e.delisted_on) for e in latest.past) == [("Beta", FEBRUARY), ("Gamma", MARCH)]


def test_the_same_edition_is_kept_once(store: EditionStore) -> None:
    assert add(store, JANUARY, "Alpha").folder == add(store, JANUARY, "Alpha").folder
    assert len(store.editions("test-list")) == 1


def test_an_interrupted_import_leaves_the_old_edition_in_force(store: EditionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, JANUARY, "Alpha")

    def stop(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        add(store, FEBRUARY, "Beta")
    held = store.in_force("test-list")
    assert held is not None
    assert held.facts.edition == JANUARY
    assert [path.name for path in (store.root / "test-list").iterdir()] == [held.folder.name]


def test_an_edition_not_held_is_said_with_those_that_are(store: EditionStore) -> None:
    add(store, JANUARY, "Alpha")
    with pytest.raises(ListDataError, match="test-list@2026-02-01: no such edition is held; held are 2026-01-01"):
        store.find("test-list", "2026-02-01")


def test_a_damaged_edition_is_one_clear_line(store: EditionStore) -> None:
    edition = add(store, JANUARY, "Alpha")
    (edition.folder / editions.OWN).write_bytes(b"no parquet")
    with pytest.raises(ListDataError, match="cannot be read"):
        len(Edition.open(edition.folder).parties)


def test_records_come_back_as_they_went_in(store: EditionStore) -> None:
    whole = WatchlistEntity.model_validate(
        {
            "id": "1", "name": "Ivan Example", "kind": "person", "programmes": ["TEST"], "countries": ["RU"], "addresses": ["1 Street"],
            "aliases": [{"name": "Иван", "quality": "weak", "script": "Cyrl"}], "identifiers": ["passport:12 34"], "cites": ["test"],
            "birth_dates": ["~1962"], "birth_places": ["Town"], "listed_on": JANUARY, "licence_requirement": "All items",
            "footnotes": ["footnote 1"], "linked": ["2"], "remarks": ["a remark"],
        }
    )  # fmt: skip
    store.add(facts(JANUARY), Parties.of([whole]))
    held = store.in_force("test-list")
    assert held is not None
    assert list(held.all) == [whole]
