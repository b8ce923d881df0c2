"""A pair judged to be different parties is set aside for its time, and comes back when the listed record changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.models import WatchlistEntity
from screening.errors import PolicyError
from screening.parties.exceptions import COLUMNS, exception_for, read_exceptions, record_of

ENTITY = WatchlistEntity(id="T-1", name="Quillmark Vostrel", kind="organisation", programmes=("T",), cites=("test",))
HEAD = ",".join(COLUMNS)


def row(record: str = record_of(ENTITY), expires: str = "2027-01-01", reason: str = "another firm") -> str:
    return f"Quillmark  VOSTREL,test-list,T-1,{record},B. Officer,{reason},2026-01-01,{expires}"


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "exceptions.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_it_holds_for_the_same_name_within_its_time(tmp_path: Path) -> None:
    found = read_exceptions(write(tmp_path, row()))
    one = exception_for(found, "quillmark vostrel", "test-list", ENTITY, date(2026, 6, 1))
    assert one is not None
    assert (one.author, one.reason) == ("B. Officer", "another firm")


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_it_does_not_hold_outside_its_time(tmp_path: Path, day: date) -> None:
    assert exception_for(read_exceptions(write(tmp_path, row())), "Quillmark Vostrel", "test-list", ENTITY, day) is None


def test_it_lapses_when_the_listed_record_changes(tmp_path: Path) -> None:
    changed = ENTITY.model_copy(update={"addresses": ("1 Ferrin Road",)})
    assert exception_for(read_exceptions(write(tmp_path, row())), "Quillmark Vostrel", "test-list", changed, date(2026, 6, 1)) is None


def test_another_list_or_name_has_no_exception(tmp_path: Path) -> None:
    found = read_exceptions(write(tmp_path, row()))
    assert exception_for(found, "Quillmark Vostrel", "other-list", ENTITY, date(2026, 6, 1)) is None
    assert exception_for(found, "Quillmark Vostrel Ltd", "test-list", ENTITY, date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    ("rows", "head", "message"),
    [
        ([row(reason="")], HEAD, "row 2: reason is blank"),
        ([row(expires="soon")], HEAD, "row 2: Invalid isoformat"),
        ([row()], "name,list", "row 1: an exceptions file has the columns"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, rows: list[str], head: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        read_exceptions(write(tmp_path, *rows, head=head))
