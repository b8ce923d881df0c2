"""OFAC lists in their newest XML form: SDN_ENHANCED.XML and CONS_ENHANCED.XML, root ``sanctionsData``, published in ZIP archives.

Published at https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN_ENHANCED.ZIP and .../CONS_ENHANCED.ZIP. The
fullest of the forms: names in their own scripts, weak aliases marked, days of listing, links by number. What the numbers (``refId``) refer
to is repeated in words where they stand, so the tables of reference values and feature types at the head are passed over. A file names the
lists it was drawn from; one that was filtered by more than lists is an excerpt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml.etree import _Element

from control_lists.importers.dates import day
from control_lists.importers.draft import Draft, Quality
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Element, local
from control_lists.importers.ofac_labels import dated, state
from control_lists.importers.ofac_remarks import read_remarks
from control_lists.importers.ofac_terms import KINDS, LISTS, QUALITIES, add_address, add_programmes, natural_name
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import records, root_attributes

SOURCE = "OFAC enhanced XML"

_ADDRESS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")
_PERIOD = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")


def recognises(publication: Publication) -> bool:
    """Root element ``sanctionsData``."""
    return root_attributes(publication.head)[0] == "sanctionsData"


def read(publication: Publication) -> Iterator[Listing]:
    """Every entity, for each list that the file was drawn from and the entity stands on."""
    drawn: set[str] = set()
    with publication.open() as stream:
        for record in records(stream, publication.name, "publicationInfo", "entity"):
            if local(record) == "publicationInfo":
                drawn = _drawn_from(publication, record)
                continue
            where = f"{publication.name}: {record.get('id')}"
            listed = _listed(where, record)
            lists = sorted(listed.keys() & drawn if drawn else listed)
            if not lists:
                raise SourceFormatError(f"{where}: the party stands on none of the lists of the file; {CHANGED}")
            for list_id in lists:
                draft = _party(publication, Element(where, record), list_id)
                draft.listed_on = listed[list_id]
                yield Listing(list_id, draft.entity())


def _drawn_from(publication: Publication, record: _Element) -> set[str]:
    """The lists the file was drawn from; its day is left on the publication."""
    if any(local(other) != "sanctionsLists" for other in record.iterfind("{*}filters/*")):
        publication.is_excerpt = True
        publication.note("the file was filtered by more than its lists: an excerpt")
    info = Element(publication.name, record)
    publication.edition = day(info.need("dataAsOf"))
    info.ignore("filters")  # read here without strictness: any filter but a list makes an excerpt, whatever it is
    info.done()
    return {_list_id(publication.name, name.text or "") for name in record.iterfind("{*}filters/{*}sanctionsLists/{*}sanctionsList")}


def _listed(where: str, record: _Element) -> dict[str, date | None]:
    """The lists an entity stands on and since when: the consolidated list was put together in 2014 from lists that are older."""
    found: dict[str, date | None] = {}
    for name in record.iterfind("{*}sanctionsLists/{*}sanctionsList"):
        list_id, since = _list_id(where, name.text or ""), day(name.get("datePublished"))
        before = found.get(list_id)
        found[list_id] = min(filter(None, (before, since)), default=None)
    return found


def _list_id(where: str, name: str) -> str:
    if name.strip() not in LISTS:
        raise SourceFormatError(f"{where}: list '{name}' is not known; {CHANGED}")
    return LISTS[name.strip()]


def _party(publication: Publication, entity: Element, list_id: str) -> Draft:
    number = entity.need_attribute("id")
    entity.ignore("sanctionsLists")  # read by _listed
    generals = entity.children("generalInfo")
    if len(generals) != 1:
        raise SourceFormatError(f"{entity.where}: <generalInfo> stands {len(generals)} times, once is known; {CHANGED}")
    general = generals[0]
    kind_text = _word(general, "entityType") or ""
    if kind_text.casefold() not in KINDS:
        raise SourceFormatError(f"{entity.where}: party type '{kind_text}' is not known; {CHANGED}")
    draft = Draft(publication, number, KINDS[kind_text.casefold()])
    for name in _items(entity, "names", "name"):
        _name(draft, name)
    for address in _items(entity, "addresses", "address"):
        _address(draft, address)
    general.ignore("identityId")  # numbers the record of the name, not the party
    state(publication, draft, "Title", general.text("title"))
    for feature in _items(entity, "features", "feature"):
        _feature(publication, draft, feature)
    for document in _items(entity, "identityDocuments", "identityDocument"):
        _document(publication, draft, document)
    for relation in _items(entity, "relationships", "relationship"):
        _relation(draft, relation)
    read_remarks(publication, draft, general.text("remarks"))
    general.done()
    for measure in _words(entity, "sanctionsTypes", "sanctionsType"):
        draft.footnote(f"Measure: {measure}")
    add_programmes(publication, draft, list_id, _words(entity, "sanctionsPrograms", "sanctionsProgram"))
    for authority in _words(entity, "legalAuthorities", "legalAuthority"):
        draft.cite(authority)
    entity.done()
    return draft


def _name(draft: Draft, name: Element) -> None:
    alias_type = _word(name, "aliasType")
    quality: Quality = "strong"
    if alias_type is not None:
        plain = alias_type.replace(".", "").casefold()
        if plain not in QUALITIES:
            raise SourceFormatError(f"{name.where}: alias type '{alias_type}' is not known; {CHANGED}")
        quality = QUALITIES[plain]
    if name.text("isLowQuality") == "true":
        quality = "weak"
    name.ignore("isPrimary")  # the primary name is the one without a type, and stands first
    for spelling in _items(name, "translations", "translation"):
        script = _word(spelling, "script")
        first, last = spelling.text("formattedFirstName"), spelling.text("formattedLastName")
        full = spelling.text("formattedFullName")
        # The parts are the formatted names in another case.
        spelling.ignore("isPrimary", "nameParts")
        spelling.done()
        draft.name(natural_name(last, first, script) if first and last else full or last, quality)
    name.done()


def _address(draft: Draft, address: Element) -> None:
    country = _word(address, "country")
    spellings = _items(address, "translations", "translation")
    for spelling in spellings:
        spelling.ignore("isPrimary", "script")
        parts: dict[str, str] = {}
        for part in _items(spelling, "addressParts", "addressPart"):
            kind = _word(part, "type") or ""
            if kind not in _ADDRESS:
                raise SourceFormatError(f"{part.where}: part '{kind}' of an address is not known; {CHANGED}")
            parts[kind] = part.need("value")
            part.done()
        spelling.done()
        region = parts.pop("REGION", None)
        add_address(draft, [*(parts.get(kind) for kind in _ADDRESS), region if country else None], country or region)
    address.done()


def _feature(publication: Publication, draft: Draft, feature: Element) -> None:
    # Which of several values the list gives first, the number of the record, and the number of a value given in words.
    feature.ignore("isPrimary", "versionId", "valueRefId")
    label, value = _word(feature, "type") or "", feature.text("value")
    period = [_period(date_value) for date_value in feature.children("valueDate")]
    reliability = _word(feature, "reliability")
    details = ("" if reliability in (None, "Confirmed") else reliability.casefold(), feature.text("comments") or "")
    state(publication, draft, label, value or (period[0] if period else None), details=details)
    feature.done()


def _period(element: Element) -> str | None:
    """The first day of a period as text; birth dates and the like say the same in words beside it."""
    element.ignore("@id", "isApproximate", "isDateRange", *_PERIOD[1:])
    first = element.text(_PERIOD[0])
    element.done()
    return first


def _document(publication: Publication, draft: Draft, document: Element) -> None:
    document.ignore("name")  # the spelling of the holder's name that the document shows; it is among the names
    dates = {
        word: next((_period(found) or found.content for found in document.children(name)), None)
        for word, name in (("issued", "issueDate"), ("expires", "expirationDate"))
    }
    validity = document.text("isValid")
    place, authority = _word(document, "issuingLocation"), document.text("issuingAuthority")
    state(
        publication,
        draft,
        _word(document, "type") or "",
        document.text("documentNumber"),
        _word(document, "issuingCountry"),
        (
            *(dated(word, text) for word, text in dates.items()),
            f"issued in {place}" if place else "",
            f"issuing authority {authority}" if authority else "",
            "fraudulent" if validity == "false" else "",
            document.text("comments") or "",
        ),
    )
    document.done()


def _relation(draft: Draft, relation: Element) -> None:
    kind = _word(relation, "type")
    relation.ignore("quality")  # how sure the publisher is of the link
    for other in relation.children("relatedEntity"):
        draft.link(f"id:{other.need_attribute('entityId')}")
        draft.remark(f"{kind}: {other.content}")
        other.done()
    relation.done()


def _items(element: Element, lists: str, name: str) -> Iterator[Element]:
    """The items of an optional list; their numbers identify records of the publisher's."""
    for held in element.children(lists):
        for item in held.children(name):
            item.ignore("@id")
            yield item
        held.done()


def _word(element: Element, name: str) -> str | None:
    """The text of at most one child that also refers to a reference value."""
    found = [_said(child) for child in element.children(name)]
    if len(found) > 1:
        raise SourceFormatError(f"{element.where}: <{name}> stands {len(found)} times, at most one is known")
    return found[0] if found else None


def _words(element: Element, lists: str, name: str) -> list[str]:
    """The texts of a list of reference values."""
    return [said for child in _items(element, lists, name) if (said := _said(child)) is not None]


def _said(element: Element) -> str | None:
    element.ignore("@refId", "@featureTypeId")
    element.done()
    return element.content
