"""Each result format: what it holds, that frames follow one another in it, and that a file is there whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from screening.engine import Screener
from screening.errors import ContractError, UsageError
from screening.write import FORMATS, format_of, is_worklist, write, write_to
from screening.write.flat import flatten, harmless
from screening.write.nested import FIELDS, nested, records
from tests.write.determined import ASKED, BOWLS, CYANIDE, LISTED, determined

WHOLE = ("csv", "tsv", "ndjson", "parquet", "xlsx")


@pytest.fixture
def frame(screener: Screener) -> pl.DataFrame:
    found = determined(screener, [CYANIDE, {**BOWLS, "parties": [LISTED]}, ASKED, {**BOWLS, "description": "=1+1"}], "EU", "UN")
    return found.with_columns(pl.Series("extra.broker_ref", [f"B-{n}" for n in range(found.height)]))


def rows_of(content: bytes, word: str) -> pl.DataFrame:
    source = io.BytesIO(content)
    if word in ("csv", "tsv"):
        return pl.read_csv(source, separator="\t" if word == "tsv" else ",", infer_schema=False)
    if word == "xlsx":
        return pl.read_excel(source)
    return pl.read_parquet(source) if word == "parquet" else pl.read_ndjson(source)


def written(frames: list[pl.DataFrame], word: str) -> bytes:
    out = io.BytesIO()
    write_to(frames, out, word)
    return out.getvalue()


@pytest.mark.parametrize("word", WHOLE)
def test_frames_follow_one_another_in_one_file(frame: pl.DataFrame, word: str) -> None:
    for frames in ([frame], [frame[:2], frame[2:2], frame[2:]]):
        found = rows_of(written(frames, word), word)
        assert found.get_column("declaration_id").to_list() == frame.get_column("declaration_id").to_list()
        assert found.get_column("flag").to_list() == frame.get_column("flag").to_list()


@pytest.mark.parametrize("word", WHOLE)
def test_marks_of_a_budget_change_no_byte_of_the_determinations(frame: pl.DataFrame, word: str) -> None:
    marked = frame.with_columns(alert_rank=pl.lit(1), beyond_budget=pl.lit(True))
    if word == "xlsx":  # a workbook says when it was made
        first, second = (zipfile.ZipFile(io.BytesIO(written([one], word))).read("xl/worksheets/sheet1.xml") for one in (frame, marked))
        assert first == second
    else:
        assert written([marked], word) == written([frame], word)


def test_a_flat_row_has_the_worst_reason_the_best_candidate_and_match(frame: pl.DataFrame) -> None:
    licence, _, listed, *_ = flatten(frame).to_dicts()
    assert (licence["rule_id"], licence["entry"], licence["entry_status"]) == ("eu-art-3-1", "1C350.45", "met")
    assert (listed["rule_id"], listed["listed_id"], listed["party_match_count"]) == ("eu-2017-1509-art-34", "KPe.001", 2)
    assert licence["broker_ref"] == "B-0"


def test_a_carried_column_does_not_hide_one_of_ours(frame: pl.DataFrame) -> None:
    flat = flatten(frame.rename({"extra.broker_ref": "extra.flag"}))
    assert flat.get_column("extra.flag").to_list()[0] == "B-0"
    assert flat.get_column("flag").to_list()[0] == "LICENCE_REQUIRED"


def test_no_text_of_a_table_runs_as_a_formula() -> None:
    texts = ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "a=1", None]
    assert harmless(pl.DataFrame({"text": texts, "number": range(8)})).get_column("text").to_list() == [
        "'=1", "'+1", "'-1", "'@A1", "'\t=1", "'\r=1", "a=1", None,
    ]  # fmt: skip


def test_nested_records_are_those_of_the_contract_with_what_was_carried(frame: pl.DataFrame) -> None:
    assert nested(frame).columns == [*FIELDS, "extra"]
    first = json.loads(written([frame], "ndjson").splitlines()[0])
    assert first["extra"] == {"broker_ref": "B-0"}
    assert first["reasons"][0]["law"].startswith("Regulation (EU) 2021/821")
    assert records(frame)[0]["as_of"] == "2026-11-24"


def test_parquet_carries_everything_and_the_account_of_the_run(frame: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    write([frame], path, account={"inputs": "abc"})
    assert pl.read_parquet(path).equals(nested(frame))
    assert pl.read_parquet_metadata(path)["inputs"] == "abc"


def test_a_workbook_has_no_formula_and_no_link(frame: pl.DataFrame) -> None:
    linked = frame.with_columns(description=pl.lit("https://example.org"))
    for one in (frame, linked):
        sheet = zipfile.ZipFile(io.BytesIO(written([one], "xlsx"))).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet


def test_with_a_byte_order_mark_there_is_one(frame: pl.DataFrame) -> None:
    out = io.BytesIO()
    write_to([frame[:1], frame[1:]], out, "csv", bom=True)
    assert out.getvalue().count(b"\xef\xbb\xbf") == 1
    assert next(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))[0] == "declaration_id"


@pytest.mark.parametrize("word", sorted(FORMATS))
def test_a_run_that_breaks_leaves_what_was_there(frame: pl.DataFrame, tmp_path: Path, word: str) -> None:
    def broken() -> Iterator[pl.DataFrame]:
        yield frame
        raise ValueError("broken")

    path = tmp_path / f"out.{word}"
    path.write_bytes(b"before")
    with pytest.raises((ValueError, pl.exceptions.PolarsError, ContractError)):  # a referral wants what was declared
        write(broken(), path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("path", "stated", "word"),
    [
        ("out.csv", None, "csv"), ("OUT.CSV", None, "csv"), ("a.b.parquet", None, "parquet"), ("referral.csv", None, "csv"),
        ("day.selectivity.csv", None, "selectivity.csv"), ("day.Referral.XML", None, "referral.xml"),
        ("day.csv", "selectivity", "selectivity.csv"), ("day.xml", "referral", "referral.xml"), ("-", "selectivity", "selectivity.csv"),
        ("-", "referral.xml", "referral.xml"), ("day.txt", "csv", "csv"), ("day.csv", "NDJSON", "ndjson"),
    ],
)  # fmt: skip
def test_the_format_is_named_or_told_by_the_suffix(path: str, stated: str | None, word: str) -> None:
    assert format_of(path, stated) == word


@pytest.mark.parametrize(
    ("path", "stated"), [("out.xml", None), ("out.doc", None), ("out", None), ("out.parquet", "referral"), ("-", "xml")]
)
def test_a_format_that_is_none_is_refused(path: str, stated: str | None) -> None:
    with pytest.raises(UsageError, match="no result format"):
        format_of(path, stated)


def test_worklists_are_those_that_a_budget_shortens() -> None:
    assert {word for word in FORMATS if is_worklist(word)} == {"selectivity.csv", "selectivity.xml", "referral.csv", "referral.xml"}
