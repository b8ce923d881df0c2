"""Comparing two names of parties with the words of names that the engine ships."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from control_lists.models import NameWord, ReferenceFile
from screening.matching import Comparison, NameComparer, WordTables


def word_tables(name_words: Iterable[NameWord]) -> WordTables:
    """The tables that matching works with, from the words of names of the reference data."""
    legal: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    plain: dict[str, set[str]] = {"generic": set(), "given_name": set(), "common": set(), "sector": set()}
    for entry in name_words:
        if entry.kind == "legal_form":
            legal.update(dict.fromkeys(entry.words, entry.means or ""))
        elif entry.kind == "abbreviation":
            abbreviations.update(dict.fromkeys(entry.words, entry.means or ""))
        else:
            plain[entry.kind].update(entry.words)
    return WordTables(legal, abbreviations, *(frozenset(words) for words in plain.values()))


@cache
def shipped_word_tables() -> WordTables:
    """The tables of the words shipped with the engine; read once, as they never change within a release."""
    folder = files("control_lists") / "data" / "reference"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir(), key=str) if path.name.startswith("name_words")]
    return word_tables(word for text in texts for word in ReferenceFile.model_validate(tomllib.loads(text)).name_word)


@cache
def _shipped_comparer() -> NameComparer:
    return NameComparer(shipped_word_tables())


def compare_names(declared: str, listed: str, tables: WordTables | None = None) -> Comparison:
    """How near a declared name is to a listed one, 0 to 100, with the aligned words that say why.

    The very scorer of the index. ``tables`` defaults to the shipped words; ``NAME_THRESHOLD`` is the shipped threshold.
    """
    comparer = _shipped_comparer() if tables is None else NameComparer(tables)
    return comparer.compare(declared, listed)
