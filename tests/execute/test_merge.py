"""Sorted parts as one stream: also where a part holds nothing, as one of unreadable rows alone does."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from screening.execute.merge import in_order


def test_a_part_without_rows_stops_no_stream(tmp_path: Path) -> None:
    rows = {"declaration_id": [f"D-{n:05}" for n in range(5_000)], "item_number": 1, "source_file": "a", "jurisdiction": "EU"}
    whole = pl.DataFrame(rows, schema_overrides={"item_number": pl.Int64}).with_row_index("source_row")
    files = [tmp_path / f"{name}.parquet" for name in ("empty", "first", "second")]
    for file, frame in zip(files, (whole.clear(), whole[2_000:], whole[:2_000]), strict=True):
        frame.write_parquet(file)
    frames = list(in_order(files, stretch=1_000))
    assert len(frames) > 1
    assert pl.concat(frames).select(whole.columns).equals(whole)
