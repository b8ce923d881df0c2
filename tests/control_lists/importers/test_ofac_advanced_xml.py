"""OFAC's advanced XML, written small."""

from __future__ import annotations

from datetime import date

import pytest

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.ofac_advanced_xml import read, recognises
from control_lists.importers.registry import recognise
from tests.control_lists.importers.conftest import Published

CALENDAR = ' CalendarTypeID="1"'
FIXED = 'CalendarTypeID="1" YearFixed="false" MonthFixed="false" DayFixed="false"'
TABLES = {
    "AliasType": {"1400": "A.K.A.", "1401": "F.K.A.", "1403": "Name"},
    "Country": {"1": "Iran", "2": "Syria"},
    "DetailReference": {"5": "Male"},
    "FeatureType": {"8": "Birthdate", "9": "Place of Birth", "10": "Nationality Country", "25": "Location", "224": "Gender"},
    "IDRegDocDateType": {"1480": "Issue Date", "1481": "Expiration Date"},
    "IDRegDocType": {"1571": "Passport"},
    "LegalBasis": {"1828": "Executive Order 13224 (Terrorism)"},
    "List": {"1550": "SDN List", "91512": "Consolidated List", "91243": "Non-SDN Palestinian Legislative Council List"},
    "LocPartType": {"1451": "ADDRESS1", "1454": "CITY"},
    "NamePartType": {"1520": "Last Name", "1521": "First Name", "1525": "Entity Name"},
    "PartyType": {"1": "Individual", "2": "Entity", "4": "Transport"},
    "RelationType": {"15003": "Owned or Controlled By"},
    "Reliability": {"1": "Unknown", "3": "Reported"},
    "SanctionsType": {"1": "Program", "1705": "Block"},
    "Script": {"215": "Latin", "220": "Cyrillic"},
    "Validity": {"1": "Valid", "2": "Fraudulent"},
}
LOCATIONS = """<Locations><Location ID="70"><LocationAreaCode AreaCodeID="1"/><LocationCountry CountryID="1" CountryRelevanceID="1"/>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1">
<Comment/><Value>Town</Value>
</LocationPartValue></LocationPart><LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true" LocPartValueTypeID="1"
LocPartValueStatusID="1"><Comment/><Value>1 Road</Value></LocationPartValue></LocationPart>
<FeatureVersionReference FeatureVersionID="1"/></Location>
<Location ID="71"><LocationCountry CountryID="2" CountryRelevanceID="1"/></Location></Locations>"""
DOCUMENTS = """<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="55" IssuedBy-CountryID="1" ValidityID="2"><Comment/>
<IDRegistrationNo>A12</IDRegistrationNo><IssuingAuthority>Office</IssuingAuthority><DocumentDate IDRegDocDateTypeID="1480">
<DatePeriod CalendarTypeID="1" YearFixed="false" MonthFixed="false" DayFixed="false">{day}</DatePeriod></DocumentDate>
<DocumentedNameReference DocumentedNameID="1"/></IDRegDocument></IDRegDocuments>"""


def point(name: str, year: int, month: int, day: int, calendar: str = "") -> str:
    return f"<{name}{calendar}><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></{name}>"


def period(first: tuple[int, int, int], last: tuple[int, int, int], approximate: str = "false") -> str:
    flags = f'Approximate="{approximate}" YearFixed="false" MonthFixed="false" DayFixed="false"'
    return (
        f"<Start {flags}>{point('From', *first)}{point('To', *first)}</Start><End {flags}>{point('From', *last)}{point('To', *last)}</End>"
    )


def feature(kind: str, content: str, reliability: str = "1") -> str:
    return (
        f'<Feature ID="1" FeatureTypeID="{kind}"><FeatureVersion ID="1" ReliabilityID="{reliability}"><Comment/>{content}</FeatureVersion>'
        '<IdentityReference IdentityID="55" IdentityFeatureLinkTypeID="1"/></Feature>'
    )


def born(content: str) -> str:
    return feature(
        "8",
        f'<DatePeriod {FIXED}>{content}</DatePeriod><VersionDetail DetailTypeID="1430"/>',
    )


