"""All trade terms that stand in declared texts, without trying every pair.

Distinct declared words are linked to the words of the terms; a term is tried only where each of its words is present, or where
two of its words are written as one. Few texts are searched here, many by ``compiled.terms``, with the same answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from screening.matching.deletions import near_pairs, variant_frame
from screening.matching.term_score import Place, TradeSpelling, find, spelling_limit, written_together
from screening.matching.trade_words import UNSPACED, TradeWord, spellings, trade_words
from screening.matching.types import AlignedWord, Comparison

if TYPE_CHECKING:
    from screening.matching.compiled.terms import CompiledTerms

MANY = 1000
"""So many texts are worth the half second in which the kernels are loaded."""
_FOUND = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64, "start": pl.UInt32, "end": pl.UInt32}


class TermIndex:
    """Trade terms made ready for searching; opened once and reused. ``threads``: how many a large search may use."""

    def __init__(self, listed: Sequence[str], known_words: frozenset[str], threads: int = 1) -> None:
        self._threads = threads
        self._terms = [trade_words(text) for text in listed]
        self._spelling = TradeSpelling(known_words, self._terms)
        self._word: dict[str, int] = {}
        self._parts = [[self._word.setdefault(word.form, len(self._word)) for word in term] for term in self._terms]
        self._pairs = [[written_together(term, first) for first in range(len(term))] for term in self._terms]
        terms_with = Counter(word for parts in self._parts for word in set(parts))
        self._rarest = [min(parts, key=lambda word: (terms_with[word], word), default=-1) for parts in self._parts]
        self._variants = _variants(list(self._word))
        self._unspaced = [(form, number) for form, number in self._word.items() if UNSPACED.search(form)]

    @cached_property
    def _by_rarest(self) -> dict[int, list[int]]:
        """The terms by the word of them that stands in the fewest terms."""
        found = defaultdict(list)
        for term, word in enumerate(self._rarest):
            found[word].append(term)
        return found

    @cached_property
    def _by_pair(self) -> dict[str, list[int]]:
        """The terms by the form of two neighbouring words of theirs written as one."""
        found = defaultdict(list)
        for term, pairs in enumerate(self._pairs):
            for pair in pairs:
                if pair is not None:
                    found[pair].append(term)
        return found

    @cached_property
    def _compiled(self) -> CompiledTerms:
        from screening.matching.compiled.terms import CompiledTerms  # loads numba, which whoever asks about few goods need not wait for

        spelled = sorted({spelling for word in self._word for spelling in spellings(word)})
        return CompiledTerms(self._word, self._parts, self._pairs, self._rarest, spelled, self._linked, self._threads)

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one term in one text, with its evidence."""
        words, term = trade_words(declared), self._terms[listed]
        found = find(words, term, self._spelling) if term else None
        if found is None:
            return Comparison(0.0, ())
        return Comparison(found.score / 100, tuple(_aligned(words, term, place) for place in found.places))

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The terms that stand in distinct texts: ``declared``, ``listed``, ``score``, ``start``, ``end``."""
        if len(declared) >= MANY:
            place, term, score, start, end = self._compiled.search(declared)
            found = pl.DataFrame([place, term, score / 100, start, end], schema=_FOUND)
        else:
            found = pl.DataFrame(list(self._search(declared)), schema=_FOUND, orient="row")
        return found.filter(pl.col("score") > 0, pl.col("score") >= threshold)

    def _search(self, declared: Sequence[str]) -> Iterator[tuple[int, int, float, int, int]]:
        cut = [trade_words(text) for text in declared]
        forms = list(dict.fromkeys(word.form for words in cut for word in words))
        standing: dict[str, set[int]] = {form: set() for form in forms}
        for place, word in self._links(forms).iter_rows():
            standing[forms[place]].add(word)
        for place, words in enumerate(cut):
            together = (self._word.get(written_together(words, first) or "") for first in range(len(words)))
            here = {number for word in words for number in standing[word.form]} | {number for number in together if number is not None}
            complete = {term for word in here for term in self._by_rarest.get(word, ()) if here.issuperset(self._parts[term])}
            for term in complete.union(*(self._by_pair.get(word.form, ()) for word in words)):
                found = find(words, self._terms[term], self._spelling)
                if found is not None:
                    yield place, term, found.score / 100, found.start, found.end

    def _linked(self, forms: Sequence[str]) -> list[tuple[int, int, int, bool]]:
        """For forms of declared words the words of terms they stand for: place, word, similarity, and whether it stands inside."""
        words = list(self._word)
        found = ((place, word, self._spelling.link(forms[place], words[word])) for place, word in self._links(forms).iter_rows())
        return [(place, word, link.similarity, link.kind == "inside") for place, word, link in found if link]

    def _links(self, forms: Sequence[str]) -> pl.DataFrame:
        """Which declared forms stand for which words of terms: ``form``, ``word``."""
        words = list(self._word)
        rows = [(place, self._word[form]) for place, form in enumerate(forms) if form in self._word]
        if self._unspaced:
            for place, form in enumerate(forms):
                if UNSPACED.search(form):
                    rows.extend((place, number) for listed, number in self._unspaced if listed in form)
        strange = [place for place, form in enumerate(forms) if form.isalpha() and not self._spelling.is_known(form)]
        for ours, theirs in near_pairs(_variants([forms[place] for place in strange]), self._variants).iter_rows():
            if self._spelling.link(forms[strange[ours]], words[theirs]):
                rows.append((strange[ours], theirs))
        return pl.DataFrame(rows, schema={"form": pl.UInt32, "word": pl.UInt32}, orient="row").unique()


def _variants(forms: Sequence[str]) -> pl.DataFrame:
    return variant_frame(forms, [(spelling_limit(len(form)) or None) if form.isalpha() else None for form in forms])


def _aligned(declared: Sequence[TradeWord], term: Sequence[TradeWord], place: Place) -> AlignedWord:
    ours = " ".join(word.surface for word in declared[place.declared : place.declared + place.declared_count])
    theirs = " ".join(word.surface for word in term[place.term : place.term + place.term_count])
    return AlignedWord(ours, theirs, place.link.kind, place.link.similarity / 1000, place.term_count / len(term))
