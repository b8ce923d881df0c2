"""Parquet: the flat form under any types, or nested lists of parties and documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from screening.errors import DeclarationFormatError
from screening.read.columns import ColumnNames
from screening.read.contract import RawPart, flat_part
from screening.read.nested import raw_part


class Parquet:
    """An opened Parquet file. Raises DeclarationFormatError when it is none, or has no column we know."""

    def __init__(self, path: Path, file: str, names: ColumnNames) -> None:
        self.file = file
        self._names = names
        try:
            self._scan = pl.scan_parquet(path)
            self._schema = self._scan.collect_schema()
            self._height = int(self._scan.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise DeclarationFormatError(f"{file}: is not a Parquet file that can be read ({reason}); write it again") from None
        if not names.recognised(self._schema):
            shown = ", ".join(self._schema)[:80]
            raise DeclarationFormatError(
                f"{file}: row 1: no column is one we know ('{shown}'); name the columns as the declaration does, or map them with --map"
            )

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The rows in order, numbered from 1."""
        is_nested = any(dtype.is_nested() for dtype in self._schema.dtypes())
        for offset in range(0, max(self._height, 1), part_rows):
            part = self._scan.slice(offset, part_rows).collect()
            rows = pl.int_range(offset + 1, offset + 1 + part.height, dtype=pl.Int64, eager=True)
            if is_nested:
                yield raw_part(list(zip(rows.to_list(), part.to_dicts(), strict=True)), [], self._names)
            else:
                yield flat_part(part.select(as_text(part[name]) for name in part.columns), rows, [], part.height)


def as_text(column: pl.Series) -> pl.Series:
    """A column of any plain type as text; whole numbers without a point."""
    if column.dtype == pl.Binary:
        return pl.Series(column.name, [v if v is None else v.decode("utf-8", "replace") for v in column], dtype=pl.String)
    if column.dtype.is_float():
        is_whole = column.drop_nulls().drop_nans()
        if is_whole.is_finite().all() and (is_whole == is_whole.round()).all() and (is_whole.abs() < 2**53).all():
            return column.fill_nan(None).cast(pl.Int64).cast(pl.String)
    return column.cast(pl.String)
