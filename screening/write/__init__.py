"""Results into files: one module a format, chosen by name or suffix, written whole or not at all."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import polars as pl

from screening.errors import UsageError

FORMATS = {
    "csv": "csv", "tsv": "csv", "ndjson": "ndjson", "jsonl": "ndjson", "json": "ndjson", "parquet": "parquet", "xlsx": "xlsx",
    "selectivity.csv": "selectivity", "selectivity.xml": "selectivity", "referral.csv": "referral", "referral.xml": "referral",
}  # fmt: skip


def format_of(path: str, stated: str | None) -> str:
    """The result format that was named, or that the suffix says; raises UsageError.

    Of a format in two notations (``selectivity.csv``, ``selectivity.xml``) the first part may be named alone: the suffix says the rest.

    >>> format_of("out.xml", "selectivity"), format_of("-", "selectivity"), format_of("out.referral.xml", None)
    ('selectivity.xml', 'selectivity.csv', 'referral.xml')
    """
    *_, before, suffix = ["", "", *(part.lstrip(".").lower() for part in Path(path).suffixes)]
    words = [stated.lower(), f"{stated.lower()}.{suffix or 'csv'}"] if stated else [f"{before}.{suffix}", suffix]
    if known := next((word for word in words if word in FORMATS), None):
        return known
    raise UsageError(f"{path}: no result format '{words[-1] or '(none)'}'; use --format or a suffix of {', '.join(FORMATS)}")


def is_worklist(word: str) -> bool:
    """Whether a format lists work, which a budget of alerts shortens; the others hold every determination as it is."""
    return FORMATS[word] in ("selectivity", "referral")


def needs_declared(word: str) -> bool:
    """Whether a format shows what was declared beside each determination: see ``screening.declared``."""
    return FORMATS[word] == "referral"


def write(
    frames: Iterable[pl.DataFrame],
    path: Path,
    stated: str | None = None,
    *,
    bom: bool = False,
    account: dict[str, str] | None = None,
) -> None:
    """Results in ``path``: written beside it under a temporary name and renamed, so that a broken run leaves no half file.

    ``frames`` follow one another in the order of the contract, have the same columns, and are at least one; no declaration is in two.
    """
    word = format_of(path.name, stated)
    with whole(path) as out:
        write_to(frames, out, word, bom=bom, account=account)


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream that becomes the file ``path`` when it is closed in peace, and nothing otherwise."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or Path())
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_to(
    frames: Iterable[pl.DataFrame], out: IO[bytes], word: str, *, bom: bool = False, account: dict[str, str] | None = None
) -> None:
    """Results on an open binary stream; ``account`` says how they were made, where the format can carry it."""
    importlib.import_module(f"screening.write.{FORMATS[word]}").write(iter(frames), out, word=word, bom=bom, account=account or {})
