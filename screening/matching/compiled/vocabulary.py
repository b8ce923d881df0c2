"""Every word seen so far, numbered, with what it is: those of the tables and the list first, then those of declared names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.saved import frozen
from screening.matching.compiled.spelling import BARE
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, StringTable, find, packed
from screening.matching.compiled.together import word_sound
from screening.matching.compiled.variants import BASE, MOST, hashed, is_set, mixed, set_bit, short_variants
from screening.matching.compiled.words import (
    COLUMNS,
    EDGES,
    FACTS,
    HASH,
    HASH_POWER,
    INITIAL,
    IS_ALPHA,
    IS_BARE,
    IS_FORM_START,
    IS_PATRONYMIC,
    LOOSE,
    RARE,
    SKELETON_KEY,
    SORTS,
    SOUND_KEY,
    SPOKEN,
    SPOKEN_POWER,
)
from screening.matching.lexicon import INITIAL_WEIGHT, LEAST_LAST, LEAST_MISSPELT, RARE_WEIGHT, RARE_WEIGHTS, Lexicon
from screening.matching.romanise import CONSONANTS_ONLY
from screening.matching.score import _PATRONYMIC

# Columns of what a spelled word stands for: one word, or some of ``expansions``, or a legal form.
TEXT, COUNT, START, LEGAL = 0, 1, 2, 3
KEY = 4  # the first of the keys that start with it, or -1
FORMS, FORMS_END = 5, 6  # the rows of the long legal forms that have it
PIECE = 7  # whether it may be one of the two pieces of a known word
STARTS_WHOLE, ENDS_WHOLE = 1, 2
MEANINGS = 8

_SIGN = bytes([BARE])
_SIEVE_BITS = 1 << 20
_RARE_WEIGHTS = np.array([*RARE_WEIGHTS, RARE_WEIGHT], np.int64)


class Keys(NamedTuple):
    """Legal forms and abbreviations of several words: those with the same first word together, the longest first."""

    starts: Ints
    words: Ints
    legal: Ints  # the legal form, or -1
    surface: Ints
    expansion_starts: Ints
    expansion: Ints


class Forms(NamedTuple):
    """Long legal forms; and by the words of them, those of one word together, the form and the place of the word in it."""

    starts: Ints
    words: Ints
    form: Ints
    place: Ints


class Known(NamedTuple):
    """What the lexicon knows, made ready for the kernels."""

    keys: Keys
    forms: Forms
    form_starts: Strings
    whole_starts: Strings
    whole_ends: Strings
    wholes: Strings
    variants: NDArray[np.uint64]  # one bit for each way to leave a letter out of the words that are known when misspelt


@kernel
def classify(strings: Strings, first: int, end: int, rows: Longs, meanings: Ints, known: Known, rare: Longs, ask: Bytes) -> None:
    """Fills in the rows of new words of plain letters; ``ask`` marks those that only the lexicon can judge."""
    letters, starts = strings.letters, strings.starts
    found = np.empty(MOST, np.uint64)
    key, other = np.empty(256, np.uint8), np.empty(256, np.uint8)
    for word in range(first, end):
        at, stop = starts[word], starts[word + 1]
        length = stop - at
        alpha = length > 0
        power = np.uint64(1)
        for k in range(at, stop):
            alpha = alpha and 97 <= letters[k] <= 122
            power *= BASE
        if alpha:
            if 2 * length + 2 > len(key):
                key, other = np.empty(4 * length, np.uint8), np.empty(4 * length, np.uint8)
            spoken, spoken_power = word_sound(letters, at, stop, key, other)
            rows[word, SPOKEN], rows[word, SPOKEN_POWER] = np.int64(spoken), np.int64(spoken_power)
        rows[word, HASH], rows[word, HASH_POWER] = np.int64(hashed(letters, at, stop)), np.int64(power)
        rows[word, EDGES], rows[word, SOUND_KEY], rows[word, SKELETON_KEY], rows[word, LOOSE] = -1, -1, -1, -1
        sort = INITIAL if length == 1 else RARE
        weight = INITIAL_WEIGHT if length == 1 else rare[min(length, 4)]
        facts = weight | sort << 8 | length << 32
        if length:
            facts |= np.int64(letters[at]) << 16 | np.int64(letters[stop - 1]) << 24
        if alpha:
            facts |= IS_ALPHA
            if length >= LEAST_LAST and find(known.form_starts, letters, at, stop) >= 0:
                facts |= IS_FORM_START
        rows[word, FACTS] = facts
        meanings[word, TEXT], meanings[word, COUNT], meanings[word, START], meanings[word, LEGAL] = word, 1, 0, -1
        meanings[word, KEY], meanings[word, FORMS], meanings[word, FORMS_END] = -1, 0, 0
        pieces = STARTS_WHOLE if find(known.whole_starts, letters, at, stop) >= 0 else 0
        meanings[word, PIECE] = pieces | (ENDS_WHOLE if find(known.whole_ends, letters, at, stop) >= 0 else 0)
        ask[word - first] = not alpha
        if alpha and length >= LEAST_MISSPELT - 1:
            for k in range(short_variants(letters, at, stop, 1, found)):
                ask[word - first] |= is_set(known.variants, found[k])


@inner
def _mark(letters: Bytes, firsts: Longs, ends: Longs, bits: NDArray[np.uint64]) -> None:
    for i in range(len(firsts)):
        value = np.uint64(1)
        for k in range(firsts[i], ends[i]):
            value = value * BASE + np.uint64(letters[k])
        set_bit(bits, mixed(value))


class Words(NamedTuple):
    """A vocabulary as it is kept: the words, what is known of each, and the legal forms in order of their numbers, one a line."""

    strings: Strings
    rows: Longs
    meanings: Ints
    expansions: Ints
    legal: Bytes
    known: Known


class Vocabulary:
    """The growing vocabulary of one index: of the words of the tables, or of those ``kept``."""

    def __init__(self, lexicon: Lexicon, kept: Words | None = None) -> None:
        self.lexicon = lexicon
        self.table = StringTable()
        self.rows = np.zeros((0, COLUMNS), np.int64)
        self.meanings = np.zeros((0, MEANINGS), np.int32)
        self.expansions = np.zeros(0, np.int32)
        self._legal_numbers: dict[str, int] = {}
        if kept is None:
            self.known = self._enter()
            return
        self.table.count = len(kept.strings.starts) - 1
        self.table.view = Strings(*(array.copy() for array in kept.strings))
        self.rows, self.meanings, self.expansions = kept.rows.copy(), kept.meanings.copy(), kept.expansions.copy()
        for means in kept.legal.tobytes().decode().splitlines():
            self.legal_form(means)
        self.known = kept.known

    def words(self) -> Words:
        """The vocabulary as it is to be kept."""
        count = self.table.count
        slots, letters, starts = self.table.view
        strings = Strings(slots, letters[: starts[count]], starts[: count + 1])
        legal = np.frombuffer("\n".join(self._legal_numbers).encode(), np.uint8)
        return Words(strings, self.rows[:count], self.meanings[:count], self.expansions, legal, self.known)

    def legal_form(self, means: str) -> int:
        """The number of a legal form."""
        return self._legal_numbers.setdefault(means, len(self._legal_numbers))

    def keep(self, count: int) -> None:
        """Forgets all words but the first so many, in new arrays."""
        self.table.keep(count)
        self.rows, self.meanings = self.rows[:count].copy(), self.meanings[:count].copy()

    def number(self, words: Sequence[str]) -> list[int]:
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
        if end > len(self.rows):
            room = max(2 * len(self.rows), end + 1024) - len(self.rows)
            self.rows = np.concatenate([self.rows, np.zeros((room, COLUMNS), np.int64)])
            self.meanings = np.concatenate([self.meanings, np.zeros((room, MEANINGS), np.int32)])
        ask = np.zeros(end - first, np.uint8)
        classify(self.table.view, first, end, self.rows, self.meanings, self.known, _RARE_WEIGHTS, ask)
        self.judge([first + int(place) for place in np.flatnonzero(ask)])

    def judge(self, words: Iterable[int]) -> None:
        """Asks the lexicon what words are and stand for."""
        several: list[tuple[int, list[str]]] = []
        for number in words:
            spelled = decoded(self.table.text(number))
            if " " in spelled or not spelled:
                continue  # how a key is written, never a word
            own = self.lexicon.word(spelled)
            letters = spelled.removeprefix(CONSONANTS_ONLY)
            facts = int(self.rows[number, FACTS]) & ~0x7FF & ~IS_BARE | own.weight | SORTS[own.sort] << 8
            facts |= IS_PATRONYMIC if spelled in _PATRONYMIC else 0
            self.rows[number, FACTS] = facts | (IS_BARE if letters != spelled and letters.isalpha() else 0)
            words_alone, legal = self.lexicon.alone(spelled)
            self.meanings[number, LEGAL] = self.legal_form(legal[0].text) if legal else -1
            self.meanings[number, COUNT] = len(words_alone)
            texts = [word.text for word in words_alone]
            if texts != [spelled]:
                several.append((number, texts))
        if several:
            numbers = self.number([text for _, texts in several for text in texts])
            at = len(self.expansions)
            self.expansions = np.concatenate([self.expansions, np.array(numbers, np.int32)])
            for number, texts in several:
                self.meanings[number, START] = at
                self.meanings[number, TEXT] = self.expansions[at] if texts else number
                at += len(texts)

    def _enter(self) -> Known:
        known = self.lexicon.known()
        variants, nothing = np.zeros(_SIEVE_BITS // 64, np.uint64), np.zeros(1, np.int32)
        _mark(*packed([variant.encode() for variant in sorted(known.variants)]), variants)
        form_starts = {form[:k] for form in known.forms for k in range(LEAST_LAST, len(form) + 1)}
        starts = {whole[:k] for whole in known.wholes for k in range(1, len(whole))}
        ends = {whole[k:] for whole in known.wholes for k in range(1, len(whole))}
        form_sets, start_sets, end_sets, whole_sets = (_strings(texts) for texts in (form_starts, starts, ends, known.wholes))
        self.known = Known(Keys(*[nothing] * 6), Forms(*[nothing] * 4), form_sets, start_sets, end_sets, whole_sets, variants)
        frozen(self.known)
        self.judge(self.number(sorted(known.words | _PATRONYMIC)))
        return frozen(self.known._replace(keys=self._keys(), forms=self._forms()))

    def _keys(self) -> Keys:
        rows = sorted(self.lexicon.known().keys.items(), key=lambda row: (row[0][0], -len(row[0]), row[0]))
        words = [self.number(key) for key, _ in rows]
        expansions = [[] if isinstance(means, str) else self.number([self.lexicon.word(word).text for word in means]) for _, means in rows]
        surfaces = self.number([" ".join(key) for key, _ in rows])
        for row in range(len(rows) - 1, -1, -1):
            self.meanings[words[row][0], KEY] = row
        legal = [self.legal_form(means) if isinstance(means, str) else -1 for _, means in rows]
        return Keys(*_runs(words), np.array(legal, np.int32), np.array(surfaces, np.int32), *_runs(expansions))

    def _forms(self) -> Forms:
        forms = [self.number(form) for form in sorted(self.lexicon.known().long_forms)]
        rows = sorted((word, number, place) for number, form in enumerate(forms) for place, word in enumerate(form))
        for at, (word, _, _) in enumerate(rows):
            if at == 0 or rows[at - 1][0] != word:
                self.meanings[word, FORMS] = at
            self.meanings[word, FORMS_END] = at + 1
        return Forms(*_runs(forms), *(np.array([row[k] for row in rows], np.int32) for k in (1, 2)))


def _strings(texts: Iterable[str]) -> Strings:
    table = StringTable()
    letters, firsts, ends = packed([encoded(text) for text in sorted(texts)])
    table.add(letters, firsts, ends, np.full(len(firsts), -1, np.int32))
    return table.view


def _runs(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    starts = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    return starts, np.array([number for row in rows for number in row], np.int32)


def encoded(word: str) -> bytes:
    """A Latin word as the kernels hold it."""
    return word.encode("ascii").replace(b"~", _SIGN)


def decoded(word: bytes) -> str:
    """A Latin word as the lexicon holds it."""
    return word.replace(_SIGN, b"~").decode("ascii")
