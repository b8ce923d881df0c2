"""One control entry as a person looks it up: what it is, what decides, how trade names it, which law applies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from control_lists.codes.control_code import is_under
from control_lists.models import Alternatives, Criterion
from screening.decide import rules as law
from screening.decide.predicates import PREDICATES, Context
from screening.engine import Screener
from screening.errors import UsageError
from screening.explain import Line
from screening.goods.catalogue import Node
from screening.goods.coverage import DEPTHS, coverage_of
from screening.goods.criteria import limit_text
from screening.quotations import quotation, quotation_lines


def describe(screener: Screener, code: str, day: date) -> list[dict[str, Any]]:
    """The entry ``code`` in every list that holds it, with paragraphs and rules; raises UsageError when none does."""
    code = code.strip().rstrip(".")
    found = []
    for list_id, loaded in screener.snapshot.lists.items():
        node = screener.goods.catalogue.nodes.get((list_id, code)) or screener.goods.catalogue.nodes.get((list_id, code.upper()))
        if node is not None:
            below = [e for e in loaded.entries if e.parent == node.entry.code]
            found.append(
                {
                    "list": list_id,
                    "list_title": loaded.meta.title,
                    "edition": loaded.meta.edition,
                    "entry": node.entry.model_dump(mode="json", exclude_defaults=True),
                    "regimes": list(node.regimes),
                    "marks": list(node.marks),
                    "criteria": [list(part) for part in _tree(node.criteria, screener, 0)],
                    "parameters": sorted(set(_parameters(node.criteria))),
                    "paragraphs": [{"code": e.code, "title": e.title} for e in below],
                    "substances": sorted(
                        f"{s.name} (CAS {', '.join(s.cas)})" if s.cas else s.name
                        for s in screener.snapshot.substances.values()
                        for listing in s.listings
                        if listing.list == list_id and is_under(listing.code, node.entry.code)
                    ),
                    "rules": _rules(screener, node, day),
                    "coverage": coverage_of(node, screener.goods.catalogue)._asdict(),
                    "official": quotation(screener.snapshot.texts, list_id, node.entry.code),
                    "text_changed": (change := screener.snapshot.moved.get(list_id)) is not None and change.under(node.entry.code),
                }
            )
    if not found:
        held = sorted({key[1] for key in screener.goods.catalogue.nodes if key[1][:3] == code[:3].upper()})
        near = f"; near it: {', '.join(held[:8])}" if held else ""
        raise UsageError(f"no list held has an entry '{code}'{near}")
    return found


def lines(found: list[dict[str, Any]]) -> Iterator[Line]:
    """The description as lines of text."""
    for one in found:
        entry = one["entry"]
        yield Line("title", f"{entry['code']}  {entry['title']}")
        yield Line("detail", f"{one['list_title']}, edition {one['edition']}  [{one['list']}]")
        yield Line("text", DEPTHS[one["coverage"]["depth"]] + (f": {why}" if (why := one["coverage"]["why"]) else ""))
        if one["official"]:
            heading, *printed = quotation_lines(one["official"])
            yield Line("heading", heading[:1].upper() + heading[1:])
            for text in printed:
                yield Line("text", text)
        if one["text_changed"]:
            yield Line("question", "rule text changed since our entry was written: check")
        if one["regimes"] or one["marks"]:
            yield Line("text", "regimes: " + ", ".join(one["regimes"]) + (f"   marks: {', '.join(one['marks'])}" if one["marks"] else ""))
        if entry.get("reasons"):
            yield Line("text", "reasons for control: " + ", ".join(entry["reasons"]))
        if one["criteria"]:
            yield Line("heading", "Decided by")
            for depth, text in one["criteria"]:
                yield Line("text", "  " * depth + text)
            yield Line("detail", "attribute names: " + ", ".join(one["parameters"]))
        for limit in entry.get("mixture", ()):
            to = {"any": "any destination", "cwc_party": "CWC States Parties", "cwc_non_party": "States not party to the CWC"}[
                limit["destination"]
            ]
            yield Line("text", f"a mixture is free up to {limit['max_pct']:g} % by weight ({to})")
        for exclusion in entry.get("exclusions", ()):
            yield Line("text", f"not controlled: {exclusion['text']}")
        if entry.get("terms"):
            yield Line("heading", "Recognised by")
            yield Line(
                "text", "; ".join(t["text"] + ("*" if t.get("weight", 1) < 0.9 or t.get("needs_hs") else "") for t in entry["terms"])
            )
            if any(t.get("weight", 1) < 0.9 or t.get("needs_hs") for t in entry["terms"]):
                yield Line("detail", "* asks, or counts only beside a linked HS heading")
        if one["substances"]:
            yield Line("heading", "Substances")
            for name in one["substances"]:
                yield Line("text", name)
        if entry.get("hs"):
            yield Line("heading", "Harmonized System (a hint, never evidence)")
            yield Line("text", ", ".join(f"{link['code']} ({link['confidence']})" for link in entry["hs"]))
        if one["paragraphs"]:
            yield Line("heading", "Paragraphs")
            for paragraph in one["paragraphs"]:
                yield Line("text", f"{paragraph['code']}  {paragraph['title']}")
        if entry.get("see_also"):
            yield Line("text", "see also: " + ", ".join(entry["see_also"]))
        yield Line("heading", "Licence rules that can touch it")
        adopters: dict[str, list[str]] = {}  # a rule that several jurisdictions adopt is told once
        for rule in one["rules"]:
            verify = "  [to be verified]" if rule["status"] == "verify" else ""
            adopters.setdefault(f"{rule['title']}: {rule['brings']}  ({rule['cites'][0]}){verify}", []).append(rule["jurisdiction"])
        for sentence, jurisdictions in adopters.items():
            yield Line("text", f"{', '.join(dict.fromkeys(jurisdictions))}  {sentence}")
        yield Line("detail", "source: " + "; ".join(entry["cites"]))


# What of a rule is already settled by the entry itself, whatever the movement.
_OF_THE_ENTRY = ("listed_in", "group", "regime", "mark", "mark_not", "code_under", "code_not_under")


def _rules(screener: Screener, node: Node, day: date) -> list[dict[str, Any]]:
    """The rules on candidates, in force on ``day``, that this entry does not rule out by itself."""
    row = pl.DataFrame(
        {
            "c_list": [node.list_id],
            "c_code": [node.entry.code],
            "c_status": ["met"],
            "c_regimes": [list(node.regimes)],
            "c_marks": [list(node.marks)],
        },
        schema_overrides={"c_regimes": pl.List(pl.String), "c_marks": pl.List(pl.String)},
    )
    context = Context(screener.snapshot, screener.policy, screener.goods.facts, day)
    return [
        {
            "jurisdiction": jurisdiction,
            "id": rule.id,
            "title": rule.title,
            "brings": rule.then.flag or rule.then.authorisation or "note",
            "cites": list(rule.cites),
            "status": rule.status,
        }
        for jurisdiction, rules in screener.snapshot.rules.items()
        for rule in rules
        if rule.subject == "candidate" and law.in_force(rule, day) and "listed_in" in rule.when
        if all(PREDICATES[key](row, rule.when[key], context).item(0) is not False for key in _OF_THE_ENTRY if key in rule.when)
    ]


def _tree(criteria: tuple[Criterion | Alternatives, ...], screener: Screener, depth: int) -> Iterator[tuple[int, str]]:
    for criterion in criteria:
        if isinstance(criterion, Criterion):
            yield depth, limit_text(criterion, screener.goods.facts)
        else:
            yield depth, ("any of" if criterion.any else "all of") + (f" ({criterion.code})" if criterion.code else "") + ":"
            yield from _tree(criterion.any or criterion.all, screener, depth + 1)


def _parameters(criteria: tuple[Criterion | Alternatives, ...]) -> Iterator[str]:
    for criterion in criteria:
        if isinstance(criterion, Criterion):
            yield criterion.parameter
        else:
            yield from _parameters(criterion.any or criterion.all)
