"""The listed names made ready for the compiled search."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.assembly import END, FIRST, INITIALS, LEGAL_END, LEGAL_FIRST, WEIGHT, Names
from screening.matching.compiled.edges import ListedWords
from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.keys import (
    BARE_LETTERS,
    BY_LOOSE,
    BY_SKELETON,
    BY_SOUND,
    LETTERS,
    NO_LETTERS,
    Groups,
    enter_keys,
    grouped,
)
from screening.matching.compiled.slips import names_standing
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, StringTable, find
from screening.matching.compiled.together import Wholes, length_bit, mark_wholes
from screening.matching.compiled.variants import BASE, Buckets, buckets, mixed, set_bit
from screening.matching.compiled.words import (
    FACTS,
    INITIAL,
    IS_ALPHA,
    IS_BARE,
    LOOSE,
    SKELETON_KEY,
    SOUND_KEY,
    sort_of,
    weight_of,
)
from screening.matching.lexicon import INITIAL_WEIGHT, JOIN_WORDS, LEAST_JOINED
from screening.matching.link import LEAST_JOINED_SOUND

BEGUN = 12  # letters by which the beginnings of listed names are sought


class Together(NamedTuple):
    """The words written together of all listed names, and the names by each."""

    starts: Longs
    first: Bytes
    size: Bytes
    number: Ints
    weight: Ints
    names: Groups


class Listed(NamedTuple):
    """The listed names in order of weight, and the ways to find them."""

    names: Names
    original: Ints  # where each stood before
    weight_starts: Ints  # the first name of each weight or more
    by_word: Groups
    many_initials: Groups  # likewise, of names with more than one initial
    together: Together
    core: NDArray[np.int16]  # the weight of each word, nothing for initials
    signs: NDArray[np.uint64]  # four numbers a name, one bit for each word but initials
    has_initials: Bytes
    standing: Buckets  # by words that may stand beside slips of the pen
    letters: Bytes  # all letters of each name, the names in order of these
    letter_starts: Longs
    by_letters: Ints  # the names in that order
    place_by_letters: Ints  # and where each stands in it
    begun: NDArray[np.uint64]  # one bit for the first letters of each


@kernel
def reordered(names: Names, order: Longs) -> Names:
    """The names in another order."""
    rows, words, surfaces, legal = np.empty_like(names.rows), np.empty_like(names.words), np.empty_like(names.surfaces), names.legal.copy()
    at, legal_at = 0, 0
    for new in range(len(order)):
        old = order[new]
        rows[new] = names.rows[old]
        rows[new, FIRST], rows[new, LEGAL_FIRST] = at, legal_at
        for k in range(names.rows[old, FIRST], names.rows[old, END]):
            words[at], surfaces[at] = names.words[k], names.surfaces[k]
            at += 1
        for k in range(names.rows[old, LEGAL_FIRST], names.rows[old, LEGAL_END]):
            legal[legal_at] = names.legal[k]
            legal_at += 1
        rows[new, END], rows[new, LEGAL_END] = at, legal_at
    return Names(rows, words, surfaces, legal)


@inner
def is_run(names: Names, rows: Longs, first: int, k: int) -> bool:
    """Whether the word at ``k`` may be written together with those from ``first`` on."""
    facts = rows[names.words[k], FACTS]
    if not facts & IS_ALPHA or sort_of(facts) == INITIAL:
        return False
    is_expanded = k > first and names.surfaces[k - 1] == names.surfaces[k] and names.surfaces[k] != names.words[k]
    return not is_expanded


@inner
def _written_together(
    names: Names, rows: Longs, strings: Strings, starts: Longs, first: Bytes, size: Bytes, weight: Ints, firsts: Longs, out: Bytes
) -> int:
    """Counts the letters of the words written together of all names, as compared and as written; writes them where there is room."""
    at, letter = 0, 0
    is_written = len(first) > 0
    for name in range(len(names.rows)):
        starts[name] = at
        begin, end = names.rows[name, FIRST], names.rows[name, END]
        for i in range(begin, end):
            total, is_plain, is_alpha = 0, True, True
            length, length_written = 0, 0
            for k in range(i, min(i + JOIN_WORDS, end)):
                if not is_run(names, rows, i, k):
                    break
                word, surface = names.words[k], names.surfaces[k]
                is_plain = is_plain and word == surface
                is_alpha = is_alpha and rows[surface, FACTS] & IS_ALPHA != 0
                length += strings.starts[word + 1] - strings.starts[word]
                length_written += strings.starts[surface + 1] - strings.starts[surface]
                total += weight_of(rows[word, FACTS])
                if k == i:
                    continue
                for spelling in range(1 if is_plain or not is_alpha else 2):
                    if (length_written if spelling else length) < LEAST_JOINED:
                        continue
                    if is_written:
                        first[at], size[at], weight[at], firsts[at] = i - begin, k - i + 1, total, letter
                        for m in range(i, k + 1):
                            word = names.surfaces[m] if spelling else names.words[m]
                            for place in range(strings.starts[word], strings.starts[word + 1]):
                                out[letter] = strings.letters[place]
                                letter += 1
                    else:
                        letter += length_written if spelling else length
                    at += 1
    starts[len(names.rows)] = at
    if is_written:
        firsts[at] = letter
    return letter


@kernel
def _names_by(starts: Longs, ends: Longs, numbers: Ints, count: int, held: Bytes) -> Groups:
    """The held names by each of their numbers, rising, each name once."""
    sizes, last = np.zeros(count + 1, np.int32), np.full(count, -1, np.int32)
    for name in range(len(starts)):
        if held[name]:
            for k in range(starts[name], ends[name]):
                if last[numbers[k]] != name:
                    last[numbers[k]] = name
                    sizes[numbers[k] + 1] += 1
    for k in range(count):
        sizes[k + 1] += sizes[k]
    words, at = np.empty(sizes[count], np.int32), sizes.copy()
    last[:] = -1
    for name in range(len(starts)):
        if held[name]:
            for k in range(starts[name], ends[name]):
                if last[numbers[k]] != name:
                    last[numbers[k]] = name
                    words[at[numbers[k]]] = name
                    at[numbers[k]] += 1
    return Groups(sizes, words)


@inner
def sign_of(word: int) -> int:
    """Which of 256 bits stands for a word."""
    return np.int64((np.uint64(word) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(56))


@kernel
def _signs(names: Names, rows: Longs) -> NDArray[np.uint64]:
    """One of 256 bits for each word of each name but initials."""
    signs = np.zeros((len(names.rows), 4), np.uint64)
    for name in range(len(names.rows)):
        for k in range(names.rows[name, FIRST], names.rows[name, END]):
            if sort_of(rows[names.words[k], FACTS]) != INITIAL:
                sign = sign_of(names.words[k])
                signs[name, sign >> 6] |= np.uint64(1) << np.uint64(sign & 63)
    return signs


@inner
def begun_hash(letters: Bytes, first: int) -> int:
    """The hash of the first letters of a name."""
    value = np.uint64(1)
    for k in range(first, first + BEGUN):
        value = value * BASE + np.uint64(letters[k])
    return mixed(value)


@inner
def _mark_begun(letters: Bytes, starts: Longs, bits: NDArray[np.uint64]) -> None:
    for name in range(len(starts) - 1):
        if starts[name + 1] - starts[name] >= BEGUN:
            set_bit(bits, begun_hash(letters, starts[name]))


@inner
def _lengths(letters: Bytes, starts: Longs, words: Ints, table: Strings, is_end: bool, lengths: Longs) -> None:
    """Fills in the lengths of the words that start (or end) with each string of the table."""
    for i in range(len(words)):
        first, end = starts[words[i]], starts[words[i] + 1]
        for k in range(first + 1, end):
            place = find(table, letters, k, end) if is_end else find(table, letters, first, k)
            lengths[place] |= length_bit(end - first)


def _parts(letters: Bytes, starts: Longs, words: Ints, *, is_end: bool) -> tuple[Strings, Longs]:
    """The beginnings (or ends) of words, and the lengths of the words of each."""
    first, end = starts[words], starts[words + 1]
    sizes = np.maximum(end - first - 1, 0)
    step = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1
    firsts, ends = np.repeat(first, sizes), np.repeat(end, sizes)
    firsts, ends = (firsts + step, ends) if is_end else (firsts, firsts + step)
    table = StringTable()
    table.add(letters, firsts, ends, np.full(len(firsts), -1, np.int32))
    lengths = np.zeros(table.count + 1, np.int64)
    _lengths(letters, starts, words, table.view, is_end, lengths)
    return table.view, lengths


def _wholes(words: Ints, letters: Bytes, starts: Longs, rows: Longs, sounds: StringTable, by_sound: Groups) -> Wholes:
    bits = 1 << max(10, (16 * len(words)).bit_length())
    exact, spoken = np.zeros(bits // 64, np.uint64), np.zeros(bits // 64, np.uint64)
    mark_wholes(words, rows, spoken, exact)
    word_starts, start_lengths = _parts(letters, starts, words, is_end=False)
    word_ends, end_lengths = _parts(letters, starts, words, is_end=True)
    halves = buckets(letters, starts, words, is_halved=True)
    return Wholes(halves, exact, spoken, word_starts, word_ends, start_lengths, end_lengths, sounds.view, by_sound)


def _together(names: Names, rows: Longs, strings: Strings) -> tuple[Longs, Bytes, Bytes, Ints, Longs, Bytes]:
    """Where the words written together of each name start; of each the first word, how many, the weight, its first letter; the letters."""
    none, nothing = np.zeros(0, np.uint8), np.zeros(0, np.int32)
    starts = np.zeros(len(names.rows) + 1, np.int64)
    room = int(_written_together(names, rows, strings, starts, none, none, nothing, np.zeros(0, np.int64), none))
    count = int(starts[-1])
    first, size, weight = np.empty(count + 1, np.uint8), np.empty(count + 1, np.uint8), np.empty(count + 1, np.int32)
    firsts, out = np.zeros(count + 1, np.int64), np.empty(room + 1, np.uint8)
    _written_together(names, rows, strings, starts, first, size, weight, firsts, out)
    return starts, first[:-1], size[:-1], weight[:-1], firsts, out


def scripts_of(rows: Longs) -> Bytes:
    """What words are written in."""
    facts = rows[:, FACTS]
    return np.where(facts & IS_ALPHA, LETTERS, np.where(facts & IS_BARE, BARE_LETTERS, NO_LETTERS)).astype(np.uint8)


def listed_names(
    names: Names, order: Longs, spelled: list[bytes], rows: Longs, strings: Strings, singles: int
) -> tuple[Listed, ListedWords]:
    """The names by every word of theirs, and the words by all they may agree by. The keys of listed words are filled into ``rows``.

    ``order``: where each name stood before it was put in order of weight. ``spelled``: the letters of each name.
    """
    letters, starts = strings.letters, strings.starts
    scripts = scripts_of(rows)
    sorts = (rows[:singles, FACTS] >> 8) & 7
    is_single = np.zeros(singles, np.uint8)
    is_single[names.words] = 1
    words = np.flatnonzero(is_single & (sorts != INITIAL)).astype(np.int32)
    sounds, skeletons, looses = StringTable(), StringTable(), StringTable()
    for kind, table, column in ((BY_SOUND, sounds, SOUND_KEY), (BY_SKELETON, skeletons, SKELETON_KEY), (BY_LOOSE, looses, LOOSE)):
        rows[words, column] = enter_keys(kind, table, letters, starts, words, scripts)
    part_starts, first, size, weight, firsts, out = _together(names, rows, strings)
    table = StringTable()
    numbers = np.full(len(first), -1, np.int32)
    table.add(out, firsts[:-1], firsts[1:], numbers)
    part_letters, part_strings = table.view.letters, table.view.starts[: table.count + 1].copy()
    everyone = np.arange(table.count, dtype=np.int32)
    part_sound = enter_keys(BY_SOUND, sounds, part_letters, part_strings, everyone, np.full(table.count, LETTERS, np.uint8))
    least, most = np.full(table.count, 0x1FF, np.int32), np.zeros(table.count, np.int32)
    np.minimum.at(least, numbers, weight)
    np.maximum.at(most, numbers, weight)
    long_enough = np.diff(part_strings) >= LEAST_JOINED_SOUND
    held = np.ones(len(names.rows), np.uint8)
    alpha, bare = words[scripts[words] == LETTERS], words[scripts[words] == BARE_LETTERS]
    first_word, end_word = names.rows[:, FIRST].astype(np.int64), names.rows[:, END].astype(np.int64)
    by_word = _names_by(first_word, end_word, names.words, singles, held)
    by_sound = grouped(rows[words, SOUND_KEY], words, sounds.count)
    lists = ListedWords(
        is_single,
        np.diff(by_word.starts).astype(np.int32),
        buckets(letters, starts, words[scripts[words] != NO_LETTERS], is_halved=False),
        sounds.view,
        skeletons.view,
        looses.view,
        by_sound,
        grouped(rows[words, SKELETON_KEY], words, skeletons.count),
        grouped(rows[words, LOOSE], words, looses.count),
        grouped(rows[bare, LOOSE], bare, looses.count),
        _wholes(alpha, letters, starts, rows, sounds, by_sound),
        part_letters,
        part_strings,
        part_sound,
        least,
        most,
        buckets(part_letters, part_strings, everyone, is_halved=True),
        grouped(part_sound[long_enough], everyone[long_enough], sounds.count),
    )
    top = int(names.rows[:, WEIGHT].max(initial=0))
    weight_starts = np.searchsorted(names.rows[:, WEIGHT], np.arange(top + 2)).astype(np.int32)
    by_letters = sorted(range(len(spelled)), key=spelled.__getitem__)
    place_by_letters = np.zeros(len(spelled), np.int32)
    place_by_letters[by_letters] = np.arange(len(spelled))
    all_letters = np.frombuffer(b"".join(spelled[name] for name in by_letters) or b" ", np.uint8)
    letter_starts = np.cumsum([0, *(len(spelled[name]) for name in by_letters)]).astype(np.int64)
    begun = np.zeros((1 << max(10, (16 * len(spelled)).bit_length())) // 64, np.uint64)
    _mark_begun(all_letters, letter_starts, begun)
    listed = Listed(
        names,
        order.astype(np.int32),
        weight_starts,
        by_word,
        _names_by(first_word, end_word, names.words, singles, (names.rows[:, INITIALS] > INITIAL_WEIGHT).astype(np.uint8)),
        Together(part_starts, first, size, numbers, weight, _names_by(part_starts[:-1], part_starts[1:], numbers, table.count, held)),
        np.where(sorts == INITIAL, 0, rows[:singles, FACTS] & 0xFF).astype(np.int16),
        _signs(names, rows),
        (names.rows[:, INITIALS] != 0).astype(np.uint8),
        names_standing(names, rows),
        all_letters,
        letter_starts,
        np.array(by_letters, np.int32),
        place_by_letters,
        begun,
    )
    return listed, lists
