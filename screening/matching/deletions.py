"""Pairs of words within a small spelling distance, found without comparing every word with every other.

Two words within distance k have a common variant after at most k deletions in each, and so have their first
letters: a distance cannot shift more than k letters past the cut. So the search is exact, not a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

PREFIX = 8


def variants(word: str, deletions: int) -> set[str]:
    """The first letters of a word with up to so many (at most two) of them left out.

    >>> sorted(variants("abc", 1))
    ['ab', 'abc', 'ac', 'bc']
    """
    head = word[:PREFIX]
    found = {head}
    if deletions:
        once = [head[:i] + head[i + 1 :] for i in range(len(head))]
        found.update(once)
        if deletions > 1:
            found.update([left[:j] + left[j + 1 :] for i, left in enumerate(once) for j in range(i, len(left))])
    return found


def variant_frame(words: Sequence[str], limits: Sequence[int | None]) -> pl.DataFrame:
    """Every variant of every word: ``word`` (position), ``variant``. ``limits``: the letters to leave out, None for no variant at all."""
    places: list[int] = []
    found: list[str] = []
    for place, (word, deletions) in enumerate(zip(words, limits, strict=True)):
        if deletions is not None:
            variants_here = variants(word, deletions)
            places.extend([place] * len(variants_here))
            found.extend(variants_here)
    return pl.DataFrame({"word": places, "variant": found}, schema={"word": pl.UInt32, "variant": pl.String})


def near_pairs(declared: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """The pairs of two variant frames that may be near: ``declared`` and ``listed`` positions; each is still to be measured."""
    ours = declared.rename({"word": "declared"})
    return ours.join(listed.rename({"word": "listed"}), on="variant").select("declared", "listed").unique()
