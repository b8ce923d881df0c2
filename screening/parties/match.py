"""The parties stage: declared parties against every watchlist, by identifier, name and address, with what the listing means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.models import WatchlistEntity
from control_lists.snapshot import Snapshot
from screening.matching import Comparison, MatchIndex
from screening.parties.addresses import same_place, telling_words
from screening.parties.evidence import Beyond, beyond_the_name, is_decisive
from screening.parties.exceptions import Exceptions, exception_for, record_of
from screening.parties.listed import Listed, ListedParties, identifier_key, verbatim
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
    "outcomes": pl.List(pl.String),
    "scope": pl.String,
    "subsidiaries": pl.String,
    "effect": pl.String,
    "evidence": pl.List(NAME_EVIDENCE),
    "why": pl.List(pl.String),
    "record": pl.String,
    "same_as": pl.String,
}
REACHED: dict[str, Any] = {"name": pl.String, "place": pl.UInt32, "score": pl.Float64}
"""One row a declared name and listed name that it reaches; ``place`` among the names of all lists."""
# The least weight (of 100) of an aligned word that helps to identify: a business word weighs 30, a legal form 6.
_IDENTIFYING_WEIGHT = 20.0
# What a conflict beside the name takes from the score, which ranks and never falls below the threshold: a match stays in sight.
_CONFLICT = 10.0
_EXACT_NAME = 99.5
_ALL_ITEMS = re.compile(r"\ball items subject to the EAR\b([^.(]*)", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(except|other than|excluding|unless)\b", re.IGNORECASE)


class Found(NamedTuple):
    """How one listed party was reached: by which of its names, how near, and by an identifier or the address alone."""

    listed: Listed
    score: float
    by: str | None = None  # the identifier or address


def names_of(parties: pl.DataFrame) -> pl.Series:
    """The distinct names of parties."""
    return parties.get_column("name").drop_nulls().unique(maintain_order=True)


class PartyMatcher:
    """Finds listed parties. Opened once with a snapshot and policy; keeps no result.

    ``prepared`` is a folder in which the index of names is kept between starts; ``threads``: how many a large search of names may use.
    """

    def __init__(
        self, snapshot: Snapshot, policy: Policy, exceptions: Exceptions | None = None, prepared: Path | None = None, threads: int = 1
    ) -> None:
        self._policy = policy
        self._prepared = prepared
        self._threads = threads
        self._snapshot = snapshot
        self._exceptions = exceptions or {}
        self._listed = ListedParties(snapshot)
        self._programmes = {(li, p.id): p for li, loaded in snapshot.lists.items() for p in loaded.meta.programmes}

    @cached_property
    def _index(self) -> MatchIndex:
        """The names of all lists, indexed when the first party is asked about: a goods enquiry names none."""
        names, tables = self._listed.names.get_column("name").to_list(), word_tables(self._snapshot.name_words)
        return MatchIndex.names(names, tables, self._threads, self._prepared)

    def reach(self, names: pl.Series) -> pl.DataFrame:
        """Which listed names the distinct ``names`` reach: REACHED columns, those of one name together."""
        if names.is_empty():
            return pl.DataFrame(schema=REACHED)
        numbered = names.alias("name").to_frame().with_row_index("declared")
        near = self._index.search(names.to_list(), self._policy.name_threshold).join(numbered, on="declared", maintain_order="left")
        # A listed name of common words alone scores below the threshold even against itself; the same text is never lost.
        same = numbered.with_columns(key=verbatim(pl.col("name"))).join(self._listed.names.select("key", "place"), on="key").sort("place")
        reached = pl.concat(
            [
                near.select("declared", "name", pl.col("listed").cast(pl.UInt32).alias("place"), "score"),
                same.select("declared", "name", pl.col("place").cast(pl.UInt32), score=pl.lit(self._policy.name_threshold)),
            ]
        ).unique(["declared", "place"], keep="first", maintain_order=True)
        return reached.sort("declared", maintain_order=True).select(*REACHED)

    def match(self, parties: pl.DataFrame, days: Mapping[int, date], reached: pl.DataFrame | None = None) -> pl.DataFrame:
        """Matches of ``parties`` (PARTY columns): PARTY_MATCH columns, best first within each item.

        ``reached``: what ``reach`` gave of the names of these parties, and maybe of others.
        ``days`` gives the day of each item: a party listed later, or delisted before, is no match of that day. ``same_as`` names
        the best of several listings of one party (``list:entity_id``), null on that one itself.
        """
        names = names_of(parties)
        if reached is None:
            reached = self.reach(names)
        by_name = self._by_name(reached.filter(pl.col("name").is_in(names.implode())))
        by_identifier = self._by_identifier(parties)
        by_address = self._by_address(parties)
        concerned = parties.filter(
            pl.col("name").is_in(list(by_name))
            | pl.col("address").is_in(list(by_address))
            | pl.col("identifiers").list.eval(pl.element().is_in(list(by_identifier))).list.any().fill_null(False)
        )
        rows: list[dict[str, Any]] = []
        known: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for party in concerned.iter_rows(named=True):
            key = (party["name"], party["country"], party["address"], tuple(party["identifiers"] or ()), days[party["item"]])
            if key not in known:
                found = [
                    *(f for identifier in party["identifiers"] or () for f in by_identifier.get(identifier, ())),
                    *by_name.get(party["name"] or "", ()),
                    *by_address.get(party["address"] or "", ()),
                ]
                known[key] = self._matches(party, found, days[party["item"]])
            rows += [
                {"item": party["item"], "party": party["party"], "role": party["role"], "name": party["name"] or "", **row}
                for row in known[key]
            ]
        frame = pl.DataFrame(rows, schema=PARTY_MATCH)
        return frame.sort(["item", "score", "list", "entity_id", "party"], descending=[False, True, False, False, False])

    # ------------------------------------------------------------------------------------------------- who is reached
    def _by_name(self, reached: pl.DataFrame) -> dict[str, list[Found]]:
        """Listed names near each declared name."""
        found: dict[str, list[Found]] = {}
        for name, place, score in reached.iter_rows():
            found.setdefault(name, []).append(Found(self._listed.named(place), score))
        return found

    def _by_identifier(self, parties: pl.DataFrame) -> dict[str, list[Found]]:
        """Listed parties that have a declared identifier."""
        declared = parties.get_column("identifiers").explode().drop_nulls().unique(maintain_order=True).to_list()
        if not declared:
            return {}
        keys = pl.DataFrame({"declared": declared, "key": [identifier_key(text) for text in declared]})
        found: dict[str, list[Found]] = {}
        for text, list_id, place in keys.join(self._listed.identifiers, on="key").select("declared", "list", "entity").iter_rows():
            entity = self._listed.entity(list_id, place)
            named = Listed(list_id, entity, entity.name, "strong", None)
            found.setdefault(text, []).append(Found(named, self._policy.name_threshold, f"the identifier {text}"))
        return found

    def _by_address(self, parties: pl.DataFrame) -> dict[str, list[Found]]:
        """Addresses that are listed as such, whoever is there."""
        listed = self._listed.addresses
        if not listed:
            return {}
        words = sorted({word for _, _, text in listed for word in telling_words(text)})
        declared = parties.select(address=pl.col("address").drop_nulls().unique(maintain_order=True))
        near = declared.filter(pl.col("address").str.contains_any(words, ascii_case_insensitive=True)).get_column("address")
        found: dict[str, list[Found]] = {}
        for address in near:
            for list_id, place, text in listed:
                if where := same_place(address, text):
                    entity = self._listed.entity(list_id, place)
                    score = 100.0 if where == "unit" else self._policy.strong_name - _CONFLICT
                    one = Found(Listed(list_id, entity, text, "strong", None), score, f"the address: the same {where}")
                    found.setdefault(address, []).append(one)
        return found

    # ------------------------------------------------------------------------------------------------- what it means
    def _matches(self, party: Mapping[str, Any], found: Sequence[Found], day: date) -> list[dict[str, Any]]:
        best: dict[tuple[str, str], Found] = {}
        for one in found:
            key = (one.listed.list_id, one.listed.entity.id)
            before = best.get(key)
            if before is None or (before.by is None and one.score > before.score):
                best[key] = one
            elif before.by is not None and before.listed.place is None and one.listed.place is not None:
                best[key] = Found(one.listed, one.score, before.by)  # by identifier and by name: the name is told, too
        rows = [(one.listed.entity, self._row(party, one, day)) for one in best.values() if _is_listed(one.listed.entity, day)]
        rows.sort(key=lambda pair: (-pair[1]["score"], pair[1]["list"], pair[1]["entity_id"]))
        return _with_heads(rows)

    def _row(self, party: Mapping[str, Any], found: Found, day: date) -> dict[str, Any]:
        listed, entity = found.listed, found.listed.entity
        comparison = self._compare(party["name"], listed)
        beyond = beyond_the_name(party, entity)
        is_decided = beyond.decisive is not None and is_decisive(beyond.decisive, party["country"], entity)
        exception = exception_for(self._exceptions, party["name"] or "", listed.list_id, entity, day)
        if exception is not None:
            strength = "excepted"
            why = [
                f"judged another party by {exception.author} on {exception.decided_on}, until {exception.expires_on}: {exception.reason}"
            ]
        else:
            strength, why = ("strong", list(beyond.supports)) if is_decided else self._strength(party, found, comparison, beyond)
        if listed.name != entity.name and entity.kind != "address":
            why = [*why, f"{listed.name} is another name of {entity.name}"]
        against = _CONFLICT * len(beyond.conflicts) if found.score < _EXACT_NAME else 0.0
        lowered = max(found.score - against, min(found.score, self._policy.name_threshold))
        return {
            "list": listed.list_id,
            "entity_id": entity.id,
            "listed_name": listed.name,
            "score": 100.0 if is_decided else round(lowered, 1),
            "strength": strength,
            "programmes": list(entity.programmes),
            "outcomes": self._outcomes(listed.list_id, entity),
            "scope": scope_of(entity),
            "subsidiaries": self._subsidiaries(listed.list_id, entity),
            "effect": self._effect(listed.list_id, entity),
            "evidence": [word._asdict() for word in comparison.evidence],
            "why": why,
            "record": record_of(entity),
        }

    def _compare(self, name: str | None, listed: Listed) -> Comparison:
        if not name or listed.place is None:
            return Comparison(0.0, ())
        return self._index.compare(name, listed.place)

    def _outcomes(self, list_id: str, entity: WatchlistEntity) -> list[str]:
        """The kinds of effect of the party's programmes; the list's own for one that is not described."""
        other = self._snapshot.lists[list_id].meta.outcome or "review"
        return sorted({p.outcome if (p := self._programmes.get((list_id, name))) is not None else other for name in entity.programmes})

    def _subsidiaries(self, list_id: str, entity: WatchlistEntity) -> str | None:
        """What to ask of a firm that may belong to the party; a person, vessel or address alike may own one."""
        asked = (self._programmes[list_id, name].subsidiaries for name in entity.programmes if (list_id, name) in self._programmes)
        return next((question for question in asked if question), None)

    def _effect(self, list_id: str, entity: WatchlistEntity) -> str:
        """What the listing means: its programmes' effect, else the list's, and what the list itself writes beside this party."""
        other = self._snapshot.lists[list_id].meta.effect or ""
        effects = [p.effect if (p := self._programmes.get((list_id, name))) is not None else other for name in entity.programmes]
        said = list(dict.fromkeys(effects))
        if entity.licence_requirement:
            said.append(f"Its entry requires a licence: {entity.licence_requirement.rstrip('. ')}.")
        numbers = [note for note in entity.footnotes if note.isdigit()]
        if numbers:
            said.append(f"Its entry carries footnote{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)} of the list.")
        said += [f"Its entry says: {note.rstrip('. ')}." for note in entity.footnotes if note not in numbers]
        return " ".join(part for part in said if part)

    def _strength(self, party: Mapping[str, Any], found: Found, comparison: Comparison, beyond: Beyond) -> tuple[str, list[str]]:
        """``strong`` where the evidence identifies the party; else ``possible``, with what stands against it."""
        entity, policy, score = found.listed.entity, self._policy, found.score
        if entity.kind == "address":
            told = [f"{found.by}: the address itself is listed"]
            return ("strong" if score >= policy.strong_name else "possible"), told
        why = []
        if found.listed.place is None:
            why.append(f"{found.by} is short or of another country's register, and the name is not the listed party's")
        elif score < policy.strong_name:
            why.append("the names are alike, not equal")
        if entity.kind == "person" and not policy.person_name_alone_is_strong and not beyond.identifies:
            why.append("a person's name alone does not identify a person")
        if found.listed.quality == "weak":
            why.append("the listed alias is weak: too general or too uncertain to identify")
        carried = sum(word.similarity > 0 and word.weight >= _IDENTIFYING_WEIGHT for word in comparison.evidence)
        if carried < 2 and found.listed.place is not None and party["country"] not in entity.countries:
            why.append("one word alone carries the match and the country does not support it")
        # A firm of exactly this name may act from another country; a name that is only near is another's there.
        if score < _EXACT_NAME or any("country" not in conflict for conflict in beyond.conflicts):
            why += beyond.conflicts
        return ("possible", [*why, *beyond.supports]) if why else ("strong", ["name", *beyond.supports])


def scope_of(entity: WatchlistEntity) -> str:
    """What a listed party's own licence requirement covers: ``all_items`` subject to the law, ``some_items``, or ``unstated``.

    The Entity List writes it in words; an exception in the sentence makes it some items.
    """
    if entity.licence_requirement is None:
        return "unstated"
    found = _ALL_ITEMS.search(entity.licence_requirement)
    return "all_items" if found and not _EXCEPT.search(found[1]) else "some_items"


def _with_heads(rows: Sequence[tuple[WatchlistEntity, dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rows, those of a party that an earlier row already shows naming that one in ``same_as``.

    Listings are of one party where they are of one kind and share a name of two words or more, or an identifier.
    """
    heads: dict[tuple[str, str], str] = {}
    told = []
    for entity, row in rows:
        names = {" ".join(sorted(n.casefold().split())) for n in (entity.name, *(a.name for a in entity.aliases))}
        marks = [*((entity.kind, n) for n in names if " " in n), *(("", identifier_key(i)) for i in entity.identifiers)]
        head = next((heads[mark] for mark in marks if mark in heads), None)
        own = head or f"{row['list']}:{row['entity_id']}"
        heads |= {mark: own for mark in marks if mark not in heads}
        told.append({**row, "same_as": head})
    return told


def _is_listed(entity: WatchlistEntity, day: date) -> bool:
    return (entity.listed_on is None or entity.listed_on <= day) and (entity.delisted_on is None or day < entity.delisted_on)
