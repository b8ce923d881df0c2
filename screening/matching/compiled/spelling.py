"""The spelled words of many texts at once: runs of letters in lower case, single letters in a row joined."""

from __future__ import annotations

import numpy as np

from screening.matching.compiled.kernel import inner
from screening.matching.compiled.strings import Bytes, Ints, Longs

BARE = 128  # stands for the sign of words written in consonants only; no ASCII text holds it
_KINDS = np.zeros(256, np.uint8)  # 1 letter or digit, 2 mark inside a word
_LOWER = np.arange(256, dtype=np.uint8)
for _code in (*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1), *range(ord("0"), ord("9") + 1), BARE):
    _KINDS[_code] = 1
for _code in range(ord("A"), ord("Z") + 1):
    _LOWER[_code] = _code + 32
_KINDS[ord("'")] = _KINDS[ord("`")] = 2


@inner
def _is_blank(letter: int) -> bool:
    """What ``str.strip`` takes away of ASCII text."""
    return letter == 32 or 9 <= letter <= 13 or 28 <= letter <= 31


@inner
def spell(texts: Bytes, bounds: Longs, sizes: Ints, letters: Bytes, firsts: Longs, ends: Longs, words: Longs) -> int:
    """Writes the words of texts into ``letters`` (as long as ``texts``), one behind the other; gives their number.

    ``bounds``: where texts start, with a last end. ``words[i]`` becomes the first word of text i. ``firsts`` and ``ends`` have room for
    half the letters and one word a text. ``sizes``: the characters of each text but for blanks around it; filled in where it is -1.
    """
    count = 0
    at = 0
    for text in range(len(bounds) - 1):
        words[text] = count
        place, end = bounds[text], bounds[text + 1]
        if sizes[text] < 0:
            first, last = place, end
            while first < last and _is_blank(texts[first]):
                first += 1
            while last > first and _is_blank(texts[last - 1]):
                last -= 1
            sizes[text] = last - first
        single_letters = False
        while place < end:
            if _KINDS[texts[place]] != 1:
                place += 1
                continue
            first = at
            while place < end:
                kind = _KINDS[texts[place]]
                if kind == 1:
                    letters[at] = _LOWER[texts[place]]
                    at += 1
                elif not (kind == 2 and place + 1 < end and _KINDS[texts[place + 1]] == 1):
                    break
                place += 1
            is_letter = at - first == 1 and 97 <= letters[first] <= 122
            if is_letter and single_letters:
                ends[count - 1] = at
            else:
                firsts[count] = first
                ends[count] = at
                count += 1
            single_letters = is_letter
    words[len(bounds) - 1] = count
    return count
