"""The country that an address names, where a list writes it as one text."""

from __future__ import annotations

import re

from control_lists.codes.country import CountryNames
from control_lists.importers.japanese_names import plain

# The longest name of a country in Han or kana letters with which an address begins.
MAX_NAME = 16
_KANA = re.compile(r"[ァ-ヺー]")


def country_in(countries: CountryNames, address: str) -> str | None:
    """The ISO code of the country at the end of a Latin address or at the beginning of a Japanese or Chinese one, or None.

    A Latin part counts from five letters, so that ``CO`` or ``Ca`` is no country; a beginning counts only where its word ends.
    """
    text = plain(address).strip(" .,;、")
    parts = [part.strip(" .") for part in re.split(r"[,、]|\(.*?\)", text) if part.strip(" .")]
    named = [countries.read(part).code for part in parts if len(part) > 4 or not part.isascii()]
    if named and "CN" in named[-1:] and (territory := next((code for code in named if code in ("HK", "MO")), None)) is not None:
        return territory  # "Hong Kong, China": the licence follows the territory
    for code in (*reversed(named[-2:]), *named[:1]):
        if code is not None:
            return code
    for length in range(min(MAX_NAME, len(text) - 1), 1, -1):
        beginning, following = text[:length], text[length]
        if beginning.isascii() or (_KANA.match(beginning[-1]) and _KANA.match(following)):
            continue
        code = countries.read(beginning).code
        if code is not None:
            return code
    return None
