"""What the rules say of each item of one jurisdiction and period, collected and made into records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from control_lists.codes.control_code import is_under
from control_lists.models import Profile, Rule
from screening.decide import rules as law
from screening.decide.predicates import Context, questions
from screening.decide.records import DETERMINATION, NOTE, OPEN, SEVERITY, SHOWN_CANDIDATE, SHOWN_MATCH
from screening.licences.claims import AUTHORISING
from screening.licences.records import OUTCOMES

_BRACE = re.compile(
    r"\{(code|title|destination|export_country|party|listed_name|programme|effect|hs_code|reasons|authority|document|said|outcome)\}"
)
_WORKING = frozenset({"row", "lifts", "open", "lane", "requires"})  # of a reason, while it is being decided
_OPEN = {"declared": "the register does not hold it", "unknown": "what decides is not declared"}
_LANE = {"NO_FINDING": "green", "GENERAL_AUTHORISATION": "blue", "REVIEW": "yellow", "LICENCE_REQUIRED": "red", "PROHIBITED": "red"}


class Builder:
    """Collects what the rules say of each item of one jurisdiction and period, then makes the records."""

    def __init__(
        self,
        claim: Callable[[str], str],
        context: Context,
        profile: Profile,
        candidates: pl.DataFrame,
        matches: pl.DataFrame,
        checked: pl.DataFrame,
    ) -> None:
        self._claim = claim
        self._context = context
        self._profile = profile
        self._candidates = candidates.to_dicts()
        self._matches = matches.to_dicts()
        self._checked = checked.to_dicts()
        self.reasons: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.notes: dict[int, list[dict[str, str]]] = defaultdict(list)
        self.questions: dict[int, list[str]] = defaultdict(list)
        self.authorisations: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self._unverified: dict[int, str] = {}  # why a declared licence is not

    def add(self, fired: law.Fired) -> None:
        """A rule's reasons and notes. A note whose rule is not settled is not given; a flag then asks."""
        rule = fired.rule
        for row, others in self._told_once(rule, fired.rows):
            item, unknown = row["item"], row["unknown"]
            about = self._about(rule, row)
            text = _fill(rule.then.text, about) + (f" The same party is also listed as {', '.join(others)}." if others else "")
            if rule.then.note is not None:
                if not unknown:
                    self._note(item, rule.then.note, f"{text} [{'; '.join(rule.cites)}]")
                continue
            flag = "REVIEW" if unknown else rule.then.flag or "REVIEW"
            self.reasons[item].append(self._reason(rule, flag, f"{OPEN}{text}" if unknown else text, about, len(unknown)))
            asked = [q for key in unknown for q in questions(key, rule.when[key], self._context)]
            if "listed_in" in unknown:
                asked += about["questions"]
            if rule.then.question and flag == "REVIEW":
                asked.append(rule.then.question)
            if rule.subject == "document":
                asked += about["questions"]
            if unknown and about["subsidiaries"]:
                asked.append(f"If {{party}} is another firm than {{listed_name}}: {about['subsidiaries']}")
            self.questions[item] += [_fill(q, about) for q in asked]

    def license(self, fired: law.Fired) -> None:
        """Each document that a rule finds valid lifts the licence requirements that it covers; they stay visible, and so does it."""
        for row in fired.rows.iter_rows(named=True):
            checked, about = self._checked[row["row"]], self._about(fired.rule, row)
            covered = [r for r in self.reasons[row["item"]] if not r["lifted_by"] and r["requires"] and _is_covered(r, checked)]
            for reason in covered:
                reason["lifted_by"] = about["document"]
            if covered:
                self.reasons[row["item"]].append(
                    self._reason(fired.rule, "GENERAL_AUTHORISATION", _fill(fired.rule.then.text, about), about)
                )

    def authorise(self, rule: Rule, rows: pl.DataFrame) -> None:
        """An authorisation against each reason it may lift: usable, failing, or open."""
        liftable: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        for item, reasons in self.reasons.items():
            for reason in reasons:
                if reason["rule_id"] in rule.then.lifts and reason["flag"] == "LICENCE_REQUIRED":
                    liftable[item, reason["row"]].append(reason)
        keys = pl.DataFrame(list(liftable), schema={"item": pl.UInt32, "row": pl.UInt32}, orient="row")
        concerned = rows.join(keys, on=["item", "row"], how="semi")
        if concerned.is_empty():
            return
        truths = law.truths(rule, concerned, self._context)
        for position, row in enumerate(concerned.iter_rows(named=True)):
            reasons = liftable[row["item"], row["row"]]
            failed = [key for key, values in truths.items() if values[position] is False]
            unknown = [key for key, values in truths.items() if values[position] is None]
            outcome = "fails" if failed else "unknown" if unknown else "usable"
            self.authorisations[row["item"]].append(
                {
                    "id": rule.then.authorisation,
                    "outcome": outcome,
                    "entry": reasons[0]["entry"],
                    "law": "; ".join(rule.cites),
                    "failed": failed,
                    "unknown": unknown,
                    "conditions": list(rule.then.conditions) if outcome != "fails" else [],
                    "reference": None,
                    "evidence": [],
                }
            )
            for reason in reasons if outcome != "fails" else ():
                reason["lifts"].append((rule, self._about(rule, row), unknown))

    def lift(self) -> None:
        """Each liftable reason is lifted by the usable authorisations; where only the open ones are left, by a question."""
        for item, reasons in self.reasons.items():
            for reason in list(reasons):
                if reason["lifted_by"]:
                    continue
                usable = [one for one in reason["lifts"] if not one[2]]
                for rule, about, unknown in usable or reason["lifts"]:
                    reason["lifted_by"] = reason["lifted_by"] or rule.then.authorisation
                    text = _fill(rule.then.text, about)
                    if unknown:
                        reasons.append(self._reason(rule, "REVIEW", f"{OPEN}{text}", about))
                        self.questions[item] += [_fill(q, about) for key in unknown for q in questions(key, rule.when[key], self._context)]
                        continue
                    reasons.append(self._reason(rule, "GENERAL_AUTHORISATION", text, about))
                    for condition in rule.then.conditions:
                        self._note(item, f"condition_{rule.then.authorisation}", condition)

    def documents(self, movement: pl.DataFrame, *, is_checked: bool) -> None:
        """Declared authorisations: as they were checked, or still to be verified. ``is_checked``: a register of licences is held."""
        known: set[tuple[int, str]] = set()
        for one in self._checked:
            known.add((one["item"], one["code"]))
            self.authorisations[one["item"]].append(
                _authorisation(one["code"], one["outcome"])
                | {name: one[name] for name in ("failed", "unknown", "conditions", "reference", "evidence")}
            )
            if one["outcome"] in _OPEN:
                self._unverified[one["item"]] = _OPEN[one["outcome"]]
        why = "it is of another law" if is_checked else "not checked: no register"
        for item, codes in movement.filter(pl.col("document_codes").list.len() > 0).select("item", "document_codes").iter_rows():
            for code in dict.fromkeys(codes):
                if (item, code) not in known and self._claim(code) in AUTHORISING:
                    self._unverified[item] = why
                    self.authorisations[item].append(_authorisation(code, "declared") | {"unknown": ["register"]})

    def build(
        self, group: pl.DataFrame, notes: Sequence[dict[str, str]], coverage: list[dict[str, str]], out_of_scope: set[int]
    ) -> pl.DataFrame:
        """The records of this jurisdiction and period. ``coverage`` stands beside every NO_FINDING."""
        candidates: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for candidate in self._candidates:
            candidates[candidate["item"]].append(candidate)
        matched: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for match in self._matches:
            matched[match["item"]].append(match)
        outside = {"id": "out_of_scope", "text": self._profile.no_rule_note}
        speaking = {*self.reasons, *self.notes, *self.authorisations, *candidates, *matched, *out_of_scope}
        rows = []
        for item, as_of in group.filter(pl.col("item").is_in(list(speaking))).select("item", "as_of").iter_rows():
            own = [*notes, *([outside] if item in out_of_scope else []), *self.notes[item]]
            rows.append(self._record(item, as_of, candidates[item], matched[item], own, coverage))
        silent = group.filter(~pl.col("item").is_in(list(speaking)))
        quiet = self._quiet(silent, [*notes, *coverage])
        return pl.concat([pl.DataFrame(rows, schema=DETERMINATION), quiet])

    # ---------------------------------------------------------------------------------------------------------
    def _record(
        self,
        item: int,
        as_of: date,
        candidates: list[dict[str, Any]],
        matched: list[dict[str, Any]],
        notes: list[dict[str, str]],
        coverage: list[dict[str, str]],
    ) -> dict[str, Any]:
        policy = self._context.policy
        reasons = sorted(
            self.reasons[item],
            key=lambda r: (
                r["lifted_by"] is not None,
                -SEVERITY[r["flag"]],
                r["open"],
                r["status"],
                r["rule_id"],
                r["entry"] or "",
                r["entity"] or "",
            ),
        )
        flag = max((r["flag"] for r in reasons if r["lifted_by"] is None), key=SEVERITY.__getitem__, default="NO_FINDING")
        lane = _LANE[flag]
        if flag == "LICENCE_REQUIRED" and item in self._unverified:
            lane = "yellow"
            told = f"A licence is declared and not verified ({self._unverified[item]})"
            text = f"{told}: verify number, holder, goods, destination, validity and balance."
            notes = [*notes, {"id": "licence_declared", "text": text}]
        if any(r["lane"] and r["lifted_by"] is None for r in reasons):
            lane = "red"
        asked = list(self.questions[item])
        if flag == "NO_FINDING":
            notes = [*notes, *coverage]
        elif self._profile.hold_days and SEVERITY[flag] >= SEVERITY["REVIEW"]:
            held = f"Customs may hold the movement for {self._profile.hold_days} working days to consult {self._profile.authority}."
            notes = [*notes, {"id": "hold_clock", "text": held}]
        if any(c["status"] == "needs_data" for c in candidates):
            asked += [q for c in candidates if c["status"] == "needs_data" for q in c["questions"]]
        if flag == "REVIEW" and not asked:
            asked.append("Which document or data sheet shows what the good is, what it is for and who will use it?")
        return {
            "item": item,
            "jurisdiction": self._profile.id,
            "as_of": as_of,
            "flag": flag,
            "lane": lane,
            "reasons": [{k: v for k, v in r.items() if k not in _WORKING} for r in reasons],
            "candidates": [{k: c[k] for k in SHOWN_CANDIDATE.to_schema()} for c in candidates[: policy.max_candidates]],
            "party_matches": [{k: m[k] for k in SHOWN_MATCH.to_schema()} for m in matched[: policy.max_party_matches]],
            "authorisations": _best_of_each(self.authorisations[item]),
            "red_flags": [],
            "questions": list(dict.fromkeys(asked))[: policy.max_questions],
            "notes": _distinct(notes),
        }

    def _quiet(self, group: pl.DataFrame, notes: list[dict[str, str]]) -> pl.DataFrame:
        """Items of which nothing was found: the same record but for item and day."""
        empty = {name: pl.lit([], dtype) for name, dtype in DETERMINATION.items() if isinstance(dtype, pl.List)}
        stated = pl.Series("notes", [_distinct(notes)], dtype=pl.List(NOTE))
        return group.select(
            "item",
            pl.lit(self._profile.id).alias("jurisdiction"),
            "as_of",
            pl.lit("NO_FINDING").alias("flag"),
            pl.lit("green").alias("lane"),
            *(value.alias(name) for name, value in empty.items() if name != "notes"),
            pl.lit(stated).first().alias("notes"),
        ).select(*DETERMINATION)

    def _told_once(self, rule: Rule, rows: pl.DataFrame) -> Iterator[tuple[dict[str, Any], list[str]]]:
        """The rows a rule fired on; of several listings of one declared party the first, with the names of the others."""
        told: dict[tuple[Any, ...], tuple[dict[str, Any], list[str]]] = {}
        for number, row in enumerate(rows.iter_rows(named=True)):
            key: tuple[Any, ...] = (number,)
            own = ""
            if rule.subject == "party":
                match = self._matches[row["row"]]
                own = f"{match['list']}:{match['entity_id']}"
                key = (row["item"], match["party"], match["same_as"] or own, tuple(row["unknown"]))
            if key in told:
                told[key][1].append(own)
            else:
                told[key] = (row, [])
        yield from told.values()

    def _reason(self, rule: Rule, flag: str, text: str, about: dict[str, Any], unsettled: int = 0) -> dict[str, Any]:
        return {
            "rule_id": rule.id,
            "flag": flag,
            "law": "; ".join(rule.cites),
            "text": text,
            "entry": about["entry"],
            "entity": about["entity"],
            "status": rule.status,
            "lifted_by": None,
            "evidence": about["evidence"],
            "row": about["row"],
            "lifts": [],
            "open": unsettled,
            "lane": rule.then.lane,
            "requires": rule.then.flag == "LICENCE_REQUIRED",
        }

    def _about(self, rule: Rule, row: dict[str, Any]) -> dict[str, Any]:
        """What a rule's sentence can name, and the evidence behind it."""
        names = self._context.snapshot.country_names
        about: dict[str, Any] = {
            "destination": names.get(row["destination_country"] or "", row["destination_country"] or "an unknown country"),
            "export_country": names.get(row["export_country"] or "", row["export_country"] or "an unknown country"),
            "hs_code": row["hs_code"] or "not declared",
            "authority": self._profile.authority,
            "entry": None,
            "entity": None,
            "questions": [],
            "subsidiaries": None,
            "row": row.get("row"),
        }
        if rule.subject == "candidate":
            candidate = self._candidates[row["row"]]
            code = candidate["code"]
            about |= {
                "code": code,
                "title": candidate["title"],
                "reasons": ", ".join(candidate["reasons"]),
                "entry": f"{candidate['list']}:{code}",
                "questions": candidate["questions"],
                "evidence": candidate["evidence"],
            }
        elif rule.subject == "party":
            match = self._matches[row["row"]]
            about |= {
                "party": match["name"],
                "listed_name": match["listed_name"],
                "programme": ", ".join(match["programmes"]),
                "effect": match["effect"],
                "subsidiaries": match["subsidiaries"],
                "entity": f"{match['list']}:{match['entity_id']}",
                "evidence": [_as_evidence(match)],
            }
        elif rule.subject == "document":
            checked = self._checked[row["row"]]
            about |= {
                "document": f"{checked['code']} {checked['reference'] or ''}".strip(),
                "said": checked["said"],
                "outcome": checked["outcome"],
                "questions": checked["questions"],
                "evidence": checked["evidence"],
            }
        else:
            fields = ("destination_country", "origin_country", "export_country", "hs_code", "end_use_informed")
            read = {"destination": 0, "destination_not": 0, "origin": 1, "export_from": 2, "hs_under": 3, "end_use_informed": 4}
            used = sorted({fields[read[key]] for key in rule.when if key in read})
            about["evidence"] = [
                {"field": f, "start": -1, "end": -1, "declared": str(row[f]), "listed": rule.id, "comparison": "rule", "score": 100.0}
                for f in used
                if row[f]
            ]
        return about

    def _note(self, item: int, note_id: str, text: str) -> None:
        self.notes[item].append({"id": note_id, "text": text})


