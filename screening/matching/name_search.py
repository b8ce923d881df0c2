"""The search of names by the way that is quickest for its size; every way gives the same pairs and scores."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import polars as pl

from screening.matching.lexicon import Lexicon
from screening.matching.name_index import NameIndex
from screening.matching.score import compare
from screening.matching.types import Comparison, WordTables

if TYPE_CHECKING:
    from screening.matching.compiled.search import CompiledNames

# Loading the compiled search takes about a second (once on each machine half a minute, to compile it). It pays where the other
# index would take longer to build or to search: figures of one machine, and only speed hangs on them.
MANY_LISTED = 20_000
MANY_PAIRS = 50_000_000
_WITHOUT = "numba is not installed, so names are searched by the slow way; the answers are the same. Install it with: pip install numba"


class NameSearch:
    """Listed names that are made ready when first searched, by the way that suits the search."""

    def __init__(self, listed: Sequence[str], tables: WordTables, threads: int = 1) -> None:
        self._listed = list(listed)
        self._tables = tables
        self._threads = threads
        self._lexicon = Lexicon(tables)
        self._lock = threading.Lock()
        self._plain: NameIndex | None = None
        self._compiled: CompiledNames | None = None

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one declared name against one listed name, with its evidence."""
        return compare(self._lexicon.name(declared), self._lexicon.name(self._listed[listed]))

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The pairs of distinct names that reach the threshold: ``declared``, ``listed``, ``score``."""
        return self._index(len(declared)).search(declared, threshold)

    def _index(self, declared: int) -> NameIndex | CompiledNames:
        with self._lock:
            if self._compiled is not None:
                return self._compiled
            if len(self._listed) >= MANY_LISTED or declared * len(self._listed) >= MANY_PAIRS:
                if find_spec("numba") is not None:
                    from screening.matching.compiled.search import CompiledNames

                    self._compiled = CompiledNames(self._listed, self._lexicon, self._threads)
                    return self._compiled
                warnings.warn(_WITHOUT, RuntimeWarning, stacklevel=4)
            if self._plain is None:
                self._plain = NameIndex(self._listed, self._tables)
            return self._plain
