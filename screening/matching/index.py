"""The index of listed texts that callers open once and search many times."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from screening.matching.other_ways import AllWays
from screening.matching.term_index import TermIndex
from screening.matching.types import Comparison, WordTables


class MatchIndex:
    """Listed texts made ready for searching: ``names`` for parties, ``terms`` for goods."""

    def __init__(self, listed: Sequence[str], inner: AllWays | TermIndex) -> None:
        self._listed = _Distinct(listed)
        self._inner = inner

    @classmethod
    def names(cls, listed: Sequence[str], tables: WordTables, threads: int = 1, prepared: Path | None = None) -> MatchIndex:
        """An index of listed names; a declared name matches by its weighty words, in any order.

        ``threads``: how many a large search may use. ``prepared``: a folder in which the index is kept between starts.
        """
        from screening.matching.compiled.search import CompiledNames  # loads numba, which whoever asks about goods alone need not wait for

        return cls(listed, AllWays(CompiledNames(_Distinct(listed).texts, tables, threads, prepared)))

    @classmethod
    def terms(cls, listed: Sequence[str], known_words: frozenset[str] = frozenset(), threads: int = 1) -> MatchIndex:
        """An index of trade terms; a declared text matches when it holds every word of the term close together.

        ``known_words`` are ordinary words: a declared word among them is never taken for a misspelling of another. ``threads``: how many a
        large search may use.
        """
        return cls(listed, TermIndex(_Distinct(listed).texts, known_words, threads))

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The pairs that reach the threshold: ``declared``, ``listed`` (positions), ``score`` (0 to 100).

        For terms also ``start`` and ``end``, the characters of the declared text that the matched words cover. Sorted by
        declared, score falling, listed. A score of 0 is never a match.
        """
        texts = _Distinct(declared)
        found = self._inner.search(texts.texts, threshold).rename({"declared": "_declared", "listed": "_listed"})
        columns = ["declared", "listed", *(name for name in found.columns if not name.startswith("_"))]
        return (
            found.join(texts.places("_declared", "declared"), on="_declared")
            .join(self._listed.places("_listed", "listed"), on="_listed")
            .select(columns)
            .sort("declared", "score", "listed", descending=[False, True, False])
        )

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one declared text against the listed text at a position, with its evidence."""
        return self._inner.compare(declared, self._listed.number[listed])


class _Distinct:
    """The distinct texts of a sequence and where each of them stands."""

    def __init__(self, texts: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        self.number = [numbers.setdefault(text, len(numbers)) for text in texts]
        self.texts = list(numbers)

    def places(self, distinct: str, place: str) -> pl.DataFrame:
        """Every place of every distinct text, under the given column names."""
        return pl.DataFrame({distinct: self.number, place: range(len(self.number))}, schema={distinct: pl.UInt32, place: pl.UInt32})
