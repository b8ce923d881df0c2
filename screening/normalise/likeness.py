"""How far two short descriptions of goods say the same."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]{3,}")


def likeness(one: str | None, other: str | None) -> float:
    """The share of the shorter description's words (three letters or more) that the other one has too, 0 to 1.

    >>> likeness("PRESSURE TRANSDUCERS, 3 PCS", "pressure transducer of Inconel"), likeness("valve", None)
    (1.0, 0.0)
    """
    words = [{_singular(word) for word in _WORD.findall((text or "").casefold())} - _COUNTED for text in (one, other)]
    shorter = min(map(len, words))
    return len(words[0] & words[1]) / shorter if shorter else 0.0


_COUNTED = frozenset({"pcs", "pce", "the", "and", "for", "with", "set", "unit", "piece"})


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
