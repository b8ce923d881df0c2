"""Measures name matching: recall on altered listed names, and how many real traders raise anything.

``python -m benchmarks.name_quality NAMES.tsv.gz --traders TRADERS.csv``. NAMES: tab-separated with the columns list, entity_id, type,
name_kind, name (lists marked ``@`` are older editions and left out); without it the embedded lists serve. TRADERS: a CSV with
the column name. Prints one JSON line; ``--show KIND`` prints what was missed, ``--show traders`` what was raised.

Recall is strict: an altered name must reach the shipped threshold with the very listed name it was made from, though another
listed spelling of the same party would do. Two seeds tell tuning from truth: tune on one, report the other.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.perturb import KINDS, TARGETS
from control_lists.snapshot import Snapshot
from screening.matching import MatchIndex
from screening.parties.names import compare_names, shipped_word_tables
from screening.policy import NAME_THRESHOLD

T = TypeVar("T")
_PERSONS = frozenset({"individual", "person"})


class ListedName(NamedTuple):
    """One name of a list: whose it is, and whether it is a person's and an alias."""

    name: str
    is_person: bool
    is_alias: bool


def listed_names(path: Path | None) -> list[ListedName]:
    """The distinct names of a file, or of the embedded lists; vessels and addresses are left out."""
    found = _embedded() if path is None else _of_file(path)
    return list({entry.name: entry for entry in found}.values())


def _of_file(path: Path) -> Iterator[ListedName]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if "@" not in row["list"] and row["type"] not in ("address", "ship") and row["name"].strip():
                yield ListedName(row["name"].strip(), row["type"] in _PERSONS, row["name_kind"] != "primary")


def _embedded() -> Iterator[ListedName]:
    for loaded in Snapshot.open().lists.values():
        for entity in loaded.entities:
            if entity.kind in ("person", "organisation"):
                yield ListedName(entity.name, entity.kind == "person", False)
                yield from (ListedName(alias.name, entity.kind == "person", True) for alias in entity.aliases)


def recall(listed: list[ListedName], seed: int, show: str) -> dict[str, float]:
    """The share of altered names, in per cent, that reach the threshold with the name they were made from, by kind."""
    figures: dict[str, float] = {}
    for kind, alter in KINDS.items():
        chance = random.Random(f"{seed} {kind}")
        made = [(altered, entry.name) for entry in listed if (altered := alter(entry.name, entry.is_person, chance))]
        figures[kind] = _found(made, show == kind)
    figures["alias"] = _found([(entry.name, entry.name) for entry in listed if entry.is_alias], show == "alias")
    return figures


def _found(made: list[tuple[str, str]], show: bool) -> float:
    found = 0
    for altered, name in made:
        score = compare_names(altered, name).score
        found += score >= NAME_THRESHOLD
        if show and score < NAME_THRESHOLD:
            print(f"{score:6.2f}  {altered}  <-  {name}")
    return round(100 * found / max(len(made), 1), 1)


def raised(traders: list[str], listed: list[str], show: bool) -> int:
    """How many of the traders reach the threshold with any listed name."""
    pairs = MatchIndex.names(listed, shipped_word_tables()).search(traders, NAME_THRESHOLD)
    if show:
        for ours, theirs, score in pairs.iter_rows():
            print(f"{score:6.2f}  {traders[ours]}  ->  {listed[theirs]}")
    return pairs["declared"].n_unique()


def _sampled(entries: list[T], size: int, seed: int) -> list[T]:
    return random.Random(seed).sample(entries, size) if 0 < size < len(entries) else entries


def main() -> None:
    """Alter, compare, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path, nargs="?")
    parser.add_argument("--traders", type=Path)
    parser.add_argument("--aside", type=int, nargs="*", default=[], help="rows of the traders, from 1, that really are listed")
    parser.add_argument("--sample", type=int, default=2_000, help="listed names to alter; 0 is all")
    parser.add_argument("--against", type=int, default=10_000, help="listed names that traders are screened against; 0 is all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="", help="a kind, or traders")
    asked = parser.parse_args()
    started = time.perf_counter()
    listed = listed_names(asked.names)
    figures: dict[str, object] = {"seed": asked.seed, "listed": len(listed), "threshold": NAME_THRESHOLD}
    found = recall(_sampled(listed, asked.sample, asked.seed), asked.seed, asked.show)
    figures["recall"] = found
    figures["below_target"] = [kind for kind, share in found.items() if share < TARGETS.get(kind, 90.0)]
    if asked.traders:
        with asked.traders.open(encoding="utf-8", newline="") as file:
            rows = [row["name"] for row in csv.DictReader(file)]
        aside = {rows[number - 1] for number in asked.aside}
        traders = [name for name in dict.fromkeys(rows) if name not in aside]
        against = _sampled([entry.name for entry in listed], asked.against, asked.seed)
        number = raised(traders, against, asked.show == "traders")
        figures |= {"traders": len(traders), "against": len(against), "raised": number}
        figures["raised_per_1000"] = round(1000 * number / max(len(traders), 1), 2)
    figures["seconds"] = round(time.perf_counter() - started, 1)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
