"""UK Sanctions List as XML."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import uk_sanctions_list_xml
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity

PERSON = """<Designation><LastUpdated>01/01/2026</LastUpdated><DateDesignated>15/03/2022</DateDesignated><UniqueID>RUS9001</UniqueID>
<OFSIGroupID>501</OFSIGroupID><UNReferenceNumber>QDi.999</UNReferenceNumber><Names>
<Name><Name1>Ivan</Name1><Name6>SORIN</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
<Name><Name1>Ivan</Name1><Name6>ZORIN</Name6><NameType>Primary name</NameType></Name><Name><NameType>Alias</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Иван Зорин</NameNonLatinScript><NonLatinScriptType>Cyrillic</NonLatinScriptType>
</NonLatinName></NonLatinNames><Titles><Title>Dr</Title></Titles><RegimeName>The Russia Regulations</RegimeName>
<IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UK</DesignationSource>
<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>true</TravelBan><Deflag>false</Deflag></SanctionsImposedIndicators>
<OtherInformation>Seen in Gorod.</OtherInformation><UKStatementofReasons>
Ran a works.
</UKStatementofReasons><Addresses><Address><AddressLine1>1 Mill Street</AddressLine1><AddressLine6>Gorod</AddressLine6>
<AddressPostalCode>123</AddressPostalCode><AddressCountry>Russia</AddressCountry></Address></Addresses>
<PhoneNumbers><PhoneNumber>+7 1</PhoneNumber></PhoneNumbers><Websites><Website>www.example.org</Website></Websites>
<EmailAddresses><EmailAddress>a@example.org</EmailAddress></EmailAddresses><IndividualDetails><Individual>
<DOBs><DOB>dd/mm/1971</DOB><DOB>15/08/19yy</DOB></DOBs><BirthDetails><Location><TownOfBirth>Gorod</TownOfBirth>
<CountryOfBirth>Russia</CountryOfBirth></Location></BirthDetails><Nationalities><Nationality>Finland</Nationality></Nationalities>
<PassportDetails><Passport><PassportNumber>AB1234567</PassportNumber><PassportAdditionalInformation>Russian</PassportAdditionalInformation>
</Passport></PassportDetails><NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>450112233</NationalIdentifierNumber>
</NationalIdentifier></NationalIdentifierDetails><Positions><Position>Director</Position></Positions><Genders><Gender>Male</Gender></Genders>
</Individual></IndividualDetails></Designation>"""
FIRM = """<Designation><DateDesignated>15/03/2022</DateDesignated><UniqueID>BEL9001</UniqueID><Names><Name><Name6>WORKS</Name6>
<NameType>Primary Name</NameType></Name></Names><IndividualEntityShip>Entity</IndividualEntityShip>
<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze></SanctionsImposedIndicators><EntityDetails><Entity>
<BusinessRegistrationNumbers><BusinessRegistrationNumber>INN: 7701234567</BusinessRegistrationNumber></BusinessRegistrationNumbers>
<TypeOfEntities><TypeOfEntity>Company</TypeOfEntity></TypeOfEntities><ParentCompanies><ParentCompany>Mother Works</ParentCompany>
</ParentCompanies><Subsidiaries><Subsidiary>Daughter Works</Subsidiary></Subsidiaries></Entity></EntityDetails></Designation>"""
SHIP = """<Designation><DateDesignated>15/03/2022</DateDesignated><UniqueID>DPR9001</UniqueID><Names><Name><Name6>NIGHT SWAN</Name6>
<NameType>Primary Name</NameType></Name></Names><IndividualEntityShip>Ship</IndividualEntityShip>
<SanctionsImposed>Prohibition of port entry</SanctionsImposed><ShipDetails><Ship><IMONumbers><IMONumber>IMO9074729</IMONumber></IMONumbers>
<CurrentOwnerOperators><CurrentOwnerOperator>Sea Works</CurrentOwnerOperator></CurrentOwnerOperators>
<PreviousOwnerOperators><PreviousOwnerOperator>Old Works</PreviousOwnerOperator></PreviousOwnerOperators>
<CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
<PreviousFlags><PreviousFlag>India</PreviousFlag></PreviousFlags><TypeOfShipDetails><TypeOfShip>Tanker</TypeOfShip></TypeOfShipDetails>
<TonnageOfShipDetails><TonnageOfShip>7078</TonnageOfShip></TonnageOfShipDetails>
<LengthOfShipDetails><LengthOfShip>90</LengthOfShip></LengthOfShipDetails><YearsBuilt><YearBuilt>2011</YearBuilt></YearsBuilt>
</Ship></ShipDetails></Designation>"""


def uksl(*records: str) -> str:
    return f"<?xml version='1.0'?><Designations><DateGenerated>20/08/2026</DateGenerated>{''.join(records)}</Designations>"


def entities(publication: Publication) -> list[WatchlistEntity]:
    assert uk_sanctions_list_xml.recognises(publication)
    return [listing.entity for listing in uk_sanctions_list_xml.read(publication)]


def test_every_element_of_a_person_has_its_field(published) -> None:
    publication = published("UK-Sanctions-List.xml", uksl(PERSON))
    (party,) = entities(publication)
    assert (party.id, party.name, party.kind, party.programmes) == ("RUS9001", "Ivan ZORIN", "person", ("UK-RUS",))
    assert [(a.name, a.quality) for a in party.aliases] == [("Иван Зорин", "strong"), ("Ivan SORIN", "weak")]
    assert party.identifiers == ("passport:AB1234567", "national:450112233")
    assert (party.birth_dates, party.birth_places, party.countries) == (("1971",), ("Gorod, Russia",), ("RU", "FI"))
    assert party.addresses == ("1 Mill Street, Gorod, 123, Russia",)
    assert party.footnotes == ("Asset freeze", "Travel Ban")
    assert party.cites == ("UK Sanctions List RUS9001", "The Russia Regulations", "OFSI group 501", "UN reference QDi.999")
    assert {
        "statement of reasons: Ran a works.", "Seen in Gorod.", "title: Dr", "phone number: +7 1", "website: www.example.org",
        "email address: a@example.org", "position: Director", "gender: Male", "passport: AB1234567: Russian", "designated by: UK",
        "date of birth: 15/08/19yy",
    } <= set(party.remarks)  # fmt: skip
    assert (party.listed_on, publication.edition) == (date(2022, 3, 15), date(2026, 8, 20))
    assert publication.notes == ["date of birth '15/08/19yy' is not read: kept as a remark"]


def test_organisations_and_ships_have_their_own_details(published) -> None:
    firm, ship = entities(published("UK-Sanctions-List.xml", uksl(FIRM, SHIP)))
    assert (firm.programmes, firm.identifiers, firm.linked) == (("UK-BEL",), ("tax:7701234567",), ("Mother Works", "Daughter Works"))
    assert firm.footnotes == ("asset freeze",)
    assert (ship.programmes, ship.identifiers, ship.countries) == (("UK-SHIPPING",), ("imo:9074729",), ("KM",))
    assert ship.linked == ("Sea Works", "Old Works")
    assert {"previous flags: India", "type of ship: Tanker", "tonnage of ship: 7078", "length of ship: 90", "year built: 2011"} <= set(
        ship.remarks
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (uksl(FIRM.replace("<Names>", "<Mood>fine</Mood><Names>")), r"BEL9001: unmapped fields \['Mood'\]"),
        (uksl(SHIP.replace("<YearsBuilt>", "<Draught/><YearsBuilt>")), r"unmapped fields \['Draught'\]"),
        (uksl(FIRM.replace("true", "maybe")), "<AssetFreeze> is 'maybe'"),
        (uksl(FIRM.replace("Primary Name", "Nickname")), "name type 'Nickname' is not one of"),
        (uksl(FIRM.replace("<IndividualEntityShip>Entity", "<IndividualEntityShip>Robot")), "type 'Robot' is not one of"),
        (uksl(FIRM, FIRM), "BEL9001: the designation stands twice"),
        (uksl(FIRM, "<Other/>"), "<Other> is neither the day nor a designation"),
        (uksl(FIRM)[:-40], "the file is cut or damaged"),
        ('<!DOCTYPE a [<!ENTITY e "x">]>' + uksl(FIRM)[21:], "declares XML entities"),
    ],
)
def test_strange_files_stop_the_import(published, content: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(uk_sanctions_list_xml.read(published("UK-Sanctions-List.xml", content)))


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"<Designations/>"])
def test_other_files_are_not_recognised(published, content: bytes) -> None:
    assert not uk_sanctions_list_xml.recognises(published("a.xml", content))
