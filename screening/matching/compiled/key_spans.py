"""Which of many texts may hold one of some keys over whole words, exactly or with slips of the pen: the others need not be read.

Words are those of chemical names (``control_lists.codes.chemical_name``). A text is cut into words, each in its comparable form; the
forms of neighbouring words, written together, are a span. A text may hold a key where a span is one of ``exact``; or where a span is
within as many slips of one of ``near`` as ``allowed`` grants a span of its letters, and the text has one of ``runs``, letters in a row.
A span near a key shares with it a variant of its first letters (``screening.matching.deletions``), which all spans that begin at a word
have in common: so the keys near a beginning are looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.near import osa
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, find, is_plain, lower, numbered, packed
from screening.matching.compiled.variants import BASE, MOST, is_set, mixed, set_bit
from screening.matching.deletions import PREFIX

MOST_SLIPS = 2
LEAST_GLUED = 6  # letters before a number that is a word of its own (chemical_name.WORD)
SLICE = 16_384  # texts that a thread looks through at a time
_BITS, _FEW_BITS = 1 << 22, 1 << 18  # of tens of thousands of hashes, and of thousands


class Texts(NamedTuple):
    """Strings in their order: the letters, and where each starts (one entry more than strings)."""

    letters: Bytes
    starts: Longs


class Respelt(NamedTuple):
    """Letters of a word that are written otherwise, in order, and what a word ends in before ``-id`` that is ``-ide``."""

    variants: Texts
    usual: Texts
    before_id: Texts


class Keys(NamedTuple):
    """The keys: ``exact`` and ``near``, one bit a hash of either, and by the hash of each variant of its first letters each near one."""

    exact: Strings
    exact_bits: NDArray[np.uint64]
    run_bits: NDArray[np.uint64]
    run_lengths: Ints
    near: Strings
    near_bits: NDArray[np.uint64]
    hashes: NDArray[np.uint64]  # sorted
    of: Ints
    allowed: Ints  # slips of a span of so many letters, as far as one can be or be near a key


@inner
def _is_letter(letter: int) -> bool:
    return 97 <= letter <= 122


@inner
def _word_end(letters: Bytes, at: int, end: int, is_cut: bool) -> int:
    """Where the word ends that begins at a place; of a text that is cut already no number is cut off."""
    k = at
    while k < end and _is_letter(lower(letters[k])):
        k += 1
    if k - at >= LEAST_GLUED and k < end and 48 <= letters[k] <= 57 and not is_cut:
        return k
    while k < end and is_plain(lower(letters[k])):
        k += 1
    return k


@inner
def _stands(table: Texts, number: int, letters: Bytes, at: int, end: int) -> int:
    """The length of a string of a table where it stands at a place, else 0."""
    first, last = table.starts[number], table.starts[number + 1]
    if at + last - first > end:
        return 0
    for k in range(last - first):
        if letters[at + k] != table.letters[first + k]:
            return 0
    return last - first


@inner
def _respell(key: Bytes, first: int, end: int, respelt: Respelt) -> int:
    """Writes a word in its comparable form; gives its end. There must be room."""
    for number in range(len(respelt.variants.starts) - 1):
        at = first
        while at < end:
            size = _stands(respelt.variants, number, key, at, end)
            if not size:
                at += 1
                continue
            start = respelt.usual.starts[number]
            more = respelt.usual.starts[number + 1] - start - size
            if more > 0:
                for k in range(end - 1, at + size - 1, -1):
                    key[k + more] = key[k]
            elif more < 0:
                for k in range(at + size, end):
                    key[k + more] = key[k]
            end += more
            for k in range(size + more):
                key[at + k] = respelt.usual.letters[start + k]
            at += size + more
    if end - first > 2 and key[end - 2] == 105 and key[end - 1] == 100:
        for number in range(len(respelt.before_id.starts) - 1):
            size = respelt.before_id.starts[number + 1] - respelt.before_id.starts[number]
            if end - 2 - size >= first and _stands(respelt.before_id, number, key, end - 2 - size, end - 2):
                key[end] = 101
                return end + 1
    return end


@inner
def _head_variants(letters: Bytes, first: int, end: int, deletions: int, found: NDArray[np.uint64]) -> int:
    """Hashes of the first letters of a key with up to two of them left out; gives how many."""
    end = min(end, first + PREFIX)
    count, before = 1, np.uint64(1)
    for skip in range(first, end):
        # ``kept``: the letters before the one left out, and those up to ``other``; the rest follows.
        kept = before
        for other in range(skip + 1, end + 1 if deletions > 1 else skip + 1):
            value = kept
            for k in range(other + 1, end):
                value = value * BASE + np.uint64(letters[k])
            found[count] = mixed(value)
            count += 1
            if other < end:
                kept = kept * BASE + np.uint64(letters[other])
        if deletions == 1:
            for k in range(skip + 1, end):
                kept = kept * BASE + np.uint64(letters[k])
            found[count] = mixed(kept)
            count += 1
        before = before * BASE + np.uint64(letters[skip])
    found[0] = mixed(before)
    return count


@inner
def _is_near(key: Bytes, ends: Longs, first: int, words: int, keys: Keys, found: NDArray[np.uint64]) -> bool:
    """Whether a span that begins with a word is within its slips of a near key."""
    begin, longest = ends[first], len(keys.allowed) - 1
    deletions = keys.allowed[min(ends[words] - begin, longest)]
    if not deletions:
        return False
    for v in range(_head_variants(key, begin, ends[words], deletions, found)):
        if not is_set(keys.near_bits, found[v]):
            continue
        at = np.searchsorted(keys.hashes, found[v])
        while at < len(keys.hashes) and keys.hashes[at] == found[v]:
            start, stop = keys.near.starts[keys.of[at]], keys.near.starts[keys.of[at] + 1]
            at += 1
            for word in range(first, words):
                end = ends[word + 1]
                if end - begin > longest:
                    break
                most = keys.allowed[end - begin]
                if most and osa(key, begin, end, keys.near.letters, start, stop, most) <= most:
                    return True
    return False


@inner
def _is_exact(key: Bytes, ends: Longs, first: int, words: int, keys: Keys) -> bool:
    """Whether a span that begins with a word is one of the exact keys."""
    value = np.uint64(1)
    for word in range(first, words):
        if ends[word + 1] - ends[first] >= len(keys.allowed):
            return False
        for k in range(ends[word], ends[word + 1]):
            value = value * BASE + np.uint64(key[k])
        if is_set(keys.exact_bits, mixed(value)) and find(keys.exact, key, ends[first], ends[word + 1]) >= 0:
            return True
    return False


@inner
def _has_run(key: Bytes, size: int, keys: Keys) -> bool:
    """Whether letters have one of the runs, or others of the same hash."""
    for length in keys.run_lengths:
        for at in range(size - length + 1):
            value = np.uint64(1)
            for k in range(at, at + length):
                value = value * BASE + np.uint64(key[k])
            if is_set(keys.run_bits, mixed(value)):
                return True
    return False


@kernel
def _may_hold(letters: Bytes, bounds: Longs, is_cut: Bytes, respelt: Respelt, keys: Keys, held: Bytes) -> None:
    """Marks the texts that may hold a key."""
    longest = 0
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    key, ends, found = np.empty(2 * longest + 2, np.uint8), np.zeros(longest + 2, np.int64), np.empty(MOST, np.uint64)
    for text in range(len(bounds) - 1):
        at, stop, words, size = bounds[text], bounds[text + 1], 0, 0
        while at < stop:
            if not is_plain(lower(letters[at])):
                at += 1
                continue
            close = _word_end(letters, at, stop, is_cut[text] != 0)
            for k in range(at, close):
                key[size + k - at] = lower(letters[k])
            size += close - at
            if not is_cut[text]:
                size = _respell(key, size - (close - at), size, respelt)
            words += 1
            ends[words] = size
            at = close
        has_run = _has_run(key, size, keys)
        for first in range(words):
            if _is_exact(key, ends, first, words, keys) or (has_run and _is_near(key, ends, first, words, keys, found)):
                held[text] = 1
                break


@kernel
def _variants_of(near: Strings, count: int, hashes: NDArray[np.uint64], of: Ints) -> int:
    """Every variant of every near key and whose it is; gives how many."""
    found, size = np.empty(MOST, np.uint64), 0
    for number in range(count):
        for v in range(_head_variants(near.letters, near.starts[number], near.starts[number + 1], MOST_SLIPS, found)):
            hashes[size], of[size] = found[v], number
            size += 1
    return size


@kernel
def _set_bits(strings: Strings, count: int, bits: NDArray[np.uint64]) -> None:
    for number in range(count):
        value = np.uint64(1)
        for k in range(strings.starts[number], strings.starts[number + 1]):
            value = value * BASE + np.uint64(strings.letters[k])
        set_bit(bits, mixed(value))


@kernel
def _set_all(hashes: NDArray[np.uint64], bits: NDArray[np.uint64]) -> None:
    for k in range(len(hashes)):
        set_bit(bits, hashes[k])


class KeySpans:
    """Keys of lower-case ASCII letters and digits, asked which of many texts may hold one. Opened once and reused.

    ``spellings`` and ``before_id`` (of which ``-id`` behind them is ``-ide``) make an ASCII word its comparable form; ``keys_of`` gives
    the forms of the words of any other text.
    """

    def __init__(
        self,
        exact: Collection[str],
        near: Collection[str],
        runs: Collection[str],
        allowed: Callable[[int], int],
        spellings: Mapping[str, str],
        before_id: Collection[str],
        keys_of: Callable[[str], Sequence[str]],
        threads: int = 1,
    ) -> None:
        self._threads, self._keys_of = threads, keys_of
        self._respelt = Respelt(_texts(spellings), _texts(spellings.values()), _texts(before_id))
        longest = max(map(len, (*exact, *near)), default=0)
        exact_strings, near_strings, run_strings = (numbered([key.encode("ascii") for key in keys]) for keys in (exact, near, runs))
        exact_bits, near_bits, run_bits = (np.zeros(bits // 64, np.uint64) for bits in (_FEW_BITS, _BITS, _FEW_BITS))
        _set_bits(exact_strings, len(exact), exact_bits)
        _set_bits(run_strings, len(runs), run_bits)
        lengths = np.array(sorted({len(run) for run in runs}), np.int32)
        hashes, of = np.zeros(MOST * len(near), np.uint64), np.zeros(MOST * len(near), np.int32)
        count = _variants_of(near_strings, len(near), hashes, of)
        order = np.argsort(hashes[:count], kind="stable")
        _set_all(hashes[:count], near_bits)
        slips = np.array([allowed(letters) for letters in range(longest + MOST_SLIPS + 1)], np.int32)
        self._keys = Keys(exact_strings, exact_bits, run_bits, lengths, near_strings, near_bits, hashes[order], of[order], slips)

    def may_hold(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each text may hold a key."""
        held = np.zeros(len(texts), np.uint8)

        def look(begin: int) -> None:
            part = texts[begin : begin + SLICE]
            letters, bounds = _texts(text if text.isascii() else "\n".join(self._keys_of(text)) for text in part)
            is_cut = np.fromiter((not text.isascii() for text in part), np.uint8, len(part))
            _may_hold(letters, bounds, is_cut, self._respelt, self._keys, held[begin : begin + SLICE])

        with ThreadPoolExecutor(self._threads) as pool:
            list(pool.map(look, range(0, len(texts), SLICE)))
        return held.view(np.bool_)


def _texts(texts: Iterable[str]) -> Texts:
    letters, firsts, ends = packed([text.encode("ascii") for text in texts])
    return Texts(letters, np.append(firsts, ends[-1:] if len(ends) else 0))
