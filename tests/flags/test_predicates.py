"""What red flags look at: a predicate that is not asked would have held of nothing."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from screening.engine import Screener
from screening.flags.predicates import OVER_BATCH, PREDICATES, may_hold
from screening.flags.words import matching, pattern_of, said
from screening.goods.candidates import CANDIDATE
from screening.parties.match import PARTY_MATCH
from screening.read import read_records
from tests.conftest import DAY


@pytest.mark.parametrize(
    "record",
    [
        {"description": "pump"},
        {"hs_code": "8525", "destination_country": "AE"},
        {"description": "made in China", "origin_country": "DE", "parties": [{"role": "consignee", "name": "Cargo Forwarding LLC"}]},
    ],
)
def test_a_predicate_that_lacks_what_it_looks_at_holds_of_nothing(screener: Screener, record: dict[str, Any]) -> None:
    (part,) = read_records([record], screener.reading)
    days = part.items.select("item", as_of=pl.lit(DAY))
    subject = screener.flags._subject(part, days, pl.DataFrame(schema=CANDIDATE), pl.DataFrame(schema=PARTY_MATCH))
    asked = [
        (key, wanted)
        for flag in screener.snapshot.red_flags.values()
        for case in flag.case
        for key, wanted in case.when.items()
        if key not in OVER_BATCH and not may_hold(key, wanted, subject.stated)
    ]
    assert len(asked) > 30
    assert [key for key, wanted in asked if PREDICATES[key](subject, wanted).height] == []


def test_words_are_found_as_by_their_pattern_alone(screener: Screener) -> None:
    texts = pl.Series(
        [
            "P.O. Box 12, Jebel Ali FREE-TRADE  zone",
            "free of charge",
            "military unit 7",
            "FREİE ZONE",
            "Çelik freezone",
            None,
            "box po 3",
            "",
        ]
    )
    lexicons = sorted({name for name in screener.snapshot.lexicons if screener.snapshot.words_of(name)})
    found = 0
    for name in lexicons:
        expected = matching(texts, pattern_of(screener.snapshot.words_of(name)))
        assert said(texts, screener.snapshot, name).equals(expected), name
        found += expected.height
    assert found
