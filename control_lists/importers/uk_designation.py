"""One designation while an importer of a United Kingdom list gathers it: what the OFSI list and the UK Sanctions List write alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from control_lists.importers import dates
from control_lists.importers.draft import Draft, Kind, Quality, clean
from control_lists.importers.labelled_numbers import labelled_numbers
from control_lists.importers.nationality import country_texts
from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity

LIST_ID = "uk-sanctions"
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "organisation", "ship": "vessel"}
# The order in which names of a type are kept, and their quality where the list grades none.
_NAME_TYPES: dict[str, tuple[int, Quality]] = {
    "primary name": (0, "strong"),
    "prime alias": (0, "strong"),
    "primary name variation": (1, "strong"),
    "alias": (2, "strong"),
    "aka": (2, "strong"),
    "fka": (3, "former"),
}
_LOW = {"good quality": False, "good quality a.k.a": False, "low quality": True, "low quality a.k.a": True}
_MARKER = re.compile(r"\((\d{1,2})\)?(?:\s*[-–]\s*\(?(\d{1,2}))?\)")
_TAX = re.compile(r"\b(?:INN|TIN)\b|tax|fiscal", re.IGNORECASE)
_LICENCE = re.compile(r"driv|licen[cs]e", re.IGNORECASE)
_IMO = re.compile(r"^(?:IMO\s*)?(\d{7})$", re.IGNORECASE)
_STOP_BETWEEN = re.compile(r"\.\s+(?=\w*\d{5})")
_UNKNOWN_PART = re.compile(r"\b(?:dd|mm)(?=[/.])", re.IGNORECASE)
# Longer texts in the columns of parents and owners are sentences, not names.
_LONGEST_LINK = 90


class Designation:
    """Gathers one designation; ``draft`` takes what needs no reading. Each column is read once a value, however many rows repeat it."""

    def __init__(self, publication: Publication, entity_id: str, kind: str) -> None:
        if kind.strip().casefold() not in _KINDS:
            raise publication.error(entity_id, f"type '{kind}' is not one of {sorted(_KINDS)}")
        self._publication = publication
        self._names: list[tuple[int, str, Quality]] = []
        self._seen: set[tuple[str | None, ...]] = set()
        self.draft = Draft(publication, entity_id, _KINDS[kind.strip().casefold()])

    def name(self, parts: Sequence[str | None], name_type: str | None, strength: str | None, script: str | None = None) -> None:
        """A name from its parts in the order they are said (Name 1 to Name 6), and the same name in its own script."""
        order, quality = self._quality(name_type, strength)
        for text in (" ".join(filter(None, map(clean, parts))), clean(script)):
            if text:
                self._names.append((order, text, quality))
            order = max(order, 1)

    def script_name(self, text: str | None) -> None:
        """A name in its own script that stands apart from the graded names."""
        if clean(text):
            self._names.append((1, clean(text), "strong"))

    def born(self, text: str | None) -> None:
        """A date of birth; ``00``, ``dd`` and ``mm`` stand for parts that are not known."""
        if self._is_new("born", text):
            read = dates.birth_date(_UNKNOWN_PART.sub("00", text or ""))
            self.draft.birth_date(read)
            if text and read is None:
                self._publication.note(f"date of birth '{text}' is not read: kept as a remark")
                self.draft.remark(f"date of birth: {text}")

    def birth_places(self, towns: str | None, countries: str | None) -> None:
        """Places of birth; the towns and countries of one number belong together."""
        if self._is_new("birth place", towns, countries):
            for town, country in zip_longest(numbered(towns), numbered(countries), fillvalue=""):
                self.draft.birth_place(town, country)

    def nationality(self, text: str | None) -> None:
        """Nationalities, by name or adjective."""
        if self._is_new("nationality", text):
            for item in numbered(text):
                self._country(item)

    def address(self, lines: Sequence[str | None], postcode: str | None, country: str | None) -> None:
        """An address; its country alone is a country, not an address."""
        if self._is_new("address", *lines, postcode, country):
            if any(lines) or postcode:
                self.draft.address(*lines, postcode, country)
            for item in numbered(country):
                self._country(item)

    def passports(self, numbers: str | None, details: str | None) -> None:
        """Passports by number; the older list prints number and details in one cell."""
        if self._is_new("passport", numbers, details):
            if numbers is None:
                for item in numbered(details):
                    for found in labelled_numbers(item, leading="passport"):
                        self.draft.identifier(found.kind, found.value)
                    self._remark("passport", item)
            for number, detail in zip_longest(numbered(numbers), numbered(details) if numbers else (), fillvalue=""):
                for single in _STOP_BETWEEN.split(number):
                    self.draft.identifier("passport", single.strip("' "))
                self._remark("passport", f"{number}: {detail}" if number and detail else detail)

    def national_numbers(self, numbers: str | None, details: str | None = None) -> None:
        """National numbers; what kind each one is stands in its details."""
        if self._is_new("national", numbers, details):
            for number, detail in zip_longest(numbered(numbers), numbered(details), fillvalue=""):
                kind = "tax" if _TAX.search(f"{number} {detail}") else "licence" if _LICENCE.search(detail) else "national"
                found = list(labelled_numbers(number, leading=kind))
                for identifier in found:
                    self.draft.identifier(identifier.kind, identifier.value)
                if not found and any(c.isdigit() for c in number):
                    self.draft.identifier(kind, number.strip("' "))
                self._remark("national identifier", f"{number}: {detail}" if number and detail else detail or number)

    def registrations(self, text: str | None) -> None:
        """Business registration numbers, bare or behind their labels; the text is kept for what is neither."""
        if self._is_new("registration", text):
            for item in numbered(text):
                for found in labelled_numbers(item, leading="reg"):
                    self.draft.identifier(found.kind, found.value)
                self._remark("business registration", item)

    def imo(self, text: str | None) -> None:
        """IMO numbers, digits only; anything else in the column is a remark."""
        if self._is_new("imo", text):
            for item in numbered(text):
                if found := _IMO.match(item):
                    self.draft.identifier("imo", found[1])
                else:
                    self._publication.note(f"IMO number '{item}' is not seven digits: kept as a remark")
                    self._remark("IMO number", item)

    def flag(self, text: str | None) -> None:
        """The flag a ship is believed to fly now."""
        if self._is_new("flag", text):
            for item in numbered(text):
                self._country(item)
                self._remark("flag", item)

    def connected(self, role: str, text: str | None) -> None:
        """Names of parents, subsidiaries, owners and operators: linked, and the text with the role as a remark."""
        if self._is_new(role, text):
            for item in numbered(text):
                if len(item) <= _LONGEST_LINK:
                    self.draft.link(item)
                self._remark(role, item)

    def remark(self, label: str, text: str | None) -> None:
        """Any other column under its own label, each value of it once."""
        if self._is_new(label, text):
            for item in numbered(text):
                self._remark(label, item)

    def information(self, text: str | None) -> None:
        """The list's other information: kept, and the numbers behind labels in it are identifiers."""
        if self._is_new("information", text):
            for found in labelled_numbers(text):
                self.draft.identifier(found.kind, found.value)
            self.draft.remark(text)

    def entity(self) -> WatchlistEntity:
        """The record, the primary name first."""
        for _, text, quality in sorted(self._names, key=lambda name: name[0]):
            self.draft.name(text, quality)
        return self.draft.entity()

    def _quality(self, name_type: str | None, strength: str | None) -> tuple[int, Quality]:
        key, grade = (name_type or "").casefold(), (strength or "").casefold()
        if key not in _NAME_TYPES:
            raise self._publication.error(self.draft.id, f"name type '{name_type}' is not one of {sorted(_NAME_TYPES)}")
        if grade and grade not in _LOW:
            raise self._publication.error(self.draft.id, f"name quality '{strength}' is not one of {sorted(_LOW)}")
        order, quality = _NAME_TYPES[key]
        return order, "weak" if _LOW.get(grade, False) else quality

    def _country(self, text: str) -> None:
        for country in country_texts(text, self._publication.countries):
            self.draft.country(country)

    def _remark(self, label: str, text: str) -> None:
        if clean(text):
            self.draft.remark(f"{label}: {text}")

    def _is_new(self, *key: str | None) -> bool:
        """Whether the values are read for the first time and are not all blank."""
        if key in self._seen or not any(key[1:]):
            return False
        self._seen.add(key)
        return True


def numbered(text: str | None) -> list[str]:
    """The values of one cell: ``(1) Russia (2) -`` gives one text a number, blank for ``-``; without numbers ``|`` stands between values.

    A number counts only where it is the next one, so that ``(021)`` in a telephone number divides nothing.

    >>> numbered("(1)-(2) Tunisia (3) Libya. (4) -"), numbered("Russia|Syria"), numbered("+98 (1) 22")
    (['Tunisia', 'Tunisia', 'Libya', ''], ['Russia', 'Syria'], ['+98 (1) 22'])
    """
    if text is None or not text.strip():
        return []
    if not text.lstrip().startswith("(1"):
        return [item for part in text.split("|") if (item := part.strip())]
    values: list[str] = []
    start, expected, times = 0, 1, 0
    for marker in _MARKER.finditer(text):
        first, last = int(marker[1]), int(marker[2] or marker[1])
        if first == expected and last >= first:
            values += [_value(text[start : marker.start()])] * times
            start, expected, times = marker.end(), last + 1, last - first + 1
    return [*values, *[_value(text[start:])] * times] if times else [text.strip()]


def _value(text: str) -> str:
    stripped = text.strip().rstrip(".;").strip()
    return "" if stripped in ("-", "–") else stripped
