"""OFAC's enhanced XML, written small."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.ofac_enhanced_xml import read, recognises
from control_lists.importers.registry import recognise
from tests.control_lists.importers.conftest import Published

PERIOD = "<fromDateBegin>{0}</fromDateBegin><fromDateEnd>{0}</fromDateEnd><toDateBegin>{0}</toDateBegin><toDateEnd>{0}</toDateEnd>"
FLAGS = "<isApproximate>false</isApproximate><isDateRange>false</isDateRange>"
PERSON = f"""<entity id="12"><generalInfo><identityId>5</identityId><entityType refId="600">Individual</entityType><title>Minister</title>
<remarks>HAMAS - Town</remarks></generalInfo>
<sanctionsLists><sanctionsList refId="91243" id="1" datePublished="2006-04-12">Non-SDN Palestinian Legislative Council List</sanctionsList>
<sanctionsList refId="1550" id="3" datePublished="2023-11-14">SDN List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram refId="1" id="6">NS-PLC</sanctionsProgram>
<sanctionsProgram refId="2" id="7">SDGT</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType refId="1706" id="8">Reject</sanctionsType></sanctionsTypes>
<legalAuthorities><legalAuthority refId="1828" id="9">Executive Order 13224 (Terrorism)</legalAuthority></legalAuthorities>
<names><name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation id="1"><isPrimary>true</isPrimary><script refId="1">Latin</script><formattedFirstName>Jane Q.</formattedFirstName>
<formattedLastName>DOE</formattedLastName><formattedFullName>DOE, Jane Q.</formattedFullName><nameParts><namePart id="1">
<type refId="1520">Last Name</type><value>Doe</value></namePart></nameParts></translation>
<translation id="2"><isPrimary>false</isPrimary><script refId="2">Chinese Simplified</script><formattedFirstName>小明</formattedFirstName>
<formattedLastName>李</formattedLastName><formattedFullName>李, 小明</formattedFullName></translation></translations></name>
<name id="2"><isPrimary>false</isPrimary><aliasType refId="1400">A.K.A.</aliasType><isLowQuality>true</isLowQuality><translations>
<translation id="3"><isPrimary>true</isPrimary><script refId="1">Latin</script><formattedLastName>JANEY</formattedLastName>
<formattedFullName>JANEY</formattedFullName></translation></translations></name></names>
<addresses><address id="1"><country refId="1">Iran</country><translations><translation id="1"><isPrimary>true</isPrimary>
<script refId="1">Latin</script><addressParts><addressPart id="1"><type refId="1454">CITY</type><value>Town</value></addressPart>
<addressPart id="2"><type refId="1451">ADDRESS1</type><value>1 Road</value></addressPart></addressParts></translation>
</translations></address>
<address id="2"><translations><translation id="2"><isPrimary>true</isPrimary><script refId="1">Latin</script><addressParts>
<addressPart id="3"><type refId="1450">REGION</type><value>Gaza</value></addressPart></addressParts></translation>
</translations></address></addresses>
<features><feature id="1"><type featureTypeId="8">Birthdate</type><versionId>1</versionId><value>1960</value>
<valueDate id="1">{PERIOD.format("1960-01-01")}{FLAGS}</valueDate><isPrimary>true</isPrimary></feature>
<feature id="2"><type featureTypeId="10">Nationality Country</type><versionId>2</versionId><value>Syria</value><valueRefId>5</valueRefId>
<isPrimary>true</isPrimary><reliability refId="91479">Reported</reliability><comments>said so</comments></feature></features>
<identityDocuments><identityDocument id="1"><type refId="1571">Passport</type><name nameId="1" nameTranslationId="1">DOE, Jane Q.</name>
<documentNumber>A12</documentNumber><isValid>false</isValid><issuingCountry refId="1">Iran</issuingCountry>
<issuingAuthority>Office</issuingAuthority><issueDate id="1">{PERIOD.format("2001-10-01")}{FLAGS}</issueDate>
</identityDocument></identityDocuments>
<relationships><relationship id="1"><type refId="15003">Owned or Controlled By</type><relatedEntity entityId="99">ACME</relatedEntity>
<quality refId="1540">High</quality></relationship></relationships></entity>"""


def xml(
    *entities: str, filters: str = '<sanctionsLists><sanctionsList refId="91512">Consolidated List</sanctionsList></sanctionsLists>'
) -> str:
    return (
        '<?xml version="1.0"?><sanctionsData xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">'
        f"<publicationInfo><dataAsOf>2025-01-10T00:00:00</dataAsOf><filters>{filters}</filters></publicationInfo>"
        '<referenceValues><referenceValue refId="1"><type>SCRIPT</type><value>Latin</value></referenceValue></referenceValues>'
        f"<featureTypes/><entities>{''.join(entities)}</entities></sanctionsData>"
    )


def zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("CONS_ENHANCED.XML", text)
    return packed.getvalue()


@pytest.mark.parametrize("is_zipped", [False, True])
def test_every_element_goes_to_its_field(published: Published, is_zipped: bool) -> None:
    publication = published("CONS_ENHANCED.ZIP", zipped(xml(PERSON)) if is_zipped else xml(PERSON))
    assert recognise(publication).SOURCE == "OFAC enhanced XML"
    ((list_id, person),) = read(publication)
    assert (list_id, publication.edition, publication.notes) == ("us-ofac-cons", date(2025, 1, 10), [])
    assert (person.id, person.name, person.kind, person.listed_on) == ("12", "Jane Q. DOE", "person", date(2006, 4, 12))
    assert [(a.name, a.quality, a.script) for a in person.aliases] == [("李小明", "strong", "Hani"), ("JANEY", "weak", None)]
    assert (person.programmes, person.footnotes) == (("US-NS-PLC", "US-SDGT"), ("Measure: Reject",))
    assert (person.addresses, person.countries) == (("1 Road, Town, Iran",), ("IR", "PS", "SY"))
    assert (person.birth_dates, person.identifiers, person.linked) == (("1960",), ("passport:A12",), ("id:99",))
    assert person.cites == ("OFAC Consolidated Non-SDN List, UID 12", "Executive Order 13224 (Terrorism)")
    assert person.remarks == (
        "Title: Minister",
        "Nationality Country: Syria, reported, said so",
        "Passport: A12 (Iran), issued 2001-10-01, issuing authority Office, fraudulent",
        "Owned or Controlled By: ACME",
        "HAMAS - Town",
    )


def test_a_file_of_the_sdn_list_gives_the_party_with_its_day_there(published: Published) -> None:
    filters = '<sanctionsLists><sanctionsList refId="1550">SDN List</sanctionsList></sanctionsLists>'
    ((list_id, person),) = read(published("SDN_ENHANCED.XML", xml(PERSON, filters=filters)))
    assert (list_id, person.listed_on) == ("us-sdn", date(2023, 11, 14))


def test_a_file_of_no_stated_list_gives_each_party_for_each_of_its_lists(published: Published) -> None:
    assert [listing.list_id for listing in read(published("x.xml", xml(PERSON, filters="")))] == ["us-ofac-cons", "us-sdn"]


def test_other_filters_make_an_excerpt(published: Published) -> None:
    publication = published("x.xml", xml(PERSON, filters="<sanctionsPrograms/>"))
    list(read(publication))
    assert publication.is_excerpt


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (">Individual<", ">Robot<", "12: party type 'Robot' is not known"),
        (">A.K.A.<", ">Z.K.A.<", "alias type 'Z.K.A.' is not known"),
        (">SDN List<", ">Moon List<", "12: list 'Moon List' is not known"),
        (">CITY<", ">CRATER<", "part 'CRATER' of an address is not known"),
        ("<names>", "<moon/><names>", r"unmapped fields \['moon'\]"),
        ("<versionId>", "<moon/><versionId>", r"unmapped fields \['moon'\]"),
    ],
)
def test_what_is_not_known_stops_the_import(published: Published, old: str, new: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(read(published("x.xml", xml(PERSON.replace(old, new, 1)))))


def test_a_party_without_its_general_information_or_a_list_of_the_file_is_refused(published: Published) -> None:
    with pytest.raises(SourceFormatError, match="12: <generalInfo> stands 0 times"):
        list(read(published("x.xml", xml(PERSON.replace("generalInfo>", "generalInformation>")))))
    unlisted = PERSON.replace("Consolidated List", "SDN List").replace("Non-SDN Palestinian Legislative Council List", "SDN List")
    with pytest.raises(SourceFormatError, match="12: the party stands on none of the lists of the file"):
        list(read(published("x.xml", xml(unlisted))))


def test_a_cut_file_is_refused(published: Published) -> None:
    with pytest.raises(SourceFormatError, match="not well-formed XML"):
        list(read(published("x.xml", xml(PERSON)[:-40])))


@pytest.mark.parametrize("content", ["", "<sdnList/>", "1,2", b"\x89PNG\r\n"])
def test_other_files_are_not_recognised(published: Published, content: str | bytes) -> None:
    assert not recognises(published("x.xml", content))
