"""Whether what agrees of two names is enough for one party: what a lone, short or common name can and cannot carry.

These rules only ever take away from a score, so that no bound of the index depends on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from screening.matching.lexicon import PARTICLE_WEIGHT, TELLING, Name, Word
from screening.matching.link import ABBREVIATION, FULL, JOINED
from screening.matching.pair import Pair

FEW = 3  # common and business words that together are a name of their own
ENOUGH = 72  # agreed weight of telling words without which two names are no match
COMMON = 70  # what a word that many companies are called by counts of it: alone it is never enough
SHORTEST_NAME = 3  # letters of a lone name that must have nothing beside it, nor another legal form
SHORT_ALONE = 5  # letters of a lone name that has room for no slip
LONG_NAME = 9  # letters of a lone name that bears a slip though its legal form differs too
SHORT_NAME = 8  # letters of names that a line of civil business beside them makes another company's
INITIALS = 2  # letters of a word that may be initials written as one
NAMES = frozenset({"rare", "common", "given"})
UNKNOWN = frozenset({"rare", "common"})
BY_EAR = frozenset({"sound", "skeleton"})


def is_too_little(declared: Name, listed: Name, pairs: Sequence[Pair]) -> bool:
    """Whether the telling words that agree are too few: a business word or one given name is never a match."""
    telling = [pair for pair in pairs if is_telling(declared, listed, pair)]
    agreed = sum(_counted(declared, listed, pair) * pair.link.similarity for pair in telling)
    if agreed >= ENOUGH * FULL:
        return _is_other_party(declared, listed, pairs, telling, agreed)
    if sorted(word.text for word in declared.words) != sorted(word.text for word in listed.words):
        return True
    if len(declared.words) >= 2:
        return False
    same_forms = {word.text for word in declared.legal} == {word.text for word in listed.legal}
    return not (same_forms and declared.words[0].sort in ("rare", "common"))  # a name of two letters with its legal form is that name


def is_telling(declared: Name, listed: Name, pair: Pair) -> bool:
    return declared.words[pair.declared].sort in TELLING and listed.words[pair.listed].sort in TELLING and pair.link.kind != "initial"


def _counted(declared: Name, listed: Name, pair: Pair) -> int:
    """What an agreement counts of what a match needs: a common word less than it weighs, a little word nothing."""
    if pair.weight <= PARTICLE_WEIGHT:
        return 0
    if pair.declared_count + pair.listed_count > 2:
        lighter = min(pair.declared_weight, pair.listed_weight)
        return lighter if lighter > PARTICLE_WEIGHT else pair.weight
    # A common word that is declared is itself and no slip of another.
    return min(pair.weight, COMMON) if declared.words[pair.declared].sort == "common" else pair.weight


def _is_other_party(declared: Name, listed: Name, pairs: Sequence[Pair], telling: Sequence[Pair], agreed: int) -> bool:
    """Whether what agrees, though enough, is less than what makes another party of one of the two."""
    ours, theirs = left_over(declared, listed, pairs)
    alike = [pair for pair in telling if pair.link.similarity >= JOINED and _is_name(declared, listed, pair)]
    if "sector" in ours and sum(_letters(listed, pair) for pair in alike) <= SHORT_NAME:
        return True
    if "number" in ours:
        ours = ours & {"sector"}  # the rest is an address, not a business
    if not any(_is_name(declared, listed, pair) for pair in telling):
        is_common = any(listed.words[pair.listed].sort == "common" for pair in telling)
        lacks = not is_common and not theirs.isdisjoint(NAMES)
        if lacks and agreed < 2 * ENOUGH * FULL:
            return True
        return len(telling) < FEW and (not ours.isdisjoint(TELLING) or (bool(theirs) and _contradict(declared, listed)))
    if agreed < 2 * ENOUGH * FULL and all(listed.words[pair.listed].sort != "rare" for pair in telling) and not ours.isdisjoint(NAMES):
        return True
    if len(telling) > 1 or any(listed.words[pair.listed].sort == "number" for pair in pairs):
        return False
    letters = _letters(listed, telling[0])
    forms = _contradict(declared, listed)
    if letters <= SHORTEST_NAME:
        return forms or not (ours | theirs).isdisjoint(TELLING)
    if letters <= SHORTEST_NAME + 1 and not ours.isdisjoint(TELLING):
        return True
    return ("given" in ours and letters <= SHORT_NAME) or (forms and not (ours | theirs).isdisjoint(TELLING))


def _is_name(declared: Name, listed: Name, pair: Pair) -> bool:
    """Whether the words that agree are a name that few bear."""
    one, other = declared.words[pair.declared].sort, listed.words[pair.listed].sort
    return pair.declared_count + pair.listed_count > 2 or (one in NAMES and other in NAMES and not one == other == "common")


def _letters(listed: Name, pair: Pair) -> int:
    return sum(len(word.text) for word in listed.words[pair.listed : pair.listed + pair.listed_count])


def _contradict(declared: Name, listed: Name) -> bool:
    """Whether both have legal forms, and not one in common."""
    ours, theirs = ({word.text for word in name.legal} for name in (declared, listed))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def is_doubtful(declared: Name, listed: Name, pairs: Sequence[Pair], name: Pair) -> bool:
    """Whether the one name in common, misspelt, is too short for it, starts with another letter, or something else differs."""
    if name.link.similarity >= (ABBREVIATION if name.declared_count + name.listed_count == 2 else JOINED):
        return False
    ours, theirs = left_over(declared, listed, pairs)
    forms = {word.text for word in declared.legal} != {word.text for word in listed.legal}
    differs = bool(ours or theirs) or forms
    if name.declared_count + name.listed_count > 2:
        return differs
    one, other = declared.words[name.declared].text, listed.words[name.listed].text
    shorter = min(len(one), len(other))
    is_alone = sum(is_telling(declared, listed, pair) for pair in pairs) == 1
    if name.link.kind in BY_EAR:
        return shorter < (SHORT_ALONE if is_alone else SHORTEST_NAME + 1)
    is_other_letter = is_alone and len(one) == len(other) <= SHORT_ALONE and sorted(one) != sorted(other)
    return (
        (differs and shorter < LONG_NAME) or shorter <= SHORTEST_NAME or is_other_letter or (one[0] != other[0] and one[:2] != other[1::-1])
    )


def left_over(declared: Name, listed: Name, pairs: Sequence[Pair]) -> tuple[set[str], set[str]]:
    """The sorts of the words that either name has for itself."""
    ours = _left(declared.words, {i for pair in pairs for i in range(pair.declared, pair.declared + pair.declared_count)})
    theirs = _left(listed.words, {j for pair in pairs for j in range(pair.listed, pair.listed + pair.listed_count)})
    return ours, theirs


def _left(words: Sequence[Word], used: set[int]) -> set[str]:
    """The sorts of the words that are left; little words and initials written as one word (``A.Q.``) say nothing."""
    return {
        word.sort
        for place, word in enumerate(words)
        if place not in used and word.weight > PARTICLE_WEIGHT and not (word.sort in UNKNOWN and len(word.text) <= INITIALS)
    }
