"""The compiled index of names: the answers of the reference, for long lists and large batches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from screening.matching.compiled.assembly import Names, assemble
from screening.matching.compiled.edges import Edges, edges_of, learn_keys
from screening.matching.compiled.listing import lead, listed_names, reordered
from screening.matching.compiled.near import Facts
from screening.matching.compiled.scan import Leading, Words, scan
from screening.matching.compiled.spelling import spell
from screening.matching.compiled.strings import Bytes, Ints, Longs, find_all
from screening.matching.compiled.vocabulary import Vocabulary, encoded
from screening.matching.lexicon import Lexicon
from screening.matching.score import _PATRONYMIC

PART = 50_000  # distinct declared names screened at a time
MOST_WORDS = 4_000_000  # words that are remembered; then those of declared names are forgotten, for the sake of memory
LEAST_SLICE = 256  # names or words that are worth a thread

_FOUND = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64}
_Part = TypeVar("_Part")


class CompiledNames:
    """Listed names made ready for searching; opened once and reused, by several threads if need be."""

    def __init__(self, listed: Sequence[str], lexicon: Lexicon, threads: int = 1) -> None:
        self._lexicon = lexicon
        self._threads = threads
        self.most_words = MOST_WORDS
        self._lock = threading.Lock()
        self._vocabulary = Vocabulary(lexicon)
        self._patronymic_words = self._vocabulary.number(sorted(_PATRONYMIC))
        names = self._assembled(*self._spelled(listed))
        order = np.argsort(names.weight, kind="stable")
        self._original = order.astype(np.uint32)
        self._singles = self._vocabulary.table.count
        self._keys = np.full((3, 0), -1, np.int32)
        self._forget_edges()
        self._room()
        self._listed, self._lists = listed_names(reordered(names, order), self._facts(), self._vocabulary.attributes.weight, self._singles)
        self._frequency = np.diff(self._listed.by_word.starts)
        self._leading: dict[int, Leading] = {}
        self._link(np.unique(self._listed.names.words))  # most words that declared names share are words of the list
        self.counts = np.zeros(3, np.int64)  # of the last part searched: names found by words written together, candidates, scored

    def search(self, declared: Sequence[str], threshold: float, *, is_exhaustive: bool = False) -> pl.DataFrame:
        """The pairs of distinct names that reach the threshold: ``declared``, ``listed``, ``score``.

        ``is_exhaustive``: every pair is scored, whatever the bounds say; slow, to test them by.
        """
        need = least_score(threshold)
        parts = [self._search(declared[start : start + PART], start, need, is_exhaustive) for start in range(0, len(declared), PART)]
        return pl.concat(parts) if parts else pl.DataFrame(schema=_FOUND)

    def _search(self, declared: Sequence[str], offset: int, need: int, is_exhaustive: bool) -> pl.DataFrame:
        with self._lock:
            if self._vocabulary.table.count > self._singles + self.most_words:
                self._vocabulary.keep(self._singles)
                self._keys = self._keys[:, : self._singles].copy()
                self._forget_edges()
            spelled, bounds = self._spelled(declared)
            names = self._assembled(spelled, bounds)
            self._link(np.unique(names.words))
            words = self._words()
            leading = self._leading.get(need)
            if leading is None:
                leading = self._leading[need] = lead(self._listed.names, words.facts.sort, words.weight, self._frequency, need)
            patronymic = self._patronymic()
        found = self._sliced(
            lambda first, end: scan(names, patronymic, first, end, words, self._listed, self._lists, leading, need, is_exhaustive),
            len(declared),
        )
        self.counts = np.sum([part[3] for part in found], axis=0)
        ours, theirs, scores = (np.concatenate([part[column] for part in found]) for column in (0, 1, 2))
        columns = {"declared": (ours + offset).astype(np.uint32), "listed": self._original[theirs], "score": scores / 100}
        return pl.DataFrame(columns, schema=_FOUND)

    def _sliced(self, work: Callable[[int, int], _Part], count: int) -> list[_Part]:
        """The work on every slice, in order; slices run at once where threads are allowed and the work is large."""
        slices = 1 if count < LEAST_SLICE else self._threads
        bounds = [count * part // slices for part in range(slices + 1)]
        if slices == 1:
            return [work(0, count)]
        with ThreadPoolExecutor(slices) as pool:
            return list(pool.map(work, bounds[:-1], bounds[1:]))

    def _spelled(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        """The numbers of the spelled words of texts, and the first of each text."""
        letters, bounds = self._letters(texts)
        room = len(letters) // 2 + len(texts) + 1
        out, firsts, ends = np.empty(len(letters) + 1, np.uint8), np.empty(room, np.int64), np.empty(room, np.int64)
        words = np.zeros(len(texts) + 1, np.int64)
        count = int(spell(letters, bounds, out, firsts, ends, words))
        firsts, ends = firsts[:count], ends[:count]
        numbers = np.empty(count, np.int32)
        table = self._vocabulary.table
        if find_all(table.view, out, firsts, ends, numbers):
            self._vocabulary.enter(out, firsts, ends, numbers)
        return numbers, words

    def _letters(self, texts: Sequence[str]) -> tuple[Bytes, Longs]:
        joined = "".join(texts)
        if joined.isascii():
            letters = joined.encode("ascii")
            sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        else:
            plain = [text.encode("ascii") if text.isascii() else encoded(" ".join(self._lexicon.spelled(text))) for text in texts]
            letters = b"".join(plain)
            sizes = np.fromiter(map(len, plain), np.int64, len(texts))
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(sizes, out=bounds[1:])
        return np.frombuffer(letters or b" ", np.uint8), bounds

    def _assembled(self, spelled: Ints, bounds: Longs) -> Names:
        return assemble(spelled, bounds, self._vocabulary.attributes, self._vocabulary.keys)

    def _forget_edges(self) -> None:
        self._edge_bounds = np.full((3, self._keys.shape[1]), -1, np.int64)
        self._cost = np.zeros(self._keys.shape[1], np.int32)
        self._to, self._similarity, self._edge_count = np.zeros(0, np.int32), np.zeros(0, np.int16), 0

    def _room(self) -> None:
        """Makes the columns of words as long as the vocabulary has room."""
        missing = len(self._vocabulary.attributes.text) - self._keys.shape[1]
        if missing > 0:
            self._keys = np.concatenate([self._keys, np.full((3, missing), -1, np.int32)], axis=1)
            self._edge_bounds = np.concatenate([self._edge_bounds, np.full((3, missing), -1, np.int64)], axis=1)
            self._cost = np.concatenate([self._cost, np.zeros(missing, np.int32)])

    def _facts(self) -> Facts:
        known, view = self._vocabulary.attributes, self._vocabulary.table.view
        return Facts(
            view.letters,
            view.starts,
            known.sort,
            known.is_alpha,
            known.is_bare,
            self._keys[0],
            self._keys[1],
            self._keys[2],
            known.shape,
            known.shape_power,
        )

    def _words(self) -> Words:
        return Words(
            self._facts(),
            self._vocabulary.attributes.weight,
            self._edge_bounds[0],
            self._edge_bounds[1],
            self._edge_bounds[2],
            self._to,
            self._similarity,
            self._cost,
        )

    def _link(self, words: Ints) -> None:
        """Works out the edges of words that have none yet."""
        self._room()
        fresh = words[self._edge_bounds[0][words] < 0].astype(np.int32)
        if not len(fresh):
            return
        facts = self._facts()
        # words of the tables are numbered before those of the list, though the list may not have them
        strange = fresh[(fresh >= self._singles) | (self._lists.is_single[np.minimum(fresh, self._singles - 1)] == 0)]
        if len(strange):
            learn_keys(strange, facts, self._lists)
        at = 0
        for edges in self._sliced(lambda first, end: edges_of(fresh[first:end], facts, self._lists), len(fresh)):
            self._keep(fresh[at : at + len(edges.middles)], edges)
            at += len(edges.middles)

    def _keep(self, words: Ints, edges: Edges) -> None:
        size, at = len(edges.to), self._edge_count
        if at + size > len(self._to):
            room = max(2 * len(self._to), at + size)
            self._to = np.concatenate([self._to[:at], np.zeros(room - at, np.int32)])
            self._similarity = np.concatenate([self._similarity[:at], np.zeros(room - at, np.int16)])
        self._to[at : at + size], self._similarity[at : at + size] = edges.to, edges.similarity
        self._edge_count = at + size
        self._edge_bounds[0][words] = at + edges.starts[:-1]
        self._edge_bounds[1][words] = at + edges.middles
        self._edge_bounds[2][words] = at + edges.starts[1:]
        # (the numbers of words written together may be greater than those of words; their cost is not asked)
        reach = np.zeros(1 + size, np.int64)
        np.cumsum(self._frequency[np.minimum(edges.to, self._singles - 1)], out=reach[1:])
        self._cost[words] = reach[edges.middles] - reach[edges.starts[:-1]]

    def _patronymic(self) -> NDArray[np.uint8]:
        found = np.zeros(self._vocabulary.table.count, np.uint8)
        found[self._patronymic_words] = 1
        return found


def least_score(threshold: float) -> int:
    """The least score in hundredths of a point, above nothing, that reaches a threshold."""
    need = max(1, min(int(threshold * 100), 10_001) - 2)
    while need <= 10_000 and need / 100 < threshold:
        need += 1
    return need
