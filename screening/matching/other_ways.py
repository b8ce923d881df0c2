"""The other ways in which one declared text names a party: without its own acronym in brackets, by each name it says it goes by.

Such a text is longer than the listed name, yet what it has beyond it does not tell it from that name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from screening.matching.types import Comparison

if TYPE_CHECKING:
    from screening.matching.compiled.search import CompiledNames

LEAST_LETTERS = 4  # of a name between such words: a shorter one is an acronym or a rest

_BRACKETED = re.compile(r"(.*?) ?[(\[] ?+([^()\[\]]+)[)\]] ?(.*)")
_ACRONYM = re.compile(r"[A-Z](?:[.&]?[A-Z]){2,8}\.?")
_BETWEEN_NAMES = re.compile(
    r"(?<![ ,;(\[])[ ,;(\[]*+(?<![\w.])(?:[af][./]?\s?k[./]?\s?a|d[./]?b[./]?a|t/a|c/o|also known as|formerly(?: known as)?|trading as"
    r"|doing business as|care of)(?!\w)[.:)\]]* ?",
    re.IGNORECASE,
)
_MARKED = r"[(\[/]|(?i:\w\W+[af]\.?\s?k\.?\s?a\b|\bdba\b|\bd\.b\.a|also known|formerly|trading as|doing business|care of)"


def other_ways(name: str) -> list[str]:
    """The other texts by which the party of a declared name is to be looked for.

    >>> other_ways("Green Pine Associated Corporation (GPAC) Ltd")
    ['Green Pine Associated Corporation Ltd']
    >>> other_ways("Acme Works a.k.a. Rocket Factory No 7")
    ['Acme Works', 'Rocket Factory No 7']
    >>> other_ways("Al Noor Trading (UAE) LLC")
    []
    """
    name = " ".join(name.split())
    parts = [part.strip(" ,;()[]") for part in _BETWEEN_NAMES.split(name)]
    is_split = len(parts) > 1 and (parts[0] or name.lstrip()[:1] in "cC")  # AKA Holdings is a name, c/o Holdings is not
    named = [part for part in parts if sum(letter.isalpha() for letter in part) >= LEAST_LETTERS] if is_split else []
    return list(dict.fromkeys(way for part in (named or [name]) for way in (part, without_acronym(part)) if way and way != name))


def without_acronym(name: str) -> str | None:
    """The name without its acronym in brackets, on whichever side of them it stands; None where there is none.

    Every letter of the acronym stands in the words in its order, the first one at the start of a word.

    >>> without_acronym("GPAC (Green Pine Associated Corporation)")
    'Green Pine Associated Corporation'
    """
    found = _BRACKETED.fullmatch(name)
    if found is None:
        return None
    before, inside, behind = (part.strip() for part in found.groups())
    outside = f"{before} {behind}".strip()
    for acronym, words in ((inside, outside), (outside, inside)):
        letters = [letter for letter in acronym.casefold() if letter.isalpha()]
        if _ACRONYM.fullmatch(acronym) and re.search(r"\b" + ".*".join(letters), words.casefold(), re.DOTALL):
            return words
    return None


class AllWays:
    """An index of names asked by every way in which a declared text names its party; the best answer counts."""

    def __init__(self, names: CompiledNames) -> None:
        self._names = names

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one declared name against one listed name, with its evidence."""
        return max((self._names.compare(way, listed) for way in (declared, *other_ways(declared))), key=lambda found: found.score)

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The pairs of distinct names that reach the threshold: ``declared``, ``listed``, ``score``."""
        marked = pl.Series(declared, dtype=pl.String).str.contains(_MARKED).arg_true()
        others = [(place, way) for place in marked for way in other_ways(declared[place])]
        found = self._names.search([*declared, *(way for _, way in others)], threshold)
        if not others:
            return found
        places = pl.Series([*range(len(declared)), *(place for place, _ in others)], dtype=pl.UInt32)
        own = found.with_columns(declared=places.gather(found.get_column("declared")))
        return own.group_by("declared", "listed", maintain_order=True).agg(pl.col("score").max())
