"""Harmonized System and national tariff codes, 2 to 10 digits, as text."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s.\-\u00A0]+")
_RESERVED_CHAPTERS = frozenset({"00", "77"})


def compact(text: str) -> str:
    """The digits without dots, blanks and hyphens, leading zeros kept; other text comes back so cleaned.

    >>> compact("2930.70 00"), compact("0102.10")
    ('29307000', '010210')
    """
    return _SEPARATORS.sub("", text)


def is_valid(text: str) -> bool:
    """Whether the text is 2 to 10 digits of a chapter that exists, in even or odd number as declared.

    >>> is_valid("8481.80"), is_valid("77"), is_valid("8481X")
    (True, False, False)
    """
    code = compact(text)
    return code.isascii() and code.isdigit() and 2 <= len(code) <= 10 and code[:2] not in _RESERVED_CHAPTERS


def hs6(text: str) -> str | None:
    """The six digits that all nations share, or None where fewer are declared.

    >>> hs6("2930700000"), hs6("2930")
    ('293070', None)
    """
    code = compact(text)
    return code[:6] if is_valid(text) and len(code) >= 6 else None
