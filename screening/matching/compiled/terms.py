"""The terms that stand in many texts, compiled: the answers of ``TermIndex`` for few texts, which are those of ``term_score.find``.

Every distinct word is judged once: which words of terms it stands for and how well. A term is rated only in texts that have its rarest
word and all its others, or a word that is two of its words written as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.compiled.kernel import inner, kernel
from screening.matching.compiled.strings import Bytes, Ints, Longs, Strings, StringTable, find, find_all, is_plain, lower, numbered, packed
from screening.matching.link import FULL
from screening.matching.romanise import runs
from screening.matching.term_score import BETWEEN, INVERTED, JOINED, WINDOW
from screening.matching.trade_words import form

PART = 50_000  # texts searched at a time
LEAST_SLICE = 2048  # texts that are worth a thread


class Terms(NamedTuple):
    """Terms by number: their words and, beside each, it and the next written as one (-1: no word); which are rated for which word."""

    starts: Longs
    words: Ints
    pairs: Ints
    anchor_starts: Longs  # by the number of a word: the terms of which it is the rarest
    anchored: Ints
    pair_starts: Longs  # by the number of a pair: the terms that have it
    paired: Ints


class Forms(NamedTuple):
    """What the words of texts are looked up in: forms of words and of pairs, and every way of writing a word with the word it is."""

    words: Strings
    pairs: Strings
    spellings: Strings
    spelled: Ints


class Standing(NamedTuple):
    """By the number of a distinct declared word: the pair it is, and from ``starts`` to ``ends`` the words it stands for."""

    pairs: Ints
    starts: Longs
    ends: Longs
    words: Ints
    similarity: Ints
    inside: Bytes  # 1: the word stands inside a run of an unspaced script


class Tokens(NamedTuple):
    """The words of texts in order: where those of each text begin, and of each its number, its place, and the word it is with the next."""

    bounds: Longs
    numbers: Ints
    starts: Ints
    ends: Ints
    together: Ints


class Places(NamedTuple):
    """For one term, the places that may start with each of its words; as ``term_score.Place``."""

    starts: Longs
    declared: Longs
    declared_count: Longs
    term_count: Longs
    similarity: Longs
    inside: Bytes
    chosen: Longs
    cursor: Longs
    at: Longs  # the word of the term that each chosen place starts with


@inner
def _cut(letters: Bytes, bounds: Longs, out: Bytes, words: Longs, firsts: Longs, ends: Longs, starts: Ints, stops: Ints) -> int:
    """Cuts ASCII texts into words as ``romanise.runs``, written in ``out`` without case and quotation marks; gives how many."""
    count, size = 0, 0
    for text in range(len(bounds) - 1):
        words[text] = count
        at, stop = bounds[text], bounds[text + 1]
        while at < stop:
            if not is_plain(lower(letters[at])):
                at += 1
                continue
            firsts[count], starts[count] = size, at - bounds[text]
            while at < stop:
                letter = lower(letters[at])
                if is_plain(letter):
                    out[size] = letter
                    size += 1
                elif not ((letter == 39 or letter == 96) and at + 1 < stop and is_plain(lower(letters[at + 1]))):
                    break
                at += 1
            ends[count], stops[count] = size, at - bounds[text]
            count += 1
    words[len(bounds) - 1] = count
    return count


@kernel
def _together(words: Longs, letters: Bytes, firsts: Longs, ends: Longs, forms: Forms, together: Ints) -> None:
    """The word of a term that each word and the next are, written as one; -1 for none."""
    for text in range(len(words) - 1):
        for k in range(words[text], words[text + 1]):
            together[k] = -1
            if k + 1 < words[text + 1]:
                number = find(forms.spellings, letters, firsts[k], ends[k + 1])  # they lie side by side
                if number >= 0:
                    together[k] = forms.spelled[number]


@inner
def _classify(strings: Strings, first: int, count: int, forms: Forms, words: Ints, pairs: Ints, ask: Bytes) -> None:
    """The word and the pair that each distinct word with a digit is, which is its own form; ``ask`` marks all others."""
    for number in range(first, count):
        plain, has_digit = True, False
        for k in range(strings.starts[number], strings.starts[number + 1]):
            plain = plain and is_plain(strings.letters[k])
            has_digit = has_digit or 48 <= strings.letters[k] <= 57
        at = number - first
        words[at], pairs[at] = -1, -1
        ask[at] = not (plain and has_digit)
        if not ask[at]:
            words[at] = max(-1, find(forms.words, strings.letters, strings.starts[number], strings.starts[number + 1]))
            pairs[at] = max(-1, find(forms.pairs, strings.letters, strings.starts[number], strings.starts[number + 1]))


@inner
def _put(places: Places, k: int, declared: int, declared_count: int, term_count: int, similarity: int, inside: int) -> int:
    places.declared[k], places.declared_count[k], places.term_count[k] = declared, declared_count, term_count
    places.similarity[k], places.inside[k] = similarity, inside
    return k + 1


@inner
def _choose(term: int, begin: int, end: int, tokens: Tokens, standing: Standing, terms: Terms, places: Places) -> bool:
    """Fills in the places of a term in the words of a text; whether each of its words has one or is taken by the pair before it."""
    first, k, is_paired = terms.starts[term], 0, False
    for i in range(terms.starts[term + 1] - first):
        places.starts[i] = k
        pair, has_pair = terms.pairs[first + i], False
        for j in range(begin, end):
            number = tokens.numbers[j]
            for link in range(standing.starts[number], standing.ends[number]):
                if standing.words[link] == terms.words[first + i]:
                    k = _put(places, k, j - begin, 1, 1, standing.similarity[link], standing.inside[link])
            if pair >= 0 and standing.pairs[number] == pair:
                k = _put(places, k, j - begin, 1, 2, JOINED, 0)
                has_pair = True
            if tokens.together[j] == terms.words[first + i]:
                k = _put(places, k, j - begin, 2, 1, JOINED, 0)
        if k == places.starts[i] and not is_paired:
            return False
        is_paired = has_pair
    places.starts[terms.starts[term + 1] - first] = k
    return True


@inner
def _fits(place: int, depth: int, window: int, places: Places) -> bool:
    """Whether a place is apart from those chosen before, within one window with each (``term_score._apart``)."""
    for d in range(depth):
        other = places.chosen[d]
        first, last = (place, other) if places.declared[place] <= places.declared[other] else (other, place)
        if places.declared[last] + places.declared_count[last] - places.declared[first] > window:
            return False
        shares = places.inside[place] and places.inside[other]
        if not shares and places.declared[first] + places.declared_count[first] > places.declared[last]:
            return False
    return True


@inner
def _rate(depth: int, length: int, places: Places) -> tuple[int, int, int]:
    """Score of the chosen places, and the first and the last word they cover (``term_score._rate``)."""
    total, first, last, is_inverted = 0, places.declared[places.chosen[0]], 0, False
    for d in range(depth):
        place = places.chosen[d]
        total += places.similarity[place] * places.term_count[place]
        first = min(first, places.declared[place])
        last = max(last, places.declared[place] + places.declared_count[place])
        is_inverted = is_inverted or (d > 0 and places.declared[places.chosen[d - 1]] > places.declared[place])
    used = 0
    for j in range(first, last):
        for d in range(depth):
            place = places.chosen[d]
            if places.declared[place] <= j < places.declared[place] + places.declared_count[place]:
                used += 1
                break
    loss = BETWEEN * (last - first - used) + (INVERTED if is_inverted else 0)
    return total // length * (FULL - loss) // 100, first, last


@inner
def _best(term: int, begin: int, end: int, tokens: Tokens, standing: Standing, terms: Terms, places: Places) -> tuple[int, int, int]:
    """The best standing of a term in a text (``term_score.find``): score, start and end; a score of -1 where there is none."""
    score, start, stop = -1, 0, 0
    if not _choose(term, begin, end, tokens, standing, terms, places):
        return score, start, stop
    length = terms.starts[term + 1] - terms.starts[term]
    depth = 0
    places.at[0], places.cursor[0] = 0, places.starts[0]
    while depth >= 0:
        i = places.at[depth]
        if i == length or places.cursor[depth] == places.starts[i + 1]:
            if i == length:
                rated, first, last = _rate(depth, length, places)
                here, there = tokens.starts[begin + first], tokens.ends[begin + last - 1]
                if rated > score or (rated == score and (here < start or (here == start and there < stop))):
                    score, start, stop = rated, here, there
            depth -= 1
            continue
        place = places.cursor[depth]
        places.cursor[depth] += 1
        if i + places.term_count[place] <= length and _fits(place, depth, length + WINDOW, places):
            places.chosen[depth] = place
            depth += 1
            places.at[depth] = i + places.term_count[place]
            if places.at[depth] < length:
                places.cursor[depth] = places.starts[places.at[depth]]
    return score, start, stop


@kernel
def _stand(first: int, last: int, tokens: Tokens, standing: Standing, terms: Terms) -> tuple[Longs, int]:
    """The terms that stand in the texts from one to another: rows of text, term, score, start and end, and how many rows."""
    most = 1
    for text in range(first, last):
        most = max(most, tokens.bounds[text + 1] - tokens.bounds[text])
    longest = 1
    for term in range(len(terms.starts) - 1):
        longest = max(longest, terms.starts[term + 1] - terms.starts[term])
    room = 3 * most * longest + 1
    places = Places(
        np.empty(longest + 1, np.int64), np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64),
        np.empty(room, np.int64), np.empty(room, np.uint8), np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64),
        np.empty(longest + 1, np.int64),
    )  # fmt: skip
    has_word = np.full(len(terms.anchor_starts), -1, np.int64)  # the last text that has the word, and that has seen the term
    has_seen = np.full(len(terms.starts), -1, np.int64)
    rows, count = np.empty((1024, 5), np.int64), 0
    for text in range(first, last):
        begin, end = tokens.bounds[text], tokens.bounds[text + 1]
        for j in range(begin, end):
            number = tokens.numbers[j]
            for link in range(standing.starts[number], standing.ends[number]):
                has_word[standing.words[link]] = text
            if tokens.together[j] >= 0:
                has_word[tokens.together[j]] = text
        for j in range(begin, end):
            number = tokens.numbers[j]
            links = standing.ends[number] - standing.starts[number]
            for k in range(links + 2):  # the words that it stands for, the one it is with the next, and its pair
                if k < links:
                    word = standing.words[standing.starts[number] + k]
                elif k == links:
                    word = tokens.together[j]
                else:
                    word = standing.pairs[number]
                if word < 0:
                    continue
                by_pair = k == links + 1
                starts, numbers = (terms.pair_starts, terms.paired) if by_pair else (terms.anchor_starts, terms.anchored)
                for at in range(starts[word], starts[word + 1]):
                    term = numbers[at]
                    if has_seen[term] == text:
                        continue
                    is_complete = True
                    for part in range(terms.starts[term], terms.starts[term + 1]):
                        is_complete = is_complete and has_word[terms.words[part]] == text
                    if not (is_complete or by_pair):
                        continue
                    has_seen[term] = text
                    score, start, stop = _best(term, begin, end, tokens, standing, terms, places)
                    if score > 0:
                        if count == len(rows):
                            more = np.empty((2 * count, 5), np.int64)
                            more[:count] = rows
                            rows = more
                        rows[count, 0], rows[count, 1], rows[count, 2], rows[count, 3], rows[count, 4] = text, term, score, start, stop
                        count += 1
    return rows, count


class CompiledTerms:
    """Terms made ready for searching many texts; opened once and reused, by several threads if need be.

    ``words`` numbers the forms of all words of terms, each of which every spelling of ``spellings`` may be; ``terms`` are their words'
    numbers, ``pairs`` beside each the form of it and the next written as one, ``rarest`` the word by which each is looked up (-1: a term
    without words). ``link`` gives for forms of declared words the words they
    stand for: rows of place, word, similarity and whether it stands inside.
    """

    def __init__(
        self,
        words: Mapping[str, int],
        terms: Sequence[Sequence[int]],
        pairs: Sequence[Sequence[str | None]],
        rarest: Sequence[int],
        spellings: Sequence[str],
        link: Callable[[Sequence[str]], Sequence[tuple[int, int, int, bool]]],
        threads: int,
    ) -> None:
        self._link, self._threads, self._word = link, threads, words
        self._pair = {pair: number for number, pair in enumerate(dict.fromkeys(pair for term in pairs for pair in term if pair))}
        spelled = {spelling: words[means] for spelling in spellings if spelling.isascii() and (means := form(spelling)) in words}
        tables = (numbered([text.encode() for text in texts]) for texts in (words, self._pair, spelled))
        self._forms = Forms(*tables, spelled=np.array([*spelled.values()], np.int32))
        pair_numbers = [[self._pair[pair] if pair else -1 for pair in term] for term in pairs]
        self._terms = Terms(
            np.cumsum([0, *map(len, terms)]),
            np.array([word for term in terms for word in term], np.int32),
            np.array([pair for term in pair_numbers for pair in term], np.int32),
            *_holders([[word] for word in rarest], len(words)),
            *_holders(pair_numbers, len(self._pair)),
        )

    def search(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], ...]:
        """The terms that stand in distinct texts, however badly: text, term, score in hundredths, start and end, a row each."""
        table, standing = StringTable(), Standing(*(np.zeros(0, kind) for kind in (np.int32, *[np.int64] * 2, *[np.int32] * 2, np.uint8)))
        found = [np.zeros((0, 5), np.int64)]
        for start in range(0, len(texts), PART):
            part = texts[start : start + PART]
            is_plain = np.fromiter((text.isascii() for text in part), np.bool_, len(part))
            for cut, asked in ((self._plain, np.flatnonzero(is_plain)), (self._other, np.flatnonzero(~is_plain))):
                if len(asked):
                    tokens = cut([part[place] for place in asked.tolist()], table)
                    standing = self._judged(table, standing)
                    rows = self._stood(tokens, standing, len(asked))
                    rows[:, 0] = asked[rows[:, 0]] + start
                    found.append(rows)
        return tuple(np.concatenate(found).T)

    def _stood(self, tokens: Tokens, standing: Standing, count: int) -> Longs:
        """The terms that stand in texts; slices run at once where threads are allowed and the texts are many."""
        slices = max(1, min(self._threads, count // LEAST_SLICE))
        bounds = [count * part // slices for part in range(slices + 1)]

        def work(first: int, last: int) -> Longs:
            rows, found = _stand(first, last, tokens, standing, self._terms)
            return rows[:found]

        with ThreadPoolExecutor(slices) as pool:
            return np.concatenate(list(pool.map(work, bounds[:-1], bounds[1:])))

    def _plain(self, texts: Sequence[str], table: StringTable) -> Tokens:
        """The words of ASCII texts."""
        letters, firsts, ends = packed([text.encode("ascii") for text in texts])
        bounds = np.append(firsts, ends[-1])
        room = len(letters) // 2 + len(texts) + 1
        out, words = np.empty(len(letters), np.uint8), np.empty(len(texts) + 1, np.int64)
        firsts, ends = np.empty(room, np.int64), np.empty(room, np.int64)
        starts, stops = np.empty(room, np.int32), np.empty(room, np.int32)
        count = _cut(letters, bounds, out, words, firsts, ends, starts, stops)
        numbers, together = np.empty(count, np.int32), np.empty(count, np.int32)
        firsts, ends = firsts[:count], ends[:count]
        if find_all(table.view, out, firsts, ends, numbers):
            table.add(out, firsts, ends, numbers)
        _together(words, out, firsts, ends, self._forms, together)
        return Tokens(words, numbers, starts[:count], stops[:count], together)

    def _other(self, texts: Sequence[str], table: StringTable) -> Tokens:
        """The words of texts beyond ASCII."""
        cut = [runs(text) for text in texts]
        words = [run.text for here in cut for run in here]
        together = [
            self._word.get(form(run.text + here[k + 1].text), -1) if k + 1 < len(here) else -1 for here in cut for k, run in enumerate(here)
        ]
        plain = [word.replace("'", "").replace("`", "").lower() if word.isascii() else word for word in words]
        letters, firsts, ends = packed([word.encode("utf-8", "surrogatepass") for word in plain])
        numbers = np.full(len(words), -1, np.int32)
        find_all(table.view, letters, firsts, ends, numbers)
        table.add(letters, firsts, ends, numbers)
        starts, stops = (np.array([run[k] for here in cut for run in here], np.int32) for k in (1, 2))
        return Tokens(np.cumsum([0, *map(len, cut)]), numbers, starts, stops, np.array(together, np.int32))

    def _judged(self, table: StringTable, known: Standing) -> Standing:
        """What all words of a table stand for, those first that are known."""
        first, count = len(known.pairs), table.count
        words, pairs, ask = np.empty(count - first, np.int32), np.empty(count - first, np.int32), np.zeros(count - first, np.uint8)
        _classify(table.view, first, count, self._forms, words, pairs, ask)
        asked = np.flatnonzero(ask)
        forms = [form(table.text(first + place).decode("utf-8", "surrogatepass")) for place in asked.tolist()]
        pairs[asked] = [self._pair.get(spelled, -1) for spelled in forms]
        alone = np.flatnonzero(words >= 0)
        links = [(place, int(words[place]), FULL, False) for place in alone.tolist()]
        links += [(int(asked[place]), word, similarity, inside) for place, word, similarity, inside in self._link(forms)]
        number, word, similarity, inside = np.array(sorted(links), np.int64).reshape(-1, 4).T
        bounds = len(known.words) + np.searchsorted(number, np.arange(count - first + 1))
        return Standing(
            np.concatenate([known.pairs, pairs]),
            np.concatenate([known.starts, bounds[:-1]]),
            np.concatenate([known.ends, bounds[1:]]),
            np.concatenate([known.words, word.astype(np.int32)]),
            np.concatenate([known.similarity, similarity.astype(np.int32)]),
            np.concatenate([known.inside, inside.astype(np.uint8)]),
        )


def _holders(rows: Sequence[Sequence[int]], count: int) -> tuple[Longs, Ints]:
    """By each of so many numbers, the rows that hold it."""
    held = sorted({(number, row) for row, numbers in enumerate(rows) for number in numbers if number >= 0})
    starts = np.searchsorted([number for number, _ in held], np.arange(count + 1))
    return starts, np.array([row for _, row in held], np.int32)
