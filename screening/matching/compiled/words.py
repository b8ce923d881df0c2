"""What the kernels know of each word: one row of whole numbers a word, so that a word is read in one go."""

from __future__ import annotations

from screening.matching.compiled.kernel import inner

# The classes in such an order that names come first and words that tell something before those that do not.
RARE, COMMON, GIVEN, GENERIC, SECTOR, NUMBER, INITIAL = range(7)
SORTS = {
    "rare": RARE, "common": COMMON, "given": GIVEN, "generic": GENERIC, "sector": SECTOR, "number": NUMBER, "initial": INITIAL,
}  # fmt: skip
LAST_NAME, LAST_TELLING = GIVEN, SECTOR

# Columns of a row. Edges: where its agreements with words of the list start, where those with words written together start, the end.
EDGES, MIDDLE, END = 0, 1, 2  # -1: not yet worked out
FACTS = 3  # weight, class, letters: see below
COST = 4  # how many listed names the words it agrees with stand in
LOSS = 5  # in 20 bits each: the least weight, in thousandths, that an agreement loses; the most a listed word weighs more; and less
PREFIX, SUFFIX = 6, 7  # the lengths of longer listed words that start or end with it, one bit a length
SPOKEN, SPOKEN_POWER, HASH, HASH_POWER = 8, 9, 10, 11  # hashes of the sound key and of the letters
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
    """Whether a word is a given name or a business word."""
    return GIVEN <= sort_of(facts) <= SECTOR


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
