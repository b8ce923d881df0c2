"""Every word seen so far, numbered, with its class and weight: those of the list first, then those of declared names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.near import GENERIC, GIVEN, INITIAL, NUMBER, RARE
from screening.matching.compiled.spelling import BARE
from screening.matching.compiled.strings import Bytes, Ints, Longs, StringTable, packed
from screening.matching.compiled.together import word_shape
from screening.matching.compiled.variants import MOST, short_variants
from screening.matching.lexicon import INITIAL_WEIGHT, LEAST_MISSPELT, RARE_WEIGHT, RARE_WEIGHTS, Lexicon
from screening.matching.romanise import CONSONANTS_ONLY

SORTS = {"rare": RARE, "given": GIVEN, "generic": GENERIC, "number": NUMBER, "initial": INITIAL}
_SIGN = bytes([BARE])
_SIEVE_BITS = 1 << 22
_RARE_WEIGHTS = np.array([*RARE_WEIGHTS, RARE_WEIGHT], np.int16)


class Attributes(NamedTuple):
    """What each word is, by its number."""

    text: Ints  # the word it is compared as
    sort: Bytes
    weight: NDArray[np.int16]
    is_alpha: Bytes
    is_bare: Bytes
    legal: Ints  # the legal form it is a misspelling of, or -1
    key: Ints  # the first of the keys that start with it, or -1
    shape: NDArray[np.uint64]
    shape_power: NDArray[np.uint64]


class Keys(NamedTuple):
    """Legal forms and abbreviations: runs of words, those with the same first word together, the longest first."""

    starts: Ints
    words: Ints
    legal: Ints  # the legal form, or -1
    surface: Ints
    expansion_starts: Ints
    expansion: Ints


def sieve(words: list[bytes]) -> NDArray[np.uint64]:
    """One bit for each way to leave a letter out of the words."""
    bits = np.zeros(_SIEVE_BITS // 64, np.uint64)
    letters, firsts, ends = packed(words)
    _sift(letters, firsts, ends, bits)
    return bits


@njit(cache=True, nogil=True)
def _sift(letters: Bytes, firsts: Longs, ends: Longs, bits: NDArray[np.uint64]) -> None:
    found = np.empty(MOST, np.uint64)
    mask = np.uint64(len(bits) * 64 - 1)
    for i in range(len(firsts)):
        for k in range(short_variants(letters, firsts[i], ends[i], 1, found)):
            bit = found[k] & mask
            bits[np.int64(bit >> np.uint64(6))] |= np.uint64(1) << (bit & np.uint64(63))


@njit(cache=True, nogil=True)
def classify(
    letters: Bytes, starts: Longs, first: int, end: int, known: Attributes, bits: NDArray[np.uint64], rare: NDArray[np.int16], ask: Bytes
) -> None:
    """The attributes of new words of plain letters; ``ask`` marks those that only the lexicon can judge."""
    found = np.empty(MOST, np.uint64)
    mask = np.uint64(len(bits) * 64 - 1)
    for word in range(first, end):
        at, stop = starts[word], starts[word + 1]
        alpha = True
        for k in range(at, stop):
            alpha = alpha and 97 <= letters[k] <= 122
        length = stop - at
        known.text[word] = word
        known.shape[word], known.shape_power[word] = word_shape(letters, at, stop)
        known.is_alpha[word] = alpha
        known.is_bare[word] = False
        known.legal[word] = -1
        known.key[word] = -1
        known.sort[word] = INITIAL if length == 1 else RARE
        known.weight[word] = INITIAL_WEIGHT if length == 1 else rare[min(length, 4)]
        ask[word - first] = not alpha
        if alpha and length >= LEAST_MISSPELT - 1:
            for k in range(short_variants(letters, at, stop, 1, found)):
                bit = found[k] & mask
                if (bits[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63))) & np.uint64(1):
                    ask[word - first] = True


class Vocabulary:
    """The growing vocabulary of one index."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.table = StringTable()
        self.attributes = Attributes(
            *(np.zeros(0, kind) for kind in (np.int32, np.uint8, np.int16, np.uint8, np.uint8, np.int32, np.int32, np.uint64, np.uint64))
        )
        self._legal: dict[str, int] = {}
        self._sieve = sieve([form.encode() for form in lexicon.misspelt_forms()])
        self.keys = self._enter_keys()

    def legal_form(self, means: str) -> int:
        """The number of a legal form."""
        return self._legal.setdefault(means, len(self._legal))

    def keep(self, count: int) -> None:
        """Forgets all words but the first so many, in new arrays."""
        self.table.keep(count)
        self.attributes = Attributes(*(column[:count].copy() for column in self.attributes))

    def number(self, words: list[str]) -> list[int]:
        """The numbers of some words, entered if new."""
        letters, firsts, ends = packed([encoded(word) for word in words])
        numbers = np.full(len(words), -1, np.int32)
        self.enter(letters, firsts, ends, numbers)
        found: list[int] = numbers.tolist()
        return found

    def enter(self, letters: Bytes, firsts: Longs, ends: Longs, numbers: Ints) -> None:
        """Numbers words that have no number yet and finds out what they are."""
        first = self.table.count
        self.table.add(letters, firsts, ends, numbers)
        if self.table.count > first:
            self._learn(first)

    def _learn(self, first: int) -> None:
        end = self.table.count
        if end > len(self.attributes.text):
            room = max(2 * len(self.attributes.text), end + 1024)
            self.attributes = Attributes(
                *(np.concatenate([column, np.zeros(room - len(column), column.dtype)]) for column in self.attributes)
            )
        ask = np.zeros(end - first, np.uint8)
        classify(self.table.view.letters, self.table.view.starts, first, end, self.attributes, self._sieve, _RARE_WEIGHTS, ask)
        self.judge([first + int(place) for place in np.flatnonzero(ask)])

    def judge(self, words: list[int]) -> None:
        """Asks the lexicon what words are."""
        known = self.attributes
        other: list[tuple[int, str]] = []
        for number in words:
            spelled = decoded(self.table.text(number))
            if " " in spelled:
                continue  # the surface of a key, never a word
            word = self.lexicon.word(spelled)
            known.sort[number] = SORTS[word.sort]
            known.weight[number] = word.weight
            letters = spelled.removeprefix(CONSONANTS_ONLY)
            known.is_bare[number] = letters != spelled and letters.isalpha()
            if word.sort == "rare" and (means := self.lexicon.misspelt(word.text)):
                known.legal[number] = self.legal_form(means)
            if word.text != spelled:
                other.append((number, word.text))
        if other:
            texts = self.number([text for _, text in other])
            for (number, _), text in zip(other, texts, strict=True):
                self.attributes.text[number] = text

    def _enter_keys(self) -> Keys:
        lexicon = self.lexicon
        self.judge(self.number(sorted(lexicon.known_words())))
        rows: list[tuple[tuple[str, ...], int, tuple[str, ...]]] = [
            (key, self.legal_form(means), ()) for key, means in lexicon.legal_keys().items()
        ]
        rows += [(key, -1, expansion) for key, expansion in lexicon.abbreviation_keys().items() if key not in lexicon.legal_keys()]
        rows.sort(key=lambda row: (row[0][0], -len(row[0]), row[0]))
        words = [self.number(list(key)) for key, _, _ in rows]
        expansions: list[list[int]] = [self.number(list(expansion)) if expansion else [] for _, _, expansion in rows]
        surfaces = self.number([" ".join(key) for key, _, _ in rows])
        for row in range(len(rows) - 1, -1, -1):
            self.attributes.key[words[row][0]] = row
        return Keys(
            *_runs(words),
            np.array([legal for _, legal, _ in rows], np.int32),
            np.array(surfaces, np.int32),
            *_runs(expansions),
        )


def _runs(rows: list[list[int]]) -> tuple[Ints, Ints]:
    starts = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    return starts, np.array([number for row in rows for number in row], np.int32)


def encoded(word: str) -> bytes:
    """A Latin word as the kernels hold it."""
    return word.encode("ascii").replace(b"~", _SIGN)


def decoded(word: bytes) -> str:
    """A Latin word as the lexicon holds it."""
    return word.replace(_SIGN, b"~").decode("ascii")
