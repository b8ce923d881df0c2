"""The score of two names: the definition, in whole numbers.

Words are aligned one to one, the weightiest agreement first. With M the agreed weight (weight times similarity), C the
aligned weight, and a, b the weight of the lighter and the heavier name:

    score = 100 M / (C + 2 (a - C) + surplus(b - a))

Words that agree weigh what the lighter one does. What both names have for themselves contradicts and counts double; what only one
has is surplus and counts in part. A long text that is the very beginning of a listed name is that name cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from screening.matching.enough import BY_EAR, NAMES, is_doubtful, is_telling, is_too_little, left_over
from screening.matching.lexicon import MAX_WORDS, Lexicon, Name, Word
from screening.matching.link import FULL, joined_link, link
from screening.matching.other_ways import other_ways
from screening.matching.pair import Pair
from screening.matching.slips import is_slipped
from screening.matching.types import AlignedWord, Comparison, WordTables

HUNDRED = 10_000  # scores are counted in hundredths of a point
DECLARED_SURPLUS = 35  # per cent of the weight that only the declared name has
LISTED_SURPLUS = 30  # per cent of the weight that only the listed name has: lists write names out in full
SUBSTANTIAL = 200  # weight from which a listed name stands out of any longer text, such as a name with its address
LEADING = 100  # the same for a listed name with which the text starts
LONG_WORD = 9  # letters of a one-word name that stands out so
BEFORE_NUMBER = 6  # the same where a number follows, as in an address
SURPLUS_CAP = 22  # per cent of that weight: the most a longer text takes away
NOT_ENOUGH = 7_000  # the most such a pair scores
OTHER_NUMBER = 80  # per cent left when both have a number the other lacks
OTHER_INITIAL = 88
SWAPPED = 75  # father and son exchanged
OTHER_ORDER = 99
BY_EAR_ALONE = 87  # per cent left when the only name in common is one word not spelled alike: then nothing else may differ
SLIPPED = 8_100  # score of a name that is the listed one but for two slips of the pen
BEGINNING = 9_000  # score of a long text that is the very beginning of a listed name: others may begin so too
LEADS = frozenset({"rare", "common"})  # the sorts of which a name needs one to lead a longer text
_PATRONYMIC = frozenset({"bin", "ibn", "ben", "bint", "binti", "ould", "wuld", "bn", "~bn"})


class NameComparer:
    """Compares names two by two with one set of word tables; opened once and reused."""

    def __init__(self, tables: WordTables) -> None:
        self._lexicon = Lexicon(tables)

    def compare(self, declared: str, listed: str) -> Comparison:
        """How near two names are, and why: the nearest of the ways in which the declared text names its party."""
        other, ways = self._lexicon.name(listed), (declared, *other_ways(declared))
        return max((compare(self._lexicon.name(way), other) for way in ways), key=lambda found: found.score)


def compare(declared: Name, listed: Name) -> Comparison:
    """The score of two names and the aligned words behind it."""
    pairs = align(declared, listed)
    score = total(declared, listed, pairs)
    evidence = [
        AlignedWord(
            _surface(declared.words, pair.declared, pair.declared_count),
            _surface(listed.words, pair.listed, pair.listed_count),
            pair.link.kind,
            pair.link.similarity / FULL,
            float(pair.weight),
        )
        for pair in pairs
    ]
    means = {word.text: word for word in listed.legal}
    for word in declared.legal:
        if word.text in means:
            evidence.append(AlignedWord(word.surface, means[word.text].surface, "legal_form", 1.0, float(word.weight)))
    if is_beginning(declared, listed):
        whole = _surface(listed.words, 0, MAX_WORDS)
        evidence.append(AlignedWord(_surface(declared.words, 0, MAX_WORDS), whole, "cut", 1.0, float(declared.weight)))
    elif is_slipped(declared, listed):
        aligned = {pair.declared for pair in pairs}
        for place, (one, other) in enumerate(zip(declared.words, listed.words, strict=True)):
            if place not in aligned and one.text != other.text:
                evidence.append(
                    AlignedWord(one.surface, other.surface, "slips", 1 - 2 / max(len(one.text), len(other.text)), float(other.weight))
                )
    return Comparison(score / 100, tuple(evidence))


def align(declared: Name, listed: Name) -> list[Pair]:
    """The aligned words in declared order: of all agreements the weightiest first, each word once.

    Among equals the pair whose places are nearest wins, then the earlier one.
    """
    found: list[Pair] = []
    for i, ours in enumerate(declared.words):
        for j, theirs in enumerate(listed.words):
            if agreement := link(ours, theirs):
                found.append(Pair(i, 1, j, 1, agreement, ours.weight, theirs.weight))
    for part in declared.together:
        for j, theirs in enumerate(listed.words):
            if agreement := joined_link(theirs, part.word):
                found.append(Pair(part.first, part.size, j, 1, agreement, part.word.weight, theirs.weight))
    for part in listed.together:
        for i, ours in enumerate(declared.words):
            if agreement := joined_link(ours, part.word):
                found.append(Pair(i, 1, part.first, part.size, agreement, ours.weight, part.word.weight))
    found.sort(key=_order)
    taken: list[Pair] = []
    used_declared: set[int] = set()
    used_listed: set[int] = set()
    for pair in found:
        here = range(pair.declared, pair.declared + pair.declared_count)
        there = range(pair.listed, pair.listed + pair.listed_count)
        if used_declared.isdisjoint(here) and used_listed.isdisjoint(there):
            taken.append(pair)
            used_declared.update(here)
            used_listed.update(there)
    return sorted(taken, key=lambda pair: pair.declared)


def _order(pair: Pair) -> tuple[int, int, int, int, int, int]:
    return (-pair.mass, abs(pair.declared - pair.listed), pair.declared, pair.listed, pair.declared_count, pair.listed_count)


def surplus(lighter: int, excess: int, declared_is_longer: bool, leads: bool) -> int:
    """What the excess weight of the heavier name costs, in hundredths of weight. ``leads``: the text starts with the listed name."""
    if not declared_is_longer:
        return excess * LISTED_SURPLUS
    cost = excess * DECLARED_SURPLUS
    return min(cost, lighter * SURPLUS_CAP) if lighter >= SUBSTANTIAL or (leads and lighter >= LEADING) else cost


def _leads(declared: Name, listed: Name, pairs: Sequence[Pair]) -> bool:
    """Whether the declared text starts with the whole listed name, as a name with its address behind does.

    Only little words may stand before it. A single listed word must be a long one, and one of the words must be rare.
    """
    if not pairs or sum(pair.listed_count for pair in pairs) < len(listed.words):
        return False
    if any(word.sort not in ("generic", "sector", "number", "initial") for word in declared.words[: pairs[0].declared]):
        return False
    for one, other in pairwise(pairs):
        if other.declared != one.declared + one.declared_count or other.listed < one.listed:
            return False
    is_rare = any(word.sort in LEADS for word in listed.words)
    has_number = any(word.sort == "number" for word in declared.words[pairs[-1].declared + pairs[-1].declared_count :])
    return is_rare and (len(listed.words) > 1 or len(listed.words[0].text) >= (BEFORE_NUMBER if has_number else LONG_WORD))


def is_beginning(declared: Name, listed: Name) -> bool:
    """Whether a long declared text is the very beginning of the listed name: a name that lost its end."""
    return declared.may_be_cut and len(listed.letters) > len(declared.letters) and listed.letters.startswith(declared.letters)


def total(declared: Name, listed: Name, pairs: Sequence[Pair]) -> int:
    """The score in hundredths of a point of an alignment."""
    score = _aligned_score(declared, listed, pairs)
    if is_beginning(declared, listed):
        return max(score, BEGINNING)
    return max(score, SLIPPED) if score < SLIPPED and is_slipped(declared, listed) else score


def _aligned_score(declared: Name, listed: Name, pairs: Sequence[Pair]) -> int:
    if not any(is_telling(declared, listed, pair) for pair in pairs):
        return 0
    legal = sum(word.weight for word in declared.legal if any(word.text == other.text for other in listed.legal))
    aligned = legal + sum(pair.weight for pair in pairs)
    agreed = legal * FULL + sum(pair.mass for pair in pairs)
    # What agrees weighs the same on both sides, so that neither has a surplus by it; only an initial says less than a word.
    ours = declared.weight + sum(pair.weight - pair.declared_weight for pair in pairs if pair.link.kind != "initial")
    theirs = listed.weight + sum(pair.weight - pair.listed_weight for pair in pairs if pair.link.kind != "initial")
    lighter = min(ours, theirs)
    leads = _leads(declared, listed, pairs)
    score = HUNDRED * agreed // FULL * 100 // ((2 * lighter - aligned) * 100 + surplus(lighter, abs(ours - theirs), ours > theirs, leads))
    score = _contradictions(declared, listed, pairs, score)
    names = [pair for pair in pairs if declared.words[pair.declared].sort in NAMES and listed.words[pair.listed].sort in NAMES]
    if len(names) == 1 and (names[0].link.kind in BY_EAR):
        score = score * BY_EAR_ALONE // 100
    if len(names) == 1 and is_doubtful(declared, listed, pairs, names[0]):
        score = score * BY_EAR_ALONE // 100
    return min(score, NOT_ENOUGH) if is_too_little(declared, listed, pairs) else score


def _contradictions(declared: Name, listed: Name, pairs: Sequence[Pair], score: int) -> int:
    ours, theirs = left_over(declared, listed, pairs)
    if "number" in ours and "number" in theirs:
        score = score * OTHER_NUMBER // 100
    if ("initial" in ours and theirs & {"initial", *NAMES}) or ("initial" in theirs and ours & NAMES):
        score = score * OTHER_INITIAL // 100
    if _is_swapped(declared.words, listed.words, pairs):
        score = score * SWAPPED // 100
    elif any(one.listed > other.listed for one, other in pairwise(pairs)):
        score = score * OTHER_ORDER // 100
    return score


def _is_swapped(declared: Sequence[Word], listed: Sequence[Word], pairs: Sequence[Pair]) -> bool:
    """Whether son and father have changed places: across the word *son of*, or as the first two given names of a longer name."""
    place = {pair.declared: pair.listed for pair in pairs if pair.declared_count == pair.listed_count}
    for i in range(1, len(declared) - 1):
        son, father = place.get(i - 1), place.get(i + 1)
        if (
            declared[i].text in _PATRONYMIC
            and son is not None
            and father is not None
            and son == father + 2
            and listed[father + 1].text in _PATRONYMIC
        ):
            return True
    longer = min(len(declared), len(listed)) >= 3
    return longer and place.get(0) == 1 and place.get(1) == 0 and declared[0].sort == declared[1].sort == "given" and place.get(2) == 2


def _surface(words: Sequence[Word], first: int, count: int) -> str:
    return " ".join(word.surface for word in words[first : first + count])
