"""The pairs of names that reach a threshold, found by bounds and settled by the exact score.

The bound. Let M be the agreed weight of a pair, C >= M its aligned weight, a <= b the weights of its names and t the threshold. The
penalties only lower a score and a surplus only enlarges its denominator, so a pair within the threshold has M + t C >= t (2a + surplus),
hence C >= k a with k = 2t / (1 + t). What the lighter name has unaligned is a - C (an initial aligned with a full word
leaves the rest of that word: ``slack``), so it weighs no more than (1 - k) a + slack. Any choice of its words that weighs more
has an aligned word among them. From this:

* a listed name that is the lighter one is entered under its rarest words that weigh more (``leading``), often one;
* of a declared name that is the lighter one only its rarest words that weigh more are looked up, in listed names of a weight that the
  surplus allows.

Words written together shift the weights of both names, so a pair that has such an agreement at all is found by that
agreement and judged with the greatest shift.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from screening.matching.compiled.alignment import Side, add_pair, score, take
from screening.matching.compiled.edges import Edges, ListedWords
from screening.matching.compiled.keys import BY_SOUND, Groups, find_key
from screening.matching.compiled.near import INITIAL, Facts, joined_similarity
from screening.matching.compiled.strings import Bytes, Ints
from screening.matching.compiled.variants import MOST, WHOLE, is_there, whole_variants
from screening.matching.lexicon import JOIN_WORDS, LEAST_JOINED, MAX_WORDS
from screening.matching.link import FULL, LEAST_JOINED_SOUND
from screening.matching.link import INITIAL as INITIAL_SIMILARITY
from screening.matching.score import DECLARED_SURPLUS, LEADING, LISTED_SURPLUS, SURPLUS_CAP

DECLARED_SLACK = 30  # weight of initials of a declared name up to which the leading words of listed names are chosen
LISTED_SLACK = 20  # the same of listed names; those with more initials are entered under all words
_MARGIN = 1e-6
_PAIRS = MAX_WORDS * MAX_WORDS + 2 * (JOIN_WORDS - 1) * MAX_WORDS * MAX_WORDS


class Together(NamedTuple):
    """The words written together of all listed names, and the names by each."""

    starts: NDArray[np.int64]
    first: Bytes
    size: Bytes
    number: Ints
    weight: Ints
    names: Groups


class Leading(NamedTuple):
    """Listed names by their leading words, for one threshold: with another word that must be aligned too, or -1."""

    starts: Ints
    names: Ints
    other: Ints


class Listed(NamedTuple):
    """The listed names in order of weight, and the ways to find them."""

    side: Side
    weight_starts: Ints  # the first name of each weight or more
    names: Groups  # by word
    many_initials: Groups  # likewise, of names with more than ``LISTED_SLACK``
    together: Together


class Words(NamedTuple):
    """What is known of each word: its facts, weight and edges, and how many listed names the edges lead to."""

    facts: Facts
    weight: NDArray[np.int16]
    edge_starts: NDArray[np.int64]
    edge_middles: NDArray[np.int64]
    edge_ends: NDArray[np.int64]
    to: Ints
    similarity: NDArray[np.int16]
    cost: Ints


class Marks(NamedTuple):
    """For each listed word (or word written together) the agreements that a declared name has with it: a chain of nodes."""

    stamp: Ints
    head: Ints


class Nodes(NamedTuple):
    """Agreements: the declared place (of a word, or among its words written together), the similarity, the next node."""

    place: Ints
    similarity: Ints
    following: Ints


class Apart(NamedTuple):
    """The words written together of one declared name: first word, how many, weight."""

    first: Ints
    size: Ints
    weight: Ints


@njit(cache=True, nogil=True, inline="always")
def _mark(marks: Marks, nodes: Nodes, at: int, word: int, place: int, similarity: int, stamp: int) -> int:
    nodes.place[at] = place
    nodes.similarity[at] = similarity
    nodes.following[at] = marks.head[word] if marks.stamp[word] == stamp else -1
    marks.stamp[word] = stamp
    marks.head[word] = at
    return at + 1


@njit(cache=True, nogil=True)
def _together_edges(
    letters: Bytes, length: int, facts: Facts, listed: ListedWords, hashes: NDArray[np.uint64], word: Bytes, other: Bytes, to: Ints, found: Ints
) -> int:
    """The listed words that words written together agree with: ``to`` and their similarity in ``found``."""
    count = 0
    sound = -2  # not yet known
    for v in range(whole_variants(letters, 0, length, hashes)):
        if not is_there(listed.whole, hashes[v]):
            continue
        bucket, check = np.int64(hashes[v] & np.uint64(len(listed.whole.buckets) - 2)), np.uint32(hashes[v] >> np.uint64(32))
        for k in range(listed.whole.buckets[bucket], listed.whole.buckets[bucket + 1]):
            if listed.whole.checks[k] == check:
                if sound == -2:
                    sound = find_key(BY_SOUND, listed.sounds, letters, 0, length, False, word, other)
                count = _try_together(listed.whole.words[k], letters, length, facts, sound, to, found, count)
    if length >= LEAST_JOINED_SOUND:
        if sound == -2:
            sound = find_key(BY_SOUND, listed.sounds, letters, 0, length, False, word, other)
        if sound >= 0:
            for k in range(listed.by_sound.starts[sound], listed.by_sound.starts[sound + 1]):
                count = _try_together(listed.by_sound.words[k], letters, length, facts, sound, to, found, count)
    return count


@njit(cache=True, nogil=True)
def _try_together(y: int, letters: Bytes, length: int, facts: Facts, sound: int, to: Ints, found: Ints, count: int) -> int:
    for k in range(count):
        if to[k] == y:
            return count
    alike = sound >= 0 and sound == facts.sound[y]
    similarity = joined_similarity(facts.letters, facts.starts[y], facts.starts[y + 1], letters, 0, length, alike)
    if similarity == 0 or count == len(to):
        return count
    to[count] = y
    found[count] = similarity
    return count + 1


@njit(cache=True, nogil=True)
def _least_listed(weight: int, t: float) -> float:
    """The least weight of a lighter listed name: below it the surplus of the declared name alone is too much."""
    share = DECLARED_SURPLUS / 100
    natural = weight * share * t / (1 - t + share * t)
    return min(natural, np.float64(LEADING)) if t * (1 + SURPLUS_CAP / 100) <= 1 + _MARGIN else natural


@njit(cache=True, nogil=True)
def _surplus_of(listed: int, declared: int) -> float:
    """The least surplus of a heavier declared name."""
    cost = (declared - listed) * (DECLARED_SURPLUS / 100)
    return min(cost, listed * (SURPLUS_CAP / 100)) if listed >= LEADING else cost


@njit(cache=True, nogil=True)
def _cut(groups_names: Ints, first: int, end: int, least: int) -> int:
    """The first place of a run of rising names that is not below ``least``."""
    while first < end:
        middle = (first + end) >> 1
        if groups_names[middle] < least:
            first = middle + 1
        else:
            end = middle
    return first


@njit(cache=True, nogil=True)
def scan(
    ours: Side, first: int, end: int, words: Words, listed: Listed, lists: ListedWords, leading: Leading, need: int, counts: NDArray[np.int64]
) -> tuple[Ints, Ints, Ints]:
    """Declared name, listed name and score of all pairs of the declared names from ``first`` to ``end`` that reach ``need``."""
    theirs = listed.side
    t = need / 10000
    rest = (1 - t) / (1 + t)
    total = len(theirs.names.weight)
    top = len(listed.weight_starts) - 2
    visited, joined = np.full(total, -1, np.int32), np.full(total, -1, np.int32)
    marks = Marks(np.full(len(lists.is_single), -1, np.int32), np.empty(len(lists.is_single), np.int32))
    apart_marks = Marks(np.full(len(lists.is_single), -1, np.int32), np.empty(len(lists.is_single), np.int32))
    togethers = len(lists.together_starts) - 1
    together_marks = Marks(np.full(togethers, -1, np.int32), np.empty(togethers, np.int32))
    nodes = Nodes(np.empty(4096, np.int32), np.empty(4096, np.int32), np.empty(4096, np.int32))
    room = JOIN_WORDS * MAX_WORDS
    apart = Apart(np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32))
    hashes = np.empty(max(MOST, WHOLE + 1), np.uint64)
    letters, key, other = np.empty(64, np.uint8), np.empty(128, np.uint8), np.empty(128, np.uint8)
    to, similar = np.empty(len(lists.is_single) + 1, np.int32), np.empty(len(lists.is_single) + 1, np.int32)
    candidates = np.empty(total, np.int32)
    pairs, taken, place = np.empty((_PAIRS, 8), np.int32), np.empty(MAX_WORDS, np.int32), np.empty(MAX_WORDS, np.int32)
    order = np.empty(MAX_WORDS, np.int32)
    out_declared, out_listed, out_score = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    out = 0
    facts = words.facts
    for name in range(first, end):
        i0, size = ours.names.starts[name], ours.names.starts[name + 1] - ours.names.starts[name]
        if size == 0:
            continue
        weight, slack = np.int64(ours.names.weight[name]), np.int64(ours.names.initials[name])
        stamp = name
        # The agreements of the name with the words of the list.
        edges, longest, reach = 0, 0, False
        for i in range(size):
            word = ours.names.words[i0 + i]
            edges += words.edge_ends[word] - words.edge_starts[word]
            longest += facts.starts[word + 1] - facts.starts[word]
            reach = reach or facts.sort[word] == INITIAL
        if longest > len(letters):
            letters, key, other = np.empty(2 * longest, np.uint8), np.empty(4 * longest, np.uint8), np.empty(4 * longest, np.uint8)
        if 2 * edges + 4096 > len(nodes.place):
            more = 4 * edges + 8192
            nodes = Nodes(np.empty(more, np.int32), np.empty(more, np.int32), np.empty(more, np.int32))
        at, count = 0, 0
        unlinked = 0
        has_together = False
        for i in range(size):
            word = ours.names.words[i0 + i]
            for e in range(words.edge_starts[word], words.edge_middles[word]):
                at = _mark(marks, nodes, at, words.to[e], i, words.similarity[e], stamp)
            if words.edge_starts[word] == words.edge_middles[word] and facts.sort[word] != INITIAL:
                unlinked += words.weight[word]
            for e in range(words.edge_middles[word], words.edge_ends[word]):
                at = _mark(together_marks, nodes, at, words.to[e], i, words.similarity[e], stamp)
                has_together = True
                for k in range(listed.together.names.starts[words.to[e]], listed.together.names.starts[words.to[e] + 1]):
                    d = listed.together.names.words[k]
                    if joined[d] != stamp:
                        joined[d] = stamp
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
        parts = 0
        for i in range(size):
            length, part_weight = 0, 0
            for k in range(i, min(i + JOIN_WORDS, size)):
                word = ours.names.words[i0 + k]
                if not facts.is_alpha[word]:
                    break
                for m in range(facts.starts[word], facts.starts[word + 1]):
                    letters[length] = facts.letters[m]
                    length += 1
                part_weight += words.weight[word]
                if k == i or length < LEAST_JOINED:
                    continue
                found = _together_edges(letters, length, facts, lists, hashes, key, other, to, similar)
                if found == 0:
                    continue
                apart.first[parts], apart.size[parts], apart.weight[parts] = i, k - i + 1, part_weight
                if at + found + 16 > len(nodes.place):
                    more = 2 * (at + found + 4096)
                    grown = Nodes(np.empty(more, np.int32), np.empty(more, np.int32), np.empty(more, np.int32))
                    grown.place[:at], grown.similarity[:at], grown.following[:at] = nodes.place[:at], nodes.similarity[:at], nodes.following[:at]
                    nodes = grown
                for e in range(found):
                    at = _mark(apart_marks, nodes, at, to[e], parts, similar[e], stamp)
                    for m in range(listed.names.starts[to[e]], listed.names.starts[to[e] + 1]):
                        d = listed.names.words[m]
                        if joined[d] != stamp:
                            joined[d] = stamp
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
                parts += 1
        counts[0] += count
        # Listed names that are the lighter ones, by their leading words.
        least = listed.weight_starts[min(max(np.int64(np.ceil(_least_listed(weight, t) - _MARGIN)), 0), top + 1)]
        most = listed.weight_starts[min(weight + 1, top + 1)]
        for i in range(size):
            word = ours.names.words[i0 + i]
            own = np.int64(words.weight[word])
            for e in range(words.edge_starts[word], words.edge_middles[word]):
                v = words.to[e]
                theirs_weight = np.int64(words.weight[v])
                lost = theirs_weight - min(own, theirs_weight)
                dull = lost + min(own, theirs_weight) * (1 - words.similarity[e] / FULL)
                if slack <= DECLARED_SLACK:
                    stop = leading.starts[v + 1]
                    for k in range(_cut(leading.names, leading.starts[v], stop, least), stop):
                        d = leading.names[k]
                        if d >= most:
                            break
                        if leading.other[k] >= 0 and marks.stamp[leading.other[k]] != stamp:
                            continue
                        if visited[d] == stamp:
                            continue
                        here = np.int64(theirs.names.weight[d])
                        if (here + slack) * (1 + t) - dull - t * lost < t * (2 * here + _surplus_of(here, weight)) - _MARGIN:
                            continue
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
                else:
                    stop = listed.names.starts[v + 1]
                    for k in range(_cut(listed.names.words, listed.names.starts[v], stop, least), stop):
                        d = listed.names.words[k]
                        if d >= most:
                            break
                        if visited[d] != stamp:
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
        # Listed names that are the heavier ones, by the rarest words of the declared name.
        if unlinked <= rest * weight + LISTED_SLACK + _MARGIN:
            least = listed.weight_starts[min(weight, top + 1)]
            held = 0
            for i in range(size):
                if facts.sort[ours.names.words[i0 + i]] == INITIAL:
                    continue
                k = held
                while k > 0 and words.cost[ours.names.words[i0 + order[k - 1]]] > words.cost[ours.names.words[i0 + i]]:
                    order[k] = order[k - 1]
                    k -= 1
                order[k] = i
                held += 1
            gone = 0
            for k in range(held):
                word = ours.names.words[i0 + order[k]]
                own = np.int64(words.weight[word])
                gone += own
                for e in range(words.edge_starts[word], words.edge_middles[word]):
                    v = words.to[e]
                    same = min(own, np.int64(words.weight[v]))
                    mine = own - same
                    dull = mine + same * (1 - words.similarity[e] / FULL)
                    # M + t C >= t (2 weight + surplus), M and C without what has no edge and what this edge loses
                    reach_weight = (weight + LISTED_SLACK - unlinked) * (1 + t) - dull - t * mine
                    excess = (reach_weight / t - 2 * weight) / (LISTED_SURPLUS / 100)
                    if excess < -_MARGIN:
                        continue
                    most = listed.weight_starts[min(weight + np.int64(min(excess + _MARGIN, 1e6)) + 1, top + 1)]
                    stop = listed.names.starts[v + 1]
                    for m in range(_cut(listed.names.words, listed.names.starts[v], stop, least), stop):
                        d = listed.names.words[m]
                        if d >= most:
                            break
                        if visited[d] != stamp:
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
                if gone > rest * weight + LISTED_SLACK + _MARGIN:
                    break
        for i in range(size):
            word = ours.names.words[i0 + i]
            for e in range(words.edge_starts[word], words.edge_middles[word]):
                for m in range(listed.many_initials.starts[words.to[e]], listed.many_initials.starts[words.to[e] + 1]):
                    d = listed.many_initials.words[m]
                    if visited[d] != stamp:
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
        counts[1] += count
        # The candidates: first by what is left over, then exactly.
        for c in range(count):
            d = candidates[c]
            j0, listed_size = theirs.names.starts[d], theirs.names.starts[d + 1] - theirs.names.starts[d]
            is_joined = joined[d] == stamp
            here, here_slack = np.int64(theirs.names.weight[d]), np.int64(theirs.names.initials[d])
            linked, linked_listed = np.uint64(0), np.uint64(0)
            shift, shift_listed = 0, 0
            one = np.uint64(1)
            for j in range(listed_size):
                v = theirs.names.words[j0 + j]
                if marks.stamp[v] == stamp:
                    linked_listed |= one << np.uint64(j)
                    node = marks.head[v]
                    while node >= 0:
                        linked |= one << np.uint64(nodes.place[node])
                        node = nodes.following[node]
                if is_joined and apart_marks.stamp[v] == stamp:
                    linked_listed |= one << np.uint64(j)
                    node = apart_marks.head[v]
                    while node >= 0:
                        p = nodes.place[node]
                        linked |= ((one << np.uint64(apart.size[p])) - one) << np.uint64(apart.first[p])
                        shift += max(0, words.weight[v] - apart.weight[p])
                        shift_listed += max(0, apart.weight[p] - words.weight[v])
                        node = nodes.following[node]
            if is_joined and has_together:
                for g in range(listed.together.starts[d], listed.together.starts[d + 1]):
                    if together_marks.stamp[listed.together.number[g]] == stamp:
                        linked_listed |= ((one << np.uint64(listed.together.size[g])) - one) << np.uint64(listed.together.first[g])
                        node = together_marks.head[listed.together.number[g]]
                        while node >= 0:
                            linked |= one << np.uint64(nodes.place[node])
                            own = np.int64(words.weight[ours.names.words[i0 + nodes.place[node]]])
                            shift += max(0, listed.together.weight[g] - own)
                            shift_listed += max(0, own - listed.together.weight[g])
                            node = nodes.following[node]
            left, left_listed = 0, 0
            for i in range(size):
                word = ours.names.words[i0 + i]
                if not (linked >> np.uint64(i)) & one and facts.sort[word] != INITIAL:
                    left += words.weight[word]
            for j in range(listed_size):
                v = theirs.names.words[j0 + j]
                if not (linked_listed >> np.uint64(j)) & one and facts.sort[v] != INITIAL:
                    left_listed += words.weight[v]
            if is_joined:
                if (
                    left_listed > rest * (here + shift_listed) + slack + _MARGIN
                    and left > rest * (weight + shift) + here_slack + _MARGIN
                ):
                    continue
            elif here <= weight:
                if (here + slack - left_listed) * (1 + t) < t * (2 * here + (_surplus_of(here, weight) if here < weight else 0)) - _MARGIN:
                    continue
            elif (weight + here_slack - left) * (1 + t) < t * (2 * weight + (here - weight) * (LISTED_SURPLUS / 100)) - _MARGIN:
                continue
            counts[2] += 1
            p = 0
            for j in range(listed_size):
                v = theirs.names.words[j0 + j]
                is_initial = facts.sort[v] == INITIAL
                if marks.stamp[v] == stamp:
                    node = marks.head[v]
                    while node >= 0:
                        i = nodes.place[node]
                        word = ours.names.words[i0 + i]
                        similarity = nodes.similarity[node]
                        if word == v and ours.names.surfaces[i0 + i] != theirs.names.surfaces[j0 + j]:
                            similarity = 990
                        p = add_pair(pairs, p, i, 1, j, 1, similarity, words.weight[word], words.weight[v])
                        node = nodes.following[node]
                if is_initial or reach:
                    for i in range(size):
                        word = ours.names.words[i0 + i]
                        if not (is_initial or facts.sort[word] == INITIAL):
                            continue
                        similarity = 0
                        if word == v:
                            similarity = FULL if ours.names.surfaces[i0 + i] == theirs.names.surfaces[j0 + j] else 990
                        elif (
                            facts.is_alpha[word]
                            and facts.is_alpha[v]
                            and facts.letters[facts.starts[word]] == facts.letters[facts.starts[v]]
                            and facts.starts[word + 1] - facts.starts[word] != facts.starts[v + 1] - facts.starts[v]
                        ):
                            similarity = INITIAL_SIMILARITY
                        if similarity:
                            p = add_pair(pairs, p, i, 1, j, 1, similarity, words.weight[word], words.weight[v])
                if is_joined and apart_marks.stamp[v] == stamp:
                    node = apart_marks.head[v]
                    while node >= 0:
                        a = nodes.place[node]
                        p = add_pair(
                            pairs, p, apart.first[a], apart.size[a], j, 1, nodes.similarity[node], apart.weight[a], words.weight[v]
                        )
                        node = nodes.following[node]
            if is_joined and has_together:
                for g in range(listed.together.starts[d], listed.together.starts[d + 1]):
                    if together_marks.stamp[listed.together.number[g]] == stamp:
                        node = together_marks.head[listed.together.number[g]]
                        while node >= 0:
                            i = nodes.place[node]
                            own = words.weight[ours.names.words[i0 + i]]
                            p = add_pair(
                                pairs,
                                p,
                                i,
                                1,
                                listed.together.first[g],
                                listed.together.size[g],
                                nodes.similarity[node],
                                own,
                                listed.together.weight[g],
                            )
                            node = nodes.following[node]
            value = score(ours, name, theirs, d, pairs, taken, take(pairs, p, taken), place)
            if value >= need:
                if out == len(out_declared):
                    out_declared = np.concatenate((out_declared, np.empty(out, np.int32)))
                    out_listed = np.concatenate((out_listed, np.empty(out, np.int32)))
                    out_score = np.concatenate((out_score, np.empty(out, np.int32)))
                out_declared[out], out_listed[out], out_score[out] = name, d, value
                out += 1
    return out_declared[:out].copy(), out_listed[:out].copy(), out_score[:out].copy()
