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

from screening.matching.compiled.alignment import add_pair, score, shared_legal, take
from screening.matching.compiled.assembly import Names
from screening.matching.compiled.edges import ListedWords
from screening.matching.compiled.keys import Groups
from screening.matching.compiled.near import INITIAL, Facts
from screening.matching.compiled.strings import Bytes, Ints
from screening.matching.compiled.together import joined_shape, together_edges
from screening.matching.compiled.variants import MOST, WHOLE
from screening.matching.lexicon import JOIN_WORDS, LEAST_JOINED, MAX_WORDS, RARE_WEIGHT
from screening.matching.link import ABBREVIATION, FULL
from screening.matching.link import INITIAL as INITIAL_SIMILARITY
from screening.matching.score import DECLARED_SURPLUS, LEADING, LISTED_SURPLUS, SURPLUS_CAP

DECLARED_SLACK = 30  # weight of initials of a declared name up to which the leading words of listed names are chosen
LISTED_SLACK = 20  # the same of listed names; those with more initials are entered under all words
HAS_INITIALS = np.uint64(1 << 63)
_MARGIN = 1e-6
_HEAVIEST = JOIN_WORDS * RARE_WEIGHT  # of words written together
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
    """Listed names by their leading words, for one threshold; with the signs of the words that must each be aligned.

    ``needed`` holds for declared names without initials, ``still_needed`` for all that are looked up here.
    """

    starts: Ints
    names: Ints
    needed: NDArray[np.uint64]
    still_needed: NDArray[np.uint64]
    needed_of: NDArray[np.uint64]  # by name


class Listed(NamedTuple):
    """The listed names in order of weight, and the ways to find them."""

    names: Names
    weight_starts: Ints  # the first name of each weight or more
    by_word: Groups
    many_initials: Groups  # likewise, of names with more than ``LISTED_SLACK``
    together: Together
    core: NDArray[np.int16]  # the weight of each word, nothing for initials
    signs: NDArray[np.uint64]  # one bit for each word of a name, and ``HAS_INITIALS``


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


