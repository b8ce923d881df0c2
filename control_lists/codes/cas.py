"""CAS registry numbers: check digit, normal spelling, and finding them in the text of a document.

A check digit alone passes one number in ten of any other kind, so a number found here is evidence only
when a substance carries it. What cannot be a CAS number by its surroundings (a date, a telephone number,
a piece of a longer number) is left out already here.
"""

from __future__ import annotations

import re

_DASH = r"[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]"
_DASHES = re.compile(_DASH)
_SHAPE = re.compile(r"0{0,8}([1-9]\d{1,6})-(\d{2})-(\d)")
_LABEL = r"\bC\.?A\.?S\.?(?:[\s.:#-]*(?:RN|REG(?:ISTRY)?|NO|NR|NUM(?:BER|MER)?|N°|Nº)\b)*[\s.:#°º(-]*"
_LABELLED = re.compile(_LABEL + "$", re.IGNORECASE)
_PHONE = re.compile(r"(?:\b(?:tel|phone|fax|mob|mobile|ph)\b[\s.:]*\+?[\d\s()]*|\+\d[\d\s()]*)$", re.IGNORECASE)
# No digit, and no digit with a dash, may touch the number on either side: that would be a longer number.
_DASHED = re.compile(
    rf"(?<!\d)(?<!\d{_DASH})(?<!\d{_DASH} )(0{{0,8}}[1-9]\d{{1,6}}) ?{_DASH} ?(\d\d) ?{_DASH} ?(\d)(?!\d)(?! ?{_DASH} ?\d)"
)
_UNDASHED = re.compile(rf"{_LABEL}(\d{{5,10}})(?!\d| ?{_DASH})", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([A-Za-z]+)[-.]?$")
_LABEL_WORDS = frozenset({"cas", "casrn", "casno", "casnr", "rn", "no", "nr"})


def compact(text: str) -> str:
    """The number with plain dashes and without label, blanks or leading zeros; other text comes back trimmed.

    >>> compact("CAS No. 0000111 – 48 – 8"), compact("111488")
    ('111-48-8', '111-48-8')
    """
    plain = _DASHES.sub("-", re.sub(r"\s+", "", re.sub(_LABEL, "", text.strip(), flags=re.IGNORECASE)))
    if plain.isascii() and plain.isdigit():
        plain = plain.lstrip("0")
        plain = f"{plain[:-3]}-{plain[-3:-1]}-{plain[-1]}" if len(plain) >= 5 else plain
    found = _SHAPE.fullmatch(plain)
    return "-".join(found.groups()) if found else plain


def validate(text: str) -> str:
    """The number in its normal spelling; raises ValueError saying what is wrong with it."""
    number = compact(text)
    found = _SHAPE.fullmatch(number)
    if not found:
        raise ValueError(f"'{text}' has not the form of a CAS number (111-48-8)")
    if _check_digit(found[1] + found[2]) != int(found[3]):
        raise ValueError(f"'{number}' has the check digit {found[3]}, by its other digits it should be {_check_digit(found[1] + found[2])}")
    return number


def is_valid(text: str) -> bool:
    """Whether the text is a CAS number with the right check digit.

    >>> is_valid("111-48-8"), is_valid("111-48-9")
    (True, False)
    """
    try:
        validate(text)
    except ValueError:
        return False
    return True


def find(text: str) -> list[tuple[str, int, int]]:
    """Every CAS number with a valid check digit in ``text``, with its place: dashed anywhere, undashed only behind a CAS label.

    >>> find("THIODIGLYCOL CAS 111 - 48-8, MFG 2024-05-1")
    [('111-48-8', 17, 27)]
    """
    found = [(compact(m[0]), m.start(), m.end()) for m in _DASHED.finditer(text) if _stands_alone(text, m)]
    found += [(compact(m[1]), m.start(1), m.end(1)) for m in _UNDASHED.finditer(text)]
    return sorted((one for one in found if is_valid(one[0])), key=lambda one: one[1])


def _check_digit(digits: str) -> int:
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether nothing around the number says that it is part of something else."""
    before = text[: match.start()][-40:]
    if _LABELLED.search(before):
        return True
    word = _WORD_BEFORE.search(before)
    glued = word is not None and word[1].lower() not in _LABEL_WORDS
    return not (glued or _is_date(match) or _PHONE.search(before))


def _is_date(match: re.Match[str]) -> bool:
    """Whether the digits read as year-month-day or day-month-year with a single last digit."""
    first, middle = int(match[1]), int(match[2])
    is_year_first = len(match[1]) == 4 and 1990 <= first <= 2039
    is_day_first = len(match[1]) == 2 and 1 <= first <= 31
    return (is_year_first or is_day_first) and 1 <= middle <= 12
