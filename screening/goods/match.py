"""The goods stage: items in, ranked control list candidates out, each with its status, criteria and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from control_lists.chemical_index import ChemicalIndex
from control_lists.snapshot import Snapshot
from screening.goods.catalogue import Catalogue, Node, NodeKey
from screening.goods.chemical_conflict import contradictions, doubted
from screening.goods.evaluate import Evaluation, Evaluator, Situation
from screening.goods.facts import FactReader
from screening.goods.recognise import Recognised, Recogniser
from screening.normalise.phrases import Phrases
from screening.policy import Policy

TEXT_FIELDS = ("description", "marks", "remarks", "end_use")  # tariff_text is the nomenclature's wording: never evidence
STRUCTURES = ("smiles", "inchi")  # attributes that hold the structure of a chemical
_DECLARES_STRUCTURE = pl.col("attributes").list.eval(pl.element().struct.field("name").is_in(STRUCTURES)).list.any().fill_null(False)
CRITERION = pl.Struct({"parameter": pl.String, "listed": pl.String, "declared": pl.String, "source": pl.String, "status": pl.String})
EVIDENCE = pl.Struct(
    {
        "field": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "declared": pl.String,
        "listed": pl.String,
        "comparison": pl.String,
        "score": pl.Float64,
    }
)
CANDIDATE: dict[str, Any] = {
    "item": pl.UInt32,
    "list": pl.String,
    "code": pl.String,
    "title": pl.String,
    "score": pl.Float64,
    "status": pl.String,
    "criteria": pl.List(CRITERION),
    "evidence": pl.List(EVIDENCE),
    "equal": pl.List(pl.String),
    "why": pl.List(pl.String),
    "questions": pl.List(pl.String),
    "regimes": pl.List(pl.String),
    "marks": pl.List(pl.String),
    "reasons": pl.List(pl.String),
    "concentration": pl.Float64,
    "consumer_packed": pl.Boolean,
    "near_limit": pl.Float64,
    "since": pl.Date,
    "until": pl.Date,
}
_RANK = {"declared": 0, "met": 1, "needs_data": 2, "not_met": 3, "hint": 4}


class GoodsMatcher:
    """Finds the goods candidates of items. Opened once with a snapshot and policy; keeps no result."""

    def __init__(self, snapshot: Snapshot, policy: Policy, chemicals: ChemicalIndex | None = None) -> None:
        self.catalogue = Catalogue(snapshot)
        self._chemicals = chemicals
        self._snapshot = snapshot
        self._policy = policy
        self._evaluator = Evaluator(FactReader(snapshot), policy.conclusive)
        self._mixture = Phrases(snapshot.words_of("mixture_words"))
        self._consumer = Phrases(snapshot.words_of("consumer_goods"))
        self._hints = self._hint_table()

    @cached_property
    def _recogniser(self) -> Recogniser:
        """Made ready when the first good is described: an enquiry about a party describes none."""
        return Recogniser(self._snapshot, self.catalogue, self._policy.term_threshold, self._chemicals)

    @property
    def facts(self) -> FactReader:
        """The reader of technical facts, for rules that ask for stated values."""
        return self._evaluator.facts

    def match(self, items: pl.DataFrame, lists: Iterable[str], as_of: date) -> pl.DataFrame:
        """Candidates of ``items`` (ITEM columns) in ``lists``: CANDIDATE columns, best first within each item."""
        wanted = frozenset(lists)
        texts = (
            items.select("item", *TEXT_FIELDS)
            .unpivot(on=TEXT_FIELDS, index="item", variable_name="field", value_name="text")
            .drop_nulls("text")
        )
        found = self._recogniser.recognise(texts.get_column("text").unique(maintain_order=True).to_list()) if texts.height else {}
        named = texts.filter(pl.col("text").is_in(list(found))).get_column("item")
        asked = items.filter(
            pl.col("item").is_in(named.implode())
            | pl.col("cas_number").is_not_null()
            | pl.col("control_code").is_not_null()
            | pl.col("un_number").is_not_null()
            | _DECLARES_STRUCTURE
        )
        non_party = self._snapshot.country_set("cwc_non_party", as_of) if self._snapshot.country_sets else frozenset()
        known: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        rows: list[dict[str, Any]] = []
        for item in asked.iter_rows(named=True):
            key = _situation_key(item)
            if key not in known:
                known[key] = self._candidates(item, found, wanted, non_party)
            rows += [{"item": item["item"], **row} for row in known[key]]
        candidates = pl.DataFrame(rows, schema=CANDIDATE)
        return self._with_hints(items, candidates, wanted)

    def _candidates(
        self, item: Mapping[str, Any], found: Mapping[str, list[Recognised]], wanted: frozenset[str], non_party: frozenset[str]
    ) -> list[dict[str, Any]]:
        by_node: dict[NodeKey, list[tuple[str, Recognised]]] = {}
        for field, recognised in self._consistent(item, list(self._all_recognised(item, found))):
            by_node.setdefault(recognised.node, []).append((field, recognised))
        if not by_node:
            return []
        text = " | ".join(str(item[field]) for field in TEXT_FIELDS if item[field])
        attributes = tuple((a["name"], a["value"] or "") for a in item["attributes"] or ())
        stated = self._evaluator.facts.attributes([{"name": n, "value": v} for n, v in attributes])
        destination = item["destination_country"]
        situation = Situation(
            text,
            item["hs_code"],
            attributes,
            "unknown" if destination is None else "non_party" if destination in non_party else "party",
            self._mixture.first_in(text) is not None or any(r.is_ingredient for signs in by_node.values() for _, r in signs),
            self._consumer.first_in(text) is not None,
        )
        best: dict[NodeKey, tuple[Node, Evaluation, list[tuple[str, Recognised]]]] = {}
        for key, signs in by_node.items():
            for node in self.catalogue.known_to[key]:
                if node.list_id not in wanted:
                    continue
                described = _answering(self.catalogue.nodes[key], node)
                outcome = self._evaluator.evaluate(described, [r for _, r in signs], situation, stated)
                if outcome is None:
                    continue
                if node.key != key:
                    outcome = outcome._replace(code=node.entry.code)
                held = best.get(node.key)
                if held is None or _order(outcome) < _order(held[1]):
                    best[node.key] = (node, outcome, signs)
        kept = [one for key, one in best.items() if not _has_better_below(key, one[1], best)]
        return [self._row(*one) for one in sorted(kept, key=lambda one: (*_order(one[1]), one[1].code))]

    def _all_recognised(self, item: Mapping[str, Any], found: Mapping[str, list[Recognised]]) -> Iterable[tuple[str, Recognised]]:
        for field in TEXT_FIELDS:
            for recognised in found.get(item[field] or "", ()):
                yield field, recognised
        for field in ("cas_number", "un_number"):
            for identifier in _split(item[field]):
                for recognised in self._recogniser.declared_identifier(field, identifier):
                    yield field, recognised
        for code in _split(item["control_code"]):
            for recognised in self._recogniser.declared_code(code, code, -1, -1):
                yield "control_code", recognised

        for attribute in item["attributes"] or ():
            if attribute["name"] in STRUCTURES and attribute["value"]:
                for recognised in self._recogniser.declared_structure(attribute["value"]):
                    yield attribute["name"], recognised

    def _consistent(self, item: Mapping[str, Any], signs: list[tuple[str, Recognised]]) -> list[tuple[str, Recognised]]:
        """The signs, those of chemicals that another identifier of the item contradicts with the question which is right."""
        if not any(r.chemical for _, r in signs):
            return signs
        texts = [str(item[field]) for field in TEXT_FIELDS if item[field]]
        ingredients = frozenset(r.chemical for _, r in signs if r.is_ingredient and r.chemical)
        return doubted(signs, contradictions(texts, _split(item["cas_number"]), self._recogniser.substances, ingredients))

    def with_problems(self, items: pl.DataFrame) -> pl.DataFrame:
        """The items, those whose declared structure was not read with the problem that says why."""
        problems = {
            item["item"]: found
            for item in items.filter(_DECLARES_STRUCTURE).iter_rows(named=True)
            if (
                found := [why for a in item["attributes"] if a["name"] in STRUCTURES and (why := self._recogniser.unread(a["value"] or ""))]
            )
        }
        if not problems:
            return items
        unread = pl.DataFrame(
            {"item": list(problems), "unread": list(problems.values())}, {"item": items.schema["item"], "unread": pl.List(pl.String)}
        )
        joined = items.join(unread, on="item", how="left", maintain_order="left")
        return joined.with_columns(pl.concat_list(pl.col("problems").fill_null([]), pl.col("unread").fill_null([])).alias("problems")).drop(
            "unread"
        )

    def _row(self, node: Node, outcome: Evaluation, signs: Sequence[tuple[str, Recognised]]) -> dict[str, Any]:
        return {
            "list": node.list_id,
            "code": outcome.code,
            "title": node.entry.title,
            "score": round(outcome.score, 1),
            "status": outcome.status,
            "criteria": [
                {"parameter": j.parameter, "listed": j.listed, "declared": j.declared, "source": j.source, "status": j.status}
                for j in outcome.judged
            ],
            "evidence": [
                {
                    "field": f,
                    "start": r.start,
                    "end": r.end,
                    "declared": r.declared,
                    "listed": r.listed,
                    "comparison": r.how,
                    "score": round(r.score, 1),
                }
                for f, r in sorted(signs, key=lambda s: (-s[1].score, s[0], s[1].start, s[1].listed))[:5]
            ],
            "equal": sorted(f"{other.list_id}:{other.entry.code}" for other in self._equals(node) if other.key != node.key),
            "why": list(outcome.why),
            "questions": list(outcome.questions),
            "regimes": list(node.regimes),
            "marks": list(node.marks),
            "reasons": list(node.reasons),
            "concentration": outcome.concentration,
            "consumer_packed": outcome.consumer_packed,
            "near_limit": outcome.near_limit,
            "since": node.entry.since,
            "until": node.entry.until,
        }

    def _equals(self, node: Node) -> tuple[Node, ...]:
        key = tuple(node.entry.same_as.split(":", 1)) if node.entry.same_as else node.key
        return self.catalogue.known_to.get((key[0], key[1]), ())

    def _hint_table(self) -> pl.DataFrame:
        """HS links as rows: a declared code hints at a node and says no more."""
        rows = [
            {
                "hs": link.code,
                "list": answering.list_id,
                "code": answering.entry.code,
                "title": answering.entry.title,
                "confidence": link.confidence,
            }
            for node in self.catalogue.nodes.values()
            for link in node.entry.hs
            if link.confidence != "candidate"
            for answering in self.catalogue.known_to[node.key]
        ]
        return pl.DataFrame(
            rows, schema={"hs": pl.String, "list": pl.String, "code": pl.String, "title": pl.String, "confidence": pl.String}
        ).unique(["hs", "list", "code"], maintain_order=True)

    def _with_hints(self, items: pl.DataFrame, candidates: pl.DataFrame, wanted: frozenset[str]) -> pl.DataFrame:
        table = self._hints.filter(pl.col("list").is_in(list(wanted)))
        if table.is_empty():
            return candidates
        coded = items.select("item", "hs_code").drop_nulls()
        heading = pl.col("code").str.slice(0, 5)
        hints = pl.concat(
            coded.with_columns(hs=pl.col("hs_code").str.slice(0, width)).filter(pl.col("hs").str.len_chars() == width).join(table, on="hs")
            for width in (2, 4, 6)
        ).unique(["item", "list", "code"], maintain_order=True)
        hints = hints.with_columns(heading=heading).join(
            candidates.select("item", "list", heading=heading).unique(), on=["item", "list", "heading"], how="anti"
        )
        evidence = pl.concat_list(
            pl.struct(
                field=pl.lit("hs_code"),
                start=pl.lit(-1, pl.Int64),
                end=pl.lit(-1, pl.Int64),
                declared=pl.col("hs_code"),
                listed="hs",
                comparison=pl.format("hs_{}", "confidence"),
                score=pl.lit(20.0),
            )
        )
        nothing = pl.lit([], pl.List(pl.String))
        rows = hints.select(
            "item", "list", "code", "title",
            score=pl.lit(20.0), status=pl.lit("hint"), criteria=pl.lit([], pl.List(CRITERION)), evidence=evidence, equal=nothing,
            why=nothing, questions=nothing, regimes=nothing, marks=nothing, reasons=nothing,
            concentration=pl.lit(None, pl.Float64), consumer_packed=pl.lit(False), near_limit=pl.lit(None, pl.Float64),
            since=pl.lit(None, pl.Date), until=pl.lit(None, pl.Date),
        )  # fmt: skip
        return pl.concat([candidates, rows]).sort("item", maintain_order=True)


def _situation_key(item: Mapping[str, Any]) -> tuple[Any, ...]:
    attributes = tuple((a["name"], a["value"]) for a in item["attributes"] or ())
    return (
        *(item[f] for f in TEXT_FIELDS),
        item["hs_code"],
        item["cas_number"],
        item["un_number"],
        item["control_code"],
        item["destination_country"],
        attributes,
    )


def _answering(described: Node, answering: Node) -> Node:
    """The described node judged under the limits and notes of the list that answers."""
    if described.key == answering.key:
        return described
    own = answering.entry
    shown = described.entry.model_copy(update={"title": own.title, **({"mixture": own.mixture} if own.mixture else {})})
    return described._replace(entry=shown, chain=(shown, *described.chain[1:], *answering.chain))


def _order(outcome: Evaluation) -> tuple[int, float]:
    return _RANK[outcome.status], -outcome.score


def _has_better_below(key: NodeKey, outcome: Evaluation, best: Mapping[NodeKey, tuple[Node, Evaluation, Any]]) -> bool:
    """A heading is not shown beside a paragraph of it that is at least as good."""
    return any(
        other[0] == key[0] and other[1].startswith(key[1] + ".") and _order(held[1])[0] <= _RANK[outcome.status]
        for other, held in best.items()
    )


def _split(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").replace(",", ";").split(";") if part.strip()]
