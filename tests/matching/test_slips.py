"""Two slips of the pen in a name that is otherwise the very one."""

from __future__ import annotations

import pytest

from screening.matching.lexicon import Lexicon
from screening.matching.slips import is_slipped
from screening.parties.names import compare_names, shipped_word_tables

LEXICON = Lexicon(shipped_word_tables())


@pytest.mark.parametrize(
    ("declared", "listed", "expected"),
    [
        ("Diilg Zhongli", "Ding Zhongli", True),
        ("Paev Vladimirovich Simigin", "Pavel Vladimirovich Simigin", True),
        ("Ramn EBRAHIMIHARKIAH Sopovan", "Ramin EBRAHIMIHARKIAN Sopovan", True),  # one in each of two words
        ("Hossein Karimi", "Hossein Salimi", False),  # another first letter
        ("Adam Tuskov", "Anas Tuskov", False),  # two known given names
        ("Falom Shipping Co Ltd", "Fallon Shipping Co Ltd", False),  # no name stands beside it
        ("Kvontix Zhongli 5", "Kvontox Zhongli 7", False),  # numbers have no slips
        ("Zhongli Ju", "Zhongli Jun", False),  # too short
        ("Diilg Zhongli JSC", "Ding Zhongli LLC", False),  # another legal form
        ("Zhongli Diilg", "Ding Zhongli", False),  # not in its place
        ("Ding Zhongli", "Ding Zhongli", False),  # no slip
    ],
)
def test_all_words_but_one_or_two_stand_as_they_are(declared: str, listed: str, expected: bool) -> None:
    assert is_slipped(LEXICON.name(declared), LEXICON.name(listed)) is expected


def test_such_a_name_reaches_the_threshold_and_says_why() -> None:
    found = compare_names("Diilg Zhongli", "Ding Zhongli")
    assert found.score == 81.0
    assert found.evidence[-1].kind == "slips"
