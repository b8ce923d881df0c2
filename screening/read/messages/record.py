"""One item of a message while it is gathered: fields of the contract, parties, documents, and what is carried through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from screening.read.columns import FREE_TEXT
from screening.read.contract import FIELDS
from screening.read.distinct import is_blank
from screening.read.fields import NUMBERS

# Several values of these belong together; of the others an item has one.
_LISTS = ("transit_countries", "container_numbers", "procedure_code", "payment")
# Beyond so many paths a message carries data as names; the rest of them is kept together.
MOST_PATHS = 300
OTHER_PATHS = "other elements"
VALUE_BYTES = 50
MAX_JOINED_BYTES = 512 * 1024 * 1024
_POINT = re.compile(r"(\d+)\.(\d+)")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T\s\d].*)?")


class MessageError(Exception):
    """Why the rest of a file of messages cannot be read."""


class Record:
    """What is said of one element of a storey. Fields may have several texts; those whose name begins with ``_`` are the format's own."""

    __slots__ = ("carried", "documents", "fields", "groups", "parties")

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, None]] = {}
        self.parties: list[dict[str, str]] = []
        self.documents: list[dict[str, str]] = []
        self.groups: dict[str, list[dict[str, str]]] = {}
        self.carried: dict[tuple[str, str], None] = {}

    def put(self, field: str, text: str | None, path: str = "") -> None:
        """A text of a field. A second, other one of a field that has one value is carried, under the path it came from."""
        if is_blank(text):
            return
        assert text is not None
        found = self.fields.setdefault(field, {})
        if found and text not in found and field in FIELDS and field not in FREE_TEXT and field not in _LISTS:
            self.carry(path or field, text)
        else:
            found[text] = None

    def first(self, *fields: str) -> str | None:
        """The first text of the first of these fields that has one; the fields are taken, and their other texts carried."""
        found = [(field, text) for field in fields for text in self.fields.pop(field, {})]
        for field, text in found[1:]:
            if text != found[0][1]:
                self.carry(field.strip("_"), text)
        return found[0][1] if found else None

    def take(self, field: str) -> list[str]:
        """All texts of a field, which is taken."""
        return list(self.fields.pop(field, {}))

    def group(self, name: str) -> Iterator[dict[str, str]]:
        """The groups of a name, which are taken. What the caller leaves in one when it asks for the next is carried."""
        for group in self.groups.pop(name, []):
            yield group
            self.carry(name, ", ".join(f"{path.removeprefix('@')} {' '.join(text.split())}" for path, text in group.items()))

    def party(self, role: str, **parts: str | None) -> None:
        """A party of these parts (``name``, ``country``, ``address``, ``identifiers``), if one of them says something."""
        stated = {part: text for part, text in parts.items() if text is not None and not is_blank(text)}
        if stated:
            self.parties.append({"role": role, **stated})

    def document(self, code: str | None, reference: str | None = None, valid_until: str | None = None) -> None:
        """A document; one without code and reference is none."""
        stated = {"code": code, "reference": reference, "valid_until": day(valid_until)}
        kept = {part: text for part, text in stated.items() if text is not None and not is_blank(text)}
        if kept:
            self.documents.append(kept)

    def carry(self, path: str, text: str) -> None:
        """A text that is of no field of the contract, kept under the path it came from."""
        if not is_blank(text):
            self.carried[path, text] = None

    def weight(self) -> int:
        """About how many bytes it takes once it is an item of its own."""
        texts = sum(len(text) + VALUE_BYTES for texts in self.fields.values() for text in texts)
        carried = sum(len(text) + VALUE_BYTES for _, text in self.carried)
        entries = (*self.parties, *self.documents, *(entry for group in self.groups.values() for entry in group))
        return texts + carried + sum(len(text) + VALUE_BYTES for entry in entries for text in entry.values())

    def under(self, outer: Record) -> Record:
        """This record with what the storey above says. Of a field that has one value its own stands, and the other is carried."""
        joined = Record()
        for record in (self, outer):
            for field, texts in record.fields.items():
                if field.startswith("_") and field in self.fields and record is outer:
                    for text in texts:
                        if text not in self.fields[field]:
                            joined.carry(f"{field.strip('_')} of the declaration", text)
                    continue
                for text in texts:
                    joined.put(field, text, f"{field} of the declaration")
            joined.carried |= record.carried
            for name, groups in record.groups.items():
                joined.groups.setdefault(name, []).extend(dict(group) for group in groups)
            joined.parties += record.parties
            joined.documents += record.documents
        return joined

    def as_dict(self, name: str) -> dict[str, Any]:
        """The record in the nested form of the contract; what is carried stands under ``name:path``."""
        for field in [field for field in self.fields if field not in FIELDS]:
            for text in self.fields.pop(field):
                self.carry(field.strip("_"), text)
        for group in list(self.groups):
            for _ in self.group(group):
                pass
        flat: dict[str, Any] = {field: _one(field, texts) for field, texts in self.fields.items()}
        if self.parties:
            flat["parties"] = _distinct(self.parties)
        if self.documents:
            flat["documents"] = _distinct(self.documents)
        carried: dict[str, list[str]] = {}
        for path, text in self.carried:
            known = path in carried or len(carried) < MOST_PATHS
            carried.setdefault(path if known else OTHER_PATHS, []).append(text if known else f"{path}={text}")
        return flat | {f"{name}:{path}": "; ".join(texts) for path, texts in carried.items()}


class Budget:
    """How much may be said of the items of one declaration: what stands above them is said of each."""

    def __init__(self) -> None:
        self._spent = 0

    def spend(self, record: Record) -> None:
        """Count an item in; raises MessageError where it is too much."""
        self._spent += record.weight()
        if self._spent > MAX_JOINED_BYTES:
            raise MessageError(f"says more than {MAX_JOINED_BYTES} bytes of the items of one declaration; the rest is refused")


def day(text: str | None) -> str | None:
    """A day of a message as ISO 8601, its time and zone left out; a text of another form as it is.

    >>> day("20260309081500+01"), day("2026-03-09T08:15:00Z"), day("3/9/26")
    ('2026-03-09', '2026-03-09', '3/9/26')
    """
    match = _DAY.fullmatch(text.strip()) if text else None
    return f"{match[1]}-{match[2]}-{match[3]}" if match else text


def decimal(text: str) -> str:
    """A number of a message, whose point is the decimal mark, so written that nobody takes the point for one of thousands.

    >>> decimal("120.500"), decimal("1.234"), decimal("1,234.5")
    ('120.5', '1.2340', '1,234.5')
    """
    match = _POINT.fullmatch(text)
    if match is None:
        return text
    places = match[2][:9].rstrip("0")
    return f"{match[1]}.{places}{'0' if len(places) == 3 else ''}" if places else match[1]


def _one(field: str, found: Iterable[str]) -> str:
    texts = list(found)
    if field in FREE_TEXT:
        return "; ".join(dict.fromkeys(" ".join(text.split()) for text in texts))
    if field in _LISTS:
        return (" " if field == "procedure_code" else "; ").join(dict.fromkeys(texts))
    if field in NUMBERS:
        return decimal(texts[0])
    return day(texts[0]) or "" if field == "declared_on" else texts[0]


def _distinct(entries: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return list({tuple(entry.items()): entry for entry in entries}.values())
