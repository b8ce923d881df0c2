"""Dates as Japanese lists write them."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers.japanese_dates import birth_dates, first_day


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1941年8月20日", ["1941-08-20"]),
        ("１９６８年頃; 1967/11/12", ["~1968", "1967-11-12"]),
        ("(a)1955年-1958年頃\n(b)1945年から1950年の間", ["~1955/1958", "1945/1950"]),
        ("1972年、1971年又は1973年", ["1972", "1971", "1973"]),
        ("1963年1月1日から\n1965年12月31日の間", ["1963/1965"]),
        ("1952-10-07 00:00:00", ["1952-10-07"]),
        ("23996", ["1965-09-11"]),
        ("1973年7月1日又は7月10日", ["1973-07-01", "1973-07-10"]),
        ("1986年12月13 日又は 31日", ["1986-12-13", "1986-12-31"]),
        ("1999年9月", ["1999-09"]),
        ("1970", ["1970"]),
        ("不明", []),
    ],
)
def test_birth_dates_are_read(text: str, dates: list[str]) -> None:
    assert birth_dates(text).dates == dates
    assert birth_dates(text).notes == []


@pytest.mark.parametrize("text", ["おおむね30～35歳", "1402年6月24日（ヒジュラ暦）", "10月10日（year unknown）", "1977年13月1日"])
def test_what_is_no_date_is_kept_as_a_note(text: str) -> None:
    reading = birth_dates(text)
    assert not reading.dates
    assert len(reading.notes) == 1


def test_a_date_with_more_is_both() -> None:
    assert birth_dates("1979年3月3日（偽造旅券より）") == (["1979-03-03"], ["1979年3月3日(偽造旅券より)"])


def test_the_first_day_of_several_is_the_listing() -> None:
    assert first_day("\n2023.12.4") == date(2023, 12, 4)
    assert first_day("2022 年03月01 日") == date(2022, 3, 1)
    assert first_day("不明") is None
