"""Dates as lists write them: days of listing, and birth dates that may be years, ranges or guesses."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september",
         "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_MONTH_YEAR = re.compile(r"^(?:00[/.])?(\d{1,2})[/.](\d{4})$")
_WORDS = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
_WORDS_US = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$")
_YEAR = re.compile(r"^(?:(?:00|dd)[/.](?:00|mm)[/.])?(\d{4})$", re.IGNORECASE)
_CIRCA = re.compile(r"^(?:circa|c\.|ca\.?|approximately|approx\.?|about|around)\s*", re.IGNORECASE)
_RANGE = re.compile(r"^(?:between\s+)?(.+?)\s*(?:\bto\b|\band\b|\s[-–]\s|–|(?<=\d{4})-(?=\d{4}))\s*(.+)$", re.IGNORECASE)


def birth_date(text: str | None, *, is_approximate: bool = False) -> str | None:
    """A birth date as ``WatchlistEntity.birth_dates`` writes it, or None where the text is none.

    Numbers with slashes are day, month, year. ``is_approximate`` is the source's own mark.

    >>> birth_date("31 Aug 1960"), birth_date("circa 1962"), birth_date("1960 to 1962"), birth_date("00/00/1994"), birth_date("Aug 1960")
    ('1960-08-31', '~1962', '1960/1962', '1994', '1960-08')
    """
    if text is None:
        return None
    stripped = text.strip().rstrip(".")
    plain = _CIRCA.sub("", stripped)
    mark = "~" if is_approximate or plain != stripped else ""
    found = _single(plain)
    if found is None and (span := _RANGE.match(plain)):
        first, last = _single(_CIRCA.sub("", span[1])), _single(_CIRCA.sub("", span[2]))
        found = f"{first[:4]}/{last[:4]}" if first and last else None
    return f"{mark}{found}" if found else None


def day(text: str | None, *, month_first: bool = False) -> date | None:
    """A calendar day, or None where the text is none. ``month_first``: numbers with slashes are month, day, year.

    >>> day("14/04/2025"), day("04/14/2025", month_first=True), day("October 9, 2020"), day("2020-03-17T00:00:00")
    (datetime.date(2025, 4, 14), datetime.date(2025, 4, 14), datetime.date(2020, 10, 9), datetime.date(2020, 3, 17))
    """
    if text is None:
        return None
    plain = text.strip().rstrip(".")
    if month_first and (numbers := _DAY_FIRST.match(plain)):
        plain = f"{numbers[2]}/{numbers[1]}/{numbers[3]}"
    found = _single(plain)
    return date.fromisoformat(found) if found is not None and len(found) == 10 else None


def serial_day(text: str) -> date | None:
    """The day of a spreadsheet's serial number in the 1900 system, or None.

    >>> serial_day("45607")
    datetime.date(2024, 11, 11)
    """
    try:
        number = int(float(text))
    except ValueError:
        return None
    return date(1899, 12, 30) + timedelta(days=number) if 1 < number < 80_000 else None


def _single(plain: str) -> str | None:
    if found := _ISO.match(plain):
        return _joined(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(plain):
        return _joined(found[3], found[2], found[1])
    if found := _YEAR.match(plain):
        return _joined(found[1], None, None)
    if found := _MONTH_YEAR.match(plain):
        return _joined(found[2], found[1], None)
    if (found := _WORDS.match(plain)) and (month := _MONTHS.get(found[2].lower())):
        return _joined(found[3], str(month), found[1])
    if (found := _WORDS_US.match(plain)) and (month := _MONTHS.get(found[1].lower())):
        return _joined(found[3], str(month), found[2])
    return None


def _joined(year: str, month: str | None, day_of_month: str | None) -> str | None:
    """ISO text; a day or month of zero is not known; a date that does not exist is none."""
    m, d = int(month or 0), int(day_of_month or 0)
    if not 1000 <= int(year) <= 2100:
        return None
    if not m:
        return year
    if not 1 <= m <= 12:
        return None
    if not d:
        return f"{year}-{m:02}"
    try:
        return date(int(year), m, d).isoformat()
    except ValueError:
        return None
