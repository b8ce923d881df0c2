"""Words by what they share with any word near them: where near words meet. Both searches are exact.

Words within distance k have a common variant after at most k deletions in each, and so have their first letters (see ``deletions``).
Words of at least four letters within distance one share more. Let the listed one be cut in two halves. The one slip lies in one half, and
the other half stands whole at the same end of the other word; or two letters were exchanged across the cut, and with these put right
the other word has the first half. The lengths differ by one at most, so three cuts are to be tried.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.near import spelling_limit
from screening.matching.compiled.strings import Bytes, Ints, Longs
from screening.matching.deletions import PREFIX
from screening.matching.link import LEAST_FREE_START

BASE = np.uint64(0x9E3779B97F4A7C15)
MOST = 1 + PREFIX + PREFIX * (PREFIX - 1) // 2
HALVES = 7  # of a word that are looked up
LEAST_HALVED = 4


class Buckets(NamedTuple):
    """Entries by hash: where each bucket starts, the word of each entry and a check of its hash, and one bit a hash."""

    starts: Ints
    words: Ints
    checks: NDArray[np.uint32]
    bits: NDArray[np.uint64]


@inner
def mixed(value: int) -> int:
    """A hash whose bits are all used."""
    value ^= value >> np.uint64(31)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(29)
    return value


@inner
def is_set(bits: NDArray[np.uint64], value: int) -> bool:
    """Whether the bit of a hash is set."""
    bit = (value >> np.uint64(20)) & np.uint64(len(bits) * 64 - 1)
    return (bits[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63))) & np.uint64(1) != np.uint64(0)


@inner
def set_bit(bits: NDArray[np.uint64], value: int) -> None:
    """Sets the bit of a hash."""
    bit = (value >> np.uint64(20)) & np.uint64(len(bits) * 64 - 1)
    bits[np.int64(bit >> np.uint64(6))] |= np.uint64(1) << (bit & np.uint64(63))


@inner
def hashed(letters: Bytes, first: int, end: int) -> int:
    """The plain hash of some letters: that of a run is ``hash(one) * BASE ** len(other) + hash(other)``, but for the leading 1."""
    value = np.uint64(0)
    for k in range(first, end):
        value = value * BASE + np.uint64(letters[k])
    return value


@inner
def short_variants(letters: Bytes, first: int, end: int, deletions: int, found: NDArray[np.uint64]) -> int:
    """Hashes of the first letters of a word with up to two of them left out; gives how many.

    Of a word too short to be two letters off at its start the first letter is left out alone, never with another.
    """
    keeps_start = deletions == 2 and end - first < LEAST_FREE_START
    end = min(end, first + PREFIX)
    count = 1
    value = np.uint64(1)
    for k in range(first, end):
        value = value * BASE + np.uint64(letters[k])
    found[0] = mixed(value)
    if deletions == 0:
        return count
    for skip in range(first, end):
        head = np.uint64(1)
        for k in range(first, skip):
            head = head * BASE + np.uint64(letters[k])
        value = head
        for k in range(skip + 1, end):
            value = value * BASE + np.uint64(letters[k])
        found[count] = mixed(value)
        count += 1
        if deletions > 1 and not (keeps_start and skip == first):
            for other in range(skip + 1, end):
                value = head
                for k in range(skip + 1, other):
                    value = value * BASE + np.uint64(letters[k])
                for k in range(other + 1, end):
                    value = value * BASE + np.uint64(letters[k])
                found[count] = mixed(value)
                count += 1
    return count


@inner
def deletions_of(length: int) -> int:
    """How many letters to leave out of a word in search of its misspellings, -1 if it has none. Three letters may only lack one."""
    return -1 if length < 3 else 0 if length == 3 else spelling_limit(length, length)


@inner
def half(part: int, length: int, is_second: bool) -> int:
    """The hash of one half of a word of so many letters."""
    return mixed(part * np.uint64(0xD6E8FEB86659FD93) + np.uint64(2 * length + (1 if is_second else 0)))


@inner
def halves_near(word: Bytes, first: int, end: int, found: NDArray[np.uint64]) -> int:
    """The halves that a word within one slip of this one may have; gives how many."""
    size = end - first
    low, middle, high = (size - 1) // 2, size // 2, (size + 1) // 2  # the cuts of words of one letter less, as many, one more
    value, head, head_more, before = np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    for k in range(high + 1):
        if k == low:
            head = value
        if k == high:
            head_more = value
        if k == middle - 1:
            before = value
        if k < high:
            value = value * BASE + np.uint64(word[first + k])
    count = 0
    value, power = np.uint64(0), np.uint64(1)
    for k in range(middle + 2):
        for length in range(max(size - 1, LEAST_HALVED), size + 2):
            if k == length - length // 2:
                found[count] = half(value, length, True)
                count += 1
        if k < size:
            value += np.uint64(word[end - 1 - k]) * power
            power *= BASE
    for length in range(max(size - 1, LEAST_HALVED), size + 2):
        found[count] = half(head if length // 2 == low else head_more, length, False)
        count += 1
    found[count] = half(before * BASE + np.uint64(word[first + middle]), size, False)
    return count + 1


@inner
def _entries(letters: Bytes, first: int, end: int, is_halved: bool, found: NDArray[np.uint64]) -> int:
    """The hashes under which a word is entered."""
    length = end - first
    if is_halved:
        if length < LEAST_HALVED:
            return 0
        cut = first + length // 2
        found[0] = half(hashed(letters, first, cut), length, False)
        found[1] = half(hashed(letters, cut, end), length, True)
        return 2
    deletions = deletions_of(length)
    return 0 if deletions < 0 else short_variants(letters, first, end, deletions, found)


@kernel
def _fill(letters: Bytes, starts: Longs, words: Ints, is_halved: bool, sizes: Longs, table: Buckets) -> int:
    """Counts the entries of all words into ``sizes[0]``; where the table has room it is filled, the buckets counted down."""
    found = np.empty(MOST, np.uint64)
    mask = np.uint64(len(table.starts) - 2)
    total = 0
    is_counting = len(table.words) == 0
    for i in range(len(words)):
        count = _entries(letters, starts[words[i]], starts[words[i] + 1], is_halved, found)
        total += count
        if not is_counting:
            for k in range(count):
                table.starts[np.int64(found[k] & mask) + 1] += 1
    sizes[0] = total
    if is_counting:
        return 0
    for bucket in range(1, len(table.starts)):
        table.starts[bucket] += table.starts[bucket - 1]
    for i in range(len(words) - 1, -1, -1):
        for k in range(_entries(letters, starts[words[i]], starts[words[i] + 1], is_halved, found)):
            bucket = np.int64(found[k] & mask) + 1
            table.starts[bucket] -= 1
            at = table.starts[bucket]
            table.words[at] = words[i]
            table.checks[at] = np.uint32(found[k] >> np.uint64(32))
            set_bit(table.bits, found[k])
    # Each bucket's count was taken down to its start, one place to the right.
    for bucket in range(len(table.starts) - 1):
        table.starts[bucket] = table.starts[bucket + 1]
    table.starts[len(table.starts) - 1] = len(table.words)
    return 0


def buckets(letters: Bytes, starts: Longs, words: Ints, *, is_halved: bool) -> Buckets:
    """The table of some of the words: by their first letters with up to two missing, or by their halves."""
    sizes = np.zeros(1, np.int64)
    none = Buckets(np.zeros(2, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint32), np.zeros(1, np.uint64))
    _fill(letters, starts, words, is_halved, sizes, none)
    entries = int(sizes[0])
    slots, bits = 1 << max(4, entries.bit_length()), 1 << max(6, (8 * entries).bit_length())
    table = Buckets(
        np.zeros(slots + 1, np.int32), np.zeros(entries, np.int32), np.zeros(entries, np.uint32), np.zeros(bits // 64, np.uint64)
    )
    if entries:
        _fill(letters, starts, words, is_halved, sizes, table)
    return table
