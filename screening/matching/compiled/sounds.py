"""The sound keys of ``screening.matching.sound`` on bytes: the same keys, compiled."""

from __future__ import annotations

import numpy as np

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.strings import Bytes
from screening.matching.sound import _SOUNDS

LOOSE_RULES = 16
_MORE = (("sh", "s"), ("ch", "s"), ("x", "ks"), ("q", "k"), ("c", "k"), ("z", "s"))
_RULES = np.zeros((len(_SOUNDS) + len(_MORE), 8), np.uint8)
for _row, (_written, _spoken) in enumerate((*_SOUNDS, *_MORE)):
    _RULES[_row, : len(_written)] = list(_written.encode())
    _RULES[_row, 4 : 4 + len(_spoken)] = list(_spoken.encode())
    _RULES[_row, 6], _RULES[_row, 7] = len(_written), len(_spoken)
_COUNT = len(_SOUNDS)
# One bit a rule: the rules that may apply where two letters stand together, or where one letter stands.
_PAIR_RULES, _LETTER_RULES = np.zeros((128, 128), np.int64), np.zeros(128, np.int64)
for _row, (_written, _) in enumerate((*_SOUNDS, *_MORE)):
    if len(_written) == 1:
        _LETTER_RULES[ord(_written)] |= 1 << _row
    else:
        _PAIR_RULES[ord(_written[0]), ord(_written[1])] |= 1 << _row
_A = ord("a")
_CLASS = np.zeros(256, np.uint8)
for _letter, _class in zip("aeiou", "aaiuu", strict=True):
    _CLASS[ord(_letter)] = ord(_class)


@inner
def _replaced(word: Bytes, length: int, rule: int, other: Bytes) -> int:
    """One written sound replaced wherever it stands; ``word`` is changed in place, ``other`` is scratch."""
    size, spoken = _RULES[rule, 6], _RULES[rule, 7]
    at, place, changed = 0, 0, False
    while place < length:
        if place + size <= length and word[place] == _RULES[rule, 0]:
            k = 1
            while k < size and word[place + k] == _RULES[rule, k]:
                k += 1
            if k == size:
                for s in range(spoken):
                    other[at + s] = _RULES[rule, 4 + s]
                at += spoken
                place += size
                changed = True
                continue
        other[at] = word[place]
        at += 1
        place += 1
    if changed:
        for k in range(at):
            word[k] = other[k]
    return at


@inner
def _possible(word: Bytes, length: int) -> int:
    """The rules that may apply to a word, one bit each."""
    rules = 0
    for k in range(length):
        rules |= _LETTER_RULES[word[k]]
        if k:
            rules |= _PAIR_RULES[word[k - 1], word[k]]
    return rules


@inner
def _rules(word: Bytes, length: int, first: int, end: int, other: Bytes) -> int:
    possible = _possible(word, length) >> first
    for rule in range(first, end):
        if possible == 0:
            break
        if possible & 1:
            length = _replaced(word, length, rule, other)
            possible = _possible(word, length) >> rule
        possible >>= 1
    return length


@inner
def _single(word: Bytes, length: int) -> int:
    at = 0
    for k in range(length):
        if at == 0 or word[at - 1] != word[k]:
            word[at] = word[k]
            at += 1
    return at


@inner
def sound(word: Bytes, length: int, other: Bytes) -> int:
    """The sound key of the word in ``word``, written over it; gives its length. Both arrays have room for twice the letters."""
    length = _rules(word, length, 0, _COUNT, other)
    for k in range(length):
        if word[k] == 99 and not (k + 1 < length and word[k + 1] == 104):
            word[k] = 107
    length = _single(word, length)
    at, in_vowels = 0, False
    for k in range(length):
        vowel = _CLASS[word[k]]
        if vowel == 0:
            word[at] = word[k]
            at += 1
        elif not in_vowels:
            word[at] = vowel
            at += 1
        in_vowels = vowel != 0
    return at


@inner
def bones(key: Bytes, length: int, other: Bytes) -> int:
    """The skeleton of a sound key, written over it; gives its length."""
    head = length > 0 and _CLASS[key[0]] != 0
    at = 0
    for k in range(length):
        letter = key[k]
        if letter == 99 and k + 1 < length and key[k + 1] == 104:
            letter = 115
        if _CLASS[letter] == 0 and (at == 0 or other[at - 1] != letter):
            other[at] = letter
            at += 1
    shift = 1 if head else 0
    for k in range(at):
        key[k + shift] = other[k]
    if head:
        key[0] = _A
    return at + shift


@inner
def loose(word: Bytes, length: int, other: Bytes) -> int:
    """The loose skeleton of the letters in ``word`` (without the sign in front), written over them; gives its length."""
    length = _rules(word, length, 0, LOOSE_RULES, other)
    length = _rules(word, length, _COUNT, len(_RULES), other)
    length = _single(word, length)
    at = 0
    for k in range(length):
        letter = word[k]
        if _CLASS[letter] != 0 or letter == 121 or letter == 119:
            continue
        word[at] = 98 if letter == 118 or letter == 112 else letter
        at += 1
    return at - 1 if at > 2 and word[at - 1] == 104 else at
