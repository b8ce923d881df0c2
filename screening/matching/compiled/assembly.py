"""Names put together from spelled words: abbreviations written out, legal forms set aside, weights added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.near import osa
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, find
from screening.matching.compiled.vocabulary import (
    COUNT,
    ENDS_WHOLE,
    FORMS,
    FORMS_END,
    KEY,
    LEGAL,
    PIECE,
    START,
    STARTS_WHOLE,
    TEXT,
    Forms,
    Keys,
    Known,
    Vocabulary,
)
from screening.matching.compiled.words import FACTS, INITIAL, IS_FORM_START, LAST_TELLING, length_of, sort_of, weight_of
from screening.matching.lexicon import ENOUGH_CUT, LEAST_CUT, LEAST_FORM_WORD, LEAST_LAST, LEGAL_WEIGHT, MAX_WORDS, SLIPS, Name

# Columns of a name: where its words start and end, where its legal forms do, its weight, the weight of its initials, whether it may be cut.
FIRST, END, LEGAL_FIRST, LEGAL_END, WEIGHT, INITIALS, MAY_BE_CUT = range(7)
NAME_COLUMNS = 8


class Names(NamedTuple):
    """Many names: a row each, their words as compared and as written, and their legal forms."""

    rows: Ints
    words: Ints
    surfaces: Ints
    legal: Ints


@inner
def _key_at(spelled: Ints, place: int, end: int, meanings: Ints, keys: Keys) -> int:
    """The longest key of several words that starts at a place, or -1."""
    row = meanings[spelled[place], KEY]
    if row < 0:
        return -1
    while row < len(keys.legal) and keys.words[keys.starts[row]] == spelled[place]:
        length = keys.starts[row + 1] - keys.starts[row]
        if place + length <= end:
            k = 1
            while k < length and keys.words[keys.starts[row] + k] == spelled[place + k]:
                k += 1
            if k == length:
                return row
        row += 1
    return -1


@inner
def _is_misspelt_form(spelled: Ints, first: int, place: int, end: int, row: int, stop: int, strings: Strings, forms: Forms) -> bool:
    """Whether a long legal form with slips in its words may stand about a word of it; ``row`` to ``stop``: the forms with the word."""
    letters, starts = strings.letters, strings.starts
    for k in range(row, stop):
        form = forms.form[k]
        at, length = place - forms.place[k], forms.starts[form + 1] - forms.starts[form]
        if at < first or at + length > end:
            continue
        slips = 0
        for m in range(length):
            one, other = spelled[at + m], forms.words[forms.starts[form] + m]
            if one != other:
                if starts[other + 1] - starts[other] < LEAST_FORM_WORD:
                    slips = SLIPS + 1
                else:
                    slips += osa(letters, starts[one], starts[one + 1], letters, starts[other], starts[other + 1], SLIPS)
                if slips > SLIPS:
                    break
        if 0 < slips <= SLIPS:
            return True
    return False


@inner
def _is_whole(one: int, other: int, strings: Strings, wholes: Strings, run: Bytes) -> bool:
    """Whether two words are the pieces of a known word."""
    letters, starts = strings.letters, strings.starts
    size = 0
    for word in (one, other):
        for k in range(starts[word], starts[word + 1]):
            if size == len(run):
                return False
            run[size] = letters[k]
            size += 1
    return find(wholes, run, 0, size) >= 0


@kernel
def assemble(
    spelled: Ints, bounds: Longs, sizes: Ints, strings: Strings, rows: Longs, meanings: Ints, expansions: Ints, known: Known, strange: Bytes
) -> Names:
    """The names of which the spelled words and the sizes of the texts are given.

    ``strange`` marks those that only the lexicon can take apart, as a known word may be misspelt or in pieces; their rows stay empty.
    """
    keys, forms, wholes = known.keys, known.forms, known.wholes
    count = len(bounds) - 1
    room = len(spelled) + MAX_WORDS + 256
    words, surfaces, legal = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(len(spelled) + 1, np.int32)
    names = np.zeros((count, NAME_COLUMNS), np.int32)
    run = np.empty(64, np.uint8)
    at, legal_at = 0, 0
    for name in range(count):
        place, end = bounds[name], bounds[name + 1]
        first, legal_first = at, legal_at
        if at + MAX_WORDS + 256 > len(words):
            words = np.concatenate((words, np.empty(len(words) + 512, np.int32)))
            surfaces = np.concatenate((surfaces, np.empty(len(surfaces) + 512, np.int32)))
        is_strange = False
        for k in range(place, end):
            if meanings[spelled[k], FORMS] < meanings[spelled[k], FORMS_END]:
                row, stop = meanings[spelled[k], FORMS], meanings[spelled[k], FORMS_END]
                is_strange |= _is_misspelt_form(spelled, place, k, end, row, stop, strings, forms)
        while place < end and not is_strange:
            word = spelled[place]
            row = _key_at(spelled, place, end, meanings, keys)
            if row >= 0:
                form = keys.legal[row]
                for k in range(keys.expansion_starts[row], keys.expansion_starts[row + 1]):
                    if at - first < MAX_WORDS:
                        words[at], surfaces[at] = keys.expansion[k], keys.surface[row]
                        at += 1
                place += keys.starts[row + 1] - keys.starts[row]
            else:
                if meanings[word, PIECE] & STARTS_WHOLE and place + 1 < end and meanings[spelled[place + 1], PIECE] & ENDS_WHOLE:
                    is_strange |= _is_whole(word, spelled[place + 1], strings, wholes, run)
                form = meanings[word, LEGAL]
                if meanings[word, COUNT] == 1:
                    if at - first < MAX_WORDS:
                        words[at], surfaces[at] = meanings[word, TEXT], word
                        at += 1
                else:
                    for k in range(meanings[word, START], meanings[word, START] + meanings[word, COUNT]):
                        if at - first < MAX_WORDS:
                            words[at], surfaces[at] = expansions[k], word
                            at += 1
                place += 1
            if form >= 0:
                is_new = True
                for k in range(legal_first, legal_at):
                    is_new = is_new and legal[k] != form
                if is_new:
                    legal[legal_at] = form
                    legal_at += 1
        if is_strange:
            strange[name] = 1
            at, legal_at = first, legal_first
        names[name, FIRST], names[name, END], names[name, LEGAL_FIRST], names[name, LEGAL_END] = first, at, legal_first, legal_at
        _weigh(names, name, words, rows, sizes[name])
    return Names(names, words[:at].copy(), surfaces[:at].copy(), legal[:legal_at].copy())


@inner
def _weigh(names: Ints, name: int, words: Ints, rows: Longs, size: int) -> None:
    """Fills in what a name weighs and whether it may be cut."""
    weight, initials, told = LEGAL_WEIGHT * (names[name, LEGAL_END] - names[name, LEGAL_FIRST]), 0, 0
    first, end = names[name, FIRST], names[name, END]
    for k in range(first, end):
        facts = rows[words[k], FACTS]
        weight += weight_of(facts)
        if sort_of(facts) == INITIAL:
            initials += weight_of(facts)
        elif sort_of(facts) <= LAST_TELLING and k + 1 < end:
            told += weight_of(facts)
    if size >= LEAST_CUT and end > first and told < ENOUGH_CUT:
        facts = rows[words[end - 1], FACTS]
        if length_of(facts) >= LEAST_LAST and sort_of(facts) <= LAST_TELLING and not facts & IS_FORM_START:
            told += weight_of(facts)
    names[name, WEIGHT], names[name, INITIALS] = weight, initials
    names[name, MAY_BE_CUT] = size >= LEAST_CUT and told >= ENOUGH_CUT


def with_strange(names: Names, places: Sequence[int], found: Sequence[Name], vocabulary: Vocabulary) -> Names:
    """The names with those that the lexicon took apart filled in."""
    texts = vocabulary.number([word.text for name in found for word in name.words])
    surfaces = vocabulary.number([word.surface for name in found for word in name.words])
    legal = [vocabulary.legal_form(word.text) for name in found for word in name.legal]
    at, legal_at = len(names.words), len(names.legal)
    for place, name in zip(places, found, strict=True):
        initials = sum(word.weight for word in name.words if word.sort == "initial")
        names.rows[place, :7] = (
            at, at + len(name.words), legal_at, legal_at + len(name.legal), name.weight, initials, name.may_be_cut
        )  # fmt: skip
        at, legal_at = at + len(name.words), legal_at + len(name.legal)
    return Names(
        names.rows,
        np.concatenate([names.words, np.array(texts, np.int32)]),
        np.concatenate([names.surfaces, np.array(surfaces, np.int32)]),
        np.concatenate([names.legal, np.array(legal, np.int32)]),
    )
