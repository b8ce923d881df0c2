"""The scalar fields of items: which text is a field's, and the text in the field's type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import polars as pl

from control_lists.codes.country import CountryNames
from screening.normalise.values import (
    PROVES_POINT,
    DayOrder,
    DecimalMark,
    Reading,
    TextReading,
    is_ambiguous_date,
    read_date,
    read_end_use_informed,
    read_hs,
    read_mass_kg,
    read_number,
    read_operation,
    read_un_number,
)
from screening.read.columns import COUNTRY_FIELDS, FREE_TEXT, Layout
from screening.read.contract import FIELDS, NOTES
from screening.read.distinct import Column, by_distinct, cleaned

NUMBERS = ("quantity", "net_mass_kg", "value", "us_content_pct")
# A number that is read the same whatever the column's decimal mark is, one that is so once the mark is the point, and a
# number that the mark decides.
_PLAIN_NUMBER = r"^\d{1,15}(?:\.(?:\d{1,2}|\d{4,9}))?$"
_PLAIN_WITH_POINT = r"^\d{1,15}(?:\.\d{1,9})?$"
_OPEN_NUMBER = r"(?:^|[^\d.,])[1-9]\d{0,2}[.,]\d{3}(?:$|[^\d.,])"
_RULES: dict[str, Callable[[str], TextReading]] = {
    "operation": read_operation,
    "hs_code": read_hs,
    "un_number": read_un_number,
    "end_use_informed": read_end_use_informed,
    "currency": lambda text: TextReading(text.upper()),
}


class Proofs(NamedTuple):
    """What the values of a whole file prove of one column's writing; asked only when a value of the part leaves it open."""

    day_order: Callable[[], DayOrder]
    decimal_mark: Callable[[str], DecimalMark]


