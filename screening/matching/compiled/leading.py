"""Listed names by the few words of theirs of which one must be aligned, for one threshold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.assembly import END, FIRST, INITIALS, WEIGHT, Names
from screening.matching.compiled.edges import sign
from screening.matching.compiled.kernel import kernel
from screening.matching.compiled.listing import HAS_INITIALS
from screening.matching.compiled.strings import Ints, Longs
from screening.matching.compiled.words import FACTS, INITIAL, sort_of, weight_of
from screening.matching.lexicon import INITIAL_WEIGHT, MAX_WORDS

MARGIN = 1e-6  # floating point may not lose what whole numbers keep
NAME, PLAIN, SLACK = range(3)  # columns of an entry: the name, and the signs of the words that must each be aligned


class Leading(NamedTuple):
    """Where the entries of each word start, and the entries: names by rising weight.

    ``PLAIN`` signs hold for declared names without initials, ``SLACK`` signs for all that are looked up here (see ``scan``); both tell
    whether the listed name has initials.
    """

    starts: Ints
    entries: NDArray[np.uint64]


@kernel
def initial_gain(t: float) -> float:
    """The most that an initial takes off the costs of a name (see ``scan``)."""
    return (1 + t) * INITIAL_WEIGHT


@kernel
def lead(names: Names, rows: Longs, frequency: Ints, need: int) -> Leading:
    """The listed names by their leading words at a threshold."""
    t = need / 10_000
    count = len(frequency)
    sizes = np.zeros(count + 1, np.int32)
    words, owner = np.empty(len(names.words), np.int32), np.empty(len(names.words), np.int32)
    plain, slack = np.zeros(len(names.rows), np.uint64), np.zeros(len(names.rows), np.uint64)
    order = np.empty(MAX_WORDS, np.int64)
    at = 0
    for name in range(len(names.rows)):
        held = 0
        for i in range(names.rows[name, FIRST], names.rows[name, END]):
            if sort_of(rows[names.words[i], FACTS]) == INITIAL:
                continue
            k = held
            while k > 0 and frequency[names.words[order[k - 1]]] > frequency[names.words[i]]:
                order[k] = order[k - 1]
                k -= 1
            order[k] = i
            held += 1
        allowed = (1 - t) * names.rows[name, WEIGHT] + MARGIN
        gone = 0.0
        is_led = True
        if names.rows[name, INITIALS]:
            plain[name], slack[name] = HAS_INITIALS, HAS_INITIALS
        for k in range(held):
            word = names.words[order[k]]
            cost = (1 + t) * weight_of(rows[word, FACTS])
            if cost > allowed:
                plain[name] |= sign(word)
            if cost > allowed + initial_gain(t):
                slack[name] |= sign(word)
            if is_led:
                words[at], owner[at] = word, name
                sizes[word + 1] += 1
                at += 1
                gone += cost
                is_led = gone <= allowed + initial_gain(t)
    for k in range(count):
        sizes[k + 1] += sizes[k]
    place = sizes.copy()
    entries = np.empty((at, 3), np.uint64)
    for k in range(at):
        entry = place[words[k]]
        entries[entry, NAME], entries[entry, PLAIN], entries[entry, SLACK] = np.uint64(owner[k]), plain[owner[k]], slack[owner[k]]
        place[words[k]] += 1
    return Leading(sizes, entries)
