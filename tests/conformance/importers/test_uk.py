"""The United Kingdom's lists: the counts of the files, and one id for one party on both lists."""

from __future__ import annotations

import csv
import gzip
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

CONLIST = "uk/ofsi_conlist/2025-04-14/ConList.xlsx"
CONLIST_CSV = "uk/ofsi_conlist/2025-04-14/ConList.from_xlsx.csv.gz"
UKSL = "uk/uksl_2026-04-29_derived/UK-Sanctions-List.REBUILT-partial.csv.gz"


def rows(path: Path, encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding=encoding, newline="") as text:
        next(text)
        yield from csv.DictReader(text)


def kinds(listings) -> dict[str, int]:
    return dict(Counter(listing.entity.kind for listing in listings))


def names(listings) -> int:
    return sum(1 + len(listing.entity.aliases) for listing in listings)


def quality(listings, wanted: str) -> int:
    return sum(alias.quality == wanted for listing in listings for alias in listing.entity.aliases)


@pytest.mark.parametrize(
    ("file", "parties", "printed", "edition"),
    [
        (CONLIST, {"person": 3663, "organisation": 1010, "vessel": 15}, 12_740 + 3_226, "2025-04-14"),
        (CONLIST_CSV, {"person": 3663, "organisation": 1010, "vessel": 15}, 12_740 + 3_226, "2025-04-14"),
        # INDEX counts the groups only; the names are those of the file itself.
        ("uk/ofsi_conlist/2023-06-05/ConList.xlsx", {"person": 3231, "organisation": 747, "vessel": 15}, 13_768, "2023-06-05"),
        ("uk/ofsi_conlist/2016-02-12_legacy/ConList_boe.csv.gz", {"person": 323, "organisation": 140}, 708, "2016-02-12"),
    ],
)
def test_a_consolidated_list_holds_its_parties_and_names(imported, file: str, parties: dict[str, int], printed: int, edition: str) -> None:
    found = imported("uk_ofsi_conlist", file)
    assert kinds(found.listings) == parties
    assert names(found.listings) == printed
    assert str(found.publication.edition) == edition
    assert {listing.list_id for listing in found.listings} == {"uk-sanctions"}
    assert len({listing.entity.id for listing in found.listings}) == len(found.listings)


def test_names_of_the_consolidated_list_are_weak_as_it_grades_them(imported, shared: Path) -> None:
    """A name that stands twice, once graded low and once not, is not weak."""
    best: dict[tuple[str, str], int] = {}
    for row in rows(shared / "data/watchlists" / CONLIST_CSV):
        rank = 2 if row["Alias Quality"] == "Low quality" else 1 if row["Alias Type"] == "FKA" else 0
        for text in (" ".join(row[f"Name {n}"] for n in range(1, 7)), row["Name Non-Latin Script"]):
            key = row["Group ID"], " ".join(unicodedata.normalize("NFC", text).split())
            if key[1]:
                best[key] = min(rank, best.get(key, rank))
    found = imported("uk_ofsi_conlist", CONLIST_CSV)
    assert (quality(found.listings, "weak"), quality(found.listings, "former")) == (642, 17)
    assert (Counter(best.values())[2], Counter(best.values())[1]) == (642, 17)


def test_the_workbook_and_its_csv_give_the_same_parties(imported) -> None:
    assert imported("uk_ofsi_conlist", CONLIST).listings == imported("uk_ofsi_conlist", CONLIST_CSV).listings


def test_the_sanctions_list_holds_its_designations(imported, shared: Path) -> None:
    found = imported("uk_sanctions_list_csv", UKSL)
    assert kinds(found.listings) == {"person": 3883, "organisation": 1531, "vessel": 632}
    assert str(found.publication.edition) == "2026-04-29"
    # INDEX counts 15,050 names, one a row; eight of them stand twice on one designation.
    distinct = {
        (row["Unique ID"], " ".join(" ".join(row[f"Name {n}"] for n in range(1, 7)).split()))
        for row in rows(shared / "data/watchlists" / UKSL)
    }
    assert names(found.listings) == len(distinct) == 15_042
    assert quality(found.listings, "weak") == 605
    assert sum(i.startswith("imo:") for listing in found.listings for i in listing.entity.identifiers) == 631


def test_both_lists_name_a_party_alike(imported) -> None:
    old = {listing.entity.id: listing.entity for listing in imported("uk_ofsi_conlist", CONLIST).listings}
    new = {listing.entity.id: listing.entity for listing in imported("uk_sanctions_list_csv", UKSL).listings}
    both = old.keys() & new.keys()
    assert len(both) == 4655
    # Ships are specified, not frozen, on the newer list; a party of two regimes has a reference for each there.
    assert sum(old[i].programmes == new[i].programmes for i in both) == 4625
    assert {i for i in old if i.startswith("OFSI-")} == {"OFSI-15878", "OFSI-16681", "OFSI-16682"}


def test_the_published_row_of_a_ship_is_read(imported) -> None:
    found = imported("uk_sanctions_list_csv", "uk/uksl_header_and_one_real_row_2026-10-08.csv")
    (ship,) = [listing.entity for listing in found.listings]
    assert (ship.id, ship.kind, ship.identifiers, ship.programmes) == ("RUS2176", "vessel", ("imo:9826902",), ("UK-SHIPPING",))
    assert str(found.publication.edition) == "2026-10-08"
