"""OFSI ConList: rows of one group are one party, whatever form the file has."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from control_lists.codes.country import CountryNames
from control_lists.importers import uk_ofsi_conlist
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import Country, EntityName, WatchlistEntity

NAMES = ["Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title"]
ADDRESS = ["Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country"]
COLUMNS = [
    *NAMES, "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth",
    "Nationality", "Passport Number", "Passport Details", "National Identification Number", "National Identification Details", "Position",
    *ADDRESS, "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
]  # fmt: skip
COLUMNS_2016 = [
    *NAMES, "DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Details", "NI Number", "Position", *ADDRESS,
    "Other Information", "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID",
]  # fmt: skip
COMMON = {
    "Group Type": "Individual", "Alias Type": "Primary name", "Regime": "Russia", "Listed On": "15/03/2022", "Last Updated": "01/01/2024",
    "UK Sanctions List Date Designated": "15/03/2022", "Group ID": "501",
    "Other Information": "(UK Sanctions List Ref):RUS9001. (UK Statement of Reasons):Ran a works (so called). (Gender):Male",
}  # fmt: skip


def conlist(*rows: dict[str, str], columns: list[str] = COLUMNS, day: str = "14/04/2025") -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Last Updated", day])
    writer.writerow(columns)
    for row in rows:
        values = {name: value for name, value in COMMON.items() if name in columns} | row
        writer.writerow([values.get(column, "") for column in columns])
    return out.getvalue()


def entities(publication: Publication) -> list[WatchlistEntity]:
    assert uk_ofsi_conlist.recognises(publication)
    listings = list(uk_ofsi_conlist.read(publication))
    assert {listing.list_id for listing in listings} == {"uk-sanctions"}
    return [listing.entity for listing in listings]


def test_rows_of_a_group_are_one_party_with_the_primary_name_first(published) -> None:
    content = conlist(
        {"Name 6": "PETROFF", "Name 1": "Iwan", "Alias Type": "AKA", "Alias Quality": "Low quality"},
        {"Name 6": "OTHER WORKS", "Group ID": "502", "Group Type": "Entity", "Other Information": ""},
        {
            "Name 6": "ZORIN",
            "Name 1": "Ivan",
            "Name 2": "Petrovich",
            "Name Non-Latin Script": "Иван Зорин",
            "Title": "(1) Doctor (2) General",
        },
        {"Name 6": "SORIN", "Name 1": "Ivan", "Alias Type": "Primary name variation"},
        {"Name 6": "STARY", "Name 1": "Ivan", "Alias Type": "FKA"},
    )
    found = entities(published("ConList.csv", content))
    assert [e.id for e in found] == ["RUS9001", "OFSI-502"]
    zorin = found[0]
    assert (zorin.name, zorin.kind, zorin.programmes, zorin.listed_on) == ("Ivan Petrovich ZORIN", "person", ("UK-RUS",), date(2022, 3, 15))
    assert zorin.aliases == (
        EntityName(name="Иван Зорин", script="Cyrl"),
        EntityName(name="Ivan SORIN"),
        EntityName(name="Iwan PETROFF", quality="weak"),
        EntityName(name="Ivan STARY", quality="former"),
    )
    assert zorin.remarks == ("statement of reasons: Ran a works (so called).", "gender: Male", "title: Doctor", "title: General")
    assert zorin.cites == ("OFSI group 501", "UK Sanctions List RUS9001")


def test_numbered_cells_and_details_belong_together(published) -> None:
    content = conlist(
        {
            "Name 6": "ZORIN", "DOB": "00/00/1971", "Town of Birth": "(1) Gorod (2) -", "Country of Birth": "(1) Russia (2) USSR",
            "Nationality": "(1) Russia. (2) Finland", "Passport Number": "(1) AB1234567. 723456789 (2) -",
            "Passport Details": "(1) Russian (2) expired",
            "National Identification Number": "(1) 7701234567 (2) 450112233", "National Identification Details": "(1) INN (2) Finnish",
            "Address 1": "1 Mill Street", "Address 6": "Gorod", "Post/Zip Code": "123456", "Country": "Russia", "Position": "Director",
        },
        {"Name 6": "ZORIN", "DOB": "07/1972", "Country": "Latvia"},
    )  # fmt: skip
    party = entities(published("ConList.csv", content))[0]
    assert party.birth_dates == ("1971", "1972-07")
    assert party.birth_places == ("Gorod, Russia", "USSR")
    assert party.countries == ("RU", "FI", "LV")
    assert party.identifiers == ("passport:AB1234567", "passport:723456789", "tax:7701234567", "national:450112233")
    assert party.addresses == ("1 Mill Street, Gorod, 123456, Russia",)
    assert {
        "passport: AB1234567. 723456789: Russian",
        "passport: expired",
        "national identifier: 450112233: Finnish",
        "position: Director",
    } <= set(party.remarks)


def test_other_information_is_read_by_its_labels(published) -> None:
    text = (
        "(UK Sanctions List Ref):DPR9001. Financial sanctions imposed in addition to an asset freeze: Trust services. "
        "Tax ID No. 7701234567. "
        "(UN Ref):KPe.999. Managed ships. IMO number: 5342883. (Phone number):(1) +850 (21) 111 (2) +850 3 (Website):www.example.org "
        "(Parent company):(1) Mother Works (Subsidiaries):Daughter Works (Business Reg No):OGRN: 1027700000001; KPP: 770101001 "
        "(Type of entity):Company"
    )
    row = {"Name 6": "SHIP WORKS", "Group Type": "Entity", "Other Information": text, "Regime": "Democratic People's Republic of Korea"}
    party = entities(published("ConList.csv", conlist(row)))[0]
    assert party.identifiers == ("tax:7701234567", "imo:5342883", "reg:1027700000001")
    assert party.footnotes == ("Financial sanctions imposed in addition to an asset freeze: Trust services.",)
    assert party.linked == ("Mother Works", "Daughter Works")
    assert party.cites == ("OFSI group 501", "UK Sanctions List DPR9001", "UN reference KPe.999")
    told = {"phone number: +850 (21) 111", "phone number: +850 3", "business registration: OGRN: 1027700000001; KPP: 770101001"}
    assert told | {"parent company: Mother Works"} <= set(party.remarks)


def test_a_ship_has_its_number_flag_and_owner(published) -> None:
    text = (
        "(UK Sanctions List Ref):DPR9002. (IMO number):9074729 (Current owners):Sea Works (Flag of ship):North Korea (Previous flags):Togo "
        "(Type of ship):Tanker"
    )
    row = {"Name 6": "NIGHT SWAN", "Group Type": "Ship", "Other Information": text}
    party = entities(published("ConList.csv", conlist(row)))[0]
    assert (party.kind, party.identifiers, party.countries, party.linked) == ("vessel", ("imo:9074729",), ("KP",), ("Sea Works",))
    assert {"flag: North Korea", "previous flags: Togo", "owner: Sea Works", "type of ship: Tanker"} <= set(party.remarks)


def test_a_party_of_two_regimes_bears_both_from_the_first_day(published) -> None:
    content = conlist({"Name 6": "A"}, {"Name 6": "A", "Regime": "Cyber", "Listed On": "01/02/2020"}, {"Name 6": "A", "Regime": "Atlantis"})
    publication = published("ConList.csv", content)
    party = entities(publication)[0]
    assert party.programmes == ("UK-RUS", "UK-CYB", "UK-ATLANTIS")
    assert party.listed_on == date(2020, 2, 1)
    assert publication.notes == ["regime 'Atlantis' is not known: imported as it is"]
    assert publication.edition == date(2025, 4, 14)


def test_the_older_form_is_read_in_its_own_encoding(published) -> None:
    row = {
        "Name 6": "AL-DAR", "Name 1": "Sami", "Nationality": "Tunisian",
        "Passport Details": "(1) W374031 (Tunisian) issued 2001 (2) no.: B1234567",
        "NI Number": "Tax number 123456", "Other Information": "UN Ref QI.B.62.02. Known as ‘the teacher’",
        "Regime": "Al-Qaida", "Alias Type": "Prime Alias",
    }  # fmt: skip
    party = entities(published("ConList.csv", conlist(row, columns=COLUMNS_2016).encode("cp1252")))[0]
    assert (party.id, party.programmes, party.countries) == ("OFSI-501", ("UK-AQD",), ("TN",))
    assert party.identifiers == ("passport:W374031", "passport:B1234567", "tax:123456")
    assert party.cites == ("OFSI group 501", "UN reference QI.B.62.02")
    assert "Known as ‘the teacher’" in party.remarks


def test_a_workbook_is_read_as_its_csv(tmp_path: Path, countries: tuple[Country, ...], published) -> None:
    content = conlist({"Name 6": "ZORIN", "Name 1": "Ivan", "DOB": "00/00/1971"})
    path = tmp_path / "ConList (2).xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(csv.reader(io.StringIO(content))):
            sheet.write_row(number, 0, row)
    assert entities(Publication(path, CountryNames(countries))) == entities(published("ConList.csv", content))


def test_two_groups_of_one_reference_keep_ids_apart(published) -> None:
    publication = published("ConList.csv", conlist({"Name 6": "A"}, {"Name 6": "B", "Group ID": "502"}))
    assert [e.id for e in entities(publication)] == ["RUS9001", "OFSI-502"]
    assert publication.notes == ["reference RUS9001 stands on two groups: group 502 is OFSI-502"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Group Type": "Robot"}, "type 'Robot' is not one of"),
        ({"Alias Type": "Nickname"}, "name type 'Nickname' is not one of"),
        ({"Alias Quality": "Fair"}, "name quality 'Fair' is not one of"),
        ({"Listed On": "soon"}, "'Listed On' is 'soon', not a day"),
        ({"Group ID": ""}, "row 3: field 'Group ID' is blank"),
    ],
)
def test_unknown_values_stop_the_import(published, change: dict[str, str], message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        entities(published("ConList.csv", conlist({"Name 6": "A"} | change)))


def test_unknown_columns_and_damage_stop_the_import(published) -> None:
    with pytest.raises(SourceFormatError, match=r"missing \['Title'\], unmapped \['Salutation'\]"):
        entities(published("a.csv", conlist({"Name 6": "A"}).replace("Title", "Salutation", 1)))
    whole = conlist({"Name 6": "A"}, {"Name 6": "B"})
    with pytest.raises(SourceFormatError, match=r"cells instead of 36; the file is cut or damaged"):
        entities(published("b.csv", whole[: whole.rindex("Ran a")] + "\n"))
    with pytest.raises(SourceFormatError, match="the last row has no end; the file is cut"):
        entities(published("f.csv", whole[:-3]))
    with pytest.raises(SourceFormatError, match="type 'Group Type' is not one of"):
        entities(published("c.csv", whole + whole.split("\r\n")[1] + "\r\n"))
    with pytest.raises(SourceFormatError, match="does not hold 'Last Updated' and a day"):
        entities(published("d.csv", whole.replace("14/04/2025", "today")))
    with pytest.raises(SourceFormatError, match="ends before its header"):
        list(uk_ofsi_conlist.read(published("e.csv", "Last Updated,14/04/2025\r\n")))


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"Report Date: 1-Jan-2026\n", b"<a/>"])
def test_other_files_are_not_recognised(published, content: bytes) -> None:
    assert not uk_ofsi_conlist.recognises(published("list.csv", content))
