"""The words of one name, each with what it stands for and how much it decides."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from screening.matching.misspelt import one_letter_off
from screening.matching.romanise import CONSONANTS_ONLY, EAST_ASIAN, arabic_article, latin, runs
from screening.matching.sound import loose_skeleton
from screening.matching.types import WordTables

# The table rule: a word's weight follows from its class and length alone, never from the list it meets, so that
# a pair scores the same in every index. The figures were set by hand; only their order is meant to be fine.
LEGAL_WEIGHT = 6
INITIAL_WEIGHT = 30  # a name with an initial is the name written out, but for little
FORM_WEIGHT = 10  # words of legal forms of several words, when the form is not whole: joint, liability
PARTICLE_WEIGHT = 10  # generic words of up to three letters: al, bin, de, the
GENERIC_WEIGHT = 30
NUMBER_WEIGHT = 50
GIVEN_WEIGHT = 55
RARE_WEIGHTS = (60, 60, 60, 90)  # by length, up to three letters
RARE_WEIGHT = 100
MAX_WORDS = 48  # a longer text is a name with pages of address; the rest decides nothing
JOIN_WORDS = 3  # words that may be written as one
LEAST_JOINED = 5  # letters: shorter runs of letters come together by chance
LEAST_MISSPELT = 6  # letters of a legal form that may be misspelt
LEAST_WORD_MISSPELT = 8  # letters of a business word that may be: shorter ones are too near to names
SLIPS = 2  # of the pen in a legal form of several words
AND_SIGN, AND = " & ", " and "
LEAST_SPLIT = 6  # letters of a known word that may stand in two pieces
LEAST_FORM_WORD = 5  # letters; shorter ones are syllables of names: tong, phan
LEAST_RUN_TOGETHER = 8  # letters of a legal form of several words written as one
LEAST_CUT = 33  # characters of a text that may have lost its end: messages hold 35 to a line, less a blank at the cut
LEAST_LAST = 4  # letters of a last word that counts though it may be cut
ENOUGH_CUT = 30  # weight without which a beginning is a legal form and nothing else

TELLING = frozenset({"rare", "common", "given", "generic", "sector"})
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
# Vi and Xi are left out: they are names.
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12", "xiii": "13"}


class Word(NamedTuple):
    """One word of a name: as compared, as written, and its class (rare, common, given, generic, sector, number, initial, legal)."""

    text: str
    surface: str
    sort: str
    weight: int


class Together(NamedTuple):
    """Neighbouring words written as one: the first of them, how many, and the one word."""

    first: int
    size: int
    word: Word


class Name(NamedTuple):
    """A name taken apart: the words that are compared, in order; neighbours written as one; and the legal forms.

    ``letters``: all its letters and digits. ``may_be_cut``: it is long enough to have lost its end, and what is left says something.
    """

    words: tuple[Word, ...]
    together: tuple[Together, ...]
    legal: tuple[Word, ...]
    weight: int
    letters: str
    may_be_cut: bool


class Known(NamedTuple):
    """The words that a lexicon judges otherwise than by their letters: for an index that takes most names apart without asking it.

    ``keys``: legal forms (what they mean) and abbreviations (their words) of several words. ``long_forms``: legal forms that are
    recognised when some of their words are misspelt. ``wholes``: words that may stand in two pieces. ``variants``: what is left, without
    a letter, of words that are recognised when misspelt. ``forms``: legal forms of one word and the words of longer ones.
    """

    words: frozenset[str]
    keys: Mapping[tuple[str, ...], str | tuple[str, ...]]
    long_forms: frozenset[tuple[str, ...]]
    wholes: frozenset[str]
    variants: frozenset[str]
    forms: Sequence[str]


class Lexicon:
    """Word tables made ready for comparing; opened once an index."""

    def __init__(self, tables: WordTables) -> None:
        self._east_asian = _east_asian_words([*tables.legal_forms, *tables.abbreviations, *tables.generic])
        self._legal = {key: means for text, means in tables.legal_forms.items() if (key := self._key(text))}
        self._abbreviation = {
            key: self._key(means) for text, means in tables.abbreviations.items() if _is_more_than_a_letter(key := self._key(text))
        }
        # A single letter is an initial before it is a little word.
        self._generic = {part for text in tables.generic for part in self._key(text) if len(part) > 1}
        self._sectors = {part for text in tables.sectors for part in self._key(text)}
        self._generic |= self._sectors
        self._given = {part for text in tables.given_names for part in self._key(text)}
        self._common = {part for text in tables.common for part in self._key(text)}
        self._given_skeletons = {loose_skeleton(text) for text in self._given}
        self._form_parts = frozenset(part for key in self._legal if len(key) > 2 for part in key)
        self._form_words = {part for key in self._legal if len(key) > 1 for part in key if len(part) >= LEAST_FORM_WORD} - self._given
        for key, means in list(self._legal.items()):
            for shorter in _lacking_one(key):
                self._legal.setdefault(shorter, means)
        self._forms_with = _forms_with(self._legal)
        self._forms = sorted(self._form_words | {key[0] for key in self._legal if len(key) == 1})
        for key, means in list(self._legal.items()):
            if len(key) > 1 and len("".join(key)) >= LEAST_RUN_TOGETHER:
                self._legal.setdefault(("".join(key),), means)
        single = {key[0] for key in (*self._legal, *self._abbreviation) if len(key) == 1}
        self._whole = {text for text in single | self._generic if len(text) >= LEAST_SPLIT}
        forms = one_letter_off({key[0] for key in self._legal if len(key) == 1}, LEAST_MISSPELT)
        known = one_letter_off(single | self._generic | self._form_words, LEAST_WORD_MISSPELT)
        self._meant = lru_cache(maxsize=1 << 16)(lambda text: forms.meant(text) or known.meant(text))
        self._variants = forms.words.keys() | known.words.keys()
        self._longest = max((len(key) for key in (*self._legal, *self._abbreviation)), default=1)

    def known(self) -> Known:
        """The words that are judged otherwise than by their letters."""
        parts = {word for key in (*self._legal, *self._abbreviation) for word in key}
        words = frozenset(self._generic | self._given | self._common | set(_ROMAN) | parts)
        keys: dict[tuple[str, ...], str | tuple[str, ...]] = {**self._abbreviation, **self._legal}
        keys = {key: means for key, means in keys.items() if len(key) > 1}
        long_forms = frozenset(form for forms in self._forms_with.values() for form in forms)
        return Known(words, keys, long_forms, frozenset(self._whole), frozenset(self._variants), self._forms)

    def spelled(self, text: str) -> list[str]:
        """The words of a text before any table is asked."""
        return self._spell(text)

    def word(self, spelled: str) -> Word:
        """One spelled word by its class, whatever it stands for."""
        return self._word(spelled, spelled)

    def alone(self, spelled: str) -> tuple[list[Word], list[Word]]:
        """The words and the legal forms that one spelled word stands for by itself."""
        words: list[Word] = []
        legal: list[Word] = []
        self._take([spelled], 0, words, legal)
        return words, legal

    def _key(self, text: str) -> tuple[str, ...]:
        return tuple(self._spell(text))

    def name(self, text: str) -> Name:
        """A name taken apart into words, abbreviations expanded and legal forms set aside."""
        spelled = self._spell(text)
        words: list[Word] = []
        legal: list[Word] = []
        position = 0
        while position < len(spelled):
            position += self._take(spelled, position, words, legal)
        del words[MAX_WORDS:]
        forms = tuple({word.text: word for word in legal}.values())
        weight = sum(word.weight for word in words) + sum(word.weight for word in forms)
        may_be_cut = len(text.strip()) >= LEAST_CUT and self._says_enough(words)
        return Name(tuple(words), tuple(_together(words)), forms, weight, "".join(spelled), may_be_cut)

    def _says_enough(self, words: Sequence[Word]) -> bool:
        """Whether the words of a cut name tell one name from others; its last word may be the beginning of a legal form."""
        if not words:
            return False
        told = sum(word.weight for word in words[:-1] if word.sort in TELLING)
        last = words[-1]
        if told < ENOUGH_CUT and len(last.text) >= LEAST_LAST and last.sort in TELLING:
            place = bisect_left(self._forms, last.text)
            is_form = place < len(self._forms) and self._forms[place].startswith(last.text)
            told += 0 if is_form else last.weight
        return told >= ENOUGH_CUT

    def _take(self, spelled: Sequence[str], position: int, words: list[Word], legal: list[Word]) -> int:
        for length in range(min(self._longest, len(spelled) - position), 0, -1):
            key = tuple(spelled[position : position + length])
            surface = " ".join(key)
            if length == 1 and position + 1 < len(spelled) and (whole := spelled[position] + spelled[position + 1]) in self._whole:
                self._known(whole, f"{spelled[position]} {spelled[position + 1]}", words, legal)
                return 2
            if key in self._legal:
                legal.append(Word(self._legal[key], surface, "legal", LEGAL_WEIGHT))
                return length
            if key in self._abbreviation:
                words.extend(self._word(text, surface) for text in self._abbreviation[key])
                return length
            if length > 2 and not self._form_parts.isdisjoint(key) and (means := self._misspelt_form(key)):
                legal.append(Word(means, surface, "legal", LEGAL_WEIGHT))
                return length
        word = self._word(spelled[position], spelled[position])
        if word.sort == "rare" and (meant := self._meant(word.text)):
            self._known(meant, word.surface, words, legal)
        else:
            words.append(word)
        return 1

    def _misspelt_form(self, key: tuple[str, ...]) -> str | None:
        """What a legal form of several words means that has two slips at most, in longer words: ``JIONT STOCK COMPANY``."""
        known = {form for place, text in enumerate(key) for form in self._forms_with.get((len(key), place, text), ())}
        for form in sorted(known):
            slips = 0
            for text, word in zip(key, form, strict=True):
                if text != word:
                    slips += SLIPS + 1 if len(word) < LEAST_FORM_WORD else OSA.distance(text, word, score_cutoff=SLIPS)
            if slips <= SLIPS:
                return self._legal[form]
        return None

    def _known(self, text: str, surface: str, words: list[Word], legal: list[Word]) -> None:
        """Takes one known word that was written otherwise: in two pieces or with a slip of the pen."""
        if (text,) in self._legal:
            legal.append(Word(self._legal[(text,)], surface, "legal", LEGAL_WEIGHT))
        else:
            words.extend(self._word(part, surface) for part in self._abbreviation.get((text,), (text,)))

    def _word(self, text: str, surface: str) -> Word:
        text = _number(text)
        if text.isdigit():
            return Word(text, surface, "number", NUMBER_WEIGHT)
        if text in self._generic:
            return Word(
                text, surface, "sector" if text in self._sectors else "generic", PARTICLE_WEIGHT if len(text) <= 3 else GENERIC_WEIGHT
            )
        if len(text) == 1:
            return Word(text, surface, "initial", INITIAL_WEIGHT)
        if text in self._form_words:
            return Word(text, surface, "generic", FORM_WEIGHT)
        if text in self._given or (text[0] == CONSONANTS_ONLY and loose_skeleton(text) in self._given_skeletons):
            return Word(text, surface, "given", GIVEN_WEIGHT)
        weight = RARE_WEIGHTS[len(text)] if len(text) <= 3 else RARE_WEIGHT
        if text in self._common:
            return Word(text, surface, "common", weight)
        return Word(text, surface, "rare", weight)

    def _spell(self, text: str) -> list[str]:
        """Latin words in order; single letters in a row are one word (``L.L.C.``), as an abbreviation is meant; a lone ``&`` is a word."""
        parts: list[str] = []
        for run in runs(text.replace(AND_SIGN, AND)):
            for piece in self._pieces(run.text):
                if word := latin(piece):
                    parts.append(word)
        return _join_letters(parts)

    def _pieces(self, run: str) -> Sequence[str]:
        if run.isascii():
            return (run,)
        if EAST_ASIAN.match(run):
            return [piece for piece in self._east_asian.split(run) if piece] if self._east_asian else (run,)
        return arabic_article(run)


def _together(words: Sequence[Word]) -> Iterator[Together]:
    """Neighbours written as one, by what they stand for and, where that differs, as they were written.

    An initial is not written together with a word: one letter more or less is a slip of the pen already.
    """
    for first in range(len(words)):
        text, written, surface, weight = "", "", [], 0
        for count, word in enumerate(words[first : first + JOIN_WORDS], start=1):
            before = words[first + count - 2] if count > 1 else None
            is_expanded = before is not None and before.surface == word.surface != word.text  # several words written as one already
            if not word.text.isalpha() or word.sort == "initial" or is_expanded:
                break
            text, written, weight = text + word.text, written + word.surface, weight + word.weight
            surface.append(word.surface)
            if count == 1:
                continue
            if len(text) >= LEAST_JOINED:
                yield Together(first, count, Word(text, " ".join(surface), "rare", weight))
            if written != text and len(written) >= LEAST_JOINED and written.isalpha():
                yield Together(first, count, Word(written, " ".join(surface), "rare", weight))


def _forms_with(legal: Iterable[tuple[str, ...]]) -> dict[tuple[int, int, str], list[tuple[str, ...]]]:
    """The legal forms of three words and more by how many they are and by each word in its place."""
    found: dict[tuple[int, int, str], list[tuple[str, ...]]] = {}
    for key in legal:
        for place, text in enumerate(key):
            if len(key) > 2:
                found.setdefault((len(key), place, text), []).append(key)
    return found


def _lacking_one(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A legal form of several long words without one of them: ``OPEN STOCK COMPANY``."""
    if len(key) > 2 and all(len(text) >= LEAST_FORM_WORD or len(text) == 1 for text in key):
        for place, text in enumerate(key):
            shorter = (*key[:place], *key[place + 1 :])
            if len(text) > 1 and sum(len(part) > 1 for part in shorter) > 1:
                yield shorter


def _is_more_than_a_letter(key: Sequence[str]) -> bool:
    return len(key) > 1 or (len(key) == 1 and (len(key[0]) > 1 or not key[0].isascii()))


def _number(text: str) -> str:
    if text.isalpha():
        return _ROMAN.get(text, text)
    ordinal = _ORDINAL.match(text)
    number = ordinal.group(1) if ordinal else text
    return (number.lstrip("0") or "0") if number.isdigit() else number


def _join_letters(parts: Sequence[str]) -> list[str]:
    joined: list[str] = []
    letters = ""
    for part in parts:
        if len(part) == 1 and part.isalpha():
            letters += part
            continue
        if letters:
            joined.append(letters)
            letters = ""
        joined.append(part)
    if letters:
        joined.append(letters)
    return joined


def _east_asian_words(texts: Sequence[str]) -> re.Pattern[str] | None:
    """A splitter that cuts known words out of Han, kana and Hangul runs, the longest first."""
    words = sorted({run.text for text in texts for run in runs(text) if EAST_ASIAN.match(run.text)}, key=lambda text: (-len(text), text))
    return re.compile("(" + "|".join(re.escape(text) for text in words) + ")") if words else None
