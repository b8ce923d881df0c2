"""What the forms of the European Union's consolidated financial sanctions list have in common.

A party's id is its EU reference number (``EU.27.28``), which the Union prints in its acts; a party without one, and every party of the
old forms that have none, carries the list's logical id (``13``). Elements of one logical id, or of one reference number, are one
party: the list writes a party under each of its programmes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from control_lists.importers.bracketed_names import printed_names
from control_lists.importers.draft import Draft, Kind, Quality
from control_lists.importers.imo_number import is_company_number, is_ship_number
from control_lists.importers.publication import Publication
from control_lists.importers.scripts import script_of
from control_lists.importers.source import Listing

LIST_ID = "eu-fsf"

KINDS: dict[str, Kind] = {"P": "person", "E": "organisation", "person": "person", "enterprise": "organisation"}

IDENTIFICATIONS = {
    "passport": "passport", "travelcardid": "other", "id": "national", "ssn": "national", "NRN": "national", "residentperm": "other",
    "birthcert": "other", "nationcert": "other", "electionid": "other", "drivinglicence": "licence", "tradelic": "licence",
    "regnumber": "reg", "unssn": "uscc", "fiscalcode": "tax", "taxid": "tax", "euvat": "tax", "swiftbic": "swift", "lei": "lei",
    "imo": "imo", "mmsi": "mmsi", "other": "other",
}  # fmt: skip
"""``identificationTypeCode``; ``unssn`` is in use for the Chinese unified social credit code."""

# The list writes the quality of some aliases into their remark, and "strong" beside it.
_LOW_QUALITY = re.compile(r"\blow? quality\b", re.IGNORECASE)
_GENDERS = {"M": "male", "F": "female"}
_SEVEN_DIGITS = re.compile(r"(?<!\d)\d{7}(?!\d)")


class Parties:
    """The parties of one file by logical id and reference number, in the order of the file."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._drafts: dict[str, Draft] = {}
        self._by_reference: dict[str, Draft] = {}
        self._names: dict[Draft, list[tuple[int, str, Quality]]] = {}

    def party(self, logical_id: str, reference: str | None, kind: str | None) -> Draft:
        """The party of these numbers, the same one each time; raises SourceFormatError for a kind that is not known."""
        if kind not in KINDS:
            raise self._publication.error(reference or logical_id, f"subject type '{kind}' is not known")
        draft = self._drafts.get(logical_id) or (self._by_reference.get(reference) if reference else None)
        if draft is None:
            draft = Draft(self._publication, reference or logical_id, KINDS[kind])
        self._drafts[logical_id] = draft
        if reference:
            if draft.id == logical_id:
                draft.id = reference
            self._by_reference[reference] = draft
        return draft

    def name(
        self,
        draft: Draft,
        whole: str | None,
        parts: Sequence[str | None],
        *,
        language: str | None = None,
        is_strong: bool = True,
        remark: str | None = None,
    ) -> None:
        """A name: the whole as printed, from its parts where there is none; a remark may call it weak."""
        name = whole or " ".join(part for part in parts if part)
        quality: Quality = "strong" if is_strong and not _LOW_QUALITY.search(remark or "") else "weak"
        # No name is marked as the first. The one to show is in Latin letters, and in English or in no language of the Union's.
        rank = 2 if script_of(name) else int(language not in (None, "EN"))
        self._names.setdefault(draft, []).append((rank, name, quality))
        if remark:
            draft.remark(f"name {name}: {remark}")

    def listings(self) -> Iterator[Listing]:
        """Every party, once the file has been read whole."""
        for draft in dict.fromkeys(self._drafts.values()):
            for _, name, quality in sorted(self._names.get(draft, ()), key=itemgetter(0)):
                draft.name(name, quality)
                for printed in printed_names(name):
                    draft.name(printed.text, "weak" if printed.is_abbreviation else quality)
            yield Listing(LIST_ID, draft.entity())


def add_programme(publication: Publication, draft: Draft, code: str | None, act: str | None, in_force: str | None = None) -> None:
    """The programme (``EU-`` and the list's own code) and the act that it cites, by number and Official Journal."""
    if code is None:
        raise publication.error(draft.id, "the party has no programme")
    draft.programme(f"EU-{'-'.join(code.upper().split())}")
    draft.cite(f"EU {act}{f', in force {in_force}' if in_force else ''}" if act else f"EU list number {draft.id}")


def add_description(draft: Draft, *, gender: str | None = None, title: str | None = None, function: str | None = None) -> None:
    """What a name element says of its bearer."""
    for label, value in (("gender", _GENDERS.get(gender or "", gender)), ("title", title), ("position", function)):
        if value:
            draft.remark(f"{label}: {value}")


def add_identification(
    publication: Publication, draft: Draft, code: str | None, label: str | None, number: str | None, details: list[str]
) -> None:
    """An identifier by the list's own code; what else is said of the document becomes a remark.

    A ship is an enterprise with the number of a ship; shipping companies have an IMO number too.
    """
    kind = IDENTIFICATIONS.get(code or "")
    if kind is None:
        publication.note(f"identification type '{code}' is not known: kept as a remark")
    elif kind == "imo":
        found = _SEVEN_DIGITS.findall(number or "")
        for digits in found:
            draft.identifier("imo", digits)
            if draft.kind == "organisation" and is_ship_number(digits) and not is_company_number(digits):
                draft.kind = "vessel"
        if not found:
            details = [*details, "not seven digits"]
    else:
        draft.identifier(kind, number)
    if kind in (None, "other") or details:
        draft.remark("; ".join([f"{label or code}: {number or '-'}", *details]))


def is_true(text: str | None) -> bool:
    """Whether a flag of the list is set; a blank one is not."""
    return (text or "").casefold() in ("true", "1", "y", "yes")
