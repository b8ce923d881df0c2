"""Inexact matching of texts against listed texts: names against listed names, descriptions against trade terms.

Imports nothing of the project outside itself. ``reference`` is the slow definition; the index gives the same
pairs with the same scores.
"""

from __future__ import annotations

from screening.matching.index import MatchIndex
from screening.matching.score import NameComparer
from screening.matching.term_index import MANY
from screening.matching.trade_words import first_letters, forms, trade_words
from screening.matching.types import AlignedWord, Comparison, CompilerWarning, WordTables

__all__ = [
    "MANY",
    "AlignedWord",
    "Comparison",
    "CompilerWarning",
    "MatchIndex",
    "NameComparer",
    "WordTables",
    "first_letters",
    "forms",
    "trade_words",
]
