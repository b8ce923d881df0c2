"""Words by what is left of them when letters are missing: where near words meet. The search is exact (see ``deletions``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.near import spelling_limit
from screening.matching.compiled.strings import Bytes, Ints, Longs
from screening.matching.deletions import PREFIX

_BASE = np.uint64(0x9E3779B97F4A7C15)
MOST = 1 + PREFIX + PREFIX * (PREFIX - 1) // 2
WHOLE = 64  # letters of words that are written together; of longer ones the first so many are compared


class Variants(NamedTuple):
    """Entries by hash: where each bucket starts, the word of each entry and a check of its hash, and one bit a hash."""

    buckets: Ints
    words: Ints
    checks: NDArray[np.uint32]
    bits: NDArray[np.uint64]


@njit(cache=True, nogil=True, inline="always")
def mixed(value: int) -> int:
    """A hash whose bits are all used."""
    value ^= value >> np.uint64(31)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(29)
    return value


@njit(cache=True, nogil=True)
def short_variants(letters: Bytes, first: int, end: int, deletions: int, found: NDArray[np.uint64]) -> int:
    """Hashes of the first letters of a word with up to two of them left out; gives how many."""
    end = min(end, first + PREFIX)
    count = 1
    value = np.uint64(1)
    for k in range(first, end):
        value = value * _BASE + np.uint64(letters[k])
    found[0] = mixed(value)
    if deletions == 0:
        return count
    for skip in range(first, end):
        head = np.uint64(1)
        for k in range(first, skip):
            head = head * _BASE + np.uint64(letters[k])
        value = head
        for k in range(skip + 1, end):
            value = value * _BASE + np.uint64(letters[k])
        found[count] = mixed(value)
        count += 1
        if deletions > 1:
            for other in range(skip + 1, end):
                value = head
                for k in range(skip + 1, other):
                    value = value * _BASE + np.uint64(letters[k])
                for k in range(other + 1, end):
                    value = value * _BASE + np.uint64(letters[k])
                found[count] = mixed(value)
                count += 1
    return count


@njit(cache=True, nogil=True)
def whole_variants(letters: Bytes, first: int, end: int, found: NDArray[np.uint64]) -> int:
    """Hashes of a word (of its first ``WHOLE`` letters) as it is and with one letter left out; gives how many."""
    end = min(end, first + WHOLE)
    length = end - first
    # found[k + 1] holds the hash of the first k letters until the rest is known
    head = np.uint64(1)
    for k in range(length):
        found[k + 1] = head
        head = head * _BASE + np.uint64(letters[first + k])
    found[0] = mixed(head)
    tail, power = np.uint64(0), np.uint64(1)
    for k in range(length - 1, -1, -1):
        found[k + 1] = mixed(found[k + 1] * power + tail)
        tail += np.uint64(letters[first + k]) * power
        power *= _BASE
    return length + 1


@njit(cache=True, nogil=True)
def _variants(letters: Bytes, starts: Longs, word: int, is_whole: bool, found: NDArray[np.uint64]) -> int:
    length = starts[word + 1] - starts[word]
    limit = spelling_limit(length)
    if is_whole:
        return whole_variants(letters, starts[word], starts[word + 1], found) if limit else 0
    return short_variants(letters, starts[word], starts[word + 1], limit, found) if limit else 0


@njit(cache=True, nogil=True)
def _count(letters: Bytes, starts: Longs, words: Ints, is_whole: bool) -> int:
    total = 0
    for i in range(len(words)):
        length = starts[words[i] + 1] - starts[words[i]]
        limit = spelling_limit(length)
        short = min(length, PREFIX)
        if limit:
            total += 1 + min(length, WHOLE) if is_whole else 1 + short + (short * (short - 1) // 2 if limit > 1 else 0)
    return total


@njit(cache=True, nogil=True)
def _fill(letters: Bytes, starts: Longs, words: Ints, is_whole: bool, table: Variants) -> None:
    found = np.empty(max(MOST, WHOLE + 1), np.uint64)
    mask = np.uint64(len(table.buckets) - 2)
    bit_mask = np.uint64(len(table.bits) * 64 - 1)
    for i in range(len(words)):
        for k in range(_variants(letters, starts, words[i], is_whole, found)):
            table.buckets[np.int64(found[k] & mask) + 1] += 1
    for bucket in range(1, len(table.buckets)):
        table.buckets[bucket] += table.buckets[bucket - 1]
    for i in range(len(words) - 1, -1, -1):
        for k in range(_variants(letters, starts, words[i], is_whole, found)):
            bucket = np.int64(found[k] & mask) + 1
            table.buckets[bucket] -= 1
            at = table.buckets[bucket]
            table.words[at] = words[i]
            table.checks[at] = np.uint32(found[k] >> np.uint64(32))
            bit = (found[k] >> np.uint64(20)) & bit_mask
            table.bits[np.int64(bit >> np.uint64(6))] |= np.uint64(1) << (bit & np.uint64(63))
    # Each bucket's count was taken down to its start, one place to the right.
    for bucket in range(len(table.buckets) - 1):
        table.buckets[bucket] = table.buckets[bucket + 1]
    table.buckets[len(table.buckets) - 1] = len(table.words)


def variant_table(letters: Bytes, starts: Longs, words: Ints, *, is_whole: bool) -> Variants:
    """The table of some of the words: of their first letters with up to two missing, or of the whole with one missing."""
    entries = int(_count(letters, starts, words, is_whole))
    buckets = 1 << max(4, int(entries).bit_length())
    bits = 1 << max(6, int(8 * entries).bit_length())
    table = Variants(
        np.zeros(buckets + 1, np.int32), np.zeros(entries, np.int32), np.zeros(entries, np.uint32), np.zeros(bits // 64, np.uint64)
    )
    _fill(letters, starts, words, is_whole, table)
    return table
