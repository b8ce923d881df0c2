"""Results into files: one module a format, chosen by name or suffix, written whole or not at all."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import polars as pl

from screening.errors import UsageError
from screening.write.disk import whole

FORMATS = {"csv": "csv", "tsv": "csv", "ndjson": "ndjson", "jsonl": "ndjson", "json": "ndjson", "parquet": "parquet", "xlsx": "xlsx"}


def format_of(path: str, stated: str | None) -> str:
    """The result format that was named, or that the suffix says; raises UsageError."""
    word = (stated or Path(path).suffix.lstrip(".")).lower()
    if word not in FORMATS:
        raise UsageError(f"{path}: no result format '{word or '(none)'}'; use --format or a suffix of {', '.join(FORMATS)}")
    return word


def write(
    frames: Iterable[pl.DataFrame],
    path: Path,
    stated: str | None = None,
    *,
    bom: bool = False,
    account: dict[str, str] | None = None,
) -> None:
    """Results in ``path``, whole or not at all; raises OSError.

    ``frames`` follow one another in the order of the contract, have the same columns, and are at least one.
    """
    word = format_of(path.name, stated)
    with whole(path) as out:
        write_to(frames, out, word, bom=bom, account=account)


def write_rejects(frames: Iterable[pl.DataFrame], path: Path) -> None:
    """What could not be read as CSV in ``path``, whole or not at all; raises OSError."""
    with whole(path) as out:
        for number, frame in enumerate(frames):
            frame.write_csv(out, include_header=not number)


def write_to(
    frames: Iterable[pl.DataFrame], out: IO[bytes], word: str, *, bom: bool = False, account: dict[str, str] | None = None
) -> None:
    """Results on an open binary stream; ``account`` says how they were made, where the format can carry it."""
    importlib.import_module(f"screening.write.{FORMATS[word]}").write(iter(frames), out, word=word, bom=bom, account=account or {})
