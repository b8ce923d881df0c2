"""How a trade term stands in a declared text: the definition.

Every word of the term is found, each in its own place, within a stretch of the term's length and four words more. The score is the mean
similarity of the words, less a little for words in between and for another order: a term of exact words never falls below 90.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from screening.matching.link import FULL, Link
from screening.matching.trade_words import UNSPACED, TradeWord, form

WINDOW = 4  # words that may stand in between
BETWEEN = 15  # thousandths lost for each of them
INVERTED = 20  # thousandths lost when the order is another
JOINED = 980
_CHEMICAL = re.compile(r"(?:ite|ate|ide|ane|ene|yne|ine|one|yl|ol|al|ium|ic|ous|in)$")
_EXACT = Link("exact", FULL)
_STEM = Link("form", FULL)
_JOINED = Link("joined", JOINED)
_INSIDE = Link("inside", FULL)


def spelling_limit(shorter: int) -> int:
    """The greatest spelling distance that links two trade words, by the letters of the shorter one."""
    return 0 if shorter < 6 else 1 if shorter < 10 else 2


class Place(NamedTuple):
    """Words of a term found in a text: first word of each side, how many they are, and how they agree."""

    term: int
    term_count: int
    declared: int
    declared_count: int
    link: Link


class Found(NamedTuple):
    """The best standing of a term in a text: score in hundredths of a point, characters covered, places."""

    score: int
    start: int
    end: int
    places: tuple[Place, ...]


class TradeSpelling:
    """Decides whether a declared word stands for a word of a term; knows the ordinary words."""

    def __init__(self, known_words: frozenset[str], terms: Iterable[Sequence[TradeWord]]) -> None:
        self._known = {form(word) for word in known_words} | {word.form for term in terms for word in term}
        # The words of a batch are few, their pairs are asked of again and again.
        self.link = lru_cache(maxsize=1 << 18)(self._link)

    def is_known(self, word: str) -> bool:
        """Whether a form is an ordinary word, never a misspelling of another."""
        return word in self._known

    def _link(self, declared: str, listed: str) -> Link | None:
        """The agreement of the forms of two words, or nothing. Words with digits agree exactly or not at all."""
        if declared == listed:
            return _STEM
        if UNSPACED.search(listed):
            return _INSIDE if listed in declared else None
        if not (declared.isalpha() and listed.isalpha()) or declared in self._known:
            return None
        limit = spelling_limit(min(len(declared), len(listed)))
        if not limit:
            return None
        if _is_other_chemical(declared, listed):
            return None
        distance = OSA.distance(declared, listed, score_cutoff=limit)
        return Link("spelling", FULL - FULL * distance // max(len(declared), len(listed))) if distance <= limit else None


def _is_other_chemical(declared: str, listed: str) -> bool:
    """Whether two near words of chemistry name different substances: nitrite and nitrate, ethyl and methyl, di and tri."""
    ours, theirs = _CHEMICAL.search(declared), _CHEMICAL.search(listed)
    if not (ours and theirs):
        return False
    return ours.group() != theirs.group() or declared[0] != listed[0] or declared.count("methyl") != listed.count("methyl")


def written_together(words: Sequence[TradeWord], first: int) -> str | None:
    """The form of two neighbouring words written as one, or nothing."""
    if first + 2 > len(words):
        return None
    return form(words[first].surface + words[first + 1].surface)


def find(declared: Sequence[TradeWord], term: Sequence[TradeWord], spelling: TradeSpelling) -> Found | None:
    """The best standing of a term in a text, the earliest of equals; nothing when a word is missing or too far away."""
    choices = _choices(declared, term, spelling)
    best: Found | None = None
    for places in _standings(choices, 0, len(term), (), len(term) + WINDOW):
        found = _rate(declared, term, places)
        if best is None or (-found.score, found.start, found.end) < (-best.score, best.start, best.end):
            best = found
    return best


def _choices(declared: Sequence[TradeWord], term: Sequence[TradeWord], spelling: TradeSpelling) -> list[list[Place]]:
    """For each word of the term all the places that may start with it."""
    choices: list[list[Place]] = []
    together = [written_together(declared, j) for j in range(len(declared))]
    for i, word in enumerate(term):
        here: list[Place] = []
        pair = written_together(term, i)
        for j, ours in enumerate(declared):
            if agreement := spelling.link(ours.form, word.form):
                here.append(Place(i, 1, j, 1, _EXACT if agreement is _STEM and ours.surface.lower() == word.surface.lower() else agreement))
            if pair is not None and ours.form == pair:
                here.append(Place(i, 2, j, 1, _JOINED))
            if together[j] == word.form:
                here.append(Place(i, 1, j, 2, _JOINED))
        choices.append(here)
    return choices


def _standings(choices: list[list[Place]], i: int, length: int, taken: tuple[Place, ...], window: int) -> list[tuple[Place, ...]]:
    """Every way to place all words, each in its own place, within the window."""
    if i == length:
        return [taken]
    found: list[tuple[Place, ...]] = []
    for place in choices[i]:
        if all(_apart(place, other, window) for other in taken):
            found += _standings(choices, i + place.term_count, length, (*taken, place), window)
    return found


def _apart(one: Place, other: Place, window: int) -> bool:
    """Whether two places are different words within one window; words of unspaced scripts share a run."""
    first, last = (one, other) if one.declared <= other.declared else (other, one)
    if last.declared + last.declared_count - first.declared > window:
        return False
    shares = one.link is _INSIDE and other.link is _INSIDE
    return shares or first.declared + first.declared_count <= last.declared


def _rate(declared: Sequence[TradeWord], term: Sequence[TradeWord], places: tuple[Place, ...]) -> Found:
    similarity = sum(place.link.similarity * place.term_count for place in places) // len(term)
    first = min(place.declared for place in places)
    last = max(place.declared + place.declared_count for place in places)
    used = len({j for place in places for j in range(place.declared, place.declared + place.declared_count)})
    loss = BETWEEN * (last - first - used)
    if any(one.declared > other.declared for one, other in pairwise(places)):
        loss += INVERTED
    score = similarity * (FULL - loss) // 100
    return Found(score, declared[first].start, declared[last - 1].end, places)
