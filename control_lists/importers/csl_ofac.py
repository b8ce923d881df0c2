"""Rows of OFAC's lists in the Consolidated Screening List, read as OFAC's own files are: same numbers, programmes, labels and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from control_lists.importers.dates import birth_date, day
from control_lists.importers.draft import Draft
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.ofac_labels import LABEL, dated, state
from control_lists.importers.ofac_remarks import read_remarks
from control_lists.importers.ofac_terms import KINDS, add_programmes, natural_order
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing

_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_LABELLED = (
    ("title", "Title"), ("call_sign", "Vessel Call Sign"), ("vessel_type", "Vessel Type"), ("gross_tonnage", "Vessel Tonnage"),
    ("gross_registered_tonnage", "Vessel Gross Registered Tonnage"), ("vessel_flag", "Vessel Flag"), ("vessel_owner", "Vessel Owner"),
)  # fmt: skip


class OfacRows:
    """Gathers the rows of a file; a party of several of OFAC's lists has a row for each, and is one party of the consolidated list."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._drafts: dict[tuple[str, str], Draft] = {}
        self._is_label_first = False

    def add(self, list_id: str, row: Fields) -> None:
        """Read one row; raises SourceFormatError for a kind of party that is not known."""
        kind = row.need("type")
        if kind.casefold() not in KINDS:
            raise SourceFormatError(f"{row.where}: party type '{kind}' is not known; {CHANGED}")
        number = row.need("entity_number")
        draft = self._drafts.setdefault((list_id, number), Draft(self._publication, number, KINDS[kind.casefold()]))
        draft.name(natural_order(draft.kind, row.need("name")))
        for alias in _several(row.take("alt_names")):
            draft.name(natural_order(draft.kind, alias))
        add_programmes(self._publication, draft, list_id, _several(row.take("programs")))
        for address in _several(row.take("addresses")):
            *parts, last = address.split(", ")
            if _COUNTRY.match(last):
                draft.country(last)
            if parts or not _COUNTRY.match(last):
                draft.address(address)
        for column, label in _LABELLED:
            state(self._publication, draft, label, row.take(column))
        self._person(draft, row)
        for item in _several(row.optional("ids")):
            self._identity(draft, item.split(", "))
        draft.cite(row.take("federal_register_notice"))
        draft.listed_on = draft.listed_on or day(row.take("start_date"))
        read_remarks(self._publication, draft, row.take("remarks"))

    def listings(self) -> Iterator[Listing]:
        """The parties, in the order of the file."""
        for (list_id, _), draft in self._drafts.items():
            yield Listing(list_id, draft.entity())

    def _person(self, draft: Draft, row: Fields) -> None:
        for text in _several(row.take("dates_of_birth")):
            born = birth_date(text)
            draft.birth_date(born)
            draft.remark(None if born else f"born {text}")
        for place in _several(row.take("places_of_birth")):
            draft.birth_place(place)
        for column, label in (("nationalities", "nationality"), ("citizenships", "citizen")):
            for country in _several(row.take(column)):
                state(self._publication, draft, label, country)

    def _identity(self, draft: Draft, parts: Sequence[str]) -> None:
        """``CC, expiry, issue, number, label`` or, in newer files, ``label, number, CC`` with days behind the number."""
        if len(parts) == 1:
            draft.remark(parts[0])
            return
        first, last = _is_label(parts[0]), _is_label(parts[-1])
        if first != last:
            self._is_label_first = first
        label, values = (parts[0], list(parts[1:])) if self._is_label_first else (parts[-1], list(parts[:-1]))
        country = next((part for part in (values[-1], values[0]) if len(values) > 1 and _COUNTRY.match(part)), None)
        if country is not None:
            values.remove(country)
        days = [part for part in values if _ISO_DAY.match(part)] if len(values) > 1 else []
        number = ", ".join(part for part in values if part not in days)
        # With the label last the day of expiry stands before that of issue.
        words = ("issued", "expires") if self._is_label_first else ("expires", "issued")
        details = [dated(word, text) for word, text in zip(words[-len(days) :] if days else (), days, strict=False)]
        state(self._publication, draft, label, number, country, reversed(details) if not self._is_label_first else details)


def _is_label(text: str) -> bool:
    if text.startswith("Digital Currency Address"):
        return True
    found = LABEL.match(f"{text.rstrip(' :-#.')}: x")
    return found is not None and found["value"] == "x"


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split("; ") if part.strip()]
