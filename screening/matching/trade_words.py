"""Words of trade descriptions: their places, and a spelling-independent form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from screening.matching.romanise import latin, runs, words_of

# Scripts written without spaces: a term is found inside a run of them, not as a word.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f]"
)
_BRITISH = (
    ("aluminium", "aluminum"),
    ("sulph", "sulf"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("metre", "meter"),
    ("centre", "center"),
    ("mould", "mold"),
    ("colour", "color"),
    ("vapour", "vapor"),
    ("grey", "gray"),
    ("armour", "armor"),
    ("caesium", "cesium"),
    ("tyre", "tire"),
    ("haem", "hem"),
    ("defence", "defense"),
    ("analyse", "analyze"),
    ("catalyse", "catalyze"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("iser", "izer"),
    ("ised", "ized"),
    ("plough", "plow"),
    ("programme", "program"),
    ("catalogue", "catalog"),
    ("gauge", "gage"),
    ("calibre", "caliber"),
    ("sabre", "saber"),
    ("anaes", "anes"),
    ("oesoph", "esoph"),
    ("cheque", "check"),
    ("behaviour", "behavior"),
    ("labelled", "labeled"),
    ("modelling", "modeling"),
    ("travelling", "traveling"),
    ("fuelling", "fueling"),
    ("carburett", "carburet"),
)
_KEEP_S = ("ss", "us", "is", "os", "as")


class TradeWord(NamedTuple):
    """One word of a text: its form for comparing, as written, and where it stands."""

    form: str
    surface: str
    start: int
    end: int


def trade_words(text: str) -> list[TradeWord]:
    """The words of a text in order.

    >>> [(word.form, word.start, word.end) for word in trade_words("Aluminium tubes")]
    [('aluminum', 0, 9), ('tube', 10, 15)]
    """
    return [TradeWord(form(run.text), run.text, run.start, run.end) for run in runs(text)]


def forms(text: str) -> list[str]:
    """The forms of the words of a text in order, where their places do not matter.

    >>> forms("Aluminium tubes")
    ['aluminum', 'tube']
    """
    return [form(word) for word in words_of(text)]


@lru_cache(maxsize=1 << 17)
def form(word: str) -> str:
    """The spelling-independent form of one word: singular, American, Latin; words of unspaced scripts as they are.

    >>> form("Batteries"), form("fibres"), form("lenses"), form("\u53cd\u5e94\u5668")
    ('battery', 'fiber', 'lens', '\u53cd\u5e94\u5668')
    """
    if not word.isascii() and UNSPACED.search(word):
        return word.casefold()
    return stem(latin(word)) or word.casefold()


def first_letters(word: TradeWord) -> set[str]:
    """The letters, three at most, with which a word begins that has the form of this one, in any spelling.

    >>> sorted(first_letters(trade_words("gage")[0]))
    ['gag', 'gau']
    """
    spelled = {word.form, *(word.form.replace(american, british) for british, american in _BRITISH)}
    return {letters[:3] for letters in (word.surface.lower(), *spelled)}


def stem(word: str) -> str:
    """A Latin word in the singular and in American spelling; a word with digits stays as it is."""
    if not word.isalpha():
        return word
    if len(word) > 3 and word.endswith("s"):
        word = _singular(word)
    for british, american in _BRITISH:
        if british in word:
            word = word.replace(british, american)
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    if word in ("lens", "gas", "bias", "series", "mass"):
        return word
    if word in ("gases", "lenses"):
        return word[:-2]
    return word if word.endswith(_KEEP_S) else word[:-1]


def spellings(form: str) -> Iterator[str]:
    """Every lower-case Latin word whose form this is: British and American, singular and plural.

    >>> sorted(spellings("fiber"))
    ['fiber', 'fiberes', 'fibers', 'fibre', 'fibrees', 'fibres']
    """
    written = {form}
    for british, american in reversed(_BRITISH):
        written |= {other for word in written for other in _turned_back(word, british, american)}
    for word in written:
        yield from (word, word + "s", word + "es")
        if word.endswith("y"):
            yield word[:-1] + "ies"


def _turned_back(word: str, british: str, american: str) -> Iterator[str]:
    """The words that become ``word`` when ``british`` is written ``american`` throughout."""
    start = word.find(american)
    if start >= 0:
        head, tail = word[:start], word[start + len(american) :]
        for rest in (tail, *_turned_back(tail, british, american)):
            yield head + british + rest
            yield head + american + rest
