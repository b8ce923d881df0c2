"""Official files of the State Department."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from tests.conformance.importers.conftest import Imported

Import = Callable[[str, str], Imported]

_FOLDER = "us_csl/legacy_source_formats_govwizely"


def test_nonproliferation_sanctions(imported: Import, shared: Path) -> None:
    """213 rows, one for each law: 199 parties sanctioned on a day."""
    result = imported("us_state_isn", f"{_FOLDER}/isn.csv")
    with (shared / "data" / "watchlists" / _FOLDER / "isn.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 213
    assert len(result.listings) == len({(row["Name"].strip(), row["Effective Date"]) for row in rows}) == 199
    assert result.publication.notes == []
    assert sum(len(listing.entity.programmes) for listing in result.listings) == len(
        {(row["Name"].strip(), row["Effective Date"], row["Programs"].strip()) for row in rows}
    )


def test_debarred_parties(imported: Import) -> None:
    result = imported("us_state_dtc", f"{_FOLDER}/itar_debarred_party_list_01242018.csv")
    assert len(result.listings) == 515
    assert sum(bool(listing.entity.birth_dates) for listing in result.listings) == 234
    assert result.publication.notes == []
