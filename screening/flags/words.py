"""Words of a lexicon in many texts at once: one compiled pattern over the distinct texts."""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from control_lists.snapshot import Snapshot

_NOTHING = r"[^\s\S]"


def said(texts: pl.Series, snapshot: Snapshot, lexicon: str | tuple[str, ...]) -> pl.DataFrame:
    """The distinct texts that hold a word of one of the lexicons: ``text`` and ``told`` (the first such word, as it stands there)."""
    names = (lexicon,) if isinstance(lexicon, str) else lexicon
    words = tuple(word for name in names for word in snapshot.words_of(name))
    # The pattern is dear to make ready: texts in which no word begins are spared it. Beyond ASCII letters have other cases.
    text = pl.col("text")
    likely = text.str.to_lowercase().str.contains_any(_beginnings(words)) | (text.str.len_bytes() != text.str.len_chars())
    return matching(texts, pattern_of(words), likely)


def matching(texts: pl.Series, pattern: str, likely: pl.Expr | None = None) -> pl.DataFrame:
    """The distinct texts in which ``pattern`` is found: columns ``text`` and ``told`` (its first group).

    ``likely``: of ``text``, what is quick to ask and holds wherever the pattern may be found.
    """
    distinct = texts.drop_nulls().unique(maintain_order=True).alias("text").to_frame()
    if likely is not None:
        distinct = distinct.filter(likely)
    if distinct.is_empty():
        return distinct.with_columns(told="text")
    return distinct.with_columns(told=pl.col("text").str.extract(pattern, 1)).drop_nulls("told")


@lru_cache(maxsize=256)
def _beginnings(words: tuple[str, ...]) -> list[str]:
    """In lower case, the first part of each of the words."""
    return sorted({word.split(" ", 1)[0].lower() for word in words})


@lru_cache(maxsize=256)
def pattern_of(words: tuple[str, ...]) -> str:
    """A pattern whose first group is one of the words as whole words, in any case, blanks as they come."""
    spelt = sorted((re.escape(word).replace("\\ ", r"[\s\-]+") for word in words), key=len, reverse=True)
    return r"(?i)(?:^|[^\p{L}\p{N}])(" + "|".join(spelt or [_NOTHING]) + r")(?:[^\p{L}\p{N}]|$)"
