"""Citations of the Federal Register in the forms that lists print."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers.federal_register import notices


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("76 FR 71869, 11/21/11.", [("76 FR 71869", date(2011, 11, 21))]),
        ("63 FR 64322, 11/19/98. 89 FR 5, 1/2/24.", [("63 FR 64322", date(1998, 11, 19)), ("89 FR 5", date(2024, 1, 2))]),
        ("87 F.R. 52741 8/29/2022", [("87 FR 52741", date(2022, 8, 29))]),
        ("81 F.R.45276 7/13/2016", [("81 FR 45276", date(2016, 7, 13))]),
        ("85 FR 64017, October 9, 2020.", [("85 FR 64017", date(2020, 10, 9))]),
        ("73 FR 54504,\n9/22/08", [("73 FR 54504", date(2008, 9, 22))]),
        ("73 FR 54508. 9/22/08.", [("73 FR 54508", date(2008, 9, 22))]),
        ("88 FR FR 12158, 2/27/23.", [("88 FR 12158", date(2023, 2, 27))]),
        ("81 FR 61601 preview citation details, 9/7/16.", [("81 FR 61601", date(2016, 9, 7))]),
        ("77 FR 58006 (no. 182); 84 FR 40241", [("77 FR 58006", None), ("84 FR 40241", None)]),
        ("86 F.R. 66277 11/222/2021", [("86 FR 66277", None)]),
        ("[Reserved]", []),
        (None, []),
    ],
)
def test_volume_page_and_day(text: str | None, found: list[tuple[str, date | None]]) -> None:
    assert [(notice.text, notice.published_on) for notice in notices(text)] == found
