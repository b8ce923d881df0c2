"""The score of two names, compiled: ``screening.matching.score`` rule by rule, in the same whole numbers."""

from __future__ import annotations

import numpy as np
from numba import njit

from screening.matching.compiled.near import GENERIC, GIVEN, INITIAL, NUMBER, RARE
from screening.matching.compiled.strings import Bytes, Ints, Longs
from screening.matching.lexicon import LEGAL_WEIGHT, MAX_WORDS
from screening.matching.link import FULL
from screening.matching.score import (
    DECLARED_SURPLUS,
    ENOUGH,
    HUNDRED,
    LEADING,
    LISTED_SURPLUS,
    LONG_WORD,
    NOT_ENOUGH,
    OTHER_INITIAL,
    OTHER_NUMBER,
    OTHER_ORDER,
    SUBSTANTIAL,
    SURPLUS_CAP,
    SWAPPED,
)

DECLARED, DECLARED_COUNT, LISTED, LISTED_COUNT, SIMILARITY, DECLARED_WEIGHT, LISTED_WEIGHT, MASS = range(8)  # of a row of pairs
_NONE = -1


@njit(cache=True, nogil=True, inline="always")
def surplus(lighter: int, excess: int, declared_is_longer: bool, leads: bool) -> int:
    """What the excess weight of the heavier name costs, in hundredths of weight."""
    if not declared_is_longer:
        return excess * LISTED_SURPLUS
    cost = excess * DECLARED_SURPLUS
    return min(cost, lighter * SURPLUS_CAP) if lighter >= SUBSTANTIAL or (leads and lighter >= LEADING) else cost


@njit(cache=True, nogil=True)
def add_pair(pairs: Ints, at: int, i: int, i_count: int, j: int, j_count: int, similarity: int, ours: int, theirs: int) -> int:
    """Writes one agreement to row ``at``; gives the next row."""
    pairs[at, DECLARED], pairs[at, DECLARED_COUNT] = i, i_count
    pairs[at, LISTED], pairs[at, LISTED_COUNT] = j, j_count
    pairs[at, SIMILARITY], pairs[at, DECLARED_WEIGHT], pairs[at, LISTED_WEIGHT] = similarity, ours, theirs
    weight = min(ours, theirs) if i_count == j_count else max(ours, theirs)
    pairs[at, MASS] = weight * similarity
    return at + 1


@njit(cache=True, nogil=True, inline="always")
def _before(pairs: Ints, one: int, other: int) -> bool:
    """Whether one agreement is taken before another."""
    if pairs[one, MASS] != pairs[other, MASS]:
        return pairs[one, MASS] > pairs[other, MASS]
    here, there = abs(pairs[one, DECLARED] - pairs[one, LISTED]), abs(pairs[other, DECLARED] - pairs[other, LISTED])
    if here != there:
        return here < there
    for column in (DECLARED, LISTED, DECLARED_COUNT, LISTED_COUNT):
        if pairs[one, column] != pairs[other, column]:
            return pairs[one, column] < pairs[other, column]
    return False


@njit(cache=True, nogil=True)
def take(pairs: Ints, count: int, taken: Ints) -> int:
    """The rows of the alignment in declared order; gives how many."""
    used, used_listed = np.uint64(0), np.uint64(0)
    one = np.uint64(1)
    size = 0
    while True:
        best = _NONE
        for k in range(count):
            if pairs[k, MASS] < 0:
                continue
            ours = ((one << np.uint64(pairs[k, DECLARED_COUNT])) - one) << np.uint64(pairs[k, DECLARED])
            theirs = ((one << np.uint64(pairs[k, LISTED_COUNT])) - one) << np.uint64(pairs[k, LISTED])
            if (ours & used) | (theirs & used_listed):
                pairs[k, MASS] = _NONE
            elif best < 0 or _before(pairs, k, best):
                best = k
        if best < 0:
            break
        used |= ((one << np.uint64(pairs[best, DECLARED_COUNT])) - one) << np.uint64(pairs[best, DECLARED])
        used_listed |= ((one << np.uint64(pairs[best, LISTED_COUNT])) - one) << np.uint64(pairs[best, LISTED])
        pairs[best, MASS] = _NONE
        k = size
        while k > 0 and pairs[taken[k - 1], DECLARED] > pairs[best, DECLARED]:
            taken[k] = taken[k - 1]
            k -= 1
        taken[k] = best
        size += 1
    return size


@njit(cache=True, nogil=True)
def _leads(ours: Ints, i0: int, theirs: Ints, j0: int, j1: int, sort: Bytes, starts: Longs, pairs: Ints, taken: Ints, size: int) -> bool:
    listed = 0
    for k in range(size):
        listed += pairs[taken[k], LISTED_COUNT]
    if size == 0 or listed < j1 - j0:
        return False
    for i in range(pairs[taken[0], DECLARED]):
        if sort[ours[i0 + i]] < GENERIC:
            return False
    for k in range(1, size):
        one, other = taken[k - 1], taken[k]
        if pairs[other, DECLARED] != pairs[one, DECLARED] + pairs[one, DECLARED_COUNT] or pairs[other, LISTED] < pairs[one, LISTED]:
            return False
    rare = False
    for j in range(j0, j1):
        rare = rare or sort[theirs[j]] == RARE
    return rare and (j1 - j0 > 1 or starts[theirs[j0] + 1] - starts[theirs[j0]] >= LONG_WORD)


