"""How two words agree, compiled: the similarity that ``screening.matching.link`` gives, 0 where there is none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.strings import Bytes, Ints, Longs
from screening.matching.link import FULL, JOINED, LEAST_JOINED_SOUND, SKELETON, SOUND, UNVOWELLED

RARE, GIVEN, GENERIC, NUMBER, INITIAL = range(5)
WIDEST = 3  # the greatest spelling distance any rule asks for


class Facts(NamedTuple):
    """What comparing needs of each word, by its number: letters, class, keys (-1: none)."""

    letters: Bytes
    starts: Longs
    sort: Bytes
    is_alpha: Bytes  # letters only
    is_bare: Bytes  # letters only behind the sign of words in consonants only
    sound: Ints
    skeleton: Ints
    loose: Ints
    shape: NDArray[np.uint64]
    shape_power: NDArray[np.uint64]


@njit(cache=True, nogil=True)
def osa(a: Bytes, a_first: int, a_end: int, b: Bytes, b_first: int, b_end: int, most: int) -> int:
    """The spelling distance (neighbours exchanged count once) of two words up to ``most`` (at most three); above it ``most`` + 1."""
    while a_first < a_end and b_first < b_end and a[a_first] == b[b_first]:
        a_first += 1
        b_first += 1
    while a_first < a_end and b_first < b_end and a[a_end - 1] == b[b_end - 1]:
        a_end -= 1
        b_end -= 1
    rows, columns = a_end - a_first, b_end - b_first
    if abs(rows - columns) > most:
        return most + 1
    if rows == 0 or columns == 0:
        return max(rows, columns)
    if most == 0:
        return 1
    # A band of 2 * most + 1 cells round the diagonal; before, last and this row of it, band place k = column - row + most.
    far = most + 1
    width = 2 * most + 1
    b0, b1, b2, b3, b4, b5, b6 = far, far, far, far, far, far, far
    before = (b0, b1, b2, b3, b4, b5, b6)
    last = before
    row0 = before
    for k in range(width):
        column = k - most
        if 0 <= column <= most:
            row0 = _put(row0, k, column)
    last = row0
    for row in range(1, rows + 1):
        here = (far, far, far, far, far, far, far)
        least = far
        for k in range(width):
            column = row + k - most
            if column < 0 or column > columns:
                continue
            if column == 0:
                value = row
            else:
                same = a[a_first + row - 1] == b[b_first + column - 1]
                value = last[k] + (0 if same else 1)
                if k + 1 < width:
                    value = min(value, last[k + 1] + 1)
                if k > 0:
                    value = min(value, here[k - 1] + 1)
                if (
                    row > 1
                    and column > 1
                    and a[a_first + row - 1] == b[b_first + column - 2]
                    and a[a_first + row - 2] == b[b_first + column - 1]
                ):
                    value = min(value, before[k] + 1)
            value = min(value, far)
            here = _put(here, k, value)
            least = min(least, value)
        if least > most:
            return far
        before, last = last, here
    return last[columns - rows + most]


@njit(cache=True, nogil=True, inline="always")
def _put(row: tuple[int, ...], k: int, value: int) -> tuple[int, ...]:
    return (
        value if k == 0 else row[0],
        value if k == 1 else row[1],
        value if k == 2 else row[2],
        value if k == 3 else row[3],
        value if k == 4 else row[4],
        value if k == 5 else row[5],
        value if k == 6 else row[6],
    )


@njit(cache=True, nogil=True, inline="always")
def spelling_limit(shorter: int) -> int:
    """The greatest spelling distance that links two words, by the letters of the shorter one."""
    return 0 if shorter < 4 else 1 if shorter < 7 else 2


@njit(cache=True, nogil=True)
def single_similarity(
    letters: Bytes, starts: Longs, sort: Bytes, is_alpha: Bytes, is_bare: Bytes, sound: Ints, skeleton: Ints, loose: Ints, i: int, j: int
) -> int:
    """The similarity of two different words, neither an initial; the columns are those of ``Facts``."""
    a_first, a_end, b_first, b_end = starts[i], starts[i + 1], starts[j], starts[j + 1]
    if not (is_alpha[i] and is_alpha[j]):
        if not (is_bare[i] or is_bare[j]) or not ((is_bare[i] or is_alpha[i]) and (is_bare[j] or is_alpha[j])):
            return 0
        if loose[i] >= 0 and loose[i] == loose[j]:
            return UNVOWELLED
        if is_bare[i] and is_bare[j]:
            shorter, longer = min(a_end - a_first, b_end - b_first) - 1, max(a_end - a_first, b_end - b_first) - 1
            if shorter >= 4 and osa(letters, a_first + 1, a_end, letters, b_first + 1, b_end, 1) <= 1:
                return FULL - FULL // longer
        return 0
    best = SOUND if sound[i] >= 0 and sound[i] == sound[j] else 0
    if (sort[i] == GIVEN or sort[i] == GENERIC) and (sort[j] == GIVEN or sort[j] == GENERIC):
        return best
    shorter, longer = min(a_end - a_first, b_end - b_first), max(a_end - a_first, b_end - b_first)
    limit = spelling_limit(shorter)
    if limit and longer - shorter <= limit:
        distance = osa(letters, a_first, a_end, letters, b_first, b_end, limit)
        if distance <= limit:
            best = max(best, FULL - FULL * distance // longer)
    if best == 0 and shorter >= 5 and skeleton[i] >= 0 and skeleton[i] == skeleton[j]:
        most = 2 if shorter < 7 else 3
        if osa(letters, a_first, a_end, letters, b_first, b_end, most) <= most:
            best = SKELETON
    return best


@njit(cache=True, nogil=True)
def joined_similarity(whole: Bytes, first: int, end: int, parts: Bytes, parts_first: int, parts_end: int, sounds_alike: bool) -> int:
    """The similarity of one word of letters with words written together."""
    shorter, longer = min(end - first, parts_end - parts_first), max(end - first, parts_end - parts_first)
    limit = spelling_limit(shorter)
    distance = np.int64(9)
    if longer - shorter <= limit:
        distance = osa(whole, first, end, parts, parts_first, parts_end, limit)
        if distance == 0:
            return JOINED
    best = SOUND if sounds_alike else 0
    is_spelling = False
    if 0 < distance <= limit:
        similarity = FULL - FULL * distance // longer
        if similarity > best:
            best, is_spelling = similarity, True
    if best == 0 or (is_spelling and best < FULL - FULL // longer) or (not is_spelling and shorter < LEAST_JOINED_SOUND):
        return 0
    return best * JOINED // FULL
