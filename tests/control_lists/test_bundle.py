"""Lists carried to another machine: whole, proved, and never anywhere but in the store."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from control_lists.bundle import MANIFEST, is_bundle, read_bundle, write_bundle
from control_lists.editions import EditionStore
from control_lists.errors import ListDataError
from control_lists.parties import Parties
from tests.control_lists.test_editions import facts, party


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    store = EditionStore(tmp_path / "here")
    store.add(facts(date(2026, 1, 1)), Parties.of([party("Alpha", "Alpha"), party("Beta", "Beta")]))
    store.add(facts(date(2026, 2, 1)), Parties.of([party("Alpha", "Alpha")]))
    write_bundle(store, tmp_path / "lists.zip")
    return tmp_path / "lists.zip"


def altered(bundle: Path, member: str, data: bytes) -> Path:
    """A copy of the bundle with one member of other content, or one more."""
    path = bundle.with_name("altered.zip")
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(path, "w") as new:
        for name in {*old.namelist(), member}:
            new.writestr(name, data if name == member else old.read(name))
    return path


def test_a_bundle_brings_every_edition(tmp_path: Path, bundle: Path) -> None:
    assert is_bundle(bundle)
    there = EditionStore(tmp_path / "there")
    assert [e.facts.edition for e in read_bundle(there, bundle)] == [date(2026, 1, 1), date(2026, 2, 1)]
    held = there.in_force("test-list")
    assert held is not None
    assert [e.id for e in held.all] == ["Alpha", "Beta"]


def test_the_same_store_gives_the_same_bytes(tmp_path: Path, bundle: Path) -> None:
    write_bundle(EditionStore(tmp_path / "here"), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_an_empty_store_makes_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(ListDataError, match="holds no imported list"):
        write_bundle(EditionStore(tmp_path / "nothing"), tmp_path / "lists.zip")


def test_an_altered_file_is_refused_and_changes_nothing(tmp_path: Path, bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        member = next(name for name in archive.namelist() if name.endswith("parties.parquet"))
    there = EditionStore(tmp_path / "there")
    with pytest.raises(ListDataError, match="is not the file that was bundled"):
        read_bundle(there, altered(bundle, member, b"other"))
    assert there.lists() == []


@pytest.mark.parametrize("member", ["../../outside", "test-list/2026/extra.py", "/etc/passwd"])
def test_a_file_more_is_refused(tmp_path: Path, bundle: Path, member: str) -> None:
    with pytest.raises(ListDataError, match="its files are not those it names"):
        read_bundle(EditionStore(tmp_path / "there"), altered(bundle, member, b"x"))


def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../x/parties.parquet", b"x")
        archive.writestr(MANIFEST, '{"form": 1, "sha256": {"../x/parties.parquet": "0"}}')
    with pytest.raises(ListDataError, match="which no bundle does"):
        read_bundle(EditionStore(tmp_path / "there"), path)


def test_another_file_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no archive")
    assert not is_bundle(tmp_path / "x.zip")
