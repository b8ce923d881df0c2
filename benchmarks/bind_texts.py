"""Bind the embedded lists to the official texts they were written from: the digests of ``control_lists/data/bound``.

    python benchmarks/bind_texts.py annex_I_provisions.csv@2025-11-15 ccl_supp1.xml@2026-06-24 country_chart.json country_groups.json

A maintainer's command, run when the entries of a list have been read against a new edition. Only digests are written, no wording.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from control_lists.bound import write_binding
from control_lists.codes.country import CountryNames
from control_lists.importing import read_texts
from control_lists.snapshot import Snapshot


def main(named: list[str]) -> None:
    countries = CountryNames(Snapshot.open().countries)
    for one in named:
        path, _, day = one.partition("@")
        texts = read_texts(Path(path), countries, date.fromisoformat(day) if day else None)
        if texts is None:
            sys.exit(f"{path}: no official text that stc knows")
        for text, _ in texts:
            print(f"{write_binding(text).name}: {len(text.digests)} codes")


if __name__ == "__main__":
    main(sys.argv[1:])
