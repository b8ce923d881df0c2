"""Rules asked of facts that many rows share."""

from __future__ import annotations

import numpy as np

from screening.decide import rules as law
from screening.decide.gathered import Gathered, Matches
from screening.decide.predicates import READS, Context
from screening.engine import Screener
from screening.read import read_records
from tests.conftest import DAY

RECORDS = [
    {"description": "isostatic press 400 MPa", "export_country": "DE", "destination_country": "IR", "documents": "X060:1"},
    {"description": "thermal imaging camera", "export_country": "FR", "destination_country": "KH", "transit_countries": "SG; VN"},
    {"description": "thiodiglycol", "operation": "brokering", "end_use_informed": "wmd", "us_content_pct": "12"},
]


def test_asked_in_one_pass_each_rule_is_told_what_it_is_told_alone(screener: Screener) -> None:
    (part,) = read_records(RECORDS, screener.reading)
    candidates = screener.goods.match(part.items, screener.snapshot.lists, DAY)
    every = Gathered.of(Matches(part.items, part.parties, candidates, screener.parties.match(part.parties, {})))
    rows = {"item": every.item_rows(every.declares_goods), "candidate": every.candidate_rows(every.candidates)}
    context = Context(screener.snapshot, screener.policy, screener.goods.facts, DAY)
    rules = [rule for rule in screener.snapshot.rules["EU"] if rule.subject in rows]
    together, told = law.Asking(context, law.Questions.of(rules, context)), 0
    for rule in rules:
        for facts in rows[rule.subject].shared:
            for key in (key for key in law.ordered(rule) if set(READS[key]) <= set(facts.frame.columns)):
                alone = law.ask(rule, key, facts.frame, context)
                assert np.array_equal(together.of_shared(rule, key, facts), alone), (rule.id, key)
                told += 1
    assert told > 50
