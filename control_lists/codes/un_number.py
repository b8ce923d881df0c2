"""UN numbers of dangerous goods. Four bare digits say nothing, so text must carry the UN (or ONU) label."""

from __future__ import annotations

import re

_LABEL = r"(?:U\.?N\.?|ONU)[\s./\-]*(?:(?:NO|NR|NUM(?:BER|MER|ERO)?|ID|CODE)\b\.?|(?:NO|NR)\.?(?=[\s:]*\d)|N[°º]|#)?[\s.:#\-]*"
_LEADING = re.compile(rf"^\s*{_LABEL}", re.IGNORECASE)
_FOUND = re.compile(
    rf"(?<![A-Z0-9]){_LABEL}(\d{{4}})(?!\d)(?![.,]\d)(?!\s*(?:kgs?|pcs|ltrs?|nos|mm|mt|usd|eur)\b)",
    re.IGNORECASE,
)
# The highest number given so far is in the 3500s; the rest of the thousand is left to future editions.
_HIGHEST = 3999


def compact(text: str) -> str:
    """The four digits without the label.

    >>> compact("UN No. 1810"), compact("un1689")
    ('1810', '1689')
    """
    return re.sub(r"\s+", "", _LEADING.sub("", text))


def is_valid(text: str) -> bool:
    """Whether the text is four digits in the range that UN numbers are given from.

    >>> is_valid("UN 1810"), is_valid("0000"), is_valid("181")
    (True, False, False)
    """
    number = compact(text)
    return number.isascii() and number.isdigit() and len(number) == 4 and 0 < int(number) <= _HIGHEST


def find(text: str) -> list[tuple[str, int, int]]:
    """Every labelled UN number in ``text``: number, start and end of the label with its digits.

    >>> find("SODIUM CYANIDE CLASS 6.1 UN NO1689")
    [('1689', 25, 34)]
    """
    return [(m[1], m.start(), m.end()) for m in _FOUND.finditer(text) if is_valid(m[1])]
