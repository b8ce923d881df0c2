"""Further names that a list prints in brackets behind a name: its abbreviation, or the same name in another script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from control_lists.importers.scripts import script_of

_BRACKET = re.compile(r"\s*\(([^()]+)\)\s*")
_ORIGINAL = re.compile(r"original script\s*:?", re.IGNORECASE)
_LEADING_AND = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
_LONGEST_ABBREVIATION = 10


class Printed(NamedTuple):
    """A name within a printed one; an abbreviation alone tells little."""

    text: str
    is_abbreviation: bool


def printed_names(name: str) -> Iterator[Printed]:
    """The names a printed one holds beside itself; none where its brackets hold a place, a branch or a remark.

    >>> [p.text for p in printed_names("KOREAN TRADE BANK (KTB)")], [p.text for p in printed_names("Jin Shan (金山)")]
    (['KOREAN TRADE BANK', 'KTB'], ['Jin Shan', '金山'])
    >>> list(printed_names("TRADE BANK (KENYA)")), [p.text for p in printed_names("FIRST UNIT (FU) AND SECOND UNIT (SU)")]
    ([], ['FIRST UNIT', 'FU', 'SECOND UNIT', 'SU'])
    """
    brackets = list(_BRACKET.finditer(name))
    abbreviations = [match for match in brackets if _abbreviates(match[1], name[: match.start()])]
    if len(abbreviations) == 1:
        match = abbreviations[0]
        yield Printed(f"{name[: match.start()]} {name[match.end() :]}".strip(), False)
        yield Printed(match[1].strip(), True)
    elif abbreviations:
        start = 0
        for match in abbreviations:
            yield Printed(_LEADING_AND.sub("", name[start : match.start()].strip()), False)
            yield Printed(match[1].strip(), True)
            start = match.end()
    elif len(brackets) == 1 and not name[brackets[0].end() :].strip():
        outer, inner = name[: brackets[0].start()].strip(), _ORIGINAL.sub("", brackets[0][1]).strip()
        if outer and script_of(outer) != script_of(inner):
            yield Printed(outer, False)
            yield Printed(inner, False)


def _abbreviates(text: str, name: str) -> bool:
    """Whether a short text in capitals is made of letters of the name in their order, from an initial on."""
    letters = [c for c in text if c.isalpha()]
    if not 2 <= len(letters) <= len(text) <= _LONGEST_ABBREVIATION or sum(c.isupper() for c in letters) < 2 or not text.isascii():
        return False
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    initials = [match.start() for match in re.finditer(r"(?<![^\W_])[^\W_]", plain) if plain[match.start()] == letters[0].casefold()]
    return any(_follows("".join(letters).casefold(), plain[start:]) for start in initials)


def _follows(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
