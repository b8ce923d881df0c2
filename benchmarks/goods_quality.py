"""Measures goods recognition on a labelled set: ``python -m benchmarks.goods_quality tests/data/enquiries.jsonl``.

A set is JSON lines. The text is ``query``, or ``item_name`` and ``description``. The label is ``label``, ``primary_label`` or
``gold_eccn``; ``accept`` and ``validated_labels`` name further codes that a specialist would take. Codes count to five characters,
``EAR99`` is an ordinary good. Each is asked under the US list unless its ``jurisdiction`` says otherwise.

Printed are a line a category and a last line of JSON: the share in per cent of goods whose label, or an accepted one, is the first
candidate, among the first three and the first five; how many have no candidate; what the ordinary goods were flagged.
``--show`` prints every miss with its first five candidates. Nothing may be tuned on a set that is then quoted.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from screening import screen
from screening.decide.records import SEVERITY

ORDINARY = "EAR99"
_DEPTHS = (1, 3, 5)
_AS_OF = date(2026, 11, 24)


class Labelled(NamedTuple):
    """One good as somebody describes it, and the codes that are right for it: five characters, the best first."""

    id: str
    text: str
    codes: tuple[str, ...]
    jurisdiction: str


class Answer(NamedTuple):
    """What the engine says of one good: the five-character codes in rank order, without repetition, and the flag."""

    codes: tuple[str, ...]
    flag: str


def read_set(path: Path) -> list[Labelled]:
    """The goods of a file of JSON lines. Raises KeyError on a line without a text or a label."""
    return [_labelled(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _labelled(row: dict[str, Any]) -> Labelled:
    text = row["query"] if "query" in row else f"{row['item_name']}. {row['description']}"
    label = next(row[name] for name in ("label", "primary_label", "gold_eccn") if name in row)
    codes = [label, *row.get("accept", ()), *row.get("validated_labels", ())]
    return Labelled(row["id"], text, tuple(dict.fromkeys(map(_five, codes))), row.get("jurisdiction", "US"))


def _five(code: str) -> str:
    return code.removeprefix("ECCN-")[:5]


def answers(goods: Iterable[Labelled], destination: str) -> dict[str, Answer]:
    """The engine's answer by id, each good exported to ``destination`` as its description alone tells it."""
    found: dict[str, Answer] = {}
    asked = list(goods)
    for jurisdiction in sorted({good.jurisdiction for good in asked}):
        records = [
            {"declaration_id": good.id, "description": good.text, "destination_country": destination}
            for good in asked
            if good.jurisdiction == jurisdiction
        ]
        determined = screen(records, as_of=_AS_OF, jurisdictions=[jurisdiction])
        for given, candidates, flag in determined.select("declaration_id", "candidates", "flag").iter_rows():
            found[given] = Answer(tuple(dict.fromkeys(candidate["code"][:5] for candidate in candidates)), flag)
    return found


def rank(good: Labelled, answer: Answer) -> int | None:
    """The place, from 1, of the first right code among those given.

    >>> rank(Labelled("1", "frequency converter", ("3A225", "3A999"), "US"), Answer(("3B001", "3A999"), "REVIEW"))
    2
    """
    return next((place for place, code in enumerate(answer.codes, 1) if code in good.codes), None)


def shares(ranks: list[int | None]) -> dict[str, float | int]:
    """Goods in number, and in per cent those with a right code within each depth."""
    within = {f"first_{depth}": sum(place is not None and place <= depth for place in ranks) for depth in _DEPTHS}
    return {"goods": len(ranks)} | {name: round(100 * number / max(len(ranks), 1), 1) for name, number in within.items()}


def main() -> None:
    """Screen the set, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--to", default="VN", help="destination country of every good")
    parser.add_argument("--show", action="store_true", help="print every miss with the first five candidates")
    asked = parser.parse_args()
    started = time.perf_counter()
    goods = read_set(asked.set)
    given = answers(goods, asked.to)
    listed = [good for good in goods if good.codes[0] != ORDINARY]
    ordinary = [good for good in goods if good.codes[0] == ORDINARY]
    ranks = {good.id: rank(good, given[good.id]) for good in listed}
    wrongly = [good for good in ordinary if SEVERITY[given[good.id].flag] >= SEVERITY["LICENCE_REQUIRED"]]
    if asked.show:
        for good in [*(good for good in listed if ranks[good.id] != 1), *wrongly]:
            print(f"{good.id} {'/'.join(good.codes)} at {ranks.get(good.id)}, given {given[good.id].codes[:5]}: {good.text}")
    for category in sorted({good.codes[0][0] for good in listed}):
        print(category, json.dumps(shares([ranks[good.id] for good in listed if good.codes[0][0] == category])))
    figures: dict[str, Any] = shares(list(ranks.values()))
    figures["no_candidate"] = sum(not given[good.id].codes for good in listed)
    figures["ordinary"] = dict(Counter(given[good.id].flag for good in ordinary))
    figures["ordinary_flagged_licence"] = len(wrongly)
    print(json.dumps(figures | {"seconds": round(time.perf_counter() - started, 1)}))


if __name__ == "__main__":
    main()
