"""A profile adopts the rule sets of others: same law, ids and operations of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from control_lists.errors import ListDataError
from control_lists.models import Rule
from control_lists.store import load

PROFILE = """
id = "{id}"
title = "Test law"
operations = ["export"]
authority = "an office"
no_rule_note = "No rule."
cites = ["test"]
{adopts}
"""
RULE = """
[[rule]]
id = "{id}"
title = "A rule"
subject = "item"
cites = ["test"]
[rule.when]
operation = ["{operation}"]
[rule.then]
text = "A sentence."
{then}
"""


def rule_set(root: Path, name: str, adopts: str, *rules: str) -> None:
    folder = root / "rules" / name
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text(PROFILE.format(id=name, adopts=f"adopts = {adopts}" if adopts else ""), encoding="utf-8")
    (folder / "rules.toml").write_text("".join(rules), encoding="utf-8")


def rule(id_: str, operation: str = "export", then: str = 'flag = "REVIEW"') -> str:
    return RULE.format(id=id_, operation=operation, then=then)


def ids(root: Path, jurisdiction: str) -> list[str]:
    return [rule.id for rule in load((root,)).rules[jurisdiction]]


def test_adopted_rules_take_the_jurisdiction_in_front_over_any_number_of_steps(tmp_path: Path) -> None:
    rule_set(tmp_path, "AA", "", rule("aa-one"))
    rule_set(tmp_path, "MODEL", '["AA"]', rule("model-one"))
    rule_set(tmp_path, "BB", '["MODEL"]', rule("bb-own"))
    assert ids(tmp_path, "AA") == ["aa-one"]
    assert ids(tmp_path, "MODEL") == ["model-one", "model-aa-one"]
    assert ids(tmp_path, "BB") == ["bb-own", "bb-model-one", "bb-aa-one"]


def test_a_rule_on_an_operation_that_the_jurisdiction_leaves_out_is_not_taken_over(tmp_path: Path) -> None:
    rule_set(tmp_path, "MODEL", "", rule("one"), rule("two", operation="brokering"))
    rule_set(tmp_path, "BB", '["MODEL"]')
    assert ids(tmp_path, "BB") == ["bb-one"]


def test_an_own_rule_of_the_new_id_stands_instead(tmp_path: Path) -> None:
    rule_set(tmp_path, "MODEL", "", rule("one"))
    rule_set(tmp_path, "BB", '["MODEL"]', rule("bb-one", then='flag = "PROHIBITED"'))
    (found,) = load((tmp_path,)).rules["BB"]
    assert found.then.flag == "PROHIBITED"


def test_an_adopted_authorisation_lifts_the_adopted_rule(tmp_path: Path) -> None:
    rule_set(tmp_path, "MODEL", "", rule("one"), rule("two", then='authorisation = "GA"\nlifts = ["one"]'))
    rule_set(tmp_path, "BB", '["MODEL"]')
    found: dict[str, Rule] = {rule.id: rule for rule in load((tmp_path,)).rules["BB"]}
    assert found["bb-two"].then.lifts == ("bb-one",)
    assert load((tmp_path,)).rules["MODEL"][1].then.lifts == ("one",)


@pytest.mark.parametrize(
    ("adopts", "message"),
    [('["CC"]', "adopts 'CC', which is no rule set held"), ('["BB"]', "adopts 'BB', which adopts it in turn")],
)
def test_a_set_that_is_absent_or_adopts_back_is_refused(tmp_path: Path, adopts: str, message: str) -> None:
    rule_set(tmp_path, "MODEL", adopts, rule("one"))
    rule_set(tmp_path, "BB", '["MODEL"]')
    with pytest.raises(ListDataError, match=message):
        load((tmp_path,))
