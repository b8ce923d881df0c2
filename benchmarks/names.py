"""Times the search of names: ``python -m benchmarks.names --listed names.tsv.gz``. Prints one JSON line a run.

``--listed`` is a file with a column ``name`` (and ``list``: lists with ``@`` are old editions, left out). Declared names are made up from a
seed (see ``declared_names``). *Cold* is the first search of an index, *warm* the second of the same names, when every word is known.
``--peers`` also times what else can be done with rapidfuzz on a few of the names. Compare ratios of one run, not seconds.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from rapidfuzz import fuzz, process

from benchmarks.declared_names import declared_names
from screening.matching.compiled.search import CompiledNames
from screening.matching.lexicon import Lexicon
from screening.parties.names import shipped_word_tables


def listed_names(path: Path) -> list[str]:
    """The distinct names of a watchlist file, old editions left out."""
    table = pl.read_csv(path, separator="\t", infer_schema=False, quote_char=None)
    return table.filter(~pl.col("list").str.contains("@"))["name"].unique(maintain_order=True).to_list()


def peers(declared: Sequence[str], listed: Sequence[str]) -> dict[str, float]:
    """Names a second of other ways to compare every pair, on one core."""
    sorted_listed = [" ".join(sorted(name.lower().split())) for name in listed]
    sorted_declared = [" ".join(sorted(name.lower().split())) for name in declared]
    few = list(declared[:10])
    return {
        "cdist_token_sort": len(declared)
        / _seconds(lambda: process.cdist(declared, listed, scorer=fuzz.token_sort_ratio, score_cutoff=80)),
        "cdist_ratio": len(declared) / _seconds(lambda: process.cdist(sorted_declared, sorted_listed, scorer=fuzz.ratio, score_cutoff=80)),
        "extract_wratio": len(few) / _seconds(lambda: [process.extract(name, listed, scorer=fuzz.WRatio, limit=10) for name in few]),
    }


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds of some work, all threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Build the index, search twice, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listed", type=Path, required=True)
    parser.add_argument("--declared", type=int, default=200_000)
    parser.add_argument("--repeat-list", type=int, default=0, help="lengthen (by made-up names) or cut the list to so many names")
    parser.add_argument("--threshold", type=float, default=80.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args()
    listed = listed_names(asked.listed)
    tables = shipped_word_tables()
    given = sorted(name for name in tables.given_names if name.isascii())
    declared = declared_names(listed, given, asked.declared, asked.seed)
    if asked.repeat_list > len(listed):
        listed = list(dict.fromkeys(listed + declared_names(listed, given, asked.repeat_list, asked.seed + 1)))
    if asked.repeat_list:
        listed = listed[: asked.repeat_list]
    lexicon = Lexicon(tables)
    CompiledNames(listed[:100], lexicon, asked.threads).search(declared[:1000], asked.threshold)  # loads or compiles the kernels
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    index = CompiledNames(listed, lexicon, asked.threads)
    built = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    figures: dict[str, object] = {"listed": len(listed), "declared": len(declared), "threads": asked.threads, "build_s": round(built, 2)}
    figures |= {"build_mb": memory // 1024}
    rates = {}
    for kind in ("cold", "warm"):
        start, used = time.perf_counter(), time.process_time()
        found = index.search(declared, asked.threshold)
        rates[kind] = len(declared) / (time.process_time() - used)
        figures |= {f"{kind}_per_cpu_s": round(rates[kind]), f"{kind}_per_s": round(len(declared) / (time.perf_counter() - start))}
    figures |= {"matches": found.height, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    if asked.peers:
        others = peers(declared[:300], listed)
        figures |= {name: round(rate, 1) for name, rate in others.items()}
        figures |= {f"{kind}_to_{name}": round(rates[kind] / rate) for kind in rates for name, rate in others.items()}
    print(json.dumps(figures | {"python": platform.python_version(), "polars": pl.__version__}))


if __name__ == "__main__":
    main()
