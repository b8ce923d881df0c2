"""The goods stage: items in, ranked control list candidates out, each with its status, criteria and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from control_lists.chemical_index import ChemicalIndex
from control_lists.snapshot import Snapshot
from screening.goods.candidates import CANDIDATE, RANK, TEXT_FIELDS
from screening.goods.catalogue import Catalogue, Node, NodeKey
from screening.goods.chemical_conflict import contradictions, doubted
from screening.goods.coverage import depth_of
from screening.goods.evaluate import Evaluation, Evaluator, Situation
from screening.goods.facts import FactReader
from screening.goods.hs_hints import HsHints
from screening.goods.recognise import Recognised, Recogniser, as_frame, by_text
from screening.goods.told import ranked
from screening.normalise.phrases import Phrases
from screening.policy import Policy

STRUCTURES = ("smiles", "inchi")  # attributes that hold the structure of a chemical
_DECLARES_STRUCTURE = pl.col("attributes").list.eval(pl.element().struct.field("name").is_in(STRUCTURES)).list.any().fill_null(False)

SITUATION = (*TEXT_FIELDS, "hs_code", "cas_number", "un_number", "control_code", "destination_country")
"""What decides, with the attributes, which candidates an item has: items that are alike in it have the same."""


class GoodsMatcher:
    """Finds the goods candidates of items. Opened once with a snapshot and policy; keeps no result.

    ``threads``: how many a large search may use.
    """

    def __init__(self, snapshot: Snapshot, policy: Policy, chemicals: ChemicalIndex | None = None, threads: int = 1) -> None:
        self.catalogue = Catalogue(snapshot)
        self._chemicals = chemicals
        self._threads = threads
        self._snapshot = snapshot
        self._policy = policy
        self._evaluator = Evaluator(FactReader(snapshot), policy.conclusive, self.catalogue.titles_below)
        self._mixture = Phrases(snapshot.words_of("mixture_words"))
        self._consumer = Phrases(snapshot.words_of("consumer_goods"))
        self._hs_hints = HsHints(self.catalogue)

    @cached_property
    def _recogniser(self) -> Recogniser:
        """Made ready when the first good is described: an enquiry about a party describes none."""
        return Recogniser(self._snapshot, self.catalogue, self._policy.term_threshold, self._chemicals, self._threads)

    @property
    def facts(self) -> FactReader:
        """The reader of technical facts, for rules that ask for stated values."""
        return self._evaluator.facts

    def reach(self, texts: pl.Series) -> pl.DataFrame:
        """What distinct ``texts`` name: RECOGNISED columns."""
        return as_frame(self._recogniser.recognise(texts.to_list()) if len(texts) else {})

    def match(self, items: pl.DataFrame, lists: Iterable[str], as_of: date, reached: pl.DataFrame | None = None) -> pl.DataFrame:
        """Candidates of ``items`` (ITEM columns) in ``lists``: CANDIDATE columns, best first within each item.

        ``reached``: what ``reach`` gave of the texts of these items, and maybe of others.
        """
        wanted = frozenset(lists)
        texts = texts_of(items)
        if reached is None:
            reached = self.reach(texts)
        found = by_text(reached.filter(pl.col("text").is_in(texts.implode())))
        asked = items.filter(
            pl.any_horizontal(pl.col(field).is_in(list(found)) for field in TEXT_FIELDS)
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
        return pl.concat([candidates, self._hs_hints.of(items, candidates, wanted)]).sort("item", maintain_order=True)

    def _candidates(
        self,
        item: Mapping[str, Any],
        found: Mapping[str, list[Recognised]],
        wanted: frozenset[str],
        non_party: frozenset[str],
    ) -> list[dict[str, Any]]:
        by_node: dict[NodeKey, list[tuple[str, Recognised]]] = {}
        likes: dict[NodeKey, list[tuple[str, Recognised]]] = {}
        for field, recognised in self._consistent(item, list(self._all_recognised(item, found))):
            if recognised.how != "resembles":
                by_node.setdefault(recognised.node, []).append((field, recognised))
            elif field == "description" and recognised.node[0] in wanted:
                likes.setdefault(recognised.node, []).append((field, recognised))
        if not by_node:
            return [self._row(*one) for one in ranked((), likes, self.catalogue)]
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
        best: dict[NodeKey, tuple[Node, Evaluation, list[tuple[str, Recognised]], Node]] = {}
        stands: dict[NodeKey, bool] = {}
        for key, signs in sorted(by_node.items(), key=_only_by_code):  # what words name first: a declared code is judged beside it
            below = [stood for (list_id, code), stood in stands.items() if list_id == key[0] and code.startswith(f"{key[1]}.")]
            for node in self.catalogue.known_to[key]:
                if node.list_id not in wanted:
                    continue
                described = _answering(self.catalogue.nodes[key], node)
                outcome = self._evaluator.evaluate(described, [r for _, r in signs], situation, stated, any(below) if below else None)
                if outcome is None:
                    continue
                if outcome.status != "hint":
                    stands[key] = stands.get(key, False) or outcome.status != "not_met"
                if node.key != key:
                    outcome = outcome._replace(code=node.entry.code)
                held = best.get(node.key)
                if held is None or _order(outcome) < _order(held[1]):
                    best[node.key] = (node, outcome, signs, self.catalogue.nodes[key])
        kept = [one for key, one in best.items() if not _has_better_below(key, one[1], best)]
        return [self._row(*one) for one in ranked(kept, likes, self.catalogue)]

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

    def _row(self, node: Node, outcome: Evaluation, signs: Sequence[tuple[str, Recognised]], described: Node) -> dict[str, Any]:
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
            "coverage": depth_of(described, self.catalogue),
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


def texts_of(items: pl.DataFrame) -> pl.Series:
    """The distinct texts of items that are compared."""
    columns = pl.concat(items.select(text=pl.col(field).drop_nulls().unique(maintain_order=True)) for field in TEXT_FIELDS)
    return columns.get_column("text").unique(maintain_order=True)


def _situation_key(item: Mapping[str, Any]) -> tuple[Any, ...]:
    attributes = tuple((a["name"], a["value"]) for a in item["attributes"] or ())
    return (*(item[field] for field in SITUATION), attributes)


def _answering(described: Node, answering: Node) -> Node:
    """The described node judged under the limits and notes of the list that answers."""
    if described.key == answering.key:
        return described
    own = answering.entry
    shown = described.entry.model_copy(update={"title": own.title, **({"mixture": own.mixture} if own.mixture else {})})
    return described._replace(entry=shown, chain=(shown, *described.chain[1:], *answering.chain))


def _only_by_code(signs: tuple[NodeKey, Sequence[tuple[str, Recognised]]]) -> bool:
    return all(recognised.how == "control_code" for _, recognised in signs[1])


def _order(outcome: Evaluation) -> tuple[int, float]:
    return RANK[outcome.status], -outcome.score


def _has_better_below(key: NodeKey, outcome: Evaluation, best: Mapping[NodeKey, tuple[Node, Evaluation, Any, Node]]) -> bool:
    """A heading is not shown beside a paragraph of it that is at least as good."""
    return any(
        other[0] == key[0] and other[1].startswith(key[1] + ".") and _order(held[1])[0] <= RANK[outcome.status]
        for other, held in best.items()
    )


def _split(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").replace(",", ";").split(";") if part.strip()]
