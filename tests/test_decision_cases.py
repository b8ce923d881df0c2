"""Decision cases derived from the law, each with the flags an honest answer may carry and why: all asked in one batch a law.

``flags``: the expected flag first, then others as honest; ``entries``: one of these headings has to be found, too.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from screening.engine import Screener
from screening.single import determine_each
from tests.conftest import DAY

CASES = Path(__file__).parent / "data" / "decision_cases.csv"


def test_every_case_is_answered_as_the_law_says(screener: Screener) -> None:
    by_law: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as lines:
        for case in csv.DictReader(lines):
            by_law[case["jurisdiction"]].append(case)
    wrong = []
    for law, cases in by_law.items():
        asked = [json.loads(case["record"]) for case in cases]
        for case, answer in zip(cases, determine_each(screener, asked, as_of=DAY, jurisdictions=(law,), limit=5), strict=True):
            assert isinstance(answer, list), case
            found = {one["code"][:5] for one in answer[0]["candidates"]}
            if answer[0]["flag"] not in case["flags"].split() or (case["entries"] and found.isdisjoint(case["entries"].split())):
                wrong.append(
                    f"{case['id']} {law}: {answer[0]['flag']} {sorted(found)}, not {case['flags']} {case['entries']}: {case['why']}"
                )
    assert wrong == []
