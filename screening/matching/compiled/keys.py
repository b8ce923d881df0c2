"""The keys by which words agree beside their spelling, for many words at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.sounds import bones, loose, sound
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, StringTable, find
from screening.matching.link import LEAST_KEY, LEAST_SKELETON

BY_SOUND, BY_SKELETON, BY_LOOSE = range(3)
NO_LETTERS, LETTERS, BARE_LETTERS = range(3)  # what a word is written in
_LEAST_LETTERS = 5  # of words that agree by their consonants
_LEAST_LOOSE = 2


@inner
def key(kind: int, letters: Bytes, first: int, end: int, is_bare: bool, word: Bytes, other: Bytes) -> int:
    """Writes one key of a word of letters to ``word`` and gives its length; 0 if the word has no such key."""
    if is_bare:
        if kind != BY_LOOSE:
            return 0
        first += 1
    length = end - first
    if kind == BY_SKELETON and length < _LEAST_LETTERS:
        return 0
    for k in range(length):
        word[k] = letters[first + k]
    if kind == BY_LOOSE:
        size = loose(word, length, other)
        return size if size >= _LEAST_LOOSE else 0
    size = sound(word, length, other)
    if kind == BY_SOUND:
        return size if size >= LEAST_KEY else 0
    size = bones(word, size, other)
    return size if size >= LEAST_SKELETON else 0


@kernel
def write_keys(kind: int, letters: Bytes, starts: Longs, words: Ints, scripts: Bytes, out: Bytes, firsts: Longs, ends: Longs) -> None:
    """Writes one key of many words, empty where a word has none. ``scripts`` by word; ``out`` has room for twice the letters."""
    longest = 1
    for i in range(len(words)):
        longest = max(longest, starts[words[i] + 1] - starts[words[i]])
    word, other = np.empty(2 * longest + 2, np.uint8), np.empty(2 * longest + 2, np.uint8)
    at = 0
    for i in range(len(words)):
        number = words[i]
        size = 0
        if scripts[number] != NO_LETTERS:
            size = key(kind, letters, starts[number], starts[number + 1], scripts[number] == BARE_LETTERS, word, other)
        for k in range(size):
            out[at + k] = word[k]
        firsts[i] = at
        at += size
        ends[i] = at


@inner
def find_key(kind: int, table: Strings, letters: Bytes, first: int, end: int, is_bare: bool, word: Bytes, other: Bytes) -> int:
    """The number of a word's key among those of the list, -1 if it is not there."""
    size = key(kind, letters, first, end, is_bare, word, other)
    return max(find(table, word, 0, size), -1) if size else -1


class Groups(NamedTuple):
    """Words by the number of what they share: where each group starts, and the words."""

    starts: Ints
    words: Ints


def grouped(numbers: Ints, words: Ints, count: int) -> Groups:
    """The words by their number; words with -1 are left out."""
    held = numbers >= 0
    numbers, words = numbers[held], words[held]
    order = np.argsort(numbers, kind="stable")
    starts = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(numbers, minlength=count), out=starts[1:])
    return Groups(starts, words[order].astype(np.int32))


def enter_keys(kind: int, table: StringTable, letters: Bytes, starts: Longs, words: Ints, scripts: Bytes) -> Ints:
    """The key numbers of listed words, entered in the table; -1 where a word has no such key."""
    room = 2 * int((starts[words + 1] - starts[words]).sum()) + 1
    out, firsts, ends = np.empty(room, np.uint8), np.empty(len(words), np.int64), np.empty(len(words), np.int64)
    write_keys(kind, letters, starts, words, scripts, out, firsts, ends)
    held = ends > firsts
    numbers = np.full(len(words), -1, np.int32)
    found = numbers[held]
    table.add(out, firsts[held], ends[held], found)
    numbers[held] = found
    return numbers
