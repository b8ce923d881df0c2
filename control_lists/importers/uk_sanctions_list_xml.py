"""Foreign, Commonwealth and Development Office: UK Sanctions List, XML.

https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml, the only list of the United Kingdom since 2026-01-28. One
``Designation`` a party with all its values; ``DateGenerated`` before them is the day of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.importers import dates
from control_lists.importers.fields import Element, local
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.uk_designation import LIST_ID, Designation
from control_lists.importers.uk_measures import bear
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "uk_sanctions_list_xml"
_MEASURES = (
    "AssetFreeze", "ArmsEmbargo", "TargetedArmsEmbargo", "CharteringOfShips", "ClosureOfRepresentativeOffices",
    "CrewServicingOfShipsAndAircraft", "Deflag", "PreventionOfBusinessArrangements", "ProhibitionOfPortEntry", "TravelBan",
    "PreventionOfCharteringOfShips", "PreventionOfCharteringOfShipsAndAircraft", "TechnicalAssistanceRelatedToAircraft",
    "TrustServicesSanctions", "DirectorDisqualificationSanction",
)  # fmt: skip


def recognises(publication: Publication) -> bool:
    """By its root element and the first designation."""
    return root_attributes(publication.head)[0] == "Designations" and b"<UniqueID>" in publication.head


def read(publication: Publication) -> Iterator[Listing]:
    """Every designation of the file."""
    seen: set[str] = set()
    with publication.open() as stream:
        for element in nested(stream, publication.name):
            if local(element) == "DateGenerated":
                publication.edition = dates.day(element.text)
            elif local(element) == "Designation":
                listing = _listing(publication, Element(publication.name, element))
                if listing.entity.id in seen:
                    raise publication.error(listing.entity.id, "the designation stands twice")
                seen.add(listing.entity.id)
                yield listing
            else:
                raise publication.error("", f"<{local(element)}> is neither the day nor a designation")


def _listing(publication: Publication, record: Element) -> Listing:
    reference = record.need("UniqueID")
    record.where = f"{publication.name}: {reference}"
    party = Designation(publication, reference, record.need("IndividualEntityShip"))
    bear(
        publication, party, reference=reference, group=record.text("OFSIGroupID"), un_reference=record.text("UNReferenceNumber"),
        regime=record.text("RegimeName"), measures=_measures(publication, record), designated=record.need("DateDesignated"),
        source=record.text("DesignationSource"), reasons=record.text("UKStatementofReasons"),
    )  # fmt: skip
    # The day of the last edit changes nothing about the designation.
    record.ignore("LastUpdated")
    for name in _items(record, "Names", "Name"):
        parts = [name.text(f"Name{number}") for number in range(1, 7)]
        party.name(parts, name.need("NameType"), name.text("AliasStrength"))
        name.done()
    for name in _items(record, "NonLatinNames", "NonLatinName"):
        party.script_name(name.text("NameNonLatinScript"))
        # Both can be seen from the letters of the name.
        name.ignore("NonLatinScriptType", "NonLatinScriptLanguage")
        name.done()
    for address in _items(record, "Addresses", "Address"):
        party.address(
            [address.text(f"AddressLine{number}") for number in range(1, 7)],
            address.text("AddressPostalCode"),
            address.text("AddressCountry"),
        )
        address.done()
    party.information(record.text("OtherInformation"))
    for group, item, label in (
        ("Titles", "Title", "title"), ("PhoneNumbers", "PhoneNumber", "phone number"), ("Websites", "Website", "website"),
        ("EmailAddresses", "EmailAddress", "email address"),
    ):  # fmt: skip
        for text in _texts(record, group, item):
            party.remark(label, text)
    for individual in _items(record, "IndividualDetails", "Individual"):
        _individual(party, individual)
    for entity in _items(record, "EntityDetails", "Entity"):
        _organisation(party, entity)
    for ship in _items(record, "ShipDetails", "Ship"):
        _ship(party, ship)
    record.done()
    return Listing(LIST_ID, party.entity())


def _individual(party: Designation, individual: Element) -> None:
    for text in _texts(individual, "DOBs", "DOB"):
        party.born(text)
    for place in _items(individual, "BirthDetails", "Location"):
        party.birth_places(place.text("TownOfBirth"), place.text("CountryOfBirth"))
        place.done()
    for text in _texts(individual, "Nationalities", "Nationality"):
        party.nationality(text)
    for passport in _items(individual, "PassportDetails", "Passport"):
        party.passports(passport.text("PassportNumber"), passport.text("PassportAdditionalInformation"))
        passport.done()
    for number in _items(individual, "NationalIdentifierDetails", "NationalIdentifier"):
        party.national_numbers(number.text("NationalIdentifierNumber"), number.text("NationalIdentifierAdditionalInformation"))
        number.done()
    for group, item, label in (("Positions", "Position", "position"), ("Genders", "Gender", "gender")):
        for text in _texts(individual, group, item):
            party.remark(label, text)
    individual.done()


def _organisation(party: Designation, entity: Element) -> None:
    for text in _texts(entity, "BusinessRegistrationNumbers", "BusinessRegistrationNumber"):
        party.registrations(text)
    for text in _texts(entity, "TypeOfEntities", "TypeOfEntity"):
        party.remark("type of entity", text)
    for group, item, role in (("ParentCompanies", "ParentCompany", "parent company"), ("Subsidiaries", "Subsidiary", "subsidiary")):
        for text in _texts(entity, group, item):
            party.connected(role, text)
    entity.done()


def _ship(party: Designation, ship: Element) -> None:
    for text in _texts(ship, "IMONumbers", "IMONumber"):
        party.imo(text)
    for text in _texts(ship, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"):
        party.flag(text)
    for text in _texts(ship, "HullIdentificationNumbers", "HullIdentificationNumber"):
        party.draft.identifier("hull", text)
    for group, item, role in (
        ("CurrentOwnerOperators", "CurrentOwnerOperator", "owner or operator"),
        ("PreviousOwnerOperators", "PreviousOwnerOperator", "former owner or operator"),
    ):
        for text in _texts(ship, group, item):
            party.connected(role, text)
    for group, item, label in (
        ("PreviousFlags", "PreviousFlag", "previous flags"), ("TypeOfShipDetails", "TypeOfShip", "type of ship"),
        ("TonnageOfShipDetails", "TonnageOfShip", "tonnage of ship"), ("LengthOfShipDetails", "LengthOfShip", "length of ship"),
        ("YearsBuilt", "YearBuilt", "year built"),
    ):  # fmt: skip
        for text in _texts(ship, group, item):
            party.remark(label, text)
    ship.done()


def _measures(publication: Publication, record: Element) -> str | None:
    """The measures in words; the indicators repeat them and stand in where the words are missing."""
    words = record.text("SanctionsImposed")
    flagged = []
    for indicators in record.children("SanctionsImposedIndicators"):
        for name in _MEASURES:
            value = (indicators.text(name) or "false").casefold()
            if value not in ("true", "false"):
                raise publication.error(indicators.where.rpartition(": ")[2], f"<{name}> is '{value}', neither true nor false")
            if value == "true":
                flagged.append("".join(f" {c.lower()}" if c.isupper() else c for c in name).strip())
        indicators.done()
    return words or "|".join(flagged) or None


def _items(parent: Element, group: str, item: str) -> list[Element]:
    """The elements of a group, which may be missing or stand more than once."""
    found: list[Element] = []
    for container in parent.children(group):
        found += container.children(item)
        container.done()
    return found


def _texts(parent: Element, group: str, item: str) -> list[str]:
    """The texts of a group that holds nothing but texts."""
    found: list[str] = []
    for container in parent.children(group):
        found += container.texts(item)
        container.done()
    return found
