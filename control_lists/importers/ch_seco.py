"""Swiss State Secretariat for Economic Affairs (SECO): all sanctions lists, XML.

https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction

``sanctions-program`` with its sets of measures, ``place``, and ``target``. A party's id is its ``ssid``. Each target names the sets it
is under; a set belongs to a programme, whose English key makes our programme id (``North Korea``: ``CH-NORTH-KOREA``), and the set
itself tells whether the party is under an asset freeze or a narrower measure: it becomes a footnote. A target stays in the file after
its removal: its newest ``modification`` tells. Modifications embed copies of what they changed: they are not read.

A name is made of ordered parts; a spelling variant replaces its own part only. Addresses and birth places refer to ``place``. The
schema is not published with the file: an element that is not known here stops the import.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from control_lists.importers import dates
from control_lists.importers.ch_names import whole_names
from control_lists.importers.control_characters import repaired
from control_lists.importers.draft import Draft, Kind
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import Element, local
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "Switzerland: SECO sanctions lists (XML)"
LIST_ID = "ch-seco"

_OBJECTS: dict[str, Kind] = {"vessel": "vessel", "aircraft": "aircraft"}
_DOCUMENTS = {
    "passport": "passport", "diplomatic-passport": "passport", "service-passport": "passport", "travel-document": "passport",
    "id-card": "national", "identity-card": "national", "national-id": "national", "social-security-number": "national",
    "driving-license": "licence", "driving-licence": "licence", "driver-license": "licence", "tax-number": "tax",
    "residence-permit": "other", "birth-certificate": "other", "other": "other",
}  # fmt: skip
# Numbers stand in the text of ``other-information``, each in an element of its own.
_STATED_NUMBERS = (
    (re.compile(r"\bIMO(?:\s+number)?\s*:?\s*(\d{7})\b", re.IGNORECASE), "imo"),
    (re.compile(r"\b(?:SWIFT|BIC)\b[^:]{0,12}:?\s*((?-i:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?))\b", re.IGNORECASE), "swift"),
    (
        re.compile(r"\b(?:tax(?:payer)? (?:identification|registration) number|INN|TIN)\b[^:\d]{0,20}:?\s*(\d{8,14})\b", re.IGNORECASE),
        "tax",
    ),
    (re.compile(r"\b(?:registration number|OGRN|registration no\.?)\b[^:\d]{0,20}:?\s*((?-i:[A-Z]{0,3})\d{4,15})\b", re.IGNORECASE), "reg"),
)
_MODIFICATIONS = ("listed", "amended", "de-listed")


class _Set(NamedTuple):
    """A set of measures: the programme it belongs to, its own title, and the ordinance."""

    programme: str
    title: str
    ordinance: str


class _Place(NamedTuple):
    text: str
    country: str | None
    country_name: str | None


def recognises(publication: Publication) -> bool:
    """Whether the root element is SECO's."""
    return root_attributes(publication.head)[0] == "swiss-sanctions-list"


def read(publication: Publication) -> Iterator[Listing]:
    """Every target, those removed with the day of their removal; the edition is the root's ``date``."""
    attributes = root_attributes(publication.head)[1]
    publication.edition = dates.day(attributes.get("date"))
    publication.is_excerpt = attributes.get("list-type", "whole-list") != "whole-list"
    sets: dict[str, _Set] = {}
    places: dict[str, _Place] = {}
    for element in _elements(publication):
        if element.name == "sanctions-program":
            sets |= _sets(element)
        elif element.name == "place":
            places |= _place(element)
        elif element.name != "target":
            raise publication.error("", f"element <{element.name}> is not known")
    seen: set[str] = set()
    for element in _elements(publication):
        if element.name == "target":
            draft = _target(publication, element, sets, places)
            if draft.id in seen:
                raise publication.error(draft.id, "the target stands twice")
            seen.add(draft.id)
            yield Listing(LIST_ID, draft.entity())


def _elements(publication: Publication) -> Iterator[Element]:
    # Read twice, as targets refer to what may stand behind them.
    with publication.open() as stream:
        for node in nested(repaired(publication, stream), publication.name):
            yield Element(f"{publication.name}: {local(node)} {node.get('ssid', '')}".rstrip(), node)


def _english(elements: list[Element]) -> dict[str | None, str]:
    """Texts by ``ssid`` (None where there is none), the English one where there are several languages."""
    found: dict[str | None, str] = {}
    english: set[str | None] = set()
    for element in elements:
        ssid, language = element.attribute("ssid"), element.attribute("lang")
        element.done()
        if element.content and (ssid not in found or (language == "eng" and ssid not in english)):
            found[ssid] = element.content
        if language == "eng":
            english.add(ssid)
    return found


