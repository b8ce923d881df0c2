"""Declared words written together against the words of the list.

Most of them agree with nothing, which a look at the first and last word decides. One slip lies in one of the words, so the listed word
starts with the first or ends with the last, and its length differs by one at most; or letters were exchanged between two words, which
is tried. And by sound: where no rule of the sound keys reaches across from one word to the next, the key of words written together is
that of the one and that of the other, so that its hash follows from theirs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.keys import BY_SOUND, Groups, find_key
from screening.matching.compiled.near import joined_similarity
from screening.matching.compiled.sounds import sound
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.variants import BASE, Buckets, halves_near, hashed, is_set, mixed, set_bit
from screening.matching.compiled.words import (
    FACTS,
    HASH,
    HASH_POWER,
    IS_ALPHA,
    PREFIX,
    SOUND_KEY,
    SPOKEN,
    SUFFIX,
    first_letter,
    last_letter,
    length_of,
)
from screening.matching.link import LEAST_JOINED_SOUND

_VOWELS = frozenset(b"aeiouy")
_REACHED = frozenset(b"hjzsckqx")  # letters that a rule may join with a consonant before them
_IS_APART = np.zeros((256, 256), np.uint8)
for _last in range(ord("a"), ord("z") + 1):
    for _first in range(ord("a"), ord("z") + 1):
        _consonants = _last not in _VOWELS and _first not in _VOWELS
        _alike = _last == _first or {_last, _first} <= frozenset(b"vw")
        _IS_APART[_last, _first] = (_last in _VOWELS) != (_first in _VOWELS) or (_consonants and _first not in _REACHED and not _alike)
_INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))
LONGEST = 62  # lengths that a mask of lengths tells apart


class Wholes(NamedTuple):
    """The words of the list by what words written together may agree by."""

    halves: Buckets
    exact: NDArray[np.uint64]  # one bit for each word
    spoken: NDArray[np.uint64]  # one bit for the sound of each long word
    starts: Strings  # beginnings of words
    ends: Strings
    start_lengths: Longs  # the lengths of the words that start so, one bit a length
    end_lengths: Longs
    sounds: Strings
    by_sound: Groups


@inner
def length_bit(length: int) -> int:
    """The bit of a length in a mask of lengths."""
    return np.int64(1) << min(length, LONGEST)


@inner
def word_sound(letters: Bytes, first: int, end: int, key: Bytes, other: Bytes) -> tuple[int, int]:
    """The hash of the sound key of a word of letters, and the base raised to its length."""
    for k in range(first, end):
        key[k - first] = letters[k]
    size = sound(key, end - first, other)
    power = np.uint64(1)
    for _ in range(size):
        power *= BASE
    return hashed(key, 0, size), power


@inner
def are_apart(last: int, first: int) -> bool:
    """Whether no rule of the sound keys reaches from a word that ends so to one that starts so."""
    return _IS_APART[last, first] != 0


@inner
def mark_wholes(words: Ints, rows: Longs, spoken: NDArray[np.uint64], exact: NDArray[np.uint64]) -> None:
    """Sets the bits of words, and of the sounds of those long enough to agree by sound with words written together."""
    for i in range(len(words)):
        set_bit(exact, mixed(np.uint64(rows[words[i], HASH])))
        if length_of(rows[words[i], FACTS]) >= LEAST_JOINED_SOUND:
            set_bit(spoken, mixed(np.uint64(rows[words[i], SPOKEN])))


@inner
def may_be_one_word(rows: Longs, words: Ints, first: int, size: int, length: int, exact: NDArray[np.uint64]) -> bool:
    """Whether words written together, of so many letters in all, may be within one slip of a listed word."""
    one, last = words[first], words[first + size - 1]
    lengths = length_bit(length - 1) | length_bit(length) | length_bit(length + 1)
    if (rows[one, PREFIX] | rows[last, SUFFIX]) & lengths:
        return True
    if size > 2:
        return False  # letters exchanged between two of three words leave the first or the last whole
    head, tail = np.uint64(rows[one, HASH]), np.uint64(rows[last, HASH])
    out, back = np.uint64(last_letter(rows[one, FACTS])), np.uint64(first_letter(rows[last, FACTS]))
    power = np.uint64(rows[last, HASH_POWER]) * _INVERSE  # of the letters behind the exchange
    value = ((head - out + back) * BASE + out) * power + (tail - back * power)
    return is_set(exact, mixed(value))


@inner
def together_edges(
    run: Bytes,
    length: int,
    by_letters: bool,
    by_sound: bool,
    letters: Bytes,
    starts: Longs,
    rows: Longs,
    wholes: Wholes,
    hashes: NDArray[np.uint64],
    key: Bytes,
    other: Bytes,
    to: Longs,
) -> int:
    """The listed words that words written together (``run``) agree with, and the similarity in the upper half; gives how many."""
    count = 0
    heard = -2  # the sound; not yet known
    if by_letters:
        table = wholes.halves
        for v in range(halves_near(run, 0, length, hashes)):
            if not is_set(table.bits, hashes[v]):
                continue
            bucket, check = np.int64(hashes[v] & np.uint64(len(table.starts) - 2)), np.uint32(hashes[v] >> np.uint64(32))
            for k in range(table.starts[bucket], table.starts[bucket + 1]):
                if table.checks[k] == check:
                    y = table.words[k]
                    if abs(starts[y + 1] - starts[y] - length) > 1:
                        continue
                    if heard == -2:
                        heard = find_key(BY_SOUND, wholes.sounds, run, 0, length, False, key, other)
                    alike = heard >= 0 and heard == rows[y, SOUND_KEY]
                    count = _try(y, run, length, letters, starts, alike, to, count)
    if by_sound and heard == -2:
        heard = find_key(BY_SOUND, wholes.sounds, run, 0, length, False, key, other)
    if by_sound and heard >= 0:
        for k in range(wholes.by_sound.starts[heard], wholes.by_sound.starts[heard + 1]):
            y = wholes.by_sound.words[k]
            if rows[y, FACTS] & IS_ALPHA:
                count = _try(y, run, length, letters, starts, True, to, count)
    return count


@inner
def _try(y: int, run: Bytes, length: int, letters: Bytes, starts: Longs, sounds_alike: bool, to: Longs, count: int) -> int:
    if abs(starts[y + 1] - starts[y] - length) > 1 and not sounds_alike:
        return count
    for k in range(count):
        if to[k] & 0xFFFFFFFF == y:
            return count
    similarity = joined_similarity(letters, starts[y], starts[y + 1], run, 0, length, sounds_alike)
    if similarity and count < len(to):
        to[count] = y | np.int64(similarity) << 32
        return count + 1
    return count
