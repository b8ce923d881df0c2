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

import numpy as np

from screening.matching.compiled.assembly import Names
from screening.matching.compiled.edges import ListedWords
from screening.matching.compiled.enough import PAIR_COLUMNS
from screening.matching.compiled.gather import MOST_PARTS, Candidates, Scratch, gather
from screening.matching.compiled.kernel import kernel
from screening.matching.compiled.leading import Leading
from screening.matching.compiled.listing import Listed
from screening.matching.compiled.settle import Marks, edge_count, settle
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings
from screening.matching.compiled.variants import MOST
from screening.matching.lexicon import JOIN_WORDS, MAX_WORDS

_PAIRS = MAX_WORDS * MAX_WORDS + 4 * (JOIN_WORDS - 1) * MAX_WORDS * MAX_WORDS
_ROOM = 1 << 16  # candidates that are gathered before they are settled


@kernel
def _scratch(total: int, singles: int, longest: int, fruitless: Longs) -> Scratch:
    return Scratch(
        np.zeros(singles, np.int32),
        np.zeros(total, np.int32),
        np.empty(longest, np.uint8),
        np.empty(2 * longest + 2, np.uint8),
        np.empty(2 * longest + 2, np.uint8),
        np.empty(MOST, np.uint64),
        np.empty(singles + 1, np.int64),
        np.empty(MAX_WORDS, np.int32),
        np.empty((MAX_WORDS, 5), np.uint64),
        np.empty(MAX_WORDS, np.float64),
        fruitless,
    )


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
    fruitless: Longs,
    is_exhaustive: bool,
) -> tuple[Ints, Longs]:
    """Declared name, listed name and score of all pairs of the declared names from ``first`` to ``end`` that reach ``need``.

    ``text_letters``: the letters of all declared names; name i has those from ``text_bounds[i]`` on. ``fruitless``: what is
    remembered of words written together, for all threads at once, since each entry is one whole number. ``is_exhaustive``: every pair is
    scored, whatever the bounds say and nothing remembered; it is how they are tested. Last come counts: candidates, and those scored.
    """
    total, singles = len(listed.names.rows), len(lists.is_single)
    room, longest = 1 << 12, 64
    scratch = _scratch(total, singles, longest, fruitless)
    to = Candidates(
        np.empty((end - first + 1, 2), np.int64),
        np.empty(total + _ROOM, np.int64),
        np.empty((2 * MOST_PARTS + _ROOM, 4), np.int32),
        np.empty(room, np.int64),
    )
    most = edge_count(ours, first, end, rows)
    marks = Marks(
        np.zeros(singles, np.int64),
        np.zeros(singles, np.int64),
        np.zeros(singles, np.int64),
        np.zeros(len(lists.together_starts), np.int64),
        np.empty(2 * (most + room), np.int64),
    )
    pairs, taken = np.empty((_PAIRS, PAIR_COLUMNS), np.int32), np.empty(MAX_WORDS, np.int32)
    own = np.empty(MAX_WORDS, np.int64)
    out, at = np.empty((total + _ROOM, 3), np.int32), 0
    counts = np.zeros(2, np.int64)
    while first < end:
        stop = gather(
            ours, text_letters, text_bounds, first, end, strings, rows, edges, listed, lists, leading, need, is_exhaustive, scratch, to
        )
        if stop < end:  # no room: for the candidates of one more, or for the words of this one written together
            room, longest = (room, longest) if stop > first else (2 * room, 2 * longest)
            scratch = _scratch(total, singles, longest, fruitless)
        if stop == first:
            to = Candidates(to.names, to.found, to.parts, np.empty(room, np.int64))
            marks = Marks(marks.word, marks.bits, marks.apart, marks.together, np.empty(2 * (most + room), np.int64))
            continue
        if at + to.names[stop - first, 0] > len(out):
            longer = np.empty((2 * len(out) + to.names[stop - first, 0], 3), np.int32)
            longer[:at] = out[:at]
            out = longer
        at = settle(ours, first, stop, strings, rows, edges, listed, to, marks, pairs, taken, own, need, is_exhaustive, out, at, counts)
        first = stop
    return out[:at].copy(), counts
