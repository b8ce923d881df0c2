"""Times the decide stage alone: ``python -m benchmarks.deciding --rows 1000000``. Prints one JSON line.

A tenth of the items is made up and compared with the lists; the rest are those items again with other words, so that the texts differ
as in real batches. Of the items 14 % have an HS hint (as 31,977 real customs lines have), 0.3 % a listed good, 0.2 % a listed party, 3 %
go to a country under an embargo, and a fifth presents documents. Figures are of one machine and one run: compare ratios, not seconds.
``--digest`` adds the digest of the determinations, to prove that a change of speed changed no answer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import random
import resource
import time
from datetime import date

import polars as pl

from benchmarks.declarations import GOODS as PLANTED
from benchmarks.declared_names import SYLLABLES
from screening.decide.gathered import Matches
from screening.engine import Screener
from screening.frames import ITEM, PARTY
from screening.read import ReadOptions, read_frame

DAY = date(2026, 11, 24)
_COPIES = 10
_ORDINARY = (
    "PLASTIC BOWLS", "COTTON T-SHIRTS", "USED TYRES", "SPARK PLUGS", "GUAVA JUICE", "STEEL NAILS", "CERAMIC TILES", "RICE 5 PCT BROKEN",
    "LED BULBS", "PRINTING PAPER A4", "WATER PUMP", "BRAKE PADS", "MOBILE PHONE CASES", "WOODEN CHAIRS", "TOMATO PASTE",
)  # fmt: skip
_HINTED, _PLANTED, _LISTED, _EMBARGOED = 0.14, 0.003, 0.002, 0.03
_FOREIGN = ("VN", "KH", "TR", "BR", "US", "CN", "IN", "GB", "CH", "JP", "KR", "TH", "MY", "SG", "AE", "SA", "EG", "MA", "ZA", "NG", "MX",
            "CL", "PE", "AU", "NZ", "NO", "UA", "KZ", "PK", "BD", "LK", "PH", "ID", "TW", "HK", "IL", "JO", "GE", "RS", "TN")  # fmt: skip
_UNDER_EMBARGO = ("RU", "IR", "SY", "LB", "IQ", "SO", "SD", "CD", "CF", "LY", "AF", "YE", "KP", "BY", "MM")


def declared(screener: Screener, rows: int, seed: int) -> pl.DataFrame:
    """Flat declarations of ``rows`` items in the contract's columns."""
    chance = random.Random(seed)
    hinted = sorted(
        {link.code for node in screener.goods.catalogue.nodes.values() for link in node.entry.hs if link.confidence != "candidate"}
    )
    listed = [entity.name for loaded in screener.snapshot.lists.values() for entity in loaded.entities]
    traders = [
        "".join(chance.choices(SYLLABLES, k=3)).title() + " " + chance.choice(("Trading Co", "GmbH", "Industries", "Import Export"))
        for _ in range(max(rows // 8, 10))
    ]
    records = []
    for number in range(rows):
        destination = chance.choice(_UNDER_EMBARGO if chance.random() < _EMBARGOED else _FOREIGN)
        text = chance.choice(PLANTED)[0] if chance.random() < _PLANTED else chance.choice(_ORDINARY)
        heading = chance.choice(hinted) if chance.random() < _HINTED else chance.choice(("3924", "6109", "4012", "6907", "9401", "2009"))
        records.append(
            {
                "declaration_id": f"D{number}",
                "export_country": "DE",
                "destination_country": destination,
                "transit_countries": chance.choice(("NL", "TR", "AE")) if chance.random() < 0.1 else None,
                "hs_code": (heading + str(chance.randint(10, 39)) * 4)[:8],
                "description": f"{chance.randint(1, 900)} {chance.choice(('CTNS', 'PKGS', 'BAGS'))} {text} REF {chance.randint(1, 9999)}",
                "documents": chance.choice(("N380; Y901", "N380", "N380; N730")) if chance.random() < 0.2 else None,
                "exporter_name": chance.choice(traders),
                "exporter_country": "DE",
                "consignee_name": chance.choice(listed) if chance.random() < _LISTED else chance.choice(traders),
                "consignee_country": destination,
            }
        )
    return pl.DataFrame(records, infer_schema_length=None)


def repeated(frame: pl.DataFrame, copies: int, items: int) -> pl.DataFrame:
    """The frame of ``items`` items once for each copy, each copy's items numbered on."""
    return pl.concat(frame.with_columns(item=pl.col("item") + copy * items) for copy in range(copies))


def compared(screener: Screener, rows: int, seed: int) -> Matches:
    """Items, parties, candidates and party matches of a made-up batch of ``rows`` items."""
    items = rows // _COPIES
    parts = list(read_frame(declared(screener, items, seed), ReadOptions(screener.snapshot)))
    sizes = [part.items.height for part in parts]
    starts = [sum(sizes[:number]) for number in range(len(parts))]
    base = pl.concat(part.items.select(*ITEM).with_columns(pl.col("item") + start) for part, start in zip(parts, starts, strict=True))
    parties = pl.concat(part.parties.select(*PARTY).with_columns(pl.col("item") + start) for part, start in zip(parts, starts, strict=True))
    candidates = screener.goods.match(base, list(screener.snapshot.lists), DAY)
    matched = screener.parties.match(parties, dict.fromkeys(base.get_column("item").to_list(), DAY))
    number = pl.col("item") // items
    return Matches(
        repeated(base, _COPIES, items).with_columns(description=pl.format("{} LOT {}", "description", number)),
        repeated(parties, _COPIES, items),
        repeated(candidates, _COPIES, items),
        repeated(matched, _COPIES, items),
    )


def main() -> None:
    """Make the batch, compare it, decide it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jurisdiction", default="EU,US,UN,KH")
    parser.add_argument("--digest", action="store_true")
    asked = parser.parse_args()
    screener = Screener.open(threads=os.cpu_count() or 1)
    matches = compared(screener, asked.rows, asked.seed)
    questions = screener.asked(matches.items, DAY, asked.jurisdiction.split(","))
    start, worked = time.perf_counter(), time.process_time()
    found = screener.decider.decide(matches, questions)
    done, cpu = time.perf_counter(), time.process_time()
    flags = found.records.get_column("flag").gather(found.rows.get_column("record")).value_counts().sort("flag")
    figures = {
        "rows": asked.rows,
        "jurisdictions": asked.jurisdiction,
        "decide_s": round(done - start, 2),
        "cpu_s": round(cpu - worked, 2),
        "determinations": found.rows.height,
        "hinted": matches.candidates.filter(pl.col("status") == "hint").get_column("item").n_unique(),
        "recognised": matches.candidates.filter(pl.col("status") != "hint").get_column("item").n_unique(),
        "party_matched": matches.party_matches.get_column("item").n_unique(),
        "flags": dict(flags.iter_rows()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "snapshot": screener.snapshot.digest[:16],
        "python": platform.python_version(),
        "polars": pl.__version__,
    }
    if asked.digest:
        figures["digest"] = hashlib.sha256("".join(map(str, found.whole().rows())).encode()).hexdigest()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
