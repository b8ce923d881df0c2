"""The official files of OFAC: their counts, and that the four forms of one list say the same.

The counts are those stated of the files; what an independent parse is needed for is counted here with other means than the importers use.
"""

from __future__ import annotations

import csv
import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from control_lists.models import WatchlistEntity
from control_lists.store import EMBEDDED

CONS_CSV = ("ofac_csv", "ofac_consolidated/2025-12-19/cons_prim.csv")
CONS_XML = ("ofac_sdn_xml", "ofac_consolidated/2025-03-28/consolidated.xml")
CONS_ENHANCED = ("ofac_enhanced_xml", "ofac_consolidated/2025-01-10/CONS_ENHANCED.ZIP")
CONS_ADVANCED = ("ofac_advanced_xml", "ofac_consolidated/2020-03-17/cons_advanced.xml")
SDN_2023 = ("ofac_csv", "ofac_sdn/2023-12-28/sdn.csv")
SDN_2024 = ("ofac_csv", "ofac_sdn/2024-05-03/sdn.csv")
FIXTURES = "us_csl/legacy_source_formats_govwizely"

Imports = Callable[[str, str], Any]


def entities(imported: Imports, which: tuple[str, str]) -> dict[str, WatchlistEntity]:
    return {listing.entity.id: listing.entity for listing in imported(*which).listings}


def names(entity: WatchlistEntity) -> set[tuple[str, str]]:
    """Names in Latin letters without case: the forms differ in capitals, and the CSV and sdnList have no other script."""
    found = [(entity.name, "strong"), *((a.name, a.quality) for a in entity.aliases)]
    return {(name.casefold(), quality) for name, quality in found if name.isascii()}


def identity(entity: WatchlistEntity) -> tuple[object, ...]:
    """What all forms carry of a party."""
    return (
        entity.kind,
        names(entity),
        set(entity.programmes),
        set(entity.identifiers),
        set(entity.birth_dates),
        set(entity.birth_places),
        set(entity.countries),
        len(entity.linked),
    )


def csv_rows(path: Path) -> list[list[str]]:
    return [row for row in csv.reader(path.read_text(encoding="ascii").splitlines()) if row[0].isdigit()]


@pytest.mark.parametrize(
    ("which", "kinds"),
    [
        (SDN_2023, {"person": 6646, "organisation": 6033, "vessel": 764, "aircraft": 378}),
        (SDN_2024, {"organisation": 6884, "person": 6854, "vessel": 851, "aircraft": 376}),
        (CONS_CSV, {"organisation": 363, "person": 79}),
        (CONS_XML, {"organisation": 363, "person": 80}),
        (CONS_ENHANCED, {"organisation": 363, "person": 80}),
        (CONS_ADVANCED, {"organisation": 293, "person": 82}),
    ],
)
def test_every_party_is_imported(imported: Imports, which: tuple[str, str], kinds: dict[str, int]) -> None:
    listings = imported(*which).listings
    assert Counter(listing.entity.kind for listing in listings) == kinds
    assert {listing.list_id for listing in listings} == {"us-sdn" if "ofac_sdn/" in which[1] else "us-ofac-cons"}
    assert len({listing.entity.id for listing in listings}) == len(listings)


@pytest.mark.parametrize(("which", "edition"), [(CONS_XML, "2025-03-28"), (CONS_ENHANCED, "2025-01-10"), (CONS_ADVANCED, "2020-03-17")])
def test_the_files_state_their_day(imported: Imports, which: tuple[str, str], edition: str) -> None:
    assert imported(*which).publication.edition.isoformat() == edition


def test_the_stated_counts(imported: Imports) -> None:
    assert imported(*SDN_2023).publication.stated == {"us-sdn": 13821}
    assert imported(*CONS_CSV).publication.stated == {"us-ofac-cons": 442}
    assert imported(*CONS_XML).publication.stated == {"us-ofac-cons": 443}


@pytest.mark.parametrize(("which", "prefix", "total"), [(SDN_2023, "", 30912), (CONS_CSV, "cons_", 442 + 1073)])
def test_names_of_the_csv(imported: Imports, shared: Path, which: tuple[str, str], prefix: str, total: int) -> None:
    """All names of the primary and alias files, and the weak ones of the remarks; a spelling twice of one party counts once."""
    folder = (shared / "data" / "watchlists" / which[1]).parent
    primary, aliases = csv_rows(folder / which[1].split("/")[-1]), csv_rows(folder / f"{prefix}alt.csv")
    assert len(primary) + len(aliases) == total
    overflow = {row[0]: row[1] for row in csv_rows(folder / f"{'cons' if prefix else 'sdn'}_comments.csv")}
    spelled = {(row[0], " ".join(row[1].split())) for row in primary} | {(row[0], " ".join(row[3].split())) for row in aliases}
    for row in primary:
        # The joint and the quote that ends a name: names hold apostrophes themselves.
        spelled |= {
            (row[0], " ".join(n.split())) for n in re.findall(r"[afn]\.k\.a\. '(.+?)'(?=; |\.?$)", row[11] + overflow.get(row[0], ""))
        }
    got = imported(*which).listings
    assert sum(1 + len(listing.entity.aliases) for listing in got) == len(spelled)


