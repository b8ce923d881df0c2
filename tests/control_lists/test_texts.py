"""Official texts: kept in editions, digested by code, bound to what was written from them, and compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.bound import binding_of, moved, write_binding
from control_lists.editions import EditionStore
from control_lists.errors import ListDataError
from control_lists.texts import Paragraph, Text, TextStore, text_of
from control_lists.texts_diff import diff_texts, in_words

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)
FIRST = {
    "1A001": "Parts as follows:",
    "1A001.a": "Seals of more than 50 % of it;",
    "1A001.b": "Valves of “steel”;",
    "2B001": "Tools as follows:",
}


def text(lines: dict[str, str], day: date = JANUARY, list_id: str = "test-list") -> Text:
    return text_of(list_id, day, (Paragraph(list_id, code, "provision", line) for code, line in lines.items()))


def keep(store: EditionStore, one: Text) -> None:
    facts = {"list_id": one.list_id, "edition": one.edition, "file": "x", "importer": "x", "sha256": "0", "imported_on": JUNE}
    TextStore(store).add({**facts, "engine_version": "0"}, one)


def test_an_edition_is_found_by_its_day_and_the_newest_is_in_force(tmp_path: Path) -> None:
    store = EditionStore(tmp_path)
    keep(store, text(FIRST))
    keep(store, text(FIRST | {"1A001.a": "Seals of more than 60 % of it;"}, JUNE))
    texts = TextStore(store)
    assert texts.lists() == ["test-list"]
    assert store.lists() == []  # a text is no list of parties
    newest = texts.in_force("test-list")
    assert newest is not None
    assert newest.text.quote("1A001.a") == [("provision", "Seals of more than 60 % of it;")]
    before = texts.in_force("test-list", date(2026, 5, 31))
    assert before is not None
    assert before.facts.edition == JANUARY
    with pytest.raises(ListDataError, match="test-list@2025-01-01: no such edition of its text is held; held are 2026-01-01, 2026-06-01"):
        texts.find("test-list", "2025-01-01")


def test_the_same_wording_is_kept_once(tmp_path: Path) -> None:
    store = EditionStore(tmp_path)
    keep(store, text(FIRST))
    keep(store, text(FIRST))
    assert len(TextStore(store).editions("test-list")) == 1


def test_printing_alone_changes_no_digest_and_a_number_does() -> None:
    printed = text(FIRST | {"1A001.b": 'Valves  of "steel";'})
    assert printed.digests == text(FIRST).digests
    changed = text(FIRST | {"1A001.a": "Seals of more than 51 % of it;"})
    assert {code for code, digest in changed.digests.items() if digest != printed.digests[code]} == {"1A001.a"}


def test_a_change_moves_what_stands_at_above_and_below_it(tmp_path: Path) -> None:
    write_binding(text(FIRST), tmp_path)
    binding = binding_of("test-list", tmp_path)
    assert binding is not None
    new = text(FIRST | {"1A001.a": "Seals of more than 60 % of it;", "1A001.c": "New."}, JUNE)
    change = moved(binding, new)
    assert change is not None
    assert change.codes == {"1A001.a", "1A001.c"}
    assert [code for code in ("1A001", "1A001.a", "1A001.a.1", "1A001.b", "2B001") if change.under(code)] == [
        "1A001",
        "1A001.a",
        "1A001.a.1",
    ]


def test_the_edition_written_from_and_older_ones_move_nothing(tmp_path: Path) -> None:
    write_binding(text(FIRST, JUNE), tmp_path)
    binding = binding_of("test-list", tmp_path)
    assert binding is not None
    assert moved(binding, text(FIRST, JUNE)) is None
    assert moved(binding, text({"1A001": "Other."}, JANUARY)) is None


def test_a_changed_category_note_moves_every_entry_of_the_category(tmp_path: Path) -> None:
    write_binding(text(FIRST | {"1": "Note."}), tmp_path)
    binding = binding_of("test-list", tmp_path)
    assert binding is not None
    change = moved(binding, text(FIRST | {"1": "Another note."}, JUNE))
    assert change is not None
    assert (change.under("1A001.b"), change.under("2B001")) == (True, False)


def test_a_diff_tells_paragraphs_added_removed_and_changed_with_their_wording() -> None:
    after = text({**FIRST, "1A001.a": "Seals of more than 60 % of it;", "1A001.c": "Pumps."} | {}, JUNE)
    after.frame = after.frame.filter(after.frame["code"] != "2B001")
    changes = diff_texts(text(FIRST), after)
    assert [(c.kind, c.code, c.before, c.after) for c in changes] == [
        ("changed", "1A001.a", ("Seals of more than 50 % of it;",), ("Seals of more than 60 % of it;",)),
        ("added", "1A001.c", (), ("Pumps.",)),
        ("removed", "2B001", ("Tools as follows:",), ()),
    ]
    assert in_words(changes[0]) == (
        "changed  test-list 1A001.a\n    - Seals of more than 50 % of it;\n    + Seals of more than 60 % of it;"
    )


def test_a_table_is_told_by_the_names_that_went_and_came() -> None:
    (change,) = diff_texts(
        text({"D:5": "Alphaland; Betania"}, list_id="us-country-groups"), text({"D:5": "Betania; Gammaland"}, JUNE, "us-country-groups")
    )
    assert in_words(change) == "changed  us-country-groups D:5\n    gone Alphaland\n    new  Gammaland"
