"""The Security Council's consolidated list."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import un_sc_xml
from control_lists.importers.errors import SourceFormatError
from control_lists.models import EntityName

PERSON = """<INDIVIDUAL><DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME> JON </FIRST_NAME><SECOND_NAME>HAK</SECOND_NAME>
<THIRD_NAME>na</THIRD_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.901 </REFERENCE_NUMBER>
<LISTED_ON>2016-11-30</LISTED_ON><GENDER>Male</GENDER><SUBMITTED_BY>Nowhere</SUBMITTED_BY>
<NAME_ORIGINAL_SCRIPT>전학</NAME_ORIGINAL_SCRIPT><COMMENTS1>Works for Hill Bank (KPe.902).</COMMENTS1>
<TITLE><VALUE>Colonel</VALUE></TITLE><DESIGNATION><VALUE>Envoy</VALUE></DESIGNATION>
<NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
<LAST_DAY_UPDATED><VALUE>2017-01-01</VALUE></LAST_DAY_UPDATED>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Chon Hak; Jeon Hak</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Hak</ALIAS_NAME><DATE_OF_BIRTH>1955</DATE_OF_BIRTH>
  <CITY_OF_BIRTH>Wonsan</CITY_OF_BIRTH></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Old Hak</ALIAS_NAME><NOTE>formerly listed as</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Khak</ALIAS_NAME><NOTE>original script: Хак</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><STREET>1 River Road</STREET><CITY>Macao</CITY><STATE_PROVINCE>Macao</STATE_PROVINCE><ZIP_CODE>9</ZIP_CODE>
  <COUNTRY>China</COUNTRY><NOTE>previous</NOTE></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1957-04-15-05:00</DATE><YEAR>1957</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1956</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1953</FROM_YEAR><TO_YEAR>1958</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/><NOTE>30 years old</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Pyongyang</CITY><COUNTRY>Democratic People's Republic of Korea</COUNTRY><NOTE>perhaps</NOTE>
</INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>PS 12345</NUMBER><CITY_OF_ISSUE>Wonsan</CITY_OF_ISSUE>
  <DATE_OF_ISSUE>2011-12-07</DATE_OF_ISSUE></INDIVIDUAL_DOCUMENT>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>
  <TYPE_OF_DOCUMENT2>Voter ID</TYPE_OF_DOCUMENT2><NUMBER>V 777777</NUMBER></INDIVIDUAL_DOCUMENT>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Hillian passport number A998877 (Expired 2016)</NUMBER>
</INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/><SORT_KEY/><SORT_KEY_LAST_MOD/></INDIVIDUAL>"""

BANK = """<ENTITY><DATAID>2</DATAID><FIRST_NAME>HILL BANK OF KOREA (HBK) ; RIVER BANK</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
<REFERENCE_NUMBER>KPe.902</REFERENCE_NUMBER><LISTED_ON>2016-11-30</LISTED_ON>
<COMMENTS1>SWIFT/BIC: HILLKPPY. Owner of the ship SEA STAR (IMO 9074729). Company number IMO 5342883.</COMMENTS1>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>"HILBA"</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Valley Bank (KPe.903)</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><COUNTRY>China, Hong Kong Special Administrative Region</COUNTRY></ENTITY_ADDRESS></ENTITY>"""


def _list(persons: str = PERSON, entities: str = BANK) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'
        f"<INDIVIDUALS>{persons}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    )


def _read(published, content: str | bytes):
    publication = published("consolidated.xml", content)
    assert un_sc_xml.recognises(publication)
    return publication, [listing.entity for listing in un_sc_xml.read(publication)]


def test_a_person_with_every_field(published) -> None:
    publication, (person, _) = _read(published, _list())
    assert publication.edition == date(2026, 2, 27)
    assert (person.id, person.name, person.kind, person.programmes) == ("KPi.901", "JON HAK", "person", ("UN-1718",))
    assert person.aliases == (
        EntityName(name="전학", script="Hang"),
        EntityName(name="Chon Hak"),
        EntityName(name="Jeon Hak"),
        EntityName(name="Hak", quality="weak"),
        EntityName(name="Old Hak", quality="former"),
        EntityName(name="Khak", quality="weak"),
        EntityName(name="Хак", quality="weak", script="Cyrl"),
    )
    assert person.countries == ("KP", "MO", "CN")
    assert person.addresses == ("1 River Road, Macao, Macao, 9, China",)
    assert person.identifiers == ("passport:PS 12345", "other:V 777777", "passport:A998877")
    assert person.birth_dates == ("1955", "1957-04-15", "~1956", "1953/1958")
    assert person.birth_places == ("Wonsan", "Pyongyang, Democratic People's Republic of Korea")
    assert person.listed_on == date(2016, 11, 30)
    assert person.linked == ("id:KPe.902",)
    assert person.cites == ("S/RES/1718 (2006), paragraph 8(d)", "UN reference KPi.901")
    for remark in (
        "gender: male",
        "title: Colonel",
        "position: Envoy",
        "submitted by: Nowhere",
        "Works for Hill Bank (KPe.902).",
        "date of birth: 30 years old",
        "address 1 River Road, Macao, Macao, 9, China: previous",
        "Passport: PS 12345; issued: Wonsan, 2011-12-07",
        "Passport: Hillian passport number A998877 (Expired 2016)",
    ):
        assert remark in person.remarks


def test_an_organisation_with_its_abbreviation_links_and_own_numbers(published) -> None:
    _, (_, bank) = _read(published, _list())
    assert (bank.name, bank.kind, bank.countries) == ("HILL BANK OF KOREA (HBK)", "organisation", ("HK",))
    assert {(name.name, name.quality) for name in bank.aliases} == {
        ("HILL BANK OF KOREA", "strong"),
        ("HBK", "weak"),
        ("RIVER BANK", "strong"),
        ("HILBA", "strong"),
        ("Valley Bank", "former"),
    }
    assert set(bank.identifiers) == {"swift:HILLKPPY", "imo:5342883"}
    assert bank.linked == ("id:KPe.903",)


def test_who_has_no_nationality_belongs_to_the_state_that_issued_the_passport(published) -> None:
    person = (
        "<INDIVIDUAL><DATAID>3</DATAID><FIRST_NAME>X</FIRST_NAME><UN_LIST_TYPE>Iran</UN_LIST_TYPE><INDIVIDUAL_DOCUMENT>"
        "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>I1</NUMBER><COUNTRY_OF_ISSUE>Iran (Islamic Republic of)</COUNTRY_OF_ISSUE>"
        "</INDIVIDUAL_DOCUMENT></INDIVIDUAL>"
    )
    _, (found,) = _read(published, _list(person, ""))
    assert (found.id, found.countries, found.programmes) == ("3", ("IR",), ("UN-IRAN",))


@pytest.mark.parametrize(
    ("code", "programme"),
    [("Al-Qaida", "UN-1267"), ("Taliban", "UN-1988"), ("Iraq", "UN-1518"), ("SouthSudan", "UN-2206"), ("New Land", "UN-NEW-LAND")],
)
def test_programmes_come_from_one_table_and_a_new_regime_is_imported_and_told(published, code, programme) -> None:
    publication, (found, _) = _read(published, _list(PERSON.replace("DPRK<", f"{code}<")))
    assert found.programmes == (programme,)
    assert bool(publication.notes) == (code == "New Land")


def test_a_raw_control_character_does_not_stop_the_import(published) -> None:
    publication, (_, bank) = _read(published, _list().replace("RIVER BANK", "RIVER\x19S BANK").encode())
    assert "RIVER\u2019S BANK" in {name.name for name in bank.aliases}
    assert any("0x19" in note for note in publication.notes)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_list().replace("<GENDER>Male</GENDER>", "<RISK>1</RISK>"), "KPi.901: unmapped fields ['RISK']"),
        (_list().replace("<QUALITY>Low", "<QUALITY>Fair"), "alias quality 'Fair' is not known"),
        (_list().replace("BETWEEN", "AROUND"), "type of birth date 'AROUND' is not known"),
        (_list().replace("2016-11-30", "yesterday"), "'yesterday' is no date"),
        (_list(BANK, ""), "element <ENTITY> is not known"),
        (_list().replace("ENTITIES>", "VESSELS>"), "element <ENTITY> is not known"),
        (_list(PERSON + PERSON), "KPi.901: the reference number stands twice"),
        (_list()[:-60], "the file is cut or damaged"),
        (_list().replace("<CONS", '<!DOCTYPE x [<!ENTITY e "boo">]><CONS'), "declares XML entities"),
    ],
)
def test_what_is_not_known_stops_the_import_in_one_line(published, content, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, content)
    assert message in str(error.value)
    assert str(error.value).startswith("consolidated.xml: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"id,name\n1,x\n", b"<sdnList/>", b"<CONSOLIDATED"])
def test_other_files_are_not_recognised(published, content) -> None:
    assert not un_sc_xml.recognises(published("consolidated.xml", content))
