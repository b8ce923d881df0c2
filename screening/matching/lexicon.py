"""The words of one name, each with what it stands for and how much it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from screening.matching.deletions import variants
from screening.matching.romanise import CONSONANTS_ONLY, EAST_ASIAN, arabic_article, latin, runs
from screening.matching.sound import loose_skeleton
from screening.matching.types import WordTables

# The table rule: a word's weight follows from its class and length alone, never from the list it meets, so that
# a pair scores the same in every index. The figures were set by hand; only their order is meant to be fine.
LEGAL_WEIGHT = 6
INITIAL_WEIGHT = 10
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

_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
# Vi and Xi are left out: they are names.
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12", "xiii": "13"}


class Word(NamedTuple):
    """One word of a name: as compared, as written, and its class (rare, given, generic, number, initial, legal)."""

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
    """A name taken apart: the words that are compared, in order; neighbours written as one; and the legal forms."""

    words: tuple[Word, ...]
    together: tuple[Together, ...]
    legal: tuple[Word, ...]
    weight: int


class Lexicon:
    """Word tables made ready for comparing; opened once an index."""

    def __init__(self, tables: WordTables) -> None:
        self._east_asian = _east_asian_words([*tables.legal_forms, *tables.abbreviations, *tables.generic])
        self._legal = {key: means for text, means in tables.legal_forms.items() if (key := self._key(text))}
        self._abbreviation = {key: self._key(means) for text, means in tables.abbreviations.items() if (key := self._key(text))}
        self._generic = {part for text in tables.generic for part in self._key(text)}
        self._given = {part for text in tables.given_names for part in self._key(text)}
        self._given_skeletons = {loose_skeleton(text) for text in self._given}
        self._misspelt = _one_letter_off({key[0]: means for key, means in self._legal.items() if len(key) == 1})
        self._longest = max((len(key) for key in (*self._legal, *self._abbreviation)), default=1)

    def spelled(self, text: str) -> list[str]:
        """The words of a text before any table is asked."""
        return self._spell(text)

    def word(self, spelled: str) -> Word:
        """What one spelled word is by itself."""
        return self._word(spelled, spelled)

    def misspelt(self, text: str) -> str | None:
        """What a rare word stands for if it is a misspelt legal form."""
        return self._misspelt.means(text)

    def misspelt_forms(self) -> list[str]:
        """The legal forms that may be misspelt."""
        return sorted({form for forms in self._misspelt.forms.values() for form in forms})

    def known_words(self) -> set[str]:
        """Every spelled word that some table judges otherwise than its letters would."""
        return self._generic | self._given | set(_ROMAN) | {word for key in (*self._legal, *self._abbreviation) for word in key}

    def legal_keys(self) -> Mapping[tuple[str, ...], str]:
        """Legal forms by their spelled words."""
        return self._legal

    def abbreviation_keys(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Abbreviations by their spelled words."""
        return self._abbreviation

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
        return Name(tuple(words), tuple(_together(words)), forms, weight)

    def _take(self, spelled: Sequence[str], position: int, words: list[Word], legal: list[Word]) -> int:
        for length in range(min(self._longest, len(spelled) - position), 0, -1):
            key = tuple(spelled[position : position + length])
            surface = " ".join(key)
            if key in self._legal:
                legal.append(Word(self._legal[key], surface, "legal", LEGAL_WEIGHT))
                return length
            if key in self._abbreviation:
                words.extend(self._word(text, surface) for text in self._abbreviation[key])
                return length
        word = self._word(spelled[position], spelled[position])
        if word.sort == "rare" and (means := self._misspelt.means(word.text)):
            legal.append(Word(means, word.surface, "legal", LEGAL_WEIGHT))
        else:
            words.append(word)
        return 1

    def _word(self, text: str, surface: str) -> Word:
        text = _number(text)
        if text.isdigit():
            return Word(text, surface, "number", NUMBER_WEIGHT)
        if text in self._generic:
            return Word(text, surface, "generic", PARTICLE_WEIGHT if len(text) <= 3 else GENERIC_WEIGHT)
        if len(text) == 1:
            return Word(text, surface, "initial", INITIAL_WEIGHT)
        if text in self._given or (text[0] == CONSONANTS_ONLY and loose_skeleton(text) in self._given_skeletons):
            return Word(text, surface, "given", GIVEN_WEIGHT)
        return Word(text, surface, "rare", RARE_WEIGHTS[len(text)] if len(text) <= 3 else RARE_WEIGHT)

    def _spell(self, text: str) -> list[str]:
        """Latin words in order; single letters in a row are one word (``L.L.C.``), as an abbreviation is meant."""
        parts: list[str] = []
        for run in runs(text):
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
    for first in range(len(words)):
        text, surface, weight = "", [], 0
        for count, word in enumerate(words[first : first + JOIN_WORDS], start=1):
            if not word.text.isalpha():
                break
            text, weight = text + word.text, weight + word.weight
            surface.append(word.surface)
            if count > 1 and len(text) >= LEAST_JOINED:
                yield Together(first, count, Word(text, " ".join(surface), "rare", weight))


class _Misspelt(NamedTuple):
    """Long legal forms by what is left of them when a letter is missing: ``LIMTED``, ``COMPNAY``."""

    forms: dict[str, tuple[str, ...]]
    meaning: dict[str, str]

    def means(self, text: str) -> str | None:
        """What a word stands for if it is a long legal form with one slip of the pen."""
        if len(text) < LEAST_MISSPELT - 1 or not text.isalpha():
            return None
        for variant in variants(text, 1):
            for form in self.forms.get(variant, ()):
                if OSA.distance(text, form, score_cutoff=1) <= 1:
                    return self.meaning[form]
        return None


def _one_letter_off(meaning: dict[str, str]) -> _Misspelt:
    forms: dict[str, list[str]] = {}
    for form in meaning:
        if len(form) >= LEAST_MISSPELT and form.isalpha():
            for variant in variants(form, 1):
                forms.setdefault(variant, []).append(form)
    return _Misspelt({variant: tuple(sorted(found)) for variant, found in forms.items()}, meaning)


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
