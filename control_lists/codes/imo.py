"""IMO ship numbers: seven digits, the last of them a check digit."""

from __future__ import annotations

import re

_LABEL = re.compile(r"^\s*IMO[\s.:#-]*(?:NO|NR|NUMBER)?[\s.:#-]*", re.IGNORECASE)
_FOUND = re.compile(r"(?<![A-Z0-9])IMO[\s.:#-]*(?:NO|NR|NUMBER)?[\s.:#-]*(\d{7})(?!\d)", re.IGNORECASE)


def compact(text: str) -> str:
    """The digits without the IMO label and blanks.

    >>> compact("IMO No. 9187629")
    '9187629'
    """
    return re.sub(r"\s+", "", _LABEL.sub("", text))


def is_valid(text: str) -> bool:
    """Whether the text is an IMO ship number with the right check digit.

    >>> is_valid("IMO 9187629"), is_valid("9187628")
    (True, False)
    """
    number = compact(text)
    if not (number.isascii() and number.isdigit() and len(number) == 7):
        return False
    return sum(weight * int(digit) for weight, digit in zip(range(7, 1, -1), number, strict=False)) % 10 == int(number[6])


def find(text: str) -> list[tuple[str, int, int]]:
    """Every IMO number with its label in ``text``: number, start and end of the digits.

    >>> find("M/V EXAMPLE, IMO: 9187629")
    [('9187629', 18, 25)]
    """
    return [(m[1], m.start(1), m.end(1)) for m in _FOUND.finditer(text) if is_valid(m[1])]
