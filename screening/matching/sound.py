"""Keys that agree where two Latin spellings write the same sounds."""

from __future__ import annotations

import re
from functools import lru_cache

from screening.matching.romanise import CONSONANTS_ONLY

_SOUNDS = (
    ("tsch", "ch"),
    ("tch", "ch"),
    ("sch", "sh"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "k"),
    ("ck", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("oo", "u"),
    ("ou", "u"),
    ("ee", "i"),
    ("eo", "o"),
    ("eu", "u"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
    ("z", "s"),
)
_C = re.compile(r"c(?!h)")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")
_VOWEL_CLASS = {"a": "a", "e": "a", "i": "i", "o": "u", "u": "u"}
_LOOSE = str.maketrans({"v": "b", "p": "b", "y": None, "w": None, "a": None, "e": None, "i": None, "o": None, "u": None})


@lru_cache(maxsize=1 << 16)
def sound_key(word: str) -> str:
    """How a Latin spelling sounds: consonants folded, each vowel group reduced to one of a, i, u.

    >>> sound_key("mohammed") == sound_key("muhammad"), sound_key("husayn") == sound_key("hussein")
    (True, True)
    """
    for written, spoken in _SOUNDS:
        if written in word:
            word = word.replace(written, spoken)
    word = _DOUBLE.sub(r"\1", _C.sub("k", word))
    return _VOWELS.sub(lambda found: _VOWEL_CLASS[found.group()[0]], word)


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a Latin spelling, a leading vowel kept as a place.

    >>> skeleton("bachar") == skeleton("bashar"), skeleton("salman"), skeleton("osama")
    (True, 'slmn', 'asm')
    """
    key = sound_key(word).replace("ch", "sh")
    head = "a" if key[:1] in ("a", "i", "u") else ""
    return head + _DOUBLE.sub(r"\1", re.sub("[aiu]", "", key))


@lru_cache(maxsize=1 << 16)
def loose_skeleton(word: str) -> str:
    """The consonants by which a word without written vowels compares with a Latin spelling.

    >>> loose_skeleton("~slmn") == loose_skeleton("salman"), loose_skeleton("~nwrzy") == loose_skeleton("noorzai")
    (True, True)
    """
    word = word.removeprefix(CONSONANTS_ONLY)
    for written, spoken in _SOUNDS[:16]:
        if written in word:
            word = word.replace(written, spoken)
    word = word.replace("sh", "s").replace("ch", "s").replace("x", "ks").replace("q", "k").replace("c", "k").replace("z", "s")
    word = _DOUBLE.sub(r"\1", word).translate(_LOOSE)
    return word[:-1] if len(word) > 2 and word.endswith("h") else word
