"""ISO 3166 alpha-2 codes for what declarations write in a country field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, Protocol


class CountryRecord(Protocol):
    """What is needed of a country of the reference data."""

    @property
    def code(self) -> str: ...
    @property
    def alpha3(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...


class CountryReading(NamedTuple):
    """A declared country: its code, or None; ``understood`` is false when the text names no country we know."""

    code: str | None
    understood: bool


# What declarations write when they know no country, or more than one. Not a fault of the declaration: unknown.
_UNKNOWN = (
    "XX", "ZZ", "QQ", "XXX", "ZZZ", "0", "00", "000", "99", "999", "NULL", "N/A", "NONE", "NIL", "UNKNOWN", "UNKNOWN COUNTRY", "UNDEFINED",
    "UNSPECIFIED", "NOT SPECIFIED", "NOT DECLARED", "NOT KNOWN", "NOT AVAILABLE", "NOT STATED", "OTHER", "OTHERS", "OTHER COUNTRY",
    "OTHER COUNTRIES", "MANY", "VARIOUS", "MULTIPLE", "TBA", "TBD",
)  # fmt: skip
_PARTS = re.compile(r"[/\\|()\[\]:;,]|\s[-–—]\s")
_CODE_FIRST = re.compile(r"^([A-Za-z]{2,3})\s*[-–—]\s*(.{3,})$")


class CountryNames:
    """Reads country texts. Opened once with the countries of the reference data.

    A spelling that two countries share is understood as neither.
    """

    def __init__(self, countries: Iterable[CountryRecord]) -> None:
        self._names: dict[str, str | None] = {}
        self._iso: dict[str, str] = {}
        for country in countries:
            for text in (country.name, *country.names):
                key = country_key(text)
                self._names[key] = country.code if self._names.get(key, country.code) == country.code else None
            self._iso |= {country_key(country.code): country.code, country_key(country.alpha3): country.code}
        self._unknown = {country_key(text) for text in _UNKNOWN} | {""}

    def read(self, text: str | None) -> CountryReading:
        """The country a text names. Blank, ``XX``, ``N/A`` and their like are unknown and understood.

        A text of several parts (``CN - CHINA``) is read when every part names the same country.
        """
        # "NA" is Namibia; with a mark between its letters it is "not available".
        if text is None or text.strip().casefold() in ("n/a", "n.a.", "n.a", "#n/a"):
            return CountryReading(None, True)
        key = country_key(text)
        if key in self._unknown and self._code(text) is None:
            return CountryReading(None, True)
        if (code := self._code(text)) is not None:
            return CountryReading(code, True)
        parts = _CODE_FIRST.match(text.strip())
        pieces = list(parts.groups()) if parts else [piece for piece in _PARTS.split(text) if piece]
        found = {self._code(piece) for piece in pieces if country_key(piece)}
        code = found.pop() if len(found) == 1 else None
        return CountryReading(code, code is not None)

    def _code(self, text: str) -> str | None:
        """The code of one text. Letters with accents are a word ("Áo"), never an ISO code; without them the code comes first."""
        key = country_key(text)
        return (self._iso.get(key) if text.isascii() else None) or self._names.get(key)


@lru_cache(maxsize=1 << 14)
def country_key(text: str) -> str:
    """The spelling-independent key of a country text: letters and digits only, without case, accents and articles.

    >>> country_key("Korea, Republic of"), country_key("U.A.E."), country_key("CÔTE D'IVOIRE")
    ('korearepublicof', 'uae', 'cotedivoire')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"^\s*the\s+", "", plain.replace("&", " and "))
    return "".join(c for c in plain if c.isalnum())
