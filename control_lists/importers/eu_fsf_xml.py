"""European Union consolidated financial sanctions list (FSF), XML 1.1.

https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content (token on the Commission's page). All data stand in
attributes; an absent text is an empty string, an absent day a missing attribute, country ``00`` none. A party under two programmes is
written twice. A name is printed whole. The act shown is the last one that
touched the entry: its day is not the day of listing, which only ``designationDate`` states. A subject is ``person`` or ``enterprise``;
a ship is an enterprise with a ship's IMO number.
"""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.importers import dates
from control_lists.importers.control_characters import repaired
from control_lists.importers.draft import Draft
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.eu_fsf import Parties, add_description, add_identification, add_programme, is_true
from control_lists.importers.fields import Element, local
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "EU consolidated financial sanctions list (XML 1.1)"

_CONTACTS = {"PHONE": "phone", "FAX": "fax", "EMAIL": "e-mail", "WEB": "website"}
_FLAGS = (
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known to have expired"),
    ("knownFalse", "known to be false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked by the issuer"),
)
# Of which act a part of the entry is, and its number in the publisher's database: neither tells parties apart.
_PROVENANCE = ("regulationSummary", "@regulationLanguage", "@logicalId")


def recognises(publication: Publication) -> bool:
    """Whether the root is the Commission's export of sanctioned entities."""
    name, attributes = root_attributes(publication.head)
    return name == "export" and "globalFileId" in attributes


def read(publication: Publication) -> Iterator[Listing]:
    """Every listed party; the edition is the day of ``generationDate``."""
    publication.edition = dates.day(root_attributes(publication.head)[1].get("generationDate"))
    parties = Parties(publication)
    with publication.open() as stream:
        for node in nested(repaired(publication, stream), publication.name):
            if local(node) != "sanctionEntity":
                raise publication.error("", f"element <{local(node)}> is not known")
            _party(publication, parties, Element(publication.name, node))
    yield from parties.listings()


def _party(publication: Publication, parties: Parties, entity: Element) -> None:
    logical_id, reference = entity.need_attribute("logicalId"), entity.attribute("euReferenceNumber")
    entity.where = f"{publication.name}: {reference or logical_id}"
    kinds = [subject.need_attribute("code") for subject in entity.children("subjectType")]
    if len(kinds) != 1:
        raise SourceFormatError(f"{entity.where}: {len(kinds)} subject types, one is known")
    draft = parties.party(logical_id, reference, kinds[0])
    _acts(publication, draft, entity)
    designated = entity.attribute("designationDate")
    draft.listed_on = dates.day(designated) or draft.listed_on
    if designated and draft.listed_on is None:
        raise SourceFormatError(f"{entity.where}: designation date '{designated}' is no day")
    for remark in entity.texts("remark"):
        draft.remark(remark)
    draft.remark(entity.attribute("designationDetails"))
    for name in entity.children("nameAlias"):
        _name(parties, draft, name)
    for citizenship in entity.children("citizenship"):
        _country(draft, citizenship)
        _told(draft, "citizenship", citizenship, citizenship.attribute("region"))
    for birth in entity.children("birthdate"):
        _birth(publication, draft, birth)
    for address in entity.children("address"):
        _address(publication, draft, address)
    for identification in entity.children("identification"):
        _identification(publication, draft, identification)
    entity.done()


def _acts(publication: Publication, draft: Draft, entity: Element) -> None:
    for act in entity.children("regulation"):
        # Which institution's act it is, of which type, when and where it was published: its number says all of it.
        act.ignore("publicationUrl", "@regulationType", "@organisationType", "@publicationDate", "@logicalId")
        add_programme(publication, draft, act.attribute("programme"), act.attribute("numberTitle"), act.attribute("entryIntoForceDate"))
        act.done()
    united_nations = entity.attribute("unitedNationId")
    draft.cite(f"UN reference {united_nations}" if united_nations else None)


def _name(parties: Parties, draft: Draft, name: Element) -> None:
    parties.name(
        draft,
        name.attribute("wholeName"),
        [name.attribute(part) for part in ("firstName", "middleName", "lastName")],
        language=name.attribute("nameLanguage"),
        is_strong=name.attribute("strong") != "false",
        remark="; ".join(name.texts("remark")) or None,
    )
    add_description(draft, gender=name.attribute("gender"), title=name.attribute("title"), function=name.attribute("function"))
    name.ignore(*_PROVENANCE)
    name.done()


