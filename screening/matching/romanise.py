"""Text of any script as lower-case Latin words with their places in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from anyascii import anyascii

# Vowel signs and accents are part of the word they stand on, though no letters themselves.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u200b-\u200d\u2060\ufeff\u00ad"
)
_QUOTES = "'\u2019\u2018\u02bc\u02bb\u0060\u00b4\u02b9\u2032"
_CJK = "\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_KANA = "\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # not the dot that stands between kana words
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_LETTER = rf"(?:(?![{_CJK}{_KANA}{_HANGUL}])[^\W_]|[{_MARKS}])"
_RUN = re.compile(rf"[{_CJK}]+|[{_KANA}]+|[{_HANGUL}]+|{_LETTER}(?:{_LETTER}|[{_QUOTES}](?={_LETTER}))*")
_ASCII_RUN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|['`](?=[A-Za-z0-9]))*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")

EAST_ASIAN = re.compile(rf"[{_CJK}{_KANA}{_HANGUL}]")
_HANGUL_FIRST = re.compile(rf"[{_HANGUL}]")
# Scripts that leave vowels unwritten, or whose inherent vowel no table can place: only consonants compare.
_UNVOWELLED = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# Sounds the general table writes in a way no Latin spelling of the same name has.
_BEFORE = str.maketrans(
    {
        "\u05d5": "w",
        "\u05d1": "b",
        "\u05e4": "p",
        "\u05e3": "p",
        "\u0639": "",
        "\u05e2": "",
        "\u0621": "",
        "\u0587": "ev",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
        "\u00ad": "",
    }
)
# A word written in consonants only carries this sign in front, so that it is never read as a Latin spelling.
CONSONANTS_ONLY = "~"


class Run(NamedTuple):
    """A stretch of one text that belongs together: its own letters and where they stand."""

    text: str
    start: int
    end: int


def runs(text: str) -> list[Run]:
    """The words of a text in order; Han, kana and Hangul stretches stand apart, as they have no spaces.

    >>> [run.text for run in runs("O'Neil \u534e\u4e3aLtd.")]
    ["O'Neil", '\u534e\u4e3a', 'Ltd']
    """
    return [Run(found.group(), found.start(), found.end()) for found in _pattern(text).finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of a text in order, without their places."""
    return _pattern(text).findall(text)


def _pattern(text: str) -> re.Pattern[str]:
    return _ASCII_RUN if text.isascii() else _RUN


def latin(word: str) -> str:
    """One word in lower-case Latin letters and digits; ``~`` in front where its script writes no vowels.

    >>> latin("Erdo\u011fan"), latin("\u0645\u062d\u0645\u062f"), latin("Qa'ida")
    ('erdogan', '~mhmd', 'qaida')
    """
    if word.isascii():
        plain = word.lower()
        return plain if plain.isalnum() else _NOT_PLAIN.sub("", plain)
    plain = _NOT_PLAIN.sub("", anyascii(word.translate(_BEFORE)).lower())
    if plain and _UNVOWELLED.search(word) and not plain.isdigit():
        return CONSONANTS_ONLY + plain
    if plain.startswith("g") and _HANGUL_FIRST.match(word):
        return "k" + plain[1:]  # Korean names in Latin letters start with K where the official table has G
    return plain


def arabic_article(word: str) -> tuple[str, ...]:
    """The word without its Arabic article, the article written apart as Latin spellings do."""
    return ("al", word[2:]) if len(word) > 4 and word.startswith("\u0627\u0644") else (word,)
