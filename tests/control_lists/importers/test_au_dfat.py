"""Australia's consolidated list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from control_lists.codes.country import CountryNames
from control_lists.importers import au_dfat
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import Country, WatchlistEntity

OLD = [
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address",
    "Additional Information", "Listing Information", "Committees", "Control Date",
]  # fmt: skip
MEASURES = ["Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction"]
NEW = [*OLD, "Alias Strength", "IMO Number", "Instrument of Designation", *MEASURES]
COMMON = {
    "Reference": "700", "Type": "Individual", "Name Type": "Primary Name", "Committees": "1718 (DPRK)", "Control Date": "45607",
    "Listing Information": "Listed on 26 Jan. 2004 (amended on 1 May 2019)",
}  # fmt: skip
Row = dict[str, str | int]
Written = Callable[..., Publication]


@pytest.fixture
def workbook(tmp_path: Path, countries: tuple[Country, ...]) -> Written:
    def written(*rows: Row, columns: list[str] = OLD, name: str = "regulation8_consolidated.xlsx") -> Publication:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Sheet1")
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, [(COMMON | row).get(column, "") for column in columns])
        return Publication(path, CountryNames(countries))

    return written


def entities(publication: Publication) -> list[WatchlistEntity]:
    assert au_dfat.recognises(publication)
    return [listing.entity for listing in au_dfat.read(publication)]


def test_rows_of_a_reference_are_one_party(workbook: Written) -> None:
    name = "Name of Individual or Entity"
    found = entities(
        workbook(
            {name: "ZORIN, Ivan Petrovich", "Reference": "700b", "Name Type": "aka "},
            {
                name: "Ivan ZORIN", "Date of Birth": "24108", "Place of Birth": "a) Gorod b) Selo", "Citizenship": "Russian; Finnish",
                "Address": "a) 1 Mill Street, Gorod, Russia b) Latvia",
                "Additional Information": "Passport no.: Russian passport number AB1234567.",
            },
            {name: "Иван Зорин", "Reference": "700c1 ", "Name Type": "original Script", "Type": "individual"},
            {name: "Ivan Sorin (previously listed as)", "Reference": "700d", "Name Type": "Aka", "Date of Birth": "Approximately 1963"},
            {name: "Old Zorin", "Reference": "700e", "Name Type": "Formerly known as"},
            {
                name: "BOLT WORKS, LTD", "Reference": "701", "Type": "Entity ", "Committees": "Autonomous (Thematic – Corruption) ",
                "Listing Information": "Some Instrument 2024", "Address": "NA",
            },
        )
    )  # fmt: skip
    assert [(e.id, e.name, e.kind) for e in found] == [("700", "Ivan ZORIN", "person"), ("701", "BOLT WORKS, LTD", "organisation")]
    zorin, bolt = found
    assert [(a.name, a.quality) for a in zorin.aliases] == [
        ("Ivan Petrovich ZORIN", "strong"), ("Иван Зорин", "strong"), ("Ivan Sorin", "former"), ("Old Zorin", "former"),
    ]  # fmt: skip
    assert (zorin.birth_dates, zorin.birth_places, zorin.countries) == (("1966-01-01", "~1963"), ("Gorod", "Selo"), ("RU", "LV", "FI"))
    assert zorin.addresses == ("1 Mill Street, Gorod, Russia", "Latvia")
    assert (zorin.identifiers, zorin.programmes, zorin.listed_on) == (("passport:AB1234567",), ("AU-1718-DPRK",), date(2004, 1, 26))
    assert zorin.cites == ("DFAT reference 700", "Listed on 26 Jan. 2004 (amended on 1 May 2019)")
    assert "last edited: 2024-11-11" in zorin.remarks
    assert (bolt.programmes, bolt.listed_on, bolt.addresses) == (("AU-AUTONOMOUS-THEMATIC-CORRUPTION",), None, ())


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("1267/1989/2253 (ISIL (Da'esh) and Al-Qaida)", ("AU-1267-1989-2253-ISIL-DAESH-AND-AL-QAIDA",)),
        ("1373 (2001)", ("AU-1373-2001",)),
        ("1970 (Libya) 1973 (Libya)", ("AU-1970-LIBYA", "AU-1973-LIBYA")),
        ("Some new committee", ("AU-SOME-NEW-COMMITTEE",)),
    ],
)
def test_a_committee_is_a_programme(workbook: Written, text: str, programmes: tuple[str, ...]) -> None:
    publication = workbook({"Name of Individual or Entity": "A", "Committees": text})
    assert entities(publication)[0].programmes == programmes
    assert bool(publication.notes) == (text == "Some new committee")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Listed by UN 1267 Committee on 23 February 2001 (amended on 18 Jul. 2007)", date(2001, 2, 23)),
        ("Listed on:  25 Feb. 2021", date(2021, 2, 25)),
        ("Designated under the Autonomous Sanctions Regulations 2011 on 2 March 2012. Relisted on 12 January 2024.", date(2012, 3, 2)),
        ("The Minister listed this entity on 20 August 2015 under section 15", date(2015, 8, 20)),
        ("Amendment (No. 3) Instrument 2022. Relisted on 12 January 2024", None),
    ],
)
def test_the_day_of_listing_stands_in_words(workbook: Written, text: str, day: date | None) -> None:
    assert entities(workbook({"Name of Individual or Entity": "A", "Listing Information": text}))[0].listed_on == day


def test_the_newer_form_has_strength_numbers_and_measures(workbook: Written) -> None:
    name = "Name of Individual or Entity"
    yes, no = dict.fromkeys(MEASURES[:2], 1) | dict.fromkeys(MEASURES[2:], 0), dict.fromkeys(MEASURES, "FALSE")
    person, ship, banned = entities(
        workbook(
            {name: "Ivan ZORIN", "Instrument of Designation": "Some Instrument 2025", **yes},
            {name: "Ivan", "Reference": "700a", "Name Type": "Alias", "Alias Strength": "Weak", **yes},
            {name: "NIGHT SWAN", "Reference": "702", "Type": "Vessel", "IMO Number": "9074729", **no, "Maritime Restriction": "TRUE"},
            {name: "Petr ZORIN", "Reference": "703", **no, "Travel Ban": 1},
            columns=NEW,
            name="Australian_Sanctions_Consolidated_List.xlsx",
        )
    )
    assert [(a.name, a.quality) for a in person.aliases] == [("Ivan", "weak")]
    assert (person.programmes, person.footnotes) == (("AU-1718-DPRK",), ("Targeted Financial Sanction", "Travel Ban"))
    assert "Some Instrument 2025" in person.cites
    assert (ship.kind, ship.identifiers, ship.programmes) == ("vessel", ("imo:9074729",), ("AU-MARITIME",))
    assert "1718 (DPRK)" in ship.cites
    assert banned.programmes == ("AU-OTHER-MEASURES",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Type": "Robot"}, "type 'robot' is not one of"),
        ({"Name Type": "Nickname"}, "name type 'nickname' is not one of"),
        ({"Reference": "abc"}, "'abc' is not a reference"),
        ({"Alias Strength": "Fair"}, "alias strength 'Fair' is not one of"),
        ({"Travel Ban": "maybe"}, "'Travel Ban' is 'maybe', neither 1 nor 0"),
    ],
)
def test_unknown_values_stop_the_import(workbook: Written, change: Row, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        entities(workbook({"Name of Individual or Entity": "A"} | change, columns=NEW))


def test_unknown_columns_and_damage_stop_the_import(workbook: Written, tmp_path: Path, countries: tuple[Country, ...]) -> None:
    with pytest.raises(SourceFormatError, match=r"unmapped \['Mood'\]"):
        entities(workbook({"Name of Individual or Entity": "A"}, columns=[*OLD[:-1], "Mood"]))
    with pytest.raises(SourceFormatError, match="of type 'entity' here and of another before"):
        entities(workbook({"Name of Individual or Entity": "A"}, {"Name of Individual or Entity": "B", "Type": "Entity"}))
    publication = workbook({"Name of Individual or Entity": "A"})
    cut = tmp_path / "regulation8_consolidated_cut.xlsx"
    cut.write_bytes(publication.path.read_bytes()[:2000])
    with pytest.raises(SourceFormatError, match="not a workbook that can be read"):
        entities(Publication(cut, CountryNames(countries)))


def test_a_stray_cell_beside_the_table_stops_the_import_and_a_blank_one_does_not(workbook: Written) -> None:
    assert len(entities(workbook({"Name of Individual or Entity": "A", "": " "}, columns=[*OLD, ""]))) == 1
    with pytest.raises(SourceFormatError, match="'x' stands in a column without a header"):
        entities(workbook({"Name of Individual or Entity": "A", "": "x"}, columns=[*OLD, ""]))


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"PK\x03\x04", b"<a/>"])
def test_other_files_are_not_recognised(published, content: bytes) -> None:
    assert not au_dfat.recognises(published("list.xlsx", content))
