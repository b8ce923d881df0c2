"""From matches to determinations: one record an item and jurisdiction, with reasons, law, authorisations and questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

import polars as pl

from control_lists.models import Profile
from control_lists.snapshot import Snapshot
from screening.decide import rules as law
from screening.decide import subjects
from screening.decide.builder import Builder
from screening.decide.moved import moved_note, reopened
from screening.decide.predicates import Context
from screening.decide.records import DETERMINATION, INTERNATIONAL
from screening.goods.facts import FactReader
from screening.licences.records import CHECK
from screening.policy import Policy

GOODS_FIELDS = ("description", "tariff_text", "hs_code", "cas_number", "control_code")
DECLARES_GOODS = pl.any_horizontal(pl.col(*GOODS_FIELDS).is_not_null())


class Matches(NamedTuple):
    """What the goods and parties stages and the check of documents found, beside the declarations they were found in."""

    items: pl.DataFrame
    parties: pl.DataFrame
    candidates: pl.DataFrame
    party_matches: pl.DataFrame
    checked: pl.DataFrame | None = None  # the declared documents (CHECK), where a register of licences is held


class Decider:
    """Applies the rule sets of a snapshot. Opened once."""

    def __init__(self, snapshot: Snapshot, policy: Policy, facts: FactReader) -> None:
        self._snapshot = snapshot
        self._policy = policy
        self._facts = facts
        self._claims = {code.code: code for code in snapshot.document_codes}
        self._boundaries = sorted({day for day in self._all_dates() if day})

    def decide(self, matches: Matches, asked: pl.DataFrame) -> pl.DataFrame:
        """Determinations (DETERMINATION columns) for ``asked``: columns item, jurisdiction, as_of. Sorted as asked."""
        days = asked.get_column("as_of").unique()
        known = pl.DataFrame({"as_of": days, "period": [self._period(day) for day in days]}, schema={"as_of": pl.Date, "period": pl.Int64})
        periods = asked.join(known, on="as_of", maintain_order="left")
        parts = []
        for (jurisdiction, _), group in periods.group_by(["jurisdiction", "period"], maintain_order=True):
            parts.append(self._decide(str(jurisdiction), group.drop("period"), matches))
        if not parts:
            return pl.DataFrame(schema=DETERMINATION)
        order = asked.with_row_index("order").select("order", "item", "jurisdiction")
        # A left join that keeps the order of its left side moves no nested column; an inner one took 200 times as long.
        placed = pl.concat(parts).join(order, on=["item", "jurisdiction"], how="left", maintain_order="left")
        return placed.sort("order").select(*DETERMINATION)

    @cached_property
    def party_jurisdictions(self) -> tuple[str, ...]:
        """The jurisdictions, of states or international, that have rules on listed parties."""
        bodies = {j for j, profile in self._snapshot.profiles.items() if profile.states or j in INTERNATIONAL}
        return tuple(j for j, rules in sorted(self._snapshot.rules.items()) if j in bodies and any(r.subject == "party" for r in rules))

    # ---------------------------------------------------------------------------------------------------------
    def _decide(self, jurisdiction: str, group: pl.DataFrame, matches: Matches) -> pl.DataFrame:
        profile = self._snapshot.profiles[jurisdiction]
        day: date = group.get_column("as_of").item(0)
        notes = self._edition_notes(profile, day)
        day = max(day, self._oldest_rule(jurisdiction))
        context = Context(self._snapshot, self._policy, self._facts, day)
        items = matches.items.join(group.select("item"), on="item", how="semi")
        parties = matches.parties.join(items.select("item"), on="item", how="semi")
        movement = subjects.movements(items, parties)
        in_scope = movement.filter(pl.col("operation").is_in(list(profile.operations)))
        found = reopened(self._own_candidates(profile, matches.candidates, group, day), self._snapshot)
        met = matches.party_matches.join(group.select("item"), on="item", how="semi")
        checked = self._own_documents(jurisdiction, matches.checked, group)
        builder = Builder(self.claim, context, profile, found, met, checked)
        # Where no goods are declared nothing moves that a rule on movements could be asked of: only the parties are compared.
        moving = items.filter(DECLARES_GOODS).select("item")
        frames = {
            "item": in_scope.join(moving, on="item", how="semi"),
            "candidate": subjects.candidates(in_scope, found),
            "party": subjects.party_matches(in_scope, met),
            "document": subjects.documents(in_scope, checked),
        }
        held = [rule for rule in self._snapshot.rules[jurisdiction] if law.in_force(rule, day)]
        authorising = [rule for rule in held if rule.then.authorisation is not None]
        for rule in held:
            if rule.then.authorisation is None:
                builder.add(law.apply(rule, frames[rule.subject], context))
        for rule in (rule for rule in authorising if rule.subject == "document"):
            builder.license(law.apply(rule, frames["document"], context))
        for rule in (rule for rule in authorising if rule.subject != "document"):
            builder.authorise(rule, frames["candidate"])
        builder.lift()
        builder.documents(movement, is_checked=matches.checked is not None)
        out_of_scope = set(movement.get_column("item")) - set(in_scope.get_column("item"))
        return builder.build(group, notes, self.coverage(profile), out_of_scope)

    def _own_candidates(self, profile: Profile, candidates: pl.DataFrame, group: pl.DataFrame, day: date) -> pl.DataFrame:
        """Candidates of the lists this jurisdiction applies, of entries in force on the day."""
        keep = pl.lit(False)
        for adopted in profile.control_lists:
            here = pl.col("list") == adopted.id
            keep = keep | (
                here & pl.any_horizontal(pl.col("code").str.starts_with(top) for top in adopted.under) if adopted.under else here
            )
        lists = {
            adopted.id: self._snapshot.lists[adopted.id].meta.since
            for adopted in profile.control_lists
            if adopted.id in self._snapshot.lists
        }
        day = max([day, *lists.values()], default=day)
        alive = (pl.col("since").is_null() | (pl.col("since") <= day)) & (pl.col("until").is_null() | (pl.col("until") > day))
        return candidates.filter(keep & alive).join(group.select("item"), on="item", how="semi")

    def _own_documents(self, jurisdiction: str, checked: pl.DataFrame | None, group: pl.DataFrame) -> pl.DataFrame:
        """The documents checked that claim an authorisation under this law; one whose law is not said may be of any."""
        if checked is None:
            return pl.DataFrame(schema=CHECK)
        of = pl.col("jurisdictions")
        return checked.filter((of.list.len() == 0) | of.list.contains(jurisdiction)).join(group.select("item"), on="item", how="semi")

    def _edition_notes(self, profile: Profile, day: date) -> list[dict[str, str]]:
        notes = [{"id": "rule_set", "text": profile.note}] if profile.note else []
        for adopted in profile.control_lists:
            loaded = self._snapshot.lists.get(adopted.id)
            if loaded is None:
                notes.append(
                    {"id": "list_not_held", "text": f"The control list {adopted.id} is not loaded: goods were not compared with it."}
                )
                continue
            meta = loaded.meta
            notes += moved_note(meta.id, meta.title, self._snapshot)
            if adopted.edition not in (None, meta.edition):
                text = f"{meta.title}: the law adopts the edition {adopted.edition}; the goods were compared with {meta.edition}."
                notes.append({"id": "edition_not_held", "text": text})
            if day < meta.since:
                text = f"{meta.title}: the oldest edition held is {meta.edition}, in force from {meta.since}; it was applied to {day}."
                notes.append({"id": "edition_not_held", "text": text})
            if day >= meta.review_on:
                notes.append({"id": "list_old", "text": f"{meta.title}, edition {meta.edition}: to be reviewed since {meta.review_on}."})
        if day < self._oldest_rule(profile.id):
            text = f"The oldest rules of {profile.id} held are of {self._oldest_rule(profile.id)}; they were applied to {day}."
            notes.append({"id": "edition_not_held", "text": text})
        return notes

    def coverage(self, profile: Profile) -> list[dict[str, str]]:
        """What stands beside every NO_FINDING: which of the lists compared are held only in part, or made up."""
        adopted = {one.id for one in profile.control_lists}
        compared = [one.meta for one in self._snapshot.lists.values() if one.meta.kind == "parties" or one.meta.id in adopted]
        partly = [f"{meta.title} ({meta.coverage}, edition {meta.edition})" for meta in compared if meta.coverage != "full"]
        return [{"id": "coverage", "text": f"Compared with lists that are not held in full: {'; '.join(partly)}."}] if partly else []

    def _oldest_rule(self, jurisdiction: str) -> date:
        """The day from which a jurisdiction's own rules are held."""
        return min((rule.since for rule in self._snapshot.rules.get(jurisdiction, ()) if rule.since), default=date.min)

    def _all_dates(self) -> Iterable[date | None]:
        snapshot = self._snapshot
        dated = [*snapshot.country_sets, *(r for group in snapshot.rules.values() for r in group)]
        for loaded in snapshot.lists.values():
            dated += loaded.entries
            yield loaded.meta.since
            yield loaded.meta.review_on
        for record in dated:
            yield record.since
            yield record.until

    def _period(self, day: date) -> int:
        """The number of legal boundaries passed: days of one period are decided alike."""
        return sum(boundary <= day for boundary in self._boundaries)

    def claim(self, code: str) -> str:
        """What a document code claims: licence, general_authorisation, not_listed or other."""
        known = self._claims.get(code)
        return known.claim if known else "other"
