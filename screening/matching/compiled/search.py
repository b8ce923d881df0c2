"""The compiled index of names: the answers of the reference, for long lists and large batches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import polars as pl

from screening.matching.compiled.assembly import WEIGHT, Names, assemble, with_strange
from screening.matching.compiled.edges import ListedWords, edges_of, learn_keys
from screening.matching.compiled.kernel import sources_digest
from screening.matching.compiled.leading import Leading, lead
from screening.matching.compiled.listing import Listed, listed_names, reordered
from screening.matching.compiled.saved import frozen, keep, kept
from screening.matching.compiled.scan import scan
from screening.matching.compiled.spelling import spell
from screening.matching.compiled.strings import Bytes, Ints, Longs, find_all
from screening.matching.compiled.vocabulary import Vocabulary, Words, encoded
from screening.matching.compiled.words import EDGES, END, MIDDLE
from screening.matching.lexicon import AND, AND_SIGN, Lexicon
from screening.matching.score import compare
from screening.matching.types import Comparison, WordTables

PART = 50_000  # distinct declared names screened at a time
MOST_WORDS = 1_000_000  # words of declared names that are remembered; then they are forgotten, for the sake of memory
REMEMBERED = 1 << 20  # places for words that written together agree with nothing
LEAST_SLICE = 256  # names or words that are worth a thread

_FOUND = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64}
_Part = TypeVar("_Part")


class Index(NamedTuple):
    """Listed names as they are kept."""

    words: Words
    listed: Listed
    lists: ListedWords
    edges: Longs


class CompiledNames:
    """Listed names made ready for searching; opened once and reused, by several threads if need be.

    ``prepared`` is a folder in which the index is kept under the digest of the names, the tables and the code. It is only a cache: absent,
    damaged or unwritable it changes nothing but the time.
    """

    _vocabulary: Vocabulary
    _singles: int  # words of the tables and the list; those of declared names have greater numbers
    _listed: Listed
    _lists: ListedWords
    _edges: Longs
    _edge_count: int

    def __init__(self, listed: Sequence[str], tables: WordTables, threads: int = 1, prepared: Path | None = None) -> None:
        self._lexicon = Lexicon(tables)
        self._texts = listed
        self._threads = threads
        self.most_words = MOST_WORDS
        self._lock = threading.Lock()
        self._leading: dict[int, Leading] = {}
        self._fruitless = np.zeros(REMEMBERED, np.int64)
        self.counts = np.zeros(2, np.int64)  # of the last part searched: candidates, and those scored
        folder = prepared / f"{_digest(listed, tables)}.names" if prepared else None
        found = kept(Index, folder) if folder else None
        if found is None:
            self._build(listed)
            if folder:
                keep(Index(self._vocabulary.words(), self._listed, self._lists, self._edges[: self._edge_count]), folder)
        else:
            self._vocabulary = Vocabulary(self._lexicon, found.words)
            self._singles = self._vocabulary.table.count
            self._listed, self._lists = found.listed, found.lists
            self._edges, self._edge_count = found.edges.copy(), len(found.edges)
        self._base_edges = self._edge_count

    def _build(self, listed: Sequence[str]) -> None:
        self._vocabulary = Vocabulary(self._lexicon)
        names, letters, bounds = self._named(listed)
        order = np.argsort(names.rows[:, WEIGHT], kind="stable")
        self._singles = self._vocabulary.table.count
        spelled = [letters[bounds[name] : bounds[name + 1]].tobytes() for name in order.tolist()]
        found, lists = listed_names(
            reordered(names, order), order, spelled, self._vocabulary.rows, self._vocabulary.table.view, self._singles
        )
        self._listed, self._lists = frozen(found), frozen(lists)
        self._edges, self._edge_count = np.zeros(1024, np.int64), 0
        self._link(np.unique(self._listed.names.words))  # most words that declared names share are words of the list

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one declared name against one listed name, with its evidence."""
        return compare(self._lexicon.name(declared), self._lexicon.name(self._texts[listed]))

    def search(self, declared: Sequence[str], threshold: float, *, is_exhaustive: bool = False) -> pl.DataFrame:
        """The pairs of distinct names that reach the threshold: ``declared``, ``listed``, ``score``.

        ``is_exhaustive``: every pair of words and names is scored, whatever the bounds say; slow, to test them by.
        """
        need = least_score(threshold)
        parts = [self._search(declared[start : start + PART], start, need, is_exhaustive) for start in range(0, len(declared), PART)]
        return pl.concat(parts) if parts else pl.DataFrame(schema=_FOUND)

    def _search(self, declared: Sequence[str], offset: int, need: int, is_exhaustive: bool) -> pl.DataFrame:
        with self._lock:
            if self._vocabulary.table.count > self._singles + self.most_words:
                self._forget()
            names, letters, bounds = self._named(declared)
            self._link(np.unique(names.words), is_exhaustive)
            strings, rows, edges = self._vocabulary.table.view, self._vocabulary.rows, self._edges
            fruitless = self._fruitless
            leading = self._leading.get(need)
            if leading is None:
                leading = self._leading[need] = lead(self._listed.names, rows, self._lists.frequency, need)
        found = self._sliced(
            lambda first, end: scan(
                names, letters, bounds, first, end, strings, rows, edges, self._listed, self._lists, leading, need, fruitless, is_exhaustive
            ),
            len(declared),
        )
        self.counts = np.sum([counts for _, counts in found], axis=0)
        ours, theirs, scores = np.concatenate([pairs for pairs, _ in found]).T
        columns = {
            "declared": (ours + offset).astype(np.uint32),
            "listed": self._listed.original[theirs].astype(np.uint32),
            "score": scores / 100,
        }
        return pl.DataFrame(columns, schema=_FOUND)

    def _sliced(self, work: Callable[[int, int], _Part], count: int) -> list[_Part]:
        """The work on every slice, in order; slices run at once where threads are allowed and the work is large."""
        slices = 1 if count < LEAST_SLICE else self._threads
        bounds = [count * part // slices for part in range(slices + 1)]
        if slices == 1:
            return [work(0, count)]
        with ThreadPoolExecutor(slices) as pool:
            return list(pool.map(work, bounds[:-1], bounds[1:]))

    def _named(self, texts: Sequence[str]) -> tuple[Names, Bytes, Longs]:
        """The names of texts, their letters, and where the letters of each start (with a last end)."""
        letters, bounds, sizes = self._letters(texts)
        room = len(letters) // 2 + len(texts) + 1
        out, firsts, ends = np.empty(len(letters) + 1, np.uint8), np.empty(room, np.int64), np.empty(room, np.int64)
        words = np.zeros(len(texts) + 1, np.int64)
        count = int(spell(letters, bounds, sizes, out, firsts, ends, words))
        firsts, ends = firsts[:count], ends[:count]
        numbers = np.empty(count, np.int32)
        known = self._vocabulary
        if find_all(known.table.view, out, firsts, ends, numbers):
            known.enter(out, firsts, ends, numbers)
        strange = np.zeros(len(texts), np.uint8)
        names = assemble(numbers, words, sizes, known.table.view, known.rows, known.meanings, known.expansions, known.known, strange)
        places = np.flatnonzero(strange).tolist()
        if places:
            names = with_strange(names, places, [self._lexicon.name(texts[place]) for place in places], known)
        return names, out, np.append(firsts, ends[-1] if count else 0)[words]

    def _letters(self, texts: Sequence[str]) -> tuple[Bytes, Longs, Ints]:
        """The letters of texts as ASCII, where each starts, and its characters but for blanks around it (-1: not yet counted)."""
        joined = "".join(texts)
        sizes = np.full(len(texts), -1, np.int32)
        if joined.isascii() and AND_SIGN not in joined:
            letters = joined.encode("ascii")
            lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        else:
            plain = []
            for place, text in enumerate(texts):
                if text.isascii():
                    plain.append(text.replace(AND_SIGN, AND).encode("ascii"))
                    if AND_SIGN in text:
                        sizes[place] = len(text.strip())
                else:
                    plain.append(encoded(" ".join(self._lexicon.spelled(text))))
                    sizes[place] = len(text.strip())
            letters = b"".join(plain)
            lengths = np.fromiter(map(len, plain), np.int64, len(texts))
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(lengths, out=bounds[1:])
        return np.frombuffer(letters or b" ", np.uint8), bounds, sizes

    def _forget(self) -> None:
        """Forgets all that was learnt from declared names, in new arrays: whoever still reads the old ones is not disturbed."""
        self._vocabulary.keep(self._singles)
        self._fruitless = np.zeros(REMEMBERED, np.int64)  # keys are made of the numbers of words
        rows = self._vocabulary.rows
        rows[rows[:, EDGES] >= self._base_edges, EDGES] = -1
        self._edges, self._edge_count = self._edges[: self._base_edges].copy(), self._base_edges

    def _link(self, words: Ints, is_exhaustive: bool = False) -> None:
        """Works out the edges of words that have none yet."""
        rows = self._vocabulary.rows
        fresh = words[rows[words, EDGES] < 0].astype(np.int32)
        if not len(fresh):
            return
        letters, starts = self._vocabulary.table.view.letters, self._vocabulary.table.view.starts
        # words of the tables are numbered before those of the list, though the list may not have them
        strange = fresh[(fresh >= self._singles) | (self._lists.is_single[np.minimum(fresh, self._singles - 1)] == 0)]
        if len(strange):
            learn_keys(strange, letters, starts, rows, self._lists)
        for first, end, edges in self._sliced(
            lambda first, end: (first, end, edges_of(fresh[first:end], letters, starts, rows, self._lists, is_exhaustive)), len(fresh)
        ):
            self._keep(fresh[first:end], edges)

    def _keep(self, words: Ints, edges: Longs) -> None:
        """Puts the edges of words behind those known."""
        rows, used = self._vocabulary.rows, self._edge_count
        if used + len(edges) > len(self._edges):
            room = max(2 * len(self._edges), used + len(edges))
            self._edges = np.concatenate([self._edges[:used], np.zeros(room - used, np.int64)])
        self._edges[used : used + len(edges)] = edges
        self._edge_count = used + len(edges)
        for column in (EDGES, MIDDLE, END):
            rows[words, column] += used


def _digest(listed: Sequence[str], tables: WordTables) -> str:
    digest = sha256(sources_digest().encode())
    for field in fields(tables):
        value = getattr(tables, field.name)
        entries = sorted(value.items()) if isinstance(value, Mapping) else sorted(value)
        digest.update(f"{field.name}{entries}".encode())
    digest.update("\0".join(listed).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def least_score(threshold: float) -> int:
    """The least score in hundredths of a point, above nothing, that reaches a threshold."""
    need = max(1, min(int(threshold * 100), 10_001) - 2)
    while need <= 10_000 and need / 100 < threshold:
        need += 1
    return need
