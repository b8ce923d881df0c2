"""All trade terms that stand in declared texts, without trying every pair.

Distinct declared words are linked to the words of the terms; a term is tried only where each of its words is present, or where
two of its words are written as one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import polars as pl

from screening.matching.deletions import near_pairs, variant_frame
from screening.matching.term_score import Place, TradeSpelling, find, spelling_limit, written_together
from screening.matching.text_words import text_words
from screening.matching.trade_words import UNSPACED, TradeWord, form, spellings, trade_words
from screening.matching.types import AlignedWord, Comparison

_FOUND = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64, "start": pl.UInt32, "end": pl.UInt32}


class TermIndex:
    """Trade terms made ready for searching; opened once and reused."""

    def __init__(self, listed: Sequence[str], known_words: frozenset[str]) -> None:
        self._terms = [trade_words(text) for text in listed]
        self._spelling = TradeSpelling(known_words, listed)
        self._word: dict[str, int] = {}
        parts = [(place, self._word.setdefault(word.form, len(self._word))) for place, term in enumerate(self._terms) for word in term]
        self._parts = pl.DataFrame(parts, schema={"listed": pl.UInt32, "word": pl.UInt32}, orient="row").unique()
        joined = [
            (pair, place)
            for place, term in enumerate(self._terms)
            for first in range(len(term) - 1)
            if (pair := written_together(term, first))
        ]
        self._joined = pl.DataFrame(joined, schema={"form": pl.String, "listed": pl.UInt32}, orient="row").unique()
        self._spellings = sorted({spelling for word in self._word for spelling in spellings(word)})
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
        rows: list[tuple[int, int, float, int, int]] = []
        read: tuple[int, list[TradeWord]] = (-1, [])
        for place, listed in self._candidates(text_words(declared)).iter_rows():
            if read[0] != place:
                read = place, trade_words(declared[place])
            found = find(read[1], self._terms[listed], self._spelling)
            if found is not None and found.score > 0 and found.score / 100 >= threshold:
                rows.append((place, listed, found.score / 100, found.start, found.end))
        return pl.DataFrame(rows, schema=_FOUND, orient="row")

    def _candidates(self, words: pl.DataFrame) -> pl.DataFrame:
        """The pairs ``declared``, ``listed`` where every word of the term is present in some way, among the words of ``text_words``."""
        words = words.rename({"text": "declared"})
        forms = words.get_column("form").unique(maintain_order=True)
        numbered = pl.DataFrame({"form": forms, "number": range(len(forms))}, schema_overrides={"number": pl.UInt32})
        links = self._links(forms.to_list()).rename({"form": "number"})
        standing = words.select("declared", "form").join(numbered, on="form").select("declared", "number").unique()
        here = pl.concat([standing.join(links, on="number").select("declared", "word"), self._split_words(words)]).unique()
        written = words.join(self._joined, on="form").select("declared", "listed")
        return pl.concat([self._complete(here), written]).unique().sort("declared", "listed")

    def _split_words(self, words: pl.DataFrame) -> pl.DataFrame:
        """``declared`` and ``word`` where two neighbouring declared words, written as one, are a word of a term.

        Only pairs are tried whose first word begins some way of writing a word of a term: no other can be one.
        """
        first = words.get_column("surface").unique()
        likely = pl.Series([word for word in first if self._begins_a_word(word)], dtype=pl.String)
        pairs = (
            words.select("declared", "surface", after=pl.col("surface").shift(-1), same=pl.col("declared") == pl.col("declared").shift(-1))
            .filter(pl.col("same") & pl.col("surface").is_in(likely.implode()))
            .select("declared", "surface", "after")
        )
        together = {
            (one, other): self._word[joined]
            for one, other in pairs.select("surface", "after").unique().iter_rows()
            if (joined := form(one + other)) in self._word
        }
        found = pl.DataFrame(
            [(one, other, word) for (one, other), word in together.items()],
            schema={"surface": pl.String, "after": pl.String, "word": pl.UInt32},
            orient="row",
        )
        return pairs.join(found, on=["surface", "after"]).select("declared", "word")

    def _begins_a_word(self, surface: str) -> bool:
        """Whether a surface may be the beginning of a word of a term; one that is not plain Latin always may."""
        plain = surface.replace("'", "").replace("`", "").lower()
        if not plain.isascii():
            return True
        place = bisect_left(self._spellings, plain)
        return place < len(self._spellings) and self._spellings[place].startswith(plain)

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
