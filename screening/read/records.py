"""The records of delimited text: which rows can be read, which cannot and why. Nothing is lost between the two.

Two ways to the same records. ``regular`` proves by a pattern that every line of a chunk is one record of the right
width and lets polars read it; where it cannot prove that, ``careful`` reads record by record.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

import polars as pl

UNCLOSED = "opens a quotation mark that is not closed where a field ends"


def regular(chunk: list[str], delimiter: str, columns: list[str]) -> pl.DataFrame | None:
    """The fields of a chunk of lines, or None unless every line is provably one record as wide as the header."""
    if len(columns) < 2 or not chunk:
        return None
    text = "".join(chunk).replace("\r\n", "\n")
    if "\r" in text or "\0" in text or text.count("\n") - len(chunk) not in (0, -1):
        return None
    mark = re.escape(delimiter)
    field = rf'(?:[^"{mark}\n]*|"(?:[^"\n]|"")*")'
    whole = rf"^{field}(?:{mark}{field}){{{len(columns) - 1}}}$"
    listed = pl.Series(text.removesuffix("\n").split("\n"))
    try:
        is_regular = bool(listed.str.contains(whole).all())
    except pl.exceptions.ComputeError:  # the pattern of a very wide table is too large to compile
        return None
    if not is_regular:
        return None
    frame = pl.read_csv(
        io.BytesIO(text.encode()), separator=delimiter, has_header=False, schema=dict.fromkeys(columns, pl.String),
        quote_char='"', empty_string_is_null=False, extra_columns="raise",
    )  # fmt: skip
    return frame if frame.height == len(listed) and frame.width == len(columns) else None


def careful(chunk: list[str], more: Iterator[str], delimiter: str, least: int, width: int) -> Iterator[list[str] | str]:
    """The fields of each record that begins in the chunk, or why it cannot be read; a blank row has no fields.

    ``more`` gives the lines behind the chunk, for a record that does not end in it. A quotation mark that is opened
    and never closed would swallow the rows behind it: where the quotation marks of a record are wrong, or a record of
    several rows has not the header's number of fields, its first row is read alone and the rest again.
    """
    waiting = deque(chunk)
    pending: list[str] = []

    def feed() -> Iterator[str]:
        while line := waiting.popleft() if waiting else next(more, ""):
            pending.append(line)
            yield line

    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while waiting:
        try:
            record = next(reader)
            is_sound = len(pending) == 1 or least <= len(record) <= width
        except StopIteration:
            return
        except csv.Error:
            record, is_sound = [], False
        if not is_sound:
            waiting.extendleft(reversed(pending[1:]))
            reader = csv.reader(feed(), delimiter=delimiter, strict=True)
            record = alone(pending[0], delimiter)
        pending.clear()
        yield _fitted(record, least, width, is_sound)


def alone(line: str, delimiter: str) -> list[str]:
    """One row read by itself, stray quotation marks taken as text; nothing when even that cannot be."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _fitted(record: list[str], least: int, width: int, is_sound: bool) -> list[str] | str:
    """The record as wide as the header, or why it cannot be: blank fields beyond the header are no data."""
    if is_sound and not any(map(str.strip, record)):
        return []
    if len(record) > width and not any(map(str.strip, record[width:])):
        del record[width:]
    if least <= len(record) <= width:
        return record + [""] * (width - len(record)) if len(record) < width else record
    return f"has {len(record)} fields where the header has {width}" if is_sound else UNCLOSED
