"""Which column of a file means which field of the declaration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from control_lists.models import ColumnSynonym
from screening.errors import UsageError
from screening.read.contract import FIELDS, ROLES

# Several columns of these are all screened: the first is the field, the others are joined to it or to the remarks.
FREE_TEXT = ("description", "tariff_text", "marks", "remarks", "end_use")
# The first column of these that can be read is taken.
COUNTRY_FIELDS = ("export_country", "destination_country", "origin_country")
PARTY_FIELDS = ("name", "country", "address", "id")

_ROLE = "|".join(sorted(ROLES, key=len, reverse=True))
_PARTY = re.compile(rf"({_ROLE})(?:_(\d+))?_(name|country|address|id|identifiers)")
_STEM_TAIL = re.compile(r"(_(EN|VN|NAME|NAM|ADDRESS|CITY|CODE|COD|ID|TIN|PIN|NTN|TAX|NUMBER|COUNTRY|AND|BP|NO))+$")
_STEM_HEAD = re.compile(r"^(STD|RAW|RUC)_")


class Slot(NamedTuple):
    """The columns of one declared party. Every name beyond the first is screened as a further party of that role."""

    role: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    addresses: tuple[str, ...]
    ids: tuple[str, ...]


class Layout(NamedTuple):
    """The columns of a file by what they mean. ``repeats``: carried though known, because another column gave the field."""

    fields: dict[str, tuple[str, ...]]
    slots: tuple[Slot, ...]
    attributes: dict[str, str]
    documents: dict[str, str]
    nested: dict[str, str]
    repeats: dict[str, str]
    unknown: tuple[str, ...]
    foreign: dict[str, str]

    @property
    def carried(self) -> tuple[str, ...]:
        """The columns that go to the output untouched."""
        return (*self.unknown, *self.repeats)


class ColumnNames:
    """Reads column names: the caller's own map first, then the contract's names, then the synonyms in their order."""

    def __init__(self, synonyms: Iterable[ColumnSynonym], columns: Mapping[str, str]) -> None:
        self._synonyms: dict[str, tuple[int, str]] = {}
        for synonym in synonyms:
            for rank, header in enumerate(synonym.headers):
                self._synonyms.setdefault(header_key(header), (rank, synonym.field))
        for column, field in columns.items():
            if not is_contract_field(field):
                raise UsageError(f"column map: '{field}' (for column '{column}') is not a field of the declaration")
        self._roles: dict[str, str | None] = {}
        self._map = {header_key(column) or column: field for column, field in columns.items()}

    def meaning(self, header: str) -> str | None:
        """The field a column name stands for, or None."""
        found = self._ranked(header)
        return found[1] if found else None

    def recognised(self, headers: Iterable[str]) -> int:
        """How many of these texts are names of known columns: what tells a header row from the rows around it."""
        return sum(self._ranked(header) is not None for header in set(headers))

    def role(self, text: str) -> str | None:
        """The contract's role for a role word (``importer``), or None."""
        if text not in self._roles:
            key = header_key(text).lower()
            match = _PARTY.fullmatch(self.meaning(f"{key}_name") or self.meaning(key) or "")
            self._roles[text] = key if key in ROLES else match[1] if match else None
        return self._roles[text]

    def layout(self, columns: Sequence[str]) -> Layout:
        """What each column of a file means; every column is in exactly one place."""
        ranked: dict[str, list[tuple[int, int, str]]] = {}
        foreign: dict[str, str] = {}
        unknown: list[str] = []
        for position, column in enumerate(columns):
            found = self._ranked(column)
            if found is None:
                unknown.append(column)
                continue
            ranked.setdefault(found[1], []).append((found[0], position, column))
            if found[0] >= 0:
                foreign[column] = found[1]
        by_field = {field: tuple(column for _, _, column in sorted(found)) for field, found in ranked.items()}
        attributes = {c: f.removeprefix("attr_") for f, found in by_field.items() if f.startswith("attr_") for c in found}
        fields: dict[str, tuple[str, ...]] = {}
        repeats: dict[str, str] = {}
        for field in FIELDS:
            if field in by_field:
                every = field in FREE_TEXT or field in COUNTRY_FIELDS
                fields[field] = by_field[field] if every else by_field[field][:1]
                repeats |= {} if field in FREE_TEXT else dict.fromkeys(by_field[field][1:], field)
        documents = {column: field for field in ("documents", "licence") for column in by_field.get(field, ())}
        nested: dict[str, str] = {field: by_field[field][0] for field in ("parties", "attributes") if field in by_field}
        repeats |= {column: field for field in ("parties", "attributes") for column in by_field.get(field, ())[1:]}
        return Layout(fields, _slots(by_field), attributes, documents, nested, repeats, tuple(unknown), foreign)

    def _ranked(self, header: str) -> tuple[int, str] | None:
        """Rank (lower is preferred; below zero is the caller's or the contract's own name) and field of a column name."""
        # A name that stands twice in a file is told apart by the reader; both mean the same.
        header = re.sub(r" \(\d+\)$", "", header)
        key = header_key(header)
        if (mapped := self._map.get(key or header)) is not None:
            return -2, mapped
        if not key:
            return None
        if key.startswith("ATTR_") and len(key) > 5:
            # The spelling of a unit is told by its case (mPa, MPa), so the name is kept as written.
            return -1, "attr_" + re.sub(r"^\W*attr\W*_?\W*", "", header.strip(), flags=re.IGNORECASE)
        if is_contract_field(key.lower()):
            return -1, key.lower()
        if key.lower() in ROLES:
            return -1, f"{key.lower()}_name"
        return self._synonyms.get(key)


