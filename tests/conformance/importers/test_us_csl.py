"""Official files of the Consolidated Screening List: each of its rows goes to the list that it was made from."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from control_lists.importers.errors import SourceFormatError
from tests.conformance.importers.conftest import Imported

Import = Callable[[str, str], Imported]

_FILE = "us_csl/2022-05/consolidated.csv.gz"


def test_every_row_is_on_its_list(imported: Import, shared: Path) -> None:
    found = Counter(listing.list_id for listing in imported("us_csl_csv", _FILE).listings)
    with gzip.open(shared / "data" / "watchlists" / _FILE) as raw:
        rows = Counter(re.findall(r"\(([A-Z]+)", row["source"])[0] for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline="")))
    assert sum(rows.values()) == 14160
    assert (found["us-sdn"], found["us-dtc"], found["us-uvl"], found["us-isn"], found["us-meu"]) == (10026, 727, 201, 163, 71)
    # 290 SSI, 78 PLC, 68 CMIC, 53 CAP, 17 MBS and 3 FSE: 47 parties stand on two of these.
    assert found["us-ofac-cons"] == 509 - 47
    # A row for each group of addresses: 24 rows of the Entity List and 25 of the Denied Persons List are of a party that has another row.
    assert (found["us-entity-list"], found["us-dpl"]) == (rows["EL"] - 24, rows["DPL"] - 25)


def test_all_names_are_kept(imported: Import) -> None:
    """34,169 name cells; one party's row printed twice and names with brackets make the difference."""
    names = sum(1 + len(listing.entity.aliases) for listing in imported("us_csl_csv", _FILE).listings)
    assert 33900 < names < 34600


def test_ids_are_those_of_the_lists_own_files(imported: Import) -> None:
    """Of four years between the files; the table gives no country where the first address lacks one."""
    table = {(listing.list_id, listing.entity.id) for listing in imported("us_csl_csv", _FILE).listings}
    part = {
        (listing.list_id, listing.entity.id) for listing in imported("us_bis_part_744", "bis/2026-07-23/title-15_part-744.xml").listings
    }
    denied = {(listing.list_id, listing.entity.id) for listing in imported("us_bis_dpl", "bis/2022-09-07/dpl.txt").listings}
    both = Counter(list_id for list_id, _ in table & (part | denied))
    assert both["us-entity-list"] >= 1850
    assert both["us-dpl"] >= 430
    assert (both["us-uvl"], both["us-meu"]) == (110, 67)


def test_a_file_of_two_downloads_is_refused_in_one_line(imported: Import) -> None:
    with pytest.raises(SourceFormatError, match="row 2: the header stands again") as caught:
        imported("us_csl_csv", "us_csl/2023-11/csl.truncated.csv.gz")
    assert "\n" not in str(caught.value)
