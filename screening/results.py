"""Results that were written earlier, read back as records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from screening.decide.records import DETERMINATION
from screening.errors import ResultFormatError
from screening.write.nested import FIELDS

_TAKES = "what is read are the NDJSON and Parquet results of stc screen"


def scan_results(path: Path) -> pl.LazyFrame:
    """The determinations in an NDJSON or Parquet results file, read as they are asked for; raises ResultFormatError where it is not ours.

    An NDJSON file does not say the types of lists that are empty throughout: those of the contract stand in for them.
    """
    if not path.is_file():
        raise ResultFormatError(f"{path}: no such file")
    is_parquet = path.suffix == ".parquet"
    try:
        frame = pl.scan_parquet(path) if is_parquet else pl.scan_ndjson(path, infer_schema_length=None)
        columns = frame.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ResultFormatError(f"{path}: cannot be read ({str(error).splitlines()[0]}); {_TAKES}") from None
    missing = [name for name in FIELDS if name not in columns]
    if missing:
        raise ResultFormatError(f"{path}: no column '{missing[0]}'; {_TAKES}")
    if is_parquet:
        return frame
    types = {name: dtype for name, dtype in DETERMINATION.items() if name in FIELDS}
    return pl.scan_ndjson(path, infer_schema_length=None, schema_overrides=types)


def read_results(path: Path) -> pl.DataFrame:
    """The determinations in a results file, all at once; raises ResultFormatError as ``scan_results``."""
    try:
        return scan_results(path).collect()
    except pl.exceptions.PolarsError as error:
        raise ResultFormatError(f"{path}: cannot be read ({str(error).splitlines()[0]}); {_TAKES}") from None


def find(path: Path, declaration_id: str, item_number: int | None) -> list[dict[str, Any]]:
    """The records of one declaration, or of one item of it; raises ResultFormatError when there is none."""
    frame = read_results(path).filter(pl.col("declaration_id").cast(pl.String) == declaration_id)
    if item_number is not None:
        frame = frame.filter(pl.col("item_number") == item_number)
    if frame.is_empty():
        item = f" item {item_number}" if item_number is not None else ""
        raise ResultFormatError(f"{path}: no declaration '{declaration_id}'{item}")
    return frame.with_columns(pl.col("as_of").cast(pl.String)).to_dicts()