def _sets(program: Element) -> dict[str, _Set]:
    key, name = _english(program.children("program-key")).get(None), _english(program.children("program-name")).get(None)
    if key is None:
        raise SourceFormatError(f"{program.where}: the programme has no key")
    titles = _english(program.children("sanctions-set"))
    # Whose decision the ordinance follows, and of which day its versions are.
    program.ignore("origin", "@ssid", "@version-date", "@predecessor-version-date")
    program.done()
    return {ssid: _Set(programme_id(key), title, name or key) for ssid, title in titles.items() if ssid is not None}


def programme_id(key: str) -> str:
    """Our programme id of an English programme key.

    >>> programme_id("Côte d'Ivoire"), programme_id("North Korea")
    ('CH-COTE-D-IVOIRE', 'CH-NORTH-KOREA')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return f"CH-{re.sub(r'[^A-Z0-9]+', '-', plain.upper()).strip('-')}"


def _place(place: Element) -> dict[str, _Place]:
    ssid = place.need_attribute("ssid")
    found = _located(place)
    place.ignore("location-variant", "area-variant", "@lang")  # other languages of the same place
    place.done()
    return {ssid: found}


def _located(element: Element) -> _Place:
    parts = [text for name in ("location", "area") for text in element.texts(name)]
    country = element.children("country")
    code = name = None
    for one in country:
        code, name = one.attribute("iso-code"), one.content
        one.ignore("@lang", "@ssid")
        one.done()
    return _Place(", ".join(parts), code, name)


def _target(publication: Publication, target: Element, sets: dict[str, _Set], places: dict[str, _Place]) -> Draft:
    ssid = target.need_attribute("ssid")
    subjects = [(name, subject) for name in ("individual", "entity", "object") for subject in target.children(name)]
    if len(subjects) != 1:
        raise SourceFormatError(f"{target.where}: {len(subjects)} subjects, one is known")
    name, subject = subjects[0]
    draft = Draft(publication, ssid, _kind(name, subject))
    older = target.attribute("sanctions-set-id")  # where editions before 2016 write it
    for set_id in [*target.texts("sanctions-set-id"), *([older] if older else [])]:
        if set_id not in sets:
            raise SourceFormatError(f"{target.where}: sanctions set {set_id} is not in the file")
        draft.programme(sets[set_id].programme)
        draft.footnote(sets[set_id].title)
        draft.cite(sets[set_id].ordinance)
    draft.cite(f"SECO target {ssid}")
    for foreign in target.texts("foreign-identifier"):
        draft.cite(f"foreign identifier {foreign}")
    _subject(publication, draft, subject, places)
    _status(draft, target.children("modification"))
    target.done()
    return draft


def _kind(name: str, subject: Element) -> Kind:
    if name == "individual":
        return "person"
    if name == "entity":
        return "organisation"
    kind = subject.need_attribute("object-type")
    if kind not in _OBJECTS:
        raise SourceFormatError(f"{subject.where}: object type '{kind}' is not known")
    return _OBJECTS[kind]


def _status(draft: Draft, modifications: list[Element]) -> None:
    """Days of listing and removal: of several changes the newest tells, of one day the first in the file."""
    newest: tuple[date, str] | None = None
    for change in modifications:
        kind = change.need_attribute("modification-type")
        effective = change.attribute("effective-date") or change.attribute("publication-date") or change.attribute("enactment-date")
        day = dates.day(effective)
        if kind not in _MODIFICATIONS or day is None:
            raise SourceFormatError(f"{change.where}: modification '{kind}' of '{effective}' is not known")
        # What was added and removed stands in the target as it is today.
        change.ignore("added", "removed", "remark", "@ssid", "@effective-date", "@publication-date", "@enactment-date")
        change.done()
        if kind == "listed" and (draft.listed_on is None or day > draft.listed_on):
            draft.listed_on = day
        if newest is None or day > newest[0]:
            newest = (day, kind)
    if newest is not None and newest[1] == "de-listed":
        draft.delisted_on = newest[0]


def _subject(publication: Publication, draft: Draft, subject: Element, places: dict[str, _Place]) -> None:
    if sex := subject.attribute("sex"):
        draft.remark(f"gender: {sex}")
    for identity in subject.children("identity"):
        _identity(publication, draft, identity, places)
    for name in ("justification", "other-information"):
        for text in subject.children(name):
            text.ignore("@ssid", "@lang")
            text.done()
            draft.remark(text.content)
            for pattern, kind in _STATED_NUMBERS if name == "other-information" else ():
                for match in pattern.finditer(text.content or ""):
                    draft.identifier(kind, match[1])
    for relation in subject.children("relation"):
        linked, kind_text = relation.need_attribute("target-id"), relation.attribute("relation-type")
        draft.link(f"id:{linked}")
        draft.remark(f"relation to {linked}: {kind_text}" if kind_text else None)
        for remark in (*relation.texts("remark"), relation.content):
            draft.remark(f"relation to {linked}: {remark}" if remark else None)
        relation.ignore("@ssid", "@lang")
        relation.done()
    subject.ignore("@ssid")
    subject.done()


def _identity(publication: Publication, draft: Draft, identity: Element, places: dict[str, _Place]) -> None:
    for name in identity.children("name"):
        for text, quality in whole_names(draft, name):
            draft.name(text, quality)
    for day in identity.children("day-month-year"):
        _day(draft, day)
    for birth in identity.children("place-of-birth"):
        draft.birth_place(*_address(publication, draft, birth, places))
    for nationality in identity.children("nationality"):
        for country in nationality.children("country"):
            draft.country(country.attribute("iso-code") or country.content)
            country.ignore("@lang", "@ssid")
            country.done()
        for remark in nationality.texts("remark"):
            draft.remark(f"nationality: {remark}")
        nationality.ignore("@ssid", "@quality", "@main")
        nationality.done()
    for address in identity.children("address"):
        draft.address(*_address(publication, draft, address, places))
    for document in identity.children("identification-document"):
        _document(publication, draft, document)
    if gender := identity.text("gender"):
        draft.remark(f"gender: {gender}")
    identity.ignore("@ssid", "@main", "@lang")  # which of the identities is the main one: all are the party's names
    identity.done()


def _day(draft: Draft, day: Element) -> None:
    calendar, quality = day.attribute("calendar"), day.attribute("quality")
    year, month, number = day.attribute("year"), day.attribute("month"), day.attribute("day")
    for remark in day.texts("remark"):
        draft.remark(f"date: {remark}")
    day.ignore("@ssid", "@lang")
    day.done()
    stated = "-".join(part for part in (year, month, number if month else None) if part)
    if draft.kind == "person" and (calendar or "Gregorian").casefold() == "gregorian":
        read = dates.birth_date(stated, is_approximate=quality == "low")
        draft.birth_date(read)
        if read is None and stated:
            draft.remark(f"date of birth: {stated}")
    elif stated:
        draft.remark(f"{'date of birth' if draft.kind == 'person' else 'founded or built'}: {stated}{f' ({calendar})' if calendar else ''}")


def _address(publication: Publication, draft: Draft, address: Element, places: dict[str, _Place]) -> list[str | None]:
    """The parts of an address or a place of birth; an address's country is the party's."""
    place_id = address.attribute("place-id")
    place = places.get(place_id or "")
    if place_id and place is None:
        publication.note("places that addresses refer to are not in the file: the addresses are read without them")
    parts = [address.text("c-o"), address.text("address-details"), address.text("p-o-box"), address.text("zip-code")]
    if parts[2] and not any(c.isalpha() for c in parts[2]):
        parts[2] = f"P.O. Box {parts[2]}"
    for located in (_located(address), place):
        if located is not None:
            parts += [located.text or None, located.country_name or located.country]
            if address.name == "address":
                draft.country(located.country or located.country_name)
    for remark in (*address.texts("remarks"), *address.texts("remark")):
        draft.remark(f"{address.name.replace('-', ' ')} {', '.join(part for part in parts if part)}: {remark}")
    address.ignore("@ssid", "@quality", "@main", "@lang")
    address.done()
    return parts


def _document(publication: Publication, draft: Draft, document: Element) -> None:
    label = document.attribute("document-type")
    kind = _DOCUMENTS.get(label or "")
    number = document.text("number")
    said = []
    for issuer in document.children("issuer"):
        said.append(f"issued by {issuer.content or issuer.attribute('code')}")
        issuer.ignore("@code", "@lang", "@ssid")
        issuer.done()
    for name, words in (("date-of-issue", "issued"), ("expiry-date", "valid to"), ("place-of-issue", "issued in")):
        for element in document.children(name):
            day = [
                "-".join(part for part in (one.attribute("year"), one.attribute("month"), one.attribute("day")) if part)
                for one in element.children("day-month-year")
            ]
            said += [f"{words} {text}" for text in (*day, element.content) if text]
    said += [*document.texts("remark"), *document.texts("remarks")]
    document.ignore("@ssid", "@lang", "@quality")
    document.done()
    if kind is None:
        publication.note(f"document type '{label}' is not known: kept as a remark")
    else:
        draft.identifier(kind, number)
    if kind in (None, "other") or said:
        draft.remark("; ".join([f"{(label or 'document').replace('-', ' ')}: {number or '-'}", *said]))
