"""Which of many words and phrases stand in a text, compared word by word after folding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The text as lower-case Latin words with one blank between and around, plural endings off.

    >>> folded("Juice-Extractors, KITCHEN type")
    ' juice extractor kitchen type '
    """
    plain = text if text.isascii() else anyascii(text)
    return f" {' '.join(map(singular, _WORD.findall(plain.lower())))} "


@lru_cache(maxsize=200_000)
def singular(word: str) -> str:
    """The word without an English plural ending; words of three letters or with digits stay as they are."""
    if len(word) <= 3 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


class Phrases:
    """A set of words and phrases, asked of many texts."""

    def __init__(self, words: Iterable[str]) -> None:
        self._folded = {folded(word): word for word in words if folded(word).strip()}
        alternatives = sorted((re.escape(f.strip()) for f in self._folded), key=len, reverse=True)
        self._pattern = re.compile(rf" (?:{'|'.join(alternatives)})(?= )") if alternatives else None

    def first_in(self, text: str) -> str | None:
        """The first of the phrases that stands in ``text``, as it was given, or None."""
        match = self._pattern.search(folded(text)) if self._pattern else None
        return self._folded[match.group() + " "] if match else None
