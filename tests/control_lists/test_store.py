"""List data that cannot be used ends in one line naming file, line and cure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.errors import ListDataError
from control_lists.snapshot import Snapshot
from control_lists.store import EMBEDDED, load
from tests.lists import ENTRY, LIST, write_list


def fault(directory: Path) -> str:
    with pytest.raises(ListDataError) as caught:
        load((directory,))
    return str(caught.value)


def test_a_list_is_read_with_its_entries(tmp_path: Path) -> None:
    data = load((write_list(tmp_path),))
    assert [e.code for e in data.lists["test-goods"].entries] == ["2B204"]
    assert data.lists["test-goods"].entries[0].criteria[0].value == 69.0  # type: ignore[union-attr]


def test_a_duplicate_code_names_the_line_and_the_first_file(tmp_path: Path) -> None:
    message = fault(write_list(tmp_path, ENTRY + ENTRY))
    assert message.startswith("goods/test-goods/category_2.toml: line 10: code '2B204' stands twice in test-goods")


def test_a_duplicate_key_is_told_with_its_line(tmp_path: Path) -> None:
    message = fault(write_list(tmp_path, '[[entry]]\ncode = "2B204"\ncode = "2B205"\n'))
    assert "category_2.toml: not valid TOML" in message
    assert "line 3" in message
    assert "\n" not in message


def test_an_unquoted_code_asks_for_quotes(tmp_path: Path) -> None:
    message = fault(write_list(tmp_path, '[[entry]]\ncode = 1E001\ntitle = "x"\ncites = ["c"]\n'))
    assert message == "goods/test-goods/category_2.toml: line 1: code (found 10.0): put the value in quotes"


def test_an_unquoted_code_that_is_no_number_is_told_with_its_line(tmp_path: Path) -> None:
    message = fault(write_list(tmp_path, "[[entry]]\ncode = 2B204\n"))
    assert "line 2" in message
    assert "Quote every code" in message


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    message = fault(write_list(tmp_path, ENTRY + 'note = "x"\n'))
    assert message == "goods/test-goods/category_2.toml: line 2: note: no such field; see docs/data-formats.md"


def test_a_folder_without_list_toml_is_refused(tmp_path: Path) -> None:
    write_list(tmp_path)
    (tmp_path / "goods" / "test-goods" / "list.toml").unlink()
    assert fault(tmp_path) == "goods/test-goods/category_2.toml: no list.toml beside it; every list says what it is"


def test_a_missing_directory_is_told(tmp_path: Path) -> None:
    assert "no such directory" in fault(tmp_path / "absent")


def test_an_empty_directory_is_told(tmp_path: Path) -> None:
    assert "holds no .toml file" in fault(tmp_path)


def test_a_date_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    message = fault(write_list(tmp_path, ENTRY + "since = 2025-01-01\nuntil = 2024-01-01\n"))
    assert "since 2025-01-01 is not before until 2024-01-01" in message


def test_an_authored_directory_adds_to_the_embedded_lists_and_replaces_one_of_the_same_id(tmp_path: Path) -> None:
    added = Snapshot.open((write_list(tmp_path / "a"),))
    assert {"eu-dual-use", "test-goods"} <= set(added.lists)
    replaced = Snapshot.open((write_list(tmp_path / "b", meta=LIST.replace("test-goods", "eu-dual-use")),))
    assert [e.code for e in replaced.lists["eu-dual-use"].entries] == ["2B204"]


def test_the_digest_names_the_content_and_not_the_line_ends(tmp_path: Path) -> None:
    one = load((write_list(tmp_path / "a"),)).digest
    other = load((write_list(tmp_path / "b", ENTRY.replace("\n", "\r\n")),)).digest
    changed = load((write_list(tmp_path / "c", ENTRY.replace("69", "70")),)).digest
    assert one == other
    assert one != changed


def test_country_sets_are_dated(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "sets.toml").write_text(
        """
[[country_set]]
id = "club"
title = "A club"
members = ["AA"]
until = 2020-01-01
cites = ["test"]
[[country_set]]
id = "club"
title = "A club"
members = ["AA", "BB"]
since = 2020-01-01
cites = ["test"]
""",
        encoding="utf-8",
    )
    snapshot = Snapshot(load((tmp_path,)))
    assert snapshot.country_set("club", date(2019, 12, 31)) == {"AA"}
    assert snapshot.country_set("club", date(2020, 1, 1)) == {"AA", "BB"}
    with pytest.raises(ListDataError, match="'none' is not defined"):
        snapshot.country_set("none", date(2020, 1, 1))


def test_the_embedded_lists_load() -> None:
    data = load((EMBEDDED,))
    assert {"eu-dual-use", "cwc", "us-ccl", "un-sc", "us-entity-list"} <= set(data.lists)
    assert {"EU", "KH", "UN", "CWC", "CPPNM", "US"} <= set(data.profiles)


def test_kept_records_are_the_same_records_and_a_broken_cache_changes_nothing(tmp_path: Path) -> None:
    lists, prepared = write_list(tmp_path / "lists"), tmp_path / "prepared"
    first = load((lists,), prepared)
    (kept,) = prepared.glob("*.records")
    assert load((lists,), prepared) == first
    kept.write_bytes(b"not a cache")
    assert load((lists,), prepared) == first
    write_list(tmp_path / "lists", ENTRY.replace("69", "70"))
    assert load((lists,), prepared).digest != first.digest


def test_kept_records_of_the_same_lists_elsewhere_are_not_taken_for_these(tmp_path: Path) -> None:
    here, there = write_list(tmp_path / "here"), write_list(tmp_path / "there")
    load((there,), tmp_path / "prepared")
    assert Path(load((here,), tmp_path / "prepared").lists["test-goods"].origin).is_relative_to(here)
