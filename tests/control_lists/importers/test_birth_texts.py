"""Birth dates in running text."""

from __future__ import annotations

import pytest

from control_lists.importers.birth_texts import births


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1966-08-24 00:00:00", ["1966-08-24"]),
        ("24108", ["1966-01-01"]),
        ("Approximately 1963", ["~1963"]),
        ("Between 1960 and 1965", ["1960/1965"]),
        ("Approximately 1955- 1958", ["~1955/1958"]),
        ("a) 9 Jan. 1969 b) 1970", ["1969-01-09", "1970"]),
        ("a)1969 b)1970,  c) Approximately 1971", ["1969", "1970", "~1971"]),
        ("14/05/1966;\n29/03/1969; alt DOB: 1970", ["1966-05-14", "1969-03-29", "1970"]),
        ("1966 or 1967 or 1968", ["1966", "1967", "1968"]),
        ("24 Mar 1970 >> 10 Apr 1970", ["1970-03-24", "1970-04-10"]),
        ("15 May 1968 (as Ali Example) 1970 (as Omar Example)", ["1968-05-15", "1970"]),
        ("5/06/1953 15/06/1953", ["1953-06-05", "1953-06-15"]),
        ("March 16, 1972", ["1972-03-16"]),
        ("11-Sep-2000", ["2000-09-11"]),
        ("24 Jan.1973", ["1973-01-24"]),
        ("Approximately (30-35 years old)", []),
        ("na", []),
    ],
)
def test_every_date_of_a_cell_is_read(text: str, expected: list[str]) -> None:
    assert [born.date for born in births(text)] == expected


def test_words_that_are_no_date_are_kept_with_their_year() -> None:
    assert [tuple(born) for born in births("a) Between Aug. and Sep 1977 b) 07/04/62")] == [
        ("~1977", "Between Aug. and Sep 1977"),
        (None, "07/04/62"),
    ]
    assert [tuple(born) for born in births("a) 19 Apr. 1982 b) 24/06/1402 (Hijri Calendar)")] == [
        ("1982-04-19", None),
        (None, "24/06/1402 (Hijri Calendar)"),
    ]
