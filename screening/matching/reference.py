"""The slow obvious search: every pair scored. What the index must equal, pair for pair and bit for bit."""

from __future__ import annotations

from collections.abc import Sequence

from screening.matching.lexicon import Lexicon
from screening.matching.score import compare
from screening.matching.term_score import TradeSpelling, find
from screening.matching.trade_words import trade_words
from screening.matching.types import WordTables


def search_names(declared: Sequence[str], listed: Sequence[str], tables: WordTables, threshold: float) -> list[tuple[int, int, float]]:
    """Every pair of names that reaches the threshold: declared, listed, score; sorted as the index sorts."""
    lexicon = Lexicon(tables)
    others = [lexicon.name(text) for text in listed]
    found = []
    for i, text in enumerate(declared):
        name = lexicon.name(text)
        for j, other in enumerate(others):
            score = compare(name, other).score
            if score > 0 and score >= threshold:
                found.append((i, j, score))
    return sorted(found, key=lambda row: (row[0], -row[2], row[1]))


def search_terms(
    declared: Sequence[str], listed: Sequence[str], known_words: frozenset[str], threshold: float
) -> list[tuple[int, int, float, int, int]]:
    """Every term that stands in a text and reaches the threshold: declared, listed, score, start, end; sorted likewise."""
    terms = [trade_words(text) for text in listed]
    spelling = TradeSpelling(known_words, terms)
    rows = []
    for i, text in enumerate(declared):
        words = trade_words(text)
        for j, term in enumerate(terms):
            found = find(words, term, spelling) if term else None
            if found is not None and found.score > 0 and found.score / 100 >= threshold:
                rows.append((i, j, found.score / 100, found.start, found.end))
    return sorted(rows, key=lambda row: (row[0], -row[2], row[1]))
