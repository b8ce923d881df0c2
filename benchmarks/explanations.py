"""Every explanation of a batch examined: ``python -m benchmarks.explanations LINES.csv --from DE --to VN``. Prints one JSON line.

Says how many statements were compared and what did not agree; exits with 1 where anything did not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date

from screening.engine import Screener
from screening.explain_check import ExplanationCheck
from screening.read import ReadOptions, read


def main() -> None:
    """Screen the lines, examine all determinations, print the figures and the first faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines")
    parser.add_argument("--from", dest="export_country", default="DE")
    parser.add_argument("--to", dest="destination_country", default="VN")
    parser.add_argument("--jurisdiction", default="EU,US,UN,KH,CWC,JP,UK,SG,PH")
    asked = parser.parse_args()
    screener = Screener.open()
    check = ExplanationCheck(screener.snapshot)
    blanks = {"export_country": asked.export_country, "destination_country": asked.destination_country}
    determinations, faults, compared = 0, [], Counter[str]()
    for part in read(asked.lines, ReadOptions(screener.snapshot, None, blanks, {})):
        found = screener.determine(part, as_of=date(2026, 11, 24), jurisdictions=asked.jurisdiction.split(",")).determinations
        examined = check.examine(found, part.items)
        determinations += found.height
        faults += examined.faults
        compared += examined.compared
    print(json.dumps({"determinations": determinations, "compared": dict(compared), "faults": len(faults)}))
    for fault in faults[:20]:
        print(*fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
