"""The records that go into and come out of matching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True)
class WordTables:
    """Words of names that stand for one another or decide little, in any script and spelling.

    ``legal_forms``: word or words to what they mean, equal across languages. ``abbreviations``: word to its
    expansion. ``generic``: common business and place words. ``given_names``: common personal names. ``common``: words that many
    unrelated companies are called by. ``sectors``: generic words that tell a line of civil goods or services.
    """

    legal_forms: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    generic: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()


class AlignedWord(NamedTuple):
    """One declared word beside its listed word: how they agree (``kind``), how well (0 to 1) and how much it decides."""

    declared: str
    listed: str
    kind: str
    similarity: float
    weight: float


class Comparison(NamedTuple):
    """How near two texts are (0 to 100) and the aligned words that say why."""

    score: float
    evidence: tuple[AlignedWord, ...]


class CompilerWarning(UserWarning):
    """Something about compiling the search of names that takes time; said once."""
