"""Numbers of the International Maritime Organization: seven digits, of a ship or of a company, told apart by their check digit."""

from __future__ import annotations


def is_ship_number(digits: str) -> bool:
    """Whether the last digit checks the first six as in a ship's number (weights 7 to 2, sum modulo 10; IMO resolution A.1117(30)).

    >>> is_ship_number("9074729"), is_ship_number("5342883")
    (True, False)
    """
    return _is_seven(digits) and sum(int(d) * w for d, w in zip(digits, (7, 6, 5, 4, 3, 2), strict=False)) % 10 == int(digits[6])


def is_company_number(digits: str) -> bool:
    """Whether the last digit checks the first six as in the number of a company or registered owner (weights 8, 6, 4, 2, 9, 7, modulo 11;
    IMO resolution MSC.160(78)).

    >>> is_company_number("5342883"), is_company_number("9074729")
    (True, False)
    """
    if not _is_seven(digits):
        return False
    rest = sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 9, 7), strict=False)) % 11
    return (11 - rest) % 10 == int(digits[6])


def _is_seven(digits: str) -> bool:
    return len(digits) == 7 and digits.isascii() and digits.isdigit()
