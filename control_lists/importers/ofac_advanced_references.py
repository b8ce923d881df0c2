"""What the parties of OFAC's advanced XML refer to by number: words, locations, identity documents, and their entries on lists."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lxml.etree import _Element

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Element, local
from control_lists.importers.ofac_labels import dated
from control_lists.importers.ofac_terms import LISTS

_ADDRESS = ("Unknown", "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")
_REGION = _ADDRESS.index("REGION")
_DATES = {"Issue Date": "issued", "Expiration Date": "expires"}
_PROGRAMME = "Program"


class Place(NamedTuple):
    """A location: its address in each spelling, and its country."""

    spellings: tuple[tuple[str, ...], ...]
    country: str | None


class Document(NamedTuple):
    """An identity document, as ``ofac_labels.state`` takes it."""

    label: str
    number: str | None
    country: str | None
    details: tuple[str, ...]


class Entry(NamedTuple):
    """One standing of a party on one of OFAC's lists."""

    list_id: str
    since: date | None
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    authorities: tuple[str, ...]


class References:
    """The referred-to records read so far, by their numbers."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], str] = {}
        self._party_types: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        self._documents: dict[str, list[Document]] = {}

    def take_words(self, sets: _Element) -> None:
        """The tables of reference values; what no record refers to is of no account."""
        for table in sets:
            for value in table:
                text = value.get("Description") if local(value) == "AreaCode" else value.text
                self._words[local(value), value.get("ID", "")] = (text or "").strip()
                if local(value) == "PartySubType":
                    self._party_types[value.get("ID", "")] = value.get("PartyTypeID", "")

    def word(self, element: Element, table: str, attribute: str) -> str | None:
        """The word of a table that an attribute refers to, None without the attribute."""
        number = element.attribute(attribute)
        return None if number is None else self._word(element, table, number)

    def party_types(self, profile: Element) -> tuple[str, str]:
        """The type and the subtype of a party; for all but vessels and aircraft the subtype says nothing."""
        subtype = profile.need_attribute("PartySubTypeID")
        return self._word(profile, "PartyType", self._party_types.get(subtype, "")), self._word(profile, "PartySubType", subtype)

    def place(self, element: Element, attribute: str) -> Place | None:
        """The location that an attribute refers to."""
        number = element.attribute(attribute)
        if number is not None and number not in self._places:
            raise SourceFormatError(f"{element.where}: location {number} is not in the file; the file is damaged")
        return None if number is None else self._places[number]

    def documents(self, identity: str) -> list[Document]:
        """The documents of an identity."""
        return self._documents.pop(identity, [])

    def take_place(self, location: Element) -> None:
        """A ``Location``."""
        number = location.need_attribute("ID")
        # Who refers to the location; the referring records say it themselves.
        location.ignore("FeatureVersionReference", "IDRegDocumentReference", "ProfileRelationshipReference")
        countries = [self._country(found, "Country") for found in location.children("LocationCountry")]
        areas = [self._country(found, "AreaCode") for found in location.children("LocationAreaCode")]
        parts: dict[bool, list[tuple[int, str]]] = {}
        for part in location.children("LocationPart"):
            kind = self.word(part, "LocPartType", "LocPartTypeID")
            if kind not in _ADDRESS:
                raise SourceFormatError(f"{location.where}: part '{kind}' of an address is not known; {CHANGED}")
            for value in part.children("LocationPartValue"):
                value.ignore("@LocPartValueTypeID", "@LocPartValueStatusID", "Comment")  # one value in the whole file, and blank
                if text := value.text("Value"):
                    parts.setdefault(value.attribute("Primary") != "true", []).append((_ADDRESS.index(kind), text))
                value.ignore("@Primary")
                value.done()
            part.done()
        if not countries:
            # A region stands in the place of a country that is not determined.
            countries = [text for rank, text in parts.get(False, ()) if rank == _REGION]
            parts = {other: [part for part in spelling if part[0] != _REGION] for other, spelling in parts.items()}
        spellings = tuple(tuple(text for _, text in sorted(parts[other], key=lambda p: p[0])) for other in sorted(parts))
        self._places[number] = Place(spellings, next(filter(None, (*countries, *areas)), None))

    def take_document(self, document: Element) -> None:
        """An ``IDRegDocument``."""
        document.where = f"{document.where}: document {document.need_attribute('ID')}"
        document.ignore("DocumentedNameReference")  # the holder's name as the document shows it; it is among the names
        place, authority = self.place(document, "IssuedIn-LocationID"), document.text("IssuingAuthority")
        validity = self.word(document, "Validity", "ValidityID")
        details = []
        for stated in document.children("DocumentDate"):
            kind = self.word(stated, "IDRegDocDateType", "IDRegDocDateTypeID")
            if kind not in _DATES:
                raise SourceFormatError(f"{document.where}: date '{kind}' of a document is not known; {CHANGED}")
            details += [dated(_DATES[kind], period_text(period)) for period in stated.children("DatePeriod")]
            stated.done()
        if place:
            details.append("issued in " + ", ".join((*(part for spelling in place.spellings for part in spelling), place.country or "")))
        details += [f"issuing authority {authority}" if authority else "", "" if validity in (None, "Valid") else validity.casefold()]
        found = Document(
            self.word(document, "IDRegDocType", "IDRegDocTypeID") or "",
            document.text("IDRegistrationNo"),
            self.word(document, "Country", "IssuedBy-CountryID"),
            (*details, document.text("Comment") or ""),
        )
        self._documents.setdefault(document.need_attribute("IdentityID"), []).append(found)

    def entry(self, element: Element) -> tuple[str, Entry]:
        """A ``SanctionsEntry``: the number of its party's profile, and what it says."""
        element.ignore("@ID")
        profile = element.need_attribute("ProfileID")
        element.where = f"{element.where}: entry of {profile}"
        name = self.word(element, "List", "ListID")
        if name not in LISTS:
            raise SourceFormatError(f"{element.where}: list '{name}' is not known; {CHANGED}")
        days, authorities, programmes, measures = [], [], [], []
        for event in element.children("EntryEvent"):
            event.ignore("@ID", "@EntryEventTypeID", "Comment")  # every event is the creation of the entry
            authorities.append(self.word(event, "LegalBasis", "LegalBasisID"))
            days += [day_of(day) for day in event.children("Date")]
            event.done()
        for measure in element.children("SanctionsMeasure"):
            measure.ignore("@ID", "DatePeriod")  # an open period
            kind, comment = self.word(measure, "SanctionsType", "SanctionsTypeID"), measure.text("Comment")
            if kind == _PROGRAMME:
                programmes.append(comment)
            else:
                measures.append(f"{kind}: {comment}" if comment else kind)
            measure.done()
        since = min(filter(None, days), default=None)
        return profile, Entry(LISTS[name], since, *(tuple(filter(None, texts)) for texts in (programmes, measures, authorities)))

    def _country(self, element: Element, table: str) -> str | None:
        element.ignore("@CountryRelevanceID")  # there is one value
        word = self.word(element, table, f"{table}ID")
        element.done()
        return word

    def _word(self, element: Element, table: str, number: str) -> str:
        if (table, number) not in self._words:
            raise SourceFormatError(f"{element.where}: {table} {number} is not among the reference values; the file is damaged")
        return self._words[table, number]


