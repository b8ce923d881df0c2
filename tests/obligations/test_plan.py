"""The plan's section equals its inputs, and its progress the engine's figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from control_lists.snapshot import Snapshot
from screening.obligations import Asked, cover, write_coverage
from screening.obligations.matrix import held, matrix
from screening.obligations.models import Action, obligations
from screening.obligations.plan import figures, progress

DAY = date(2026, 11, 24)
PLAN = """
[[action]]
id = "A1"
title = "Read <every> rule"
owner = "Legal department"
due = 2026-06-30
indicator = "rules_read"
target = 10
measures = ["op3d-export"]
[[action]]
id = "A2"
title = "Decide cases"
owner = "The Office"
due = 2027-06-30
indicator = "cases_decided"
target = 4
status = "under_way"
[[action]]
id = "A3"
title = "Train"
owner = "Customs"
due = 2026-01-31
status = "done"
"""


def test_figures_are_those_of_rules_cells_and_lists(snapshot: Snapshot) -> None:
    have = held(snapshot, "ZZ", DAY)
    known = figures(have, matrix(have, obligations()), None, {"cases_decided": 3})
    assert (known["rules_held"], known["rules_read"], known["rules_to_verify"]) == (6, 5, 1)
    assert (known["entries_adopted"], known["entries_covered"]) == (5, 5)  # of the four classes; one entry is of none
    assert known["cells_covered"] == 12
    assert known["cases_decided"] == 3
    assert "items_screened" not in known


def test_progress_is_value_by_target_and_an_action_done_is_not_overdue() -> None:
    actions = [
        Action(id="a", title="a", owner="o", due=date(2026, 1, 1), indicator="n", target=4),
        Action(id="b", title="b", owner="o", due=date(2026, 1, 1), indicator="n", target=1, status="done"),
        Action(id="c", title="c", owner="o", due=date(2027, 1, 1), indicator="unheard_of", target=1),
    ]
    found = progress(actions, [], {"n": 3.0}, DAY)
    assert [(p.value, p.share, p.is_overdue) for p in found] == [(3.0, 0.75, True), (3.0, 1.0, False), (None, None, False)]


def test_the_plans_section_equals_its_inputs(snapshot: Snapshot, tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.toml", tmp_path / "c.html"
    plan.write_text(PLAN, encoding="utf-8")
    coverage = cover(snapshot, "ZZ", DAY, Asked(plan=plan, figures={"cases_decided": 3}))
    assert [(p.action.id, p.action.owner, str(p.action.due), p.value, p.action.target, p.is_overdue) for p in coverage.plan] == [
        ("A1", "Legal department", "2026-06-30", 5.0, 10.0, True),
        ("A2", "The Office", "2027-06-30", 3, 4.0, False),
        ("A3", "Customs", "2026-01-31", None, None, False),
    ]
    assert coverage.plan[0].cells[0] == "op3d-export nuclear: covered"
    write_coverage(coverage, out)
    text = out.read_text(encoding="utf-8")
    assert "A1. Read &lt;every&gt; rule" in text
    assert 'value="75"' in text
    assert "no figure" in text
