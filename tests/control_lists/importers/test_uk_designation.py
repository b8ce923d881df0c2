"""Cells of the United Kingdom lists."""

from __future__ import annotations

import pytest

from control_lists.importers.uk_designation import numbered
from control_lists.importers.uk_regimes import reference_programme


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (None, []),
        (" ", []),
        ("Russia", ["Russia"]),
        ("Russia | Syria", ["Russia", "Syria"]),
        ("(1) Russia. (2) Syria", ["Russia", "Syria"]),
        ("(1) Uganda (2) Uganda (3)Kenya", ["Uganda", "Uganda", "Kenya"]),
        ("(1-3) Libya (4) Morocco", ["Libya", "Libya", "Libya", "Morocco"]),
        ("(1)-(2) Tunisia (3) -", ["Tunisia", "Tunisia", ""]),
        ("(1) +98 (311) 4511740 (2) +98 (21) 22", ["+98 (311) 4511740", "+98 (21) 22"]),
        ("(1) one thing", ["one thing"]),
        ("+7 (812) 605", ["+7 (812) 605"]),
    ],
)
def test_numbers_divide_a_cell_only_in_their_order(text: str | None, values: list[str]) -> None:
    assert numbered(text) == values


def test_a_reference_names_its_programme() -> None:
    assert reference_programme("INU0219") == "UK-INU"
