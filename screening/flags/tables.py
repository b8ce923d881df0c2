"""The tables that red flags look up, made ready from the snapshot when first asked."""

from __future__ import annotations

import re
from functools import cached_property

import polars as pl

from control_lists.snapshot import Snapshot
from screening.flags.words import pattern_of

MADE = r"(?i)\b(?:made|manufactured|produced|fabriqu[eé]|hergestellt)\s+(?:in|en)\s+"
"""What stands before the country in which a good was made."""


class Tables:
    """Lookups of the red flags' data. Opened once with a snapshot; keeps no result."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def head_nouns(self) -> pl.DataFrame:
        """Head nouns (``told``) and the HS prefixes (``hs``) in which what they name can lie, one row a pair."""
        pairs = [(word, hs) for noun in self._snapshot.head_nouns for word in noun.words for hs in noun.hs]
        return pl.DataFrame(pairs, schema={"told": pl.String, "hs": pl.String}, orient="row")

    def chapters(self, list_id: str, code: str) -> frozenset[str]:
        """The HS chapters that anything under the heading of a control code is linked with, by its entries or its substances."""
        return self._chapters.get((list_id, code.partition(".")[0]), frozenset())

    @cached_property
    def _chapters(self) -> dict[tuple[str, str], frozenset[str]]:
        linked: dict[tuple[str, str], set[str]] = {}
        for list_id, loaded in self._snapshot.lists.items():
            for entry in loaded.entries:
                linked.setdefault((list_id, entry.code.partition(".")[0]), set()).update(link.code[:2] for link in entry.hs)
        for substance in self._snapshot.substances.values():
            for listing in substance.listings:
                linked.setdefault((listing.list, listing.code.partition(".")[0]), set()).update(link.code[:2] for link in substance.hs)
        return {key: frozenset(chapters) for key, chapters in linked.items()}

    def single_words(self, lexicon: str) -> list[str]:
        """The single words of a lexicon's phrases, in lower case."""
        return sorted({part for word in self._snapshot.words_of(lexicon) for part in re.findall(r"[^\W_][\w\-]+", word.lower())})

    @cached_property
    def positions(self) -> pl.DataFrame:
        """Where countries lie: ``country``, ``lat`` and ``lon`` in degrees."""
        rows = [(p.code, p.lat, p.lon) for p in self._snapshot.positions.values()]
        return pl.DataFrame(rows, schema={"country": pl.String, "lat": pl.Float64, "lon": pl.Float64}, orient="row")

    @cached_property
    def piece_masses(self) -> pl.DataFrame:
        """Plausible masses of a piece by HS prefix: ``hs``, ``low_kg``, ``high_kg``."""
        rows = [(p.hs, p.low_kg, p.high_kg) for p in self._snapshot.piece_masses]
        return pl.DataFrame(rows, schema={"hs": pl.String, "low_kg": pl.Float64, "high_kg": pl.Float64}, orient="row")

    @cached_property
    def made_in(self) -> str:
        """A pattern whose first group is the country or place that a text says the good was made in."""
        names = sorted({*self.country_of}, key=len, reverse=True)
        return rf"{MADE}(?:the\s+)?({'|'.join(map(re.escape, names))})\b"

    @cached_property
    def country_of(self) -> dict[str, str]:
        """Country code by its names, in lower case."""
        spelt = {name.lower(): c.code for c in self._snapshot.countries for name in (*c.names, c.name) if len(name) > 3}
        return spelt | {name.lower(): code for code, name in self._snapshot.country_names.items()}

    @cached_property
    def places(self) -> dict[str, str]:
        """A pattern of each country's names and places that may stand on a package, by country code."""
        return {place.code: pattern_of((self._snapshot.country_names[place.code], *place.names)) for place in self._snapshot.places}
