"""Inexact matching of texts against listed texts: names against listed names, descriptions against trade terms.

Imports nothing of the project outside itself. ``reference`` is the slow definition; the index gives the same
pairs with the same scores.
"""

from __future__ import annotations

from screening.matching.index import MatchIndex
from screening.matching.score import NameComparer
from screening.matching.types import AlignedWord, Comparison, WordTables

# Recommended least score (0 to 100) at which two names are worth an officer's look; chosen on the development
# name pairs and on real traders against the UN list. Lower it and traders sharing common words come up.
NAME_THRESHOLD = 80.0

__all__ = ["NAME_THRESHOLD", "AlignedWord", "Comparison", "MatchIndex", "NameComparer", "WordTables"]
