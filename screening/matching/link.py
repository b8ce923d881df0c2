"""How two single words agree: the kind of agreement and its similarity in thousandths."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA

from screening.matching.lexicon import Word
from screening.matching.romanise import CONSONANTS_ONLY
from screening.matching.sound import loose_skeleton, skeleton, sound_key

FULL = 1000
ABBREVIATION = 990  # what stands for the same is the same; as written is a shade better, so that equals are ordered
SOUND = 930
SKELETON = 820
UNVOWELLED = 900
INITIAL = 900
JOINED = 950  # factor on the similarity of words written together on one side and apart on the other
LEAST_KEY = 3
LEAST_SKELETON = 3
LEAST_TWO_OFF = 5  # letters of words that may be two letters off
LEAST_FREE_START = 7  # and of those whose first letter may be one of the two
LEAST_JOINED_SOUND = 8  # letters
KNOWN = frozenset({"given", "generic", "sector"})


class Link(NamedTuple):
    """The agreement of two words."""

    kind: str
    similarity: int


def spelling_limit(shorter: int, longer: int) -> int:
    """The greatest spelling distance that still links two words, by the letters of both.

    Three letters are one letter off from too many words, but the word of four that lost one is linked: Qds and Quds.
    """
    if shorter < 4:
        return 1 if shorter == 3 and longer == 4 else 0
    return 1 if shorter < LEAST_TWO_OFF else 2


def link(declared: Word, listed: Word) -> Link | None:
    """The best agreement of two words, or nothing.

    Two different known words (given names, generic words) are linked by sound only: Daniel is not Daniela.
    """
    if declared.text == listed.text:
        return same(declared, listed)
    if declared.sort == "initial" or listed.sort == "initial":
        return initial(declared.text, listed.text)
    return _near(declared.text, declared.sort, listed.text, listed.sort)


_EXACT = Link("exact", FULL)
_ABBREVIATION = Link("abbreviation", ABBREVIATION)
_INITIAL = Link("initial", INITIAL)


def same(declared: Word, listed: Word) -> Link:
    """The agreement of two words of one text: as written, or by what they stand for."""
    return _EXACT if declared.surface == listed.surface else _ABBREVIATION


def initial(a: str, b: str) -> Link | None:
    """The agreement of an initial with a word that starts with it."""
    return _INITIAL if a[0] == b[0] and len(a) != len(b) and a.isalpha() and b.isalpha() else None


def _near(a: str, sort: str, b: str, other_sort: str) -> Link | None:
    """The agreement of two different words."""
    if not (a.isalpha() and b.isalpha()):
        return _unvowelled(a, b) if CONSONANTS_ONLY in (a[0], b[0]) else None
    best: Link | None = None
    key = sound_key(a)
    if len(key) >= LEAST_KEY and key == sound_key(b):
        best = Link("sound", SOUND)
    if sort in KNOWN and other_sort in KNOWN:
        return best
    shorter, longer = min(len(a), len(b)), max(len(a), len(b))
    limit = spelling_limit(shorter, longer)
    if limit == 2 and shorter < LEAST_FREE_START and a[0] != b[0]:
        limit = 1
    distance = OSA.distance(a, b, score_cutoff=limit) if limit else 1
    if distance <= limit:
        similarity = FULL - FULL * distance // (longer + distance - 1)
        if best is None or similarity > best.similarity:
            best = Link("spelling", similarity)
    is_weak = best is None or (distance > 1 and best.similarity < SKELETON)
    if is_weak and shorter >= 5:
        bones = skeleton(a)
        most = 2 if shorter < 7 else 3  # further apart, equal consonants are chance
        if len(bones) >= LEAST_SKELETON and bones == skeleton(b) and OSA.distance(a, b, score_cutoff=most) <= most:
            best = Link("skeleton", SKELETON)
    return best


def _unvowelled(a: str, b: str) -> Link | None:
    letters_a, letters_b = a.removeprefix(CONSONANTS_ONLY), b.removeprefix(CONSONANTS_ONLY)
    if not (letters_a.isalpha() and letters_b.isalpha()):
        return None
    bones = loose_skeleton(a)
    if len(bones) >= 2 and bones == loose_skeleton(b):
        return Link("skeleton", UNVOWELLED)
    if a[0] == b[0]:  # both of such a script: written letters may be misspelt
        shorter = min(len(letters_a), len(letters_b))
        if shorter >= 4 and OSA.distance(letters_a, letters_b, score_cutoff=1) <= 1:
            return Link("spelling", FULL - FULL // max(len(letters_a), len(letters_b)))
    return None


def joined_link(whole: Word, parts: Word) -> Link | None:
    """The agreement of one word with words written together, a little below that of single words."""
    if whole.sort == "initial" or whole.sort == "number":
        return None
    if whole.text == parts.text:
        return Link("joined", JOINED)
    found = link(whole, parts)
    if found is None or found.kind == "skeleton":
        return None  # consonants of several words agree with those of another by chance
    if found.kind == "spelling" and found.similarity < FULL - FULL // max(len(whole.text), len(parts.text)):
        return None  # so do letters two off
    if found.kind == "sound" and min(len(whole.text), len(parts.text)) < LEAST_JOINED_SOUND:
        return None  # and so do short sounds: Hoa Sen is not Hussain
    return Link("joined", found.similarity * JOINED // FULL)
