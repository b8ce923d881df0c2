"""Chemicals, toxins and materials found in a text: by CAS number, by name, and by UN number as company.

Names are compared on letters and digits only: locants count, spaces, hyphens and case do not, and ``sulph`` is ``sulf``.
Of 2,171 listed names against 688,483 others that key confuses 23, nearly all true aliases; dropping the locants confuses 81.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from anyascii import anyascii

from control_lists.codes import cas, un_number
from control_lists.models import Substance
from control_lists.snapshot import Snapshot
from screening.normalise.phrases import Phrases

MAX_WORDS = 20  # the longest listed names; a span also ends where no listed name is as long
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SALTS = frozenset({"hydrochloride", "dihydrochloride", "hcl", "hydrobromide", "hbr", "hydroiodide", "oxalate", "citrate", "tartrate"})
_LONGER_NAME_BEFORE = re.compile(r"(?:yl|oxy|thio|poly|bis|tris|tetra)$")


class SubstanceFound(NamedTuple):
    """A listed substance named in a text.

    ``sure``: its CAS or an identifying name; else an abbreviation or UN number needing company. ``is_salt``: the name of a listed
    base goes on with a salt of it that no list names, which may or may not be meant.
    """

    substance: Substance
    how: str  # cas | name | abbreviation | un_number
    sure: bool
    start: int
    end: int
    declared: str
    listed: str
    is_salt: bool = False


class SubstanceIndex:
    """All substances of a snapshot by their identifiers. Opened once."""

    def __init__(self, snapshot: Snapshot) -> None:
        # Names of substances that no list names stand here too, as None: the longest name wins.
        self._names: dict[str, tuple[Substance, str, bool] | None] = {}
        self._cas: dict[str, Substance] = {}
        self._un: dict[str, list[Substance]] = {}
        for substance in snapshot.substances.values():
            for number in substance.cas:
                self._cas.setdefault(number, substance)
            for number in substance.un:
                self._un.setdefault(number, []).append(substance)
            # A tier A name of one substance outranks another's abbreviation of the same letters.
            for text, sure in [(substance.name, True), *((n.text, n.tier == "A") for n in substance.names)]:
                known = self._names.get(name_key(text))
                if known is None or (sure and not known[2]):
                    self._names[name_key(text)] = (substance, text, sure)
        for text in snapshot.words_of("unlisted_chemicals"):
            self._names.setdefault(name_key(text), None)
        self._longest = max((len(key) for key in self._names), default=0)
        self._after = Phrases(snapshot.words_of("not_the_substance_after"))

    def by_cas(self, number: str) -> list[Substance]:
        """The listed substance with this CAS number: one or none."""
        found = self._cas.get(cas.compact(number))
        return [found] if found else []

    def by_un(self, number: str) -> list[Substance]:
        """The listed substances that travel under this UN number."""
        return self._un.get(number.strip().upper().removeprefix("UN").strip(), [])

    def find(self, text: str) -> list[SubstanceFound]:
        """Every listed substance that ``text`` names, in order; of overlapping names the longest."""
        found = [
            SubstanceFound(s, "cas", True, start, end, text[start:end], number)
            for number, start, end in cas.find(text)
            if (s := self._cas.get(number)) is not None
        ]
        found += self._by_name(text)
        found += [
            SubstanceFound(s, "un_number", False, start, end, text[start:end], f"UN {number}")
            for number, start, end in un_number.find(text)
            for s in self._un.get(number, ())
        ]
        return sorted(found, key=lambda f: (f.start, f.end))

    def _by_name(self, text: str) -> list[SubstanceFound]:
        words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        keys = [name_key(text[start:end]) for start, end in words]
        found: list[SubstanceFound] = []
        first = 0
        while first < len(words):
            step = 1
            joined = ""
            best: tuple[int, tuple[Substance, str, bool] | None] | None = None
            for last in range(first, min(first + MAX_WORDS, len(words))):
                joined += keys[last]
                if len(joined) > self._longest:
                    break
                if joined in self._names:
                    best = (last, self._names[joined])
            if best is not None:
                last, named = best
                step = last - first + 1
                start, end = words[first][0], words[last][1]
                if named is not None and not self._is_part_of_longer_name(text, words, keys, first, last):
                    substance, listed, sure = named
                    is_salt = last + 1 < len(words) and keys[last + 1] in _SALTS
                    how = "name" if sure else "abbreviation"
                    found.append(SubstanceFound(substance, how, sure, start, end, text[start:end], listed, is_salt))
            first += step
        return found

    def _is_part_of_longer_name(self, text: str, words: list[tuple[int, int]], keys: list[str], first: int, last: int) -> bool:
        before = keys[first - 1] if first and words[first][0] - words[first - 1][1] <= 1 else ""
        if before and _LONGER_NAME_BEFORE.search(before):
            return True
        after = text[words[last][1] : words[last + 1][1]] if last + 1 < len(words) and words[last + 1][0] - words[last][1] <= 1 else ""
        return bool(after and self._after.first_in(after))


def name_key(text: str) -> str:
    """The letters and digits of a chemical name, lower-case, ``sulph`` as ``sulf``.

    >>> name_key("BIS (2-HYDROXYETHYL) SULPHIDE")
    'bis2hydroxyethylsulfide'
    """
    plain = text if text.isascii() else anyascii(text)
    return re.sub(r"[^a-z0-9]+", "", plain.lower()).replace("sulph", "sulf")
