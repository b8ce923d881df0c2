"""Numbers with units in a declared text, as intervals in a canonical unit.

Units are converted by pint; here stand only the spelling of numbers in trade texts (decimal commas, ranges, powers of
ten, "up to", "min") and which spelling of a unit is which.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pint


class Quantity(NamedTuple):
    """A declared amount: the interval it states, its unit's name, and where it stands. Open ends are infinite."""

    low: float
    high: float
    low_open: bool
    high_open: bool
    unit: str  # "" for a bare number
    start: int
    end: int
    text: str


_NUMBER = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)?"
_SIGN = r"(?:(?<![^\s(:=~])[-−])?"  # a minus, not the hyphen of U-235 or of a range
_POWER = r"(?:(?:\s*[x×*]\s*10\s*\^?\s*|e\+?(?=[-−]?\d))(?P<exp{n}>[-−]?\d{{1,2}})(?!\d))?"  # 5 x 10^3, 5e3
_BEFORE = (
    r"(?P<op>(?:>=|=>|≥|<=|=<|≤|>|<|not exceeding|not more than|up to|max(?:imum)?\.?|less than|under|below|at least|min(?:imum)?\.?"
    r"|more than|larger than|greater than|exceeding|over|above|from)\s*:?\s*)?"
)
_AFTER = r"(?P<post>\s*(?:max(?:imum)?|min(?:imum)?|or more|or less|and above|and below)\b)?"
# In a text of capitals these may be either of two units a million apart: no unit is better than the wrong one.
_UNTOLD_IN_CAPITALS = frozenset({"MW", "MJ"})
_OPERATORS = {
    ">=": "ge", "=>": "ge", "≥": "ge", "at least": "ge", "min": "ge", "minimum": "ge", "or more": "ge", "and above": "ge", "from": "ge",
    "<=": "le", "=<": "le", "≤": "le", "not exceeding": "le", "not more than": "le", "or less": "le", "and below": "le",
    "<": "lt", "less than": "lt", "under": "lt", "below": "lt",
    ">": "gt", "more than": "gt", "larger than": "gt", "greater than": "gt", "exceeding": "gt", "over": "gt", "above": "gt",
    # A maximum states what the good reaches, which is what a limit asks for.
    "up to": "eq", "max": "eq", "maximum": "eq",
}  # fmt: skip


class UnitReader:
    """Finds quantities in texts and converts between units. Opened once with the unit spellings of the reference data."""

    def __init__(self, spellings: Iterable[tuple[str, Sequence[str]]]) -> None:
        pairs = [(word, unit) for unit, words in spellings for word in (unit, *words)]
        self._exact = dict(reversed(pairs))
        self._folded: dict[str, str] = {}
        for word, unit in pairs:  # of spellings that only case tells apart the first stands for capitals: MPA is MPa
            self._folded.setdefault(word.casefold(), unit)
        words = sorted((re.escape(word) for word in self._folded), key=len, reverse=True)
        unit = rf"(?P<unit>{'|'.join(words)})(?![a-z0-9])" if words else r"(?P<unit>(?!))"
        number = rf"(?P<a>{_SIGN}(?:{_NUMBER})){_POWER.format(n=1)}"
        second = rf"(?:\s*(?:-|–|to|\.\.\.?|~)\s*(?P<b>{_NUMBER}){_POWER.format(n=2)})?"
        self._pattern = re.compile(rf"(?<![a-z0-9.,]){_BEFORE}{number}{second}\s*-?\s*(?:{unit})?{_AFTER}", re.IGNORECASE)

    def find(self, text: str) -> list[Quantity]:
        """Every number of ``text`` as an interval, in order, with its unit where one follows; all offsets in characters."""
        in_capitals = text.isupper()
        return [found for match in self._pattern.finditer(text) if (found := self._quantity(match, in_capitals)) is not None]

    def unit_of(self, word: str) -> str | None:
        """The unit's name for a spelling (``MPa``, ``pct``, ``ltr``), or None."""
        return self._exact.get(word) or self._folded.get(word.casefold())

    def factor(self, unit: str, to: str) -> tuple[float, float] | None:
        """Scale and offset that turn a value in ``unit`` into ``to``; None when they measure different things."""
        return _conversion(unit, to)

    def convert(self, quantity: Quantity, to: str) -> Quantity | None:
        """The same interval in another unit, or None when it does not measure that."""
        conversion = _conversion(quantity.unit, to) if quantity.unit else None
        if conversion is None:
            return None
        scale, offset = conversion
        return quantity._replace(low=_round(quantity.low * scale + offset), high=_round(quantity.high * scale + offset), unit=to)

    def _quantity(self, match: re.Match[str], in_capitals: bool) -> Quantity | None:
        first = _value(match["a"], match["exp1"])
        last = _value(match["b"], match["exp2"]) if match["b"] else first
        if last < first:
            return None
        word = (match["op"] or match["post"] or "").strip().rstrip(".:").strip().casefold()
        operator = _OPERATORS.get(word, "eq")
        low, high = first, last
        if operator in ("ge", "gt"):
            high = math.inf
        elif operator in ("le", "lt"):
            low = -math.inf
        word = match["unit"] or ""
        unit = self.unit_of(word) or ""
        if in_capitals and word in _UNTOLD_IN_CAPITALS:
            unit = ""
        return Quantity(low, high, operator == "gt", operator == "lt", unit, match.start("a"), match.end(), match.group().strip())


def number(text: str) -> float | None:
    """One number as people write it (``1.234,56``, ``0,1``, ``5 x 10^3``, ``5e3``), or None."""
    match = re.fullmatch(rf"\s*(?P<a>[-−]?(?:{_NUMBER})){_POWER.format(n=1)}\s*", text, re.IGNORECASE)
    return _value(match["a"], match["exp1"]) if match else None


def _value(digits: str, power: str | None) -> float:
    plain = _decimal(digits.replace("−", "-"))
    return float(f"{plain!r}e{power.replace('−', '-')}") if power else plain


def _decimal(digits: str) -> float:
    """A thousands mark is followed by exactly three digits and stands more than once or beside another mark; a lone comma is a decimal."""
    plain = digits.replace(" ", "")
    if "," in plain and "." in plain:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return float(plain[:decimal].replace(",", "").replace(".", "") + "." + plain[decimal + 1 :])
    for mark in ",.":
        if plain.count(mark) > 1:
            return float(plain.replace(mark, ""))
    if "," in plain:
        whole, _, rest = plain.partition(",")
        return float(whole + rest) if len(rest) == 3 and whole not in ("0", "-0") else float(f"{whole}.{rest}")
    return float(plain)


def _round(value: float) -> float:
    """Conversion noise away (69 MPa is 690 bar, not 689.9999999): ten significant digits."""
    return value if math.isinf(value) else float(f"{value:.10g}")


@cache
def _registry() -> pint.UnitRegistry[float]:
    import pint  # 0.2 s to open: only when a text with candidates states a quantity

    return pint.UnitRegistry()


@cache
def _conversion(unit: str, to: str) -> tuple[float, float] | None:
    import pint

    registry = _registry()
    try:
        zero = registry.Quantity(0.0, unit).to(to).magnitude
        one = registry.Quantity(1.0, unit).to(to).magnitude
    except (pint.errors.PintError, AttributeError):
        return None
    return float(one - zero), float(zero)
