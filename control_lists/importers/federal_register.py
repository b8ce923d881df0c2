"""Citations of the Federal Register as United States lists print them: ``76 FR 71869, 11/21/11.``, ``85 F.R. 70581 11/5/2020``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from control_lists.importers.dates import day

_DAY = r"\d{1,2}/\d{1,2}/\d{2,4}\b|[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s+\d{4}"
# "preview citation details" is a tooltip of the eCFR's pages that was copied into the text.
_CITATION = re.compile(
    r"(?<!\d)(\d{2,3})\s*F\.?\s?R\.?(?:\s+FR)?\s*(\d{1,6})"
    rf"(?:[\s,.(]*(?:preview citation details)?[\s,]*({_DAY}))?"
)
# The Federal Register began in 1936; a year of two digits after this is of the last century.
_LAST_OF_CENTURY = 35
_YEAR_BEFORE_VOLUME_1 = 1935


class Notice(NamedTuple):
    """Volume and first page of a notice, and the day it was published where the citation gives one."""

    volume: int
    page: int
    published_on: date | None

    @property
    def text(self) -> str:
        return f"{self.volume} FR {self.page}"

    @property
    def is_dated(self) -> bool:
        """Whether the day is given and of the volume's year."""
        return self.published_on is not None and self.published_on.year == _YEAR_BEFORE_VOLUME_1 + self.volume


def notices(text: str | None) -> Iterator[Notice]:
    """The notices that a text cites, in its order.

    >>> [(n.text, n.published_on) for n in notices("63 FR 64322, 11/19/98. 85 F.R. 70581 11/5/2020; 85 FR 64017, October 9, 2020.")]
    [('63 FR 64322', datetime.date(1998, 11, 19)), ('85 FR 70581', datetime.date(2020, 11, 5)), ('85 FR 64017', datetime.date(2020, 10, 9))]
    """
    for found in _CITATION.finditer(text or ""):
        yield Notice(int(found[1]), int(found[2]), _day(found[3]))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    if short := re.fullmatch(r"(\d{1,2}/\d{1,2})/(\d{2})", text):
        text = f"{short[1]}/{'20' if int(short[2]) <= _LAST_OF_CENTURY else '19'}{short[2]}"
    return day(text, month_first=True)