def field_texts(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """One String column a scalar field, blanks as null, beside ``row``, the number of the record in the part."""
    found = [pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")]
    for field in FIELDS:
        columns = [cleaned(pl.col(column)) for column in layout.fields.get(field, ())]
        if field == "remarks":
            expression = joined([*columns, *_twins(layout)])
        elif not columns:
            expression = pl.lit(None, pl.String)
        elif field == "description":
            expression = pl.coalesce(columns)
        else:
            expression = joined(columns) if field in FREE_TEXT else columns[0]
        found.append(expression.alias(field))
    return frame.select(found)


def joined(texts: Iterable[pl.Expr]) -> pl.Expr:
    """Texts in a row joined into one, repeats and nulls dropped."""
    listed = list(texts)
    if len(listed) < 2:
        return listed[0] if listed else pl.lit(None, pl.String)
    return pl.concat_list(listed).list.drop_nulls().list.unique(maintain_order=True).list.join("; ").replace("", None)


def _twins(layout: Layout) -> list[pl.Expr]:
    """The descriptions beside the one that is taken (its English form): screened as remarks, never dropped."""
    columns = layout.fields.get("description", ())
    if len(columns) < 2:
        return []
    description = pl.coalesce(cleaned(pl.col(column)) for column in columns)
    return [pl.when(cleaned(pl.col(column)) != description).then(cleaned(pl.col(column))) for column in columns]


class FieldReader:
    """Types the scalar fields. ``countries`` are the spellings, ``proofs`` what the file proves of its dates and numbers."""

    def __init__(self, countries: CountryNames, proofs: Proofs) -> None:
        self._countries = countries
        self._proofs = proofs

    def read(self, frame: pl.DataFrame, text: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The fields in their types, defaults filled; and notes (row, note). A value that cannot be read is null and noted."""
        columns: dict[str, Column] = {}
        for field, rule in _RULES.items():
            columns[field] = by_distinct(text[field], _noting(rule), pl.String)
        for field in COUNTRY_FIELDS:
            columns[field] = self._country(frame, layout.fields.get(field, ()), text.height)
        columns["transit_countries"] = by_distinct(text["transit_countries"], self._countries_listed, pl.List(pl.String))
        columns["declared_on"] = self._dates(text["declared_on"])
        columns["item_number"] = by_distinct(text["item_number"], _whole_number, pl.Int64)
        beside: dict[str, pl.Series] = {}
        for field in NUMBERS:
            columns[field], beside[field] = self._numbers(field, text[field])
        typed = text.with_columns(column.values.alias(field) for field, column in columns.items())
        typed = typed.with_columns(
            pl.col("operation").fill_null("export"),
            pl.col("item_number").fill_null(1),
            pl.col("transit_countries").fill_null(pl.lit([], pl.List(pl.String))),
            # "12.5 KG" in a quantity states its unit, "EUR 500" in a value its currency.
            pl.col("unit").fill_null(beside["quantity"]),
            self._currency(beside["value"], layout),
        )
        noted = [
            pl.DataFrame({"row": text["row"], "note": column.notes})
            .drop_nulls("note")
            .select("row", pl.format(field + ": {}", "note").alias("note"))
            for field, column in columns.items()
            if column.notes.null_count() < text.height
        ]
        return typed, pl.concat([pl.DataFrame(schema=NOTES), *noted])

    def _currency(self, beside: pl.Series, layout: Layout) -> pl.Expr:
        """The declared currency, or what the amounts or the name of their column say."""
        columns = layout.fields.get("value", ())
        if columns and columns[0] in layout.foreign and "USD" in columns[0].upper():
            # TOTAL_VALUE_USD says the currency of its amounts; a currency column beside it is the invoice's.
            return pl.lit("USD").alias("currency")
        code = pl.lit(beside.str.to_uppercase())
        return pl.col("currency").fill_null(pl.when(code.str.contains("^[A-Z]{3}$")).then(code))

    def _country(self, frame: pl.DataFrame, columns: tuple[str, ...], height: int) -> Column:
        """The country of the first column that can be read; noted when none can be and one states something."""
        values = pl.Series("value", [None] * height, dtype=pl.String)
        notes = pl.Series("note", [None] * height, dtype=pl.String)
        for column in columns:
            found = by_distinct(frame.select(cleaned(pl.col(column))).to_series(), self._one_country, pl.String)
            values, notes = _first(values, found.values), _first(notes, found.notes)
        return Column(values, notes.set(values.is_not_null(), None))

    def _one_country(self, text: str) -> tuple[str | None, str | None]:
        reading = self._countries.read(text)
        return reading.code, None if reading.understood else f"'{text}' is not a country we know"

    def _countries_listed(self, text: str) -> tuple[list[str], str | None]:
        """The countries of a list. A comma or a blank parts only what is no single country's name (``Korea, Republic of``)."""
        pieces = [piece.strip() for piece in text.replace("|", ";").split(";") if piece.strip()]
        if len(pieces) == 1 and not self._countries.read(text).understood:
            pieces = [piece.strip() for piece in (text.split(",") if "," in text else text.replace("-", " ").split())]
        readings = [self._countries.read(piece) for piece in pieces]
        unread = [piece for piece, reading in zip(pieces, readings, strict=True) if not reading.understood]
        note = f"'{'; '.join(unread)}' is not a country we know" if unread else None
        return list(dict.fromkeys(reading.code for reading in readings if reading.code)), note

    def _dates(self, texts: pl.Series) -> Column:
        if texts.null_count() == len(texts):
            return Column(texts.cast(pl.Date), texts)
        plain = texts.str.to_date("%Y-%m-%d", strict=False, exact=True)
        if plain.null_count() == texts.null_count() and plain.dt.year().is_between(1900, 2199).all():
            return Column(plain, pl.Series("note", [None] * len(texts), dtype=pl.String))
        is_open = any(is_ambiguous_date(text) for text in texts.drop_nulls().unique())
        order = self._proofs.day_order() if is_open else "unknown"

        def day(text: str) -> tuple[date | None, str | None]:
            reading = read_date(text, order)
            return reading.value, f"'{text}' {reading.fault}" if reading.fault else None

        return by_distinct(texts, day, pl.Date)

    def _numbers(self, field: str, texts: pl.Series) -> tuple[Column, pl.Series]:
        """The numbers of a column, and the unit or currency that stood beside each."""
        if texts.null_count() == len(texts):
            return Column(texts.cast(pl.Float64), texts), texts
        mark = "point" if not texts.str.contains(_OPEN_NUMBER).any() else self._mark(field, texts)
        is_plain = texts.str.contains(_PLAIN_WITH_POINT if mark == "point" else _PLAIN_NUMBER) & (field != "us_content_pct")
        plain = texts.zip_with(is_plain, pl.Series([None], dtype=pl.String)).cast(pl.Float64)
        others = texts.zip_with(~is_plain, pl.Series([None], dtype=pl.String))
        rule = read_mass_kg if field == "net_mass_kg" else read_number
        readings = {text: _within(field, rule(text, mark)) for text in others.drop_nulls().unique()}
        read = by_distinct(others, lambda text: (readings[text].value, _fault(text, readings[text].fault)), pl.Float64)
        beside = by_distinct(others, lambda text: (readings[text].rest or None, None), pl.String).values
        return Column(_first(plain, read.values), read.notes), beside

    def _mark(self, field: str, texts: pl.Series) -> DecimalMark:
        """The decimal mark of a column. A point that is proven in this part stands, whatever the rest of the file holds."""
        is_proven = texts.str.replace_all(r"[^\d.,]", "").str.contains(f"^(?:{PROVES_POINT.pattern})$").any()
        return "point" if is_proven else self._proofs.decimal_mark(field)


def _first(values: pl.Series, others: pl.Series) -> pl.Series:
    return values.zip_with(values.is_not_null(), others)


def _noting(rule: Callable[[str], TextReading]) -> Callable[[str], tuple[str | None, str | None]]:
    def read(text: str) -> tuple[str | None, str | None]:
        reading = rule(text)
        return reading.value, _fault(text, reading.fault)

    return read


def _fault(text: str, fault: str | None) -> str | None:
    return f"'{text}' {fault}" if fault else None


def _whole_number(text: str) -> tuple[int | None, str | None]:
    digits = text.removesuffix(".0")
    if digits.isdecimal() and len(digits) < 18:
        return int(digits), None
    return None, f"'{text}' is not a whole number; 1 is assumed"


def _within(field: str, reading: Reading) -> Reading:
    """The reading, unless the field cannot be so: amounts are not negative, a share is at most 100 per cent."""
    if reading.value is not None and reading.value < 0:
        return Reading(None, "is negative")
    if field == "us_content_pct" and reading.value is not None and reading.value > 100:
        return Reading(None, "is more than 100 per cent")
    return reading
