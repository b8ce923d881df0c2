"""Which listed words a declared word agrees with: worked out once a word, exactly as the definition has it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.keys import BY_LOOSE, BY_SKELETON, BY_SOUND, Groups, find_key
from screening.matching.compiled.near import SIMILARITY, joined_similarity, single_similarity
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, find
from screening.matching.compiled.together import Wholes
from screening.matching.compiled.variants import MOST, Buckets, deletions_of, halves_near, is_set, short_variants
from screening.matching.compiled.words import (
    COST,
    EDGES,
    END,
    FACTS,
    INITIAL,
    IS_ALPHA,
    IS_BARE,
    LOOSE,
    LOSS,
    LOSS_BITS,
    MIDDLE,
    NUMBER,
    PREFIX,
    SKELETON_KEY,
    SOUND_KEY,
    SUFFIX,
    sort_of,
    weight_of,
)
from screening.matching.link import FULL, LEAST_JOINED_SOUND

# An edge is one number: the word it leads to, the similarity (with ``BY_EAR``), and the least and the greatest weight it has there.
TO = 0xFFFFFFFF
SIMILARITY_SHIFT, LEAST_SHIFT, WEIGHT_SHIFT = 32, 44, 53
_WEIGHT = 0x1FF


class ListedWords(NamedTuple):
    """The words of the list by everything they may agree by, and its words written together likewise."""

    is_single: Bytes  # by number: whether the list has the word
    frequency: Ints  # how many listed names have it
    near: Buckets
    sounds: Strings
    skeletons: Strings
    looses: Strings
    by_sound: Groups
    by_skeleton: Groups
    by_loose: Groups
    bare_by_loose: Groups
    wholes: Wholes
    together_letters: Bytes
    together_starts: Longs
    together_sound: Ints
    together_least: Ints  # the least weight of words written so
    together_most: Ints
    together: Buckets
    together_by_sound: Groups


@inner
def edge(to: int, similarity: int, least: int, most: int) -> int:
    """One agreement."""
    return to | np.int64(similarity) << SIMILARITY_SHIFT | np.int64(least) << LEAST_SHIFT | np.int64(most) << WEIGHT_SHIFT


@inner
def similarity_of(edge: int) -> int:
    """The similarity of an agreement in thousandths."""
    return (edge >> SIMILARITY_SHIFT) & SIMILARITY


@inner
def least_weight(edge: int) -> int:
    """The least weight of what an agreement leads to."""
    return (edge >> LEAST_SHIFT) & _WEIGHT


@inner
def listed_weight(edge: int) -> int:
    """The greatest weight of what an agreement leads to: of a single word, its weight."""
    return (edge >> WEIGHT_SHIFT) & _WEIGHT


@kernel
def learn_keys(words: Ints, letters: Bytes, starts: Longs, rows: Longs, listed: ListedWords) -> None:
    """Fills in the key numbers of declared words."""
    longest = 1
    for i in range(len(words)):
        longest = max(longest, starts[words[i] + 1] - starts[words[i]])
    word, other = np.empty(2 * longest + 2, np.uint8), np.empty(2 * longest + 2, np.uint8)
    for i in range(len(words)):
        x = words[i]
        first, end, bare = starts[x], starts[x + 1], rows[x, FACTS] & IS_BARE != 0
        if not rows[x, FACTS] & (IS_ALPHA | IS_BARE):
            continue
        rows[x, LOOSE] = find_key(BY_LOOSE, listed.looses, letters, first, end, bare, word, other)
        if not bare:
            rows[x, SOUND_KEY] = find_key(BY_SOUND, listed.sounds, letters, first, end, bare, word, other)
            rows[x, SKELETON_KEY] = find_key(BY_SKELETON, listed.skeletons, letters, first, end, bare, word, other)


@kernel
def edges_of(words: Ints, letters: Bytes, starts: Longs, rows: Longs, listed: ListedWords, is_exhaustive: bool) -> Longs:
    """The edges of words whose keys are known; their rows are filled in, edges counted from 0.

    ``is_exhaustive``: every word of the list is tried, whatever it has in common; slow, to test the search of words by.
    """
    # Every array is named once: taken out of its tuple inside a loop it would be counted in and out each time.
    is_single, frequency = listed.is_single, listed.frequency
    near, together, wholes = listed.near, listed.together, listed.wholes
    near_starts, near_words, near_checks, near_bits = near
    part_starts, part_words, part_checks, part_bits = together
    sound_starts, sound_words = listed.by_sound
    skeleton_starts, skeleton_words = listed.by_skeleton
    loose_starts, loose_words = listed.by_loose
    bare_starts, bare_words = listed.bare_by_loose
    together_letters, together_starts, together_sound = listed.together_letters, listed.together_starts, listed.together_sound
    together_least, together_most = listed.together_least, listed.together_most
    by_sound_starts, by_sound_words = listed.together_by_sound
    word_starts, word_ends, start_lengths, end_lengths = wholes.starts, wholes.ends, wholes.start_lengths, wholes.end_lengths
    singles, togethers = len(is_single), len(together_starts) - 1
    seen, seen_together = np.full(singles, -1, np.int32), np.full(togethers, -1, np.int32)
    tried, tried_together, found = np.empty(singles, np.int32), np.empty(togethers, np.int32), np.empty(MOST, np.uint64)
    edges = np.empty(8 * len(words) + 1024, np.int64)
    near_mask, part_mask = np.uint64(len(near_starts) - 2), np.uint64(len(part_starts) - 2)
    at = 0
    for i in range(len(words)):
        x = words[i]
        facts = rows[x, FACTS]
        first, end = starts[x], starts[x + 1]
        length = end - first
        alpha, bare, is_initial = facts & IS_ALPHA != 0, facts & IS_BARE != 0, sort_of(facts) == INITIAL
        own = weight_of(facts)
        count = 0
        rows[x, EDGES] = at
        is_listed = x < singles and is_single[x] and not is_initial
        if is_listed:
            seen[x] = i
        if (alpha or bare) and not is_initial:
            if is_exhaustive:
                for y in range(singles):
                    if is_single[y] and seen[y] != i and sort_of(rows[y, FACTS]) != INITIAL:
                        tried[count] = y
                        count += 1
            else:
                if rows[x, SOUND_KEY] >= 0:
                    count = _gather(sound_starts, sound_words, rows[x, SOUND_KEY], seen, i, tried, count)
                if rows[x, SKELETON_KEY] >= 0:
                    count = _gather(skeleton_starts, skeleton_words, rows[x, SKELETON_KEY], seen, i, tried, count)
                if rows[x, LOOSE] >= 0 and bare:
                    count = _gather(loose_starts, loose_words, rows[x, LOOSE], seen, i, tried, count)
                elif rows[x, LOOSE] >= 0:
                    count = _gather(bare_starts, bare_words, rows[x, LOOSE], seen, i, tried, count)
                deletions = deletions_of(length)
                if deletions >= 0:
                    for v in range(short_variants(letters, first, end, deletions, found)):
                        if not is_set(near_bits, found[v]):
                            continue
                        bucket, check = np.int64(found[v] & near_mask), np.uint32(found[v] >> np.uint64(32))
                        for k in range(near_starts[bucket], near_starts[bucket + 1]):
                            if near_checks[k] == check:
                                y = near_words[k]
                                if seen[y] != i:
                                    seen[y] = i
                                    if abs(starts[y + 1] - starts[y] - length) <= 2:
                                        tried[count] = y
                                        count += 1
        if at + count + 1 > len(edges):
            edges = _longer(edges, at, count + 1)
        if is_listed:
            edges[at] = edge(x, FULL, own, own)
            at += 1
        for k in range(count):
            similarity = single_similarity(letters, starts, rows, x, tried[k])
            if similarity:
                weight = weight_of(rows[tried[k], FACTS])
                edges[at] = edge(tried[k], similarity, weight, weight)
                at += 1
        rows[x, MIDDLE] = at
        if alpha and not is_initial and sort_of(facts) != NUMBER:
            count = 0
            if is_exhaustive:
                for y in range(togethers):
                    tried_together[y] = y
                count = togethers
            else:
                if length >= LEAST_JOINED_SOUND and rows[x, SOUND_KEY] >= 0:
                    count = _gather(by_sound_starts, by_sound_words, rows[x, SOUND_KEY], seen_together, i, tried_together, count)
                for v in range(halves_near(letters, first, end, found)):
                    if not is_set(part_bits, found[v]):
                        continue
                    bucket, check = np.int64(found[v] & part_mask), np.uint32(found[v] >> np.uint64(32))
                    for k in range(part_starts[bucket], part_starts[bucket + 1]):
                        if part_checks[k] == check and seen_together[part_words[k]] != i:
                            seen_together[part_words[k]] = i
                            tried_together[count] = part_words[k]
                            count += 1
            if at + count > len(edges):
                edges = _longer(edges, at, count)
            for k in range(count):
                y = tried_together[k]
                alike = rows[x, SOUND_KEY] >= 0 and rows[x, SOUND_KEY] == together_sound[y]
                if not alike and abs(together_starts[y + 1] - together_starts[y] - length) > 2:
                    continue
                similarity = joined_similarity(letters, first, end, together_letters, together_starts[y], together_starts[y + 1], alike)
                if similarity:
                    edges[at] = edge(y, similarity, together_least[y], together_most[y])
                    at += 1
            place = find(word_starts, letters, first, end)
            rows[x, PREFIX] = start_lengths[place] if place >= 0 else 0
            place = find(word_ends, letters, first, end)
            rows[x, SUFFIX] = end_lengths[place] if place >= 0 else 0
        rows[x, END] = at
        _sum_up(rows, x, edges, frequency)
    return edges[:at].copy()


@inner
def _sum_up(rows: Longs, x: int, edges: Longs, frequency: Ints) -> None:
    """Fills in what the agreements of a word with single words have in common."""
    own = weight_of(rows[x, FACTS])
    cost, least, more, less = 0, np.int64((1 << LOSS_BITS) - 1), 0, 0
    for k in range(rows[x, EDGES], rows[x, MIDDLE]):
        to, weight = edges[k] & TO, listed_weight(edges[k])
        cost += frequency[to]
        least = min(least, min(own, weight) * (FULL - similarity_of(edges[k])))
        more, less = max(more, weight - own), max(less, own - weight)
    rows[x, COST] = cost
    rows[x, LOSS] = least | np.int64(more) << LOSS_BITS | np.int64(less) << 2 * LOSS_BITS


@inner
def _gather(starts: Ints, words: Ints, group: int, seen: Ints, stamp: int, tried: Ints, count: int) -> int:
    """Adds the words of a group that were not seen for this word; gives the new count."""
    for k in range(starts[group], starts[group + 1]):
        if seen[words[k]] != stamp:
            seen[words[k]] = stamp
            tried[count] = words[k]
            count += 1
    return count


@kernel
def _longer(edges: Longs, used: int, more: int) -> Longs:
    """The edges with room for so many more."""
    longer = np.empty(2 * (used + more) + 1024, np.int64)
    longer[:used] = edges[:used]
    return longer
