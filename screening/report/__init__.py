"""Results of a run as one HTML page that opens from a stick, with no machine but the reader's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from control_lists.editions import EditionStore
from control_lists.snapshot import Snapshot
from screening.decide.records import FLAGS
from screening.errors import ResultFormatError
from screening.pages import render, write_page
from screening.report.charts import chart
from screening.report.editions import editions_of
from screening.report.findings import findings
from screening.report.totals import IS_RAISED, LANES, counted, items_of, totals
from screening.results import scan_results

MOST_FINDINGS = 10_000
"""Items that are written out: about 25 MB, which a browser on an old laptop still opens. The others are counted and said to be left out."""


class Written(NamedTuple):
    """What was written: size in bytes; items to look at (flagged, or out of the green lane), and how many of them are written out."""

    size: int
    flagged: int
    shown: int


def write_report(results: Path, output: Path, snapshot: Snapshot, store: EditionStore, day: date, most: int = MOST_FINDINGS) -> Written:
    """The report of ``results`` in ``output``; list ages are counted to ``day``. Raises ResultFormatError, UsageError without the extra."""
    frame = scan_results(results)
    try:
        items = items_of(frame)
        tables = totals(frame, items, snapshot.country_names)
        found = findings(frame, items, snapshot.country_names, most)
        facts = frame.select(
            pl.col("snapshot", "engine_version", "policy").unique().implode(), since=pl.col("as_of").min(), until=pl.col("as_of").max()
        ).collect().row(0, named=True)  # fmt: skip
        determinations = int(frame.select(pl.len()).collect().item())
    except pl.exceptions.PolarsError as error:
        raise ResultFormatError(f"{results}: cannot be read ({str(error).splitlines()[0]})") from None
    flagged = items.filter(IS_RAISED).height
    text = render(
        "report.html",
        source=results.name,
        day=day,
        items=items.height,
        declarations=items.get_column("declaration_id").n_unique(),
        determinations=determinations,
        flagged=flagged,
        flags=counted(items, "flag", tuple(reversed(FLAGS))),
        lanes=counted(items, "lane", LANES),
        tables=tables,
        charts={table.id: chart(table) for table in tables if table.charted},
        findings=found,
        editions=editions_of(results, set(facts["snapshot"]), snapshot, store, day),
        facts=facts,
    )
    return Written(write_page(text, output), flagged, len(found))
