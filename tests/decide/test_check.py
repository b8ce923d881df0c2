"""The linter of rules finds what would mislead: no law, no day, no case, an unknown question, rules that contradict one another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from control_lists.rules_page import rules_page, rules_table
from control_lists.snapshot import Snapshot
from control_lists.store import EMBEDDED, load
from screening.decide.check import check_rules

PROFILE = """
id = "AA"
title = "Test law"
operations = ["export"]
authority = "an office"
no_rule_note = "No rule."
cites = ["test"]
"""
RULE = """
[[rule]]
id = "{id}"
title = "A rule"
subject = "item"
cites = {cites}
{day}
[rule.when]
{when}
[rule.then]
text = "A sentence."
flag = "{flag}"
{lifts}
"""
CASES = """
[[rule.examples]]
outcome = "fires"
declaration = { destination_country = "KP", operation = "export" }
[[rule.examples]]
outcome = "silent"
declaration = { destination_country = "CH", operation = "export" }
"""


def rule(
    id_: str = "aa-one", flag: str = "LICENCE_REQUIRED", when: str = 'destination = ["KP"]', cites: str = '["a law"]', day: str = "",
    lifts: str = "", cases: str = CASES,
) -> str:  # fmt: skip
    return RULE.format(id=id_, flag=flag, when=when, cites=cites, day=day, lifts=lifts) + cases


def faults(root: Path, *rules: str) -> list[str]:
    folder = root / "rules" / "AA"
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "rules.toml").write_text("".join(rules), encoding="utf-8")
    data = load((EMBEDDED, root))
    alone = Snapshot(data._replace(rules={"AA": data.rules["AA"]}))
    return [f.message for f in check_rules(alone, date(2026, 11, 24)) if "aa-" in f.where]


def test_a_sound_rule_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, rule()) == []


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        (rule(cites="[]"), "no citation"),
        (rule(cases=CASES.split("[[")[0]), "no firing example"),
        (rule(cases="[[" + CASES.split("[[")[1]), "no silent example"),
        (rule(when='destintion = ["KP"]'), "unknown predicate 'destintion'; the closed set stands in docs/data-formats.md"),
        (rule(cites='["UNSCR 1718 (2006), paragraph 8"]'), "cites a dated act (UNSCR 1718 (2006)) and has no 'since'"),
        (rule(when='destination = ["CH"]'), "example 1 should be 'fires' and is 'silent'"),
    ],
)
def test_a_fault_of_a_rule_is_found(tmp_path: Path, faulty: str, message: str) -> None:
    assert message in faults(tmp_path, faulty)


def test_a_rule_of_a_dated_act_may_take_its_day_from_a_dated_set(tmp_path: Path) -> None:
    asked = rule(cites='["UNSCR 1970 (2011)"]', when='destination = ["set:un_arms_embargo", "KP"]')
    assert faults(tmp_path, asked) == []


MILD = rule("aa-mild", "LICENCE_REQUIRED", 'destination = ["KP"]\noperation = ["export"]')


@pytest.mark.parametrize(
    "severe",
    [
        rule("aa-severe", "PROHIBITED"),  # asks less
        rule("aa-severe", "PROHIBITED", 'destination = ["KP"]\noperation = ["export"]'),  # asks the same
        rule("aa-severe", "PROHIBITED", 'destination = ["set:un_dprk_iran"]'),  # asks of more countries
    ],
)
def test_a_rule_that_another_always_overrules_contradicts_it(tmp_path: Path, severe: str) -> None:
    (told,) = [f for f in faults(tmp_path, MILD, severe) if "wherever" in f]
    assert told == "wherever it holds, aa-severe holds too and brings PROHIBITED, not LICENCE_REQUIRED; narrow one of them (AA)"


@pytest.mark.parametrize(
    "other",
    [
        rule("aa-other", "PROHIBITED", 'destination = ["KP"]\norigin = ["KP"]', cases=""),  # narrower itself
        rule("aa-other", "REVIEW"),  # asks, does not answer
        rule("aa-other", "PROHIBITED", day="until = 2020-01-01"),  # shares no day
        rule("aa-other", "PROHIBITED", 'destination_not = ["KP"]', cases=""),
        rule("aa-other", "PROHIBITED", lifts='lifts = ["aa-mild"]'),
    ],
)
def test_rules_that_may_differ_do_not_contradict(tmp_path: Path, other: str) -> None:
    mild = MILD.replace("[rule.when]", "since = 2021-01-01\n[rule.when]", 1)
    assert [f for f in faults(tmp_path, mild, other) if "wherever" in f] == []


def test_the_page_of_a_rule_set_tells_every_rule_with_its_law_and_cases() -> None:
    snapshot = Snapshot.open()
    for jurisdiction, rules in snapshot.rules.items():
        page = "\n".join(rules_page(snapshot, jurisdiction))
        assert [r.id for r in rules if f"| `{r.id}` {r.title} |" not in page] == []
        assert len(rules_table(snapshot, jurisdiction)) == len(rules)
    assert (
        "| `cwc-1-non-party` Schedule 1 chemical to a State not party | PROHIBITED | CWC, Verification Annex, Part VI.B, paragraph 3 |"
        in ("\n".join(rules_page(snapshot, "CWC")))
    )


def test_the_page_is_printed_for_a_rule_set_that_is_held() -> None:
    run = CliRunner()
    assert run.invoke(main, ["lists", "rules", "CWC"]).output.startswith("# Chemical Weapons Convention")
    refused = run.invoke(main, ["lists", "rules", "ZZ"])
    assert refused.exit_code == 2
    assert "no rule set is held for 'ZZ'" in refused.stderr
