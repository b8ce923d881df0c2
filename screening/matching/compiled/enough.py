"""Whether what agrees of two names is enough, compiled: ``screening.matching.enough`` rule by rule.

What is left over of a name is a set of classes, one bit each.
"""

from __future__ import annotations

import numpy as np

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.strings import Ints, Longs, Strings
from screening.matching.compiled.words import (
    COMMON,
    FACTS,
    GIVEN,
    LAST_NAME,
    LAST_TELLING,
    NUMBER,
    RARE,
    SECTOR,
    first_letter,
    length_of,
    sort_of,
    weight_of,
)
from screening.matching.enough import COMMON as COMMON_COUNTS
from screening.matching.enough import ENOUGH, FEW, INITIALS, LONG_NAME, SHORT_ALONE, SHORT_NAME, SHORTEST_NAME
from screening.matching.lexicon import PARTICLE_WEIGHT
from screening.matching.link import ABBREVIATION, FULL, JOINED

# Columns of an agreement. Its kind is told apart as far as the score asks.
DECLARED, DECLARED_COUNT, LISTED, LISTED_COUNT, SIMILARITY, DECLARED_WEIGHT, LISTED_WEIGHT, MASS, KIND = range(9)
SPELLED, EAR, FROM_INITIAL = range(3)
PAIR_COLUMNS = 9
NAMES = (1 << (LAST_NAME + 1)) - 1
TELLING = (1 << (LAST_TELLING + 1)) - 1


@inner
def left_over(words: Ints, first: int, end: int, rows: Longs, used: int) -> int:
    """One bit for each class that has a word left over; little words and initials written as one word say nothing."""
    left = 0
    for k in range(end - first):
        facts = rows[words[first + k], FACTS]
        is_initials = sort_of(facts) <= COMMON and length_of(facts) <= INITIALS
        if not (used >> np.uint64(k)) & np.uint64(1) and weight_of(facts) > PARTICLE_WEIGHT and not is_initials:
            left |= 1 << sort_of(facts)
    return left


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
def _sorts(pairs: Ints, k: int, ours: Ints, i0: int, theirs: Ints, j0: int, rows: Longs) -> tuple[int, int]:
    """The classes of two words that agree."""
    return sort_of(rows[ours[i0 + pairs[k, DECLARED]], FACTS]), sort_of(rows[theirs[j0 + pairs[k, LISTED]], FACTS])


@inner
def _counted(pairs: Ints, k: int, sort: int) -> int:
    """What an agreement counts of what a match needs."""
    a, b = pairs[k, DECLARED_WEIGHT], pairs[k, LISTED_WEIGHT]
    is_joined = pairs[k, DECLARED_COUNT] + pairs[k, LISTED_COUNT] > 2
    weight = max(a, b) if is_joined else min(a, b)
    if weight <= PARTICLE_WEIGHT:
        return 0
    if is_joined:
        return min(a, b) if min(a, b) > PARTICLE_WEIGHT else weight
    return min(weight, COMMON_COUNTS) if sort == COMMON else weight


@inner
def _letters(pairs: Ints, k: int, theirs: Ints, j0: int, rows: Longs) -> int:
    """The letters of the listed words of an agreement."""
    letters = 0
    for j in range(j0 + pairs[k, LISTED], j0 + pairs[k, LISTED] + pairs[k, LISTED_COUNT]):
        letters += length_of(rows[theirs[j], FACTS])
    return letters


