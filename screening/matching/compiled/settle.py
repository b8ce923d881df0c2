"""Candidates settled: first by what the words of a pair cost, then by the exact score (see ``scan``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from screening.matching.compiled.alignment import add_pair, score, shared_legal, take
from screening.matching.compiled.assembly import END as NAME_END
from screening.matching.compiled.assembly import FIRST, INITIALS, LEGAL_END, LEGAL_FIRST, WEIGHT, Names
from screening.matching.compiled.edges import SIMILARITY_SHIFT, TO, least_weight, listed_weight, similarity_of
from screening.matching.compiled.enough import EAR, FROM_INITIAL, SPELLED
from screening.matching.compiled.gather import CAP, DECLARED_SHARE, IS_BEGUN, IS_JOINED, IS_SLIPPED, LISTED_SHARE, LOSS_MASK, Candidates
from screening.matching.compiled.kernel import inner
from screening.matching.compiled.leading import MARGIN, initial_gain
from screening.matching.compiled.listing import Listed
from screening.matching.compiled.near import BY_EAR
from screening.matching.compiled.near import SIMILARITY as SIMILARITY_BITS
from screening.matching.compiled.slips import is_slipped
from screening.matching.compiled.strings import Ints, Longs, Strings
from screening.matching.compiled.words import (
    EDGES,
    END,
    FACTS,
    INITIAL,
    IS_ALPHA,
    LOSS,
    MIDDLE,
    first_letter,
    length_of,
    sort_of,
    weight_of,
)
from screening.matching.lexicon import INITIAL_WEIGHT
from screening.matching.link import ABBREVIATION, FULL
from screening.matching.link import INITIAL as INITIAL_SIMILARITY
from screening.matching.score import BEGINNING, LEADING, SLIPPED


class Marks(NamedTuple):
    """The agreements of one declared name by the listed words they lead to.

    A mark is the stamp of the name and the first node of a chain; a node the declared place and similarity, and the next.
    """

    word: Longs
    bits: Longs  # and all declared places, one bit each
    apart: Longs  # of declared words written together
    together: Longs  # of listed words written together
    nodes: Longs


@inner
def _mark(marks: Longs, nodes: Longs, at: int, word: int, place: int, similarity: int, stamp: int) -> int:
    """Adds an agreement to the chain of a listed word; gives the next free node."""
    nodes[2 * at] = place | np.int64(similarity) << 16
    nodes[2 * at + 1] = marks[word] & TO if marks[word] >> 32 == stamp else TO
    marks[word] = np.int64(stamp) << 32 | at
    return at + 1


@inner
def _may_reach(
    d: int, ours: Names, name: int, listed: Listed, rows: Longs, marks: Marks, parts: Ints, is_joined: bool, stamp: int, t: float
) -> bool:
    """Whether the costs of one of two names stay within its budget, judged by the agreements of their words."""
    one = np.uint64(1)
    its, words = listed.names.rows, listed.names.words
    i0, size = ours.rows[name, FIRST], ours.rows[name, NAME_END] - ours.rows[name, FIRST]
    j0, its_size = its[d, FIRST], its[d, NAME_END] - its[d, FIRST]
    linked, linked_listed = np.uint64(0), np.uint64(0)
    gain, gain_listed = 0, 0
    if is_joined:
        for j in range(its_size):
            v = words[j0 + j]
            if marks.apart[v] >> 32 == stamp:
                linked_listed |= one << np.uint64(j)
                weight = weight_of(rows[v, FACTS])
                node = marks.apart[v] & TO
                while node != TO:
                    part = marks.nodes[2 * node] & 0xFFFF
                    linked |= ((one << np.uint64(parts[part, 1])) - one) << np.uint64(parts[part, 0])
                    gain += max(0, weight - parts[part, 2])
                    gain_listed += max(0, parts[part, 2] - weight)
                    node = marks.nodes[2 * node + 1]
        together = listed.together
        for g in range(together.starts[d], together.starts[d + 1]):
            mark = marks.together[together.number[g]]
            if mark >> 32 == stamp:
                linked_listed |= ((one << np.uint64(together.size[g])) - one) << np.uint64(together.first[g])
                node = mark & TO
                while node != TO:
                    i = marks.nodes[2 * node] & 0xFFFF
                    linked |= one << np.uint64(i)
                    weight = weight_of(rows[ours.words[i0 + i], FACTS])
                    gain += max(0, together.weight[g] - weight)
                    gain_listed += max(0, weight - together.weight[g])
                    node = marks.nodes[2 * node + 1]
    budget = (1 - t) * (ours.rows[name, WEIGHT] + gain) + its[d, INITIALS] // INITIAL_WEIGHT * initial_gain(t) + MARGIN
    budget_listed = (1 - t) * (its[d, WEIGHT] + gain_listed) + ours.rows[name, INITIALS] // INITIAL_WEIGHT * initial_gain(t) + MARGIN
    left_listed, cost_listed = 0, 0.0
    for j in range(its_size):
        v = words[j0 + j]
        weight = weight_of(rows[v, FACTS])
        if marks.word[v] >> 32 == stamp:
            best = 1e9
            node = marks.word[v] & TO
            while node != TO:
                i, similarity = marks.nodes[2 * node] & 0xFFFF, (marks.nodes[2 * node] >> 16) & SIMILARITY_BITS
                linked |= one << np.uint64(i)
                same = min(weight, weight_of(rows[ours.words[i0 + i], FACTS]))
                best = min(best, (1 - t) * (weight - same) + same * (1 - similarity / FULL))
                node = marks.nodes[2 * node + 1]
            if not (linked_listed >> np.uint64(j)) & one:
                cost_listed += best
        elif not (linked_listed >> np.uint64(j)) & one and sort_of(rows[v, FACTS]) != INITIAL:
            left_listed += weight
    left, cost = 0, 0.0
    for i in range(size):
        facts = rows[ours.words[i0 + i], FACTS]
        if sort_of(facts) != INITIAL:
            if (linked >> np.uint64(i)) & one:
                if not is_joined:
                    cost += (rows[ours.words[i0 + i], LOSS] & LOSS_MASK) / FULL
            else:
                left += weight_of(facts)
    # An initial aligned with a full word leaves the rest of that word.
    sure = max(0, left - its[d, INITIALS])
    sure_listed = max(0, left_listed - ours.rows[name, INITIALS])
    surplus = LISTED_SHARE * t * max(0, sure_listed - left) if not is_joined else 0.0
    if (1 + t) * left + cost + surplus <= budget:
        return True
    surplus = 0.0
    if sure > left_listed:
        surplus = DECLARED_SHARE * (sure - left_listed)
        if is_joined or its[d, WEIGHT] >= LEADING:
            surplus = min(surplus, CAP * LEADING)
        surplus *= t
    return (1 + t) * left_listed + cost_listed + surplus <= budget_listed


@inner
def _pairs_of(
    d: int, ours: Names, name: int, listed: Listed, rows: Longs, marks: Marks, parts: Ints, is_joined: bool, stamp: int, pairs: Ints
) -> int:
    """Writes the agreements of two names; gives how many."""
    i0, size = ours.rows[name, FIRST], ours.rows[name, NAME_END] - ours.rows[name, FIRST]
    j0, its_size = listed.names.rows[d, FIRST], listed.names.rows[d, NAME_END] - listed.names.rows[d, FIRST]
    has_initials = ours.rows[name, INITIALS] != 0
    count = 0
    for j in range(its_size):
        v = listed.names.words[j0 + j]
        facts = rows[v, FACTS]
        weight, is_initial = weight_of(facts), sort_of(facts) == INITIAL
        if marks.word[v] >> 32 == stamp:
            node = marks.word[v] & TO
            while node != TO:
                i, similarity = marks.nodes[2 * node] & 0xFFFF, marks.nodes[2 * node] >> 16
                word = ours.words[i0 + i]
                kind = EAR if similarity & BY_EAR else SPELLED
                similarity &= SIMILARITY_BITS
                if word == v and ours.surfaces[i0 + i] != listed.names.surfaces[j0 + j]:
                    similarity = ABBREVIATION
                count = add_pair(pairs, count, i, 1, j, 1, similarity, weight_of(rows[word, FACTS]), weight, kind)
                node = marks.nodes[2 * node + 1]
        if is_initial or has_initials:
            for i in range(size):
                word = ours.words[i0 + i]
                own = rows[word, FACTS]
                if not (is_initial or sort_of(own) == INITIAL):
                    continue
                similarity, kind = 0, FROM_INITIAL
                if word == v:
                    similarity = FULL if ours.surfaces[i0 + i] == listed.names.surfaces[j0 + j] else ABBREVIATION
                    kind = SPELLED
                elif own & facts & IS_ALPHA and first_letter(own) == first_letter(facts) and length_of(own) != length_of(facts):
                    similarity = INITIAL_SIMILARITY
                if similarity:
                    count = add_pair(pairs, count, i, 1, j, 1, similarity, weight_of(own), weight, kind)
        if is_joined and marks.apart[v] >> 32 == stamp:
            node = marks.apart[v] & TO
            while node != TO:
                p, similarity = marks.nodes[2 * node] & 0xFFFF, marks.nodes[2 * node] >> 16
                count = add_pair(pairs, count, parts[p, 0], parts[p, 1], j, 1, similarity, parts[p, 2], weight, SPELLED)
                node = marks.nodes[2 * node + 1]
    if is_joined:
        together = listed.together
        for g in range(together.starts[d], together.starts[d + 1]):
            mark = marks.together[together.number[g]]
            if mark >> 32 == stamp:
                node = mark & TO
                while node != TO:
                    i, similarity = marks.nodes[2 * node] & 0xFFFF, marks.nodes[2 * node] >> 16
                    own = weight_of(rows[ours.words[i0 + i], FACTS])
                    count = add_pair(pairs, count, i, 1, together.first[g], together.size[g], similarity, own, together.weight[g], SPELLED)
                    node = marks.nodes[2 * node + 1]
    return count


@inner
def _score(d: int, ours: Names, name: int, listed: Listed, strings: Strings, rows: Longs, pairs: Ints, count: int, taken: Ints) -> int:
    """The score of two names of which the agreements are given."""
    its = listed.names
    first, end, its_first, its_end = (
        ours.rows[name, LEGAL_FIRST],
        ours.rows[name, LEGAL_END],
        its.rows[d, LEGAL_FIRST],
        its.rows[d, LEGAL_END],
    )
    return score(
        ours.words,
        ours.rows[name, FIRST],
        ours.rows[name, NAME_END],
        ours.rows[name, WEIGHT],
        its.words,
        its.rows[d, FIRST],
        its.rows[d, NAME_END],
        its.rows[d, WEIGHT],
        shared_legal(ours.legal, first, end, its.legal, its_first, its_end),
        end - first,
        its_end - its_first,
        strings,
        rows,
        pairs,
        taken,
        take(pairs, count, taken),
    )


@inner
def edge_count(ours: Names, first: int, end: int, rows: Longs) -> int:
    """The most agreements of the words of one name."""
    most = 0
    for name in range(first, end):
        count = 0
        for i in range(ours.rows[name, FIRST], ours.rows[name, NAME_END]):
            count += rows[ours.words[i], END] - rows[ours.words[i], EDGES]
        most = max(most, count)
    return most


@inner
def settle(
    ours: Names,
    first: int,
    end: int,
    strings: Strings,
    rows: Longs,
    edges: Longs,
    listed: Listed,
    candidates: Candidates,
    marks: Marks,
    pairs: Ints,
    taken: Ints,
    own: Longs,
    need: int,
    is_exhaustive: bool,
    out: Ints,
    out_at: int,
    counts: Longs,
) -> int:
    """Writes declared name, listed name and score of the candidates of names from ``first`` to ``end`` that reach ``need``.

    Gives the next row of ``out``, which has room for all candidates. ``counts``: candidates, and those scored.
    """
    words, parts, nodes = ours.words, candidates.parts, marks.nodes
    its, its_words, core = listed.names.rows, listed.names.words, listed.core
    marked, bits, apart = marks.word, marks.bits, marks.apart
    t = need / 10_000
    gain, rest = initial_gain(t) / (1 + t), (1 - t) / (1 + t)
    for name in range(first, end):
        begin, stop = candidates.names[name - first, 0], candidates.names[name - first + 1, 0]
        if begin == stop:
            continue
        stamp, at, total = name + 1, 0, 0
        # Of agreements of words written together: the words that may have them, the most weight they cover, the most they add to each name
        joinable, covered, shift, shift_listed = np.int64(0), 0, 0, 0
        i0 = ours.rows[name, FIRST]
        initials = ours.rows[name, INITIALS] // INITIAL_WEIGHT
        for i in range(i0, ours.rows[name, NAME_END]):
            word = words[i]
            own[i - i0] = 0 if sort_of(rows[word, FACTS]) == INITIAL else weight_of(rows[word, FACTS])
            total += own[i - i0]
            for e in range(rows[word, EDGES], rows[word, MIDDLE]):
                v = edges[e] & TO
                bits[v] = (bits[v] if marked[v] >> 32 == stamp else 0) | np.int64(1) << (i - i0)
                at = _mark(marked, nodes, at, v, i - i0, (edges[e] >> SIMILARITY_SHIFT) & (2 * BY_EAR - 1), stamp)
            most, least = 0, weight_of(rows[word, FACTS])
            for e in range(rows[word, MIDDLE], rows[word, END]):
                at = _mark(marks.together, nodes, at, edges[e] & TO, i - i0, similarity_of(edges[e]), stamp)
                most, least = max(most, listed_weight(edges[e])), min(least, least_weight(edges[e]))
            if most:
                joinable |= np.int64(1) << (i - i0)
                covered += most
                shift += max(0, most - weight_of(rows[word, FACTS]))
                shift_listed += weight_of(rows[word, FACTS]) - least
        for p in range(candidates.names[name - first, 1], candidates.names[name - first + 1, 1]):
            joinable |= ((np.int64(1) << parts[p, 1]) - 1) << parts[p, 0]
            for e in range(parts[p, 3], parts[p + 1, 3]):
                agreement = candidates.agreements[e]
                weight = weight_of(rows[agreement & TO, FACTS])
                shift += max(0, weight - parts[p, 2])
                shift_listed += max(0, parts[p, 2] - weight)
                at = _mark(apart, nodes, at, agreement & TO, p - candidates.names[name - first, 1], agreement >> 32, stamp)
        own_parts = parts[candidates.names[name - first, 1] :]
        counts[0] += stop - begin
        for c in range(begin, stop):
            d = candidates.found[c] & TO
            is_joined, is_begun = candidates.found[c] & IS_JOINED != 0, candidates.found[c] & IS_BEGUN != 0
            is_met = candidates.found[c] & IS_SLIPPED != 0
            if is_exhaustive:
                is_met = need <= SLIPPED and is_slipped(ours, name, listed.names, d, strings, rows)
            if not (is_begun or is_met or is_exhaustive):
                # The costs of words that agree with nothing are the first to be counted.
                linked, left_listed = np.int64(0), np.int64(0)
                for j in range(its[d, FIRST], its[d, NAME_END]):
                    v = its_words[j]
                    if marked[v] >> 32 == stamp:
                        linked |= bits[v]
                    elif not is_joined or apart[v] >> 32 != stamp:
                        left_listed += core[v]
                spare, spare_listed = MARGIN, initials * gain + MARGIN
                if is_joined:
                    linked |= joinable
                    spare, spare_listed = spare + rest * shift, spare_listed + rest * shift_listed + covered
                left, i = total, 0
                while linked:
                    left -= own[i] * (linked & 1)
                    linked >>= 1
                    i += 1
                is_over = left > rest * ours.rows[name, WEIGHT] + its[d, INITIALS] // INITIAL_WEIGHT * gain + spare
                if is_over and left_listed > rest * its[d, WEIGHT] + spare_listed:
                    continue
            if not (is_begun or is_met or is_exhaustive or _may_reach(d, ours, name, listed, rows, marks, own_parts, is_joined, stamp, t)):
                continue
            counts[1] += 1
            count = _pairs_of(d, ours, name, listed, rows, marks, own_parts, is_joined, stamp, pairs)
            value = _score(d, ours, name, listed, strings, rows, pairs, count, taken)
            if is_begun:
                value = max(value, BEGINNING)
            if is_met:
                value = max(value, SLIPPED)
            if value >= need:
                out[out_at, 0], out[out_at, 1], out[out_at, 2] = name, d, value
                out_at += 1
    return out_at
