"""The score of two names, compiled: ``screening.matching.score`` rule by rule, in the same whole numbers."""

from __future__ import annotations

import numpy as np

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.strings import Ints, Longs
from screening.matching.compiled.words import FACTS, GENERIC, GIVEN, INITIAL, IS_PATRONYMIC, NUMBER, RARE, length_of, sort_of
from screening.matching.lexicon import LEGAL_WEIGHT
from screening.matching.link import FULL
from screening.matching.score import (
    BY_EAR_ALONE,
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

# Columns of an agreement. Its kind is told apart as far as the score asks.
DECLARED, DECLARED_COUNT, LISTED, LISTED_COUNT, SIMILARITY, DECLARED_WEIGHT, LISTED_WEIGHT, MASS, KIND = range(9)
SPELLED, EAR, FROM_INITIAL = range(3)
PAIR_COLUMNS = 9
_NONE = -1


@inner
def surplus(lighter: int, excess: int, declared_is_longer: bool, leads: bool) -> int:
    """What the excess weight of the heavier name costs, in hundredths of weight."""
    if not declared_is_longer:
        return excess * LISTED_SURPLUS
    cost = excess * DECLARED_SURPLUS
    return min(cost, lighter * SURPLUS_CAP) if lighter >= SUBSTANTIAL or (leads and lighter >= LEADING) else cost


@inner
def add_pair(pairs: Ints, at: int, i: int, i_count: int, j: int, j_count: int, similarity: int, ours: int, theirs: int, kind: int) -> int:
    """Writes one agreement to row ``at``; gives the next row."""
    pairs[at, DECLARED], pairs[at, DECLARED_COUNT] = i, i_count
    pairs[at, LISTED], pairs[at, LISTED_COUNT] = j, j_count
    pairs[at, SIMILARITY], pairs[at, DECLARED_WEIGHT], pairs[at, LISTED_WEIGHT], pairs[at, KIND] = similarity, ours, theirs, kind
    weight = min(ours, theirs) if i_count == j_count else max(ours, theirs)
    pairs[at, MASS] = weight * similarity
    return at + 1


@inner
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


@inner
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


@inner
def _leads(ours: Ints, i0: int, theirs: Ints, j0: int, j1: int, rows: Longs, pairs: Ints, taken: Ints, size: int) -> bool:
    listed = 0
    for k in range(size):
        listed += pairs[taken[k], LISTED_COUNT]
    if size == 0 or listed < j1 - j0:
        return False
    for i in range(pairs[taken[0], DECLARED]):
        if sort_of(rows[ours[i0 + i], FACTS]) < GENERIC:
            return False
    for k in range(1, size):
        one, other = taken[k - 1], taken[k]
        if pairs[other, DECLARED] != pairs[one, DECLARED] + pairs[one, DECLARED_COUNT] or pairs[other, LISTED] < pairs[one, LISTED]:
            return False
    rare = False
    for j in range(j0, j1):
        rare = rare or sort_of(rows[theirs[j], FACTS]) == RARE
    return rare and (j1 - j0 > 1 or length_of(rows[theirs[j0], FACTS]) >= LONG_WORD)


@inner
def _beside(pairs: Ints, taken: Ints, size: int, i: int) -> int:
    """The listed place of the single word that the declared one at ``i`` is aligned with, or none."""
    for k in range(size):
        if pairs[taken[k], DECLARED] == i and pairs[taken[k], DECLARED_COUNT] == pairs[taken[k], LISTED_COUNT]:
            return pairs[taken[k], LISTED]
    return _NONE


@inner
def _is_swapped(ours: Ints, i0: int, i1: int, theirs: Ints, j0: int, j1: int, rows: Longs, pairs: Ints, taken: Ints, size: int) -> bool:
    for i in range(1, i1 - i0 - 1):
        if rows[ours[i0 + i], FACTS] & IS_PATRONYMIC:
            son, father = _beside(pairs, taken, size, i - 1), _beside(pairs, taken, size, i + 1)
            if son >= 0 and father >= 0 and son == father + 2 and rows[theirs[j0 + father + 1], FACTS] & IS_PATRONYMIC:
                return True
    if min(i1 - i0, j1 - j0) < 3:
        return False
    given = sort_of(rows[ours[i0], FACTS]) == GIVEN and sort_of(rows[ours[i0 + 1], FACTS]) == GIVEN
    is_exchanged = _beside(pairs, taken, size, 0) == 1 and _beside(pairs, taken, size, 1) == 0
    return given and is_exchanged and _beside(pairs, taken, size, 2) == 2


@inner
def _left(words: Ints, first: int, end: int, rows: Longs, used: int) -> int:
    """One bit for each class that has a word left over."""
    left = 0
    for k in range(end - first):
        if not (used >> np.uint64(k)) & np.uint64(1):
            left |= 1 << sort_of(rows[words[first + k], FACTS])
    return left


@inner
def shared_legal(ours: Ints, first: int, end: int, theirs: Ints, listed_first: int, listed_end: int) -> int:
    """How many legal forms both names have."""
    shared = 0
    for k in range(first, end):
        for m in range(listed_first, listed_end):
            shared += ours[k] == theirs[m]
    return shared


@inner
def _same_words(ours: Ints, i0: int, i1: int, theirs: Ints, j0: int, j1: int) -> bool:
    """Whether two names have the same words, in any order."""
    if i1 - i0 != j1 - j0:
        return False
    used = np.uint64(0)
    for i in range(i0, i1):
        is_met = False
        for j in range(j1 - j0):
            if ours[i] == theirs[j0 + j] and not (used >> np.uint64(j)) & np.uint64(1):
                used |= np.uint64(1) << np.uint64(j)
                is_met = True
                break
        if not is_met:
            return False
    return True


@inner
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
    same_legal: bool,
    rows: Longs,
    pairs: Ints,
    taken: Ints,
    size: int,
) -> int:
    """The score in hundredths of a point of an alignment. ``legal``: how many legal forms both names have; ``same_legal``: no others."""
    one = np.uint64(1)
    aligned, agreed, telling, told = legal * LEGAL_WEIGHT, legal * LEGAL_WEIGHT * FULL, 0, False
    used, used_listed = np.uint64(0), np.uint64(0)
    inverted = False
    names, names_by_ear = 0, False
    for t in range(size):
        k = taken[t]
        d, e, dc, lc = pairs[k, DECLARED], pairs[k, LISTED], pairs[k, DECLARED_COUNT], pairs[k, LISTED_COUNT]
        a, b = pairs[k, DECLARED_WEIGHT], pairs[k, LISTED_WEIGHT]
        weight = min(a, b) if dc == lc else max(a, b)
        mass = weight * pairs[k, SIMILARITY]
        aligned += weight
        agreed += mass
        if pairs[k, KIND] != FROM_INITIAL:
            declared_weight += weight - a
            listed_weight += weight - b
        sort, listed_sort = sort_of(rows[ours[i0 + d], FACTS]), sort_of(rows[theirs[j0 + e], FACTS])
        if sort <= GENERIC and listed_sort <= GENERIC and pairs[k, KIND] != FROM_INITIAL:
            telling += mass
            told = True
        if sort <= GIVEN and listed_sort <= GIVEN:
            names += 1
            names_by_ear = pairs[k, KIND] == EAR
        used |= ((one << np.uint64(dc)) - one) << np.uint64(d)
        used_listed |= ((one << np.uint64(lc)) - one) << np.uint64(e)
        inverted = inverted or (t > 0 and pairs[taken[t - 1], LISTED] > e)
    if not told:
        return 0
    lighter = min(declared_weight, listed_weight)
    leads = _leads(ours, i0, theirs, j0, j1, rows, pairs, taken, size)
    excess = abs(declared_weight - listed_weight)
    cost = surplus(lighter, excess, declared_weight > listed_weight, leads)
    value = HUNDRED * agreed // FULL * 100 // ((2 * lighter - aligned) * 100 + cost)
    left, left_listed = _left(ours, i0, i1, rows, used), _left(theirs, j0, j1, rows, used_listed)
    full_names = (1 << GIVEN) | (1 << RARE)
    if left & left_listed & (1 << NUMBER):
        value = value * OTHER_NUMBER // 100
    if (left & (1 << INITIAL) and left_listed & (full_names | (1 << INITIAL))) or (left_listed & (1 << INITIAL) and left & full_names):
        value = value * OTHER_INITIAL // 100
    if inverted:  # a swap is one too
        is_swapped = _is_swapped(ours, i0, i1, theirs, j0, j1, rows, pairs, taken, size)
        value = value * (SWAPPED if is_swapped else OTHER_ORDER) // 100
    if names == 1 and names_by_ear:
        value = value * BY_EAR_ALONE // 100
    if telling < ENOUGH * FULL and value > NOT_ENOUGH:
        is_same = _same_words(ours, i0, i1, theirs, j0, j1)
        if not is_same or (i1 - i0 < 2 and not (same_legal and sort_of(rows[ours[i0], FACTS]) == RARE)):
            value = NOT_ENOUGH
    return value
