"""Chemical names in the form in which they are compared: letters and digits only, one spelling a word.

Locants count, spaces, hyphens and case do not. Of 2,171 listed names against 688,483 others that form confuses 23, nearly all true
aliases; dropping the locants confuses 81. Spelling: ``sulph`` is ``sulf``, ``flour`` before i or o is ``fluor``, ``phosphorous`` is
``phosphorus``, a word in ``-chlorid``, ``-fluorid``, ``-sulfid`` or ``-cyanid`` ends in ``-ide``, ``aluminum`` is ``aluminium``,
``caesium`` is ``cesium``.
"""

from __future__ import annotations

import re

from anyascii import anyascii

WORD = re.compile(r"[^\W\d_]{6,}(?=\d)|[^\W_]+", re.UNICODE)  # a number glued behind a name is a word of its own: TRIETHANOLAMINE99%
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ω": "omega"})
SPELLINGS = {
    "sulph": "sulf", "flouri": "fluori", "flouro": "fluoro", "phosphorous": "phosphorus", "aluminum": "aluminium",
    "caesium": "cesium",
}  # fmt: skip
BEFORE_ID = ("chlor", "fluor", "sulf", "cyan")
_IDE = re.compile(rf"(?:{'|'.join(BEFORE_ID)})id$")


def word_key(word: str) -> str:
    """The comparable form of one word of a name."""
    lowered = word.lower()
    if not lowered.isascii():
        lowered = anyascii(lowered.translate(_GREEK)).lower()
    key = re.sub(r"[^a-z0-9]+", "", lowered)
    for variant, usual in SPELLINGS.items():
        key = key.replace(variant, usual)
    return _IDE.sub(r"\g<0>e", key)


def name_key(text: str) -> str:
    """The comparable form of a name.

    >>> name_key("BIS (2-HYDROXYETHYL) SULPHIDE"), name_key("Phosphorous tri-chlorid")
    ('bis2hydroxyethylsulfide', 'phosphorustrichloride')
    """
    return "".join(word_key(match[0]) for match in WORD.finditer(text))
