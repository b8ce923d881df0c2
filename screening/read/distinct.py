"""Python parsing at the price of a column's distinct values: each is read once and joined back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl

from screening.normalise.values import BLANKS

_BLANK = pl.Series(sorted(BLANKS))
# Every blank of Unicode, and the marks without width that copying leaves at the ends of a cell.
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\ufeff"


class Column(NamedTuple):
    """Typed values and, where a text could not be read or is doubtful, a note on it."""

    values: pl.Series
    notes: pl.Series


def cleaned(text: pl.Expr) -> pl.Expr:
    """A declared text without blanks around it; null where it states nothing (``NULL``, ``N/A``, ``-``)."""
    bare = text.str.strip_chars(_SPACES)
    # Only short texts can be one of the blanks: the rest is spared the lower-casing.
    is_blank = (bare.str.len_bytes() <= 8) & bare.str.to_lowercase().is_in(_BLANK.implode())
    return pl.when(is_blank).then(None).otherwise(bare)


def is_blank(text: str | None) -> bool:
    """Whether a declared text states nothing: what ``cleaned`` makes null."""
    return text is None or text.strip(_SPACES).lower() in BLANKS


def by_distinct(texts: pl.Series, parse: Callable[[str], tuple[Any, str | None]], dtype: pl.DataType | type[pl.DataType]) -> Column:
    """Each text's value and note, as ``parse`` gives them; nulls stay null."""
    if texts.null_count() == len(texts):
        return Column(pl.Series("value", [None] * len(texts), dtype=dtype), pl.Series("note", [None] * len(texts), dtype=pl.String))
    distinct = texts.drop_nulls().unique()
    parsed = [parse(text) for text in distinct]
    lookup = pl.DataFrame(
        {
            "text": distinct,
            "value": pl.Series([value for value, _ in parsed], dtype=dtype),
            "note": pl.Series([note for _, note in parsed], dtype=pl.String),
        }
    )
    joined = texts.alias("text").to_frame().join(lookup, on="text", how="left", maintain_order="left")
    return Column(joined["value"], joined["note"])
