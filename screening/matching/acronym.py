"""A name that carries its own acronym in brackets, and the same name without it.

The acronym repeats what the words say: it is no surplus that tells the name from a listed one written without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from screening.matching.types import Comparison

if TYPE_CHECKING:
    from screening.matching.compiled.search import CompiledNames

_BRACKETED = re.compile(r"^(.*?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*(.*)$", re.DOTALL)
_ACRONYM = re.compile(r"[A-Z](?:[.&]?[A-Z]){2,8}\.?")


class WithAndWithoutAcronym:
    """An index of names asked with and without the acronym of a declared name; the better answer counts."""

    def __init__(self, names: CompiledNames) -> None:
        self._names = names

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one declared name against one listed name, with its evidence."""
        whole, shorter = self._names.compare(declared, listed), without_acronym(declared)
        return whole if shorter is None else max(whole, self._names.compare(shorter, listed), key=lambda found: found.score)

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The pairs of distinct names that reach the threshold: ``declared``, ``listed``, ``score``."""
        shorter = {place: text for place, name in enumerate(declared) if "(" in name or "[" in name if (text := without_acronym(name))}
        found = self._names.search([*declared, *shorter.values()], threshold)
        if not shorter:
            return found
        places = pl.Series([*range(len(declared)), *shorter], dtype=pl.UInt32)
        own = found.with_columns(declared=places.gather(found.get_column("declared")))
        return own.group_by("declared", "listed", maintain_order=True).agg(pl.col("score").max())


def without_acronym(name: str) -> str | None:
    """The name without its acronym in brackets, on whichever side of them it stands; None where there is none.

    Every letter of the acronym stands in the words in its order, the first one at the start of a word.

    >>> without_acronym("Green Pine Associated Corporation (GPAC) Ltd")
    'Green Pine Associated Corporation Ltd'
    >>> without_acronym("GPAC (Green Pine Associated Corporation)")
    'Green Pine Associated Corporation'
    >>> without_acronym("Al Noor Trading (UAE) LLC")
    """
    found = _BRACKETED.match(name)
    if found is None:
        return None
    before, inside, behind = found.groups()
    outside = f"{before} {behind}".strip()
    for acronym, words in ((inside, outside), (outside, inside)):
        if _ACRONYM.fullmatch(acronym) and _stands_for([letter for letter in acronym.casefold() if letter.isalpha()], words.casefold()):
            return words
    return None


def _stands_for(letters: list[str], words: str) -> bool:
    return re.search(r"\b" + ".*".join(letters), words, re.DOTALL) is not None
