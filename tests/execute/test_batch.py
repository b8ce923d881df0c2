"""What is taken over, what is counted, and that the size of the parts changes nothing."""

from __future__ import annotations

import io
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening import batch as batches
from screening.batch import Asked, Batch, screen_batch
from screening.engine import Screener
from screening.errors import ContractError, UsageError
from screening.execute import units
from screening.execute.merge import in_order
from screening.execute.units import Opening
from screening.execute.workspace import Workspace
from screening.write import write
from tests.lists import write_list

ASKED = Asked(date(2026, 11, 24), ("EU", "UN"))


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    return Opening((), None, None, tmp_path / "lists", None, None, 1)


def screened(opening: Opening, screener: Screener, sources: list[str], folder: Path, asked: Asked = ASKED, stdin: bytes = b"") -> Batch:
    return screen_batch(opening, sources, asked, folder, lambda *_: None, io.BytesIO(stdin), screener=screener)


class OpenedError(Exception):
    """Stops a run where its workspace is opened."""


def test_every_difference_between_runs_is_another_workspace(
    tmp_path: Path, opening: Opening, screener: Screener, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "changed.csv"
    policy, lists = tmp_path / "policy.toml", write_list(tmp_path / "national")
    policy.write_text("max_questions = 2\n", encoding="utf-8")
    earlier = [tmp_path / "earlier.parquet", tmp_path / "later.parquet"]
    for number, path in enumerate(earlier):
        path.write_bytes(bytes([number]))
    accounts: list[str] = []

    def opened(folder: Path, account: dict[str, Any]) -> Workspace:
        accounts.append(repr(sorted(account.items())))
        raise OpenedError

    monkeypatch.setattr(Workspace, "open", opened)

    def account(sources: list[str], asked: Asked = ASKED, stdin: bytes = b"", with_: Screener = screener) -> None:
        with pytest.raises(OpenedError):
            screened(opening, with_, sources, tmp_path / "parts", asked, stdin)

    account(files)
    account(files[::-1])
    account(files[:1])
    for text in ("description\nfish\n", "description\nmeat\n"):
        other.write_text(text, encoding="utf-8")
        account([str(other)])
        account(["-"], stdin=text.encode())
    account(files, ASKED._replace(as_of=date(2026, 11, 23)))
    account(files, ASKED._replace(jurisdictions=("EU",)))
    account(files, ASKED._replace(input_format="csv"))
    account(files, ASKED._replace(blanks={"export_country": "KH"}))
    account(files, ASKED._replace(columns={"desk": "remarks"}))
    for path in earlier:
        account(files, ASKED._replace(since=path))
    account(files, with_=Screener.open(policy=policy))
    account(files, with_=Screener.open(lists=[lists]))
    for constant in ("PART_ROWS", "MOST_TEXTS"):
        with monkeypatch.context() as patch:
            patch.setattr(batches, constant, 9)
            account(files)
    told = len(set(accounts))
    assert told == len(accounts)
    account(files)
    assert len(set(accounts)) == told


def test_a_workspace_of_another_account_is_removed_and_its_late_units_are_not_seen(tmp_path: Path) -> None:
    first = Workspace.open(tmp_path / "parts", {"run": 1})
    first.keep("read", 0, {"a": pl.DataFrame({"x": [1]})}, {})
    second = Workspace.open(tmp_path / "parts", {"run": 2})
    assert not first.has("read", 0)
    first.keep("read", 0, {"a": pl.DataFrame({"x": [1]})}, {})  # by a worker that outlived its run
    assert not second.has("read", 0)


def test_a_unit_that_is_finished_twice_is_there_once_and_what_was_begun_is_swept(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "parts", {"run": 1})
    for value in (1, 2):
        workspace.keep("read", 0, {"a": pl.DataFrame({"x": [value]})}, {"value": value})
    (workspace.folder / "read" / "000001-begun").mkdir()
    workspace = Workspace.open(tmp_path / "parts", {"run": 1})
    assert (workspace.facts("read", 0), workspace.frame("read", 0, "a").item()) == ({"value": 2}, 2)
    assert len(list((workspace.folder / "read").iterdir())) == 2


def test_the_size_of_parts_changes_no_byte(
    tmp_path: Path, opening: Opening, screener: Screener, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for part_rows, most_texts, stretch in ((1_000, 1_000, 1_000), (7, 5, 10), (1, 1, 1)):
        monkeypatch.setattr(batches, "PART_ROWS", part_rows)
        monkeypatch.setattr(batches, "MOST_TEXTS", most_texts)
        monkeypatch.setattr(batches, "in_order", partial(in_order, stretch=stretch, sampled=2))
        found = screened(opening, screener, files, tmp_path / f"{part_rows}")
        assert (found.items, found.rejects, found.determinations) == (55, 5, 110)
        for suffix in ("parquet", "csv", "ndjson"):
            write(found.frames(), tmp_path / f"out.{suffix}")
        rejects = pl.concat(found.reject_frames()).rows()
        results.append((rejects, *((tmp_path / f"out.{suffix}").read_bytes() for suffix in ("parquet", "csv", "ndjson"))))
    assert results[0] == results[1] == results[2]


def test_the_order_of_the_files_loses_no_row(
    tmp_path: Path, opening: Opening, screener: Screener, files: list[str], small_parts: None
) -> None:
    one, other = (screened(opening, screener, order, tmp_path / str(n)) for n, order in enumerate((files, files[::-1])))
    first, second = (pl.concat(found.frames()) for found in (one, other))
    assert first.equals(second.select(first.columns))
    assert (one.items, one.rejects) == (other.items, other.rejects) == (55, 5)


def test_a_stream_that_was_broken_off_is_not_taken_for_another(
    tmp_path: Path, opening: Opening, screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = [f"declaration_id,export_country,description\n{name},DE,FISH\n".encode() for name in ("A", "B")]
    with monkeypatch.context() as patch:
        patch.setattr(units.Units, "_decide", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            screened(opening, screener, ["-"], tmp_path / "parts", stdin=streams[0])
    found = pl.concat(screened(opening, screener, ["-"], tmp_path / "parts", stdin=streams[1]).frames())
    assert found.get_column("declaration_id").to_list() == ["B", "B"]


def test_a_lost_item_is_noticed(
    tmp_path: Path, opening: Opening, screener: Screener, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_part = batches.keep_part
    monkeypatch.setattr(batches, "keep_part", lambda w, n, part: keep_part(w, n, part._replace(items=part.items.head(-1))))
    with pytest.raises(ContractError, match="55 items and 5 rejects were read; 53 and 5 were kept"):
        screened(opening, screener, files, tmp_path / "parts")


def test_a_lost_determination_leaves_no_results(
    tmp_path: Path, opening: Opening, screener: Screener, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = screened(opening, screener, files, tmp_path / "parts")
    monkeypatch.setattr(batches, "in_order", lambda paths: (frame.head(-1) for frame in in_order(paths)))
    for suffix in ("parquet", "csv"):
        with pytest.raises(ContractError, match="110 determinations were made, 109 came back"):
            write(found.frames(), tmp_path / f"out.{suffix}")
    assert not list(tmp_path.glob("*out*"))


def test_an_unknown_jurisdiction_is_told_before_anything_is_read(
    tmp_path: Path, opening: Opening, screener: Screener, files: list[str]
) -> None:
    with pytest.raises(UsageError, match="no rule set is held for 'ZZ'"):
        screened(opening, screener, files, tmp_path / "parts", ASKED._replace(jurisdictions=("ZZ",)))
    assert not (tmp_path / "parts").exists()
