"""Dates as Japanese lists write them: ``1941年8月20日``, ``1955年-1958年頃``, ``2001.9.22``, ``1965/4/14``, spreadsheet serial numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from control_lists.importers.dates import serial_day
from control_lists.importers.japanese_names import ENUMERATOR, UNKNOWN, plain

_DATE = r"(\d{4})(?:年(?:(\d{1,2})月(?:(\d{1,2})日?)?)?|[/.-](\d{1,2})[/.-](\d{1,2}))?(?:T?00:00:00)?"
_SINGLE = re.compile(_DATE)
_RANGE = re.compile(rf"{_DATE}(?:から|-|~|〜)\s*{_DATE}")
_APPROXIMATE = re.compile(r"頃|おおよそ|およそ|約|おおむね")
_PARTS = re.compile(r"[;\n]|又は|または|及び|、")
# What stands around a date and adds nothing to it.
_FILLING = re.compile(r"頃|おおよそ|およそ|の間|まで|から|生まれ|生|の|日|Born(?:on|in)?|[\s,.()]", re.I)
_HIJRI = "ヒジュラ"
_FIRST_YEAR = 1850


class BirthDates(NamedTuple):
    """Birth dates as ``WatchlistEntity.birth_dates`` writes them, and the texts that say more or something else."""

    dates: list[str]
    notes: list[str]


def birth_dates(text: str) -> BirthDates:
    """The birth dates of a cell, in order.

    >>> birth_dates("(a)1955年-1958年頃 (b)1963年4月11日").dates, birth_dates("23996").dates, birth_dates("1965年又は1966年").dates
    (['~1955/1958', '1963-04-11'], ['1965-09-11'], ['1965', '1966'])
    """
    found = BirthDates([], [])
    for piece in _PARTS.split(ENUMERATOR.sub(";", re.sub(r"(?<=から)\n|\n(?=日)", "", plain(text)))):
        written = re.sub(r"\s+", "", piece)
        if not written or written in UNKNOWN:
            continue
        if written.isdigit() and (int(written) < _FIRST_YEAR or int(written) > 2100):
            serial = serial_day(written) if len(written) > 3 else None
            (found.dates if serial else found.notes).append(serial.isoformat() if serial else written)
            continue
        read, rest = _read(_completed(written, found.dates))
        if read is not None and _HIJRI not in written:
            found.dates.append(("~" if _APPROXIMATE.search(written) else "") + read)
        if read is None or _HIJRI in written or _FILLING.sub("", rest):
            found.notes.append(piece.strip())
    return found


def first_day(text: str) -> date | None:
    """The first whole day that a text names, or None: the first notice of several, the day of designation before its revisions.

    >>> first_day("2001.9.22 2008.6.25改訂"), first_day("2001年1月25日（2003年9月3日に改訂）"), first_day("40619")
    (datetime.date(2001, 9, 22), datetime.date(2001, 1, 25), datetime.date(2011, 3, 17))
    """
    written = re.sub(r"[ \u3000]*([年月日])[ \u3000]*", r"\1", plain(text)).strip()
    if written.isdigit():
        return serial_day(written)
    match = _SINGLE.search(written)
    read = _iso(match.groups()) if match else None
    return date.fromisoformat(read) if read is not None and len(read) == 10 else None


def _completed(written: str, before: list[str]) -> str:
    """``7月10日`` behind ``1973年7月1日又は`` with its year, ``31日`` with year and month."""
    last = before[-1] if before and len(before[-1]) == 10 else None
    if last is not None and re.match(r"\d{1,2}月\d{1,2}日?$", written):
        return f"{last[:4]}年{written}"
    return f"{last[:4]}年{last[5:7]}月{written}" if last is not None and re.match(r"\d{1,2}日$", written) else written


def _read(written: str) -> tuple[str | None, str]:
    """A date or a span of years, and the text around it."""
    if span := _RANGE.search(written):
        first, last = _iso(span.groups()[:5]), _iso(span.groups()[5:])
        if first is not None and last is not None and first[:4] < last[:4]:
            return f"{first[:4]}/{last[:4]}", written[: span.start()] + written[span.end() :]
    if single := _SINGLE.search(written):
        return _iso(single.groups()), written[: single.start()] + written[single.end() :]
    return None, written


def _iso(parts: tuple[str | None, ...]) -> str | None:
    year = int(parts[0] or 0)
    month, day = parts[1] or parts[3], parts[2] or parts[4]
    if not _FIRST_YEAR <= year <= 2100:
        return None
    if month is None:
        return f"{year}"
    try:
        return date(year, int(month), int(day)).isoformat() if day is not None else date(year, int(month), 1).isoformat()[:7]
    except ValueError:
        return None
