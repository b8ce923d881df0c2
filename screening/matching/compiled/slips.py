"""Names that are the same word for word but for slips of the pen, found and told: ``screening.matching.slips`` compiled.

A word of such names stands as it is, and every other keeps its first letter or has its first two exchanged. So a listed name is
entered under each word that may stand so, together with the place, the number of words, the legal forms and the first letters of the
other words; and a declared name is looked up with the letters as they are, and with one or two words begun by their second letter.
"""

from __future__ import annotations

import numpy as np

from screening.matching.compiled.assembly import END, FIRST, LEGAL_END, LEGAL_FIRST, Names
from screening.matching.compiled.enough import starts_alike
from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.near import osa
from screening.matching.compiled.strings import Ints, Longs, Strings
from screening.matching.compiled.variants import Buckets, is_set, mixed, set_bit
from screening.matching.compiled.words import FACTS, IS_ALPHA, LAST_NAME, first_letter, is_known, length_of, sort_of
from screening.matching.slips import LEAST_SLIPPED, MOST_SLIPS, SLIPPED_BESIDE


@inner
def _stands(facts: int) -> bool:
    """Whether a word tells enough, standing as it is, for others beside it to have slips."""
    return sort_of(facts) <= LAST_NAME and length_of(facts) >= SLIPPED_BESIDE


@inner
def _begins(place: int, letter: int) -> int:
    """The share of one word in the hash of the first letters of a name."""
    return mixed(np.uint64(place * 256 + letter + 1) * np.uint64(0x9E3779B97F4A7C15))


@inner
def _frame(names: Names, name: int) -> int:
    """The hash of how many words a name has, and of its legal forms."""
    value = mixed(np.uint64(names.rows[name, END] - names.rows[name, FIRST]) * np.uint64(0xD6E8FEB86659FD93))
    for k in range(names.rows[name, LEGAL_FIRST], names.rows[name, LEGAL_END]):
        value += mixed(np.uint64(names.legal[k] + 1) * np.uint64(0xA0761D6478BD642F))
    return value


@inner
def _shape(names: Names, name: int, rows: Longs, frame: int) -> int:
    """The hash of the frame of a name and of its first letters."""
    first, value = names.rows[name, FIRST], frame
    for k in range(first, names.rows[name, END]):
        value += _begins(k - first, first_letter(rows[names.words[k], FACTS]))
    return value


@inner
def _standing(shape: int, place: int, word: int) -> int:
    """The hash of a name with one word standing as it is; the shape without its first letter."""
    return mixed(shape + np.uint64(place) * np.uint64(0xE7037ED1A0B428DB) + np.uint64(word) * np.uint64(0x8EBC6AF09C88C6E3))


