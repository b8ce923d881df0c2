"""Determinations as nested records: the whole of section 2 of the contract, carried columns under ``extra``."""

from __future__ import annotations

from typing import Any

import polars as pl

FIELDS = (
    "declaration_id", "item_number", "jurisdiction", "as_of", "flag", "lane", "description", "hs_code", "export_country",
    "destination_country", "customs_office", "reasons", "candidates", "party_matches", "authorisations", "red_flags", "questions", "notes",
    "source_file", "source_row", "snapshot", "engine_version", "policy",
)  # fmt: skip


def nested(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame in the order of the contract, carried columns packed into one struct ``extra``."""
    carried = [c for c in frame.columns if c.startswith("extra.")]
    packed = [pl.struct(pl.col(c).alias(c.removeprefix("extra.")) for c in carried).alias("extra")] if carried else []
    return frame.select(*FIELDS, *packed)


def records(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Plain records with ISO dates, as ``--json`` prints them."""
    return nested(frame).with_columns(pl.col("as_of").cast(pl.String)).to_dicts()
