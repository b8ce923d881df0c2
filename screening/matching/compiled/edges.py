"""Which listed words a declared word agrees with: worked out once a word, exactly as the definition has it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.keys import BY_LOOSE, BY_SKELETON, BY_SOUND, Groups, find_key
from screening.matching.compiled.near import INITIAL, NUMBER, Facts, joined_similarity, single_similarity, spelling_limit
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.variants import MOST, WHOLE, Variants, short_variants, whole_variants
from screening.matching.link import FULL, LEAST_JOINED_SOUND


class ListedWords(NamedTuple):
    """The words of the list by everything they may agree by, and its words written together likewise."""

    is_single: Bytes  # by number: whether the list has the word
    near: Variants
    whole: Variants
    sounds: Strings
    skeletons: Strings
    looses: Strings
    by_sound: Groups
    by_skeleton: Groups
    by_loose: Groups
    bare_by_loose: Groups
    together_letters: Bytes
    together_starts: Longs
    together_sound: Ints
    together: Variants
    together_by_sound: Groups
    shapes: NDArray[np.uint64]


class Edges(NamedTuple):
    """For each word asked: where its listed words start, where its listed words written together start, and the end."""

    starts: Longs
    middles: Longs
    to: Ints
    similarity: NDArray[np.int16]


@njit(cache=True, nogil=True)
def learn_keys(words: Ints, facts: Facts, listed: ListedWords) -> None:
    """Fills in the key numbers of declared words."""
    longest = 1
    for i in range(len(words)):
        longest = max(longest, facts.starts[words[i] + 1] - facts.starts[words[i]])
    word, other = np.empty(2 * longest + 2, np.uint8), np.empty(2 * longest + 2, np.uint8)
    for i in range(len(words)):
        x = words[i]
        first, end, bare = facts.starts[x], facts.starts[x + 1], facts.is_bare[x] != 0
        if not (bare or facts.is_alpha[x]):
            continue
        facts.loose[x] = find_key(BY_LOOSE, listed.looses, facts.letters, first, end, bare, word, other)
        if not bare:
            facts.sound[x] = find_key(BY_SOUND, listed.sounds, facts.letters, first, end, bare, word, other)
            facts.skeleton[x] = find_key(BY_SKELETON, listed.skeletons, facts.letters, first, end, bare, word, other)


@njit(cache=True, nogil=True)
def edges_of(words: Ints, facts: Facts, listed: ListedWords) -> Edges:
    """The edges of words whose keys are known."""
    # Every array is named once: taken out of its tuple inside a loop it would be counted in and out each time.
    letters, starts, sort, is_alpha, is_bare, sound, skeleton, loose, _, _ = facts
    is_single = listed.is_single
    near_buckets, near_words, near_checks, near_bits = listed.near
    part_buckets, part_words, part_checks, part_bits = listed.together
    sound_starts, sound_words = listed.by_sound
    skeleton_starts, skeleton_words = listed.by_skeleton
    loose_starts, loose_words = listed.by_loose
    bare_starts, bare_words = listed.bare_by_loose
    together_letters, together_starts, together_sound = listed.together_letters, listed.together_starts, listed.together_sound
    by_sound_starts, by_sound_words = listed.together_by_sound
    singles, togethers = len(is_single), len(together_starts) - 1
    seen, seen_together = np.full(singles, -1, np.int32), np.full(togethers, -1, np.int32)
    tried, found = np.empty(singles, np.int32), np.empty(max(MOST, WHOLE + 1), np.uint64)
    bounds, middles = np.zeros(len(words) + 1, np.int64), np.zeros(len(words), np.int64)
    to, similarity = np.empty(8 * len(words) + 1024, np.int32), np.empty(8 * len(words) + 1024, np.int16)
    near_mask, near_bit_mask = np.uint64(len(near_buckets) - 2), np.uint64(len(near_bits) * 64 - 1)
    part_mask, part_bit_mask = np.uint64(len(part_buckets) - 2), np.uint64(len(part_bits) * 64 - 1)
    tried_together = np.empty(togethers, np.int32)
    at = 0
    for i in range(len(words)):
        x = words[i]
        first, end = starts[x], starts[x + 1]
        length = end - first
        alpha, bare, is_initial = is_alpha[x] != 0, is_bare[x] != 0, sort[x] == INITIAL
        count = 0
        is_listed = x < singles and is_single[x] and not is_initial
        if is_listed:
            seen[x] = i
        if (alpha or bare) and not is_initial:
            if sound[x] >= 0:
                count = _gather(sound_starts, sound_words, sound[x], seen, i, tried, count)
            if skeleton[x] >= 0:
                count = _gather(skeleton_starts, skeleton_words, skeleton[x], seen, i, tried, count)
            if loose[x] >= 0 and bare:
                count = _gather(loose_starts, loose_words, loose[x], seen, i, tried, count)
            elif loose[x] >= 0:
                count = _gather(bare_starts, bare_words, loose[x], seen, i, tried, count)
            limit = spelling_limit(length)
            if limit:
                for v in range(short_variants(letters, first, end, limit, found)):
                    bit = (found[v] >> np.uint64(20)) & near_bit_mask
                    if not (near_bits[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63))) & np.uint64(1):
                        continue
                    bucket, check = np.int64(found[v] & near_mask), np.uint32(found[v] >> np.uint64(32))
                    for k in range(near_buckets[bucket], near_buckets[bucket + 1]):
                        if near_checks[k] == check:
                            y = near_words[k]
                            if seen[y] != i:
                                seen[y] = i
                                if abs(starts[y + 1] - starts[y] - length) <= limit:
                                    tried[count] = y
                                    count += 1
        if at + count + 1 > len(to):
            to, similarity = _longer(to, similarity, at, count + 1)
        if is_listed:
            to[at], similarity[at] = x, FULL
            at += 1
        for k in range(count):
            value = single_similarity(letters, starts, sort, is_alpha, is_bare, sound, skeleton, loose, x, tried[k])
            if value:
                to[at], similarity[at] = tried[k], value
                at += 1
        middles[i] = at
        if alpha and not is_initial and sort[x] != NUMBER:
            count = 0
            if length >= LEAST_JOINED_SOUND and sound[x] >= 0:
                count = _gather(by_sound_starts, by_sound_words, sound[x], seen_together, i, tried_together, count)
            if spelling_limit(length):
                for v in range(whole_variants(letters, first, end, found)):
                    bit = (found[v] >> np.uint64(20)) & part_bit_mask
                    if not (part_bits[np.int64(bit >> np.uint64(6))] >> (bit & np.uint64(63))) & np.uint64(1):
                        continue
                    bucket, check = np.int64(found[v] & part_mask), np.uint32(found[v] >> np.uint64(32))
                    for k in range(part_buckets[bucket], part_buckets[bucket + 1]):
                        if part_checks[k] == check and seen_together[part_words[k]] != i:
                            seen_together[part_words[k]] = i
                            tried_together[count] = part_words[k]
                            count += 1
            if at + count > len(to):
                to, similarity = _longer(to, similarity, at, count)
            for k in range(count):
                y = tried_together[k]
                alike = sound[x] >= 0 and sound[x] == together_sound[y]
                value = joined_similarity(letters, first, end, together_letters, together_starts[y], together_starts[y + 1], alike)
                if value:
                    to[at], similarity[at] = y, value
                    at += 1
        bounds[i + 1] = at
    return Edges(bounds, middles, to[:at].copy(), similarity[:at].copy())


@njit(cache=True, nogil=True)
def _gather(starts: Ints, words: Ints, group: int, seen: Ints, stamp: int, tried: Ints, count: int) -> int:
    """Adds the words of a group that were not seen for this word; gives the new count."""
    for k in range(starts[group], starts[group + 1]):
        if seen[words[k]] != stamp:
            seen[words[k]] = stamp
            tried[count] = words[k]
            count += 1
    return count


@njit(cache=True, nogil=True)
def _longer(to: Ints, similarity: NDArray[np.int16], used: int, more: int) -> tuple[Ints, NDArray[np.int16]]:
    """Both columns with room for so many more."""
    room = 2 * (used + more) + 1024
    longer, longer_similarity = np.empty(room, np.int32), np.empty(room, np.int16)
    longer[:used] = to[:used]
    longer_similarity[:used] = similarity[:used]
    return longer, longer_similarity