def name(alias_type: str, script: str, *parts: tuple[str, str], weak: str = "false") -> str:
    values = "".join(
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="{script}" ScriptStatusID="1" Acronym="false">{text}'
        "</NamePartValue></DocumentedNamePart>"
        for group, text in parts
    )
    primary = "true" if alias_type == "1403" else "false"
    return (
        f'<Alias FixedRef="12" AliasTypeID="{alias_type}" Primary="{primary}" LowQuality="{weak}">'
        f'<DocumentedName ID="1" FixedRef="12" DocNameStatusID="1">{values}</DocumentedName></Alias>'
    )


def party(number: str, subtype: str, identity: str, aliases: str, features: str = "", comment: str = "") -> str:
    groups = "".join(
        f'<MasterNamePartGroup><NamePartGroup ID="{group}" NamePartTypeID="{kind}"/></MasterNamePartGroup>'
        for group, kind in (("1", "1520"), ("2", "1521"), ("3", "1525"))
    )
    return (
        f'<DistinctParty FixedRef="{number}"><Comment>{comment}</Comment><Profile ID="{number}" PartySubTypeID="{subtype}">'
        f'<Identity ID="{identity}" FixedRef="{number}" Primary="true" False="false">{aliases}'
        f"<NamePartGroups>{groups}</NamePartGroups></Identity>"
        f"{features}</Profile></DistinctParty>"
    )


def entry(profile: str, list_number: str, programme: str, day: tuple[int, int, int]) -> str:
    open_period = '<DatePeriod CalendarTypeID="1" YearFixed="true" MonthFixed="true" DayFixed="true"/>'
    return (
        f'<SanctionsEntry ID="9{profile}" ProfileID="{profile}" ListID="{list_number}">'
        '<EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1828">'
        f"<Comment/>{point('Date', *day, CALENDAR)}</EntryEvent>"
        f'<SanctionsMeasure ID="1" SanctionsTypeID="1705">{open_period}</SanctionsMeasure>'
        f'<SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>{programme}</Comment>{open_period}</SanctionsMeasure></SanctionsEntry>'
    )


PERSON = party(
    "12",
    "4",
    "55",
    name("1403", "215", ("1", "DOE"), ("2", "Jane Q."))
    + name("1400", "220", ("1", "Пример"), ("2", "Анна"))
    + name("1401", "215", ("1", "Roe"), ("2", "Jane"))
    + name("1400", "215", ("1", "Janey"), weak="true"),
    born(period((1960, 1, 1), (1960, 12, 31)))
    + born(period((1961, 2, 13), (1961, 2, 13), "true"))
    + born(period((1962, 1, 1), (1964, 12, 31)))
    + feature("9", '<VersionDetail DetailTypeID="1432">Town, Iran</VersionDetail>')
    + feature("10", '<VersionDetail DetailTypeID="1433"/><VersionLocation LocationID="71"/>', reliability="3")
    + feature("224", '<VersionDetail DetailTypeID="1431" DetailReferenceID="5"/>')
    + feature("25", '<VersionLocation LocationID="70"/>'),
    "All offices worldwide",
)
COMPANY = party("13", "3", "56", name("1403", "215", ("3", "Acme Trading")))
VESSEL = party("14", "1", "57", name("1403", "215", ("3", "MV TEST")))
SDN_ENTRIES = "".join(entry(number, "1550", "NPWMD", (2020, 3, 4)) for number in ("13", "14")) + entry("12", "1550", "SDGT", (2019, 1, 2))
RELATION = (
    '<ProfileRelationship ID="1" From-ProfileID="13" To-ProfileID="12" RelationTypeID="15003" RelationQualityID="1" Former="false" '
    'SanctionsEntryID="1"><Comment/></ProfileRelationship>'
)


def words(table: str, values: dict[str, str]) -> str:
    return "".join(f'<{table} ID="{number}">{text}</{table}>' for number, text in values.items())


def xml(parties: str = PERSON + COMPANY + VESSEL, entries: str = SDN_ENTRIES) -> str:
    tables = "".join(f"<{table}Values>{words(table, values)}</{table}Values>" for table, values in TABLES.items())
    subtypes = "".join(
        f'<PartySubType ID="{number}" PartyTypeID="{kind}">{text}</PartySubType>'
        for number, kind, text in (("1", "4", "Vessel"), ("2", "4", "Aircraft"), ("3", "2", "Unknown"), ("4", "1", "Unknown"))
    )
    area = '<AreaCodeValues><AreaCode ID="1" CountryID="1" Description="Iran" AreaCodeTypeID="1">IR</AreaCode></AreaCodeValues>'
    documents = DOCUMENTS.format(day=period((2001, 10, 1), (2001, 10, 1)))
    return (
        f'<?xml version="1.0"?><Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3">'
        f"{point('DateOfIssue', 2020, 3, 17, CALENDAR)}"
        f"<ReferenceValueSets>{tables}{area}<PartySubTypeValues>{subtypes}</PartySubTypeValues></ReferenceValueSets>{LOCATIONS}{documents}"
        f"<DistinctParties>{parties}</DistinctParties><ProfileRelationships>{RELATION}</ProfileRelationships>"
        f"<SanctionsEntries>{entries}</SanctionsEntries><SanctionsEntryLinks/></Sanctions>"
    )


