"""OFAC lists in the advanced XML form: sdn_advanced.xml and cons_advanced.xml, root ``Sanctions`` (the UN's Advanced Sanctions Data Model).

Published at https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_ADVANCED.XML and .../CONS_ADVANCED.XML.
Everything refers to everything by number: tables of words at the head, then locations, identity documents, parties, their relationships,
and last the entries that say on which lists and under which programmes a party stands. So parties are kept until the end of the file. A
file does not name its list: it is the one on which all its parties stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from control_lists.importers.draft import Draft, Quality
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Element
from control_lists.importers.ofac_advanced_references import Entry, References, day_of, period_text
from control_lists.importers.ofac_labels import state
from control_lists.importers.ofac_remarks import read_remarks
from control_lists.importers.ofac_terms import (
    CONSOLIDATED,
    KINDS,
    QUALITIES,
    SDN,
    add_address,
    add_programmes,
    natural_name,
)
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import records, root_attributes

SOURCE = "OFAC advanced XML"

_GIVEN = ("First Name", "Middle Name", "Nickname")
# Where a name has parts from both parents they are its surname.
_SURNAME = ("Last Name", "Maiden Name", "Patronymic", "Matronymic")
_WHOLE = ("Entity Name", "Vessel Name", "Aircraft Name")
_RECORDS = (
    "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry",
    "SanctionsEntryLink",
)  # fmt: skip


def recognises(publication: Publication) -> bool:
    """Root element ``Sanctions``."""
    return root_attributes(publication.head)[0] == "Sanctions"


def read(publication: Publication) -> Iterator[Listing]:
    """Every ``DistinctParty``, for each list on which all parties of the file stand, else for each on which it stands."""
    references = References()
    parties: dict[str, Draft] = {}
    entries: dict[str, list[Entry]] = {}
    relations: list[tuple[str, str, str | None]] = []
    with publication.open() as stream:
        for record in records(stream, publication.name, *_RECORDS):
            element = Element(publication.name, record)
            if element.name == "DateOfIssue":
                publication.edition = day_of(element)
            elif element.name == "ReferenceValueSets":
                references.take_words(record)
                continue
            elif element.name == "Location":
                references.take_place(element)
            elif element.name == "IDRegDocument":
                references.take_document(element)
            elif element.name == "DistinctParty":
                profile, draft = _party(publication, references, element)
                parties[profile] = draft
            elif element.name == "ProfileRelationship":
                relations.append(_relation(references, element))
            elif element.name == "SanctionsEntry":
                profile, entry = references.entry(element)
                entries.setdefault(profile, []).append(entry)
            else:
                raise publication.error("", f"a <{element.name}> was never published; {CHANGED}")
            element.done()
    _link(parties, relations)
    shared = [name for name in (SDN, CONSOLIDATED) if all(any(e.list_id == name for e in entries.get(p, ())) for p in parties)]
    for profile, draft in parties.items():
        yield from _listings(publication, draft, entries.get(profile, []), shared)


def _listings(publication: Publication, draft: Draft, entries: list[Entry], shared: list[str]) -> Iterator[Listing]:
    if not entries:
        raise publication.error(draft.id, f"the party stands on no list; {CHANGED}")
    for list_id in sorted({entry.list_id for entry in entries} & set(shared or (SDN, CONSOLIDATED))):
        draft.listed_on = min((entry.since for entry in entries if entry.list_id == list_id and entry.since), default=None)
        # Each entry repeats the programmes of all.
        add_programmes(publication, draft, list_id, dict.fromkeys(code for entry in entries for code in entry.programmes))
        for entry in entries:
            for measure in entry.measures:
                draft.footnote(f"Measure: {measure}")
            for authority in entry.authorities:
                draft.cite(authority)
        yield Listing(list_id, draft.entity())


def _party(publication: Publication, references: References, party: Element) -> tuple[str, Draft]:
    number = party.need_attribute("FixedRef")
    party.where = f"{publication.name}: {number}"
    profiles = party.children("Profile")
    if len(profiles) != 1:
        raise SourceFormatError(f"{party.where}: <Profile> stands {len(profiles)} times, once is known; {CHANGED}")
    profile = profiles[0]
    types = references.party_types(profile)
    kind = next((KINDS[name.casefold()] for name in types if name.casefold() in KINDS), None)
    if kind is None:
        raise SourceFormatError(f"{party.where}: party type {types} is not known; {CHANGED}")
    draft = Draft(publication, number, kind)
    for identity in profile.children("Identity"):
        _names(references, draft, identity)
        for document in references.documents(identity.need_attribute("ID")):
            state(publication, draft, document.label, document.number, document.country, document.details)
        identity.done()
    for feature in profile.children("Feature"):
        _feature(publication, references, draft, feature)
    read_remarks(publication, draft, party.text("Comment"))
    profile.ignore("SanctionsEntryReference")  # the entries refer to the profile
    profile_number = profile.need_attribute("ID")
    profile.done()
    return profile_number, draft


def _names(references: References, draft: Draft, identity: Element) -> None:
    identity.ignore("@FixedRef", "@Primary")
    is_false = identity.attribute("False") == "true"
    part_types: dict[str, str | None] = {}
    for groups in identity.children("NamePartGroups"):
        for master in groups.children("MasterNamePartGroup"):
            for group in master.children("NamePartGroup"):
                number = group.need_attribute("ID")
                part_types[number] = references.word(group, "NamePartType", "NamePartTypeID")
                group.done()
            master.done()
        groups.done()
    for alias in identity.children("Alias"):
        alias.ignore("@FixedRef", "@Primary")  # the primary name is the one of type "Name", and stands first
        alias_type = (references.word(alias, "AliasType", "AliasTypeID") or "").replace(".", "").casefold()
        quality: Quality | None = "strong" if alias_type == "name" else QUALITIES.get(alias_type)
        if quality is None:
            raise SourceFormatError(f"{identity.where}: alias type '{alias_type}' is not known; {CHANGED}")
        if alias.attribute("LowQuality") == "true" or is_false:
            quality = "weak"
        for name in alias.children("DocumentedName"):
            draft.name(_name(references, name, part_types), quality)
        alias.done()


def _name(references: References, name: Element, part_types: dict[str, str | None]) -> str:
    name.ignore("@ID", "@FixedRef", "@DocNameStatusID")
    parts: dict[str | None, list[str]] = {}
    script: str | None = None
    for part in name.children("DocumentedNamePart"):
        for value in part.children("NamePartValue"):
            value.ignore("@ScriptStatusID", "@Acronym")  # one value, and false
            script = references.word(value, "Script", "ScriptID")
            kind = part_types.get(value.need_attribute("NamePartGroupID"))
            if kind not in (*_GIVEN, *_SURNAME, *_WHOLE):
                raise SourceFormatError(f"{name.where}: part '{kind}' of a name is not known; {CHANGED}")
            parts.setdefault(kind, []).append(value.content or "")
            value.done()
        part.done()
    name.done()
    given, surname, whole = (" ".join(text for kind in kinds for text in parts.get(kind, ())) for kinds in (_GIVEN, _SURNAME, _WHOLE))
    return whole or natural_name(surname, given, script)


def _feature(publication: Publication, references: References, draft: Draft, feature: Element) -> None:
    feature.ignore("@ID", "IdentityReference")  # a party has one identity
    label = references.word(feature, "FeatureType", "FeatureTypeID") or ""
    for version in feature.children("FeatureVersion"):
        version.ignore("@ID")
        reliability = references.word(version, "Reliability", "ReliabilityID")
        details = ("" if reliability in (None, "Unknown", "Confirmed") else reliability.casefold(), version.text("Comment") or "")
        values = [period_text(period) for period in version.children("DatePeriod")]
        for detail in version.children("VersionDetail"):
            detail.ignore("@DetailTypeID")  # whether the value is a day, a word, a text or a country
            values.append(references.word(detail, "DetailReference", "DetailReferenceID") or detail.content)
            detail.done()
        for location in version.children("VersionLocation"):
            place = references.place(location, "LocationID")
            location.done()
            for spelling in place.spellings or ((),) if place else ():
                if label == "Location":
                    add_address(draft, spelling, place.country if place else None)
                else:
                    values.append(", ".join(filter(None, (*spelling, place.country if place else None))))
        for value in values:
            state(publication, draft, label, value, details=details)
        version.done()
    feature.done()


def _relation(references: References, relation: Element) -> tuple[str, str, str | None]:
    """From which profile a link goes out, to which, and of what kind."""
    # How sure the publisher is of the link, and under which entry it was made.
    relation.ignore("@ID", "@RelationQualityID", "@SanctionsEntryID")
    kind, comment = references.word(relation, "RelationType", "RelationTypeID"), relation.text("Comment")
    told = ", ".join(filter(None, (kind, comment, "former" if relation.attribute("Former") == "true" else None)))
    return relation.need_attribute("From-ProfileID"), relation.need_attribute("To-ProfileID"), told


def _link(parties: dict[str, Draft], relations: list[tuple[str, str, str | None]]) -> None:
    """Links parties of the file; one that leads out of it keeps the number of the profile, which is the party's."""
    for source, target, kind in relations:
        if source in parties:
            other = parties.get(target)
            parties[source].link(f"id:{other.id if other else target}")
            parties[source].remark(f"{kind}: id:{other.id if other else target}")