def _birth(publication: Publication, draft: Draft, birth: Element) -> None:
    remarks = birth.texts("remark")
    whole, calendar = birth.attribute("birthdate"), birth.attribute("calendarType")
    year, month, day = (birth.attribute(part) for part in ("year", "monthOfYear", "dayOfMonth"))
    since, until = birth.attribute("yearRangeFrom"), birth.attribute("yearRangeTo")
    stated = whole or "-".join(part for part in (year, month, day if month else None) if part) or " to ".join(filter(None, (since, until)))
    if calendar not in (None, "GREGORIAN", "ISLAMIC"):
        raise SourceFormatError(f"{birth.where}: calendar '{calendar}' is not known")
    if calendar == "ISLAMIC" and whole is None:
        # A year of the Islamic or Iranian calendar is no year of ours.
        draft.remark(f"date of birth in the Islamic calendar: {stated}" if stated else None)
        stated = ""
    read = dates.birth_date(stated or next(iter(remarks), None), is_approximate=is_true(birth.attribute("circa")))
    draft.birth_date(read)
    if stated and read is None:
        draft.remark(f"date of birth: {stated}")
        publication.note(f"date of birth '{stated}' is not understood: kept as a remark")
    for remark in remarks:
        draft.remark(f"birth: {remark}")
    _, country = _country_texts(birth)
    draft.birth_place(*(birth.attribute(part) for part in ("place", "city", "zipCode", "region")), country)
    birth.ignore(*_PROVENANCE)
    birth.done()


def _address(publication: Publication, draft: Draft, address: Element) -> None:
    box = address.attribute("poBox")
    if box and not any(c.isalpha() for c in box):
        box = f"P.O. Box {box}"
    parts = [address.attribute("street"), box, *(address.attribute(part) for part in ("place", "zipCode", "city", "region"))]
    country = _country(draft, address)
    draft.address(*parts, country)
    shown = ", ".join(part for part in (*parts, country) if part)
    for contact in address.children("contactInfo"):
        key, value = contact.need_attribute("key"), contact.attribute("value")
        contact.done()
        if key not in _CONTACTS:
            publication.note(f"contact '{key}' is not known: kept as a remark")
        draft.remark(f"{_CONTACTS.get(key, key)}: {value}" if value else key)
    _told(draft, f"address {shown}", address, "at the time of listing" if is_true(address.attribute("asAtListingTime")) else None)


def _identification(publication: Publication, draft: Draft, document: Element) -> None:
    said = []
    _, country = _country_texts(document)
    for attribute, label in (("issuedBy", "issued by"), ("region", "issued in"), ("nameOnDocument", "name on document")):
        if text := document.attribute(attribute):
            said.append(f"{label} {text}")
    if country:
        said.append(country)
    for attribute, label in (("issueDate", "issued"), ("validFrom", "valid from"), ("validTo", "valid to")):
        if text := document.attribute(attribute):
            said.append(f"{label} {text}")
    said += [label for attribute, label in _FLAGS if is_true(document.attribute(attribute))]
    said += document.texts("remark")
    code, description = document.attribute("identificationTypeCode"), document.attribute("identificationTypeDescription")
    latin, number = document.attribute("latinNumber"), document.attribute("number")
    add_identification(publication, draft, code, description, number or latin, said)
    if latin and latin != number:
        add_identification(publication, draft, code, description, latin, [])
    document.ignore(*_PROVENANCE)
    document.done()


def _country_texts(element: Element) -> tuple[str | None, str | None]:
    code, name = element.attribute("countryIso2Code"), element.attribute("countryDescription")
    return (None, None) if code == "00" or name == "UNKNOWN" else (code, name or code)


def _country(draft: Draft, element: Element) -> str | None:
    code, name = _country_texts(element)
    draft.country(code or name)
    return name


def _told(draft: Draft, label: str, element: Element, *more: str | None) -> None:
    """What stands beside the values of an element, as a remark; then the element is done."""
    for text in (*more, *element.texts("remark")):
        if text:
            draft.remark(f"{label}: {text}")
    element.ignore(*_PROVENANCE)
    element.done()
