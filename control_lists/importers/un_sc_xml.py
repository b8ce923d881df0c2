"""United Nations Security Council consolidated list, XML.

https://scsanctions.un.org/resources/xml/en/consolidated.xml (the same form by number or by name:
https://scsanctions.un.org/resources/xml/en/consolidatedLegacyByPRN.xml). ``INDIVIDUALS/INDIVIDUAL`` and ``ENTITIES/ENTITY``; the
container alone tells persons from organisations; vessels are not in it. A party's id is its permanent reference number.

Name parts stand in order and do not say which one is the family name. Newer entries put several spellings into one alias. Copies
in use held raw control characters where punctuation belongs: they are repaired (``control_characters``). A number in a document
field may stand within words; an IMO number or bank code in the comments is taken when it is the party's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from control_lists.importers import dates
from control_lists.importers.bracketed_names import printed_names
from control_lists.importers.control_characters import repaired
from control_lists.importers.draft import Draft, Quality
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import Element, local
from control_lists.importers.imo_number import is_company_number
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "UN Security Council consolidated list (XML)"
LIST_ID = "un-sc"


class Regime(NamedTuple):
    """A sanctions regime of the Council: our programme and the paragraphs by which its committee lists."""

    programme: str
    cites: tuple[str, ...]


REGIMES = {
    "al-qaida": Regime("UN-1267", ("S/RES/1267 (1999)", "S/RES/2368 (2017), paragraph 1")),
    "taliban": Regime("UN-1988", ("S/RES/1988 (2011), paragraph 1", "S/RES/2255 (2015), paragraph 1")),
    "dprk": Regime("UN-1718", ("S/RES/1718 (2006), paragraph 8(d)",)),
    "iran": Regime("UN-IRAN", ("S/RES/1737 (2006), paragraph 12", "S/RES/2231 (2015), Annex B, paragraph 6")),
    "iraq": Regime("UN-1518", ("S/RES/1483 (2003), paragraph 23", "S/RES/1518 (2003), paragraph 1")),
    "drc": Regime("UN-1533", ("S/RES/1533 (2004)", "S/RES/1596 (2005), paragraphs 13 and 15")),
    "libya": Regime("UN-1970", ("S/RES/1970 (2011), paragraphs 15 and 17",)),
    "somalia": Regime("UN-751", ("S/RES/751 (1992)", "S/RES/1844 (2008), paragraphs 1 and 3")),
    "al-shabaab": Regime("UN-751", ("S/RES/2713 (2023)", "S/RES/1844 (2008), paragraphs 1 and 3")),
    "car": Regime("UN-2127", ("S/RES/2127 (2013)", "S/RES/2134 (2014), paragraphs 30 and 32")),
    "haiti": Regime("UN-2653", ("S/RES/2653 (2022), paragraphs 3 and 6",)),
    "yemen": Regime("UN-2140", ("S/RES/2140 (2014), paragraphs 11 and 15",)),
    "gb": Regime("UN-2048", ("S/RES/2048 (2012), paragraph 4",)),
    "sudan": Regime("UN-1591", ("S/RES/1591 (2005), paragraph 3",)),
    "southsudan": Regime("UN-2206", ("S/RES/2206 (2015), paragraphs 9 and 12",)),
    "mali": Regime("UN-2374", ("S/RES/2374 (2017), paragraphs 1 and 4",)),
    "lebanon": Regime("UN-1636", ("S/RES/1636 (2005), paragraph 3",)),
    "liberia": Regime("UN-1521", ("S/RES/1521 (2003), paragraph 4", "S/RES/1532 (2004), paragraph 1")),
    "cdi": Regime("UN-1572", ("S/RES/1572 (2004), paragraphs 9 and 11",)),
    "eritrea": Regime("UN-1907", ("S/RES/1907 (2009), paragraphs 10 and 13",)),
}
"""``UN_LIST_TYPE`` without blanks and case."""

_CONTAINERS = {"INDIVIDUALS": "INDIVIDUAL", "ENTITIES": "ENTITY"}
_QUALITIES: dict[str, Quality] = {"good": "strong", "low": "weak", "a.k.a.": "strong", "f.k.a.": "former"}
_FORMERLY = re.compile(r"^\W*(?:formerly|previously) listed as\b", re.IGNORECASE)
_ORIGINAL = re.compile(r"\b(?:original script|in arabic(?: script)?)\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)
_SEVERAL_IN_BRACKETS = re.compile(r"^(.*?)\(([^()]*;[^()]*)\)\s*$", re.DOTALL)
_SPELLINGS = re.compile(r";|\s[b-z]\)\s")
# Some editions write the time zone behind a day.
_ZONE = re.compile(r"(?<=^\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$")
_LANGUAGE = re.compile(r"\s*\([A-Za-z ]+\)\s*$")

# What a document is, by a word of its description; the first that stands in it decides.
_DOCUMENT_KINDS = (
    (("passport", "passeport", "pasaporte", "travel document", "laissez-passer"), "passport"),
    (("driv",), "licence"),
    (("fiscal", "tax"), "tax"),
    (("ration", "birth", "voter", "student", "serviceman", "fardc", "military", "certificate", "residen", "other"), "other"),
    (("identi", "national", "tazkira", "social security", "personal", "bpa"), "national"),
)
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"\b(?:[A-Z]{1,3}[ -]?)?\d[\dA-Z/.-]*(?: ?- ?[\dA-Z/.-]+)*|(?<=No)\d[\d/]+")
_REFERENCE = re.compile(r"\b([A-Z]{2})([EI])\.(\d{3})\b", re.IGNORECASE)
_REFERENCE_IN_BRACKETS = re.compile(r"\s*\([A-Z]{2}[EI]\.\d{3}\)", re.IGNORECASE)
# Parts of a state that have a country code of their own.
_REGIONS = {"hong kong": "HK", "macao": "MO", "macau": "MO"}
_COMMENT_NUMBERS = (
    (re.compile(r"\bpassport\s+(?:number|no\.?)\s*:?\s*((?-i:[A-Z]{0,3})\d{6,10})\b", re.IGNORECASE), "passport"),
    (re.compile(r"\bregistration number\s*:?\s*((?-i:[A-Z]{0,3})\d{4,15})\b", re.IGNORECASE), "reg"),
    (re.compile(r"\bSWIFT(?:/BIC)?(?:\s+code)?s?\s*:?\s*((?-i:[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?))\b", re.IGNORECASE), "swift"),
)
_IMO = re.compile(r"\bIMO\b\D{0,20}(\d{7})\b|\b(\d{7})\s*\(?IMO\b")


def recognises(publication: Publication) -> bool:
    """Whether the root element is the Council's."""
    return root_attributes(publication.head)[0] == "CONSOLIDATED_LIST"


