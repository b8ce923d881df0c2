"""Names that are the same word for word but for slips of the pen."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from screening.matching.enough import NAMES
from screening.matching.lexicon import Name, Word
from screening.matching.link import KNOWN

SLIPPED_BESIDE = 4  # letters of a name that must stand beside them as it is
MOST_SLIPS = 2
LEAST_SLIPPED = 3  # letters of a word with slips


def is_slipped(declared: Name, listed: Name) -> bool:
    """Whether two names are the same word for word but for two slips of the pen in one or two words.

    A name of four letters or more must stand as it is, and every word keep its first letter. Numbers, initials and known words (given
    names, business words) have no slips.
    """
    if len(declared.words) != len(listed.words) or {word.text for word in declared.legal} != {word.text for word in listed.legal}:
        return False
    slips, is_named = 0, False
    for one, other in zip(declared.words, listed.words, strict=True):
        if one.text == other.text:
            is_named = is_named or stands(one)
        elif (
            min(len(one.text), len(other.text)) < LEAST_SLIPPED
            or not (one.text.isalpha() and other.text.isalpha())
            or (one.sort in KNOWN and other.sort in KNOWN)
        ):
            return False
        elif one.text[0] != other.text[0] and one.text[:2] != other.text[1::-1]:
            return False  # hardly anybody misses the first letter
        else:
            slips += OSA.distance(one.text, other.text, score_cutoff=MOST_SLIPS)
            if slips > MOST_SLIPS:
                return False
    return is_named and slips > 0


def stands(word: Word) -> bool:
    """Whether a word tells enough, standing as it is, for others beside it to have slips."""
    return word.sort in NAMES and len(word.text) >= SLIPPED_BESIDE
