"""How two words agree, compiled: the similarity that ``screening.matching.link`` gives, 0 where there is none."""

from __future__ import annotations

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.strings import Bytes, Longs
from screening.matching.compiled.words import FACTS, IS_ALPHA, IS_BARE, LOOSE, SKELETON_KEY, SOUND_KEY, is_known
from screening.matching.link import (
    FULL,
    JOINED,
    LEAST_FREE_START,
    LEAST_JOINED_SOUND,
    LEAST_TWO_OFF,
    SKELETON,
    SOUND,
    UNVOWELLED,
)

BY_EAR = 1 << 11  # on a similarity: the words are not spelled alike
SIMILARITY = BY_EAR - 1
WIDEST = 3  # the greatest spelling distance any rule asks for


@inner
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
    if rows == 1 and columns == 1:
        return 1
    if most == 1:
        is_exchange = rows == 2 and columns == 2 and a[a_first] == b[b_first + 1] and a[a_first + 1] == b[b_first]
        return 1 if is_exchange else 2
    # A band of 2 * most + 1 cells round the diagonal; before, last and this row of it, band place k = column - row + most.
    far = most + 1
    width = 2 * most + 1
    before = (far, far, far, far, far, far, far)
    last = before
    for k in range(width):
        column = k - most
        if 0 <= column <= most:
            last = _put(last, k, column)
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


@inner
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


@inner
def spelling_limit(shorter: int, longer: int) -> int:
    """The greatest spelling distance that still links two words, by the letters of both."""
    if shorter < 4:
        return 1 if shorter == 3 and longer == 4 else 0
    return 1 if shorter < LEAST_TWO_OFF else 2


@inner
def _distance(a: Bytes, a_first: int, a_end: int, b: Bytes, b_first: int, b_end: int, shorter: int, longer: int) -> tuple[int, int]:
    """The spelling distance of two words of letters, and the greatest that links them."""
    limit = spelling_limit(shorter, longer)
    if limit == 2 and shorter < LEAST_FREE_START and a[a_first] != b[b_first]:
        limit = 1
    if limit == 0:
        return 1, 0
    if longer - shorter > limit:
        return limit + 1, limit
    return osa(a, a_first, a_end, b, b_first, b_end, limit), limit


@inner
def single_similarity(letters: Bytes, starts: Longs, rows: Longs, i: int, j: int) -> int:
    """The similarity of two different words, neither an initial, with the sign ``BY_EAR``; 0 where there is none."""
    a_first, a_end, b_first, b_end = starts[i], starts[i + 1], starts[j], starts[j + 1]
    if not rows[i, FACTS] & rows[j, FACTS] & IS_ALPHA:
        any_bare, both_bare = (rows[i, FACTS] | rows[j, FACTS]) & IS_BARE, rows[i, FACTS] & rows[j, FACTS] & IS_BARE
        if not (any_bare and rows[i, FACTS] & (IS_ALPHA | IS_BARE) and rows[j, FACTS] & (IS_ALPHA | IS_BARE)):
            return 0
        if rows[i, LOOSE] >= 0 and rows[i, LOOSE] == rows[j, LOOSE]:
            return UNVOWELLED | BY_EAR
        if both_bare:
            shorter, longer = min(a_end - a_first, b_end - b_first) - 1, max(a_end - a_first, b_end - b_first) - 1
            if shorter >= 4 and longer - shorter <= 1 and osa(letters, a_first + 1, a_end, letters, b_first + 1, b_end, 1) <= 1:
                return FULL - FULL // longer
        return 0
    best = SOUND if rows[i, SOUND_KEY] >= 0 and rows[i, SOUND_KEY] == rows[j, SOUND_KEY] else 0
    by_ear = BY_EAR
    if is_known(rows[i, FACTS]) and is_known(rows[j, FACTS]):
        return best | by_ear if best else 0
    shorter, longer = min(a_end - a_first, b_end - b_first), max(a_end - a_first, b_end - b_first)
    distance, limit = _distance(letters, a_first, a_end, letters, b_first, b_end, shorter, longer)
    if distance <= limit:
        similarity = FULL - FULL * distance // (longer + distance - 1)
        if similarity > best:
            best, by_ear = similarity, 0
    is_weak = (best == 0 or (distance > 1 and best < SKELETON)) and shorter >= 5
    if is_weak and rows[i, SKELETON_KEY] >= 0 and rows[i, SKELETON_KEY] == rows[j, SKELETON_KEY]:
        most = 2 if shorter < 7 else 3
        if osa(letters, a_first, a_end, letters, b_first, b_end, most) <= most:
            best, by_ear = SKELETON, BY_EAR
    return best | by_ear if best else 0


@inner
def joined_similarity(whole: Bytes, first: int, end: int, parts: Bytes, parts_first: int, parts_end: int, sounds_alike: bool) -> int:
    """The similarity of one word of letters with words written together."""
    shorter, longer = min(end - first, parts_end - parts_first), max(end - first, parts_end - parts_first)
    if longer == shorter and osa(whole, first, end, parts, parts_first, parts_end, 1) == 0:
        return JOINED
    best, spelled = SOUND if sounds_alike else 0, 0
    distance, limit = _distance(whole, first, end, parts, parts_first, parts_end, shorter, longer)
    if distance <= limit:
        spelled = FULL - FULL * distance // (longer + distance - 1)
    if spelled > best:
        return spelled * JOINED // FULL if spelled >= FULL - FULL // longer else 0
    return best * JOINED // FULL if best and shorter >= LEAST_JOINED_SOUND else 0