def read(publication: Publication) -> Iterator[Listing]:
    """Every listed party; the edition is the day of ``dateGenerated``."""
    publication.edition = dates.day(root_attributes(publication.head)[1].get("dateGenerated"))
    seen: set[str] = set()
    with publication.open() as stream:
        for node in nested(repaired(publication, stream), publication.name, 2):
            container = node.getparent()
            if container is None or _CONTAINERS.get(local(container)) != local(node):
                raise publication.error("", f"element <{local(node)}> is not known")
            draft = _party(publication, Element(publication.name, node))
            if draft.id in seen:
                raise publication.error(draft.id, "the reference number stands twice")
            seen.add(draft.id)
            yield Listing(LIST_ID, draft.entity())


def _party(publication: Publication, party: Element) -> Draft:
    data_id = party.need("DATAID")
    reference = party.text("REFERENCE_NUMBER")
    draft = Draft(publication, reference or data_id, "person" if party.name == "INDIVIDUAL" else "organisation")
    party.where = f"{publication.name}: {draft.id}"
    _names(draft, party)
    _regime(publication, draft, party, reference)
    draft.listed_on = _day(party, "LISTED_ON")
    draft.delisted_on = _day(party, "DELISTED_ON")
    if gender := party.text("GENDER"):
        draft.remark(f"gender: {gender.lower()}")
    for field, label in (("TITLE", "title"), ("DESIGNATION", "position")):
        for value in _values(party, field):
            draft.remark(f"{label}: {value}")
    nationalities = [country for field in ("NATIONALITY", "NATIONALITY2") for country in _values(party, field)]
    for country in nationalities:
        draft.country(country)
    for field in ("SUBMITTED_BY", "SUBMITTED_ON"):
        if text := party.text(field):
            draft.remark(f"{field.replace('_', ' ').lower()}: {text}")
    _comments(draft, party.text("COMMENTS1"))
    for prefix in ("INDIVIDUAL", "ENTITY"):
        for alias in party.children(f"{prefix}_ALIAS"):
            _alias(draft, alias)
        for address in party.children(f"{prefix}_ADDRESS"):
            _address(draft, address)
    for birth in party.children("INDIVIDUAL_DATE_OF_BIRTH"):
        _birth_date(publication, draft, birth)
    for place in party.children("INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.birth_place(*(place.text(part) for part in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")))
        if note := place.text("NOTE"):
            draft.remark(f"place of birth: {note}")
        place.done()
    for document in party.children("INDIVIDUAL_DOCUMENT"):
        # Who has no nationality here belongs to the state that issued the papers.
        _document(publication, draft, document, is_nationality=not nationalities)
    # The version is always 1, the list is always the UN's own, the days of amendment and the sort keys say nothing of the party.
    party.ignore("VERSIONNUM", "LIST_TYPE", "LAST_DAY_UPDATED", "SORT_KEY", "SORT_KEY_LAST_MOD")
    party.done()
    return draft