def header_key(header: str) -> str:
    """The spelling-independent key of a column name.

    >>> header_key("Goods  description (EN)")
    'GOODS_DESCRIPTION_EN'
    """
    return re.sub(r"[^A-Z0-9]+", "_", unicodedata.normalize("NFKC", header.replace("\ufeff", "")).upper()).strip("_")


def is_contract_field(field: str) -> bool:
    """Whether a name is one the flat form of the declaration knows."""
    return field in FIELDS or field in ("documents", "parties", "attributes", "licence") or bool(_PARTY.fullmatch(field)) or (
        field.startswith("attr_") and len(field) > 5
    )  # fmt: skip


def unique_names(headers: Iterable[str | None]) -> list[str]:
    """Column names as they stand, the nameless numbered and repeated ones told apart.

    >>> unique_names(["unit", "", "unit"])
    ['unit', 'column 2', 'unit (2)']
    """
    seen: dict[str, int] = {}
    names: list[str] = []
    for position, header in enumerate(headers, 1):
        name = (header or "").replace("\ufeff", "").strip() or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in seen:
            seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        seen.setdefault(names[-1], 1)
    return names


def _slots(by_field: Mapping[str, tuple[str, ...]]) -> tuple[Slot, ...]:
    """One slot a declared party: columns of one role whose names have one stem (``BUYER_NAME``, ``BUYER_ADDRESS``) belong together."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for field, columns in by_field.items():
        if match := _PARTY.fullmatch(field):
            kind = "id" if match[3] == "identifiers" else match[3]
            for column in columns:
                key = header_key(column)
                stem = match[2] or ("" if key.lower() == field or key.lower() == match[1] else _stem(key))
                stem = "" if stem == match[1].upper() else stem
                found.setdefault((match[1], stem), {}).setdefault(kind, []).append(column)
    slots: list[Slot] = []
    for role in ROLES:
        groups = [kinds for (of, _), kinds in sorted(found.items(), key=lambda entry: (entry[0][1].isdigit(), entry[0][1])) if of == role]
        named = [kinds for kinds in groups if "name" in kinds]
        # Addresses and numbers without a name of their own stem are the role's first party's.
        for kinds in [kinds for kinds in groups if "name" not in kinds]:
            if named:
                for kind, columns_of in kinds.items():
                    named[0].setdefault(kind, []).extend(columns_of)
            else:
                named.append(kinds)
        for kinds in named:
            name, country, address, number = (tuple(kinds.get(kind, ())) for kind in PARTY_FIELDS)
            slots.append(Slot(role, name, country, address, number))
    return tuple(slots)


def _stem(key: str) -> str:
    return _STEM_TAIL.sub("", _STEM_HEAD.sub("", key))
