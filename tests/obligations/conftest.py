"""A made-up State with a list of six entries and five rules, small enough that its matrix is made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from control_lists.snapshot import Snapshot

LIST = """
id = "zz-list"
title = "Control list of Zedland"
kind = "goods"
issuer = "Zedland"
jurisdiction = "ZZ"
edition = "2026"
since = 2026-01-01
coverage = "synthetic"
source = "made up"
retrieved_on = 2026-01-01
licence = "made up"
expected_count = 6
counted = "entries"
review_on = 2027-01-01
"""
ENTRIES = "".join(
    f'[[entry]]\ncode = "{code}"\ntitle = "{code}"\nregimes = {regimes}\nno_terms = "made up"\ncites = ["made up"]\n'
    for code, regimes in (
        ("0C001", '["NSG-TL"]'), ("2A226", '["NSG"]'), ("1C350.1", '["CWC", "AG"]'), ("1C351.a.1", '["AG"]'),
        ("9A012", '["MTCR"]'), ("5A001", '["WA"]'),
    )
)  # fmt: skip
PROFILE = """
id = "ZZ"
title = "Zedland: made-up law"
operations = ["export", "import", "transit", "brokering"]
authority = "the Office"
hold_days = 5
no_rule_note = "The Act has no rule for this."
cites = ["Zedland Act"]
[[control_lists]]
id = "zz-list"
"""


def rule(id: str, subject: str, flag: str, when: str, status: str = "read") -> str:
    return (
        f'[[rule]]\nid = "{id}"\ntitle = "{id}"\nsubject = "{subject}"\nstatus = "{status}"\ncites = ["Zedland Act, {id}"]\n'
        f'[rule.when]\n{when}\n[rule.then]\nflag = "{flag}"\ntext = "{id}"\n'
    )


RULES = "".join(
    (
        rule("zz-export", "candidate", "LICENCE_REQUIRED", 'operation = ["export"]\nlisted_in = "zz-list"'),
        rule("zz-import", "candidate", "LICENCE_REQUIRED", 'operation = ["import"]\nlisted_in = "zz-list"\ncode_under = ["0C001"]',
             "verify"),
        rule("zz-transit", "candidate", "LICENCE_REQUIRED",
             'operation = ["transit"]\nlisted_in = "zz-list"\nregime = ["CWC"]\ndestination = ["KP"]'),
        rule("zz-brokering", "candidate", "REVIEW", 'operation = ["brokering"]\nlisted_in = "zz-list"\nregime = ["NSG", "NSG-TL"]'),
        rule("zz-end-use", "item", "LICENCE_REQUIRED", 'operation = ["export"]\nend_use_informed = ["wmd"]'),
        rule("zz-party", "party", "PROHIBITED", 'party_list = ["un-sc"]\nparty_programme = ["UN-1267"]'),
    )
)  # fmt: skip


@pytest.fixture(scope="session")
def zedland(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its list and rules."""
    folder = tmp_path_factory.mktemp("zedland")
    goods, rules = folder / "goods" / "zz-list", folder / "rules" / "ZZ"
    for place in (goods, rules):
        place.mkdir(parents=True)
    (goods / "list.toml").write_text(LIST, encoding="utf-8")
    (goods / "entries.toml").write_text(ENTRIES, encoding="utf-8")
    (rules / "profile.toml").write_text(PROFILE, encoding="utf-8")
    (rules / "rules.toml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def snapshot(zedland: Path) -> Snapshot:
    return Snapshot.open((zedland,))
