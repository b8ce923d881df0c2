"""Supporting documents of an item: code, reference and last day of validity."""

from __future__ import annotations

import re

import polars as pl

from screening.frames import DOCUMENT
from screening.normalise.values import read_date
from screening.read.contract import DOCUMENTS, NOTES
from screening.read.distinct import by_distinct, cleaned

# A column that names a licence without its document code: the number is a reference, and what it licences is not known.
LICENCE_CODE = "LICENCE"
_CODES = re.compile(r"[A-Z0-9]{3,4}( +[A-Z0-9]{3,4})+")


def flat_documents(frame: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """The documents that ``documents`` columns (``X060:DE-2026-17; Y901``) and licence columns state, in the DOCUMENTS shape."""
    found: list[pl.DataFrame] = []
    for column, field in columns.items():
        texts = frame.select(cleaned(pl.col(column))).to_series()
        lists = by_distinct(texts, _licences if field == "licence" else _documents, pl.List(DOCUMENT)).values
        found.append(
            pl.DataFrame({"row": pl.int_range(len(texts), dtype=pl.UInt32, eager=True), "document": lists})
            .filter(pl.col("document").list.len() > 0)
            .explode("document")
            .unnest("document")
        )
    return pl.concat(found) if found else pl.DataFrame(schema=DOCUMENTS)


def documents_in_text(text: str) -> list[dict[str, str | None]]:
    """The documents of one text; the first colon parts code from reference.

    >>> [d["code"] for d in documents_in_text("X060:DE-2026-17; Y901")]
    ['X060', 'Y901']
    """
    found: list[dict[str, str | None]] = []
    # Codes alone may stand with blanks between them, as ASYCUDA writes them.
    parted = text.replace(" ", ";") if _CODES.fullmatch(text) else text
    for piece in filter(None, (piece.strip() for piece in re.split(r"[;\n]", parted))):
        code, _, reference = piece.partition(":")
        found.append({"code": code.strip(), "reference": reference.strip() or None, "valid_until": None})
    return found


def _documents(text: str) -> tuple[list[dict[str, str | None]], str | None]:
    return documents_in_text(text), None


def _licences(text: str) -> tuple[list[dict[str, str | None]], str | None]:
    return [{"code": LICENCE_CODE, "reference": text, "valid_until": None}], None


def typed_documents(documents: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One list of documents a row (``row``, ``documents``) with ISO dates; and notes (row, note) on dates that could not be read."""
    if documents.is_empty():
        return pl.DataFrame(schema={"row": pl.UInt32, "documents": pl.List(DOCUMENT)}), pl.DataFrame(schema=NOTES)
    days = by_distinct(documents["valid_until"], _day, pl.String)
    dated = documents.with_columns(days.values.alias("valid_until"))
    lists = dated.sort("row", maintain_order=True).group_by("row", maintain_order=True).agg(
        pl.struct("code", "reference", "valid_until").alias("documents")
    )  # fmt: skip
    notes = documents.select("row", ("documents: " + days.notes).alias("note")).drop_nulls("note")
    return lists.cast({"documents": pl.List(DOCUMENT)}), notes


def _day(text: str) -> tuple[str | None, str | None]:
    reading = read_date(text)
    return (reading.value.isoformat(), None) if reading.value else (None, f"valid until '{text}' {reading.fault}")
