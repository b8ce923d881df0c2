"""Names put together from spelled words: abbreviations written out, legal forms set aside, weights added up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from screening.matching.compiled.near import INITIAL
from screening.matching.compiled.strings import Ints, Longs
from screening.matching.compiled.vocabulary import Attributes, Keys
from screening.matching.lexicon import LEGAL_WEIGHT, MAX_WORDS


class Names(NamedTuple):
    """Many names: where the words and legal forms of each start (with a last end), and what each name weighs."""

    starts: Longs
    words: Ints
    surfaces: Ints
    legal_starts: Longs
    legal: Ints
    weight: Ints
    initials: Ints  # the part of the weight that initials have


@njit(cache=True, nogil=True)
def _key_at(spelled: Ints, place: int, end: int, known: Attributes, keys: Keys) -> int:
    """The longest key that starts at a place, or -1."""
    row = known.key[spelled[place]]
    if row < 0:
        return -1
    while row < len(keys.legal) and keys.words[keys.starts[row]] == spelled[place]:
        length = keys.starts[row + 1] - keys.starts[row]
        if place + length <= end:
            k = 1
            while k < length and keys.words[keys.starts[row] + k] == spelled[place + k]:
                k += 1
            if k == length:
                return row
        row += 1
    return -1


@njit(cache=True, nogil=True)
def assemble(spelled: Ints, bounds: Longs, known: Attributes, keys: Keys) -> Names:
    """The names of which the spelled words are given."""
    count = len(bounds) - 1
    room = len(spelled) + 256
    starts, legal_starts = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    words, surfaces = np.empty(room, np.int32), np.empty(room, np.int32)
    legal = np.empty(len(spelled) + 1, np.int32)
    weight, initials = np.zeros(count, np.int32), np.zeros(count, np.int32)
    at, legal_at = 0, 0
    for name in range(count):
        place, end = bounds[name], bounds[name + 1]
        if at + MAX_WORDS + 256 > len(words):
            words = np.concatenate((words, np.empty(len(words) + 512, np.int32)))
            surfaces = np.concatenate((surfaces, np.empty(len(surfaces) + 512, np.int32)))
        while place < end:
            row = _key_at(spelled, place, end, known, keys)
            form = -1
            if row >= 0:
                form = keys.legal[row]
                if form < 0:
                    for k in range(keys.expansion_starts[row], keys.expansion_starts[row + 1]):
                        if at - starts[name] < MAX_WORDS:
                            words[at] = known.text[keys.expansion[k]]
                            surfaces[at] = keys.surface[row]
                            at += 1
                place += keys.starts[row + 1] - keys.starts[row]
            else:
                word = spelled[place]
                form = known.legal[word]
                if form < 0 and at - starts[name] < MAX_WORDS:
                    words[at] = known.text[word]
                    surfaces[at] = word
                    at += 1
                place += 1
            if form >= 0:
                is_new = True
                for k in range(legal_starts[name], legal_at):
                    is_new = is_new and legal[k] != form
                if is_new:
                    legal[legal_at] = form
                    legal_at += 1
        for k in range(starts[name], at):
            weight[name] += known.weight[words[k]]
            if known.sort[words[k]] == INITIAL:
                initials[name] += known.weight[words[k]]
        weight[name] += LEGAL_WEIGHT * (legal_at - legal_starts[name])
        starts[name + 1] = at
        legal_starts[name + 1] = legal_at
    return Names(starts, words[:at].copy(), surfaces[:at].copy(), legal_starts, legal[:legal_at].copy(), weight, initials)
