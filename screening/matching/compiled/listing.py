"""The listed names made ready for the compiled search."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.assembly import Names
from screening.matching.compiled.edges import ListedWords
from screening.matching.compiled.keys import BY_LOOSE, BY_SKELETON, BY_SOUND, Groups, enter_keys, grouped
from screening.matching.compiled.near import INITIAL, Facts
from screening.matching.compiled.scan import DECLARED_SLACK, HAS_INITIALS, LISTED_SLACK, Leading, Listed, Together, sign
from screening.matching.compiled.strings import Bytes, Ints, Longs, StringTable
from screening.matching.compiled.together import SHAPE_BITS, mark_shapes
from screening.matching.compiled.variants import variant_table
from screening.matching.lexicon import JOIN_WORDS, LEAST_JOINED
from screening.matching.link import LEAST_JOINED_SOUND

_MARGIN = 1e-6


@njit(cache=True, nogil=True)
def reordered(names: Names, order: Longs) -> Names:
    """The names in another order."""
    starts, legal_starts = np.zeros(len(order) + 1, np.int64), np.zeros(len(order) + 1, np.int64)
    words, surfaces, legal = np.empty_like(names.words), np.empty_like(names.surfaces), np.empty_like(names.legal)
    weight, initials = np.empty_like(names.weight), np.empty_like(names.initials)
    at, legal_at = 0, 0
    for new in range(len(order)):
        old = order[new]
        for k in range(names.starts[old], names.starts[old + 1]):
            words[at], surfaces[at] = names.words[k], names.surfaces[k]
            at += 1
        for k in range(names.legal_starts[old], names.legal_starts[old + 1]):
            legal[legal_at] = names.legal[k]
            legal_at += 1
        starts[new + 1], legal_starts[new + 1] = at, legal_at
        weight[new], initials[new] = names.weight[old], names.initials[old]
    return Names(starts, words, surfaces, legal_starts, legal, weight, initials)


@njit(cache=True, nogil=True)
def _written_together(
    names: Names,
    facts: Facts,
    weights: NDArray[np.int16],
    starts: Longs,
    first: Bytes,
    size: Bytes,
    weight: Ints,
    firsts: Longs,
    out: Bytes,
) -> int:
    """Counts the words written together of all names; writes them too where ``first`` has room."""
    at, letter = 0, 0
    is_written = len(first) > 0
    for name in range(len(names.weight)):
        starts[name] = at
        for i in range(names.starts[name], names.starts[name + 1]):
            length, total = 0, 0
            for k in range(i, min(i + JOIN_WORDS, names.starts[name + 1])):
                word = names.words[k]
                if not facts.is_alpha[word]:
                    break
                length += facts.starts[word + 1] - facts.starts[word]
                total += weights[word]
                if k == i or length < LEAST_JOINED:
                    continue
                if is_written:
                    first[at], size[at], weight[at], firsts[at] = i - names.starts[name], k - i + 1, total, letter
                    for m in range(i, k + 1):
                        for place in range(facts.starts[names.words[m]], facts.starts[names.words[m] + 1]):
                            out[letter] = facts.letters[place]
                            letter += 1
                else:
                    letter += length
                at += 1
    starts[len(names.weight)] = at
    if is_written:
        firsts[at] = letter
    return at if is_written else letter


@njit(cache=True, nogil=True)
def _names_by(starts: Longs, numbers: Ints, count: int, held: Bytes) -> Groups:
    """The held names by each of their numbers, rising, each name once."""
    sizes, last = np.zeros(count + 1, np.int32), np.full(count, -1, np.int32)
    for name in range(len(starts) - 1):
        if held[name]:
            for k in range(starts[name], starts[name + 1]):
                if last[numbers[k]] != name:
                    last[numbers[k]] = name
                    sizes[numbers[k] + 1] += 1
    for k in range(count):
        sizes[k + 1] += sizes[k]
    words, at = np.empty(sizes[count], np.int32), sizes.copy()
    last[:] = -1
    for name in range(len(starts) - 1):
        if held[name]:
            for k in range(starts[name], starts[name + 1]):
                if last[numbers[k]] != name:
                    last[numbers[k]] = name
                    words[at[numbers[k]]] = name
                    at[numbers[k]] += 1
    return Groups(sizes, words)


@njit(cache=True, nogil=True)
def lead(names: Names, sort: Bytes, weights: NDArray[np.int16], frequency: Ints, need: int) -> Leading:
    """The names by their leading words at a threshold (see ``scan``)."""
    t = need / 10000
    rest = (1 - t) / (1 + t)
    count = len(frequency)
    sizes = np.zeros(count + 1, np.int32)
    words, needed_of = np.empty(len(names.words), np.int32), np.zeros(len(names.weight), np.uint64)
    plain_of = np.zeros(len(names.weight), np.uint64)
    owner = np.empty(len(names.words), np.int32)
    order = np.empty(64, np.int64)
    at = 0
    for name in range(len(names.weight)):
        held = 0
        for i in range(names.starts[name], names.starts[name + 1]):
            if sort[names.words[i]] == INITIAL:
                continue
            k = held
            while k > 0 and frequency[names.words[order[k - 1]]] > frequency[names.words[i]]:
                order[k] = order[k - 1]
                k -= 1
            order[k] = i
            held += 1
        allowed = rest * names.weight[name] + DECLARED_SLACK + _MARGIN
        for k in range(held):
            if weights[names.words[order[k]]] > allowed:
                needed_of[name] |= sign(names.words[order[k]])
            if weights[names.words[order[k]]] > allowed - DECLARED_SLACK:
                plain_of[name] |= sign(names.words[order[k]])
        gone = 0
        for k in range(held):
            word = names.words[order[k]]
            words[at], owner[at] = word, name
            sizes[word + 1] += 1
            at += 1
            gone += weights[word]
            if gone > allowed:
                break
    for k in range(count):
        sizes[k + 1] += sizes[k]
    place = sizes.copy()
    out, plain, needed = np.empty(at, np.int32), np.empty(at, np.uint64), np.empty(at, np.uint64)
    for k in range(at):
        out[place[words[k]]], plain[place[words[k]]] = owner[k], plain_of[owner[k]]
        needed[place[words[k]]] = needed_of[owner[k]]
        place[words[k]] += 1
    return Leading(sizes, out, plain, needed, needed_of)


@njit(cache=True, nogil=True)
def _signs(names: Names) -> NDArray[np.uint64]:
    """One bit for each word of each name, and one for its having initials."""
    signs = np.zeros(len(names.weight), np.uint64)
    for name in range(len(names.weight)):
        for k in range(names.starts[name], names.starts[name + 1]):
            signs[name] |= sign(names.words[k])
        if names.initials[name]:
            signs[name] |= HAS_INITIALS
    return signs


def listed_names(names: Names, facts: Facts, weights: NDArray[np.int16], singles: int) -> tuple[Listed, ListedWords]:
    """The names by every word of theirs, and the words by all they may agree by. The keys of listed words are filled into ``facts``."""
    is_single = np.zeros(singles, np.uint8)
    is_single[names.words] = 1
    words = np.flatnonzero(is_single & (facts.sort[:singles] != INITIAL)).astype(np.int32)
    sounds, skeletons, looses = StringTable(), StringTable(), StringTable()
    for kind, table, column in ((BY_SOUND, sounds, facts.sound), (BY_SKELETON, skeletons, facts.skeleton), (BY_LOOSE, looses, facts.loose)):
        column[words] = enter_keys(kind, table, facts.letters, facts.starts, words, facts.is_alpha, facts.is_bare)
    # Words written together, as their own numbered strings
    none, nothing = np.zeros(0, np.uint8), np.zeros(0, np.int32)
    together_starts = np.zeros(len(names.weight) + 1, np.int64)
    letters = int(_written_together(names, facts, weights, together_starts, none, none, nothing, np.zeros(0, np.int64), none))
    count = int(together_starts[-1])
    first, size, total = np.empty(count + 1, np.uint8), np.empty(count + 1, np.uint8), np.empty(count + 1, np.int32)
    firsts, out = np.zeros(count + 1, np.int64), np.empty(letters + 1, np.uint8)
    _written_together(names, facts, weights, together_starts, first, size, total, firsts, out)
    table = StringTable()
    numbers = np.full(count, -1, np.int32)
    table.add(out, firsts[:-1], firsts[1:], numbers)
    together_letters, strings = table.view.letters, table.view.starts[: table.count + 1].copy()
    everyone = np.arange(table.count, dtype=np.int32)
    yes, no = np.ones(table.count, np.uint8), np.zeros(table.count, np.uint8)
    together_sound = enter_keys(BY_SOUND, sounds, together_letters, strings, everyone, yes, no)
    long_enough = np.diff(strings) >= LEAST_JOINED_SOUND
    held = np.ones(len(names.weight), np.uint8)
    spelled = words[(facts.is_alpha[words] | facts.is_bare[words]) != 0]
    bare = words[facts.is_bare[words] != 0]
    shapes = np.zeros(SHAPE_BITS // 64, np.uint64)
    mark_shapes(words[facts.is_alpha[words] != 0], facts.shape, facts.starts, shapes)
    lists = ListedWords(
        is_single,
        variant_table(facts.letters, facts.starts, spelled, is_whole=False),
        variant_table(facts.letters, facts.starts, words[facts.is_alpha[words] != 0], is_whole=True),
        sounds.view,
        skeletons.view,
        looses.view,
        grouped(facts.sound[words], words, sounds.count),
        grouped(facts.skeleton[words], words, skeletons.count),
        grouped(facts.loose[words], words, looses.count),
        grouped(facts.loose[bare], bare, looses.count),
        together_letters,
        strings,
        together_sound,
        variant_table(together_letters, strings, everyone, is_whole=True),
        grouped(together_sound[long_enough], everyone[long_enough], sounds.count),
        shapes,
    )
    top = int(names.weight.max(initial=0))
    weight_starts = np.searchsorted(names.weight, np.arange(top + 2)).astype(np.int32)
    listed = Listed(
        names,
        weight_starts,
        _names_by(names.starts, names.words, singles, held),
        _names_by(names.starts, names.words, singles, (names.initials > LISTED_SLACK).astype(np.uint8)),
        Together(together_starts, first[:-1], size[:-1], numbers, total[:-1], _names_by(together_starts, numbers, table.count, held)),
        np.where(facts.sort[:singles] == INITIAL, 0, weights[:singles]).astype(np.int16),
        _signs(names),
    )
    return listed, lists