def test_every_reference_is_followed(published: Published) -> None:
    publication = published("sdn_advanced.xml", xml())
    assert recognise(publication).SOURCE == "OFAC advanced XML"
    (list_id, person), (_, company), (_, vessel) = read(publication)
    assert (list_id, publication.edition, publication.notes) == ("us-sdn", date(2020, 3, 17), [])
    assert (person.id, person.name, person.kind, person.programmes) == ("12", "Jane Q. DOE", "person", ("US-SDGT",))
    assert [(a.name, a.quality, a.script) for a in person.aliases] == [
        ("Анна Пример", "strong", "Cyrl"),
        ("Jane Roe", "former", None),
        ("Janey", "weak", None),
    ]
    assert (person.birth_dates, person.birth_places) == (("1960", "~1961-02-13", "1962/1964"), ("Town, Iran",))
    assert (person.addresses, person.countries) == (("1 Road, Town, Iran",), ("SY", "IR"))
    assert (person.identifiers, person.listed_on, person.footnotes) == (("passport:A12",), date(2019, 1, 2), ("Measure: Block",))
    assert person.cites == ("OFAC SDN List, UID 12", "Executive Order 13224 (Terrorism)")
    assert person.remarks == (
        "Passport: A12 (Iran), issued 2001-10-01, issuing authority Office, fraudulent",
        "Nationality Country: Syria, reported",
        "Gender: Male",
        "All offices worldwide",
    )
    assert (company.name, company.kind, company.linked) == ("Acme Trading", "organisation", ("id:12",))
    assert (vessel.name, vessel.kind) == ("MV TEST", "vessel")


def test_the_list_of_a_file_is_the_one_on_which_all_its_parties_stand(published: Published) -> None:
    entries = entry("13", "91512", "NS-PLC", (2014, 10, 10)) + entry("12", "91512", "NS-PLC", (2014, 10, 10))
    entries += entry("12", "91243", "NS-PLC", (2006, 4, 12)) + entry("12", "1550", "SDGT", (2016, 9, 16))
    (list_id, person), (other, _) = read(published("x.xml", xml(PERSON + COMPANY, entries)))
    assert (list_id, other, person.listed_on) == ("us-ofac-cons", "us-ofac-cons", date(2006, 4, 12))
    assert person.programmes == ("US-NS-PLC", "US-SDGT")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('PartySubTypeID="4"', 'PartySubTypeID="77"', "PartySubType|PartyType"),
        ('AliasTypeID="1401"', 'AliasTypeID="9"', "12.*AliasType 9 is not among the reference values"),
        ('LocationID="70"', 'LocationID="700"', "location 700 is not in the file"),
        ("<Identity ", "<Moon/><Identity ", r"unmapped fields \['Moon'\]"),
        ('<SanctionsEntry ID="913"', '<SanctionsEntry DeltaAction="x" ID="913"', r"unmapped fields \['@DeltaAction'\]"),
        ("<Year>1960<", "<Year>196O<", "is not a day"),
        ('ProfileID="14"', 'ProfileID="15"', "14: the party stands on no list"),
    ],
)
def test_what_is_not_known_stops_the_import(published: Published, old: str, new: str, message: str) -> None:
    with pytest.raises(SourceFormatError, match=message):
        list(read(published("x.xml", xml().replace(old, new, 1))))


def test_a_cut_file_is_refused(published: Published) -> None:
    with pytest.raises(SourceFormatError, match="not well-formed XML"):
        list(read(published("x.xml", xml()[:-60])))


@pytest.mark.parametrize("content", ["", "<sdnList/>", "1,2", b"\x89PNG\r\n"])
def test_other_files_are_not_recognised(published: Published, content: str | bytes) -> None:
    assert not recognises(published("x.xml", content))
