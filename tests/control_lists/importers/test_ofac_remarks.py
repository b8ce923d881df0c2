"""The grammar of OFAC's remarks."""

from __future__ import annotations

from control_lists.importers.draft import Draft, Kind
from control_lists.importers.ofac_remarks import read_remarks, segments
from control_lists.models import WatchlistEntity
from tests.control_lists.importers.conftest import Published


def read(published: Published, text: str, kind: Kind = "person") -> WatchlistEntity:
    publication = published("sdn.csv", "")
    draft = Draft(publication, "7", kind)
    draft.name("Zed Primary")
    draft.programme("P")
    draft.cite("C")
    read_remarks(publication, draft, text)
    return draft.entity()


def test_every_kind_of_segment_goes_to_its_field(published: Published) -> None:
    entity = read(
        published,
        "DOB 31 Aug 1960; alt. DOB circa 1962; POB Town, Iran; nationality Iran; alt. nationality Syria; citizen Cuba; Gender Male; "
        "Secondary sanctions risk: section 1(b) of an order, as amended; "
        "Passport A0181988 (Somalia) issued 01 Oct 2001 expires 23 Jan 2011; "
        "alt. Passport B/011641; National ID No. 216040 (Yemen); a.k.a. 'DOE, Jane'; a.k.a. 'THE ONE'; Linked To: ACME TRADING, S.A.; "
        "Minister of Works.",
    )
    assert entity.birth_dates == ("1960-08-31", "~1962")
    assert entity.birth_places == ("Town, Iran",)
    assert entity.countries == ("IR", "SY", "CU")
    assert entity.identifiers == ("passport:A0181988", "passport:B/011641", "national:216040")
    assert entity.footnotes == ("Secondary sanctions risk: section 1(b) of an order, as amended",)
    assert [(a.name, a.quality) for a in entity.aliases] == [("Jane DOE", "weak"), ("THE ONE", "weak")]
    assert entity.linked == ("ACME TRADING, S.A.",)
    assert "Gender: Male" in entity.remarks
    assert "Passport: A0181988 (Somalia), issued 2001-10-01, expires 2011-01-23" in entity.remarks
    assert entity.remarks[-1] == "Minister of Works"


def test_former_weak_names_are_weak(published: Published) -> None:
    entity = read(published, "Vessel Registration Identification IMO 7406784; f.k.a. 'ANA I'; MMSI 352002202.", "vessel")
    assert entity.identifiers == ("imo:7406784", "mmsi:352002202")
    assert [(a.name, a.quality) for a in entity.aliases] == [("ANA I", "weak")]


def test_a_quoted_name_may_hold_the_joint() -> None:
    assert list(segments("a.k.a. 'ONE; TWO'; DOB 1960.")) == ["a.k.a. 'ONE; TWO'", "DOB 1960"]


def test_the_full_stop_of_an_abbreviation_stays() -> None:
    assert list(segments("Linked To: ACME CO., LTD.")) == ["Linked To: ACME CO., LTD."]
    assert list(segments("Linked To: ACME S.A.")) == ["Linked To: ACME S.A."]
    assert list(segments("Linked To: ACME.")) == ["Linked To: ACME"]


def test_words_about_a_passport_are_no_passport(published: Published) -> None:
    entity = read(published, "Passport issued in Sarajevo in 2010; Driver's License is issued by the State of Texas.")
    assert entity.identifiers == ()
    assert entity.remarks == ("Passport issued in Sarajevo in 2010", "Driver's License is issued by the State of Texas")


def test_a_bracket_that_is_no_country_is_kept_with_the_statement(published: Published) -> None:
    entity = read(published, "Registration Number HRA 738077 (Stuttgart) (Germany); C.R. No. 55 (Delaware).", "organisation")
    assert entity.identifiers == ("reg:HRA 738077", "reg:55")
    assert entity.remarks == ("Registration Number: HRA 738077 (Stuttgart) (Germany)", "C.R. No.: 55 (Delaware)")


def test_links_in_brackets_of_the_xml_form(published: Published) -> None:
    assert read(published, "All offices worldwide; (Linked To: ACME (HOLDING) INC)", "organisation").linked == ("ACME (HOLDING) INC",)