@njit(cache=True, nogil=True, inline="always")
def sign(word: int) -> int:
    """The one bit of 63 that stands for a word."""
    return np.uint64(1) << min((np.uint64(word) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(58), np.uint64(62))


@njit(cache=True, nogil=True, inline="always")
def _mark(
    marked: Ints, head: Ints, place: Ints, similarities: Ints, following: Ints, at: int, word: int, where: int, similarity: int, stamp: int
) -> int:
    """Adds an agreement to the chain of a listed word; gives the next free node."""
    place[at] = where
    similarities[at] = similarity
    following[at] = head[word] if marked[word] == stamp else -1
    marked[word] = stamp
    head[word] = at
    return at + 1


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
    ours: Names,
    patronymic: Bytes,
    first: int,
    end: int,
    words: Words,
    listed: Listed,
    lists: ListedWords,
    leading: Leading,
    need: int,
    is_exhaustive: bool,
) -> tuple[Ints, Ints, Ints, NDArray[np.int64]]:
    """Declared name, listed name and score of all pairs of the declared names from ``first`` to ``end`` that reach ``need``.

    ``is_exhaustive``: every pair is scored, whatever the bounds say; it is how they are tested. Last come three counts:
    listed names found by words written together, candidates in all, pairs scored.
    """
    # Every array is named once: taken out of its tuple inside a loop it would be counted in and out each time.
    our_starts, our_words, our_surfaces, our_legal_starts, our_legal, our_weight, our_initials = ours
    its_starts, its_words, its_surfaces, its_legal_starts, its_legal, its_weight, its_initials = listed.names
    weight_starts = listed.weight_starts
    by_word_starts, by_word_names = listed.by_word
    many_starts, many_names = listed.many_initials
    together_starts, together_first, together_size, together_number, together_weight, by_together = listed.together
    by_together_starts, by_together_names = by_together
    leading_starts, leading_names, needed_plain, needed_slack, needed_of = leading
    signs, core = listed.signs, listed.core
    facts, word_weight, edge_starts, edge_middles, edge_ends, edge_to, edge_similarity, cost = words
    letters, starts, sort, is_alpha, sound = facts.letters, facts.starts, facts.sort, facts.is_alpha, facts.sound
    shape, shape_power = facts.shape, facts.shape_power
    whole_buckets, whole_words, whole_checks, whole_bits = lists.whole
    sounds, shapes = lists.sounds, lists.shapes
    sound_starts, sound_words = lists.by_sound
    t = need / 10000
    rest = (1 - t) / (1 + t)
    total, singles, togethers = len(its_weight), len(lists.is_single), len(lists.together_starts) - 1
    top = len(weight_starts) - 2
    visited, joined = np.full(total, -1, np.int32), np.full(total, -1, np.int32)
    marked, mark_head = np.full(singles, -1, np.int32), np.empty(singles, np.int32)
    apart_marked, apart_head = np.full(singles, -1, np.int32), np.empty(singles, np.int32)
    together_marked, together_head = np.full(togethers, -1, np.int32), np.empty(togethers, np.int32)
    # Agreements: the declared place (of a word, or among its words written together), the similarity, the next node.
    node_place, node_similarity, node_next = np.empty(4096, np.int32), np.empty(4096, np.int32), np.empty(4096, np.int32)
    room = JOIN_WORDS * MAX_WORDS
    apart_first, apart_size, apart_weight = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
    hashes = np.empty(max(MOST, WHOLE + 1), np.uint64)
    run, key, other = np.empty(64, np.uint8), np.empty(128, np.uint8), np.empty(128, np.uint8)
    to, similar = np.empty(singles + 1, np.int32), np.empty(singles + 1, np.int32)
    candidates = np.empty(total, np.int32)
    pairs, taken = np.empty((_PAIRS, 8), np.int32), np.empty(MAX_WORDS, np.int32)
    order = np.empty(MAX_WORDS, np.int32)
    reached, needed = np.empty(MAX_WORDS, np.uint64), np.empty(MAX_WORDS, np.uint64)
    none, every = np.uint64(0), ~np.uint64(0)
    own_core = np.empty(MAX_WORDS, np.int64)  # weight, of initials nothing
    one = np.uint64(1)
    out_declared, out_listed, out_score = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    out = 0
    counts = np.zeros(3, np.int64)
    for name in range(first, end):
        i0, size = our_starts[name], our_starts[name + 1] - our_starts[name]
        if size == 0:
            continue  # no words, no telling agreement
        weight, slack = np.int64(our_weight[name]), np.int64(our_initials[name])
        stamp = name
        # The agreements of the name with the words of the list.
        edges, longest, reach = 0, 0, False
        for i in range(size):
            word = our_words[i0 + i]
            edges += edge_ends[word] - edge_starts[word]
            longest += starts[word + 1] - starts[word]
            reach = reach or sort[word] == INITIAL
        if longest > len(run):
            run, key, other = np.empty(2 * longest, np.uint8), np.empty(4 * longest, np.uint8), np.empty(4 * longest, np.uint8)
        if 2 * edges + 4096 > len(node_place):
            more = 4 * edges + 8192
            node_place, node_similarity, node_next = np.empty(more, np.int32), np.empty(more, np.int32), np.empty(more, np.int32)
        at, count = 0, 0
        unlinked = 0
        has_together = False
        most_shift, most_shift_listed = 0, 0
        union = none
        for i in range(size):
            word = our_words[i0 + i]
            mask = none
            for e in range(edge_starts[word], edge_middles[word]):
                mask |= sign(edge_to[e])
                at = _mark(marked, mark_head, node_place, node_similarity, node_next, at, edge_to[e], i, edge_similarity[e], stamp)
            if edge_starts[word] == edge_middles[word] and sort[word] != INITIAL:
                unlinked += word_weight[word]
            union |= mask
            reached[i] = mask
            own_core[i] = 0 if sort[word] == INITIAL else word_weight[word]
            if edge_middles[word] < edge_ends[word]:
                reached[i] = every
                most_shift += _HEAVIEST
                most_shift_listed += word_weight[word]
            for e in range(edge_middles[word], edge_ends[word]):
                at = _mark(
                    together_marked, together_head, node_place, node_similarity, node_next, at, edge_to[e], i, edge_similarity[e], stamp
                )
                has_together = True
                for k in range(by_together_starts[edge_to[e]], by_together_starts[edge_to[e] + 1]):
                    d = by_together_names[k]
                    if joined[d] != stamp:
                        joined[d] = stamp
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
        parts = 0
        joined_union = every if has_together else union
        for i in range(size):
            length, part_weight = 0, 0
            form, last = np.uint64(0), 0
            for k in range(i, min(i + JOIN_WORDS, size)):
                word = our_words[i0 + k]
                if not is_alpha[word]:
                    break
                for m in range(starts[word], starts[word + 1]):
                    run[length] = letters[m]
                    length += 1
                form = joined_shape(form, last, shape[word], shape_power[word], letters[starts[word]])
                last = run[length - 1]
                part_weight += word_weight[word]
                if k == i or length < LEAST_JOINED:
                    continue
                found = together_edges(
                    run,
                    length,
                    form,
                    letters,
                    starts,
                    sound,
                    whole_buckets,
                    whole_words,
                    whole_checks,
                    whole_bits,
                    shapes,
                    sounds,
                    sound_starts,
                    sound_words,
                    hashes,
                    key,
                    other,
                    to,
                    similar,
                )
                if found == 0:
                    continue
                apart_first[parts], apart_size[parts], apart_weight[parts] = i, k - i + 1, part_weight
                if at + found + 16 > len(node_place):
                    more = 2 * (at + found + 4096)
                    node_place = np.concatenate((node_place[:at], np.empty(more - at, np.int32)))
                    node_similarity = np.concatenate((node_similarity[:at], np.empty(more - at, np.int32)))
                    node_next = np.concatenate((node_next[:at], np.empty(more - at, np.int32)))
                most_shift += RARE_WEIGHT
                most_shift_listed += part_weight
                for e in range(found):
                    joined_union |= sign(to[e])
                    for m in range(i, k + 1):
                        reached[m] |= sign(to[e])
                    at = _mark(apart_marked, apart_head, node_place, node_similarity, node_next, at, to[e], parts, similar[e], stamp)
                    for m in range(by_word_starts[to[e]], by_word_starts[to[e] + 1]):
                        d = by_word_names[m]
                        if joined[d] != stamp:
                            joined[d] = stamp
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
                parts += 1
        counts[0] += count
        # Listed names that are the lighter ones, by their leading words.
        leading_needed = needed_slack if slack else needed_plain
        least = weight_starts[min(max(np.int64(np.ceil(_least_listed(weight, t) - _MARGIN)), 0), top + 1)]
        most = weight_starts[min(weight + 1, top + 1)]
        for i in range(size):
            word = our_words[i0 + i]
            own = np.int64(word_weight[word])
            for e in range(edge_starts[word], edge_middles[word]):
                v = edge_to[e]
                theirs_weight = np.int64(word_weight[v])
                lost = theirs_weight - min(own, theirs_weight)
                dull = lost + min(own, theirs_weight) * (1 - edge_similarity[e] / FULL)
                if slack <= DECLARED_SLACK:
                    stop = leading_starts[v + 1]
                    for k in range(_cut(leading_names, leading_starts[v], stop, least), stop):
                        d = leading_names[k]
                        if d >= most:
                            break
                        if leading_needed[k] & ~union:
                            continue
                        if visited[d] == stamp:
                            continue
                        here = np.int64(its_weight[d])
                        if (here + slack) * (1 + t) - dull - t * lost < t * (2 * here + _surplus_of(here, weight)) - _MARGIN:
                            continue
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
                else:
                    stop = by_word_starts[v + 1]
                    for k in range(_cut(by_word_names, by_word_starts[v], stop, least), stop):
                        d = by_word_names[k]
                        if d >= most:
                            break
                        if visited[d] != stamp:
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
        # Listed names that are the heavier ones, by the rarest words of the declared name.
        if unlinked <= rest * weight + LISTED_SLACK + _MARGIN:
            least = weight_starts[min(weight, top + 1)]
            held = 0
            for i in range(size):
                if sort[our_words[i0 + i]] == INITIAL:
                    continue
                k = held
                while k > 0 and cost[our_words[i0 + order[k - 1]]] > cost[our_words[i0 + i]]:
                    order[k] = order[k - 1]
                    k -= 1
                order[k] = i
                held += 1
            demands = 0
            for k in range(held):
                word = our_words[i0 + order[k]]
                if word_weight[word] > rest * weight + _MARGIN:
                    # a pair without agreements of words written together: reached[] may hold more, never less
                    spared = word_weight[word] <= rest * weight + LISTED_SLACK + _MARGIN
                    needed[demands] = reached[order[k]] | (HAS_INITIALS if spared else none)
                    demands += 1
            gone = 0
            for k in range(held):
                word = our_words[i0 + order[k]]
                own = np.int64(word_weight[word])
                gone += own
                for e in range(edge_starts[word], edge_middles[word]):
                    v = edge_to[e]
                    same = min(own, np.int64(word_weight[v]))
                    mine = own - same
                    dull = mine + same * (1 - edge_similarity[e] / FULL)
                    # M + t C >= t (2 weight + surplus), M and C without what has no edge and what this edge loses
                    reach_weight = (weight + LISTED_SLACK - unlinked) * (1 + t) - dull - t * mine
                    excess = (reach_weight / t - 2 * weight) / (LISTED_SURPLUS / 100)
                    if excess < -_MARGIN:
                        continue
                    most = weight_starts[min(weight + np.int64(min(excess + _MARGIN, 1e6)) + 1, top + 1)]
                    excess -= LISTED_SLACK * (1 + t) / t / (LISTED_SURPLUS / 100)
                    most_plain = least
                    if excess >= -_MARGIN:
                        most_plain = weight_starts[min(weight + np.int64(min(excess + _MARGIN, 1e6)) + 1, top + 1)]
                    stop = by_word_starts[v + 1]
                    for m in range(_cut(by_word_names, by_word_starts[v], stop, least), stop):
                        d = by_word_names[m]
                        if d >= most:
                            break
                        here_signs = signs[d]
                        if d >= most_plain and not here_signs & HAS_INITIALS:
                            continue
                        met = 0
                        while met < demands and here_signs & needed[met]:
                            met += 1
                        if met == demands and visited[d] != stamp:
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
                if gone > rest * weight + LISTED_SLACK + _MARGIN:
                    break
        for i in range(size):
            word = our_words[i0 + i]
            for e in range(edge_starts[word], edge_middles[word]):
                for m in range(many_starts[edge_to[e]], many_starts[edge_to[e] + 1]):
                    d = many_names[m]
                    if visited[d] != stamp:
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
        counts[1] += count
        # The candidates: first by what is left over, then exactly.
        if is_exhaustive:
            count = total
            for d in range(total):
                candidates[d] = d
                joined[d] = stamp
        is_sure = rest * most_shift_listed + slack <= DECLARED_SLACK and not is_exhaustive
        for c in range(count):
            d = candidates[c]
            if joined[d] == stamp and is_sure and needed_of[d] & ~joined_union:
                # the listed name cannot be the lighter one; can the declared one?
                left = 0
                for i in range(size):
                    if not signs[d] & reached[i]:
                        left += own_core[i]
                if left > rest * (weight + most_shift) + its_initials[d] + _MARGIN:
                    continue
            j0, listed_size = its_starts[d], its_starts[d + 1] - its_starts[d]
            is_joined = joined[d] == stamp
            here, here_slack = np.int64(its_weight[d]), np.int64(its_initials[d])
            if not is_joined and here <= weight:
                # what the listed name may have left over: M <= C <= here + slack - left
                allowed = here + slack - (t * (2 * here + (_surplus_of(here, weight) if here < weight else 0)) - _MARGIN) / (1 + t)
                left = 0
                for j in range(j0, j0 + listed_size):
                    if marked[its_words[j]] != stamp:
                        left += core[its_words[j]]
                        if left > allowed:
                            break
                if left > allowed:
                    continue
            elif not is_joined:
                linked = none
                for j in range(j0, j0 + listed_size):
                    if marked[its_words[j]] == stamp:
                        node = mark_head[its_words[j]]
                        while node >= 0:
                            linked |= one << np.uint64(node_place[node])
                            node = node_next[node]
                left = 0
                for i in range(size):
                    if not (linked >> np.uint64(i)) & one:
                        left += own_core[i]
                if (weight + here_slack - left) * (1 + t) < t * (2 * weight + (here - weight) * (LISTED_SURPLUS / 100)) - _MARGIN:
                    continue
            else:
                linked, linked_listed = none, none
                shift, shift_listed = 0, 0
                for j in range(listed_size):
                    v = its_words[j0 + j]
                    if marked[v] == stamp:
                        linked_listed |= one << np.uint64(j)
                        node = mark_head[v]
                        while node >= 0:
                            linked |= one << np.uint64(node_place[node])
                            node = node_next[node]
                    if apart_marked[v] == stamp:
                        linked_listed |= one << np.uint64(j)
                        node = apart_head[v]
                        while node >= 0:
                            p = node_place[node]
                            linked |= ((one << np.uint64(apart_size[p])) - one) << np.uint64(apart_first[p])
                            shift += max(0, word_weight[v] - apart_weight[p])
                            shift_listed += max(0, apart_weight[p] - word_weight[v])
                            node = node_next[node]
                if has_together:
                    for g in range(together_starts[d], together_starts[d + 1]):
                        if together_marked[together_number[g]] == stamp:
                            linked_listed |= ((one << np.uint64(together_size[g])) - one) << np.uint64(together_first[g])
                            node = together_head[together_number[g]]
                            while node >= 0:
                                linked |= one << np.uint64(node_place[node])
                                own = np.int64(word_weight[our_words[i0 + node_place[node]]])
                                shift += max(0, together_weight[g] - own)
                                shift_listed += max(0, own - together_weight[g])
                                node = node_next[node]
                left, left_listed = 0, 0
                for i in range(size):
                    if not (linked >> np.uint64(i)) & one:
                        left += own_core[i]
                for j in range(listed_size):
                    if not (linked_listed >> np.uint64(j)) & one:
                        left_listed += core[its_words[j0 + j]]
                if (
                    left_listed > rest * (here + shift_listed) + slack + _MARGIN
                    and left > rest * (weight + shift) + here_slack + _MARGIN
                    and not is_exhaustive
                ):
                    continue
            counts[2] += 1
            p = 0
            for j in range(listed_size):
                v = its_words[j0 + j]
                is_initial = sort[v] == INITIAL
                if marked[v] == stamp:
                    node = mark_head[v]
                    while node >= 0:
                        i = node_place[node]
                        word = our_words[i0 + i]
                        similarity = node_similarity[node]
                        if word == v and our_surfaces[i0 + i] != its_surfaces[j0 + j]:
                            similarity = ABBREVIATION
                        p = add_pair(pairs, p, i, 1, j, 1, similarity, word_weight[word], word_weight[v])
                        node = node_next[node]
                if is_initial or reach:
                    for i in range(size):
                        word = our_words[i0 + i]
                        if not (is_initial or sort[word] == INITIAL):
                            continue
                        similarity = 0
                        if word == v:
                            similarity = FULL if our_surfaces[i0 + i] == its_surfaces[j0 + j] else ABBREVIATION
                        elif (
                            is_alpha[word]
                            and is_alpha[v]
                            and letters[starts[word]] == letters[starts[v]]
                            and starts[word + 1] - starts[word] != starts[v + 1] - starts[v]
                        ):
                            similarity = INITIAL_SIMILARITY
                        if similarity:
                            p = add_pair(pairs, p, i, 1, j, 1, similarity, word_weight[word], word_weight[v])
                if is_joined and apart_marked[v] == stamp:
                    node = apart_head[v]
                    while node >= 0:
                        a = node_place[node]
                        p = add_pair(pairs, p, apart_first[a], apart_size[a], j, 1, node_similarity[node], apart_weight[a], word_weight[v])
                        node = node_next[node]
            if is_joined and has_together:
                for g in range(together_starts[d], together_starts[d + 1]):
                    if together_marked[together_number[g]] == stamp:
                        node = together_head[together_number[g]]
                        while node >= 0:
                            i = node_place[node]
                            own = word_weight[our_words[i0 + i]]
                            p = add_pair(
                                pairs,
                                p,
                                i,
                                1,
                                together_first[g],
                                together_size[g],
                                node_similarity[node],
                                own,
                                together_weight[g],
                            )
                            node = node_next[node]
            legal = shared_legal(
                our_legal, our_legal_starts[name], our_legal_starts[name + 1], its_legal, its_legal_starts[d], its_legal_starts[d + 1]
            )
            value = score(
                our_words,
                i0,
                i0 + size,
                weight,
                its_words,
                j0,
                j0 + listed_size,
                here,
                legal,
                sort,
                starts,
                patronymic,
                pairs,
                taken,
                take(pairs, p, taken),
            )
            if value >= need:
                if out == len(out_declared):
                    out_declared = np.concatenate((out_declared, np.empty(out, np.int32)))
                    out_listed = np.concatenate((out_listed, np.empty(out, np.int32)))
                    out_score = np.concatenate((out_score, np.empty(out, np.int32)))
                out_declared[out], out_listed[out], out_score[out] = name, d, value
                out += 1
    return out_declared[:out].copy(), out_listed[:out].copy(), out_score[:out].copy(), counts
