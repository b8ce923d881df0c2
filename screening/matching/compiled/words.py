"""What the kernels know of each word: one row of whole numbers a word, so that a word is read in one go."""

from __future__ import annotations

from screening.matching.compiled.kernel import inner

RARE, GIVEN, GENERIC, NUMBER, INITIAL = range(5)
SORTS = {"rare": RARE, "given": GIVEN, "generic": GENERIC, "number": NUMBER, "initial": INITIAL}

# Columns of a row. Edges: where its agreements with words of the list start, where those with words written together start, the end.
EDGES, MIDDLE, END = 0, 1, 2  # -1: not yet worked out
FACTS = 3  # weight, class, letters: see below
COST = 4  # how many listed names the words it agrees with stand in
LOSS = 5  # in 20 bits each: the least weight, in thousandths, that an agreement loses; the most a listed word weighs more; and less
PREFIX, SUFFIX = 6, 7  # the lengths of longer listed words that start or end with it, one bit a length
SHAPE, SHAPE_POWER, HASH, HASH_POWER = 8, 9, 10, 11
SOUND_KEY, SKELETON_KEY, LOOSE = 12, 13, 14  # numbers of its keys among those of the list, -1: not there
COLUMNS = 16

_WEIGHT = 0xFF
IS_ALPHA, IS_BARE, IS_FORM_START, IS_PATRONYMIC = (
    1 << 11,
    1 << 12,
    1 << 13,
    1 << 14,
)  # bare: letters only behind the sign of words in consonants only
_LETTER = 0xFF
LOSS_BITS = 20


@inner
def weight_of(facts: int) -> int:
    """How much a word decides."""
    return facts & _WEIGHT


@inner
def sort_of(facts: int) -> int:
    """The class of a word."""
    return (facts >> 8) & 7


@inner
def is_known(facts: int) -> bool:
    """Whether a word is a given name or a generic word."""
    return sort_of(facts) == GIVEN or sort_of(facts) == GENERIC


@inner
def first_letter(facts: int) -> int:
    """The first letter of a word."""
    return (facts >> 16) & _LETTER


@inner
def last_letter(facts: int) -> int:
    """The last letter of a word."""
    return (facts >> 24) & _LETTER


@inner
def length_of(facts: int) -> int:
    """How many letters a word has."""
    return facts >> 32
