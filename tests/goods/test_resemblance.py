"""Goods told of in sentences: hints by likeness, ranked, and nothing more."""

from __future__ import annotations

import polars as pl
import pytest

from control_lists.snapshot import Snapshot
from screening import screen
from screening.goods.catalogue import Catalogue
from screening.goods.resemblance import Resemblance

ALTIMETER = (
    "We make a small box that is bolted under an aircraft and measures its height by sending microwave pulses to the ground "
    "and timing the echo that comes back; the customer wants it for an unmanned guided rocket."
)


@pytest.fixture(scope="module")
def resemblance() -> Resemblance:
    snapshot = Snapshot.open()
    return Resemblance(snapshot, Catalogue(snapshot))


def test_only_sentences_are_compared(resemblance: Resemblance) -> None:
    texts = pl.Series(
        ["PARTS FOR WATER PUMP, CAST IRON, NEW, 12 PCS IN 4 CARTONS, TOTAL 230 KG GROSS", "a pump of the firm that is new", ALTIMETER]
    )
    assert resemblance.told(texts) == [ALTIMETER]


def test_words_of_asking_weigh_nothing(resemblance: Resemblance) -> None:
    assert resemblance.resembling(["which licence is needed for the export to the customer"], 5) == {}


def test_likeness_lies_between_nothing_and_all_that_is_told(resemblance: Resemblance) -> None:
    found = resemblance.resembling([ALTIMETER], 3)[ALTIMETER]
    lists = [one.node[0] for one in found]
    assert all(lists.count(list_id) <= 3 for list_id in lists)
    assert all(0 < one.likeness <= 1 for one in found)
    assert all(ALTIMETER[word.start : word.end] == word.surface for one in found for word in one.words)


def test_a_shared_description_answers_for_both_lists(resemblance: Resemblance) -> None:
    found = resemblance.resembling([ALTIMETER], 3)[ALTIMETER]
    assert {one.node for one in found} >= {("eu-dual-use", "7A106"), ("us-ccl", "7A106")}


def test_resemblance_is_a_hint_and_flags_nothing() -> None:
    row = screen([{"description": ALTIMETER, "export_country": "US", "destination_country": "IN"}], jurisdictions=["US"]).row(0, named=True)
    shown = [c for c in row["candidates"] if any(e["comparison"] == "resembles" for e in c["evidence"])]
    assert "7A106" in [c["code"] for c in shown]
    assert {c["status"] for c in shown} == {"hint"}
    assert all(c["status"] == "hint" for c in row["candidates"])
    assert row["flag"] == "NO_FINDING"
