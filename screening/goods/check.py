"""The linter of terms: none may flag an ordinary good."""

from __future__ import annotations

from datetime import date

import polars as pl

from control_lists.check import Fault
from control_lists.snapshot import Snapshot
from screening.goods.match import GoodsMatcher
from screening.policy import Policy
from screening.read import ReadOptions, read_records


def check_terms(snapshot: Snapshot, day: date) -> list[Fault]:
    """A fault for each ordinary good (the lexicon of that name) that a goods list takes for a listed one or asks about."""
    ordinary = snapshot.words_of("ordinary_goods")
    if not ordinary:
        return []
    matcher = GoodsMatcher(snapshot, Policy())
    records = [{"description": words, "destination_country": "VN"} for words in ordinary]
    faults = []
    for part in read_records(records, ReadOptions(snapshot)):
        found = matcher.match(part.items, [loaded.meta.id for loaded in snapshot.lists.values()], day)
        # Of a mixture the rules' own limits decide, and a reason of anti-terrorism alone concerns a few destinations.
        is_mixture = (pl.col("concentration") < 100).fill_null(False)
        is_minor = (pl.col("reasons").list.len() > 0) & pl.col("reasons").list.eval(pl.element().str.starts_with("AT")).list.all()
        raised = found.filter(pl.col("status").is_in(["met", "needs_data", "declared"]) & ~is_mixture & ~is_minor)
        raised = raised.join(part.items.select("item", "description"), on="item", maintain_order="left")
        for row in raised.iter_rows(named=True):
            listed = row["evidence"][0]["listed"]
            faults.append(
                Fault("error", f"{row['list']}:{row['code']}", f"'{listed}' flags an ordinary good: {row['description']} ({row['status']})")
            )
    return faults
