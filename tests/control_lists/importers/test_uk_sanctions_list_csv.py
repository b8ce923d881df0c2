"""UK Sanctions List as CSV and spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from control_lists.codes.country import CountryNames
from control_lists.importers import uk_sanctions_list_csv
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import Country, WatchlistEntity

COLUMNS = [
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5",
    "Name type", "Alias strength", "Title", "Name non-latin script", "Non-latin script type", "Non-latin script language", "Regime Name",
    "Designation Type", "Designation source", "Sanctions Imposed", "Other Information", "UK Statement of Reasons", "Address Line 1",
    "Address Line 2", "Address Line 3", "Address Line 4", "Address Line 5", "Address Line 6", "Address Postal Code", "Address Country",
    "Phone number", "Website", "Email address", "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number",
    "National Identifier additional information", "Passport number", "Passport additional information", "Position", "Gender",
    "Town of birth", "Country of birth", "Type of entity", "Subsidiaries", "Parent company", "Business registration number (s)",
    "IMO number", "Current owner/operator (s)", "Previous owner/operator (s)", "Current believed flag of ship", "Previous flags",
    "Type of ship", "Tonnage of ship", "Length of ship", "Year Built", "Hull identification number (HIN)",
]  # fmt: skip
REGIME = "The Russia (Sanctions) (EU Exit) Regulations 2019"
COMMON = {
    "Unique ID": "RUS9001", "Name type": "Primary Name", "Designation Type": "Individual", "Regime Name": REGIME,
    "Date Designated": "15/03/2022", "Last Updated": "01/01/2026", "Designation source": "UK",
    "Sanctions Imposed": "Asset freeze|Travel Ban",
}  # fmt: skip


def uksl(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Report Date: 29-Apr-2026"])
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([(COMMON | row).get(column, "") for column in COLUMNS])
    return out.getvalue()


def entities(publication: Publication) -> list[WatchlistEntity]:
    assert uk_sanctions_list_csv.recognises(publication)
    return [listing.entity for listing in uk_sanctions_list_csv.read(publication)]


def test_rows_of_a_reference_are_one_designation(published) -> None:
    publication = published(
        "UK-Sanctions-List.csv",
        uksl(
            {"Name 6": "SORIN", "Name 1": "Ivan", "Name type": "Alias", "Alias strength": "Low quality a.k.a"},
            {
                "Name 6": " ZORIN ", "Name 1": "Ivan", "Name non-latin script": "Иван Зорин", "D.O.B": "dd/mm/1971", "Gender": "Male",
                "Nationality(/ies)": "Russia|Finland", "Passport number": "AB1234567", "Passport additional information": "Russian",
                "National Identifier number": "'7701234567", "National Identifier additional information": "INN", "OFSI Group ID": "501",
                "Town of birth": "Gorod", "Country of birth": "Russia", "UN Reference Number": "QDi.999", "Address Line 6": "Gorod",
                "Address Country": "Russia", "UK Statement of Reasons": "Ran a works.", "Title": "Dr", "Position": "Director",
            },
            {"Name 6": "ZORINE", "Name 1": "Ivan", "Name type": "primary name variation", "D.O.B": "dd/05/1972"},
        ),
    )  # fmt: skip
    (party,) = entities(publication)
    assert (party.id, party.name, party.programmes) == ("RUS9001", "Ivan ZORIN", ("UK-RUS",))
    assert [(a.name, a.quality) for a in party.aliases] == [("Иван Зорин", "strong"), ("Ivan ZORINE", "strong"), ("Ivan SORIN", "weak")]
    assert party.birth_dates == ("1971", "1972-05")
    assert (party.countries, party.birth_places, party.addresses) == (("RU", "FI"), ("Gorod, Russia",), ("Gorod, Russia",))
    assert party.identifiers == ("tax:7701234567", "passport:AB1234567")
    assert party.footnotes == ("Asset freeze", "Travel Ban")
    assert party.cites == ("UK Sanctions List RUS9001", REGIME, "OFSI group 501", "UN reference QDi.999")
    assert {"statement of reasons: Ran a works.", "title: Dr", "position: Director", "gender: Male", "designated by: UK"} <= set(
        party.remarks
    )
    assert (party.listed_on, publication.edition) == (date(2022, 3, 15), date(2026, 4, 29))


def test_the_measures_decide_the_programme(published) -> None:
    def programme(kind: str, measures: str) -> tuple[str, ...]:
        row = {"Name 6": "A", "Designation Type": kind, "Sanctions Imposed": measures}
        return entities(published("UK-Sanctions-List.csv", uksl(row)))[0].programmes

    assert programme("Ship", "Shipping sanctions: (see 'Other information')") == ("UK-SHIPPING",)
    assert programme("Ship", "Prohibition of port entry") == ("UK-SHIPPING",)
    assert programme("Ship", "") == ("UK-SHIPPING",)
    assert programme("Ship", "Asset freeze|Prohibition of port entry") == ("UK-RUS",)
    assert programme("Individual", "Travel Ban") == ("UK-OTHER-MEASURES",)
    assert programme("Entity", "") == ("UK-RUS",)


def test_a_ship_and_a_company_have_their_own_columns(published) -> None:
    ship, firm = entities(
        published(
            "UK-Sanctions-List.csv",
            uksl(
                {
                    "Name 6": "NIGHT SWAN", "Designation Type": "Ship", "IMO number": "IMO9074729",
                    "Current owner/operator (s)": "Sea Works",
                    "Previous owner/operator (s)": "Old Works", "Current believed flag of ship": "Gabon", "Previous flags": "Togo",
                    "Type of ship": "Tanker", "Tonnage of ship": "100", "Length of ship": "9", "Year Built": "2001",
                    "Hull identification number (HIN)": "HIN 77", "Unique ID": "RUS9002",
                },
                {
                    "Name 6": "WORKS", "Designation Type": "Entity",
                    "Business registration number (s)": "INN: 7701234567 OGRN: 1027700000001",
                    "Parent company": "Mother Works", "Subsidiaries": "Daughter Works", "Type of entity": "Company", "Unique ID": "RUS9003",
                    "Phone number": "+7 1|+7 2", "Website": "www.example.org", "Email address": "a@example.org",
                    "Other Information": "LEI: 2534006SJ05GGKETEY75",
                },
            ),
        )
    )  # fmt: skip
    assert (ship.identifiers, ship.countries, ship.linked) == (("imo:9074729", "hull:HIN 77"), ("GA",), ("Sea Works", "Old Works"))
    assert {"former owner or operator: Old Works", "flag: Gabon", "previous flags: Togo", "year built: 2001"} <= set(ship.remarks)
    assert firm.identifiers == ("lei:2534006SJ05GGKETEY75", "tax:7701234567", "reg:1027700000001")
    assert firm.linked == ("Daughter Works", "Mother Works")
    assert {"phone number: +7 1", "phone number: +7 2", "website: www.example.org"} <= set(firm.remarks)


def test_a_spreadsheet_is_read_as_its_csv(tmp_path: Path, countries: tuple[Country, ...], published) -> None:
    content = uksl({"Name 6": "ZORIN", "Name 1": "Ivan"})
    path = tmp_path / "UK_Sanctions_List.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(io.StringIO(content))):
            sheet.write_row(number, 0, row)
    assert entities(Publication(path, CountryNames(countries))) == entities(published("UK-Sanctions-List.csv", content))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Designation Type": "Robot"}, "type 'Robot' is not one of"),
        ({"Name type": "Nickname"}, "name type 'Nickname' is not one of"),
        ({"Alias strength": "Fair"}, "name quality 'Fair' is not one of"),
        ({"Date Designated": "soon"}, "'soon' is not a day of designation"),
    ],
)
def test_unknown_values_stop_the_import(published, change: dict[str, str], message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        entities(published("UK-Sanctions-List.csv", uksl({"Name 6": "A"} | change)))


def test_unknown_columns_and_damage_stop_the_import(published) -> None:
    whole = uksl({"Name 6": "A"}, {"Name 6": "B"})
    with pytest.raises(SourceFormatError, match=r"unmapped \['Gendre'\]"):
        entities(published("a.csv", whole.replace("Gender", "Gendre")))
    with pytest.raises(SourceFormatError, match="cells instead of 58"):
        entities(published("b.csv", whole[:-30]))
    with pytest.raises(SourceFormatError, match="type 'Designation Type' is not one of"):
        entities(published("c.csv", whole + whole.split("\r\n")[1] + "\r\n"))
    with pytest.raises(SourceFormatError, match="does not begin with 'Report Date:'"):
        entities(published("d.csv", whole.replace("29-Apr-2026", "now")))


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"Last Updated,1/1/2025\r\n", b"<a/>"])
def test_other_files_are_not_recognised(published, content: bytes) -> None:
    assert not uk_sanctions_list_csv.recognises(published("list.csv", content))
