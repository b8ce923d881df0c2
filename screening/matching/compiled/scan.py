"""The pairs of names that reach a threshold, found by bounds and settled by the exact score.

The bound. Let C be the aligned weight of a pair, L what its alignment loses (weight times what the similarity lacks), u and v what the
declared and the listed name have left over, of which an initial aligned with a full word leaves the rest of that word. Then, by the
definition of the score, the names weigh C + u and C + v, and a pair within the threshold t has

    C - L >= t (C + 2 min(u, v) + surplus)

as all further rules only lower a score. Let A be the weight of the declared name as it stands; A = C + u + (what its words weigh
more than the lighter words they agree with) - G, where G is what words written together add. If u <= v, so

    (1 + t) u + (1 - t) (A - C - u + G) + L + 0.3 t (v - u) <= (1 - t) (A + G)

and likewise for the listed name, with its own surplus, if v <= u. So every word has a cost: (1 + t) times its weight if it is left over,
less if it is aligned, at least what its best agreement costs; and the costs of all words of the one name or of the other stay within a
budget of (1 - t) times its weight. An initial aligned with a word of the name takes ``initial_gain`` at most off its cost. From this:

* a name whose best agreements cost too much is done with;
* of the words of a name so many that their being left over breaks the budget, one must be aligned: the rarest are looked up, for listed
  names once for all (``leading``); a word that breaks it alone must be aligned itself, which signs of words decide;
* an agreement that costs much needs a heavy name, and surplus and budget leave a range of weights, in order of which names are numbered.

A pair that has an agreement of words written together at all is found by that agreement; of those alone G may be other than 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.alignment import EAR, FROM_INITIAL, PAIR_COLUMNS, SPELLED, add_pair, score, shared_legal, take
from screening.matching.compiled.assembly import END as NAME_END
from screening.matching.compiled.assembly import FIRST, INITIALS, LEGAL_END, LEGAL_FIRST, MAY_BE_CUT, WEIGHT, Names
from screening.matching.compiled.edges import SIMILARITY_SHIFT, TO, ListedWords, listed_weight, similarity_of
from screening.matching.compiled.kernel import kernel
from screening.matching.compiled.leading import MARGIN, NAME, PLAIN, SLACK, Leading, initial_gain
from screening.matching.compiled.listing import BEGUN, HAS_INITIALS, Listed, begun_hash, is_run
from screening.matching.compiled.near import BY_EAR
from screening.matching.compiled.near import SIMILARITY as SIMILARITY_BITS
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.together import joined_shape, may_be_one_word, may_sound_alike, together_edges
from screening.matching.compiled.variants import MOST, is_set
from screening.matching.compiled.words import (
    COST,
    EDGES,
    END,
    FACTS,
    INITIAL,
    IS_ALPHA,
    LOSS,
    LOSS_BITS,
    MASK,
    MIDDLE,
    SHAPE,
    SHAPE_POWER,
    first_letter,
    last_letter,
    length_of,
    sort_of,
    weight_of,
)
from screening.matching.lexicon import INITIAL_WEIGHT, JOIN_WORDS, LEAST_JOINED, MAX_WORDS
from screening.matching.link import ABBREVIATION, FULL
from screening.matching.link import INITIAL as INITIAL_SIMILARITY
from screening.matching.score import BEGINNING, DECLARED_SURPLUS, LEADING, LISTED_SURPLUS, SURPLUS_CAP

_PAIRS = MAX_WORDS * MAX_WORDS + 4 * (JOIN_WORDS - 1) * MAX_WORDS * MAX_WORDS
_PARTS = 2 * JOIN_WORDS * MAX_WORDS
_LOSS = (1 << LOSS_BITS) - 1
_DECLARED_SURPLUS, _LISTED_SURPLUS, _CAP = DECLARED_SURPLUS / 100, LISTED_SURPLUS / 100, SURPLUS_CAP / 100
_HIGH = 2_000_000_000
VISITED, JOINED, CANDIDATES, SCORED = range(4)  # of the counts: names met by single words, by words written together, kept, scored


class Marks(NamedTuple):
    """The agreements of one declared name by the listed words they lead to.

    A mark is the stamp of the name and the first node of a chain; a node the declared place and similarity, and the next.
    """

    word: Longs
    apart: Longs  # of declared words written together
    together: Longs  # of listed words written together
    nodes: Longs


class Part(NamedTuple):
    """Declared words written together that agree with something: the first, how many, their weight."""

    first: Ints
    size: Ints
    weight: Ints


@kernel
def _mark(marks: Longs, nodes: Longs, at: int, word: int, place: int, similarity: int, stamp: int) -> int:
    """Adds an agreement to the chain of a listed word; gives the next free node."""
    nodes[2 * at] = place | np.int64(similarity) << 16
    nodes[2 * at + 1] = marks[word] & TO if marks[word] >> 32 == stamp else TO
    marks[word] = np.int64(stamp) << 32 | at
    return at + 1


@kernel
def least_listed(weight: float, is_lighter: bool, t: float) -> float:
    """The least weight of a listed name with less left over than the declared one, of at least ``weight``.

    Below it the surplus alone is too much. ``is_lighter``: the listed name may lose weight by agreeing with lighter words.
    """
    natural = _DECLARED_SURPLUS * t * weight / (1 - t + _DECLARED_SURPLUS * t)
    return natural if t * _CAP > 1 - t + MARGIN and not is_lighter else min(natural, LEADING)


@kernel
def _first_above(entries: NDArray[np.uint64], first: int, end: int, least: int) -> int:
    """The first of some entries in order whose name is not below ``least``."""
    while end - first > 8:
        middle = (first + end) >> 1
        if np.int64(entries[middle, NAME]) < least:
            first = middle + 1
        else:
            end = middle
    while first < end and np.int64(entries[first, NAME]) < least:
        first += 1
    return first


@kernel
def _first_name(names: Ints, first: int, end: int, least: int) -> int:
    """The first of some rising names that is not below ``least``."""
    while first < end:
        middle = (first + end) >> 1
        if names[middle] < least:
            first = middle + 1
        else:
            end = middle
    return first


@kernel
def _place(weight_starts: Ints, weight: float) -> int:
    """The first listed name of at least that weight."""
    return weight_starts[min(max(np.int64(np.ceil(weight - MARGIN)), 0), len(weight_starts) - 1)]


@kernel
def _compare(letters: Bytes, first: int, end: int, listed: Bytes, start: int, stop: int) -> int:
    """Whether a listed text is before (-1) the declared one, starts with it (0), or is behind all that do (1)."""
    for k in range(end - first):
        if start + k == stop or listed[start + k] < letters[first + k]:
            return -1
        if listed[start + k] > letters[first + k]:
            return 1
    return 0


@kernel
def _begun(letters: Bytes, first: int, end: int, listed: Listed) -> tuple[int, int]:
    """The run of listed names, in order of letters, that start with a declared one and go on."""
    if end - first >= BEGUN and not is_set(listed.begun, begun_hash(letters, first)):
        return 0, 0
    low, high = 0, len(listed.by_letters)
    while low < high:
        middle = (low + high) >> 1
        if _compare(letters, first, end, listed.letters, listed.letter_starts[middle], listed.letter_starts[middle + 1]) < 0:
            low = middle + 1
        else:
            high = middle
    stop = low
    while (
        stop < len(listed.by_letters)
        and _compare(letters, first, end, listed.letters, listed.letter_starts[stop], listed.letter_starts[stop + 1]) == 0
    ):
        if listed.letter_starts[stop + 1] - listed.letter_starts[stop] == end - first:
            low = stop + 1  # the very same letters come first
        stop += 1
    return low, stop


@kernel
def _may_reach(
    d: int, ours: Names, name: int, listed: Listed, rows: Longs, marks: Marks, parts: Part, is_joined: bool, stamp: int, t: float
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
                    linked |= ((one << np.uint64(parts.size[part])) - one) << np.uint64(parts.first[part])
                    gain += max(0, weight - parts.weight[part])
                    gain_listed += max(0, parts.weight[part] - weight)
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
                    cost += (rows[ours.words[i0 + i], LOSS] & _LOSS) / FULL
            else:
                left += weight_of(facts)
    # An initial aligned with a full word leaves the rest of that word.
    sure = max(0, left - its[d, INITIALS])
    sure_listed = max(0, left_listed - ours.rows[name, INITIALS])
    surplus = _LISTED_SURPLUS * t * max(0, sure_listed - left) if not is_joined else 0.0
    if (1 + t) * left + cost + surplus <= budget:
        return True
    surplus = 0.0
    if sure > left_listed:
        surplus = _DECLARED_SURPLUS * (sure - left_listed)
        if is_joined or its[d, WEIGHT] >= LEADING:
            surplus = min(surplus, _CAP * LEADING)
        surplus *= t
    return (1 + t) * left_listed + cost_listed + surplus <= budget_listed


@kernel
def _pairs_of(
    d: int, ours: Names, name: int, listed: Listed, rows: Longs, marks: Marks, parts: Part, is_joined: bool, stamp: int, pairs: Ints
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
                count = add_pair(pairs, count, parts.first[p], parts.size[p], j, 1, similarity, parts.weight[p], weight, SPELLED)
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


@kernel
def _score(d: int, ours: Names, name: int, listed: Listed, rows: Longs, pairs: Ints, count: int, taken: Ints) -> int:
    """The score of two names of which the agreements are given."""
    its = listed.names
    legal = shared_legal(
        ours.legal, ours.rows[name, LEGAL_FIRST], ours.rows[name, LEGAL_END], its.legal, its.rows[d, LEGAL_FIRST], its.rows[d, LEGAL_END]
    )
    forms, its_forms = (
        ours.rows[name, LEGAL_END] - ours.rows[name, LEGAL_FIRST],
        its.rows[d, LEGAL_END] - its.rows[d, LEGAL_FIRST],
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
        legal,
        legal == forms and legal == its_forms,
        rows,
        pairs,
        taken,
        take(pairs, count, taken),
    )


@kernel
def _spelled_run(words: Ints, first: int, size: int, strings: Strings, run: Bytes) -> int:
    """Writes words as one; gives the letters."""
    length = 0
    for k in range(first, first + size):
        for m in range(strings.starts[words[k]], strings.starts[words[k] + 1]):
            run[length] = strings.letters[m]
            length += 1
    return length


@kernel
def scan(
    ours: Names,
    text_letters: Bytes,
    text_bounds: Longs,
    first: int,
    end: int,
    strings: Strings,
    rows: Longs,
    edges: Longs,
    listed: Listed,
    lists: ListedWords,
    leading: Leading,
    need: int,
    is_exhaustive: bool,
) -> tuple[Ints, Ints, Ints, Longs]:
    """Declared name, listed name and score of all pairs of the declared names from ``first`` to ``end`` that reach ``need``.

    ``text_letters``: the letters of all declared names; name i has those from ``text_bounds[i]`` on. ``is_exhaustive``: every pair is
    scored, whatever the bounds say; it is how they are tested. Last come counts (see ``VISITED``).
    """
    # Every array is named once: taken out of its tuple inside a loop it would be counted in and out each time.
    our_rows, our_words, our_surfaces = ours.rows, ours.words, ours.surfaces
    weight_starts, signs = listed.weight_starts, listed.signs
    by_word_starts, by_word_names = listed.by_word
    many_starts, many_names = listed.many_initials
    by_together_starts, by_together_names = listed.together.names
    leading_starts, entries = leading
    wholes = lists.wholes
    exact, shapes = wholes.exact, wholes.shapes
    starts, letters = strings.starts, strings.letters
    t = need / 10_000
    total, singles, togethers = len(listed.names.rows), len(lists.is_single), len(lists.together_starts) - 1
    visited, joined, candidates = np.zeros(total, np.int32), np.zeros(total, np.int32), np.empty(total, np.int32)
    word_marks, apart_marks, together_marks = np.zeros(singles, np.int64), np.zeros(singles, np.int64), np.zeros(togethers, np.int64)
    nodes = np.empty(8192, np.int64)
    part_first, part_size, part_weight = np.empty(_PARTS, np.int32), np.empty(_PARTS, np.int32), np.empty(_PARTS, np.int32)
    parts = Part(part_first, part_size, part_weight)
    part_edges = np.zeros(_PARTS + 1, np.int64)
    run, key, other = np.empty(64, np.uint8), np.empty(130, np.uint8), np.empty(130, np.uint8)
    hashes, found = np.empty(MOST, np.uint64), np.empty(singles + 1, np.int64)
    joins = np.empty(1024, np.int64)
    pairs, taken = np.empty((_PAIRS, PAIR_COLUMNS), np.int32), np.empty(MAX_WORDS, np.int32)
    order, demanded = np.empty(MAX_WORDS, np.int32), np.empty(MAX_WORDS, np.uint64)
    cost_of = np.empty(MAX_WORDS, np.float64)
    out_declared, out_listed, out_score = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    out = 0
    counts = np.zeros(4, np.int64)
    gain = initial_gain(t)
    for name in range(first, end):
        i0, size = our_rows[name, FIRST], our_rows[name, NAME_END] - our_rows[name, FIRST]
        if size == 0:
            continue  # no words, no telling agreement
        weight, initials = np.int64(our_rows[name, WEIGHT]), our_rows[name, INITIALS] // INITIAL_WEIGHT
        stamp = name - first + 1
        # What the words of the name agree with.
        longest, edge_count, unlinked, shed, more, has_together = 0, 0, 0, 0, 0, False
        least_cost = 0.0
        union = HAS_INITIALS
        for i in range(size):
            word = our_words[i0 + i]
            facts, begin, middle = rows[word, FACTS], rows[word, EDGES], rows[word, MIDDLE]
            own = weight_of(facts)
            longest += max(length_of(facts), starts[our_surfaces[i0 + i] + 1] - starts[our_surfaces[i0 + i]])
            edge_count += rows[word, END] - begin
            has_together |= middle < rows[word, END]
            cost_of[i] = 0.0
            if begin < middle:
                union |= np.uint64(rows[word, MASK])
                cost_of[i] = min((rows[word, LOSS] & _LOSS) / FULL, (1 + t) * own)
                more += (rows[word, LOSS] >> LOSS_BITS) & _LOSS
                shed += rows[word, LOSS] >> 2 * LOSS_BITS
            elif sort_of(facts) != INITIAL:
                unlinked += own
                cost_of[i] = (1 + t) * own
            least_cost += cost_of[i]
        if longest > len(run):
            run, key, other = np.empty(2 * longest, np.uint8), np.empty(4 * longest + 2, np.uint8), np.empty(4 * longest + 2, np.uint8)
        # Words written together.
        count, part_count, join_count = 0, 0, 0
        part_edges[0] = 0
        for i in range(size):
            if not is_run(ours, rows, i0 + i, i0 + i):
                continue
            word = our_words[i0 + i]
            length, part = length_of(rows[word, FACTS]), weight_of(rows[word, FACTS])
            form, last = np.uint64(rows[word, SHAPE]), last_letter(rows[word, FACTS])
            is_plain, is_alpha = word == our_surfaces[i0 + i], rows[our_surfaces[i0 + i], FACTS] & IS_ALPHA != 0
            for k in range(i + 1, min(i + JOIN_WORDS, size)):
                if not is_run(ours, rows, i0 + i, i0 + k):
                    break
                word = our_words[i0 + k]
                facts = rows[word, FACTS]
                length += length_of(facts)
                part += weight_of(facts)
                form = joined_shape(form, last, np.uint64(rows[word, SHAPE]), np.uint64(rows[word, SHAPE_POWER]), first_letter(facts))
                last = last_letter(facts)
                is_plain = is_plain and word == our_surfaces[i0 + k]
                is_alpha = is_alpha and rows[our_surfaces[i0 + k], FACTS] & IS_ALPHA != 0
                for spelling in range(1 if is_plain or not is_alpha else 2):
                    if spelling:
                        by_letters, by_sound = True, True
                    elif length < LEAST_JOINED:
                        continue
                    else:
                        by_letters = is_exhaustive or may_be_one_word(rows, our_words, i0 + i, k - i + 1, length, exact)
                        by_sound = is_exhaustive or may_sound_alike(form, length, shapes)
                        if not (by_letters or by_sound):
                            continue
                    run_length = _spelled_run(our_surfaces if spelling else our_words, i0 + i, k - i + 1, strings, run)
                    if run_length < LEAST_JOINED:
                        continue
                    new = together_edges(run, run_length, by_letters, by_sound, letters, starts, rows, wholes, hashes, key, other, found)
                    if new == 0:
                        continue
                    part_first[part_count], part_size[part_count], part_weight[part_count] = i, k - i + 1, part
                    while join_count + new > len(joins):
                        joins = np.concatenate((joins, np.empty(len(joins), np.int64)))
                    for e in range(new):
                        joins[join_count] = found[e]
                        join_count += 1
                        y = found[e] & TO
                        for m in range(by_word_starts[y], by_word_starts[y + 1]):
                            d = by_word_names[m]
                            if joined[d] != stamp:
                                joined[d] = stamp
                                visited[d] = stamp
                                candidates[count] = d
                                count += 1
                    part_count += 1
                    part_edges[part_count] = join_count
        if has_together:
            for i in range(size):
                word = our_words[i0 + i]
                for e in range(rows[word, MIDDLE], rows[word, END]):
                    g = edges[e] & TO
                    for m in range(by_together_starts[g], by_together_starts[g + 1]):
                        d = by_together_names[m]
                        if joined[d] != stamp:
                            joined[d] = stamp
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
        counts[JOINED] += count
        # Listed names with less left over, by their leading words.
        lightest = weight - shed  # what the declared name weighs at least, whatever its words agree with
        low = _place(weight_starts, least_listed(lightest, more > 0, t))
        # v <= u, and 2 v <= (1 - t) C / t; the listed name weighs C + v and what its words weigh more; an initial may align any word
        widest = 1 + (1 - t) / (2 * t)
        high_plain = _place(weight_starts, min((weight - unlinked) * widest + more + 1 + MARGIN, 1e6))
        high = _place(weight_starts, min((weight - unlinked + INITIAL_WEIGHT) * widest + more + 1 + MARGIN, 1e6))
        needed = SLACK if initials else PLAIN
        if low < high:
            for i in range(size):
                word = our_words[i0 + i]
                own = weight_of(rows[word, FACTS])
                for e in range(rows[word, EDGES], rows[word, MIDDLE]):
                    v = edges[e] & TO
                    theirs = listed_weight(edges[e])
                    same = min(own, theirs)
                    cost = (1 - t) * (theirs - same) + same * (1 - similarity_of(edges[e]) / FULL)
                    least = max(low, _place(weight_starts, min((cost - MARGIN) / (1 - t + 1e-12), 1e6)))
                    if least >= high:
                        continue
                    if initials <= 1:
                        stop = leading_starts[v + 1]
                        for k in range(_first_above(entries, leading_starts[v], stop, least), stop):
                            d = np.int64(entries[k, NAME])
                            if d >= high:
                                break
                            if entries[k, needed] & ~union != 0 or visited[d] == stamp:
                                continue
                            if d >= high_plain and entries[k, needed] & HAS_INITIALS == 0:
                                continue
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
                    else:
                        stop = by_word_starts[v + 1]
                        for k in range(_first_name(by_word_names, by_word_starts[v], stop, least), stop):
                            d = by_word_names[k]
                            if d >= high:
                                break
                            if visited[d] != stamp:
                                visited[d] = stamp
                                candidates[count] = d
                                count += 1
        # Listed names with more left over, by the rarest words of the declared name.
        budget = (1 - t) * weight + MARGIN
        if least_cost <= budget + gain:
            held = 0
            for i in range(size):
                word = our_words[i0 + i]
                if sort_of(rows[word, FACTS]) == INITIAL:
                    continue
                k = held
                while k > 0 and rows[our_words[i0 + order[k - 1]], COST] > rows[word, COST]:
                    order[k] = order[k - 1]
                    k -= 1
                order[k] = i
                held += 1
            demands = 0
            for k in range(held):
                word = our_words[i0 + order[k]]
                extra = (1 + t) * weight_of(rows[word, FACTS]) - cost_of[order[k]]
                if extra > budget - least_cost:
                    is_spared = extra <= budget - least_cost + gain
                    demanded[demands] = np.uint64(rows[word, MASK]) | (HAS_INITIALS if is_spared else np.uint64(0))
                    demands += 1
            low = _place(weight_starts, np.float64(lightest))
            gone = least_cost
            for k in range(held):
                word = our_words[i0 + order[k]]
                own = weight_of(rows[word, FACTS])
                gone += (1 + t) * own - cost_of[order[k]]
                for e in range(rows[word, EDGES], rows[word, MIDDLE]):
                    v = edges[e] & TO
                    same = min(own, listed_weight(edges[e]))
                    cost = (1 - t) * (own - same) + same * (1 - similarity_of(edges[e]) / FULL)
                    spare = budget - least_cost + cost_of[order[k]] - cost
                    if spare + gain < 0:
                        continue
                    high = _place(weight_starts, min(weight + more + (spare + gain) / (_LISTED_SURPLUS * t) + 1, 1e6))
                    high_plain = _place(weight_starts, min(weight + more + spare / (_LISTED_SURPLUS * t) + 1, 1e6)) if spare >= 0 else 0
                    stop = by_word_starts[v + 1]
                    for m in range(_first_name(by_word_names, by_word_starts[v], stop, low), stop):
                        d = by_word_names[m]
                        if d >= high:
                            break
                        here = signs[d]
                        if d >= high_plain and here & HAS_INITIALS == 0:
                            continue
                        met = 0
                        while met < demands and here & demanded[met] != 0:
                            met += 1
                        if met == demands and visited[d] != stamp:
                            visited[d] = stamp
                            candidates[count] = d
                            count += 1
                if gone > budget + gain:
                    break
        for i in range(size):
            word = our_words[i0 + i]
            for e in range(rows[word, EDGES], rows[word, MIDDLE]):
                v = edges[e] & TO
                for m in range(many_starts[v], many_starts[v + 1]):
                    d = many_names[m]
                    if visited[d] != stamp:
                        visited[d] = stamp
                        candidates[count] = d
                        count += 1
        counts[VISITED] += count
        begun, begun_end = 0, 0
        if our_rows[name, MAY_BE_CUT] and need <= BEGINNING:
            begun, begun_end = _begun(text_letters, text_bounds[name], text_bounds[name + 1], listed)
            for k in range(begun, begun_end):
                d = listed.by_letters[k]
                if visited[d] != stamp:
                    visited[d] = stamp
                    candidates[count] = d
                    count += 1
        if is_exhaustive:
            count = total
            for d in range(total):
                candidates[d] = d
                joined[d] = stamp
        if count == 0:
            continue
        # The candidates: first by what they cost, then exactly.
        if 2 * (edge_count + join_count) > len(nodes):
            nodes = np.empty(4 * (edge_count + join_count), np.int64)
        at = 0
        for i in range(size):
            word = our_words[i0 + i]
            for e in range(rows[word, EDGES], rows[word, MIDDLE]):
                at = _mark(word_marks, nodes, at, edges[e] & TO, i, (edges[e] >> SIMILARITY_SHIFT) & (2 * BY_EAR - 1), stamp)
            for e in range(rows[word, MIDDLE], rows[word, END]):
                at = _mark(together_marks, nodes, at, edges[e] & TO, i, similarity_of(edges[e]), stamp)
        for p in range(part_count):
            for e in range(part_edges[p], part_edges[p + 1]):
                at = _mark(apart_marks, nodes, at, joins[e] & TO, p, joins[e] >> 32, stamp)
        marks = Marks(word_marks, apart_marks, together_marks, nodes)
        for c in range(count):
            d = candidates[c]
            is_joined = joined[d] == stamp
            is_begun = begun <= listed.place_by_letters[d] < begun_end
            if not (is_begun or is_exhaustive or _may_reach(d, ours, name, listed, rows, marks, parts, is_joined, stamp, t)):
                continue
            counts[SCORED] += 1
            value = _score(
                d, ours, name, listed, rows, pairs, _pairs_of(d, ours, name, listed, rows, marks, parts, is_joined, stamp, pairs), taken
            )
            if is_begun:
                value = max(value, BEGINNING)
            if value >= need:
                if out == len(out_declared):
                    out_declared = np.concatenate((out_declared, np.empty(out, np.int32)))
                    out_listed = np.concatenate((out_listed, np.empty(out, np.int32)))
                    out_score = np.concatenate((out_score, np.empty(out, np.int32)))
                out_declared[out], out_listed[out], out_score[out] = name, d, value
                out += 1
    return out_declared[:out].copy(), out_listed[:out].copy(), out_score[:out].copy(), counts
