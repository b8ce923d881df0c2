"""All trade terms that stand in declared texts, without trying every pair.

Distinct declared words are linked to the words of the terms; a term is tried only where each of its words is present, or where
two of its words are written as one.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from screening.matching.deletions import near_pairs, variant_frame
from screening.matching.term_score import Place, TradeSpelling, find, spelling_limit, written_together
from screening.matching.trade_words import UNSPACED, TradeWord, trade_words
from screening.matching.types import AlignedWord, Comparison

_FOUND = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64, "start": pl.UInt32, "end": pl.UInt32}
_PRESENT = {"declared": pl.UInt32, "word": pl.UInt32}


class TermIndex:
    """Trade terms made ready for searching; opened once and reused."""

    def __init__(self, listed: Sequence[str], known_words: frozenset[str]) -> None:
        self._terms = [trade_words(text) for text in listed]
        self._spelling = TradeSpelling(known_words, listed)
        self._word: dict[str, int] = {}
        parts = [(place, self._word.setdefault(word.form, len(self._word))) for place, term in enumerate(self._terms) for word in term]
        self._parts = pl.DataFrame(parts, schema={"listed": pl.UInt32, "word": pl.UInt32}, orient="row").unique()
        self._pairs: dict[str, list[int]] = {}
        for place, term in enumerate(self._terms):
            for first in range(len(term) - 1):
                if pair := written_together(term, first):
                    self._pairs.setdefault(pair, []).append(place)
        self._variants = _variants(list(self._word))
        self._unspaced = [(form, number) for form, number in self._word.items() if UNSPACED.search(form)]

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one term in one text, with its evidence."""
        words, term = trade_words(declared), self._terms[listed]
        found = find(words, term, self._spelling) if term else None
        if found is None:
            return Comparison(0.0, ())
        return Comparison(found.score / 100, tuple(_aligned(words, term, place) for place in found.places))

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The terms that stand in distinct texts: ``declared``, ``listed``, ``score``, ``start``, ``end``."""
        texts = [trade_words(text) for text in declared]
        rows: list[tuple[int, int, float, int, int]] = []
        for place, listed in self._candidates(texts).iter_rows():
            found = find(texts[place], self._terms[listed], self._spelling)
            if found is not None and found.score > 0 and found.score / 100 >= threshold:
                rows.append((place, listed, found.score / 100, found.start, found.end))
        return pl.DataFrame(rows, schema=_FOUND, orient="row")

    def _candidates(self, texts: Sequence[Sequence[TradeWord]]) -> pl.DataFrame:
        """The pairs ``declared``, ``listed`` where every word of the term is present in some way."""
        number: dict[str, int] = {}
        places: list[int] = []
        forms: list[int] = []
        present: list[tuple[int, int]] = []
        together: list[tuple[int, int]] = []
        for place, words in enumerate(texts):
            for position, word in enumerate(words):
                places.append(place)
                forms.append(number.setdefault(word.form, len(number)))
                together.extend((place, listed) for listed in self._pairs.get(word.form, ()))
                if (pair := written_together(words, position)) in self._word:
                    present.append((place, self._word[pair]))
        standing = pl.DataFrame({"declared": places, "form": forms}, schema={"declared": pl.UInt32, "form": pl.UInt32}).unique()
        here = pl.concat(
            [
                standing.join(self._links(list(number)), on="form").select("declared", "word"),
                pl.DataFrame(present, schema=_PRESENT, orient="row"),
            ]
        ).unique()
        written = pl.DataFrame(together, schema={"declared": pl.UInt32, "listed": pl.UInt32}, orient="row")
        return pl.concat([self._complete(here), written]).unique().sort("declared", "listed")

    def _complete(self, here: pl.DataFrame) -> pl.DataFrame:
        """The pairs where all words are present: from the rarest word of each term, then the others by elimination."""
        parts = self._parts.join(here.group_by("word").len("count"), on="word", how="left").sort(
            "listed", pl.col("count").fill_null(0), "word"
        )
        rarest = parts.group_by("listed", maintain_order=True).first().select("listed", "word")
        pairs = here.join(rarest, on="word").select("declared", "listed")
        others = parts.select("listed", "word").join(rarest, on=["listed", "word"], how="anti")
        missing = pairs.join(others, on="listed").join(here, on=["declared", "word"], how="anti")
        return pairs.join(missing.select("declared", "listed"), on=["declared", "listed"], how="anti")

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