@inner
def is_too_little(
    ours: Ints,
    i0: int,
    i1: int,
    theirs: Ints,
    j0: int,
    j1: int,
    rows: Longs,
    pairs: Ints,
    taken: Ints,
    size: int,
    left: int,
    left_listed: int,
    legal: int,
    forms: int,
    listed_forms: int,
) -> bool:
    """Whether the telling words that agree are too few, or less than what makes another party of one of the two names."""
    agreed, telling, first, name_letters = 0, 0, 0, 0
    is_named, has_common, has_rare, has_number = False, False, False, False
    for t in range(size):
        k = taken[t]
        sort, listed_sort = _sorts(pairs, k, ours, i0, theirs, j0, rows)
        has_number |= listed_sort == NUMBER
        if sort > LAST_TELLING or listed_sort > LAST_TELLING or pairs[k, KIND] == FROM_INITIAL:
            continue
        first = k if telling == 0 else first
        telling += 1
        agreed += _counted(pairs, k, sort) * pairs[k, SIMILARITY]
        has_common |= listed_sort == COMMON
        has_rare |= listed_sort == RARE
        is_joined = pairs[k, DECLARED_COUNT] + pairs[k, LISTED_COUNT] > 2
        if is_joined or (sort <= LAST_NAME and listed_sort <= LAST_NAME and not (sort == COMMON and listed_sort == COMMON)):
            is_named = True
            if pairs[k, SIMILARITY] >= JOINED:
                name_letters += _letters(pairs, k, theirs, j0, rows)
    if agreed < ENOUGH * FULL:
        if not _same_words(ours, i0, i1, theirs, j0, j1):
            return True
        is_same_name = legal == forms and legal == listed_forms and sort_of(rows[ours[i0], FACTS]) <= COMMON
        return i1 - i0 < 2 and not is_same_name
    if left & (1 << SECTOR) and name_letters <= SHORT_NAME:
        return True
    if left & (1 << NUMBER):
        left &= 1 << SECTOR
    contradict = forms > 0 and listed_forms > 0 and legal == 0
    if not is_named:
        if not has_common and left_listed & NAMES and agreed < 2 * ENOUGH * FULL:
            return True
        return telling < FEW and (left & TELLING != 0 or (left_listed != 0 and contradict))
    if agreed < 2 * ENOUGH * FULL and not has_rare and left & NAMES:
        return True
    if telling > 1 or has_number:
        return False
    letters = _letters(pairs, first, theirs, j0, rows)
    if letters <= SHORTEST_NAME:
        return contradict or (left | left_listed) & TELLING != 0
    if letters <= SHORTEST_NAME + 1 and left & TELLING:
        return True
    return (left & (1 << GIVEN) != 0 and letters <= SHORT_NAME) or (contradict and (left | left_listed) & TELLING != 0)


@inner
def is_doubtful(
    ours: Ints, i0: int, theirs: Ints, j0: int, strings: Strings, rows: Longs, pairs: Ints, name: int, is_alone: bool, differs: bool
) -> bool:
    """Whether the one name in common, misspelt, is too short for it, starts with another letter, or something else differs."""
    is_joined = pairs[name, DECLARED_COUNT] + pairs[name, LISTED_COUNT] > 2
    if pairs[name, SIMILARITY] >= (JOINED if is_joined else ABBREVIATION):
        return False
    if is_joined:
        return differs
    one, other = ours[i0 + pairs[name, DECLARED]], theirs[j0 + pairs[name, LISTED]]
    length, listed_length = length_of(rows[one, FACTS]), length_of(rows[other, FACTS])
    shorter = min(length, listed_length)
    if pairs[name, KIND] == EAR:
        return shorter < (SHORT_ALONE if is_alone else SHORTEST_NAME + 1)
    if (differs and shorter < LONG_NAME) or shorter <= SHORTEST_NAME:
        return True
    if is_alone and length == listed_length and length <= SHORT_ALONE and not _same_letters(one, other, strings):
        return True
    return not starts_alike(one, other, strings, rows)


@inner
def starts_alike(one: int, other: int, strings: Strings, rows: Longs) -> bool:
    """Whether two words have one first letter, or their first two letters exchanged."""
    if first_letter(rows[one, FACTS]) == first_letter(rows[other, FACTS]):
        return True
    letters, i, j = strings.letters, strings.starts[one], strings.starts[other]
    if strings.starts[one + 1] - i < 2 or strings.starts[other + 1] - j < 2:
        return False
    return letters[i] == letters[j + 1] and letters[i + 1] == letters[j]


@inner
def _same_letters(one: int, other: int, strings: Strings) -> bool:
    """Whether two words of one length have the same letters in any order."""
    letters, i, j = strings.letters, strings.starts[one], strings.starts[other]
    size = strings.starts[one + 1] - i
    for k in range(size):
        ours, theirs = 0, 0
        for m in range(size):
            ours += letters[i + m] == letters[i + k]
            theirs += letters[j + m] == letters[i + k]
        if ours != theirs:
            return False
    return True
