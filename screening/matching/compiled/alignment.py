"""The score of two names, compiled: ``screening.matching.score`` rule by rule, in the same whole numbers."""

from __future__ import annotations

import numpy as np

from screening.matching.compiled.enough import (
    DECLARED,
    DECLARED_COUNT,
    DECLARED_WEIGHT,
    EAR,
    FROM_INITIAL,
    KIND,
    LISTED,
    LISTED_COUNT,
    LISTED_WEIGHT,
    MASS,
    NAMES,
    SIMILARITY,
    is_doubtful,
    is_too_little,
    left_over,
)
from screening.matching.compiled.kernel import inner
from screening.matching.compiled.strings import Ints, Longs, Strings
from screening.matching.compiled.words import (
    COMMON,
    FACTS,
    GENERIC,
    GIVEN,
    INITIAL,
    IS_PATRONYMIC,
    LAST_NAME,
    LAST_TELLING,
    NUMBER,
    length_of,
    sort_of,
)
from screening.matching.lexicon import LEGAL_WEIGHT
from screening.matching.link import FULL
from screening.matching.score import (
    BEFORE_NUMBER,
    BY_EAR_ALONE,
    DECLARED_SURPLUS,
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
def _leads(ours: Ints, i0: int, i1: int, theirs: Ints, j0: int, j1: int, rows: Longs, pairs: Ints, taken: Ints, size: int) -> bool:
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
        rare = rare or sort_of(rows[theirs[j], FACTS]) <= COMMON
    least = LONG_WORD
    for i in range(i0 + pairs[taken[size - 1], DECLARED] + pairs[taken[size - 1], DECLARED_COUNT], i1):
        if sort_of(rows[ours[i], FACTS]) == NUMBER:
            least = BEFORE_NUMBER
    return rare and (j1 - j0 > 1 or length_of(rows[theirs[j0], FACTS]) >= least)


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
def shared_legal(ours: Ints, first: int, end: int, theirs: Ints, listed_first: int, listed_end: int) -> int:
    """How many legal forms both names have."""
    shared = 0
    for k in range(first, end):
        for m in range(listed_first, listed_end):
            shared += ours[k] == theirs[m]
    return shared


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
    forms: int,
    listed_forms: int,
    strings: Strings,
    rows: Longs,
    pairs: Ints,
    taken: Ints,
    size: int,
) -> int:
    """The score in hundredths of a point of an alignment.

    ``legal``: how many legal forms both names have; ``forms`` and ``listed_forms``: how many each has.
    """
    one = np.uint64(1)
    aligned, agreed, told = legal * LEGAL_WEIGHT, legal * LEGAL_WEIGHT * FULL, 0
    used, used_listed = np.uint64(0), np.uint64(0)
    inverted = False
    names, name = 0, 0
    for t in range(size):
        k = taken[t]
        d, e, dc, lc = pairs[k, DECLARED], pairs[k, LISTED], pairs[k, DECLARED_COUNT], pairs[k, LISTED_COUNT]
        a, b = pairs[k, DECLARED_WEIGHT], pairs[k, LISTED_WEIGHT]
        weight = min(a, b) if dc == lc else max(a, b)
        aligned += weight
        agreed += weight * pairs[k, SIMILARITY]
        if pairs[k, KIND] != FROM_INITIAL:
            declared_weight += weight - a
            listed_weight += weight - b
        sort, listed_sort = sort_of(rows[ours[i0 + d], FACTS]), sort_of(rows[theirs[j0 + e], FACTS])
        told += sort <= LAST_TELLING and listed_sort <= LAST_TELLING and pairs[k, KIND] != FROM_INITIAL
        if sort <= LAST_NAME and listed_sort <= LAST_NAME:
            names, name = names + 1, k
        used |= ((one << np.uint64(dc)) - one) << np.uint64(d)
        used_listed |= ((one << np.uint64(lc)) - one) << np.uint64(e)
        inverted = inverted or (t > 0 and pairs[taken[t - 1], LISTED] > e)
    if not told:
        return 0
    lighter = min(declared_weight, listed_weight)
    leads = _leads(ours, i0, i1, theirs, j0, j1, rows, pairs, taken, size)
    excess = abs(declared_weight - listed_weight)
    cost = surplus(lighter, excess, declared_weight > listed_weight, leads)
    value = HUNDRED * agreed // FULL * 100 // ((2 * lighter - aligned) * 100 + cost)
    left, left_listed = left_over(ours, i0, i1, rows, used), left_over(theirs, j0, j1, rows, used_listed)
    if left & left_listed & (1 << NUMBER):
        value = value * OTHER_NUMBER // 100
    if (left & (1 << INITIAL) and left_listed & (NAMES | (1 << INITIAL))) or (left_listed & (1 << INITIAL) and left & NAMES):
        value = value * OTHER_INITIAL // 100
    if inverted:  # a swap is one too
        is_swapped = _is_swapped(ours, i0, i1, theirs, j0, j1, rows, pairs, taken, size)
        value = value * (SWAPPED if is_swapped else OTHER_ORDER) // 100
    if names == 1:
        if pairs[name, KIND] == EAR:
            value = value * BY_EAR_ALONE // 100
        differs = left != 0 or left_listed != 0 or legal != forms or legal != listed_forms
        if is_doubtful(ours, i0, theirs, j0, strings, rows, pairs, name, told == 1, differs):
            value = value * BY_EAR_ALONE // 100
    if value > NOT_ENOUGH and is_too_little(
        ours, i0, i1, theirs, j0, j1, rows, pairs, taken, size, left, left_listed, legal, forms, listed_forms
    ):
        value = NOT_ENOUGH
    return value
