"""Declared technical values: which parameter a name means, and the unit a name carries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import polars as pl

from control_lists.models import Parameter
from screening.frames import ATTRIBUTE
from screening.read.contract import ATTRIBUTES
from screening.read.distinct import by_distinct, cleaned
from screening.read.surrogates import as_text

_BARE_NUMBER = re.compile(r"[<>=≤≥~\s]*[+\-−]?[\d.,\s]*\d(?:[eE][+-]?\d+)?")


class AttributeName(NamedTuple):
    """A declared name as a parameter id; ``unit`` is the suffix that stood for one. ``known``: we have a parameter for it."""

    id: str
    unit: str | None
    known: bool


class AttributeNames:
    """Reads attribute names. Opened once with the parameters of the reference data and what tells a unit by its spelling."""

    def __init__(self, parameters: Iterable[Parameter], unit_of: Callable[[str], str | None]) -> None:
        parameters = list(parameters)
        # Only what is spelt like a unit is one: "od_tolerance" is never an outside diameter in "tolerance".
        self._unit_of = unit_of
        self._ids = {_key(alias): parameter.id for parameter in parameters for alias in parameter.aliases}
        self._ids |= {_key(parameter.id): parameter.id for parameter in parameters}
        self._with_unit = {parameter.id for parameter in parameters if parameter.unit is not None}

    def read(self, name: str) -> AttributeName:
        """The parameter a name means: by its id, an alias, or either with a unit behind it (``uts_MPa``)."""
        plain = name.strip()
        whole = self._ids.get(_key(plain))
        if whole == _key(plain):
            return AttributeName(whole, None, True)
        # The unit of a name counts before an alias that happens to hold it (``concentration_pct``): no unit is left to be guessed.
        for cut in range(len(plain) - 1, 0, -1):
            if plain[cut] in "_ .-" and (found := self._ids.get(_key(plain[:cut]))) is not None and found in self._with_unit:
                suffix = plain[cut + 1 :].strip("_ ").replace("_", "/")
                if (unit := self._unit_of(suffix)) is not None:
                    return AttributeName(found, unit, True)
        if whole is not None:
            return AttributeName(whole, None, True)
        return AttributeName(plain, None, False)


def flat_attributes(frame: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """The values of ``attr_`` columns in the ATTRIBUTES shape."""
    found = [
        frame.select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), pl.lit(name).alias("name"), cleaned(pl.col(column)).alias("value")
        ).drop_nulls("value")
        for column, name in columns.items()
    ]
    return pl.concat(found) if found else pl.DataFrame(schema=ATTRIBUTES)


def typed_attributes(attributes: pl.DataFrame, names: AttributeNames) -> tuple[pl.DataFrame, list[str]]:
    """One list of attributes a row (``row``, ``attributes``), under parameter ids; and the names that are of no parameter."""
    if attributes.is_empty():
        return pl.DataFrame(schema={"row": pl.UInt32, "attributes": pl.List(ATTRIBUTE)}), []
    readings = {name: names.read(name) for name in attributes["name"].unique(maintain_order=True)}
    lookup = pl.DataFrame(
        {"name": list(readings), "id": [r.id for r in readings.values()], "unit": [r.unit for r in readings.values()]},
        schema={"name": pl.String, "id": pl.String, "unit": pl.String},
    )
    bare = pl.col("value").str.contains(rf"^(?:{_BARE_NUMBER.pattern})$")
    resolved = attributes.join(lookup, on="name", how="left", maintain_order="left").select(
        "row",
        pl.col("id").alias("name"),
        pl.when(pl.col("unit").is_not_null() & bare).then(pl.concat_str("value", "unit", separator=" ")).otherwise("value").alias("value"),
    )
    lists = resolved.group_by("row", maintain_order=True).agg(pl.struct("name", "value").alias("attributes"))
    unknown = [name for name, reading in readings.items() if not reading.known]
    return lists.cast({"attributes": pl.List(ATTRIBUTE)}), unknown


def attributes_in_text(texts: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """A flat ``attributes`` column: what it states by name (ATTRIBUTES shape), and the texts that name nothing, as free text."""
    parsed = by_distinct(texts, lambda text: (pairs_in_text(text), None), pl.List(ATTRIBUTE)).values
    found = (
        pl.DataFrame({"row": pl.int_range(len(texts), dtype=pl.UInt32, eager=True), "pair": parsed})
        .filter(pl.col("pair").list.len() > 0)
        .explode("pair")
        .unnest("pair")
    )
    free = pl.DataFrame({"text": texts, "pair": parsed}).select(pl.when(pl.col("pair").list.len() > 0).then(None).otherwise("text"))
    return found.select(*ATTRIBUTES), free.to_series()


def pairs_in_text(text: str) -> list[dict[str, str]]:
    """Name and value of each attribute in a JSON object or a ``name=value; name=value`` text; none where it is neither."""
    if text.startswith("{"):
        try:
            record = as_text(json.loads(text, parse_float=str, parse_int=str))
        except (ValueError, RecursionError):
            return []
        return [{"name": name, "value": _scalar(value)} for name, value in record.items() if value is not None]
    pieces = [piece.partition("=") for piece in text.split(";") if piece.strip()]
    if not all(re.fullmatch(r"\s*[A-Za-z]\w*\s*", name) and value.strip() for name, _, value in pieces):
        return []
    return [{"name": name.strip(), "value": value.strip()} for name, _, value in pieces]


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
