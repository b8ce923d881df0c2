"""Check digits of IMO numbers."""

from __future__ import annotations

import pytest

from control_lists.importers.imo_number import is_company_number, is_ship_number


@pytest.mark.parametrize(("digits", "ship", "company"), [("9074729", True, False), ("5342883", False, True), ("1234", False, False)])
def test_the_check_digit_tells_ships_from_companies(digits, ship, company) -> None:
    assert (is_ship_number(digits), is_company_number(digits)) == (ship, company)