@njit(cache=True, nogil=True)
def _is_swapped(
    ours: Ints, i0: int, i1: int, theirs: Ints, j0: int, j1: int, sort: Bytes, patronymic: Bytes, pairs: Ints, taken: Ints, size: int
) -> bool:
    place = np.full(MAX_WORDS, _NONE, np.int32)
    for k in range(size):
        if pairs[taken[k], DECLARED_COUNT] == pairs[taken[k], LISTED_COUNT]:
            place[pairs[taken[k], DECLARED]] = pairs[taken[k], LISTED]
    for i in range(1, i1 - i0 - 1):
        if patronymic[ours[i0 + i]]:
            son, father = place[i - 1], place[i + 1]
            if son >= 0 and father >= 0 and son == father + 2 and patronymic[theirs[j0 + father + 1]]:
                return True
    if min(i1 - i0, j1 - j0) < 3:
        return False
    given = sort[ours[i0]] == GIVEN and sort[ours[i0 + 1]] == GIVEN
    return given and place[0] == 1 and place[1] == 0 and place[2] == 2


@njit(cache=True, nogil=True)
def _left(words: Ints, first: int, end: int, sort: Bytes, used: int) -> int:
    """One bit for each class that has a word left over."""
    left = 0
    for k in range(end - first):
        if not (used >> np.uint64(k)) & np.uint64(1):
            left |= 1 << np.int64(sort[words[first + k]])
    return left


@njit(cache=True, nogil=True)
def shared_legal(ours: Ints, first: int, end: int, theirs: Ints, listed_first: int, listed_end: int) -> int:
    """The weight of the legal forms that both names have."""
    weight = 0
    for k in range(first, end):
        for m in range(listed_first, listed_end):
            if ours[k] == theirs[m]:
                weight += LEGAL_WEIGHT
    return weight


@njit(cache=True, nogil=True)
def score(
    ours: Ints,
    i0: int,
    i1: int,
    declared_weight: int,
    theirs: Ints,
    j0: int,
    j1: int,
    listed_weight: int,
    legal: int,
    sort: Bytes,
    starts: Longs,
    patronymic: Bytes,
    pairs: Ints,
    taken: Ints,
    size: int,
) -> int:
    """The score in hundredths of a point of an alignment. ``legal``: the weight of the legal forms that both names have."""
    one = np.uint64(1)
    aligned, agreed, telling, told = legal, legal * FULL, 0, False
    used, used_listed = np.uint64(0), np.uint64(0)
    inverted = False
    for t in range(size):
        k = taken[t]
        d, e, dc, lc = pairs[k, DECLARED], pairs[k, LISTED], pairs[k, DECLARED_COUNT], pairs[k, LISTED_COUNT]
        a, b = pairs[k, DECLARED_WEIGHT], pairs[k, LISTED_WEIGHT]
        weight = min(a, b) if dc == lc else max(a, b)
        mass = weight * pairs[k, SIMILARITY]
        aligned += weight
        agreed += mass
        if dc != lc:
            declared_weight += weight - a
            listed_weight += weight - b
        # An initial's class is none of the telling ones, so its agreements are not counted here either.
        if sort[ours[i0 + d]] <= GENERIC and sort[theirs[j0 + e]] <= GENERIC:
            telling += mass
            told = True
        used |= ((one << np.uint64(dc)) - one) << np.uint64(d)
        used_listed |= ((one << np.uint64(lc)) - one) << np.uint64(e)
        inverted = inverted or (t > 0 and pairs[taken[t - 1], LISTED] > e)
    if not told:
        return 0
    lighter = min(declared_weight, listed_weight)
    leads = _leads(ours, i0, theirs, j0, j1, sort, starts, pairs, taken, size)
    excess = abs(declared_weight - listed_weight)
    cost = surplus(lighter, excess, declared_weight > listed_weight, leads)
    value = HUNDRED * agreed // FULL * 100 // ((2 * lighter - aligned) * 100 + cost)
    left, left_listed = _left(ours, i0, i1, sort, used), _left(theirs, j0, j1, sort, used_listed)
    full_names = (1 << GIVEN) | (1 << RARE)
    if left & left_listed & (1 << NUMBER):
        value = value * OTHER_NUMBER // 100
    if (left & (1 << INITIAL) and left_listed & (full_names | (1 << INITIAL))) or (left_listed & (1 << INITIAL) and left & full_names):
        value = value * OTHER_INITIAL // 100
    if inverted:  # a swap is one too
        is_swapped = _is_swapped(ours, i0, i1, theirs, j0, j1, sort, patronymic, pairs, taken, size)
        value = value * (SWAPPED if is_swapped else OTHER_ORDER) // 100
    if telling < ENOUGH * FULL and value > NOT_ENOUGH:
        same = i1 - i0 == j1 - j0 and i1 - i0 >= 2
        k = 0
        while same and k < i1 - i0:
            same = ours[i0 + k] == theirs[j0 + k]
            k += 1
        if not same:
            value = NOT_ENOUGH
    return value
