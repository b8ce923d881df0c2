"""The parties of the list of the Office of Financial Sanctions Implementation while its rows are read.

A party has one row for each combination of a name and its other values; its ``Group ID`` says which rows are one party. Its id is the
reference of the UK Sanctions List where the row carries one, so that both lists name a party alike, else ``OFSI-`` and the group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from control_lists.importers import dates
from control_lists.importers.fields import Fields
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.uk_designation import LIST_ID, Designation
from control_lists.importers.uk_regimes import OTHER_MEASURES, REFERENCE, regime_programme

_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6")
# Labels that other information is made of; any other text in brackets belongs to its sentence.
_LABELS = (
    "UK Sanctions List Ref", "UN Ref", "UK Statement of Reasons", "Gender", "Phone number", "Fax", "Tel", "Email address", "Website",
    "IMO number", "Current owners", "Previous owners", "Flag of ship", "Previous flags", "Type of ship", "Tonnage of ship",
    "Length of ship", "Year built", "Hull identification number", "Type of entity", "Subsidiaries", "Parent company", "Business Reg No",
)  # fmt: skip
_LABEL = re.compile(rf"\(({'|'.join(map(re.escape, _LABELS))})\):")
_FURTHER = re.compile(r"Financial sanctions imposed in addition to an asset freeze: [^.]*\.(?: Date [^.]*\.)?")
_UN_REFERENCE = re.compile(r"^(?:UN Ref:?\s*)?([A-Z]{2}[A-Za-z]?\.(?:[A-Z0-9]{1,4}\.)*\d{1,4}(?:\.\d{2})?)\.?(?:\s|$)")


class Targets:
    """Takes rows under the column names of ConList.csv and gives the parties in the order in which they first stand."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._groups: dict[str, Designation] = {}
        self._ids: set[str] = set()

    def add(self, row: Fields, labelled: Mapping[str, str | None] | None = None) -> None:
        """One row; ``labelled`` are the parts of other information that the XML form has in elements of their own."""
        group, kind = row.need("Group ID"), row.need("Group Type")
        other = row.take("Other Information")
        parts = _parts(other) | {label: text for label, text in (labelled or {}).items() if text}
        references = REFERENCE.findall(parts.get("UK Sanctions List Ref", ""))
        target = self._groups.get(group)
        if target is None:
            target = self._groups[group] = Designation(self._publication, self._id(group, references), kind)
            target.draft.cite(f"OFSI group {group}")
        self._listed(target, row, is_frozen=parts.get("Status") != "I")
        target.name(
            [row.take(name) for name in _NAMES],
            row.need("Alias Type"),
            row.optional("Alias Quality"),
            row.optional("Name Non-Latin Script"),
        )
        # The script and language of a name can be seen from its letters, and the columns misspell both.
        row.ignore("Non-Latin Script Type", "Non-Latin Script Language")
        # The day on which the publisher last touched the entry changes nothing about it.
        row.ignore("Last Updated")
        _identity(target, row)
        if other is not None or labelled:
            _labelled(target, parts, references)
        row.done()

    def listings(self) -> Iterator[Listing]:
        """Every party."""
        for target in self._groups.values():
            yield Listing(LIST_ID, target.entity())

    def _id(self, group: str, references: list[str]) -> str:
        found = next((reference for reference in references if reference not in self._ids), f"OFSI-{group}")
        if references and found not in references:
            self._publication.note(f"reference {references[0]} stands on two groups: group {group} is {found}")
        self._ids.add(found)
        return found

    def _listed(self, target: Designation, row: Fields, *, is_frozen: bool) -> None:
        """The regime and the first day on which the party was listed: regimes of one party have days of their own."""
        regime = row.need("Regime")
        target.draft.programme(regime_programme(self._publication, regime) if is_frozen else OTHER_MEASURES)
        listed = row.need("Listed On")
        on = dates.day(listed)
        if on is None:
            raise self._publication.error(target.draft.id, f"'Listed On' is '{listed}', not a day")
        target.draft.listed_on = min(on, target.draft.listed_on or on)
        designated = dates.day(row.optional("UK Sanctions List Date Designated"))
        if designated is not None and designated != on:
            target.draft.remark(f"designated on {designated.isoformat()}")


def _identity(target: Designation, row: Fields) -> None:
    target.remark("title", row.take("Title"))
    target.born(row.take("DOB"))
    target.birth_places(row.take("Town of Birth"), row.take("Country of Birth"))
    target.nationality(row.take("Nationality"))
    target.passports(row.optional("Passport Number"), row.take("Passport Details"))
    target.national_numbers(row.optional("National Identification Number"), row.optional("National Identification Details"))
    target.national_numbers(row.optional("NI Number"))
    target.remark("position", row.take("Position"))
    target.address([row.take(line) for line in _ADDRESS], row.take("Post/Zip Code"), row.take("Country"))


def _labelled(target: Designation, parts: dict[str, str], references: list[str]) -> None:
    for reference in references:
        target.draft.cite(f"UK Sanctions List {reference}")
    # What follows the references and the UN number under their label is prose.
    prose = parts.get("UK Sanctions List Ref", "")
    if (after := re.search(r"\.\s+(\S.*)$", prose, re.DOTALL)) is not None:
        further = _FURTHER.match(after[1])
        target.draft.footnote(further[0] if further else None)
        target.information(after[1][further.end() :] if further else after[1])
    elif prose and not references:
        target.draft.cite(f"UK Sanctions List {prose.strip(' .')}")
    if un := parts.get("UN Ref"):
        found = _UN_REFERENCE.match(un)
        target.draft.cite(f"UN reference {found[1]}" if found else None)
        target.information(un[found.end() :] if found else un)
    if text := parts.get(""):
        if found := _UN_REFERENCE.match(text) if text.startswith("UN Ref") else None:
            target.draft.cite(f"UN reference {found[1]}")
        target.information(text[found.end() :] if found else text)
    target.draft.remark(parts.get("UK Statement of Reasons") and f"statement of reasons: {parts['UK Statement of Reasons']}")
    target.registrations(parts.get("Business Reg No"))
    target.imo(parts.get("IMO number"))
    target.flag(parts.get("Flag of ship"))
    target.draft.identifier("hull", parts.get("Hull identification number"))
    for role, label in (
        ("parent company", "Parent company"),
        ("subsidiary", "Subsidiaries"),
        ("owner", "Current owners"),
        ("former owner", "Previous owners"),
    ):
        target.connected(role, parts.get(label))
    for label in (
        "Gender", "Phone number", "Fax", "Tel", "Email address", "Website", "Previous flags", "Type of ship", "Tonnage of ship",
        "Length of ship", "Year built", "Type of entity", "Sanctions", "Further sanctions",
    ):  # fmt: skip
        target.remark(label.lower(), parts.get(label))


def _parts(text: str | None) -> dict[str, str]:
    """Other information by its labels; under '' what stands before the first."""
    if text is None:
        return {}
    pieces = _LABEL.split(text)
    found: dict[str, str] = {}
    for label, value in zip(["", *pieces[1::2]], pieces[0::2], strict=True):
        if value.strip():
            found[label] = f"{found[label]} {value.strip()}" if label in found else value.strip()
    return found
