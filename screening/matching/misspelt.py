"""Long known words recognised though one letter is wrong, missing, too many or in its neighbour's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz.distance import OSA

from screening.matching.deletions import variants


class Misspelt(NamedTuple):
    """Long known words by what is left of them when a letter is missing: ``LIMTED``, ``COMPNAY``, ``TECHNOLGY``."""

    words: Mapping[str, tuple[str, ...]]
    least: int

    def meant(self, text: str) -> str | None:
        """The long known word that a word is, but for one slip of the pen."""
        if len(text) < self.least - 1 or not text.isalpha():
            return None
        near = {word for variant in variants(text, 1) for word in self.words.get(variant, ())}
        return min((word for word in near if OSA.distance(text, word, score_cutoff=1) <= 1), default=None)


def one_letter_off(known: Iterable[str], least: int) -> Misspelt:
    """The known words of at least so many letters, ready to be recognised by one slip of the pen."""
    words: dict[str, list[str]] = {}
    for word in known:
        if len(word) >= least and word.isalpha():
            for variant in variants(word, 1):
                words.setdefault(variant, []).append(word)
    return Misspelt({variant: tuple(sorted(found)) for variant, found in words.items()}, least)
