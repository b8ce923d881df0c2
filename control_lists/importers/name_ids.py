"""Ids for parties of lists that give none: built from the country and the name, so that an edition finds its party again."""

from __future__ import annotations

import unicodedata


def name_id(*parts: str) -> str:
    """The parts in front as they are and the last, a name, as its letters and digits joined by hyphens.

    >>> name_id("EUL", "IR", "Müller & Söhne (Tehran) Co., Ltd.")
    'EUL-IR-muller-sohne-tehran-co-ltd'
    """
    composed = unicodedata.normalize("NFKD", parts[-1]).casefold()
    letters = "".join(c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’‘`" else " " for c in composed)
    return "-".join((*parts[:-1], *unicodedata.normalize("NFC", letters).split()))