def _day(party: Element, name: str) -> date | None:
    text = party.text(name)
    day = dates.day(_ZONE.sub("", text) if text else None)
    if text and day is None:
        raise SourceFormatError(f"{party.where}: <{name}> '{text}' is no date")
    return day


def _names(draft: Draft, party: Element) -> None:
    parts = [party.text(part) for part in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    # "na" in small letters is the Council's "not available".
    whole = " ".join(part for part in parts if part and part != "na")
    for spelling in whole.split(";") if draft.kind == "organisation" else [whole]:
        _name(draft, spelling, "strong")
    for original in (party.text("NAME_ORIGINAL_SCRIPT") or "").split(";"):
        draft.name(_LANGUAGE.sub("", original))


def _name(draft: Draft, text: str, quality: Quality) -> None:
    """A name as printed, and those that its brackets hold; a reference in them is a link."""
    for region, kind, number in _REFERENCE.findall(text):
        draft.link(f"id:{region.upper()}{kind.lower()}.{number}")
    plain = _REFERENCE_IN_BRACKETS.sub("", text).strip(' "')
    draft.name(plain, quality)
    for printed in printed_names(plain):
        draft.name(printed.text, "weak" if printed.is_abbreviation else quality)


def _regime(publication: Publication, draft: Draft, party: Element, reference: str | None) -> None:
    code = party.need("UN_LIST_TYPE")
    regime = REGIMES.get(code.casefold().replace(" ", ""))
    if regime is None:
        publication.note(f"regime '{code}' is not known: imported under its own name")
        regime = Regime(f"UN-{'-'.join(code.upper().split())}", ())
    draft.programme(regime.programme)
    for cite in regime.cites:
        draft.cite(cite)
    draft.cite(f"UN reference {reference}" if reference else f"UN data id {draft.id}")


def _values(party: Element, name: str) -> list[str]:
    found = []
    for holder in party.children(name):
        found += holder.texts("VALUE")
        holder.done()
    return found


def _comments(draft: Draft, text: str | None) -> None:
    draft.remark(text)
    _stated_numbers(draft, text)
    for region, kind, number in _REFERENCE.findall(text or ""):
        linked = f"{region.upper()}{kind.lower()}.{number}"
        if linked != draft.id:
            draft.link(f"id:{linked}")
    for match in _IMO.finditer(text or ""):
        number = match[1] or match[2]
        # The number of a ship in a company's comments is the ship's, not the company's.
        if is_company_number(number):
            draft.identifier("imo", number)


def _stated_numbers(draft: Draft, text: str | None) -> None:
    for pattern, kind in _COMMENT_NUMBERS:
        for match in pattern.finditer(text or ""):
            draft.identifier(kind, match[1])


def _alias(draft: Draft, alias: Element) -> None:
    name, note, quality = alias.text("ALIAS_NAME"), alias.text("NOTE"), alias.text("QUALITY")
    kind: Quality = "strong"
    if quality is not None:
        if quality.lower() not in _QUALITIES:
            raise SourceFormatError(f"{alias.where}: alias quality '{quality}' is not known")
        kind = _QUALITIES[quality.lower()]
    if kind == "strong" and note and _FORMERLY.match(note):
        kind = "former"
    if name and name != "na":
        for spelling in _spellings(name):
            _name(draft, spelling, kind)
    if note:
        draft.remark(f"alias {name}: {note}" if name else f"alias: {note}")
        _stated_numbers(draft, note)
        if original := _ORIGINAL.search(note):
            draft.name(original[1], kind)
    draft.birth_date(dates.birth_date(alias.text("DATE_OF_BIRTH")))
    draft.birth_place(alias.text("CITY_OF_BIRTH"), alias.text("COUNTRY_OF_BIRTH"))
    alias.done()


def _spellings(name: str) -> list[str]:
    if several := _SEVERAL_IN_BRACKETS.match(name):
        return [several[1], *several[2].split(";")]
    return _SPELLINGS.split(name)


def _address(draft: Draft, address: Element) -> None:
    parts = [address.text(part) for part in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")]
    country, note = address.text("COUNTRY"), address.text("NOTE")
    draft.address(*parts, country)
    draft.country(_REGIONS.get((parts[2] or "").casefold()))
    draft.country(country)
    if note:
        shown = ", ".join(part for part in (*parts, country) if part)
        draft.remark(f"address {shown}: {note}" if shown else f"address: {note}")
    address.done()


def _birth_date(publication: Publication, draft: Draft, birth: Element) -> None:
    kind, note = birth.text("TYPE_OF_DATE"), birth.text("NOTE")
    if kind not in (None, "EXACT", "APPROXIMATELY", "BETWEEN"):
        raise SourceFormatError(f"{birth.where}: type of birth date '{kind}' is not known")
    since, until = birth.text("FROM_YEAR"), birth.text("TO_YEAR")
    stated = birth.text("DATE") or birth.text("YEAR") or (f"{since} to {until}" if since and until else since or until)
    birth.ignore("YEAR")  # stands beside a whole date that has it already
    read = dates.birth_date(_ZONE.sub("", stated) if stated else note, is_approximate=kind == "APPROXIMATELY")
    draft.birth_date(read)
    if stated and read is None:
        draft.remark(f"date of birth: {stated}")
        publication.note(f"date of birth '{stated}' is not understood: kept as a remark")
    if note:
        draft.remark(f"date of birth: {note}")
    birth.done()


def _document(publication: Publication, draft: Draft, document: Element, *, is_nationality: bool) -> None:
    kind_text, detail, number = document.text("TYPE_OF_DOCUMENT"), document.text("TYPE_OF_DOCUMENT2"), document.text("NUMBER")
    issued = [document.text(name) for name in ("CITY_OF_ISSUE", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "DATE_OF_ISSUE")]
    note = document.text("NOTE")
    document.done()
    words = " ".join(text for text in (kind_text, detail) if text)
    if not (words or number or note):
        return
    # An unfinished entry writes the number into the description.
    kind = next((known for text in (number if _has_words(number) else None, detail, kind_text) if (known := _document_kind(text))), None)
    numbers = _numbers(number or detail)
    for value in numbers:
        if kind is not None:
            draft.identifier(kind, value)
    if is_nationality and kind in ("passport", "national"):
        for country in issued[1:3]:
            draft.country(country)
    if kind is None and numbers:
        publication.note(f"document type '{words}' is not known: kept as a remark")
    said = [f"issued: {', '.join(text for text in issued if text)}" if any(issued) else None, note]
    if kind is None or detail or _has_words(number) or any(said):
        draft.remark("; ".join(text for text in (f"{words or 'document'}: {number or '-'}", *said) if text))


def _document_kind(text: str | None) -> str | None:
    folded = (text or "").casefold()
    return next((kind for words, kind in _DOCUMENT_KINDS if any(word in folded for word in words)), None)


def _has_words(number: str | None) -> bool:
    return re.search(r"[a-z]", number or "") is not None


def _numbers(text: str | None) -> list[str]:
    """The numbers of a document field: the whole field, or what stands in it as numbers of four digits and more."""
    if text is None:
        return []
    if not _has_words(text):
        return [text]
    found = [match[0].strip(" .-/") for match in _NUMBER.finditer(_BRACKETS.sub(" ", text))]
    return [number for number in found if sum(c.isdigit() for c in number) >= 4]
