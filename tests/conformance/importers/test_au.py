"""Australia's list: names and references as the sheet holds them."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

FILE = "australia/dfat_2024-11/regulation8_consolidated.xlsx"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(path: Path) -> list[list[str]]:
    """The sheet by its parts: shared strings and the cells of each row, by the letter of their column."""
    with zipfile.ZipFile(path) as archive:
        strings = ["".join(item.itertext()) for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    table = []
    for row in sheet.iter(f"{SHEET}row"):
        values = [""] * 12
        for cell in row:
            letters = re.sub(r"\d", "", cell.attrib["r"])
            value = cell.findtext(f"{SHEET}v", "")
            if len(letters) == 1 and letters <= "L":
                values[ord(letters) - ord("A")] = strings[int(value)] if cell.attrib.get("t") == "s" and value else value
        table.append(values)
    return [row for row in table if row[0].strip()]


def test_every_reference_is_a_party_with_all_its_names(imported, shared: Path) -> None:
    found = imported("au_dfat", FILE)
    entities = [listing.entity for listing in found.listings]
    table = cells(shared / "data/watchlists" / FILE)[1:]
    assert len(table) == 9553
    assert {e.id for e in entities} == {re.match(r"\d+", row[0])[0] for row in table}
    assert dict(Counter(e.kind for e in entities)) == {"person": 2316, "organisation": 746}
    # INDEX counts 9,518 names: 35 stand twice with one party.
    assert sum(1 + len(e.aliases) for e in entities) == 9518
    primary = {row[0].strip(): row[1] for row in table if row[3].strip().casefold() == "primary name"}
    words = re.compile(r"\w+")
    for entity in entities:
        assert sorted(words.findall(entity.name)) == sorted(words.findall(primary[entity.id])), entity.id


def test_committees_are_programmes(imported, shared: Path) -> None:
    table = cells(shared / "data/watchlists" / FILE)[1:]
    parties = {(re.match(r"\d+", row[0])[0], " ".join(row[10].split())) for row in table}
    programmes = Counter(p for listing in imported("au_dfat", FILE).listings for p in listing.entity.programmes)
    assert programmes["AU-1718-DPRK"] == sum(committee == "1718 (DPRK)" for _, committee in parties) == 155
    assert programmes["AU-AUTONOMOUS-RUSSIA"] == sum(committee == "Autonomous (Russia)" for _, committee in parties) == 647
    assert sum(programmes.values()) == len(parties) + 1  # one party stands under two committees


def test_numbers_of_shipping_companies_and_births_are_read(imported) -> None:
    entities = {listing.entity.id: listing.entity for listing in imported("au_dfat", FILE).listings}
    assert "imo:5342883" in entities["3164"].identifiers
    assert sum(i.startswith("imo:") for e in entities.values() for i in e.identifiers) == 20
    born = [e for e in entities.values() if e.birth_dates]
    assert len(born) == 2222
    assert not [e for e in born if e.kind != "person"]
