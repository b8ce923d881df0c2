"""A listed party while an importer gathers what its file says of it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from control_lists.importers.publication import Publication
from control_lists.importers.scripts import script_of
from control_lists.models import EntityName, WatchlistEntity

Kind = Literal["person", "organisation", "vessel", "aircraft", "address"]
Quality = Literal["strong", "weak", "former"]
_RANK = {"strong": 0, "former": 1, "weak": 2}
_SPACES = re.compile(r"\s+")


class Draft:
    """Gathers one party; ``entity`` gives the checked record. Every value is kept once, in the order of the file.

    The first strong name is the party's name; where a list has none, the first name of any quality.
    """

    def __init__(self, publication: Publication, entity_id: str, kind: Kind) -> None:
        self._publication = publication
        self.id = entity_id
        self.kind = kind
        self.listed_on: date | None = None
        self.delisted_on: date | None = None
        self.licence_requirement: str | None = None
        self.licence_policy: str | None = None
        self._names: dict[str, Quality] = {}
        self._programmes: dict[str, None] = {}
        self._countries: dict[str, None] = {}
        self._addresses: dict[str, None] = {}
        self._identifiers: dict[str, None] = {}
        self._birth_dates: dict[str, None] = {}
        self._birth_places: dict[str, None] = {}
        self._footnotes: dict[str, None] = {}
        self._linked: dict[str, None] = {}
        self._remarks: dict[str, None] = {}
        self._cites: dict[str, None] = {}

    def name(self, text: str | None, quality: Quality = "strong") -> None:
        """A name as published; of the same text twice the better quality stands. Blank is no name."""
        cleaned = clean(text)
        if cleaned and any(c.isalnum() for c in cleaned):
            before = self._names.get(cleaned)
            if before is None or _RANK[quality] < _RANK[before]:
                self._names[cleaned] = quality

    def programme(self, text: str | None) -> None:
        """The programme or regime of the listing, by the source's own code."""
        self._add(self._programmes, text)

    def country(self, text: str | None) -> None:
        """A country by code or name. One that is not known is kept as a remark and told once."""
        reading = self._publication.countries.read(clean(text))
        if reading.code is not None:
            self._countries[reading.code] = None
        elif not reading.understood:
            self._publication.note(f"country '{clean(text)}' is not known: kept as a remark")
            self.remark(f"country: {clean(text)}")

    def address(self, *parts: str | None) -> None:
        """An address from its parts, in the order it is written; the country stands in it by name."""
        self._add(self._addresses, ", ".join(cleaned.strip(" ,;") for part in parts if (cleaned := clean(part)) and cleaned.strip(" ,;")))

    def identifier(self, kind: str, value: str | None) -> None:
        """An identifier of a kind of ``IDENTIFIER_KINDS``; the value as published, blanks made one."""
        if kind not in IDENTIFIER_KINDS:
            raise self._publication.error(self.id, f"identifier kind '{kind}' is not one of {sorted(IDENTIFIER_KINDS)}")
        cleaned = clean(value)
        if cleaned and any(c.isalnum() for c in cleaned):
            self._identifiers[f"{kind}:{cleaned}"] = None

    def birth_date(self, text: str | None) -> None:
        """A birth date in the form of ``WatchlistEntity.birth_dates``; importers convert theirs with ``dates``."""
        self._add(self._birth_dates, text)

    def birth_place(self, *parts: str | None) -> None:
        """A place of birth from its parts."""
        self._add(self._birth_places, ", ".join(cleaned for part in parts if (cleaned := clean(part))))

    def footnote(self, text: str | None) -> None:
        """A footnote of the list's own that changes what the listing requires."""
        self._add(self._footnotes, text)

    def link(self, text: str | None) -> None:
        """A listed party that the list connects with this one: ``id:12345`` or its name."""
        self._add(self._linked, text)

    def remark(self, text: str | None) -> None:
        """What else the list says: position, gender, title, notes."""
        self._add(self._remarks, text)

    def cite(self, text: str | None) -> None:
        """The act, notice or reference number of the listing."""
        self._add(self._cites, text)

    @property
    def has_name(self) -> bool:
        """Whether any name was given."""
        return bool(self._names)

    def entity(self) -> WatchlistEntity:
        """The checked record; raises SourceFormatError for a party without a name, programme or citation."""
        if not self._names:
            raise self._publication.error(self.id, "the party has no name")
        if not self._programmes or not self._cites:
            raise self._publication.error(self.id, "the party has no programme or no citation")
        primary = next((n for n, q in self._names.items() if q == "strong"), next(iter(self._names)))
        return WatchlistEntity(
            id=self.id,
            name=primary,
            kind=self.kind,
            programmes=tuple(self._programmes),
            aliases=tuple(EntityName(name=n, quality=q, script=script_of(n)) for n, q in self._names.items() if n != primary),
            countries=tuple(self._countries),
            addresses=tuple(self._addresses),
            identifiers=tuple(self._identifiers),
            birth_dates=tuple(self._birth_dates),
            birth_places=tuple(self._birth_places),
            listed_on=self.listed_on,
            delisted_on=self.delisted_on,
            licence_requirement=self.licence_requirement,
            licence_policy=self.licence_policy,
            footnotes=tuple(self._footnotes),
            linked=tuple(self._linked),
            remarks=tuple(self._remarks),
            cites=tuple(self._cites),
        )

    def _add(self, into: dict[str, None], text: str | None) -> None:
        if cleaned := clean(text):
            into[cleaned] = None


IDENTIFIER_KINDS = frozenset(
    {
        "imo",  # vessel or company number of the International Maritime Organization, digits only
        "mmsi",
        "callsign",
        "hull",
        "passport",
        "national",  # national identity card or person number
        "tax",
        "reg",  # registration number of a company, foundation or ship register
        "uscc",  # unified social credit code (China)
        "lei",
        "swift",
        "duns",
        "isin",
        "ticker",
        "tail",  # aircraft registration mark
        "msn",  # aircraft manufacturer's serial number
        "licence",  # driver's, trade or business licence
        "wallet",  # digital currency address
        "other",
    }
)
"""Kinds of identifiers, one spelling for all lists."""


def clean(text: str | None) -> str:
    """A text in composed form without control characters, blanks made one; '' for None.

    >>> clean("  Kim\\x19s\\n Trading ")
    'Kims Trading'
    """
    if not text:
        return ""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return _SPACES.sub(" ", composed).strip()
    kept = "".join(" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    return _SPACES.sub(" ", kept).strip()