def test_weak_aliases_are_marked_in_every_form(imported: Imports, shared: Path) -> None:
    weak = {
        which: sum(a.quality == "weak" for e in entities(imported, which).values() for a in e.aliases)
        for which in (CONS_XML, CONS_ADVANCED)
    }
    assert weak[CONS_XML] == 70
    # 31 aliases are of low quality; one party has the same one twice.
    assert weak[CONS_ADVANCED] == 30
    text = zipfile.ZipFile(shared / "data" / "watchlists" / CONS_ENHANCED[1]).read("CONS_ENHANCED.XML").decode()
    weak_names = re.findall(r"<isLowQuality>true</isLowQuality>(.*?)</name>", text, re.DOTALL)
    assert len(weak_names) == 70
    spelled = sum(name.count("<formattedFullName>") for name in weak_names)
    assert sum(a.quality == "weak" for e in entities(imported, CONS_ENHANCED).values() for a in e.aliases) == spelled


@pytest.mark.parametrize(("which", "total"), [(CONS_XML, 1579), (CONS_ADVANCED, 1290)])
def test_names_of_the_xml_forms(imported: Imports, which: tuple[str, str], total: int) -> None:
    """Of the stated names only those are fewer that one party has twice: one in the first file, two in the second."""
    got = sum(1 + len(e.aliases) for e in entities(imported, which).values())
    assert total - got == {CONS_XML: 1, CONS_ADVANCED: 2}[which]


def test_names_in_their_own_scripts(imported: Imports) -> None:
    scripts = Counter(a.script for e in entities(imported, CONS_ENHANCED).values() for a in e.aliases if a.script)
    assert scripts == {"Cyrl": 39, "Hani": 6}
    # 1,624 spellings; one party has one of them twice.
    assert sum(1 + len(e.aliases) for e in entities(imported, CONS_ENHANCED).values()) == 1623


def test_sdn_list_xml_and_enhanced_xml_say_the_same(imported: Imports) -> None:
    """Eleven weeks apart without a change of what both carry."""
    old, new = entities(imported, CONS_ENHANCED), entities(imported, CONS_XML)
    assert old.keys() == new.keys()
    assert [number for number in new if identity(old[number]) != identity(new[number])] == []
    assert {number for number in new if old[number].name != new[number].name} == set()


def test_csv_and_sdn_list_xml_say_the_same(imported: Imports) -> None:
    """Nine months apart: one party went, and sixteen were amended."""
    old, new = entities(imported, CONS_XML), entities(imported, CONS_CSV)
    assert old.keys() - new.keys() == {"26182"}
    assert new.keys() <= old.keys()
    amended = [number for number in new if identity(old[number]) != identity(new[number])]
    assert len(amended) <= 16
    # What was amended was added to: no form loses what the other has.
    assert all(set(old[number].identifiers) <= set(new[number].identifiers) for number in new)


def test_advanced_xml_and_sdn_list_xml_say_the_same(imported: Imports) -> None:
    """Five years apart: parties come and go and are renamed, but of one number are one party."""
    old, new = entities(imported, CONS_ADVANCED), entities(imported, CONS_XML)
    both = old.keys() & new.keys()
    assert len(both) == 366
    assert all(old[number].kind == new[number].kind for number in both)
    assert all(set(old[number].birth_dates) == set(new[number].birth_dates) for number in both)
    assert sum(old[number].name.casefold() == new[number].name.casefold() for number in both) >= 300
    assert sum(set(old[number].identifiers) == set(new[number].identifiers) for number in both) >= 320
    assert sum(set(old[number].linked) == set(entities(imported, CONS_ENHANCED)[number].linked) for number in both) >= 360


@pytest.mark.parametrize(("name", "list_id", "count"), [("fixture_sdn.xml", "us-sdn", 4), ("fixture_consolidated.xml", "us-ofac-cons", 16)])
def test_files_of_2014(imported: Imports, name: str, list_id: str, count: int) -> None:
    got = imported("ofac_sdn_xml", f"{FIXTURES}/{name}").listings
    assert [listing.list_id for listing in got] == [list_id] * count


@pytest.mark.parametrize("which", [SDN_2023, SDN_2024, CONS_CSV, CONS_XML, CONS_ENHANCED, CONS_ADVANCED])
def test_every_programme_is_described_and_every_label_known(imported: Imports, which: tuple[str, str]) -> None:
    assert [note for note in imported(*which).publication.notes if "not described" in note or "kind of information" in note] == []


def test_the_embedded_proliferators_are_those_of_the_list(imported: Imports) -> None:
    """The excerpt in the project was drawn by hand from the file of 2024-05-03: same parties, and the same IMO numbers of vessels."""
    listed = {number: e for number, e in entities(imported, SDN_2024).items() if "US-NPWMD" in e.programmes and e.kind != "aircraft"}
    embedded: dict[str, dict[str, Any]] = {}
    for path in (EMBEDDED / "parties" / "us-sdn-npwmd").glob("*.toml"):
        embedded |= {e["id"].removeprefix("SDN-"): e for e in tomllib.loads(path.read_text(encoding="utf-8")).get("entity", ())}
    assert listed.keys() == embedded.keys()
    for number, entity in embedded.items():
        assert {i for i in entity.get("identifiers", ()) if i.startswith("imo:")} <= set(listed[number].identifiers)


@pytest.mark.parametrize("name", ["alt.csv", "add.csv"])
def test_a_companion_without_its_primary_file_is_refused(imported: Imports, name: str) -> None:
    with pytest.raises(Exception, match=r"give its primary file sdn\.csv or cons_prim\.csv"):
        imported("ofac_csv", f"ofac_sdn/2026-06-02/{name}")
