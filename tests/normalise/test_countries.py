"""Country texts: codes, names, customs spellings, and what is unknown."""

from __future__ import annotations

import tomllib

import pytest

from control_lists.models import Country, ReferenceFile
from control_lists.store import EMBEDDED
from screening.normalise.countries import CountryNames, CountryReading


@pytest.fixture(scope="module")
def countries() -> tuple[Country, ...]:
    text = (EMBEDDED / "reference" / "countries.toml").read_text(encoding="utf-8")
    return ReferenceFile.model_validate(tomllib.loads(text)).country


@pytest.fixture(scope="module")
def names(countries: tuple[Country, ...]) -> CountryNames:
    return CountryNames(countries)


def test_iso_3166_is_whole_and_has_kosovo(countries: tuple[Country, ...]) -> None:
    assert len({country.code for country in countries}) == 250
    assert len({country.alpha3 for country in countries}) == 250
    assert "XK" in {country.code for country in countries}


def test_every_spelling_of_the_table_names_its_own_country(countries: tuple[Country, ...], names: CountryNames) -> None:
    for country in countries:
        for text in (country.code, country.code.lower(), country.alpha3, country.name, country.name.upper(), *country.names):
            assert names.read(text) == (country.code, True), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("VIET NAM", "VN"), ("Vietnam", "VN"), ("KOREA, REPUBLIC OF", "KR"), ("DPRK", "KP"), ("korea (north)", "KP"), ("UK", "GB"),
        ("U.A.E.", "AE"), ("IRAN (ISLAMIC REPUBLIC OF)", "IR"), ("Islamic Rep. of Iran", "IR"), ("RUSSIA", "RU"), ("РОССИЯ", "RU"),
        ("TURKEY", "TR"), ("TÜRKİYE", "TR"), ("Cote D'Ivoire", "CI"), ("CZECH REPUBLIC", "CZ"), ("EL", "GR"), ("Hong Kong, China", "HK"),
        ("TAIWAN, PROVINCE OF CHINA", "TW"), ("NA", "NA"), ("NO", "NO"), ("CN - CHINA", "CN"), ("China (CN)", "CN"), ("CN-CHINA", "CN"),
        ("THE NETHERLANDS", "NL"), ("Guinea-Bissau", "GW"), ("U.S. VIRGIN ISLANDS", "VI"), ("USA", "US"), (" egypt ", "EG"),
    ],
)  # fmt: skip
def test_customs_spellings_are_understood(names: CountryNames, text: str, code: str) -> None:
    assert names.read(text) == (code, True)


@pytest.mark.parametrize("text", ["XX", "xx", "NULL", "N/A", "n.a.", "UNKNOWN", "-", "", None, "ZZ", "OTHER COUNTRY", "Various"])
def test_what_states_no_country_is_unknown_without_a_fault(names: CountryNames, text: str | None) -> None:
    assert names.read(text) == CountryReading(None, True)


@pytest.mark.parametrize("text", ["Korea", "US/CN", "Atlanta, Georgia", "EUROPEAN UNION", "TAIWAN / CN", "QX", "Lisbon"])
def test_what_names_no_one_country_is_a_fault(names: CountryNames, text: str) -> None:
    assert names.read(text) == CountryReading(None, False)


def test_a_spelling_two_countries_share_is_neither() -> None:
    shared = CountryNames(
        [Country(code="AA", alpha3="AAA", name="Aland", names=("Isle",)), Country(code="BB", alpha3="BBB", name="Bland", names=("Isle",))]
    )
    assert shared.read("isle") == CountryReading(None, False)
    assert shared.read("BLAND") == CountryReading("BB", True)