def day_of(element: Element) -> date | None:
    """The day of a ``Year``, ``Month``, ``Day`` group; None where it names none."""
    element.ignore("@CalendarTypeID")  # Gregorian
    year, month, day = (element.text(name) for name in ("Year", "Month", "Day"))
    element.done()
    if not (year and month and day):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise SourceFormatError(f"{element.where}: {year}-{month}-{day} is not a day") from None


def period_text(period: Element) -> str | None:
    """A ``DatePeriod`` as the other forms write it: a day, a year, a year to a year, ``circa`` before what is approximate.

    A year is written from its first day to its last.
    """
    fixed = ("@YearFixed", "@MonthFixed", "@DayFixed")  # how the four days below are to be taken, which they show themselves
    period.ignore("@CalendarTypeID", *fixed)
    days: list[date] = []
    is_approximate = False
    for name in ("Start", "End"):
        for boundary in period.children(name):
            boundary.ignore(*fixed)
            is_approximate |= boundary.attribute("Approximate") == "true"
            days += [found for point in ("From", "To") for one in boundary.children(point) if (found := day_of(one)) is not None]
            boundary.done()
    period.done()
    if not days:
        return None
    first, last = min(days), max(days)
    circa = "circa " if is_approximate else ""
    if first == last:
        return f"{circa}{first.isoformat()}"
    if first.year == last.year:
        return f"{circa}{first:%Y-%m}" if first.month == last.month else f"{circa}{first.year}"
    return f"{circa}{first.year} to {last.year}"
