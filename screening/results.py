"""Results that were written earlier, read back as records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from screening.errors import ResultFormatError
from screening.write.nested import FIELDS


def read_results(path: Path) -> pl.DataFrame:
    """The determinations in an NDJSON or Parquet results file; raises ResultFormatError when it is not one of ours."""
    if not path.is_file():
        raise ResultFormatError(f"{path}: no such file")
    try:
        frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_ndjson(path, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ResultFormatError(
            f"{path}: cannot be read ({str(error).splitlines()[0]}); explain reads the NDJSON and Parquet results of stc screen"
        ) from None
    missing = [name for name in FIELDS if name not in frame.columns]
    if missing:
        raise ResultFormatError(f"{path}: no column '{missing[0]}'; explain reads the NDJSON and Parquet results of stc screen")
    return frame


def find(path: Path, declaration_id: str, item_number: int | None) -> list[dict[str, Any]]:
    """The records of one declaration, or of one item of it; raises ResultFormatError when there is none."""
    frame = read_results(path).filter(pl.col("declaration_id").cast(pl.String) == declaration_id)
    if item_number is not None:
        frame = frame.filter(pl.col("item_number") == item_number)
    if frame.is_empty():
        item = f" item {item_number}" if item_number is not None else ""
        raise ResultFormatError(f"{path}: no declaration '{declaration_id}'{item}")
    return frame.with_columns(pl.col("as_of").cast(pl.String)).to_dicts()
