"""The library: one answer whatever the declarations come in, and a Screener that threads share."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from screening import Screener, compare_names, screen
from screening.single import determine

DAY = date(2026, 11, 24)
RECORDS = [
    {"declaration_id": "A", "export_country": "DE", "destination_country": "VN", "hs_code": "283711", "description": "SODIUM CYANIDE"},
    {"declaration_id": "B", "export_country": "DE", "destination_country": "VN", "hs_code": "392410", "description": "PLASTIC BOWLS"},
]


def answers(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop("source_file", "source_row")


def test_records_frame_path_and_stream_give_the_same_determinations(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    frame = pl.DataFrame(RECORDS)
    frame.write_csv(path)
    expected = answers(screen(RECORDS, as_of=DAY))
    assert expected.filter(pl.col("jurisdiction") == "EU").get_column("flag").to_list() == ["LICENCE_REQUIRED", "NO_FINDING"]
    for source in (frame, path, str(path), io.BytesIO(path.read_bytes())):
        assert_frame_equal(answers(screen(source, as_of=DAY)), expected)


def test_a_screener_is_shared_by_threads(screener: Screener) -> None:
    def one(number: int) -> str:
        record = {"description": "SODIUM CYANIDE" if number % 2 else "PLASTIC BOWLS", "export_country": "DE", "destination_country": "VN"}
        return str(determine(screener, record, as_of=DAY, jurisdictions=("EU",), limit=3)[0]["flag"])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(24))) == ["NO_FINDING", "LICENCE_REQUIRED"] * 12


def test_compare_names_gives_a_score_and_the_aligned_words() -> None:
    found = compare_names("GUANGZHOU HAIGE COMM GRP", "Guangzhou Haige Communications Group")
    assert found.score >= 80
    assert ("comm", "communication") in [(word.declared, word.listed[:13]) for word in found.evidence]
