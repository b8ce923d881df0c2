"""Which listed words a declared word agrees with: worked out once a word, exactly as the definition has it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.keys import BY_LOOSE, BY_SKELETON, BY_SOUND, Groups, find_key
from screening.matching.compiled.near import INITIAL, NUMBER, Facts, joined_similarity, single_similarity, spelling_limit
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.variants import MOST, WHOLE, Variants, is_there, short_variants, whole_variants
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
def _try_single(x: int, y: int, facts: Facts, seen: Ints, stamp: int, out: Edges, at: int) -> int:
    if seen[y] == stamp:
        return at
    seen[y] = stamp
    similarity = single_similarity(facts, x, facts, y)
    if similarity:
        out.to[at] = y
        out.similarity[at] = similarity
        return at + 1
    return at


@njit(cache=True, nogil=True)
def _try_together(x: int, y: int, facts: Facts, listed: ListedWords, seen: Ints, stamp: int, out: Edges, at: int) -> int:
    if seen[y] == stamp:
        return at
    seen[y] = stamp
    alike = facts.sound[x] >= 0 and facts.sound[x] == listed.together_sound[y]
    similarity = joined_similarity(
        facts.letters,
        facts.starts[x],
        facts.starts[x + 1],
        listed.together_letters,
        listed.together_starts[y],
        listed.together_starts[y + 1],
        alike,
    )
    if similarity:
        out.to[at] = y
        out.similarity[at] = similarity
        return at + 1
    return at


@njit(cache=True, nogil=True)
def edges_of(words: Ints, facts: Facts, listed: ListedWords) -> Edges:
    """The edges of words whose keys are known."""
    singles, togethers = len(listed.is_single), len(listed.together_starts) - 1
    seen, seen_together = np.full(singles, -1, np.int32), np.full(togethers, -1, np.int32)
    found = np.empty(max(MOST, WHOLE + 1), np.uint64)
    room = 8 * len(words) + singles + togethers + 16
    out = Edges(np.zeros(len(words) + 1, np.int64), np.zeros(len(words), np.int64), np.empty(room, np.int32), np.empty(room, np.int16))
    at = 0
    for i in range(len(words)):
        x = words[i]
        if at + singles + togethers + 1 > len(out.to):
            to, similarity = np.empty(2 * len(out.to), np.int32), np.empty(2 * len(out.to), np.int16)
            to[:at] = out.to[:at]
            similarity[:at] = out.similarity[:at]
            out = Edges(out.starts, out.middles, to, similarity)
        first, end = facts.starts[x], facts.starts[x + 1]
        length = end - first
        alpha, bare = facts.is_alpha[x] != 0, facts.is_bare[x] != 0
        if x < singles and listed.is_single[x] and facts.sort[x] != INITIAL:
            seen[x] = i
            out.to[at] = x
            out.similarity[at] = FULL
            at += 1
        if (alpha or bare) and facts.sort[x] != INITIAL:
            if facts.sound[x] >= 0:
                for k in range(listed.by_sound.starts[facts.sound[x]], listed.by_sound.starts[facts.sound[x] + 1]):
                    at = _try_single(x, listed.by_sound.words[k], facts, seen, i, out, at)
            if facts.skeleton[x] >= 0:
                for k in range(listed.by_skeleton.starts[facts.skeleton[x]], listed.by_skeleton.starts[facts.skeleton[x] + 1]):
                    at = _try_single(x, listed.by_skeleton.words[k], facts, seen, i, out, at)
            if facts.loose[x] >= 0:
                group = listed.by_loose if bare else listed.bare_by_loose
                for k in range(group.starts[facts.loose[x]], group.starts[facts.loose[x] + 1]):
                    at = _try_single(x, group.words[k], facts, seen, i, out, at)
            limit = spelling_limit(length)
            if limit:
                for v in range(short_variants(facts.letters, first, end, limit, found)):
                    if is_there(listed.near, found[v]):
                        bucket, check = np.int64(found[v] & np.uint64(len(listed.near.buckets) - 2)), np.uint32(found[v] >> np.uint64(32))
                        for k in range(listed.near.buckets[bucket], listed.near.buckets[bucket + 1]):
                            if listed.near.checks[k] == check:
                                y = listed.near.words[k]
                                if abs(facts.starts[y + 1] - facts.starts[y] - length) <= limit:
                                    at = _try_single(x, y, facts, seen, i, out, at)
        out.middles[i] = at
        if alpha and facts.sort[x] != INITIAL and facts.sort[x] != NUMBER:
            if length >= LEAST_JOINED_SOUND and facts.sound[x] >= 0:
                for k in range(listed.together_by_sound.starts[facts.sound[x]], listed.together_by_sound.starts[facts.sound[x] + 1]):
                    at = _try_together(x, listed.together_by_sound.words[k], facts, listed, seen_together, i, out, at)
            if spelling_limit(length):
                for v in range(whole_variants(facts.letters, first, end, found)):
                    if is_there(listed.together, found[v]):
                        bucket = np.int64(found[v] & np.uint64(len(listed.together.buckets) - 2))
                        check = np.uint32(found[v] >> np.uint64(32))
                        for k in range(listed.together.buckets[bucket], listed.together.buckets[bucket + 1]):
                            if listed.together.checks[k] == check:
                                at = _try_together(x, listed.together.words[k], facts, listed, seen_together, i, out, at)
        out.starts[i + 1] = at
    return Edges(out.starts, out.middles, out.to[:at].copy(), out.similarity[:at].copy())
