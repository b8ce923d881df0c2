"""Declared words written together against the words of the list.

Most of them agree with nothing, which two quick looks decide: the variants of the whole, and the *shape*, which words that sound
alike share. No rule of the sound keys takes away or makes up a vowel group or one of the letters m, n, l, r, b and v
(or w), nor changes their order; only neighbours that are alike become one. So the shape is the row of these, and that of words
written together follows from the shapes of the words.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.keys import BY_SOUND, find_key
from screening.matching.compiled.near import joined_similarity
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.variants import mixed, whole_variants
from screening.matching.link import LEAST_JOINED_SOUND

_BASE = np.uint64(0x9E3779B97F4A7C15)
_SIGNS = np.zeros(256, np.uint8)
for _number, _letters in enumerate(("aeiouy", "m", "n", "l", "r", "b", "vw"), start=1):
    for _letter in _letters:
        _SIGNS[ord(_letter)] = _number
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
SHAPE_BITS = 1 << 20


@njit(cache=True, nogil=True)
def word_shape(letters: Bytes, first: int, end: int) -> tuple[int, int]:
    """The shape of a word as a hash, and the base raised to the number of its signs."""
    value, power, last = np.uint64(0), np.uint64(1), 0
    for k in range(first, end):
        sign = _SIGNS[letters[k]]
        if sign and sign != last:
            value = value * _BASE + np.uint64(sign)
            power *= _BASE
        last = sign
    return value, power


@njit(cache=True, nogil=True, inline="always")
def joined_shape(value: int, last: int, other: int, power: int, first: int) -> int:
    """The shape of two runs written together; ``last`` is the last letter of one, ``first`` the first of the other."""
    sign = _SIGNS[first]
    if sign and last and sign == _SIGNS[last]:
        power *= _INVERSE
        return value * power + other - np.uint64(sign) * power
    return value * power + other


@njit(cache=True, nogil=True)
def mark_shapes(words: Ints, shapes: NDArray[np.uint64], starts: Longs, bits: NDArray[np.uint64]) -> None:
    """Sets the bits of the shapes of words long enough to agree by sound with words written together."""
    for i in range(len(words)):
        if starts[words[i] + 1] - starts[words[i]] >= LEAST_JOINED_SOUND:
            bit = mixed(shapes[words[i]]) & np.uint64(SHAPE_BITS - 1)
            bits[np.int64(bit >> np.uint64(6))] |= np.uint64(1) << (bit & np.uint64(63))


@njit(cache=True, nogil=True)
def together_edges(
    run: Bytes,
    length: int,
    shape: int,
    letters: Bytes,
    starts: Longs,
    sounds_of: Ints,
    buckets: Ints,
    words: Ints,
    checks: NDArray[np.uint32],
    bits: NDArray[np.uint64],
    shapes: NDArray[np.uint64],
    sounds: Strings,
    sound_starts: Ints,
    sound_words: Ints,
    hashes: NDArray[np.uint64],
    key: Bytes,
    other: Bytes,
    to: Ints,
    found: Ints,
) -> int:
    """The listed words that words written together (``run``) agree with: ``to``, and the similarity in ``found``; gives how many."""
    count = 0
    sound = -2  # not yet known
    bit_mask, mask = np.uint64(len(bits) * 64 - 1), np.uint64(len(buckets) - 2)
    for v in range(whole_variants(run, 0, length, hashes)):
        bit = (hashes[v] >> np.uint64(20)) & bit_mask
        if not (bits[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63))) & np.uint64(1):
            continue
        bucket, check = np.int64(hashes[v] & mask), np.uint32(hashes[v] >> np.uint64(32))
        for k in range(buckets[bucket], buckets[bucket + 1]):
            if checks[k] == check:
                if sound == -2:
                    sound = find_key(BY_SOUND, sounds, run, 0, length, False, key, other)
                count = _try(words[k], run, length, letters, starts, sound >= 0 and sound == sounds_of[words[k]], to, found, count)
    if length >= LEAST_JOINED_SOUND:
        bit = mixed(shape) & np.uint64(SHAPE_BITS - 1)
        if (shapes[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63))) & np.uint64(1):
            if sound == -2:
                sound = find_key(BY_SOUND, sounds, run, 0, length, False, key, other)
            if sound >= 0:
                for k in range(sound_starts[sound], sound_starts[sound + 1]):
                    count = _try(sound_words[k], run, length, letters, starts, True, to, found, count)
    return count


@njit(cache=True, nogil=True)
def _try(y: int, run: Bytes, length: int, letters: Bytes, starts: Longs, sounds_alike: bool, to: Ints, found: Ints, count: int) -> int:
    for k in range(count):
        if to[k] == y:
            return count
    similarity = joined_similarity(letters, starts[y], starts[y + 1], run, 0, length, sounds_alike)
    if similarity:
        to[count] = y
        found[count] = similarity
        return count + 1
    return count