def _as_evidence(match: dict[str, Any]) -> dict[str, Any]:
    return {
        "field": f"parties.{match['role']}",
        "start": 0,
        "end": len(match["name"]),
        "declared": match["name"],
        "listed": match["listed_name"],
        "comparison": match["strength"],
        "score": match["score"],
    }


def _fill(template: str, about: dict[str, Any]) -> str:
    """The sentence with its braces filled in one pass: what a declared text contains is never read as a template."""
    return _BRACE.sub(lambda match: match[0] if about.get(match[1]) is None else str(about[match[1]]), template)


def _authorisation(id_: str, outcome: str) -> dict[str, Any]:
    """An authorisation that is no more than named."""
    empty: dict[str, Any] = {name: [] for name in ("failed", "unknown", "conditions", "evidence")}
    return {"id": id_, "outcome": outcome, "entry": None, "law": None, "reference": None, **empty}


def _is_covered(reason: dict[str, Any], checked: dict[str, Any]) -> bool:
    """Whether a licence covers a requirement: one on goods by control code, one on a party by naming that party, others whole."""
    if reason["entity"] is not None:
        return bool({one["declared"] for one in reason["evidence"]} & set(checked["parties"]))
    if reason["entry"] is None or not checked["covers"]:
        return True
    code = reason["entry"].partition(":")[2]
    return any(is_under(code, covered) or is_under(covered, code) for covered in checked["covers"])


def _best_of_each(authorisations: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each authorisation once an entry and number, by the rule of it that comes furthest; the usable first."""
    rank = {outcome: place for place, outcome in enumerate(("usable", *OUTCOMES, "fails"))}
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in sorted(authorisations, key=lambda a: (rank[a["outcome"]], len(a["failed"]), str(a["id"]), str(a["reference"]))):
        best.setdefault((one["id"], one["entry"], one["reference"]), one)
    return sorted(best.values(), key=lambda a: (rank[a["outcome"]], str(a["id"]), str(a["entry"])))


def _distinct(notes: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return list({(note["id"], note["text"]): note for note in notes}.values())
