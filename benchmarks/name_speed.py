"""Times the search of names: ``python -m benchmarks.name_speed names.tsv.gz --traders parties.csv``. Prints one JSON line a run.

``names`` is a file with a column ``name`` (and ``list``: lists with ``@`` are old editions, left out); ``--traders`` a CSV file with a
column ``name``. Declared names are those traders and names made up from a seed (see ``declared_names``). *Cold* is the first search of an
index, *warm* the second of the same names, when every word is known. Rates are names per second of processor time of one thread;
``threads_ratio`` compares wall time. ``--peers`` measures what else can be done, on a few of the names, in the same run: compare ratios.
Recall and clean matches of the peers are against the score of this engine: names that reach the threshold, and of made-up names that
do not, how many a peer finds.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import resource
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz import fuzz, process

from benchmarks.declared_names import declared_names
from screening.matching import MatchIndex
from screening.parties.names import shipped_word_tables
from screening.policy import NAME_THRESHOLD


def listed_names(path: Path) -> list[str]:
    """The distinct names of a watchlist file, old editions left out."""
    table = pl.read_csv(path, separator="\t", infer_schema=False, quote_char=None)
    return table.filter(~pl.col("list").str.contains("@"))["name"].unique(maintain_order=True).to_list()


def trader_names(path: Path | None) -> list[str]:
    """The distinct names of a CSV file of traders."""
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["name"] for row in csv.DictReader(file) if row["name"]))


def peers(declared: Sequence[str], listed: Sequence[str], ours: set[tuple[int, int]]) -> dict[str, dict[str, Any]]:
    """What other ways to compare every pair do, on one core: names a second, recall of our pairs, clean names they match.

    ``ours``: the pairs that reach the threshold. The cutoffs are those that users of the peers commonly choose.
    """
    plain_listed, plain = (
        [" ".join(sorted(name.lower().split())) for name in listed],
        [" ".join(sorted(n.lower().split())) for n in declared],
    )
    few = len(declared) // 10
    found: dict[str, dict[str, Any]] = {}

    def measure(peer: str, count: int, work: Callable[[], set[tuple[int, int]]]) -> None:
        start = time.process_time()
        pairs = work()
        seconds = time.process_time() - start
        true = {pair for pair in ours if pair[0] < count}
        clean = {i for i, _ in pairs} - {i for i, _ in ours}
        recall = round(len(true & pairs) / len(true), 3) if true else None
        found[peer] = {"names_per_s": round(count / seconds, 1), "names": count, "recall": recall, "clean_matched": len(clean)}

    def matrix(scorer: Any, one: Sequence[str], other: Sequence[str], cutoff: int) -> set[tuple[int, int]]:
        rows, columns = process.cdist(one, other, scorer=scorer, score_cutoff=cutoff).nonzero()
        return set(zip(rows.tolist(), columns.tolist(), strict=True))

    measure("cdist_token_sort_85", len(declared), lambda: matrix(fuzz.token_sort_ratio, declared, listed, 85))
    measure("cdist_ratio_sorted_85", len(declared), lambda: matrix(fuzz.ratio, plain, plain_listed, 85))
    measure(
        "extract_wratio_90",
        few,
        lambda: {
            (i, place)
            for i in range(few)
            for _, _, place in process.extract(declared[i], listed, scorer=fuzz.WRatio, limit=10, score_cutoff=90)
        },
    )
    if find_spec("sparse_dot_topn") and find_spec("sklearn"):
        shingle, topn = import_module("sklearn.feature_extraction.text"), import_module("sparse_dot_topn")
        shingles = shingle.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=True)
        theirs = shingles.fit_transform(listed).T.tocsr()

        def cosines() -> set[tuple[int, int]]:
            rows, columns = topn.sp_matmul_topn(shingles.transform(declared), theirs, top_n=10, threshold=0.5, n_threads=1).nonzero()
            return set(zip(rows.tolist(), columns.tolist(), strict=True))

        measure("sparse_dot_topn_3grams_.5", len(declared), cosines)
    for absent in ("sparse_dot_topn", "sklearn", "nomenklatura"):
        if not find_spec(absent):
            found[absent] = {"absent": True}
    return found


def machine() -> dict[str, str]:
    """Where and with what a run was made."""
    versions = {}
    for package in ("numba", "numpy", "polars", "rapidfuzz"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "absent"
    cpu = next((line.split(":")[1].strip() for line in _cpu_lines() if line.startswith("model name")), platform.processor())
    return {"machine": cpu, "python": platform.python_version(), **versions}


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main() -> None:
    """Build the index, search twice, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    parser.add_argument("--traders", type=Path)
    parser.add_argument("--declared", type=int, default=1_000_000)
    parser.add_argument("--listed", type=int, default=0, help="cut the list, or lengthen it by made-up names, to so many")
    parser.add_argument("--threshold", type=float, default=NAME_THRESHOLD)
    parser.add_argument("--threads", type=int, default=2, help="compared with one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", type=int, default=0, help="measure peers on so many names")
    asked = parser.parse_args()
    listed, tables = listed_names(asked.names), shipped_word_tables()
    given = sorted(name for name in tables.given_names if name.isascii())
    declared = declared_names(listed, trader_names(asked.traders), given, asked.declared, asked.seed)
    if asked.listed > len(listed):
        listed = list(dict.fromkeys(listed + declared_names(listed, [], given, asked.listed, asked.seed + 1)))
    listed = listed[: asked.listed or None]
    MatchIndex.names(listed[:100], tables).search(declared[:1000], asked.threshold)  # loads or compiles the kernels
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    index = MatchIndex.names(listed, tables)
    figures: dict[str, Any] = {"listed": len(listed), "declared": len(declared), "threshold": asked.threshold}
    figures["build_s"] = round(time.process_time() - start, 2)
    figures["build_mb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    rates, wall = {}, {}
    for kind in ("cold", "warm"):
        began, start = time.perf_counter(), time.process_time()
        found = index.search(declared, asked.threshold)
        rates[kind], wall[1] = len(declared) / (time.process_time() - start), time.perf_counter() - began
        figures[f"{kind}_per_s"] = round(rates[kind])
    figures["matches"] = found.height
    if asked.threads > 1:
        several = MatchIndex.names(listed, tables, threads=asked.threads)
        several.search(declared, asked.threshold)
        began = time.perf_counter()
        several.search(declared, asked.threshold)
        figures[f"threads_ratio_{asked.threads}"] = round(wall[1] / (time.perf_counter() - began), 2)
    if asked.peers:
        some = declared_names(listed, [], given, asked.peers, asked.seed + 2)
        pairs = {(i, j) for i, j, _ in index.search(some, asked.threshold).iter_rows()}
        figures["peers"] = peers(some, listed, pairs)
        for measured in figures["peers"].values():
            for kind in rates if "names_per_s" in measured else ():
                measured[f"{kind}_times"] = round(rates[kind] / measured["names_per_s"])
    print(json.dumps(figures | machine()))


if __name__ == "__main__":
    main()
