"""Nationalities as lists write them."""

from __future__ import annotations

import pytest

from control_lists.codes.country import CountryNames
from control_lists.importers.nationality import country_text, country_texts
from control_lists.models import Country


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tunisian", "TN"),
        ("North Korean ", "KP"),
        ("Possibly Ethiopian", "ET"),
        ("Kuwaiti\xa0", "KW"),
        ("Afghanistan (at time of listing)", "Afghanistan"),
        ("Congolese", "Congolese"),
        (" ", None),
        (None, None),
    ],
)
def test_an_adjective_becomes_its_country(text: str | None, expected: str | None) -> None:
    assert country_text(text) == expected


def test_several_countries_are_several_only_where_each_is_one(countries: tuple[Country, ...]) -> None:
    names = CountryNames(countries)
    assert country_texts("Estonia, Russia", names) == ["Estonia", "Russia"]
    assert country_texts("Iran and United States", names) == ["Iran", "United States"]
    assert country_texts("Turkish/Jordanian", names) == ["TR", "JO"]
    assert country_texts("Bosnia and Herzegovina", names) == ["Bosnia and Herzegovina"]
    assert country_texts("Atlantis, Russia", names) == ["Atlantis, Russia"]
    assert country_texts(None, names) == []
