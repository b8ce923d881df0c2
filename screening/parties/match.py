"""The parties stage: declared parties against every watchlist, by identifier and by name, with what the listing means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from control_lists.models import WatchlistEntity
from control_lists.snapshot import Snapshot
from screening.matching import Comparison, MatchIndex
from screening.parties.names import word_tables
from screening.policy import Policy

NAME_EVIDENCE = pl.Struct({"declared": pl.String, "listed": pl.String, "kind": pl.String, "similarity": pl.Float64, "weight": pl.Float64})
PARTY_MATCH: dict[str, Any] = {
    "item": pl.UInt32,
    "party": pl.UInt32,
    "role": pl.String,
    "name": pl.String,
    "list": pl.String,
    "entity_id": pl.String,
    "listed_name": pl.String,
    "score": pl.Float64,
    "strength": pl.String,
    "programmes": pl.List(pl.String),
    "effect": pl.String,
    "evidence": pl.List(NAME_EVIDENCE),
    "why": pl.List(pl.String),
}
# The least weight (of 100) of an aligned word that helps to identify: a business word weighs 30, a legal form 6.
_IDENTIFYING_WEIGHT = 20.0


class Listed(NamedTuple):
    """One name of one listed party."""

    list_id: str
    entity: WatchlistEntity
    name: str
    quality: str  # strong | weak | former


class PartyMatcher:
    """Finds listed parties. Opened once with a snapshot and policy; keeps no result."""

    def __init__(self, snapshot: Snapshot, policy: Policy) -> None:
        self._policy = policy
        self._snapshot = snapshot
        self._listed = list(_names(snapshot))
        self._programmes = {(li, p.id): p for li, loaded in snapshot.lists.items() for p in loaded.meta.programmes}
        self._identifiers: dict[str, list[Listed]] = {}
        for list_id, loaded in snapshot.lists.items():
            for entity in loaded.entities:
                for identifier in entity.identifiers:
                    self._identifiers.setdefault(_identifier(identifier), []).append(Listed(list_id, entity, entity.name, "strong"))

    @cached_property
    def _index(self) -> MatchIndex:
        """The names of all lists, indexed when the first party is asked about: a goods enquiry names none."""
        return MatchIndex.names([listed.name for listed in self._listed], word_tables(self._snapshot.name_words))

    @cached_property
    def _verbatim(self) -> dict[str, list[Listed]]:
        names: dict[str, list[Listed]] = {}
        for listed in self._listed:
            names.setdefault(_verbatim(listed.name), []).append(listed)
        return names

    @cached_property
    def _positions(self) -> dict[tuple[str, str, str], int]:
        return {(li.list_id, li.entity.id, li.name): n for n, li in enumerate(self._listed)}

    def match(self, parties: pl.DataFrame, days: Mapping[int, date]) -> pl.DataFrame:
        """Matches of ``parties`` (PARTY columns): PARTY_MATCH columns, best first within each item.

        ``days`` gives the day of each item: a party listed later, or delisted before, is no match of that day.
        """
        # A name that is a block of lines (name and address together) is looked up by its first line, as readers split it.
        names = parties.get_column("name").drop_nulls().unique(maintain_order=True).to_list()
        found: dict[str, list[tuple[Listed, float]]] = {}
        pairs = self._index.search(names, self._policy.name_threshold).select("declared", "listed", "score").iter_rows() if names else ()
        for declared, listed, score in pairs:
            found.setdefault(names[declared], []).append((self._listed[listed], score))
        # A listed name of common words alone scores below the threshold even against itself; the same text is never lost.
        for name in names:
            if same := self._verbatim.get(_verbatim(name)):
                matched = found.setdefault(name, [])
                reached = {listed for listed, _ in matched}
                matched += [(listed, self._policy.name_threshold) for listed in same if listed not in reached]
        rows: list[dict[str, Any]] = []
        known: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        identified = [
            i
            for i, ids in enumerate(parties.get_column("identifiers"))
            if ids is not None and any(_identifier(x) in self._identifiers for x in ids)
        ]
        concerned = parties.with_row_index("position").filter(pl.col("name").is_in(list(found)) | pl.col("position").is_in(identified))
        for party in concerned.iter_rows(named=True):
            key = (party["name"], party["country"], tuple(party["identifiers"] or ()), days[party["item"]])
            if key not in known:
                known[key] = self._matches(party, found.get(party["name"] or "", []), days[party["item"]])
            rows += [
                {"item": party["item"], "party": party["party"], "role": party["role"], "name": party["name"] or "", **row}
                for row in known[key]
            ]
        frame = pl.DataFrame(rows, schema=PARTY_MATCH)
        return frame.sort(["item", "score", "list", "entity_id", "party"], descending=[False, True, False, False, False])

    def _matches(self, party: Mapping[str, Any], found: Sequence[tuple[Listed, float]], day: date) -> list[dict[str, Any]]:
        best: dict[tuple[str, str], tuple[Listed, float, str | None]] = {}
        for identifier in party["identifiers"] or ():
            for listed in self._identifiers.get(_identifier(identifier), ()):
                best[listed.list_id, listed.entity.id] = (listed, 100.0, identifier)
        for listed, score in found:
            key = (listed.list_id, listed.entity.id)
            if key not in best or (best[key][2] is None and score > best[key][1]):
                best[key] = (listed, score, None)
        kept = [one for one in best.values() if _is_listed(one[0].entity, day)]
        return [self._row(party, listed, score, identifier) for listed, score, identifier in kept]

    def _row(self, party: Mapping[str, Any], listed: Listed, score: float, identifier: str | None) -> dict[str, Any]:
        entity = listed.entity
        comparison = self._index.compare(party["name"], self._position(listed)) if party["name"] else Comparison(0.0, ())
        strength, why = self._strength(party, listed, score, identifier, comparison)
        effects = [p.effect for name in entity.programmes if (p := self._programmes.get((listed.list_id, name))) is not None]
        return {
            "list": listed.list_id,
            "entity_id": entity.id,
            "listed_name": listed.name,
            "score": round(score, 1),
            "strength": strength,
            "programmes": list(entity.programmes),
            "effect": " ".join(dict.fromkeys(effects)) or (self._snapshot.lists[listed.list_id].meta.effect or ""),
            "evidence": [word._asdict() for word in comparison.evidence],
            "why": why,
        }

    def _strength(
        self, party: Mapping[str, Any], listed: Listed, score: float, identifier: str | None, comparison: Comparison
    ) -> tuple[str, list[str]]:
        """``strong`` where the evidence identifies the party; else ``possible``, with what stands against it."""
        entity, policy = listed.entity, self._policy
        if identifier:
            return "strong", [f"the identifier {identifier} is the listed party's"]
        why = []
        if score < policy.strong_name:
            why.append("the names are alike, not equal")
        if entity.kind == "person" and not policy.person_name_alone_is_strong:
            why.append("a person's name alone does not identify a person")
        if listed.quality == "weak":
            why.append("the listed alias is weak: too general or too uncertain to identify")
        if (
            sum(word.similarity > 0 and word.weight >= _IDENTIFYING_WEIGHT for word in comparison.evidence) < 2
            and party["country"] not in entity.countries
        ):
            why.append("one word alone carries the match and the country does not support it")
        return ("possible", why) if why else ("strong", ["name"])

    def _position(self, listed: Listed) -> int:
        return self._positions[listed.list_id, listed.entity.id, listed.name]


def _names(snapshot: Snapshot) -> Iterable[Listed]:
    for list_id, loaded in snapshot.lists.items():
        for entity in loaded.entities:
            yield Listed(list_id, entity, entity.name, "strong")
            for alias in entity.aliases:
                yield Listed(list_id, entity, alias.name, alias.quality)


def _is_listed(entity: WatchlistEntity, day: date) -> bool:
    return (entity.listed_on is None or entity.listed_on <= day) and (entity.delisted_on is None or day < entity.delisted_on)


def _verbatim(name: str) -> str:
    """A name without case and spacing, for names that are the same text."""
    return " ".join(name.casefold().split())


def _identifier(text: str) -> str:
    """Type and value without blanks and case, so that ``IMO: 9187629`` is ``imo:9187629``."""
    kind, _, value = text.partition(":")
    return f"{kind.strip().lower()}:{''.join(c for c in value if c.isalnum()).lower()}"
