"""From matches to determinations: one record an item and jurisdiction, with reasons, law, authorisations and questions.

Of a million items few have anything to say, and many of these say the same. Rules are asked of distinct facts (``decide/rows.py``), the
record of equal answers is made once (``decide/alike.py``), and each item points to its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from control_lists.models import Profile, Rule
from control_lists.snapshot import Snapshot
from screening.decide import rules as law
from screening.decide.alike import Said, alike, together
from screening.decide.builder import Builder, told
from screening.decide.determined import Determined
from screening.decide.gathered import Gathered, Matched, Matches
from screening.decide.moved import moved_note, reopened
from screening.decide.path import Step, steps
from screening.decide.predicates import Context
from screening.decide.records import INTERNATIONAL, RECORD, SHOWN
from screening.decide.rows import Mask, Places, Shared
from screening.goods.facts import FactReader
from screening.licences.claims import AUTHORISING
from screening.policy import Policy

_MOST_PERIODS = 100  # of which the questions are held: those of an archive of many years are made again
_LARGE = 10_000  # determinations from which on threads are worth their trouble


class Decider:
    """Applies the rule sets of a snapshot. Opened once. ``threads``: how many may decide a large batch, each a jurisdiction at a time."""

    def __init__(self, snapshot: Snapshot, policy: Policy, facts: FactReader, threads: int = 1) -> None:
        self._snapshot = snapshot
        self._policy = policy
        self._facts = facts
        self._threads = threads
        self._claims = {code.code: code for code in snapshot.document_codes}
        self._asked: dict[tuple[str, int], tuple[list[Rule], law.Questions]] = {}  # of each jurisdiction and period, once it is asked
        self._boundaries = sorted({day for day in self._all_dates() if day})

    def decide(self, matches: Matches, asked: pl.DataFrame) -> Determined:
        """Determinations for ``asked``: columns item, jurisdiction, as_of. Sorted as asked."""
        days = asked.get_column("as_of").unique()
        known = pl.DataFrame({"as_of": days, "period": [self._period(day) for day in days]}, schema={"as_of": pl.Date, "period": pl.Int64})
        periods = asked.with_row_index("order").join(known, on="as_of", how="left", maintain_order="left")
        every = self._gathered(matches)
        tables = [pl.DataFrame(schema=RECORD)]
        record: Places = np.zeros(asked.height, dtype=np.uint32)
        first = 0
        groups = [group for _, group in periods.group_by("jurisdiction", "period", maintain_order=True)]
        places = [every.place[group.get_column("item").to_numpy()] for group in groups]

        def decided(group: pl.DataFrame, asked_of: Places) -> Shared:
            return self._decide(str(group.item(0, "jurisdiction")), group.item(0, "as_of"), every, asked_of)

        with ThreadPoolExecutor(self._threads) as pool:  # which starts none before it is asked
            answers = pool.map(decided, groups, places) if asked.height >= _LARGE else map(decided, groups, places)
            for group, asked_of, (table, answer) in zip(groups, places, answers, strict=True):
                record[group.get_column("order").to_numpy()] = answer[asked_of] + first
                tables.append(table)
                first += table.height
        return Determined(asked.select("item", "jurisdiction", "as_of", record=pl.Series(record)), pl.concat(tables, rechunk=True))

    @cached_property
    def party_jurisdictions(self) -> tuple[str, ...]:
        """The jurisdictions, of states or international, that have rules on listed parties."""
        bodies = {j for j, profile in self._snapshot.profiles.items() if profile.states or j in INTERNATIONAL}
        return tuple(j for j, rules in sorted(self._snapshot.rules.items()) if j in bodies and any(r.subject == "party" for r in rules))

    # ---------------------------------------------------------------------------------------------------------
    def _decide(self, jurisdiction: str, day: date, every: Gathered, places: Places) -> Shared:
        """The different records (RECORD) of one jurisdiction and period, and for each item the number of its own."""
        profile = self._snapshot.profiles[jurisdiction]
        notes = self._edition_notes(profile, day)
        day = max(day, self._oldest_rule(jurisdiction))
        context = Context(self._snapshot, self._policy, self._facts, day)
        rules, questions = self._rules(jurisdiction, context)
        asking = law.Asking(context, questions)
        asked = every.among(places)
        in_scope = asked & every.operating(profile.operations)
        found = every.candidates.of(asked, self._own_candidates(profile, every.candidates.contents, day))
        met = every.party_matches.of(asked)
        documents = every.checked.of(asked, _own_documents(jurisdiction, every.checked.contents))
        # Where no goods are declared nothing moves that a rule on movements could be asked of: only the parties are compared.
        frames = {
            "item": every.item_rows(in_scope & every.declares_goods),
            "candidate": every.candidate_rows(found.of(in_scope)),
            "party": every.party_rows(met.of(in_scope)),
            "document": every.document_rows(documents.of(in_scope)),
        }
        fired = [law.apply(rule, frames[rule.subject], asking) for rule in rules if rule.then.authorisation is None]
        authorising = [rule for rule in rules if rule.then.authorisation is not None]
        licensing = [law.apply(rule, frames["document"], asking) for rule in authorising if rule.subject == "document"]
        weighed = [
            law.weigh(rule, frames["candidate"], law.liftable(rule, fired), asking) for rule in authorising if rule.subject != "document"
        ]
        outside = np.flatnonzero(asked & ~in_scope).astype(np.uint32)
        recognised = found.of(asked, (found.contents.get_column("status") != "hint").to_numpy())
        # Whatever a record tells of an item must be said here: items of which the same is said share a record.
        answers = alike(
            [
                *(
                    Said.of(one.rows.get_column("item").to_numpy(), one.rows.select(told(one.rule, context)))
                    for one in (*fired, *licensing, *weighed)
                    if one.rows.height
                ),
                Said(recognised.item, recognised.at),
                Said(documents.item, documents.at),
                every.presenting(asked, (code for code, known in self._claims.items() if known.claim in AUTHORISING)),
                Said(outside, np.zeros_like(outside)),
            ],
            every.movement.height,
        )
        spoken_for = every.among(answers.first)
        builder = Builder(self.claim, context, profile, found.of(spoken_for), met.of(spoken_for), documents.of(spoken_for))
        for say, all_said in ((builder.add, fired), (builder.license, licensing), (builder.authorise, weighed)):
            for one in all_said:
                if one.rows.height:
                    say(one.rule, one.rows.filter(pl.col("item").is_in(answers.first.tolist())))
        builder.lift()
        builder.documents(every.movement[answers.first], answers.first, is_checked=every.is_checked)
        tables = [
            Shared(builder.build(answers.first, notes, self.coverage(profile), set(outside.tolist())), answers.answer),
            self._shown(found, "candidates", self._policy.max_candidates, every.movement.height),
            self._shown(met, "party_matches", self._policy.max_party_matches, every.movement.height),
        ]
        different = together([table.at for table in tables])
        parts = [table.frame[places] for table, places in zip(tables, different.frame, strict=True)]
        return Shared(pl.concat(parts, how="horizontal").select(*RECORD), different.at)

    def _shown(self, matched: Matched, name: str, most: int, items: int) -> Shared:
        """The different lists of candidates or matches, and for each item the number of its own."""
        answers = alike([Said(matched.item, matched.at)], items)
        return Shared(matched.lists(answers.first, SHOWN[name], most).alias(name).to_frame(), answers.answer)

    def path(self, jurisdiction: str, day: date, matches: Matches) -> list[Step]:
        """What each rule of a jurisdiction asked of one item, and the values it read. Empty where the operation is out of scope."""
        profile = self._snapshot.profiles[jurisdiction]
        day = max(day, self._oldest_rule(jurisdiction))
        every = self._gathered(matches)
        in_scope = every.operating(profile.operations)
        found = every.candidates.of(in_scope, self._own_candidates(profile, every.candidates.contents, day))
        rows = {
            "item": every.item_rows(in_scope & every.declares_goods),
            "candidate": every.candidate_rows(found),
            "party": every.party_rows(every.party_matches.of(in_scope)),
            "document": every.document_rows(every.checked.of(in_scope, _own_documents(jurisdiction, every.checked.contents))),
        }
        names = {
            kind: contents[rows[kind].content].get_column(column).to_list()
            for kind, contents, column in (
                ("candidate", found.contents, "code"),
                ("party", every.party_matches.contents, "name"),
                ("document", every.checked.contents, "code"),
            )
        }
        return steps(self._in_force(jurisdiction, day), rows, names, Context(self._snapshot, self._policy, self._facts, day))

    def _gathered(self, matches: Matches) -> Gathered:
        """The findings gathered; a candidate that rests on a paragraph that moved is open under every law."""
        return Gathered.of(matches._replace(candidates=reopened(matches.candidates, self._snapshot)))

    def _in_force(self, jurisdiction: str, day: date) -> list[Rule]:
        return [rule for rule in self._snapshot.rules[jurisdiction] if law.in_force(rule, day)]

    def _rules(self, jurisdiction: str, context: Context) -> tuple[list[Rule], law.Questions]:
        """The rules in force and what they ask, which is the same on all days of a period."""
        period = jurisdiction, self._period(context.day)
        if (held := self._asked.get(period)) is None:
            rules = self._in_force(jurisdiction, context.day)
            held = rules, law.Questions.of(rules, context)
            if len(self._asked) >= _MOST_PERIODS:
                self._asked.clear()
            self._asked[period] = held
        return held

    def _own_candidates(self, profile: Profile, contents: pl.DataFrame, day: date) -> Mask:
        """Which candidates are of the lists this jurisdiction applies, of entries in force on the day."""
        if contents.is_empty():
            return np.empty(0, dtype=np.bool_)
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
        kept: Mask = contents.with_columns(kept=keep & alive).get_column("kept").to_numpy()
        return kept

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


def _own_documents(jurisdiction: str, contents: pl.DataFrame) -> Mask:
    """Which documents checked claim an authorisation under this law; one whose law is not said may be of any."""
    if contents.is_empty():
        return np.empty(0, dtype=np.bool_)
    of = pl.col("jurisdictions")
    kept: Mask = contents.select(kept=(of.list.len() == 0) | of.list.contains(jurisdiction)).to_series().to_numpy()
    return kept
