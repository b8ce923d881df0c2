"""Which of many words and phrases stand in a text, compared word by word after folding."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

import polars as pl

from screening.matching import trade_words


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """The text in the word forms of the matching core (Latin, singular, American), one blank between and around.

    >>> folded("Juice-Extractors, KITCHEN type")
    ' juice extractor kitchen type '
    """
    return f" {' '.join(word.form for word in trade_words(text))} "


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
        start = 0
        for word in words.split():
            for phrase, given in self._by_first_word.get(word, ()):
                if words.startswith(phrase, start):
                    return given
            start += len(word) + 1
        return None

    def any_in(self, texts: pl.Series) -> pl.Series:
        """Whether one of the phrases stands in each text: a Boolean series, false for null.

        Only texts that hold the first letters of some word of every kind of spelling are looked at word by word: a word's form
        begins like the word in English, or like its own form.
        """
        distinct = texts.unique().drop_nulls()
        likely = distinct.filter(distinct.str.to_lowercase().str.contains_any(self._beginnings) | distinct.str.contains(r"[^\x00-\x7f]"))
        found = {text for text in likely if self.first_in(text) is not None}
        return texts.is_in(list(found)).fill_null(False)

    @cached_property
    def _beginnings(self) -> list[str]:
        spellings = [word for phrase in self._words for word in (phrase.lower().split()[:1], folded(phrase).split()[:1])]
        return sorted({word[0][:3] for word in spellings if word})
