"""Times a batch from file to Parquet, planted truths counted: ``python -m benchmarks.batch day``. Prints one JSON line a run.

Scenarios: ``small`` 10,000 items, ``day`` 100,000, ``million`` 1,000,000, ``year`` 10,000,000, ``archive`` 100,000,000. The batch is
seeded and made in a process of its own, so that the peak is the engine's. ``STC_HOME`` says where imported lists are kept; without it
the embedded ones are searched. Figures are of one machine and one run: compare ratios, not seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from screening.batch import Asked, screen_batch
from screening.execute.engines import Processes
from screening.execute.units import Opening
from screening.rescreen import metadata_of
from screening.write import write

SCENARIOS = {"small": 10_000, "day": 100_000, "million": 1_000_000, "year": 10_000_000, "archive": 100_000_000}


class Stages:
    """Seconds by what the run said it was doing."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._doing, self._since = "opening", time.perf_counter()

    def __call__(self, words: str) -> None:
        now = time.perf_counter()
        self.seconds[self._doing] = round(self.seconds.get(self._doing, 0.0) + now - self._since, 2)
        self._doing, self._since = words.split(":")[0].split(" /")[0], now


def floor(path: Path, out: Path, jurisdictions: int) -> float:
    """Seconds for reading the file, making texts and names distinct and writing as many records, with polars alone."""
    begun = time.perf_counter()
    frame = pl.read_csv(path, infer_schema=False)
    pl.concat([frame.get_column("exporter_name"), frame.get_column("consignee_name")]).unique()
    frame.get_column("description").unique()
    records = frame.select("declaration_id", "description", "hs_code", "export_country", "destination_country")
    pl.concat([records.with_columns(jurisdiction=pl.lit(str(n)), flag=pl.lit("NO_FINDING")) for n in range(jurisdictions)]).write_parquet(
        out
    )
    return time.perf_counter() - begun


def found(out: Path, truth: Path, jurisdiction: str) -> dict[str, float | int]:
    """Recall and precision of the planted truths under one jurisdiction."""
    planted = pl.read_parquet(truth)
    flagged = (
        pl.scan_parquet(out)
        .filter((pl.col("jurisdiction") == jurisdiction) & (pl.col("flag") != "NO_FINDING"))
        .select("declaration_id", goods=pl.col("candidates").list.len() > 0, party=pl.col("party_matches").list.len() > 0)
        .collect()
    )
    figures: dict[str, float | int] = {"planted": planted.height, "flagged": flagged.height}
    for kind in ("goods", "party"):
        expected, seen = planted.filter(pl.col("kind") == kind), flagged.filter(pl.col(kind))
        met = expected.join(seen, on="declaration_id", how="semi").height
        figures[f"{kind}_recall"] = round(met / max(expected.height, 1), 4)
        figures[f"{kind}_precision"] = round(met / max(seen.height, 1), 4)
    return figures


def timed(path: Path, folder: Path, asked: Asked, workers: int) -> tuple[dict[str, float | int | str], Path]:
    """One run from the file to a Parquet file."""
    home = Path(os.environ.get("STC_HOME", folder / "home"))
    opening = Opening((), None, home / "prepared", home / "lists", None, None, os.cpu_count() or 1)
    out, stages = folder / "results.parquet", Stages()
    begun = time.perf_counter()
    engine = Processes(workers) if workers else None
    batch = screen_batch(opening, [str(path)], asked, folder / "parts", stages, sys.stdin.buffer, engine)
    stages("writing")
    write(batch.frames(), out, account=metadata_of(batch.run))
    stages("done")
    seconds = time.perf_counter() - begun
    peak: Callable[[int], int] = lambda who: resource.getrusage(who).ru_maxrss // 1024  # noqa: E731
    return {
        "seconds": round(seconds, 2),
        "rows_per_s": round(batch.items / seconds),
        "peak_mb": peak(resource.RUSAGE_SELF),
        "peak_of_a_worker_mb": peak(resource.RUSAGE_CHILDREN) if workers else 0,
        **{f"{stage}_s": spent for stage, spent in stages.seconds.items()},
    }, out


def main() -> None:
    """Make the batch, screen it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="small", choices=SCENARIOS)
    parser.add_argument("--rows", type=int, help="another number of rows than the scenario's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jurisdiction", default="EU,US,UN,KH")
    parser.add_argument("--workers", type=int, default=0, help="processes; 0 is this one")
    parser.add_argument("--floor", action="store_true", help="also time reading, distinct and writing with polars alone")
    asked = parser.parse_args()
    rows = asked.rows or SCENARIOS[asked.scenario]
    laws = asked.jurisdiction.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, truth = folder / "declarations.csv", folder / "truth.parquet"
        made = [sys.executable, "-m", "benchmarks.declarations", "--rows", str(rows), "--seed", str(asked.seed), str(path), str(truth)]
        subprocess.run(made, check=True)
        figures, out = timed(path, folder, Asked(date(2026, 11, 24), laws), asked.workers)
        line = {"scenario": asked.scenario, "rows": rows, "jurisdictions": asked.jurisdiction, "workers": asked.workers, **figures}
        line |= found(out, truth, laws[0])
        if asked.floor:
            line["floor_s"] = round(floor(path, folder / "floor.parquet", len(laws)), 2)
            line["times_floor"] = round(float(figures["seconds"]) / float(line["floor_s"]), 1)
    line |= {"python": platform.python_version(), "polars": pl.__version__, "cores": os.cpu_count() or 1}
    print(json.dumps(line))


if __name__ == "__main__":
    main()
