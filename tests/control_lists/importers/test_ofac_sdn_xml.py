"""OFAC's sdnList XML, written small."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.ofac_sdn_xml import read, recognises
from control_lists.importers.registry import recognise
from tests.control_lists.importers.conftest import Published

PERSON = """<sdnEntry><uid>12</uid><firstName>Jane Q.</firstName><lastName>DOE</lastName><title>Minister</title>
<sdnType>Individual</sdnType>
<remarks>All offices worldwide; (Linked To: ACME)</remarks>
<programList><program>SDGT</program><program>NPWMD</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>A12</idNumber><idCountry>Iran</idCountry><issueDate>01 Oct 2001</issueDate>
<expirationDate>23 Jan 2011</expirationDate></id><id><uid>2</uid><idType>Gender</idType><idNumber>Female</idNumber></id></idList>
<akaList><aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>JANEY, The</lastName></aka>
<aka><uid>4</uid><type>f.k.a.</type><category>strong</category><lastName>ROE</lastName><firstName>Jane</firstName></aka></akaList>
<addressList><address><uid>5</uid><address1>1 Road</address1><city>Town</city><stateOrProvince>S</stateOrProvince>
<postalCode>9</postalCode><country>Iran</country></address></addressList>
<nationalityList><nationality><uid>6</uid><country>Syria</country><mainEntry>true</mainEntry></nationality></nationalityList>
<citizenshipList><citizenship><uid>7</uid><country>Cuba</country><mainEntry>false</mainEntry></citizenship></citizenshipList>
<dateOfBirthList><dateOfBirthItem><uid>8</uid><dateOfBirth>circa 1960</dateOfBirth><mainEntry>true</mainEntry>
</dateOfBirthItem></dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>9</uid><placeOfBirth>Town, Iran</placeOfBirth><mainEntry>true</mainEntry>
</placeOfBirthItem></placeOfBirthList>
</sdnEntry>"""
VESSEL = """<sdnEntry><uid>13</uid><lastName>MV TEST</lastName><sdnType>Vessel</sdnType><programList><program>NPWMD</program></programList>
<vesselInfo><callSign>CL1</callSign><vesselType>Tug</vesselType><vesselFlag>Iran</vesselFlag><vesselOwner>ACME</vesselOwner>
<tonnage>640</tonnage><grossRegisteredTonnage>300</grossRegisteredTonnage></vesselInfo></sdnEntry>"""


def xml(*entries: str, namespace: str = "http://tempuri.org/sdnList.xsd") -> str:
    return (
        f'<?xml version="1.0"?><sdnList xmlns="{namespace}"><publshInformation><Publish_Date>03/28/2025</Publish_Date>'
        f"<Record_Count>{len(entries)}</Record_Count></publshInformation>{''.join(entries)}</sdnList>"
    )


@pytest.mark.parametrize("namespace", ["http://tempuri.org/sdnList.xsd", "https://sanctionslistservice.ofac.treas.gov/exports/XML"])
def test_every_element_goes_to_its_field(published: Published, namespace: str) -> None:
    publication = published("sdn.xml", xml(PERSON, VESSEL, namespace=namespace))
    assert recognise(publication).SOURCE == "OFAC sdnList XML"
    (list_id, person), (_, vessel) = read(publication)
    assert (list_id, publication.edition, publication.stated) == ("us-sdn", date(2025, 3, 28), {"us-sdn": 2})
    assert (person.id, person.name, person.kind, person.programmes) == ("12", "Jane Q. DOE", "person", ("US-SDGT", "US-NPWMD"))
    assert [(a.name, a.quality) for a in person.aliases] == [("The JANEY", "weak"), ("Jane ROE", "former")]
    assert (person.addresses, person.countries) == (("1 Road, Town, S, 9, Iran",), ("IR", "SY", "CU"))
    assert (person.identifiers, person.birth_dates, person.birth_places) == (("passport:A12",), ("~1960",), ("Town, Iran",))
    assert person.linked == ("ACME",)
    assert set(person.remarks) >= {"Title: Minister", "Passport: A12 (Iran), issued 2001-10-01, expires 2011-01-23", "Gender: Female"}
    assert (vessel.name, vessel.kind, vessel.countries, vessel.identifiers) == ("MV TEST", "vessel", ("IR",), ("callsign:CL1",))


def test_a_category_or_element_that_is_not_known_stops_the_import(published: Published) -> None:
    for changed, message in (
        (PERSON.replace("weak", "medium"), "12: alias of type 'aka' and category 'medium' is not known"),
        (PERSON.replace("Individual", "Robot"), "12: party type 'robot' is not known"),
        (PERSON.replace("<idList>", "<moon>1</moon><idList>"), r"12: unmapped fields \['moon'\]"),
        (PERSON.replace("<city>", "<planet>x</planet><city>"), r"unmapped fields \['planet'\]"),
        (PERSON + "<sdnExit/>", "element <sdnExit> is not known"),
    ):
        with pytest.raises(SourceFormatError, match=message):
            list(read(published("sdn.xml", xml(changed))))


def test_the_type_of_members_of_the_council_in_2014(published: Published) -> None:
    entry = PERSON.replace("sdnType", "nspType").replace("SDGT", "NS-PLC").replace("<program>NPWMD</program>", "")
    ((list_id, entity),) = read(published("list.xml", xml(entry)))
    assert (list_id, entity.kind) == ("us-ofac-cons", "person")


def test_a_cut_file_and_entities_are_refused(published: Published) -> None:
    with pytest.raises(SourceFormatError, match="not well-formed XML"):
        list(read(published("sdn.xml", xml(PERSON, VESSEL)[:-40])))
    hostile = xml(PERSON).replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "boom">]>')
    with pytest.raises(SourceFormatError, match="declares XML entities"):
        list(read(published("sdn.xml", hostile)))


@pytest.mark.parametrize("content", ["", "<Sanctions/>", "1,2", b"\x89PNG\r\n"])
def test_other_files_are_not_recognised(published: Published, content: str | bytes) -> None:
    assert not recognises(published("sdn.xml", content))
