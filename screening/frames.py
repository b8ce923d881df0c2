"""The columns each stage hands to the next. A stage checks its columns once, at its door."""

from __future__ import annotations

import polars as pl

from screening.errors import ContractError

ATTRIBUTE = pl.Struct({"name": pl.String, "value": pl.String})
DOCUMENT = pl.Struct({"code": pl.String, "reference": pl.String, "valid_until": pl.String})

# One row a goods item: section 1 of the contract, parties apart. ``item`` is the row's key inside one part.
ITEM: dict[str, pl.DataType | type[pl.DataType]] = {
    "item": pl.UInt32,
    "declaration_id": pl.String,
    "item_number": pl.Int64,
    "source_file": pl.String,
    "source_row": pl.Int64,
    "operation": pl.String,
    "declared_on": pl.Date,
    "export_country": pl.String,
    "destination_country": pl.String,
    "origin_country": pl.String,
    "customs_office": pl.String,
    "procedure_code": pl.String,
    "transport_mode": pl.String,
    "container_numbers": pl.String,
    "payment": pl.String,
    "transit_countries": pl.List(pl.String),
    "hs_code": pl.String,  # digits only
    "description": pl.String,
    "tariff_text": pl.String,
    "marks": pl.String,
    "remarks": pl.String,
    "end_use": pl.String,
    "end_use_informed": pl.String,
    "us_content_pct": pl.Float64,
    "cas_number": pl.String,
    "un_number": pl.String,
    "control_code": pl.String,
    "quantity": pl.Float64,
    "unit": pl.String,
    "net_mass_kg": pl.Float64,
    "value": pl.Float64,
    "currency": pl.String,
    "attributes": pl.List(ATTRIBUTE),
    "documents": pl.List(DOCUMENT),
    "problems": pl.List(pl.String),  # optional values that could not be read: noted, never a reject
}

# One row a declared party of an item.
PARTY: dict[str, pl.DataType | type[pl.DataType]] = {
    "item": pl.UInt32,
    "party": pl.UInt32,  # number of the party within the item, from 0
    "role": pl.String,
    "name": pl.String,
    "country": pl.String,
    "address": pl.String,
    "identifiers": pl.List(pl.String),
}

# Rows that could not be read at all.
REJECT: dict[str, pl.DataType | type[pl.DataType]] = {
    "file": pl.String,
    "row": pl.Int64,
    "field": pl.String,
    "reason": pl.String,
}


def check(frame: pl.DataFrame, schema: dict[str, pl.DataType | type[pl.DataType]], stage: str) -> pl.DataFrame:
    """The frame with the columns of ``schema`` first and in order; raises ContractError when one is missing or of another type."""
    held = frame.schema
    for name, dtype in schema.items():
        if name not in held:
            raise ContractError(f"{stage}: column '{name}' is missing")
        if held[name] != dtype:
            raise ContractError(f"{stage}: column '{name}' is {held[name]}, not {dtype}")
    ordered = [*schema, *(c for c in held if c not in schema)]
    return frame if ordered == [*held] else frame.select(ordered)
