"""Where OFAC's labelled statements go."""

from __future__ import annotations

import pytest

from control_lists.importers.draft import Draft, Kind
from control_lists.importers.ofac_labels import dated, state
from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published


def stated(publication: Publication, label: str, value: str, country: str | None = None, kind: Kind = "organisation") -> WatchlistEntity:
    draft = Draft(publication, "7", kind)
    draft.name("X1")
    draft.programme("P")
    draft.cite("C")
    state(publication, draft, label, value, country)
    return draft.entity()


@pytest.mark.parametrize(
    ("label", "value", "identifier"),
    [
        ("Passport", "A123", "passport:A123"),
        ("R.F.C. #", "ABC-1", "tax:ABC-1"),
        ("Cedula No.", "55", "national:55"),
        ("Registration Number", "3934472 (New York)", "reg:3934472"),
        ("Vessel Registration Identification", "IMO 9051648", "imo:9051648"),
        ("Vessel Registration Identification", "9051648", "imo:9051648"),
        ("Company Number", "IMO 5987860", "imo:5987860"),
        ("Company Number", "5987860", "reg:5987860"),
        ("Legal Entity Number", "5493005XWZ1Q6ED29G15", "lei:5493005XWZ1Q6ED29G15"),
        ("Legal Entity Number", "852499097", "reg:852499097"),
        ("Digital Currency Address - XBT", "1abcD", "wallet:1abcD"),
        ("Digital Currency Address", "XBT 1abcD", "wallet:1abcD"),
        ("VESSEL CALL SIGN", "CL1", "callsign:CL1"),
        ("Identification Number", "59260", "reg:59260"),
    ],
)
def test_identifiers_have_kinds(published: Published, label: str, value: str, identifier: str) -> None:
    assert stated(published("sdn.xml", ""), label, value).identifiers == (identifier,)


def test_the_identification_number_of_a_person_is_national(published: Published) -> None:
    assert stated(published("sdn.xml", ""), "Identification Number", "59260", kind="person").identifiers == ("national:59260",)


def test_label_and_country_of_an_identifier_are_kept_as_a_remark(published: Published) -> None:
    assert stated(published("sdn.xml", ""), "Tax ID No.", "77", "Russia").remarks == ("Tax ID No.: 77 (Russia)",)
    assert stated(published("sdn.xml", ""), "MMSI", "352002202").remarks == ()


def test_requirements_are_footnotes(published: Published) -> None:
    entity = stated(published("sdn.xml", ""), "Executive Order 13662 Directive Determination -", "Subject to Directive 1")
    assert entity.footnotes == ("Executive Order 13662 Directive Determination: Subject to Directive 1",)
    assert stated(published("sdn.xml", ""), "Effective Date (EO 14024 Directive 3):", "26 Mar 2022").footnotes != ()


def test_countries_and_birth(published: Published) -> None:
    entity = stated(published("sdn.xml", ""), "Nationality of Registration", "Korea, North")
    assert (entity.countries, entity.remarks) == (("KP",), ("Nationality of Registration: Korea, North",))
    assert stated(published("sdn.xml", ""), "Birthdate", "circa 1960").birth_dates == ("~1960",)
    assert stated(published("sdn.xml", ""), "POB", "Town, Iran").birth_places == ("Town, Iran",)


def test_a_birth_date_that_is_none_is_kept_as_a_remark(published: Published) -> None:
    assert stated(published("sdn.xml", ""), "DOB", "in his sixties").remarks == ("DOB: in his sixties",)


def test_an_unknown_label_becomes_a_remark_and_is_told(published: Published) -> None:
    publication = published("sdn.xml", "")
    assert stated(publication, "Moon Permit No.", "5").remarks == ("Moon Permit No.: 5",)
    assert publication.notes == ["'Moon Permit No.' is not a known kind of information: kept as a remark"]


def test_dates_of_all_forms_read_alike() -> None:
    assert dated("issued", "01 Oct 2001") == dated("issued", "2001-10-01") == "issued 2001-10-01"
    assert dated("expires", "Jan 2007") == "expires Jan 2007"
    assert dated("issued", None) == ""
