"""The European Union's financial sanctions list in XML 1.1."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers import eu_fsf_xml
from control_lists.importers.errors import SourceFormatError
from control_lists.models import EntityName

_PART = 'regulationLanguage="en" logicalId="9"'
_SUMMARY = '<regulationSummary regulationType="amendment" publicationDate="2020-05-29" numberTitle="2020/1 (OJ L1)" publicationUrl="u"/>'


def _act(programme: str, number: str) -> str:
    return (
        f'<regulation regulationType="amendment" organisationType="council" publicationDate="2020-05-29" entryIntoForceDate="2020-05-30" '
        f'numberTitle="{number}" programme="{programme}" logicalId="1"><publicationUrl>http://x</publicationUrl></regulation>'
    )


def _name(whole: str, language: str = "", strong: str = "true", more: str = "", remark: str = "") -> str:
    return (
        f'<nameAlias firstName="" middleName="" lastName="" wholeName="{whole}" function="" title="" nameLanguage="{language}" '
        f'strong="{strong}" {_PART} {more}>{remark}{_SUMMARY}</nameAlias>'
    )


PERSON = f"""<sanctionEntity logicalId="7" euReferenceNumber="EU.7.1" unitedNationId="QDi.907" designationDetails="listed once"
 designationDate="2011-04-12"><remark>Of the hill</remark>{_act("IRN", "2020/716 (OJ L168)")}
<subjectType code="person" classificationCode="P"/>
{_name("Иван ХОЛМ", "RU")}
<nameAlias firstName="Ivan" middleName="" lastName="HOLM" wholeName="" function="Deputy head" gender="M" title="Dr." nameLanguage="EN"
 strong="true" {_PART}>{_SUMMARY}</nameAlias>
{_name("Jan KOPEC", "PL")}
{_name("Vanya", strong="false")}
{_name("Little Hill", remark="<remark>low quality alias</remark>")}
<citizenship region="North" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION" {_PART}><remark>by birth</remark>{_SUMMARY}
</citizenship>
<birthdate circa="true" calendarType="GREGORIAN" city="Hillton" zipCode="" year="1963" region="East" place="Old Quarter"
 countryIso2Code="00" countryDescription="UNKNOWN" {_PART}>{_SUMMARY}</birthdate>
<birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" birthdate="1963-04-05" dayOfMonth="5" monthOfYear="4" year="1963"
 region="" place="" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION" {_PART}>{_SUMMARY}</birthdate>
<birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" monthOfYear="4" year="1964" region="" place=""
 countryIso2Code="00" countryDescription="UNKNOWN" {_PART}>{_SUMMARY}</birthdate>
<birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" yearRangeFrom="1958" yearRangeTo="1962" region="" place=""
 countryIso2Code="00" countryDescription="UNKNOWN" {_PART}><remark>between 1958 and 1962</remark>{_SUMMARY}</birthdate>
<birthdate circa="false" calendarType="ISLAMIC" city="" zipCode="" year="1343" region="" place=""
 countryIso2Code="00" countryDescription="UNKNOWN" {_PART}>{_SUMMARY}</birthdate>
<address city="Hillton" street="1 River Road" poBox="77" zipCode="1090" region="" place="" asAtListingTime="true"
 countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF" {_PART}><contactInfo key="PHONE" value="1-2-3"/>
 <contactInfo key="TELEX" value="88"/>{_SUMMARY}</address>
<identification diplomatic="true" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="true" issuedBy="Hillton"
 latinNumber="" nameOnDocument="I. Holm" number="A123" region="" identificationTypeCode="passport" issueDate="2010-01-02"
 identificationTypeDescription="National passport" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION" {_PART}>
 <remark>seen once</remark>{_SUMMARY}</identification>
