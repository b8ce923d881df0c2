"""Times the whole line on a made-up batch: ``python -m benchmarks.batch --rows 100000``. Prints one JSON line a run.

The batch is seeded, repeats its texts and names as real batches do, and holds planted listed goods whose recall is counted.
Figures are of one machine and one run: compare ratios, not seconds.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from screening.batch import gather
from screening.engine import Screener

GOODS = (
    "PLASTIC BOWLS", "COTTON T-SHIRTS", "USED TYRES", "SPARK PLUGS", "GUAVA JUICE", "STEEL NAILS", "CERAMIC TILES", "RICE 5 PCT BROKEN",
    "LED BULBS", "PRINTING PAPER A4", "WATER PUMP", "BRAKE PADS", "MOBILE PHONE CASES", "WOODEN CHAIRS", "TOMATO PASTE", "BABY DIAPERS",
)  # fmt: skip
PLANTED = (
    ("SODIUM CYANIDE 98 PCT IN DRUMS", "1C350.45"), ("THIODIGLYCOL", "1C350.1"), ("PHOSPHORUS TRICHLORIDE", "1C350.7"),
    ("ALUMINIUM ALLOY TUBE 7075-T6 OD 104 MM UTS 560 MPA", "1C202.a"), ("ISOSTATIC PRESS 100 MPA CHAMBER ID 300 MM", "2B204.a"),
    ("THERMAL IMAGING CAMERA UNCOOLED 60 HZ", "6A003.b.4.b"),
)  # fmt: skip
SYLLABLES = ("ka", "lo", "mi", "ra", "ten", "shu", "var", "dol", "pre", "mon", "gal", "is", "tor", "ven", "bra", "nak", "fi", "zo", "lin")


def write_batch(path: Path, rows: int, seed: int) -> int:
    """A CSV of ``rows`` items at ``path``; gives the number of planted listed goods."""
    chance = random.Random(seed)
    names = [
        "".join(chance.choices(SYLLABLES, k=3)).title() + " " + chance.choice(("Trading Co", "GmbH", "Industries", "Import Export"))
        for _ in range(max(rows // 4, 10))
    ]
    texts = [
        f"{chance.randint(1, 900)} {chance.choice(('CTNS', 'PKGS', 'PCS', 'BAGS'))} {chance.choice(GOODS)} REF {chance.randint(1, 9999)}"
        for _ in range(max(rows // 3, 10))
    ]
    planted = 0
    with path.open("w", encoding="utf-8") as out:
        out.write("declaration_id,export_country,destination_country,hs_code,description,exporter_name,consignee_name\n")
        for row in range(rows):
            text = chance.choice(texts)
            if chance.random() < 0.001:
                text, planted = chance.choice(PLANTED)[0], planted + 1
            out.write(f"D{row},DE,{chance.choice(('VN', 'KH', 'TR', 'BR'))},,{text},{chance.choice(names)},{chance.choice(names)}\n")
    return planted


def main() -> None:
    """Make the batch, screen it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jurisdiction", default="EU,UN")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "batch.csv")
        planted = write_batch(path, asked.rows, asked.seed)
        start = time.perf_counter()
        screener = Screener.open()
        opened = time.perf_counter()
        batch = gather(
            screener,
            [str(path)],
            as_of=date(2026, 11, 24),
            jurisdictions=asked.jurisdiction.split(","),
            input_format=None,
            blanks={},
            columns={},
            step=lambda _: None,
            stdin=sys.stdin.buffer,
        )
        done = time.perf_counter()
    found = batch.determinations.filter((pl.col("jurisdiction") == "EU") & (pl.col("flag") != "NO_FINDING")).height
    figures = {
        "rows": asked.rows,
        "jurisdictions": asked.jurisdiction,
        "open_s": round(opened - start, 2),
        "screen_s": round(done - opened, 2),
        "rows_per_s": round(asked.rows / (done - opened)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "planted": planted,
        "flagged": found,
        "snapshot": screener.snapshot.digest[:16],
        "python": platform.python_version(),
        "polars": pl.__version__,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
