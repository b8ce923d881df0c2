"""Birth dates in a cell of running text: ``a) 1955; b) 29-Apr-1967``, ``12 May 1968 (as Ali) 1970 (as Omar)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from control_lists.importers.dates import birth_date, serial_day


class Born(NamedTuple):
    """A birth date in the form of ``WatchlistEntity.birth_dates``, or None, and the words where they say more than is read."""

    date: str | None
    words: str | None


_ASIDE = re.compile(r"\([^()]*\)?")
# Ways to write one date that would otherwise look like several, made one.
_ONE = (
    (re.compile(r"(\d{1,2})-([A-Za-z]{3,9})-(\d{4})"), r"\1 \2 \3"),
    (re.compile(r"([A-Za-z]{3,9}\.?(?: \d{1,2})?),\s*(\d{4})"), r"\1 \2"),
    (re.compile(r"([A-Za-z]\.)(\d)"), r"\1 \2"),
    (re.compile(r"(\d{1,2})\.\s+([A-Za-z]{3})"), r"\1 \2"),
    (re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})"), r"\1 to \2"),
)
_BETWEEN = re.compile(r"(?:^|[\s;,])[a-z]\)\s*|[;,\n]|>>|\bor\b|(?<=\d{4})\s+(?=\d{1,2}/)|\balt\b\.?", re.IGNORECASE)
_WORD = re.compile(r"\b(?:DOB|born)\b:?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SERIAL = re.compile(r"\d{5}")
_TIME = re.compile(r"\s+00:00:00$")


def births(text: str) -> Iterator[Born]:
    """Every birth date of the text. Of words that are not read as a date the year is kept, as approximate, and the words.

    >>> [b.date for b in births("a) Approximately 1955- 1958; b) March 16, 1972 c) 24108")]
    ['~1955/1958', '1972-03-16', '1966-01-01']
    >>> list(births("24/06/1402 (Hijri calendar)"))
    [Born(date=None, words='24/06/1402 (Hijri calendar)')]
    """
    if "hijri" in text.casefold():
        # Days of another calendar look like days of this one.
        parts = [part.strip() for part in re.split(r"(?:^|[\s;,])[a-z]\)\s*|;", text) if part.strip()]
        for part in parts:
            if "hijri" in part.casefold():
                yield Born(None, part)
            else:
                yield from births(part)
        return
    plain = _ASIDE.sub(";", _TIME.sub("", text))
    for pattern, put in _ONE:
        plain = pattern.sub(put, plain)
    for part in _BETWEEN.split(plain):
        piece = _WORD.sub("", part).strip(" .,:;")
        if any(c.isdigit() for c in piece):
            yield _born(piece)


def _born(piece: str) -> Born:
    serial = serial_day(piece) if _SERIAL.fullmatch(piece) else None
    read = serial.isoformat() if serial else birth_date(piece)
    if read is not None:
        return Born(read, None)
    years = sorted(set(_YEAR.findall(piece)))
    guessed = None if not years else f"~{years[0]}" if len(years) == 1 else f"~{years[0]}/{years[-1]}"
    return Born(guessed, piece)
