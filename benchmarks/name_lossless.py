"""Proves that the search of names loses nothing: ``python -m benchmarks.name_lossless names.tsv.gz --traders parties.csv``.

Two comparisons, both of which must find no difference in pairs or scores. The search against the same score with no index at all (every
word tried against every word, every pair scored), over at least ``--pairs`` pairs of real names; and that against the slow reference, in
``--worlds`` small worlds of names that look alike in every way the score knows. Prints one JSON line; exits with 1 on a difference.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.declared_names import declared_names
from benchmarks.name_speed import listed_names, machine, trader_names
from screening.matching.compiled.search import CompiledNames
from screening.matching.reference import search_names
from screening.parties.names import shipped_word_tables
from tests.matching.compiled.worlds import TABLES, world

ORDER: dict[str, Any] = {"by": ["declared", "score", "listed"], "descending": [False, True, False]}
AT_ONCE = 500  # declared names


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    parser.add_argument("--traders", type=Path)
    parser.add_argument("--pairs", type=int, default=100_000_000)
    parser.add_argument("--worlds", type=int, default=5_000)
    parser.add_argument("--threshold", type=float, default=70.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    listed, tables, start = listed_names(asked.names), shipped_word_tables(), time.perf_counter()
    given = sorted(name for name in tables.given_names if name.isascii())
    count = -(-asked.pairs // len(listed))
    altered = declared_names(listed, [], given, 20 * count, asked.seed + 1)[: count // 2]
    declared = list(
        dict.fromkeys(altered + declared_names(listed, trader_names(asked.traders)[: count // 4], given, 2 * count, asked.seed))
    )[:count]
    index, every = (CompiledNames(listed, tables, asked.threads) for _ in range(2))
    figures: dict[str, Any] = {
        "listed": len(listed),
        "declared": len(declared),
        "pairs": len(listed) * len(declared),
        "matches": 0,
        "differences": 0,
    }
    for first in range(0, len(declared), AT_ONCE):
        part = declared[first : first + AT_ONCE]
        expected = every.search(part, asked.threshold, is_exhaustive=True).sort(**ORDER)
        found = index.search(part, asked.threshold).sort(**ORDER)
        figures["matches"] += expected.height
        figures["differences"] += len(set(expected.iter_rows()) ^ set(found.iter_rows()))
        print(f"{min(first + AT_ONCE, len(declared))} of {len(declared)} names", file=sys.stderr)
    figures |= {"worlds": asked.worlds, "world_pairs": 0, "world_differences": 0}
    for number in range(asked.worlds):
        ours, theirs, threshold = world(number)
        expected_rows = search_names(ours, theirs, TABLES, threshold)
        for is_exhaustive in (False, True):
            rows = CompiledNames(theirs, TABLES).search(ours, threshold, is_exhaustive=is_exhaustive).sort(**ORDER).rows()
            figures["world_differences"] += rows != expected_rows
        figures["world_pairs"] += len(ours) * len(theirs)
    print(json.dumps(figures | {"seconds": round(time.perf_counter() - start)} | machine()))
    sys.exit(1 if figures["differences"] or figures["world_differences"] else 0)


if __name__ == "__main__":
    main()
