"""Which of many words and phrases stand in a text, compared word by word after folding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from screening.matching import trade_words


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The text in the word forms of the matching core (Latin, singular, American), one blank between and around.

    >>> folded("Juice-Extractors, KITCHEN type")
    ' juice extractor kitchen type '
    """
    return f" {' '.join(word.form for word in trade_words(text))} "


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
