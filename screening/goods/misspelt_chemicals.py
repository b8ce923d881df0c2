"""Listed chemicals meant by a misspelt name: possible, never sure, and never another chemical that exists.

Chemical names a letter apart are different goods (dimethylamine, diethylamine), so a distance alone accepts 203 of 575,539 names of other
chemicals. Both names are cut into the parts that carry meaning; the declared one may lose such a part to the slip but gain none.
That leaves 55, and an exact name of a known other chemical is never asked about: of one slip in a name nine in ten are still found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from screening.matching.near_keys import NearKeys

SHORTEST = 8
_TWO_SLIPS_FROM = 14
_PLAIN_FROM = 10  # letters of a name without any part of a chemical name: toxins, agents
_STEM = 5  # letters of a part that no two slips make of another
# What tells one chemical from its neighbour: multipliers and prefixes before another part, roots, cations and groups, endings behind all.
_BEFORE = (
    "mono", "di", "bis", "tri", "tris", "tetra", "penta", "hexa", "hepta", "octa", "sesqui", "deca", "iso", "neo", "tert", "sec",
    "cyclo", "nor", "ortho", "meta", "para", "pyro", "hypo", "per", "poly",
)  # fmt: skip
_ROOTS = (
    "alpha", "beta", "gamma", "methylene", "meth", "ethylene", "ethenyl", "vinyl", "eth", "prop", "but", "pent", "hex", "hept",
    "oct", "non", "dec", "dodec", "lauryl", "allyl", "phenyl", "phen", "benzyl", "benz", "tolu", "acet", "form", "oxal", "citr",
    "tart", "glyc", "chlor", "fluor", "brom", "iod", "oxy", "oxo", "oxide", "thio", "thion", "mercapt", "hydroxy", "hydro",
    "cyan", "nitro", "nitr", "amino", "imino", "azo", "phosph", "phosphon", "phosphor", "phosphin", "sulf", "sulfon", "arsen",
    "arsin", "antimon", "bor", "sili", "seleno", "stib", "bismuth", "acid", "amine", "amide", "amidine", "imide", "imine",
    "anilin", "ether", "ester", "nitrile", "thiol", "quinucl", "pinac", "piper", "pyrrol", "pyrid", "sodium", "potassium",
    "lithium", "calcium", "ammonium", "magnesium", "aluminium", "zinc", "copper", "barium", "cesium", "hydrogen", "salt",
    "hydrochloride", "hydrate",
)  # fmt: skip
_AFTER = (
    "ide", "ite", "ate", "ous", "ol", "one", "al",
)  # fmt: skip


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ANY = _either([*_BEFORE, *_ROOTS])
_PART = re.compile(rf"(?:{_either(_BEFORE)})(?= ?(?:\d|{_ANY}))|{_either(_ROOTS)}|(?:{_either(_AFTER)})(?= |$|\d|{_ANY})|\d+")
# What of a name stays readable through its slips: so many letters in a row of a shorter or longer name. One in twelve of 26,863
# customs lines holds such a run of some listed name, and 99.5 % of names with one slip. Runs of 5 throughout flag one line in four.
_RUN_OF_SHORT, _RUN_OF_LONG = 5, 7


def allowed_slips(letters: int) -> int:
    """How many slips a name of so many letters and digits may have: none below 8, one below 14, then two."""
    return 0 if letters < SHORTEST else 1 if letters < _TWO_SLIPS_FROM else 2


@lru_cache(maxsize=100_000)
def parts(name: str) -> Counter[str]:
    """The meaning parts of a name (words in their comparable form, blanks between) and its numbers, each as often as it stands there.

    >>> sorted(parts("dimethylamine")), sorted(parts("dicholride"))
    (['amine', 'di', 'meth'], ['ide'])
    """
    return Counter(_PART.findall(name))


def _runs_of(key: str) -> Iterator[tuple[str, int]]:
    letters = _RUN_OF_SHORT if len(key) < _TWO_SLIPS_FROM else _RUN_OF_LONG
    return ((run, at) for at in range(len(key) - letters + 1) if not (run := key[at : at + letters]).isdigit())


class MisspeltChemicals:
    """Listed names by which a misspelt one may be meant. Opened once with all sure names, their words in comparable form."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parts = {key: parts(words) for words in names if len(key := words.replace(" ", "")) >= SHORTEST - 1}
        self._near = NearKeys(self._parts, allowed_slips)
        self.runs: dict[str, set[int]] = {}  # how far behind the beginning of a name they may stand, slips allowed for
        for key in self._parts:
            for run, at in _runs_of(key):
                self.runs.setdefault(run, set()).update(range(at - allowed_slips(len(key)), at + allowed_slips(len(key)) + 1))

    @property
    def keys(self) -> Collection[str]:
        """The keys of all listed names that a misspelt one may mean."""
        return self._parts.keys()

    def beginnings(self, letters: str) -> set[int]:
        """Where in a text without blanks a listed name may begin, misspelt or not: so far before letters in a row that it holds."""
        found: set[int] = set()
        for at in range(len(letters) - _RUN_OF_SHORT + 1):
            for length in (_RUN_OF_SHORT, _RUN_OF_LONG):
                found.update(at - offset for offset in self.runs.get(letters[at : at + length], ()))
        return found

    def meant(self, words: Sequence[str]) -> list[str]:
        """The keys of the nearest listed names that a name may mean: near by letters, and no part gained."""
        key = "".join(words)
        near = self._near.near(key)
        if not near:
            return []
        declared = parts(" ".join(words))
        kept = [(slips, listed) for listed, slips in near if self._may_be(declared, listed, slips)]
        least = min((slips for slips, _ in kept), default=0)
        return [listed for slips, listed in kept if slips == least]

    def _may_be(self, declared: Counter[str], listed: str, slips: int) -> bool:
        meant = self._parts[listed]
        lost = meant - declared
        if not meant and len(listed) < _PLAIN_FROM:
            return False
        return all(
            any(part in whole and (len(part) >= _STEM or len(whole) - len(part) > slips) for whole in lost) for part in declared - meant
        )
