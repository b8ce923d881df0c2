"""The pairs of names that may reach a threshold, by the words that one of the two must have in common (see ``scan``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.assembly import END as NAME_END
from screening.matching.compiled.assembly import FIRST, INITIALS, MAY_BE_CUT, WEIGHT, Names
from screening.matching.compiled.edges import TO, ListedWords, listed_weight, similarity_of
from screening.matching.compiled.kernel import inner
from screening.matching.compiled.leading import ANY, HAS_INITIAL, MARGIN, NAME, PLAIN, SLACK, Leading, initial_gain
from screening.matching.compiled.listing import BEGUN, Listed, begun_hash, is_run, sign_of
from screening.matching.compiled.slips import add_slipped
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.together import are_apart, may_be_one_word, together_edges
from screening.matching.compiled.variants import is_set, mixed
from screening.matching.compiled.words import (
    COST,
    EDGES,
    END,
    FACTS,
    INITIAL,
    IS_ALPHA,
    LOSS,
    LOSS_BITS,
    MIDDLE,
    SPOKEN,
    SPOKEN_POWER,
    first_letter,
    last_letter,
    length_of,
    sort_of,
    weight_of,
)
from screening.matching.lexicon import INITIAL_WEIGHT, JOIN_WORDS, LEAST_JOINED, MAX_WORDS
from screening.matching.link import FULL, LEAST_JOINED_SOUND
from screening.matching.score import BEGINNING, DECLARED_SURPLUS, LEADING, LISTED_SURPLUS, SLIPPED, SURPLUS_CAP

LOSS_MASK = (1 << LOSS_BITS) - 1
DECLARED_SHARE, LISTED_SHARE, CAP = DECLARED_SURPLUS / 100, LISTED_SURPLUS / 100, SURPLUS_CAP / 100
# On a candidate: it has an agreement of words written together; the declared name is its beginning; or is it but for slips of the pen
IS_JOINED, IS_BEGUN, IS_SLIPPED = 1 << 40, 1 << 41, 1 << 42
MOST_PARTS = 2 * JOIN_WORDS * MAX_WORDS
_WORD_BITS = 21  # of a word in the key of three: as many as fit into a whole number


class Candidates(NamedTuple):
    """The candidates of some declared names one behind the other, and the agreements of declared words written together.

    ``names``: where the candidates (column 0) and the parts (column 1) of each name start. Of a part: the first word, how many, their
    weight, and where its agreements start.
    """

    names: Longs
    found: Longs
    parts: Ints
    agreements: Longs


class Scratch(NamedTuple):
    """Working arrays of one thread."""

    met: Ints  # by listed word: the stamp of the declared name that agrees with it
    visited: Ints  # by listed name: the stamp of the declared name that met it last
    run: Bytes
    key: Bytes
    other: Bytes
    hashes: NDArray[np.uint64]
    found: Longs
    order: Ints
    demanded: NDArray[np.uint64]
    cost: NDArray[np.float64]
    fruitless: Longs  # keys of words that written together agree with nothing, each in the place of its hash: see ``_run_key``


@inner
def least_listed(weight: float, is_lighter: bool, t: float) -> float:
    """The least weight of a listed name with less left over than the declared one, of at least ``weight``.

    Below it the surplus alone is too much. ``is_lighter``: the listed name may lose weight by agreeing with lighter words.
    """
    natural = DECLARED_SHARE * t * weight / (1 - t + DECLARED_SHARE * t)
    return natural if t * CAP > 1 - t + MARGIN and not is_lighter else min(natural, LEADING)


@inner
def _first_above(entries: Ints, first: int, end: int, least: int) -> int:
    """The first of some entries in order whose name is not below ``least``."""
    while end - first > 8:
        middle = (first + end) >> 1
        if entries[middle, NAME] < least:
            first = middle + 1
        else:
            end = middle
    while first < end and entries[first, NAME] < least:
        first += 1
    return first


@inner
def _first_name(names: Ints, first: int, end: int, least: int) -> int:
    """The first of some rising names that is not below ``least``."""
    while first < end:
        middle = (first + end) >> 1
        if names[middle] < least:
            first = middle + 1
        else:
            end = middle
    return first


@inner
def _place(weight_starts: Ints, weight: float) -> int:
    """The first listed name of at least that weight."""
    return weight_starts[min(max(np.int64(np.ceil(weight - MARGIN)), 0), len(weight_starts) - 1)]


@inner
def _compare(letters: Bytes, first: int, end: int, listed: Bytes, start: int, stop: int) -> int:
    """Whether a listed text is before (-1) the declared one, starts with it (0), or is behind all that do (1)."""
    for k in range(end - first):
        if start + k == stop or listed[start + k] < letters[first + k]:
            return -1
        if listed[start + k] > letters[first + k]:
            return 1
    return 0


@inner
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


@inner
def _spelled_run(words: Ints, first: int, size: int, strings: Strings, run: Bytes) -> int:
    """Writes words as one; gives the letters."""
    length = 0
    for k in range(first, first + size):
        for m in range(strings.starts[words[k]], strings.starts[words[k] + 1]):
            run[length] = strings.letters[m]
            length += 1
    return length


@inner
def _run_key(words: Ints, first: int, size: int) -> int:
    """The key of two or three words, which no others have; 0 if a number is too great for one."""
    key = np.int64(0)
    for k in range(first, first + size):
        if words[k] >= (1 << _WORD_BITS) - 1:
            return 0
        key = key << _WORD_BITS | np.int64(words[k] + 1)
    return key


@inner
def _joined(
    ours: Names,
    name: int,
    strings: Strings,
    rows: Longs,
    lists: ListedWords,
    by_word_starts: Ints,
    by_word_names: Ints,
    scratch: Scratch,
    stamp: int,
    to: Candidates,
    at: int,
    part_at: int,
    agreed: int,
    is_exhaustive: bool,
) -> tuple[int, int, int]:
    """The listed names with words that declared ones written together agree with; gives the next candidate, part and agreement.

    The next agreement is -1 where there is no room.
    """
    words, surfaces, wholes, run = ours.words, ours.surfaces, lists.wholes, scratch.run
    i0, i1 = ours.rows[name, FIRST], ours.rows[name, NAME_END]
    for i in range(i0, i1 - 1):
        if not is_run(ours, rows, i, i):
            continue
        facts = rows[words[i], FACTS]
        length, weight, last = length_of(facts), weight_of(facts), last_letter(facts)
        spoken, is_heard = np.uint64(rows[words[i], SPOKEN]), True
        is_plain, is_alpha = words[i] == surfaces[i], rows[surfaces[i], FACTS] & IS_ALPHA != 0
        for k in range(i + 1, min(i + JOIN_WORDS, i1)):
            if not is_run(ours, rows, i, k):
                break
            word = words[k]
            facts = rows[word, FACTS]
            length += length_of(facts)
            weight += weight_of(facts)
            is_heard = is_heard and are_apart(last, first_letter(facts))
            spoken = spoken * np.uint64(rows[word, SPOKEN_POWER]) + np.uint64(rows[word, SPOKEN])
            last = last_letter(facts)
            is_plain = is_plain and word == surfaces[k]
            is_alpha = is_alpha and rows[surfaces[k], FACTS] & IS_ALPHA != 0
            for spelling in range(1 if is_plain or not is_alpha else 2):
                by_letters, by_sound = True, True
                if spelling == 0 and not is_exhaustive:
                    by_letters = may_be_one_word(rows, words, i, k - i + 1, length, wholes.exact)
                    by_sound = length >= LEAST_JOINED_SOUND and (not is_heard or is_set(wholes.spoken, mixed(spoken)))
                    if length < LEAST_JOINED or not (by_letters or by_sound):
                        continue
                # What words agree with written together follows from their letters and the list alone, so it need not be asked again.
                key = 0 if is_exhaustive else _run_key(surfaces if spelling else words, i, k - i + 1)
                slot = np.int64(mixed(np.uint64(key)) & np.uint64(len(scratch.fruitless) - 1))
                if key and scratch.fruitless[slot] == key:
                    continue
                run_length = _spelled_run(surfaces if spelling else words, i, k - i + 1, strings, run)
                if run_length < LEAST_JOINED:
                    continue
                new = together_edges(
                    run,
                    run_length,
                    by_letters,
                    by_sound,
                    strings.letters,
                    strings.starts,
                    rows,
                    wholes,
                    scratch.hashes,
                    scratch.key,
                    scratch.other,
                    scratch.found,
                )
                if new == 0:
                    if key:
                        scratch.fruitless[slot] = key
                    continue
                if agreed + new > len(to.agreements):
                    return at, part_at, -1
                to.parts[part_at, 0], to.parts[part_at, 1], to.parts[part_at, 2], to.parts[part_at, 3] = i - i0, k - i + 1, weight, agreed
                part_at += 1
                for e in range(new):
                    to.agreements[agreed] = scratch.found[e]
                    agreed += 1
                    y = scratch.found[e] & TO
                    at = _add_joined(by_word_names, by_word_starts[y], by_word_starts[y + 1], scratch, stamp, to.found, at)
    to.parts[part_at, 3] = agreed
    return at, part_at, agreed


@inner
def _add_joined(names: Ints, first: int, end: int, scratch: Scratch, stamp: int, found: Longs, at: int) -> int:
    """Adds the names of a run that have agreements of words written together."""
    for m in range(first, end):
        d = names[m]
        if scratch.visited[d] != stamp:
            scratch.visited[d] = stamp
            found[at] = d | IS_JOINED
            at += 1
    return at


@inner
def _add(names: Ints, first: int, end: int, least: int, high: int, visited: Ints, stamp: int, found: Longs, at: int) -> int:
    """Adds the names of a run from ``least`` to before ``high``."""
    for m in range(_first_name(names, first, end, least), end):
        d = names[m]
        if d >= high:
            break
        if visited[d] != stamp:
            visited[d] = stamp
            found[at] = d
            at += 1
    return at


@inner
def _lighter(
    words: Ints,
    i0: int,
    i1: int,
    rows: Longs,
    edges: Longs,
    leading: Leading,
    by_word_starts: Ints,
    by_word_names: Ints,
    weight_starts: Ints,
    initials: int,
    met: Ints,
    lightest: int,
    more: int,
    low: int,
    high_plain: int,
    high: int,
    visited: Ints,
    stamp: int,
    found: Longs,
    at: int,
    t: float,
) -> int:
    """The listed names with less left over, by their leading words; gives the next candidate.

    Names from ``low`` to before ``high`` (``high_plain`` if they have no initials) may reach the threshold; ``met``: the stamps
    of all words that the declared name agrees with.
    """
    starts, entries = leading.starts, leading.entries
    needed = SLACK if initials else PLAIN
    spare, surplus_rate = 1 / max(1 - t, 1e-12), t * DECLARED_SHARE
    for i in range(i0, i1):
        own, less = weight_of(rows[words[i], FACTS]), rows[words[i], LOSS] >> 2 * LOSS_BITS
        for e in range(rows[words[i], EDGES], rows[words[i], MIDDLE]):
            v, theirs = edges[e] & TO, listed_weight(edges[e])
            if initials <= 1 and starts[v] == starts[v + 1]:
                continue
            same = min(own, theirs)
            cost = (1 - t) * (theirs - same) + same * (1 - similarity_of(edges[e]) / FULL) - MARGIN
            # the surplus in full or, if it is capped, the least that it may be
            full = (cost + surplus_rate * (lightest + less - own + same)) / (1 - t + surplus_rate)
            capped = max((cost + t * CAP * LEADING) * spare, LEADING) if more == 0 else max(cost * spare, LEADING)
            least = max(low, _place(weight_starts, min(max(min(full, capped), cost * spare), 1e6)))
            if least >= high:
                continue
            if initials > 1:
                at = _add(by_word_names, by_word_starts[v], by_word_starts[v + 1], least, high, visited, stamp, found, at)
                continue
            stop = starts[v + 1]
            for k in range(_first_above(entries, starts[v], stop, least), stop):
                d, other = entries[k, NAME], entries[k, needed]
                if d >= high:
                    break
                if (
                    other == ANY
                    or (other >= 0 and met[other] != stamp)
                    or visited[d] == stamp
                    or (d >= high_plain and not entries[k, HAS_INITIAL])
                ):
                    continue
                visited[d] = stamp
                found[at] = d
                at += 1
    return at


@inner
def _heavier(
    words: Ints,
    i0: int,
    i1: int,
    weight: int,
    more: int,
    low: int,
    rows: Longs,
    edges: Longs,
    by_word_starts: Ints,
    by_word_names: Ints,
    signs: NDArray[np.uint64],
    has_initials: Bytes,
    weight_starts: Ints,
    scratch: Scratch,
    stamp: int,
    budget: float,
    least_cost: float,
    found: Longs,
    at: int,
    t: float,
) -> int:
    """The listed names with more left over, by the rarest words of the declared name; gives the next candidate."""
    order, demanded, cost_of, visited = scratch.order, scratch.demanded, scratch.cost, scratch.visited
    gain = initial_gain(t)
    held = 0
    for i in range(i0, i1):
        if sort_of(rows[words[i], FACTS]) == INITIAL:
            continue
        k = held
        while k > 0 and rows[words[order[k - 1]], COST] > rows[words[i], COST]:
            order[k] = order[k - 1]
            k -= 1
        order[k] = i
        held += 1
    demands = 0
    for k in range(held):
        word = words[order[k]]
        extra = (1 + t) * weight_of(rows[word, FACTS]) - cost_of[order[k] - i0]
        if extra > budget - least_cost:
            for part in range(4):
                demanded[demands, part] = 0
            for e in range(rows[word, EDGES], rows[word, MIDDLE]):
                sign = sign_of(edges[e] & TO)
                demanded[demands, sign >> 6] |= np.uint64(1) << np.uint64(sign & 63)
            demanded[demands, 4] = extra <= budget - least_cost + gain  # of a listed name with initials one may stand for it
            demands += 1
    gone = least_cost
    for k in range(held):
        word = words[order[k]]
        own = weight_of(rows[word, FACTS])
        gone += (1 + t) * own - cost_of[order[k] - i0]
        for e in range(rows[word, EDGES], rows[word, MIDDLE]):
            v = edges[e] & TO
            same = min(own, listed_weight(edges[e]))
            cost = (1 - t) * (own - same) + same * (1 - similarity_of(edges[e]) / FULL)
            spare = budget - least_cost + cost_of[order[k] - i0] - cost
            if spare + gain < 0:
                continue
            high = _place(weight_starts, min(weight + more + (spare + gain) / (LISTED_SHARE * t) + 1, 1e6))
            high_plain = _place(weight_starts, min(weight + more + spare / (LISTED_SHARE * t) + 1, 1e6)) if spare >= 0 else 0
            stop = by_word_starts[v + 1]
            for m in range(_first_name(by_word_names, by_word_starts[v], stop, low), stop):
                d = by_word_names[m]
                if d >= high:
                    break
                if visited[d] == stamp or (d >= high_plain and not has_initials[d]):
                    continue
                met = 0
                while met < demands and (
                    (signs[d, 0] & demanded[met, 0])
                    | (signs[d, 1] & demanded[met, 1])
                    | (signs[d, 2] & demanded[met, 2])
                    | (signs[d, 3] & demanded[met, 3])
                    | (np.uint64(has_initials[d]) & demanded[met, 4])
                ):
                    met += 1
                if met == demands:
                    visited[d] = stamp
                    found[at] = d
                    at += 1
        if gone > budget + gain:
            break
    return at


@inner
def gather(
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
    scratch: Scratch,
    to: Candidates,
) -> int:
    """Fills in the candidates of declared names from ``first`` on; gives the first name that there was no room for.

    Stamps are the numbers of the names, counted from 1; a name is asked twice only with fresh working arrays.
    """
    words, weight_starts, many_starts, many_names = (
        ours.words,
        listed.weight_starts,
        listed.many_initials.starts,
        listed.many_initials.words,
    )
    by_word_starts, by_word_names = listed.by_word
    together = listed.together.names
    t = need / 10_000
    widest = 1 + (1 - t) / (2 * t)
    gain = initial_gain(t)
    total, at, part_at, agreed = len(scratch.visited), 0, 0, 0
    for name in range(first, end):
        to.names[name - first, 0], to.names[name - first, 1] = at, part_at
        i0, i1 = ours.rows[name, FIRST], ours.rows[name, NAME_END]
        if i0 == i1:
            continue  # no words, no telling agreement
        if len(to.found) - at < total or len(to.parts) - part_at <= MOST_PARTS:
            return name
        weight, initials = np.int64(ours.rows[name, WEIGHT]), ours.rows[name, INITIALS] // INITIAL_WEIGHT
        stamp, begin = name + 1, at
        # What the words of the name agree with.
        longest, unlinked, shed, more, has_together = 0, 0, 0, 0, False
        least_cost = 0.0
        for i in range(i0, i1):
            word = words[i]
            facts, middle = rows[word, FACTS], rows[word, MIDDLE]
            own, cost = weight_of(facts), 0.0
            longest += max(length_of(facts), strings.starts[ours.surfaces[i] + 1] - strings.starts[ours.surfaces[i]])
            has_together |= middle < rows[word, END]
            if rows[word, EDGES] < middle:
                cost = min((rows[word, LOSS] & LOSS_MASK) / FULL, (1 + t) * own)
                more += (rows[word, LOSS] >> LOSS_BITS) & LOSS_MASK
                shed += rows[word, LOSS] >> 2 * LOSS_BITS
            elif sort_of(facts) != INITIAL:
                unlinked += own
                cost = (1 + t) * own
            scratch.cost[i - i0] = cost
            least_cost += cost
        if longest > len(scratch.run):
            return name
        at, part_at, agreed = _joined(
            ours, name, strings, rows, lists, by_word_starts, by_word_names, scratch, stamp, to, at, part_at, agreed, is_exhaustive
        )
        if agreed < 0:
            return name
        if has_together:
            for i in range(i0, i1):
                for e in range(rows[words[i], MIDDLE], rows[words[i], END]):
                    g = edges[e] & TO
                    at = _add_joined(together.words, together.starts[g], together.starts[g + 1], scratch, stamp, to.found, at)
        lightest = weight - shed  # what the declared name weighs at least, whatever its words agree with
        low = _place(weight_starts, least_listed(lightest, more > 0, t))
        # v <= u, and 2 v <= (1 - t) C / t; the listed name weighs C + v and what its words weigh more; an initial may align any word
        high_plain = _place(weight_starts, min((weight - unlinked) * widest + more + 1 + MARGIN, 1e6))
        high = _place(weight_starts, min((weight - unlinked + INITIAL_WEIGHT) * widest + more + 1 + MARGIN, 1e6))
        if low < high:
            for i in range(i0, i1):
                for e in range(rows[words[i], EDGES], rows[words[i], MIDDLE]):
                    scratch.met[edges[e] & TO] = stamp
            at = _lighter(
                words, i0, i1, rows, edges, leading, by_word_starts, by_word_names, weight_starts, initials,
                scratch.met, lightest, more, low, high_plain, high, scratch.visited, stamp, to.found, at, t,
            )  # fmt: skip
        budget = (1 - t) * weight + MARGIN
        if least_cost <= budget + gain:
            low = _place(weight_starts, np.float64(lightest))
            at = _heavier(
                words, i0, i1, weight, more, low, rows, edges, by_word_starts, by_word_names, listed.signs, listed.has_initials,
                weight_starts, scratch, stamp, budget, least_cost, to.found, at, t,
            )  # fmt: skip
        for i in range(i0, i1):
            for e in range(rows[words[i], EDGES], rows[words[i], MIDDLE]):
                v = edges[e] & TO
                if many_starts[v] < many_starts[v + 1]:
                    at = _add(many_names, many_starts[v], many_starts[v + 1], 0, total, scratch.visited, stamp, to.found, at)
        if ours.rows[name, MAY_BE_CUT] and need <= BEGINNING:
            at = _add_begun(text_letters, text_bounds[name], text_bounds[name + 1], listed, scratch.visited, stamp, to.found, begin, at)
        if need <= SLIPPED:
            at = add_slipped(
                ours, name, listed.names, listed.standing, len(lists.is_single), strings, rows, IS_SLIPPED, scratch.visited, stamp,
                to.found, begin, at,
            )  # fmt: skip
        if is_exhaustive:
            at = _add_all(total, scratch.visited, stamp, to.found, begin, at)
    to.names[end - first, 0], to.names[end - first, 1] = at, part_at
    return end


@inner
def _add_begun(letters: Bytes, first: int, end: int, listed: Listed, visited: Ints, stamp: int, found: Longs, begin: int, at: int) -> int:
    """Marks and adds the listed names that a declared one is the beginning of."""
    begun, begun_end = _begun(letters, first, end, listed)
    if begun < begun_end:
        for k in range(begin, at):
            if begun <= listed.place_by_letters[found[k] & TO] < begun_end:
                found[k] |= IS_BEGUN
        for k in range(begun, begun_end):
            d = listed.by_letters[k]
            if visited[d] != stamp:
                visited[d] = stamp
                found[at] = d | IS_BEGUN
                at += 1
    return at


@inner
def _add_all(total: int, visited: Ints, stamp: int, found: Longs, begin: int, at: int) -> int:
    """Adds all names; any may have an agreement of words written together."""
    for d in range(total):
        if visited[d] != stamp:
            found[at] = d
            at += 1
    for k in range(begin, at):
        found[k] |= IS_JOINED
    return at
