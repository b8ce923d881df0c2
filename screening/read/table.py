"""Where the header of a table stands: below title rows, and told by the columns it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from screening.read.columns import ColumnNames

# Titles, dates of printing and blank rows stand above the header of hand-made files.
HEADER_WITHIN = 30


class Header(NamedTuple):
    """The header row: its position (from 0), its cells, and how many of them are columns we know."""

    position: int
    cells: list[str]
    recognised: int


def find_header(rows: Sequence[Sequence[str | None]], names: ColumnNames) -> Header | None:
    """The row among the first that names most known columns, the first of equals; None when no row names any."""
    best: Header | None = None
    for position, row in enumerate(rows[:HEADER_WITHIN]):
        cells = [cell or "" for cell in row]
        recognised = names.recognised(cell for cell in cells if len(cell) < 100)
        if recognised > (best.recognised if best else 0):
            best = Header(position, cells, recognised)
    return best
