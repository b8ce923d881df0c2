"""Times the goods stage on distinct descriptions: ``python -m benchmarks.goods --texts 1000000``. Prints one JSON line.

Every text is a different one, so nothing is saved by repetition. They come in parts, and no garbage is searched for meanwhile, as in a
run. Figures are of one machine and one run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import time
from datetime import date

import polars as pl

from benchmarks.declarations import HS, descriptions
from control_lists.snapshot import Snapshot
from screening.batch import PART_ROWS
from screening.execute.units import uncollected
from screening.frames import ITEM
from screening.goods.match import GoodsMatcher
from screening.policy import Policy

LISTS = ("eu-dual-use", "eu-military", "us-ccl", "cwc", "common-high-priority")


def main() -> None:
    """Make the texts, match them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    snapshot, threads = Snapshot.open(), os.cpu_count() or 1
    texts = descriptions(asked.texts, snapshot.words_of("ordinary_words"), snapshot.words_of("ordinary_goods"), asked.seed)
    items = pl.DataFrame({"item": range(len(texts)), "description": texts}, schema_overrides={"item": pl.UInt32}).with_columns(
        hs_code=pl.Series(HS).gather(pl.int_range(len(texts), eager=True) % len(HS)), destination_country=pl.lit("VN")
    )
    items = items.with_columns(pl.lit(None, kind).alias(name) for name, kind in ITEM.items() if name not in items.columns)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    matcher = GoodsMatcher(snapshot, Policy(), threads=threads)
    matcher.match(items.head(1), LISTS, date(2026, 11, 24))
    ready = time.perf_counter()
    with uncollected():
        candidates = pl.concat(matcher.match(part, LISTS, date(2026, 11, 24)) for part in items.iter_slices(PART_ROWS))
    done = time.perf_counter()
    figures = {
        "texts": len(texts),
        "threads": threads,
        "ready_s": round(ready - start, 2),
        "match_s": round(done - ready, 2),
        "texts_per_s": round(len(texts) / (done - ready)),
        "candidates": candidates.height,
        "named": candidates.filter(pl.col("status") != "hint").get_column("item").n_unique(),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "of_which_before_mb": before,
        "snapshot": snapshot.digest[:16],
        "python": platform.python_version(),
        "polars": pl.__version__,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