<identification number="1-2" identificationTypeCode="fiscalcode" countryIso2Code="00" {_PART}>{_SUMMARY}</identification>
<identification number="Z9" identificationTypeCode="newcard" identificationTypeDescription="New card" countryIso2Code="00" {_PART}/>
</sanctionEntity>"""


def _firm(
    logical_id: str, reference: str, number: str, act: str = _act("SYR", "36/2012 (OJ L16)"), name: str = "HILL SHIPPING (HS)"
) -> str:
    return (
        f'<sanctionEntity logicalId="{logical_id}" euReferenceNumber="{reference}" unitedNationId="" designationDetails="">{act}'
        f'<subjectType code="enterprise" classificationCode="E"/>{_name(name)}<identification number="{number}" '
        f'identificationTypeCode="imo" countryIso2Code="00" {_PART}>{_SUMMARY}</identification></sanctionEntity>'
    )


def _list(*entities: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" '
        f'generationDate="2022-03-18T14:52:26.947+01:00" globalFileId="1">{"".join(entities)}</export>'
    )


def _read(published, content: str):
    publication = published("list.xml", content)
    assert eu_fsf_xml.recognises(publication)
    return publication, [listing.entity for listing in eu_fsf_xml.read(publication)]


def test_a_person_with_every_field(published) -> None:
    publication, (person,) = _read(published, _list(PERSON))
    assert publication.edition == date(2022, 3, 18)
    assert (person.id, person.kind, person.programmes) == ("EU.7.1", "person", ("EU-IRN",))
    # Latin letters and English first, whatever the order of the file.
    assert person.name == "Ivan HOLM"
    assert person.aliases == (
        EntityName(name="Vanya", quality="weak"),
        EntityName(name="Little Hill", quality="weak"),
        EntityName(name="Jan KOPEC"),
        EntityName(name="Иван ХОЛМ", script="Cyrl"),
    )
    assert person.countries == ("RU", "KP")
    assert person.addresses == ("1 River Road, P.O. Box 77, 1090, Hillton, KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF",)
    assert person.identifiers == ("passport:A123", "tax:1-2")
    assert person.birth_dates == ("~1963", "1963-04-05", "1964-04", "1958/1962")
    assert person.birth_places == ("Old Quarter, Hillton, East", "RUSSIAN FEDERATION")
    assert person.listed_on == date(2011, 4, 12)
    assert person.cites == ("EU 2020/716 (OJ L168), in force 2020-05-30", "UN reference QDi.907")
    assert set(person.remarks) == {
        "Of the hill",
        "listed once",
        "gender: male",
        "title: Dr.",
        "position: Deputy head",
        "name Little Hill: low quality alias",
        "citizenship: North",
        "citizenship: by birth",
        "birth: between 1958 and 1962",
        "date of birth in the Islamic calendar: 1343",
        "phone: 1-2-3",
        "TELEX: 88",
        "address 1 River Road, 77, 1090, Hillton, KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF: at the time of listing".replace(
            "77", "P.O. Box 77"
        ),
        "National passport: A123; issued by Hillton; name on document I. Holm; RUSSIAN FEDERATION; issued 2010-01-02; diplomatic; "
        "revoked by the issuer; seen once",
        "New card: Z9",
    }
    assert publication.notes == [
        "contact 'TELEX' is not known: kept as a remark",
        "identification type 'newcard' is not known: kept as a remark",
    ]


def test_a_party_written_twice_is_one_with_both_programmes(published) -> None:
    twice = [_firm("8", "EU.8.1", "5342883"), PERSON, _firm("8", "EU.8.1", "5342883", _act("PRK", "2017/1509 (OJ L224)"), "HILL LINES")]
    _, (firm, _) = _read(published, _list(*twice))
    assert firm.id == "EU.8.1"
    assert firm.programmes == ("EU-SYR", "EU-PRK")
    assert firm.cites == ("EU 36/2012 (OJ L16), in force 2020-05-30", "EU 2017/1509 (OJ L224), in force 2020-05-30")
    names = {(name.name, name.quality) for name in firm.aliases}
    assert firm.name == "HILL SHIPPING (HS)"
    assert names == {("HILL SHIPPING", "strong"), ("HS", "weak"), ("HILL LINES", "strong")}


def test_a_shipping_company_is_an_organisation_and_a_ship_a_vessel(published) -> None:
    _, (firm, ship) = _read(published, _list(_firm("8", "EU.8.1", "5342883"), _firm("9", "EU.9.1", "IMO 9074729")))
    assert [(party.kind, party.identifiers) for party in (firm, ship)] == [
        ("organisation", ("imo:5342883",)),
        ("vessel", ("imo:9074729",)),
    ]


def test_ids_are_reference_numbers_else_logical_ids_and_one_party_has_one(published) -> None:
    entities = [_firm("8", "", "5342883"), _firm("8", "EU.8.1", "5342883"), _firm("9", "", "5342883"), _firm("10", "EU.8.1", "5342883")]
    _, parties = _read(published, _list(*entities))
    assert [party.id for party in parties] == ["EU.8.1", "9"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_list(PERSON.replace('code="person"', 'code="ghost"')), "EU.7.1: subject type 'ghost' is not known"),
        (_list(PERSON.replace("<remark>Of the hill</remark>", "<risk/>")), "EU.7.1: unmapped fields ['risk']"),
        (_list(PERSON.replace('gender="M"', 'sex="M"')), "unmapped fields ['@sex']"),
        (_list(PERSON.replace("ISLAMIC", "JULIAN")), "calendar 'JULIAN' is not known"),
        (_list(PERSON, "<sanctionedVessel/>"), "element <sanctionedVessel> is not known"),
        (_list(PERSON)[:-300], "the file is cut or damaged"),
        (_list(PERSON).replace("<export", '<!DOCTYPE x [<!ENTITY e "boo">]><export'), "declares XML entities"),
    ],
)
def test_what_is_not_known_stops_the_import_in_one_line(published, content, message) -> None:
    with pytest.raises(SourceFormatError) as error:
        _read(published, content)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"<export/>", b"<WHOLE Date='1/1/2016'/>"])
def test_other_files_are_not_recognised(published, content) -> None:
    assert not eu_fsf_xml.recognises(published("list.xml", content))
