"""Merging sorted parts gives what sorting the whole gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine import ORDER
from screening.execute.merge import in_order

KEYS = st.tuples(
    st.none() | st.text("abc", max_size=2), st.none() | st.integers(0, 2), st.sampled_from(("x", "y")), st.integers(0, 2), st.just("EU")
)
SCHEMA = {"declaration_id": pl.String, "item_number": pl.Int64, "source_file": pl.String, "source_row": pl.Int64, "jurisdiction": pl.String}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(KEYS, max_size=30), min_size=1, max_size=5), st.integers(1, 12), st.integers(1, 4))
def test_it_is_the_whole_sorted(parts: list[list[tuple[object, ...]]], stretch: int, sampled: int) -> None:
    with TemporaryDirectory() as name:
        frames, files = [], []
        for number, rows in enumerate(parts):
            frame = pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(ORDER, nulls_last=True, maintain_order=True)
            frame = frame.with_columns(told=pl.format("{}-{}", pl.lit(number), pl.int_range(pl.len())))
            frames.append(frame if number % 2 else frame.with_columns(pl.lit("here").alias("extra.column")))
            files.append(Path(name) / f"{number}.parquet")
            frames[-1].write_parquet(files[-1], row_group_size=3)
        merged = list(in_order(files, stretch, sampled))
        whole = pl.concat(frames, how="diagonal").sort(ORDER, nulls_last=True, maintain_order=True)
        assert pl.concat(merged).equals(whole)
        assert len({tuple(frame.columns) for frame in merged}) == 1


def test_no_frame_is_much_longer_than_asked(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.parquet" for number in range(4)]
    for number, file in enumerate(files):
        keys = [f"D{place:05}" for place in range(number, 20_000, 4)]
        rows = [(key, 1, "f.csv", 1, "EU") for key in keys]
        pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(file, row_group_size=500)
    heights = [frame.height for frame in in_order(files, 1_000, 100)]
    assert (sum(heights), max(heights) <= 2_000) == (20_000, True)


def test_a_part_without_rows_stops_no_stream(tmp_path: Path) -> None:
    rows = {"declaration_id": [f"D-{n:05}" for n in range(5_000)], "item_number": 1, "source_file": "a", "jurisdiction": "EU"}
    whole = pl.DataFrame(rows, schema_overrides={"item_number": pl.Int64}).with_row_index("source_row")
    files = [tmp_path / f"{name}.parquet" for name in ("empty", "first", "second")]
    for file, frame in zip(files, (whole.clear(), whole[2_000:], whole[:2_000]), strict=True):
        frame.write_parquet(file)
    frames = list(in_order(files, stretch=1_000))
    assert len(frames) > 1
    assert pl.concat(frames).select(whole.columns).equals(whole)
