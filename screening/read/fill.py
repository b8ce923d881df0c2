"""Blank values of a part filled with what the caller says (``--set``)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from screening.errors import UsageError
from screening.read.columns import PARTY_FIELDS, ColumnNames, Layout, is_contract_field
from screening.read.distinct import cleaned


def check_blanks(blanks: Mapping[str, str]) -> None:
    """Nothing; raises UsageError when a field to fill is not one of the declaration."""
    for field in blanks:
        if not is_contract_field(field) or field in ("parties", "attributes", "licence"):
            raise UsageError(f"'{field}' is not a field of the declaration that can be filled; see the declaration's fields")


def filled(
    frame: pl.DataFrame, layout: Layout, names: ColumnNames, blanks: Mapping[str, str]
) -> tuple[pl.DataFrame, Layout, dict[str, int]]:
    """The frame with blank values filled, its layout, and how many values of each field were filled."""
    counts: dict[str, int] = {}
    for field, value in blanks.items():
        columns = _columns(layout, field)
        if not columns:
            frame = frame.with_columns(pl.lit(None, pl.String).alias(field))
            layout, columns = names.layout([*frame.columns]), (field,)
        is_stated = pl.any_horizontal(cleaned(pl.col(column)).is_not_null() for column in columns)
        counts[field] = int(frame.select((~is_stated).sum()).item())
        frame = frame.with_columns(pl.when(is_stated).then(pl.col(columns[0])).otherwise(pl.lit(value)).alias(columns[0]))
    return frame, layout, counts


def _columns(layout: Layout, field: str) -> tuple[str, ...]:
    """The columns that state a field now."""
    if field in layout.fields:
        return layout.fields[field]
    if field == "documents":
        return tuple(layout.documents)
    for slot in layout.slots:
        for kind, columns in zip(PARTY_FIELDS, (slot.names, slot.countries, slot.addresses, slot.ids), strict=True):
            if field == f"{slot.role}_{kind}" and columns:
                return columns
    return tuple(column for column, name in layout.attributes.items() if field == f"attr_{name}")
