"""Whether two addresses name the same building or suite, whatever their order of parts and abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

_WORDS = re.compile(r"[^\W\d_]+|\d+[a-z]?(?![^\W_])|\d+")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")
# What address words are written for; words that say only that something is an address decide nothing.
_FULL = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "blvd": "boulevard", "ln": "lane", "bldg": "building",
    "bld": "building", "build": "building", "fl": "floor", "flr": "floor", "f": "floor", "rm": "room", "ste": "suite", "apt": "apartment",
    "blk": "block", "ctr": "centre", "center": "centre", "twr": "tower", "ind": "industrial", "indl": "industrial", "dist": "district",
    "no": "number", "nr": "number", "num": "number", "ul": "street", "ulitsa": "street", "prospekt": "avenue", "pr": "avenue",
}  # fmt: skip
_EMPTY = frozenset(
    {
        "and", "apartment", "area", "at", "avenue", "block", "boulevard", "box", "building", "centre", "city", "county", "district",
        "flat", "floor", "house", "in", "industrial", "lane", "level", "near", "number", "of", "office", "phase", "plot", "province",
        "region", "road", "room", "sector", "shop", "state", "street", "suite", "the", "tower", "town", "unit", "village", "zone",
    }
)  # fmt: skip
_LEAST_WORDS, _LEAST_SHARE = 2, 0.6
_POSTAL = 5  # digits: longer numbers are postal codes, which name no building


class _Parts(NamedTuple):
    words: frozenset[str]
    numbers: frozenset[str]


def same_place(declared: str, listed: str) -> Literal["unit", "building"] | None:
    """``unit`` where building and room agree, ``building`` where the building does, else None.

    Two words at least must be shared, and most words of the shorter address; a number must agree where both state one.

    >>> same_place("Unit D 16/F, One Quill Place, 17 Ferrin Rd, Hexam", "17 Ferrin Road, One Quill Place, Unit D, 16F, Hexam")
    'unit'
    >>> same_place("18 Ferrin Road, Hexam Quillton", "17 Ferrin Road, Hexam Quillton")
    """
    a, b = _parts(declared), _parts(listed)
    shared = a.words & b.words
    if len(shared) < _LEAST_WORDS or len(shared) < _LEAST_SHARE * min(len(a.words), len(b.words)):
        return None
    if not a.numbers or not b.numbers:
        return "building" if shared in (a.words, b.words) else None
    agreeing = a.numbers & b.numbers
    if not agreeing:
        return None
    return "unit" if len(agreeing) >= 2 and agreeing in (a.numbers, b.numbers) else "building"


def telling_words(address: str) -> frozenset[str]:
    """The words of an address that tell it from others."""
    return _parts(address).words


@lru_cache(maxsize=65_536)
def _parts(address: str) -> _Parts:
    plain = "".join(c for c in unicodedata.normalize("NFKD", address.casefold()) if not unicodedata.combining(c))
    tokens = [_FULL.get(token, token) for token in _WORDS.findall(_ORDINAL.sub("", plain.replace(".", " ")))]
    numbers = {re.sub(r"f$", "", t) for t in tokens if t[0].isdigit() and len(t) < _POSTAL}
    return _Parts(frozenset(t for t in tokens if not t[0].isdigit() and len(t) > 1 and t not in _EMPTY), frozenset(numbers))
