"""Declared words written together against the words of the list.

Most of them agree with nothing, which a look at the first and last word decides. One slip lies in one of the words, so the listed word
starts with the first or ends with the last, and its length differs by one at most; or letters were exchanged between two words, which
is tried. And by sound: the *shape* is what words that sound alike share. No rule of the sound keys takes away or makes up a vowel
group or one of the letters m, n, l, r, b and v (or w), nor changes their order; only neighbours that are alike become one. So the shape
is the row of these, and that of words written together follows from the shapes of the words.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.keys import BY_SOUND, Groups, find_key
from screening.matching.compiled.near import joined_similarity
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.variants import BASE, Buckets, halves_near, is_set, mixed, set_bit
from screening.matching.compiled.words import (
    FACTS,
    HASH,
    HASH_POWER,
    IS_ALPHA,
    PREFIX,
    SHAPE,
    SOUND_KEY,
    SUFFIX,
    first_letter,
    last_letter,
    length_of,
)
from screening.matching.link import LEAST_JOINED_SOUND

_SIGNS = np.zeros(256, np.uint8)
for _number, _letters in enumerate(("aeiouy", "m", "n", "l", "r", "b", "vw"), start=1):
    for _letter in _letters:
        _SIGNS[ord(_letter)] = _number
_INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))
SHAPE_BITS = 1 << 20
LONGEST = 62  # lengths that a mask of lengths tells apart


class Wholes(NamedTuple):
    """The words of the list by what words written together may agree by."""

    halves: Buckets
    exact: NDArray[np.uint64]  # one bit for each word
    shapes: NDArray[np.uint64]  # one bit for the shape of each long word
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
def word_shape(letters: Bytes, first: int, end: int) -> tuple[int, int]:
    """The shape of a word as a hash, and the base raised to the number of its signs."""
    value, power, last = np.uint64(0), np.uint64(1), 0
    for k in range(first, end):
        sign = _SIGNS[letters[k]]
        if sign and sign != last:
            value = value * BASE + np.uint64(sign)
            power *= BASE
        last = sign
    return value, power


@inner
def joined_shape(value: int, last: int, other: int, power: int, first: int) -> int:
    """The shape of two runs written together; ``last`` is the last letter of one, ``first`` the first of the other."""
    sign = _SIGNS[first]
    if sign and last and sign == _SIGNS[last]:
        power *= _INVERSE
        return value * power + other - np.uint64(sign) * power
    return value * power + other


@inner
def mark_wholes(words: Ints, rows: Longs, shapes: NDArray[np.uint64], exact: NDArray[np.uint64]) -> None:
    """Sets the bits of words, and of the shapes of those long enough to agree by sound with words written together."""
    for i in range(len(words)):
        set_bit(exact, mixed(np.uint64(rows[words[i], HASH])))
        if length_of(rows[words[i], FACTS]) >= LEAST_JOINED_SOUND:
            set_bit(shapes, mixed(np.uint64(rows[words[i], SHAPE])))


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
def may_sound_alike(shape: int, length: int, shapes: NDArray[np.uint64]) -> bool:
    """Whether words written together may sound like a listed word."""
    return length >= LEAST_JOINED_SOUND and is_set(shapes, mixed(shape))


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
    sound = -2  # not yet known
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
                    if sound == -2:
                        sound = find_key(BY_SOUND, wholes.sounds, run, 0, length, False, key, other)
                    alike = sound >= 0 and sound == rows[y, SOUND_KEY]
                    count = _try(y, run, length, letters, starts, alike, to, count)
    if by_sound and sound == -2:
        sound = find_key(BY_SOUND, wholes.sounds, run, 0, length, False, key, other)
    if by_sound and sound >= 0:
        for k in range(wholes.by_sound.starts[sound], wholes.by_sound.starts[sound + 1]):
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
