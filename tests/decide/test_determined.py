"""Narrow determinations are what the whole ones are: joined, changed and cut into frames."""

from __future__ import annotations

import polars as pl
import pytest

from screening.decide.determined import Determined, joined
from screening.decide.records import RECORD


def said(jurisdiction: str, flag: str, *questions: str) -> dict[str, object]:
    empty = {name: [] for name, dtype in RECORD.items() if isinstance(dtype, pl.List)}
    return {**empty, "jurisdiction": jurisdiction, "flag": flag, "lane": "green", "questions": list(questions)}


def determined(ids: str, records: list[int]) -> Determined:
    """Determinations of declarations called by one letter each, of two records."""
    rows = pl.DataFrame({"declaration_id": list(ids), "jurisdiction": "EU", "record": records}, schema_overrides={"record": pl.UInt32})
    return Determined(rows, pl.DataFrame([said("EU", "NO_FINDING"), said("EU", "REVIEW", "Which?")], schema=RECORD))


def test_whole_ones_have_their_own_record_and_are_made_narrow_again_without_loss() -> None:
    whole = determined("ABC", [1, 0, 1]).whole()
    assert whole.get_column("flag").to_list() == ["REVIEW", "NO_FINDING", "REVIEW"]
    assert whole.get_column("questions").to_list() == [["Which?"], [], ["Which?"]]
    assert Determined.of(whole).whole().equals(whole)


def test_joined_parts_keep_their_records_and_a_column_of_one_part_is_null_in_the_other() -> None:
    one, other = determined("AB", [0, 1]), determined("CD", [1, 0])
    carrying = other._replace(rows=other.rows.with_columns(pl.lit("x").alias("extra.desk")))
    expected = pl.concat([one.whole(), carrying.whole()], how="diagonal")
    assert joined([one, carrying]).whole().equals(expected)


def test_a_record_is_changed_once_in_each_situation() -> None:
    seen: list[int] = []

    def change(records: pl.DataFrame) -> pl.DataFrame:
        seen.append(records.height)
        return records.with_columns(lane=pl.when(pl.col("where") == 7).then(pl.lit("red")).otherwise("lane"))

    before = determined("ABCDE", [0, 1, 1, 0, 1])
    placed = before._replace(rows=before.rows.with_columns(pl.Series("where", [None, 7, None, None, 7], pl.UInt32)))
    after = placed.changed("where", change).whole()
    assert (after.get_column("lane").to_list(), seen) == (["green", "red", "green", "green", "red"], [3])
    assert after.drop("lane").equals(before.whole().drop("lane"))


@pytest.mark.parametrize(
    ("ids", "about", "heights"),
    [("AABBBC", 1, [2, 3, 1]), ("AABBBC", 3, [5, 1]), ("AABBBC", 2, [2, 3, 1]), ("AABBBC", 9, [6]), ("AAAA", 1, [4]), ("", 5, [0])],
)
def test_no_declaration_is_in_two_frames(ids: str, about: int, heights: list[int]) -> None:
    held = determined(ids, [n % 2 for n in range(len(ids))])
    frames = list(held.frames(about))
    assert [frame.height for frame in frames] == heights
    assert pl.concat(frames).equals(held.whole())
