"""Countries of addresses."""

from __future__ import annotations

import pytest

from control_lists.codes.country import CountryNames
from control_lists.importers.address_country import country_in
from control_lists.models import Country


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("18 Harbour Street, Yerevan, 0026, Armenia.", "AM"),
        ("5 Star Lane, Kirov 610047, Russia", "RU"),
        ("5 Star Lane, Russia, 152978", "RU"),
        ("Room 5, Kweitei Street, Shatin, Hong Kong, China", "HK"),
        ("北朝鮮平壌特別市中区域", "KP"),
        ("マリ共和国キダル州", "ML"),
        ("マリウポリ市港通り", None),
        ("イエメン、サナア", "YE"),
        ("トリポリ、リビア", "LY"),
        ("日本东京都港区5-2", "JP"),
        ("100 Main Street, Springfield, CO", None),
    ],
)
def test_the_country_is_read_where_the_language_puts_it(countries: tuple[Country, ...], address: str, code: str | None) -> None:
    assert country_in(CountryNames(countries), address) == code
