"""Distinct byte strings, numbered: the table that all compiled stages look words up in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


class Strings(NamedTuple):
    """Numbered strings: an open table of numbers, the letters, and where each string starts (one entry more than strings)."""

    slots: Ints
    letters: Bytes
    starts: Longs


@inner
def lower(letter: int) -> int:
    """An ASCII letter without case."""
    return letter + 32 if 65 <= letter <= 90 else letter


@inner
def is_plain(letter: int) -> bool:
    """Whether a character is a lower-case ASCII letter or a digit."""
    return 97 <= letter <= 122 or 48 <= letter <= 57


@inner
def string_hash(letters: Bytes, first: int, end: int) -> int:
    """A 63-bit hash of some letters."""
    value = np.uint64(1469598103934665603)
    for place in range(first, end):
        value = (value ^ np.uint64(letters[place])) * np.uint64(1099511628211)
    value ^= value >> np.uint64(29)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(32)
    return np.int64(value & np.uint64(0x7FFFFFFFFFFFFFFF))


@inner
def find(strings: Strings, letters: Bytes, first: int, end: int) -> int:
    """The number of a string, or -1 minus the empty slot where it would go."""
    mask = len(strings.slots) - 1
    slot = string_hash(letters, first, end) & mask
    length = end - first
    while True:
        number = strings.slots[slot]
        if number < 0:
            return -1 - slot
        start = strings.starts[number]
        if strings.starts[number + 1] - start == length:
            place = 0
            while place < length and strings.letters[start + place] == letters[first + place]:
                place += 1
            if place == length:
                return number
        slot = (slot + 1) & mask


@inner
def find_all(strings: Strings, letters: Bytes, firsts: Longs, ends: Longs, numbers: Ints) -> int:
    """Fills in the number of each string, -1 for a new one; gives how many are new."""
    missing = 0
    for i in range(len(firsts)):
        number = find(strings, letters, firsts[i], ends[i])
        numbers[i] = number if number >= 0 else -1
        missing += number < 0
    return missing


@inner
def add_all(strings: Strings, count: int, letters: Bytes, firsts: Longs, ends: Longs, numbers: Ints) -> int:
    """Numbers every string that has none yet; gives the new count. The arrays must have room."""
    for i in range(len(firsts)):
        if numbers[i] >= 0:
            continue
        number = find(strings, letters, firsts[i], ends[i])
        if number < 0:
            strings.slots[-1 - number] = count
            start = strings.starts[count]
            length = ends[i] - firsts[i]
            for place in range(length):
                strings.letters[start + place] = letters[firsts[i] + place]
            strings.starts[count + 1] = start + length
            number = count
            count += 1
        numbers[i] = number
    return count


@inner
def refill(strings: Strings, count: int) -> None:
    """Enters the numbers of all strings into an empty table."""
    mask = len(strings.slots) - 1
    for number in range(count):
        slot = string_hash(strings.letters, strings.starts[number], strings.starts[number + 1]) & mask
        while strings.slots[slot] >= 0:
            slot = (slot + 1) & mask
        strings.slots[slot] = number


class StringTable:
    """A growing table of distinct strings. Not safe for two writers at once."""

    def __init__(self) -> None:
        self.count = 0
        self.view = Strings(np.full(1 << 12, -1, np.int32), np.zeros(1 << 14, np.uint8), np.zeros(1 << 11, np.int64))

    def add(self, letters: Bytes, firsts: Longs, ends: Longs, numbers: Ints) -> None:
        """Numbers the strings that have no number yet (-1 in ``numbers``)."""
        fresh = numbers < 0
        strings, size = int(fresh.sum()), int((ends - firsts)[fresh].sum())
        self._grow(strings, size)
        self.count = int(add_all(self.view, self.count, letters, firsts, ends, numbers))

    def _grow(self, strings: int, size: int) -> None:
        slots, letters, starts = self.view
        used = int(starts[self.count])
        if used + size > len(letters):
            letters = np.concatenate([letters[:used], np.zeros(max(used, size + 1024), np.uint8)])
        if self.count + strings + 1 > len(starts):
            starts = np.concatenate([starts[: self.count + 1], np.zeros(max(self.count, strings + 1024), np.int64)])
        if 2 * (self.count + strings) > len(slots):
            room = 1 << int(2 * (self.count + strings) + 1).bit_length()
            self.view = Strings(np.full(room, -1, np.int32), letters, starts)
            refill(self.view, self.count)
        else:
            self.view = Strings(slots, letters, starts)

    def keep(self, count: int) -> None:
        """Forgets all strings but the first so many, in new arrays: whoever still reads the old ones is not disturbed."""
        letters, starts = self.view.letters, self.view.starts
        self.count = count
        slots = np.full(1 << max(12, int(2 * count + 1).bit_length()), -1, np.int32)
        self.view = Strings(slots, letters[: starts[count]].copy(), starts[: count + 1].copy())
        refill(self.view, count)

    def text(self, number: int) -> bytes:
        """The letters of a string."""
        return self.view.letters[self.view.starts[number] : self.view.starts[number + 1]].tobytes()


def numbered(texts: list[bytes]) -> Strings:
    """Distinct strings as a table, numbered in their order."""
    table = StringTable()
    letters, firsts, ends = packed(texts)
    table.add(letters, firsts, ends, np.full(len(texts), -1, np.int32))
    return table.view


def packed(texts: list[bytes]) -> tuple[Bytes, Longs, Longs]:
    """Strings as letters with their first places and ends."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    firsts = np.concatenate([np.zeros(1, np.int64), ends[:-1]]) if len(ends) else ends
    return np.frombuffer(b"".join(texts) or b" ", np.uint8), firsts, ends
