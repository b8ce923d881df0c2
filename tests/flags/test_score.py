"""Flags of one family count once; red takes a second family or a flag that stands alone; no legal flag is ever touched."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control_lists.snapshot import Snapshot
from screening.decide.records import DETERMINATION, FLAGS
from screening.flags.score import LANES, settle
from screening.flags.stage import FLAG
from screening.policy import Policy

SNAPSHOT = Snapshot.open()
POLICY = Policy()
LEGAL = {"NO_FINDING": "green", "GENERAL_AUTHORISATION": "blue", "REVIEW": "yellow", "LICENCE_REQUIRED": "red", "PROHIBITED": "red"}


def determination(flag: str = "NO_FINDING", item: int = 0, questions: tuple[str, ...] = ()) -> dict[str, Any]:
    empty = {name: [] for name, dtype in DETERMINATION.items() if isinstance(dtype, pl.List)}
    return {**empty, "item": item, "jurisdiction": "EU", "as_of": None, "flag": flag, "lane": LEGAL[flag], "questions": list(questions)}


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=DETERMINATION)


def raised(*ids: str, lane: str | None = None) -> pl.DataFrame:
    """FLAG rows of flags by id, each speaking for its worst lane."""
    rows = []
    for id_ in ids:
        flag = SNAPSHOT.red_flags[id_]
        worst = lane or max((case.lane for case in flag.case), key=LANES.index, default="red")
        text, question = f"{id_} is seen.", f"What of {id_}?"
        rows.append(
            {
                "item": 0,
                "id": id_,
                "family": flag.family,
                "weight": flag.weight,
                "lane": worst,
                "fields": [],
                "text": text,
                "question": question,
            }
        )
    return pl.DataFrame(rows, schema=FLAG)


def lane_of(*ids: str, flag: str = "NO_FINDING", lane: str | None = None) -> str:
    return str(settle(frame(determination(flag)), raised(*ids, lane=lane), ["item"], SNAPSHOT, POLICY).item(0, "lane"))


@pytest.mark.parametrize(
    ("ids", "lane"),
    [
        (("RF05",), "green"),  # one light sign
        (("RF08", "RF12", "RF21"), "green"),  # three light signs of one family are one
        (("RF08", "RF05"), "yellow"),  # two light signs of two families
        (("RF04",), "yellow"),
        (("RF13",), "yellow"),  # one family alone
        (("RF13", "RF01", "RF10"), "yellow"),  # however many flags of it
        (("RF35", "RF28", "RF04"), "yellow"),
        (("RF13", "RF03"), "red"),
        (("RF13", "RF05"), "yellow"),  # two families, too light
        (("RF01", "RF03"), "yellow"),  # heavy, and no flag speaks for red
        (("RF22",), "red"),  # a listed party stands alone
        (("RF17",), "red"),  # so does a licence that does not fit
        (("RF23",), "red"),
        (("RF36",), "green"),
        (("RF01", "RF36"), "green"),  # the guard lowers its family
        (("RF01", "RF36", "RF04"), "yellow"),
    ],
)
def test_the_lane_is_the_heaviest_of_each_family_summed(ids: tuple[str, ...], lane: str) -> None:
    assert lane_of(*ids) == lane


def test_a_flag_that_stands_alone_does_so_only_where_it_speaks_for_red() -> None:
    assert lane_of("RF23", lane="yellow") == "yellow"


def test_a_lane_is_never_lowered() -> None:
    assert lane_of("RF36", flag="LICENCE_REQUIRED") == "red"
    assert lane_of("RF05", flag="GENERAL_AUTHORISATION") == "blue"


def test_questions_are_added_behind_those_of_the_rules_and_only_where_the_lane_is_spoken_for() -> None:
    asked = settle(frame(determination("REVIEW", questions=("Which unit?",))), raised("RF04"), ["item"], SNAPSHOT, POLICY)
    assert asked.item(0, "questions").to_list() == ["Which unit?", "What of RF04?"]
    quiet = settle(frame(determination()), raised("RF05"), ["item"], SNAPSHOT, POLICY)
    assert quiet.item(0, "questions").to_list() == []
    assert [flag["id"] for flag in quiet.item(0, "red_flags")] == ["RF05"]


def test_thresholds_are_those_of_the_policy() -> None:
    strict = Policy(red_flag_score_yellow=2)
    assert settle(frame(determination()), raised("RF05"), ["item"], SNAPSHOT, strict).item(0, "lane") == "yellow"


POSITIVE = st.sets(st.sampled_from([id_ for id_, flag in SNAPSHOT.red_flags.items() if flag.weight > 0]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FLAGS), st.sets(st.sampled_from(sorted(SNAPSHOT.red_flags))), POSITIVE)
def test_no_flag_touches_the_legal_flag_and_the_order_of_settling_does_not_matter(flag: str, first: set[str], later: set[str]) -> None:
    before = frame(determination(flag))
    later -= first
    if "RF36" in first:
        later = set()
    once = settle(before, raised(*sorted(first), *sorted(later)), ["item"], SNAPSHOT, POLICY)
    twice = settle(settle(before, raised(*sorted(first)), ["item"], SNAPSHOT, POLICY), raised(*sorted(later)), ["item"], SNAPSHOT, POLICY)
    again = settle(twice, raised(*sorted(later)), ["item"], SNAPSHOT, POLICY)
    for settled in (once, twice, again):
        assert settled.item(0, "flag") == flag
        assert settled.item(0, "reasons").to_list() == []
        assert LANES.index(settled.item(0, "lane")) >= LANES.index(LEGAL[flag])
    assert once.select("lane", "red_flags").equals(twice.select("lane", "red_flags"))
    assert again.equals(twice)
