"""Country texts: codes, names, customs spellings, and what is unknown."""

from __future__ import annotations

import re
import tomllib

import pytest

from control_lists.codes.country import CountryNames, CountryReading
from control_lists.models import Country, ReferenceFile
from control_lists.store import EMBEDDED


@pytest.fixture(scope="module")
def countries() -> tuple[Country, ...]:
    text = (EMBEDDED / "reference" / "countries.toml").read_text(encoding="utf-8")
    return ReferenceFile.model_validate(tomllib.loads(text)).country


@pytest.fixture(scope="module")
def names(countries: tuple[Country, ...]) -> CountryNames:
    return CountryNames(countries)


def test_iso_3166_is_whole_beside_kosovo_and_northern_ireland(countries: tuple[Country, ...]) -> None:
    codes = [country.code for country in countries]
    assert len(codes) == len(set(codes)) == len({country.alpha3 for country in countries})
    assert len(set(codes) - {"XK", "XI"}) == 249
    assert {"XK", "XI"} <= set(codes)


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PHILLIPINES", "PH"), ("VIETNAM", "VN"), ("COTE DIVOIRE", "CI"), ("KOREA SOUTH", "KR"), ("KOREA NORTH", "KP"), ("HOLLAND", "NL"),
        ("U.S.A", "US"), ("SAUDIA ARABIA", "SA"), ("GERMANI", "DE"), ("PHILIPPINES (THE)", "PH"),
        ("Korea (the Democratic People's Republic of)", "KP"), ("KOREA D.P.R.", "KP"), ("Iran I.R.", "IR"), ("SWEEDEN", "SE"),
        ("COLUMBIA", "CO"), ("Congo DRC", "CD"), ("Hong Kong SAR, China", "HK"),
    ],
)  # fmt: skip
def test_misspellings_that_customs_meets_are_understood(names: CountryNames, text: str, code: str) -> None:
    assert names.read(text) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Allemagne", "DE"), ("Émirats arabes unis", "AE"), ("République populaire démocratique de Corée", "KP"),
        ("Países Bajos", "NL"), ("Corea (República Popular Democrática de)", "KP"), ("Irán", "IR"),
        ("Корейская Народно-Демократическая Республика", "KP"), ("Объединённые Арабские Эмираты", "AE"), ("Пакистан", "PK"),
        ("جمهورية كوريا الشعبية الديمقراطية", "KP"), ("باكستان", "PK"), ("الصين", "CN"),
        ("朝鲜民主主义人民共和国", "KP"), ("巴基斯坦", "PK"), ("刚果（金）", "CD"), ("中国香港", "HK"),
        ("Großbritannien", "GB"), ("Südkorea", "KR"), ("Weißrussland", "BY"), ("កម្ពុជា", "KH"), ("ລາວ", "LA"), ("Монгол Улс", "MN"),
    ],
)  # fmt: skip
def test_the_six_languages_of_the_united_nations_and_german_are_understood(names: CountryNames, text: str, code: str) -> None:
    assert names.read(text) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China", "CN"), ("Taiwan, Republic of China", "TW"), ("Guinea", "GN"), ("Equatorial Guinea", "GQ"), ("Papua New Guinea", "PG"),
        ("Niger", "NE"), ("Nigeria", "NG"), ("Dominique", "DM"), ("Dominicana", "DO"), ("多米尼克", "DM"),
        ("多米尼加", "DO"), ("Congo", "CG"),
        ("Samoa", "WS"), ("Samoa Americana", "AS"), ("Sudan", "SD"), ("南苏丹", "SS"), ("غيانا", "GY"), ("غينيا", "GN"), ("Австрия", "AT"),
        ("Австралия", "AU"), ("Virgin Islands (U.S.)", "VI"), ("Islas Vírgenes Británicas", "VG"),
    ],
)  # fmt: skip
def test_names_that_are_alike_name_different_countries(names: CountryNames, text: str, code: str) -> None:
    assert names.read(text) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Northern Ireland", "GB"), ("N. IRELAND", "GB"), ("XI", "XI"), ("XI - Northern Ireland", "XI"), ("Northern Ireland (XI)", "XI"),
        ("United Kingdom (Northern Ireland)", "XI"),
    ],
)  # fmt: skip
def test_northern_ireland_is_a_part_of_gb_unless_its_customs_code_or_title_is_written(names: CountryNames, text: str, code: str) -> None:
    assert names.read(text) == (code, True)


_SCRIPTS = {"Russian": "\u0400-\u04ff", "Arabic": "\u0600-\u06ff", "Chinese": "\u4e00-\u9fff"}


@pytest.mark.parametrize("language", _SCRIPTS)
def test_every_country_of_iso_3166_has_a_name_in_the_script(countries: tuple[Country, ...], language: str) -> None:
    script = re.compile(f"[{_SCRIPTS[language]}]")
    assert [c.code for c in countries if c.code != "XI" and not any(script.search(name) for name in c.names)] == []


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
