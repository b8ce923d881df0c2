"""Chemicals, toxins and materials found in a text: by CAS number, by name, by a name misspelt, and by UN number as company.

Names are compared in the form of ``control_lists.codes.chemical_name``. Of overlapping names the longest wins, the names of chemicals
that no list names included; a listed name inside a longer chemical name is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from control_lists.chemical_index import ChemicalIndex
from control_lists.codes import cas, un_number
from control_lists.codes.chemical_name import BEFORE_ID, SPELLINGS, WORD, name_key, word_key
from control_lists.models import OtherChemical, Substance
from control_lists.snapshot import Snapshot
from screening.goods.misspelt_chemicals import SHORTEST, MisspeltChemicals, allowed_slips, parts
from screening.normalise.phrases import Phrases

if TYPE_CHECKING:
    from screening.matching.compiled.key_spans import KeySpans

MAX_WORDS = 20  # the longest listed names; a span also ends where no listed name is as long
_LONGER_BY = 3  # words on either side of a name that may belong to a longer one of the local index
_CONSUMED = ("yl", "oxy", "thio", "poly", "bis", "tris", "tetra")  # a word before a name that ends so goes on into it
_SALTS = frozenset({"hydrochloride", "dihydrochloride", "hcl", "hydrobromide", "hbr", "hydroiodide", "oxalate", "citrate", "tartrate"})
_DASH = r" ?[-\x{2010}-\x{2015}\x{2212}\x{FE58}\x{FE63}\x{FF0D}] ?"
_CAS_LIKE = rf"(?i)\d{_DASH}\d\d{_DASH}\d|c\.?a\.?s(?:[^a-z\d]|rn|reg(?:istry)?|no|nr|num(?:ber|mer)?|n)*\d{{5}}"
_UN_LIKE = r"(?i)(?:u\.?n|onu)[^a-z\d]*(?:[a-z]{1,6}[^a-z\d]*)?\d{4}"
Chemical = Substance | OtherChemical


class SubstanceFound(NamedTuple):
    """A chemical named in a text.

    ``sure``: its CAS or an identifying name; else an abbreviation, a misspelling or a UN number needing company. ``is_salt``: the name
    of a listed base goes on with a salt of it that no list names, which may or may not be meant.
    """

    substance: Substance
    how: str  # cas | name | misspelt | abbreviation | un_number
    sure: bool
    start: int
    end: int
    declared: str
    listed: str
    is_salt: bool = False


class OtherFound(NamedTuple):
    """A chemical named in a text that no list names. ``name``: as it is called, or its CAS number."""

    name: str
    cas: tuple[str, ...]
    how: str  # cas | name
    start: int
    end: int


class _Named(NamedTuple):
    chemical: Chemical
    text: str
    sure: bool

    @property
    def substance(self) -> Substance | None:
        """The chemical where a list names it."""
        return self.chemical if isinstance(self.chemical, Substance) and self.chemical.listings else None


class _Unit(NamedTuple):
    """Words of a text, from the first to the last of them, that are a known name or one word. ``is_local``: known to the local index."""

    first: int
    last: int
    named: _Named | None = None
    is_local: bool = False


class _Words(NamedTuple):
    """The words of a text: their places and comparable forms."""

    places: list[tuple[int, int]]
    keys: list[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        places = [(match.start(), match.end()) for match in WORD.finditer(text)]
        return cls(places, [word_key(text[start:end]) for start, end in places])

    def gap_after(self, word: int) -> int:
        """Characters between a word and the next one; many after the last."""
        return self.places[word + 1][0] - self.places[word][1] if word + 1 < len(self.places) else 99


class SubstanceIndex:
    """All chemicals of a snapshot by their identifiers, with the local index of others where one was built. Opened once."""

    def __init__(self, snapshot: Snapshot, local: ChemicalIndex | None = None, threads: int = 1) -> None:
        self._threads = threads
        self._names: dict[str, _Named] = {}
        self._cas: dict[str, Chemical] = {}
        self._un: dict[str, list[Substance]] = {}
        self.local = local
        for substance in snapshot.substances.values():
            for number in substance.cas:
                self._cas.setdefault(number, substance)
            for number in substance.un:
                self._un.setdefault(number, []).append(substance)
            # A tier A name of one substance outranks another's abbreviation of the same letters.
            for text, sure in [(substance.name, True), *((n.text, n.tier == "A") for n in substance.names)]:
                known = self._names.get(name_key(text))
                if known is None or (sure and not known.sure):
                    self._names[name_key(text)] = _Named(substance, text, sure)
        for other in snapshot.other_chemicals.values():
            for number in other.cas:
                self._cas.setdefault(number, other)
            for text in (other.name, *other.names):
                self._names.setdefault(name_key(text), _Named(other, text, True))
        self._longest = max((len(key) for key in self._names), default=0)
        listed = (named for named in self._names.values() if named.substance)
        self._misspelt = MisspeltChemicals(" ".join(_Words.of(named.text).keys) for named in listed if named.sure)
        self._after = Phrases(snapshot.words_of("not_the_substance_after"))
        self._cations = frozenset(word_key(word) for word in snapshot.words_of("cations"))

    def by_cas(self, number: str) -> list[Substance]:
        """The listed substance with this CAS number: one or none."""
        found = self._cas.get(cas.compact(number))
        return [found] if isinstance(found, Substance) and found.listings else []

    def other_by_cas(self, number: str) -> OtherFound | None:
        """The chemical that no list names with this CAS number, where it is known."""
        number = cas.compact(number)
        known = self._cas.get(number)
        if known is not None:
            is_listed = isinstance(known, Substance) and known.listings
            return None if is_listed else OtherFound(known.name, known.cas, "cas", -1, -1)
        return OtherFound(f"CAS {number}", (number,), "cas", -1, -1) if self.local is not None and self.local.is_other(number) else None

    def family_of(self, number: str) -> str | None:
        """The id of the family that the local index gives a CAS number, None for a chemical of the lists or of none."""
        number = cas.compact(number)
        return self.local.family_of(number) if self.local is not None and number not in self._cas else None

    def by_un(self, number: str) -> list[Substance]:
        """The listed substances that travel under this UN number."""
        return self._un.get(number.strip().upper().removeprefix("UN").strip(), [])

    def likely(self, texts: Sequence[str]) -> list[str]:
        """Those of ``texts`` that may name a substance, rightly spelt or not: of many texts the others need not be read.

        A text names a substance by name only where a span of its words is a listed name (``_units``), or near a sure one (``_meant``) in a
        text with letters of such a name in a row (``beginnings``); and by number only where it holds what looks like one: ``find`` gives
        nothing for the others.
        """
        frame = pl.Series(texts, dtype=pl.String)
        named = pl.Series(self._spans.may_hold(texts), dtype=pl.Boolean)
        return frame.filter(named | frame.str.contains(_CAS_LIKE) | frame.str.contains(_UN_LIKE)).to_list()

    @cached_property
    def _spans(self) -> KeySpans:
        from screening.matching.compiled.key_spans import KeySpans  # loads numba, which whoever reads few texts need not wait for

        listed = [key for key, named in self._names.items() if named.substance]
        near, runs = self._misspelt.keys, self._misspelt.runs
        return KeySpans(listed, near, runs, allowed_slips, SPELLINGS, BEFORE_ID, lambda text: _Words.of(text).keys, self._threads)

    def find(self, text: str) -> list[SubstanceFound]:
        """Every listed substance that ``text`` names, in order; of overlapping names the longest."""
        return list(self.read(text)[0])

    def read(self, text: str, everything: bool = False) -> tuple[tuple[SubstanceFound, ...], tuple[OtherFound, ...]]:
        """The listed substances and the other known chemicals that ``text`` names, each in order.

        ``everything``: names of the local index count as names of others too; else they only take in listed names inside them.
        """
        return self._read(text, everything and self.local is not None)

    @lru_cache(maxsize=1 << 15)  # noqa: B019  (an index lives as long as the program)
    def _read(self, text: str, everything: bool) -> tuple[tuple[SubstanceFound, ...], tuple[OtherFound, ...]]:
        numbers = cas.find(text)
        found, others = self._by_name(text, everything)
        for number, start, end in numbers:
            chemical = self._cas.get(number)
            if isinstance(chemical, Substance) and chemical.listings:
                found.append(SubstanceFound(chemical, "cas", True, start, end, text[start:end], number))
            elif (other := self.other_by_cas(number)) is not None:
                others.append(other._replace(start=start, end=end))
        found += [
            SubstanceFound(s, "un_number", False, start, end, text[start:end], f"UN {number}")
            for number, start, end in un_number.find(text)
            for s in self._un.get(number, ())
        ]
        return tuple(sorted(found, key=lambda f: (f.start, f.end))), tuple(sorted(others, key=lambda f: (f.start, f.end)))

    # ---------------------------------------------------------------------------------------------------------
    def _by_name(self, text: str, everything: bool) -> tuple[list[SubstanceFound], list[OtherFound]]:
        words = _Words.of(text)
        units = list(self._units(words, everything))
        whole = [unit for unit in units if unit.named and unit.named.substance and not self._is_part_of_longer_name(text, words, unit)]
        misspelt = [unit for unit in self._misspelt_names(words, units) if not self._is_part_of_longer_name(text, words, unit)]
        taken = {word for unit in misspelt for word in range(unit.first, unit.last + 1)}
        others = [unit for unit in units if (unit.is_local or (unit.named and not unit.named.substance)) and unit.first not in taken]
        found = [*(_found(text, words, unit) for unit in whole), *(_found(text, words, unit, "misspelt") for unit in misspelt)]
        return found, [_other(text, words, unit) for unit in others]

    def _units(self, words: _Words, everything: bool) -> Iterator[_Unit]:
        """The text cut into known names, the longest that begins at a word, and single words."""
        first = 0
        while first < len(words.keys):
            unit = _Unit(first, first)
            joined = ""
            for last in range(first, min(first + MAX_WORDS, len(words.keys))):
                joined += words.keys[last]
                if len(joined) > self._longest:
                    break
                if (named := self._names.get(joined)) is not None:
                    unit = _Unit(first, last, named)
                elif everything and self._is_local(joined):
                    unit = _Unit(first, last, None, True)
            yield unit
            first = unit.last + 1

    def _is_local(self, key: str) -> bool:
        """Whether the local index knows a chemical name: long enough and built of parts, since synonyms are also ordinary words."""
        return self.local is not None and len(key) >= SHORTEST and parts(key).total() > 1 and self.local.names_other(key)

    def _is_part_of_longer_name(self, text: str, words: _Words, unit: _Unit) -> bool:
        keys, first, last = words.keys, unit.first, unit.last
        before = keys[first - 1] if first and words.gap_after(first - 1) <= 1 else ""
        if before and (before.endswith(_CONSUMED) or before in self._cations):
            return True
        after = words.places[last + 1] if words.gap_after(last) <= 1 else None
        if after is not None:
            following = text[after[0] : after[1]]
            glued = text[words.places[last][1]] in "-(" and len(parts(keys[last + 1])) > 1
            if glued or self._after.first_in(following):
                return True
        return self.local is not None and any(
            self._is_local("".join(keys[begin : end + 1]))
            for begin in range(max(0, first - _LONGER_BY), first + 1)
            for end in range(last, min(len(keys), last + 1 + _LONGER_BY))
            if (begin, end) != (first, last)
        )

    def _misspelt_names(self, words: _Words, units: Sequence[_Unit]) -> Iterator[_Unit]:
        """Listed names that neighbouring units may mean, misspelt: the longest first. A name well spelt may be part of one that is not."""
        beginnings = self._misspelt.beginnings("".join(words.keys))
        ends = [0, *accumulate(len(key) for key in words.keys)]
        first = 0
        while first < len(units) and beginnings:
            begin = ends[units[first].first]
            behind = [
                last
                for last in range(first, min(first + MAX_WORDS, len(units)))
                if begin in beginnings
                and ends[units[last].last + 1] <= begin + self._longest + 2
                and (last > first or units[last].named is None)
            ]
            hit = next((unit for last in reversed(behind) if (unit := self._meant(words, units[first : last + 1])) is not None), None)
            if hit is None:
                first += 1
                continue
            if hit.named is not None:
                yield hit
            first = next(place for place in range(first + 1, len(units) + 1) if place == len(units) or units[place].first > hit.last)

    def _meant(self, words: _Words, units: Sequence[_Unit]) -> _Unit | None:
        """The one listed name that the units together may mean; a unit without a name where another chemical is called so."""
        first, last = units[0].first, units[-1].last
        keys = words.keys[first : last + 1]
        key = "".join(keys)
        if len(key) < SHORTEST:
            return None
        if self._is_local(key):
            return _Unit(first, last)
        meant = {named.chemical.name: named for listed in self._misspelt.meant(keys) if (named := self._names[listed]).substance}
        if len(meant) != 1:
            return None
        (named,) = meant.values()
        known = any(unit.named and unit.named.chemical is named.chemical for unit in units)
        return None if known else _Unit(first, last, named)


def _found(text: str, words: _Words, unit: _Unit, how: str | None = None) -> SubstanceFound:
    named = unit.named
    if named is None or named.substance is None:
        raise ValueError("the words name no listed substance")
    start, end = words.places[unit.first][0], words.places[unit.last][1]
    is_salt = unit.last + 1 < len(words.keys) and words.keys[unit.last + 1] in _SALTS
    how = how or ("name" if named.sure else "abbreviation")
    return SubstanceFound(named.substance, how, how == "name", start, end, text[start:end], named.text, is_salt)


def _other(text: str, words: _Words, unit: _Unit) -> OtherFound:
    start, end = words.places[unit.first][0], words.places[unit.last][1]
    name, numbers = (unit.named.chemical.name, unit.named.chemical.cas) if unit.named else (text[start:end], ())
    return OtherFound(name, numbers, "name", start, end)
