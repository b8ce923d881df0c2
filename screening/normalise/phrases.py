"""Which of many words and phrases stand in a text, compared word by word after folding."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

import polars as pl

from screening.matching import first_letters, forms, trade_words

_QUOTED = "['`]?"
_NEVER = r"[^\s\S]"
_REST_AND_GAP = "[a-z0-9'`]*[^a-z0-9]+"


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The text in the word forms of the matching core (Latin, singular, American), one blank between and around.

    >>> folded("Juice-Extractors, KITCHEN type")
    ' juice extractor kitchen type '
    """
    return f" {' '.join(forms(text))} "


class Phrases:
    """A set of words and phrases, asked of many texts. Nothing is prepared before the first question: most sets are never asked."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[str, str]]]:
        """Folded phrase and phrase as given, by the first word; longer ones first."""
        found: dict[str, list[tuple[str, str]]] = {}
        for phrase in self._words:
            key = folded(phrase)
            if key.strip():
                found.setdefault(key.split(maxsplit=1)[0], []).append((key, phrase))
        for phrases in found.values():
            phrases.sort(key=lambda pair: -len(pair[0]))
        return found

    def first_in(self, text: str) -> str | None:
        """The first of the phrases that stands in ``text``, as it was given, or None; of overlapping ones the longest."""
        if not self._words:
            return None
        words = folded(text)
        start, each = 0, words.split()
        if self._by_first_word.keys().isdisjoint(each):
            return None
        for word in each:
            for phrase, given in self._by_first_word.get(word, ()):
                if words.startswith(phrase, start):
                    return given
            start += len(word) + 1
        return None

    def any_in(self, texts: pl.Series) -> pl.Series:
        """Whether one of the phrases stands in each text: a Boolean series, false for null.

        Only texts in which words begin like those of some phrase, in its order, are looked at word by word, and those beyond ASCII.
        """
        text = pl.col(texts.name)
        begun = text.str.to_lowercase().str.contains(self._beginnings) | (text.str.len_bytes() != text.str.len_chars())
        likely = texts.to_frame().select(begun.fill_null(False)).to_series()
        if not likely.any():
            return likely
        found = [text for text in texts.filter(likely).unique() if self.first_in(text) is not None]
        return likely & texts.is_in(found).fill_null(False) if found else likely & False

    @cached_property
    def _beginnings(self) -> str:
        """A pattern of lower-case ASCII texts that the words of some phrase may begin; a quotation mark may stand within a word."""
        patterns = set()
        for phrase in self._words:
            words = [
                [letters for letters in first_letters(word) if letters.isascii() and letters.isalnum()] for word in trade_words(phrase)
            ]
            if words and all(words):  # else only a text beyond ASCII can hold it
                begun = (f"(?:{'|'.join(_QUOTED.join(letters) for letters in sorted(word))})" for word in words)
                patterns.add(_REST_AND_GAP.join(begun))
        return f"(?:^|[^a-z0-9])(?:{'|'.join(sorted(patterns))})" if patterns else _NEVER
