"""Every red flag does with its examples what the data says, and the linter finds what cannot be true of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from control_lists.red_flags import RedFlag, RedFlagExample
from control_lists.snapshot import Snapshot
from control_lists.store import EMBEDDED, load
from screening.flags.check import check_red_flags, raised_in
from screening.goods.facts import FactReader
from tests.conftest import DAY

SNAPSHOT = Snapshot.open()
FACTS = FactReader(SNAPSHOT)
EXAMPLES = [(flag, number, example) for flag in SNAPSHOT.red_flags.values() for number, example in enumerate(flag.examples, 1)]


def test_all_38_indicators_are_held_and_each_has_a_family_and_a_guard() -> None:
    assert sorted(SNAPSHOT.red_flags) == [f"RF{number:02}" for number in range(1, 39)]
    assert {flag.family for flag in SNAPSHOT.red_flags.values()} == {"party", "goods", "route", "document", "value"}


@pytest.mark.parametrize(("flag", "number", "example"), EXAMPLES, ids=[f"{f.id}-{n}-{e.outcome}" for f, n, e in EXAMPLES])
def test_an_example_is_raised_or_silent_as_it_says(flag: RedFlag, number: int, example: RedFlagExample) -> None:
    assert raised_in(SNAPSHOT, FACTS, flag.id, example, DAY) == (example.outcome == "fires")


@pytest.mark.parametrize("flag", [f for f in SNAPSHOT.red_flags.values() if f.case], ids=lambda flag: flag.id)
def test_a_flag_has_examples_of_both_outcomes(flag: RedFlag) -> None:
    assert {example.outcome for example in flag.examples} == {"fires", "silent"}


def test_only_what_other_stages_raise_has_no_cases() -> None:
    assert {flag.id for flag in SNAPSHOT.red_flags.values() if flag.told_by} == {"RF16", "RF17", "RF29"}


FLAG = """
[[red_flag]]
id = "RF34"
title = "t"
family = "value"
weight = 2
guard = "g"
cites = ["c"]
[[red_flag.case]]
lane = "yellow"
when = { text_says = { fields = ["payment"], lexicon = "unusual_payment" } }
fields = ["payment"]
text = "It is paid by {text_says}."
question = "Why?"
[[red_flag.examples]]
outcome = "fires"
declaration = { payment = "cash" }
[[red_flag.examples]]
outcome = "silent"
declaration = { payment = "letter of credit" }
"""


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (FLAG.replace('"unusual_payment"', '"usual_payment"'), "lexicon 'usual_payment' is not defined in reference/"),
        (FLAG.replace("by {text_says}", "by {payer}"), "'{payer}' is neither a predicate of the case nor a field"),
        (
            FLAG.replace("text_says =", "text_shouts =").replace("{text_says}", "cash"),
            "unknown predicate 'text_shouts'; the closed set stands in docs/data-formats.md",
        ),
        (FLAG.replace('"cash"', '"cheque"'), "example 1 should be 'fires' and is 'silent'"),
        (FLAG.replace('outcome = "silent"', 'outcome = "fires"').replace("letter of credit", "cash"), "no silent example"),
        (FLAG.replace('question = "Why?"', ""), "a case that speaks for a lane asks a question"),
    ],
)
def test_the_linter_says_what_is_wrong_with_a_flag(tmp_path: Path, changed: str, message: str) -> None:
    (tmp_path / "red_flags").mkdir()
    (tmp_path / "red_flags" / "own.toml").write_text(changed, encoding="utf-8")
    faults = check_red_flags(Snapshot(load((EMBEDDED, tmp_path))), date(2026, 11, 24))
    assert [(fault.where, fault.message) for fault in faults] == [("red_flag:RF34", message)]