@kernel
def names_standing(names: Names, rows: Longs) -> Buckets:
    """The listed names under each word that may stand beside slips."""
    count = 0
    for name in range(len(names.rows)):
        first, end = names.rows[name, FIRST], names.rows[name, END]
        for k in range(first, end if end - first > 1 else first):
            count += _stands(rows[names.words[k], FACTS])
    slots, bits = 16, 64
    while slots < count:
        slots *= 2
    while bits < 16 * count:
        bits *= 2
    table = Buckets(np.zeros(slots + 1, np.int32), np.empty(count, np.int32), np.empty(count, np.uint32), np.zeros(bits // 64, np.uint64))
    hashes, owner = np.empty(count, np.uint64), np.empty(count, np.int32)
    at = 0
    for name in range(len(names.rows)):
        first, end = names.rows[name, FIRST], names.rows[name, END]
        frame = _frame(names, name)
        shape = _shape(names, name, rows, frame)
        for k in range(first, end if end - first > 1 else first):
            facts = rows[names.words[k], FACTS]
            if _stands(facts):
                hashes[at] = _standing(shape - _begins(k - first, first_letter(facts)), k - first, names.words[k])
                set_bit(table.bits, _standing(frame, k - first, names.words[k]))
                owner[at] = name
                at += 1
    mask = np.uint64(slots - 1)
    for k in range(count):
        table.starts[np.int64(hashes[k] & mask) + 1] += 1
    for bucket in range(slots):
        table.starts[bucket + 1] += table.starts[bucket]
    place = table.starts.copy()
    for k in range(count):
        bucket = np.int64(hashes[k] & mask)
        table.words[place[bucket]], table.checks[place[bucket]] = owner[k], np.uint32(hashes[k] >> np.uint64(32))
        place[bucket] += 1
        set_bit(table.bits, hashes[k])
    return table


@inner
def is_slipped(ours: Names, name: int, listed: Names, d: int, strings: Strings, rows: Longs) -> bool:
    """Whether two names are the same word for word but for two slips of the pen in one or two words."""
    i0, j0, size = ours.rows[name, FIRST], listed.rows[d, FIRST], ours.rows[name, END] - ours.rows[name, FIRST]
    if listed.rows[d, END] - j0 != size:
        return False
    forms, k0 = ours.rows[name, LEGAL_END] - ours.rows[name, LEGAL_FIRST], listed.rows[d, LEGAL_FIRST]
    if listed.rows[d, LEGAL_END] - k0 != forms:
        return False
    for k in range(ours.rows[name, LEGAL_FIRST], ours.rows[name, LEGAL_END]):
        is_shared = False
        for m in range(k0, k0 + forms):
            is_shared |= ours.legal[k] == listed.legal[m]
        if not is_shared:
            return False
    starts, slips, is_named = strings.starts, 0, False
    for k in range(size):
        one, other = ours.words[i0 + k], listed.words[j0 + k]
        facts, its = rows[one, FACTS], rows[other, FACTS]
        if one == other:
            is_named |= _stands(facts)
            continue
        if min(length_of(facts), length_of(its)) < LEAST_SLIPPED or not facts & its & IS_ALPHA or (is_known(facts) and is_known(its)):
            return False
        if not starts_alike(one, other, strings, rows):
            return False
        slips += osa(strings.letters, starts[one], starts[one + 1], strings.letters, starts[other], starts[other + 1], MOST_SLIPS)
        if slips > MOST_SLIPS:
            return False
    return is_named and slips > 0


@inner
def add_slipped(
    ours: Names,
    name: int,
    listed: Names,
    standing: Buckets,
    singles: int,
    strings: Strings,
    rows: Longs,
    mark: int,
    visited: Ints,
    stamp: int,
    found: Longs,
    begin: int,
    at: int,
) -> int:
    """Adds the listed names that a declared one is but for slips of the pen, and marks those found already; gives the next candidate."""
    first, end = ours.rows[name, FIRST], ours.rows[name, END]
    frame = _frame(ours, name)
    shape = np.uint64(0)  # not yet worked out
    for k in range(first, end if end - first > 1 else first):
        word = ours.words[k]
        if word >= singles or not _stands(rows[word, FACTS]):
            continue
        # Whatever is found has this word in this place and the same frame, and so its bit, with which names_standing began.
        if not is_set(standing.bits, _standing(frame, k - first, word)):
            continue
        if shape == np.uint64(0):
            shape = _shape(ours, name, rows, frame)
        base = shape - _begins(k - first, first_letter(rows[word, FACTS]))
        at = _look_up(_standing(base, k - first, word), ours, name, listed, standing, strings, rows, mark, visited, stamp, found, begin, at)
        for m in range(first, end):
            change = _exchange(ours.words[m], m - first, strings, rows) if m != k else np.uint64(0)
            if change == np.uint64(0):
                continue
            key = _standing(base + change, k - first, word)
            at = _look_up(key, ours, name, listed, standing, strings, rows, mark, visited, stamp, found, begin, at)
            for n in range(m + 1, end):
                another = _exchange(ours.words[n], n - first, strings, rows) if n != k else np.uint64(0)
                if another != np.uint64(0):
                    key = _standing(base + change + another, k - first, word)
                    at = _look_up(key, ours, name, listed, standing, strings, rows, mark, visited, stamp, found, begin, at)
    return at


@inner
def _exchange(word: int, place: int, strings: Strings, rows: Longs) -> int:
    """What the shape of a name changes by if a word starts with its second letter instead; 0 if nothing."""
    first = strings.starts[word]
    if strings.starts[word + 1] - first < LEAST_SLIPPED or not rows[word, FACTS] & IS_ALPHA:
        return np.uint64(0)
    return _begins(place, strings.letters[first + 1]) - _begins(place, strings.letters[first])


@inner
def _look_up(
    key: int,
    ours: Names,
    name: int,
    listed: Names,
    standing: Buckets,
    strings: Strings,
    rows: Longs,
    mark: int,
    visited: Ints,
    stamp: int,
    found: Longs,
    begin: int,
    at: int,
) -> int:
    if not is_set(standing.bits, key):
        return at
    bucket, check = np.int64(key & np.uint64(len(standing.starts) - 2)), np.uint32(key >> np.uint64(32))
    for entry in range(standing.starts[bucket], standing.starts[bucket + 1]):
        d = standing.words[entry]
        if standing.checks[entry] != check or not is_slipped(ours, name, listed, d, strings, rows):
            continue
        if visited[d] != stamp:
            visited[d] = stamp
            found[at] = d | mark
            at += 1
        else:
            for c in range(begin, at):
                if found[c] & 0xFFFFFFFF == d:
                    found[c] |= mark
    return at
