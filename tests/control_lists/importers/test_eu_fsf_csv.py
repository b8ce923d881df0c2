"""The European Union's financial sanctions list in CSV 1.1."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import eu_fsf_csv
from control_lists.importers.errors import SourceFormatError

PARTY = {
    "fileGenerationDate": "05/08/2026",
    "Entity_LogicalId": "7",
    "Entity_EU_ReferenceNumber": "EU.7.1",
    "Entity_UnitedNationId": "QDi.907",
    "Entity_DesignationDate": "30/11/2016",
    "Entity_DesignationDetails": "listed once",
    "Entity_Remark": "Of the hill",
    "Entity_SubjectType": "P",
    "Entity_SubjectType_ClassificationCode": "person",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_EntryIntoForceDate": "30/05/2020",
    "Entity_Regulation_NumberTitle": "2020/716 (OJ L168)",
    "Entity_Regulation_Programme": "IRN",
    "Entity_Regulation_PublicationUrl": "http://x",
}
ROWS: tuple[dict[str, str], ...] = (
    {"NameAlias_LastName": "HOLM", "NameAlias_FirstName": "Ivan", "NameAlias_WholeName": "Ivan HOLM", "NameAlias_NameLanguage": "EN",
     "NameAlias_Gender": "M", "NameAlias_Title": "Dr.", "NameAlias_Function": "Head", "NameAlias_LogicalId": "8"},
    {"NameAlias_WholeName": "Vanya", "NameAlias_Remark": "low quality alias"},
    {"Address_City": "Hillton", "Address_Street": "1 River Road", "Address_PoBox": "77", "Address_AsAtListingTime": "true",
     "Address_ContactInfo": "PHONE[1]", "Address_CountryIso2Code": "KP", "Address_CountryDescription": "NORTH KOREA"},
    {"BirthDate_BirthDate": "1963-04-05", "BirthDate_Day": "5", "BirthDate_Month": "4", "BirthDate_Year": "1963",
     "BirthDate_Circa": "false", "BirthDate_CalendarType": "GREGORIAN", "BirthDate_City": "Hillton", "BirthDate_CountryIso2Code": "00"},
    {"BirthDate_YearRangeFrom": "1958", "BirthDate_YearRangeTo": "1962", "BirthDate_Circa": "true"},
    {"Identification_Number": "A1", "Identification_TypeCode": "passport", "Identification_TypeDescription": "National passport",
     "Identification_KnownExpired": "true", "Identification_CountryIso2Code": "RU", "Identification_CountryDescription": "RUSSIA"},
    {"Citizenship_CountryIso2Code": "RU", "Citizenship_CountryDescription": "RUSSIA", "Citizenship_Remark": "by birth"},
)  # fmt: skip
COLUMNS = list(dict.fromkeys(column for row in (PARTY, *ROWS) for column in row))


def _table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> str:
    lines = [";".join(columns), *(";".join({**PARTY, **row}.get(column, "") for column in columns) for row in rows)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def _read(published, content: str):
    publication = published("list.csv", content)
    assert eu_fsf_csv.recognises(publication)
    return publication, [listing.entity for listing in eu_fsf_csv.read(publication)]


def test_the_rows_of_a_party_are_one_with_every_field(published) -> None:
    publication, (person,) = _read(published, _table(*ROWS))
    assert publication.edition == date(2026, 8, 5)
    assert (person.id, person.name, person.kind, person.programmes) == ("EU.7.1", "Ivan HOLM", "person", ("EU-IRN",))
    assert [(name.name, name.quality) for name in person.aliases] == [("Vanya", "weak")]
    assert person.countries == ("KP", "RU")
    assert person.addresses == ("1 River Road, P.O. Box 77, Hillton, NORTH KOREA",)
    assert person.birth_dates == ("1963-04-05", "~1958/1962")
    assert person.birth_places == ("Hillton",)
    assert person.identifiers == ("passport:A1",)
    assert person.listed_on == date(2016, 11, 30)
    assert person.cites == ("EU 2020/716 (OJ L168), in force 2020-05-30", "UN reference QDi.907")
    assert {"National passport: A1; RUSSIA; known to have expired", "citizenship: by birth", "PHONE[1]", "position: Head"} <= set(
        person.remarks
    )


def test_the_whole_header_is_known(published) -> None:
    assert len(eu_fsf_csv._KNOWN) == 119  # the 118 of the publisher and the mark of strong names of the XML
    _, (person,) = _read(published, _table({"NameAlias_WholeName": "X Y", "NameAlias_Strong": "false"}, columns=list(eu_fsf_csv._KNOWN)))
    assert person.name == "X Y"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_table(*ROWS, columns=[*COLUMNS, "Risk_Tier"]), "unmapped ['Risk_Tier']"),
        (_table(*ROWS, columns=[c for c in COLUMNS if c != "NameAlias_WholeName"]), "missing ['NameAlias_WholeName']"),
        (_table(*ROWS)[:-30], "cells where the header has"),
        (_table(*ROWS) + _table(*ROWS).removeprefix("\ufeff"), "row 9"),
        (_table({"NameAlias_WholeName": "X", "Entity_SubjectType": "V", "Entity_SubjectType_ClassificationCode": "v"}), "subject type 'V'"),
    ],
)
def test_what_is_not_known_stops_the_import(published, content, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, content)
    assert message in str(error.value)


def test_the_csv_of_version_one_is_another_form(published) -> None:
    assert not eu_fsf_csv.recognises(published("x.csv", "Date_file;Entity_logical_id;Subject_type\n"))
