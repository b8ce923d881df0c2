"""A case in a file, and the same declaration screened again from it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from screening.engine import Screener
from screening.errors import ReviewError
from screening.policy import Policy
from screening.read import ReadOptions, read
from screening.review import CaseStore, ReviewTerms, declared_at, place_of, read_case, replay, write_case
from screening.write.nested import records
from tests.conftest import DAY
from tests.review.determinations import by

# A date that cannot be read, a carried column, several parties, attributes and documents: all of it decides or is noted.
DECLARED: list[dict[str, Any]] = [
    {
        "declaration_id": "R-1", "declared_on": "2026-11-20", "export_country": "DE", "destination_country": "VN", "hs_code": "8419.89",
        "description": "Isostatic press", "attributes": {"inner_diameter": "500 mm", "working_pressure": "100 MPa"}, "broker_ref": "B/77",
        "parties": [{"role": "consignee", "name": "Musterfirma", "country": "VN"}, {"role": "exporter", "name": "Beispiel GmbH"}],
        "documents": [{"code": "X060", "reference": "DE-2026-17", "valid_until": "2027-01-01"}],
    },
    {
        "declaration_id": "R-2", "declared_on": "yesterday", "export_country": "DE", "destination_country": "KP", "value": "12,50",
        "currency": "EUR", "description": "spare parts", "hs_code": "8411.99", "transit_countries": ["CN", "HK"],
        "parties": [{"role": "consignee", "name": "Korea Mining Development Trading Corporation", "identifiers": ["reg:4711"]}],
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def found(screener: Screener, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """The declarations as a file, and their determinations."""
    path = tmp_path_factory.mktemp("declared") / "morning.ndjson"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in DECLARED), encoding="utf-8")
    return path, [one for part in screener.screen(path, as_of=DAY) for one in records(part.determinations)]


@pytest.fixture
def opened(screener: Screener, found: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> Iterator[CaseStore]:
    """A store of the cases of both declarations, with what was declared."""
    path, determinations = found
    terms = ReviewTerms.of(screener.snapshot, Policy())
    store = CaseStore.make(tmp_path / "review.db", lambda: terms, by())
    declared = declared_at(read(path, ReadOptions(screener.snapshot)), map(place_of, determinations))
    assert store.open_cases(determinations, by(), declared).undeclared == 0
    yield store
    store.close()


@pytest.mark.parametrize("suffix", ["json", "zip"])
def test_every_exported_case_replays_to_the_same_result(opened: CaseStore, screener: Screener, tmp_path: Path, suffix: str) -> None:
    rows = opened.queue()
    assert {row.declaration_id for row in rows} == {"R-1", "R-2"}
    for row in rows:
        path = tmp_path / f"{row.case_id}.{suffix}"
        write_case(opened.case(row.case_id), path, DAY)
        outcome = replay(read_case(path), screener)
        assert outcome.differs == ()
        assert outcome.then == outcome.now


def test_the_file_holds_what_was_declared_decided_and_done(opened: CaseStore, tmp_path: Path) -> None:
    case_id = next(row.case_id for row in opened.queue() if row.declaration_id == "R-1")
    opened.note(case_id, "a note", by())
    write_case(opened.case(case_id), tmp_path / "c.zip", DAY)
    with zipfile.ZipFile(tmp_path / "c.zip") as archive:
        assert archive.namelist() == ["case.json", "case.txt"]
        content = json.loads(archive.read("case.json"))
        assert "Isostatic press" in archive.read("case.txt").decode()
    assert [event["kind"] for event in content["events"]] == ["opened", "noted"]
    assert content["case"]["declared"]["extra"] == {"broker_ref": "B/77"}
    assert len(content["case"]["declared"]["parties"]) == 2
    assert content["case"]["determination"]["snapshot"] == content["case"]["snapshot"]


def test_equal_cases_are_equal_bytes(opened: CaseStore, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_case(opened.case(1), tmp_path / name, DAY)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize(
    ("written", "forged", "fault"),
    [
        ('"VN"', '"FR"', "the case was altered"),
        ('"amy"', '"eve"', "event . was altered"),
        ("stc-case/1", "stc-case/9", "this version reads"),
    ],
)
def test_a_file_that_was_altered_is_refused(opened: CaseStore, tmp_path: Path, written: str, forged: str, fault: str) -> None:
    path = tmp_path / "c.json"
    case_id = next(row.case_id for row in opened.queue() if row.declaration_id == "R-1")
    write_case(opened.case(case_id), path, DAY)
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, forged), encoding="utf-8")
    with pytest.raises(ReviewError, match=fault):
        read_case(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "stc-case/1", "case": {}, "events": []}', b"PK\x03\x04", b"\xff\xfe"])
@pytest.mark.parametrize("suffix", ["json", "zip"])
def test_a_file_that_is_no_case_is_one_line(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"c.{suffix}"
    path.write_bytes(content)
    with pytest.raises(ReviewError, match="no case that stc review export wrote"):
        read_case(path)


def test_a_result_that_differs_names_its_fields(opened: CaseStore, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    case_id = next(row.case_id for row in opened.queue() if row.declaration_id == "R-1")
    write_case(opened.case(case_id), path, DAY)
    strict = tmp_path / "strict.toml"
    strict.write_text("conclusive = 100.0\nterm_threshold = 99.9\nmax_candidates = 1\n")
    outcome = replay(read_case(path), Screener.open(policy=strict))
    assert "candidates" in outcome.differs
    assert outcome.then["policy"] != outcome.now["policy"]


def test_a_case_without_the_declared_record_says_so(found: tuple[Path, list[dict[str, Any]]], screener: Screener, tmp_path: Path) -> None:
    terms = ReviewTerms.of(screener.snapshot, Policy())
    store = CaseStore.make(tmp_path / "review.db", lambda: terms, by())
    assert store.open_cases(found[1], by()).undeclared > 0
    write_case(store.case(1), tmp_path / "c.json", DAY)
    with pytest.raises(ReviewError, match="holds no declared record; open results with --declarations"):
        replay(read_case(tmp_path / "c.json"), screener)
    store.close()
