"""Numbers, dates, codes and operations as declarations write them. Each function reads one text; none guesses in silence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

DayOrder = Literal["day_first", "month_first", "unknown"]
DecimalMark = Literal["point", "comma"]

BLANKS = frozenset(("", "null", "n/a", "#n/a", "<null/>", "<null>", "(null)", ".", "-", "--", "none", "nil"))
"""Texts that state nothing, in lower case."""


class Reading(NamedTuple):
    """A value that was read, or why it was not. ``rest`` is the unit or currency that stood beside a number."""

    value: float | None
    fault: str | None = None
    rest: str = ""


# ------------------------------------------------------------------------------------------------- numbers
_NUMBER = re.compile(
    r"(?P<before>[^\d+\-−.,()]*?)\s*(?P<sign>[+\-−]?)\s*(?P<digits>\d[\d.,'’\s]*|[.,]\d+)(?:[eE](?P<power>[+-]?\d{1,3}))?\s*"
    r"(?P<after>[^\d+\-−]{0,14}[A-Za-z][23]|[^\d+\-−]{0,15})"
)
_AMBIGUOUS_NUMBER = re.compile(r"(?!0)\d{1,3}[.,]\d{3}")
# What only a comma, or only a point, as decimal mark makes a number.
_PROVES_COMMA = re.compile(r"\d+,(\d{1,2}|\d{4,})|0,\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}")
PROVES_POINT = re.compile(r"\d+\.(\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(,\d{2,3})+\.\d+|\d{1,3}(,\d{3}){2,}")
_GROUPED = re.compile(r"\d{1,3}([\s'’]\d{3})+([.,]\d*)?")


def decimal_proofs(texts: Iterable[str]) -> set[DecimalMark]:
    """The decimal marks that some value of a column needs."""
    cores = {re.sub(r"[^\d.,]", "", text) for text in texts}
    found: set[DecimalMark] = set()
    if any(_PROVES_COMMA.fullmatch(core) for core in cores):
        found.add("comma")
    if any(PROVES_POINT.fullmatch(core) for core in cores):
        found.add("point")
    return found


def decimal_mark(proofs: set[DecimalMark]) -> DecimalMark:
    """The decimal mark of a column: comma only when some value needs it and none needs the point."""
    return "comma" if proofs == {"comma"} else "point"


def read_number(text: str, mark: DecimalMark = "point") -> Reading:
    """The number a text states, with what stood beside it.

    >>> read_number("1.234,56").value, read_number("12.5 KG"), read_number("1,234").value
    (1234.56, Reading(value=12.5, fault=None, rest='KG'), 1234.0)
    """
    match = _NUMBER.fullmatch(text.strip().replace("\u00a0", " ").replace("\u202f", " "))
    digits = match["digits"].strip() if match else ""
    plain = _plain(digits, mark) if digits else None
    if match is None or plain is None:
        return Reading(None, "is not a number")
    try:
        value = float(f"{plain}e{match['power'] or 0}")
    except ValueError:
        return Reading(None, "is not a number")
    if not math.isfinite(value):
        return Reading(None, "is too large a number")
    return Reading(-value if match["sign"] in ("-", "−") and value else value, None, (match["before"] or match["after"]).strip(" .:"))


def _plain(digits: str, mark: DecimalMark) -> str | None:
    """The digits with a point for the decimal mark and no thousands marks, or None when the groups make no sense."""
    if re.search(r"[\s'’]", digits):
        if not _GROUPED.fullmatch(digits):
            return None
        return re.sub(r"[\s'’]", "", digits).replace(",", ".")
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = max(digits.rfind("."), digits.rfind(","))
        other = "," if digits[decimal] == "." else "."
        if digits.count(digits[decimal]) > 1 or not re.fullmatch(rf"\d{{1,3}}({re.escape(other)}\d{{2,3}})+", digits[:decimal]):
            return None
        return digits[:decimal].replace(other, "") + "." + digits[decimal + 1 :]
    if points + commas == 0:
        return digits
    sign = "." if points else ","
    if points + commas > 1:
        grouped = re.fullmatch(rf"\d{{1,3}}({re.escape(sign)}\d{{2,3}})*{re.escape(sign)}\d{{3}}", digits)
        return digits.replace(sign, "") if grouped else None
    if _AMBIGUOUS_NUMBER.fullmatch(digits):
        decimal_sign = "," if mark == "comma" else "."
        return digits.replace(sign, "." if sign == decimal_sign else "")
    return digits.replace(",", ".")


_MASS = {
    "": 1.0, "KG": 1.0, "KGS": 1.0, "KGM": 1.0, "KILO": 1.0, "KILOS": 1.0, "KILOGRAM": 1.0, "KILOGRAMS": 1.0, "KILOGRAMME": 1.0,
    "G": 0.001, "GR": 0.001, "GRM": 0.001, "GRAM": 0.001, "GRAMS": 0.001, "MG": 0.000001,
    "T": 1000.0, "MT": 1000.0, "TNE": 1000.0, "TON": 1000.0, "TONS": 1000.0, "TONNE": 1000.0, "TONNES": 1000.0,
    "LB": 0.45359237, "LBS": 0.45359237, "LBR": 0.45359237,
}  # fmt: skip


def read_mass_kg(text: str, mark: DecimalMark = "point") -> Reading:
    """A mass in kilograms; a bare number is kilograms."""
    reading = read_number(text, mark)
    if reading.value is None:
        return reading
    factor = _MASS.get(re.sub(r"[^A-Z]", "", reading.rest.upper()))
    if factor is None:
        return Reading(None, "is not a mass in a unit we know")
    if reading.value < 0:
        return Reading(None, "is negative")
    return Reading(reading.value if factor == 1.0 else float(f"{reading.value * factor:.12g}"), None, reading.rest)


# --------------------------------------------------------------------------------------------------- dates
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?(?:[Zz]|[+-]\d{2}:?(?:\d{2})?)?)?(?:\.0)?")
_TWO_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T\s].*)?")
_MONTH_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s/.]*([A-Za-z]{3,9})[-\s/.,]*(\d{4}|\d{2})(?:[T\s].*)?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})[-\s/.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})(?:[T\s].*)?")
_MONTH_ONLY = re.compile(r"\d{4}([-/.]\d{1,2})?|(19|20)\d{4}|\d{1,2}[-/.]\d{4}|[A-Za-z]{3,9}[-\s/.,]*(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = {m: n for n, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}


class DateReading(NamedTuple):
    """A day that was read, or why it was not."""

    value: date | None
    fault: str | None = None


def day_order_proofs(texts: Iterable[str]) -> set[DayOrder]:
    """Which orders of day and month some value of a column needs."""
    found: set[DayOrder] = set()
    for text in texts:
        if (match := _TWO_FIRST.fullmatch(text.strip())) and match[2] != ".":
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                found.add("day_first")
            elif second > 12 >= first:
                found.add("month_first")
    return found


def day_order(proofs: set[DayOrder]) -> DayOrder:
    """The order of a column; unknown when no value proves one, or some prove each."""
    return next(iter(proofs)) if len(proofs) == 1 else "unknown"


def is_ambiguous_date(text: str) -> bool:
    """Whether day and month may be exchanged (``03/04/2026``)."""
    match = _TWO_FIRST.fullmatch(text.strip())
    if match is None or match[2] == ".":
        return False
    return int(match[1]) <= 12 and int(match[3]) <= 12 and match[1].zfill(2) != match[3].zfill(2)


def read_date(text: str, order: DayOrder = "unknown") -> DateReading:
    """The day a text states; times and zones are ignored, points mean day first, five digits are a spreadsheet's day number.

    >>> read_date("20260309").value, read_date("09/03/2026").fault
    (datetime.date(2026, 3, 9), 'day and month cannot be told apart')
    """
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _TWO_FIRST.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
        if is_ambiguous_date(text) and order == "unknown":
            return DateReading(None, "day and month cannot be told apart")
        month_first = match[2] != "." and (second > 12 or (order == "month_first" and first <= 12))
        return _day(year, first, second) if month_first else _day(year, second, first)
    if (match := _MONTH_NAMED.fullmatch(text)) and (month := _MONTHS.get(match[2][:3].lower())):
        return _day(_full_year(match[3]), month, int(match[1]))
    if (match := _MONTH_FIRST.fullmatch(text)) and (month := _MONTHS.get(match[1][:3].lower())):
        return _day(int(match[3]), month, int(match[2]))
    if _MONTH_ONLY.fullmatch(text):
        return DateReading(None, "names no day")
    # A spreadsheet's date cell without its format: days since 30 December 1899. 1995 to 2079.
    if (match := _SERIAL.fullmatch(text)) and 34700 <= int(match[1]) <= 65745:
        return DateReading(date(1899, 12, 30) + timedelta(days=int(match[1])))
    return DateReading(None, "is not a date")


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(date(year, month, day)) if 1900 <= year < 2200 else DateReading(None, "is not a date")
    except ValueError:
        return DateReading(None, "is not a date")


# --------------------------------------------------------------------------------------- codes and operations
class TextReading(NamedTuple):
    """A text that was read; ``fault`` says what is doubtful about it, or why there is none."""

    value: str | None
    fault: str | None = None


def read_hs(text: str) -> TextReading:
    """The digits of a Harmonized System code, 2 to 10 of them.

    National suffixes beyond ten digits are cut, and noted. A code a spreadsheet has made a number is refused.

    >>> read_hs("8481.80 99").value, read_hs("8.48E+09").fault
    ('84818099', 'is a number damaged by a spreadsheet, not a code')
    """
    text = text.strip()
    if re.fullmatch(r"\d+[.,]?\d*[eE]\+?\d+", text):
        return TextReading(None, "is a number damaged by a spreadsheet, not a code")
    first = re.split(r"\s*[/;,|]\s*|\s+(?:and|or)\s+", re.sub(r"^(\d+)\.0$", r"\1", text), maxsplit=1)[0]
    digits = "".join(c for c in first if c.isdecimal() and c.isascii())
    if len(digits) < 2 or not digits.strip("0"):
        return TextReading(None, "is not a code of 2 to 10 digits")
    if len(first) < len(text.removesuffix(".0")):
        return TextReading(digits[:10], f"states more than one code; {digits[:10]} is used")
    if len(digits) > 10:
        return TextReading(digits[:10], f"has more than 10 digits; {digits[:10]} is used")
    # Codes have 2, 4, 6, 8 or 10 digits, some national ones 9; a spreadsheet takes the zero from 0102.10 and from 8481.80.
    return TextReading(digits, f"has {len(digits)} digits; a zero may be lost at either end" if len(digits) in (3, 5, 7) else None)


OPERATIONS = (
    "export", "reexport", "transit", "transhipment", "import", "brokering", "intra_union_transfer", "technical_assistance", "intangible",
)  # fmt: skip
_OPERATION_FORMS = (
    (r"re.?exp.*|ex ?3|rx", "reexport"),
    (r"ex[a-z]?|ex ?[0-9]|e|exp.*|эк|экспорт|out", "export"),
    (r"im[a-z]?|im ?[0-9]|i|imp.*|им|импорт|in (non )?payment.*", "import"),
    (r"trans?.?ship.*", "transhipment"),
    (r"transit.*|t1|t2f?|tir", "transit"),
    (r"broker.*", "brokering"),
    (r"intra.*", "intra_union_transfer"),
    (r"tech.*assist.*", "technical_assistance"),
    (r"intang.*", "intangible"),
)


def read_operation(text: str) -> TextReading:
    """The operation of the contract that a customs word or declaration type means."""
    plain = re.sub(r"[\s_\-.]+", " ", text.strip().casefold())
    if plain.replace(" ", "_") in OPERATIONS:
        return TextReading(plain.replace(" ", "_"))
    for form, operation in _OPERATION_FORMS:
        if re.fullmatch(form, plain):
            return TextReading(operation)
    return TextReading(None, "is not a known operation; export is assumed")


_WMD_USE = re.compile(r"nuclear|chemical|biolog|radiolog|toxin|missile|rocket|mass destruction|\b(?:cbrn|nbc|cbw)\b")
_MILITARY_USE = re.compile(r"armed forces|army|navy|air force|weapons? system|\bmod\b|ministry of defen[cs]e")


def read_end_use_informed(text: str) -> TextReading:
    """Which use the authority informed of, the kind before the words where they name one; a bare yes is ``any``, a no is nothing.

    >>> read_end_use_informed("chemical weapons").value
    'wmd: chemical weapons'
    """
    plain = text.strip().casefold()
    if plain in ("no", "false", "0", "n"):
        return TextReading(None)
    if plain in ("yes", "true", "1", "y"):
        return TextReading("any")
    if "wmd" not in plain and _WMD_USE.search(plain):
        return TextReading(f"wmd: {plain}")
    return TextReading(f"military: {plain}" if "military" not in plain and _MILITARY_USE.search(plain) else plain)


def read_un_number(text: str) -> TextReading:
    """The four digits of a UN number (``UN 1244``)."""
    match = re.fullmatch(r"(?:UN(?:\s?(?:NO|NR)\.?)?)?[\s:.#-]*(\d{4})(?:\.0)?", text.strip(), re.IGNORECASE)
    return TextReading(match[1]) if match else TextReading(None, "is not a UN number of four digits")
