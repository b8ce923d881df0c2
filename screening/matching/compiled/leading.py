"""Listed names by the few words of theirs of which one must be aligned, for one threshold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from screening.matching.compiled.assembly import END, FIRST, INITIALS, WEIGHT, Names
from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.strings import Ints, Longs
from screening.matching.compiled.words import FACTS, INITIAL, sort_of, weight_of
from screening.matching.lexicon import INITIAL_WEIGHT, MAX_WORDS

MARGIN = 1e-6  # floating point may not lose what whole numbers keep
# Columns of an entry: the name; another word that must be aligned too, for declared names without and with initials (or -1; or ANY, if
# other entries are enough); whether the listed name has initials.
NAME, PLAIN, SLACK, HAS_INITIAL = range(4)
ANY = -2


class Leading(NamedTuple):
    """Where the entries of each word start, and the entries: names by rising weight."""

    starts: Ints
    entries: Ints


@inner
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
    others = np.empty((len(names.words), 2), np.int32)
    gain = initial_gain(t)
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
        first = at
        gone = 0.0
        for k in range(held):
            word = names.words[order[k]]
            words[at], owner[at] = word, name
            others[at, 0] = -1 if gone <= allowed else ANY  # for names without initials fewer words are enough
            others[at, 1] = -1
            sizes[word + 1] += 1
            at += 1
            gone += (1 + t) * weight_of(rows[word, FACTS])
            if gone > allowed + gain:
                break
        for entry in range(first, at):
            for k in range(held):
                word = names.words[order[k]]
                cost = (1 + t) * weight_of(rows[word, FACTS])
                if word == words[entry]:
                    continue
                if others[entry, 0] == -1 and cost > allowed:
                    others[entry, 0] = word
                if others[entry, 1] == -1 and cost > allowed + gain:
                    others[entry, 1] = word
    for k in range(count):
        sizes[k + 1] += sizes[k]
    place = sizes.copy()
    entries = np.empty((at, 4), np.int32)
    for k in range(at):
        entry, name = place[words[k]], owner[k]
        entries[entry, NAME], entries[entry, PLAIN], entries[entry, SLACK] = name, others[k, 0], others[k, 1]
        entries[entry, HAS_INITIAL] = names.rows[name, INITIALS] != 0
        place[words[k]] += 1
    return Leading(sizes, entries)
