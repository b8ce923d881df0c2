"""OpenSanctions, one line a target: ``targets.simple.csv`` of any of its collections.

https://data.opensanctions.org/datasets/latest/sanctions/targets.simple.csv (CC BY-NC 4.0). UTF-8, quoted; several values in a cell stand
between semicolons, one that holds a semicolon in quotes. Weak aliases are left out by the publisher; identifiers stand without their
kind. ``program_ids`` came in 2025.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from control_lists.importers import dates
from control_lists.importers.draft import Draft
from control_lists.importers.fields import Fields, require_header
from control_lists.importers.opensanctions import LIST_ID, NO_PARTIES, PARTIES, imo_digits, programme_id
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import csv_rows

SOURCE = "OpenSanctions targets (simple CSV)"

_OLDER = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones", "emails", "dataset",
    "first_seen", "last_seen", "last_change",
)  # fmt: skip
_HEADER = (*_OLDER, "program_ids")


def recognises(publication: Publication) -> bool:
    """Whether the first line is this header."""
    line = publication.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    return line.replace('"', "").startswith("id,schema,name,aliases,birth_date,countries")


def read(publication: Publication) -> Iterator[Listing]:
    """Every target that is a party; the edition is the newest day on which one was seen."""
    header: Sequence[str] | None = None
    aside = 0
    for number, cells in csv_rows(publication):
        if header is None:
            require_header(publication.name, cells, _HEADER, _OLDER)
            header = cells
            continue
        if len(cells) != len(header) or cells[0] == "id":
            raise publication.error(f"row {number}", f"{len(cells)} cells where the header has {len(header)}; the file is cut")
        row = Fields(f"{publication.name}: row {number}", dict(zip(header, cells, strict=True)))
        schema = row.need("schema")
        seen = dates.day(row.take("last_seen"))
        if seen is not None and (publication.edition is None or seen > publication.edition):
            publication.edition = seen
        if schema in NO_PARTIES:
            aside += 1
            continue
        if schema not in PARTIES:
            raise publication.error(f"row {number}", f"schema '{schema}' is not known")
        yield Listing(LIST_ID, _party(publication, Draft(publication, row.need("id"), PARTIES[schema]), row).entity())
    if aside:
        publication.note(f"{aside} targets that are no parties (wallets, securities and the like) were put aside")


def _party(publication: Publication, draft: Draft, row: Fields) -> Draft:
    draft.name(row.take("name"))
    for alias in _values(row.take("aliases")):
        draft.name(alias)
    for text in _values(row.take("birth_date")):
        if draft.kind == "person":
            draft.birth_date(dates.birth_date(text))
        else:
            draft.remark(f"founded or built: {text}")
    for country in _values(row.take("countries")):
        draft.country(country.upper() if len(country) == 2 else country)
    for address in _values(row.take("addresses")):
        draft.address(address)
    for identifier in _values(row.take("identifiers")):
        digits = imo_digits(identifier) if draft.kind == "vessel" or identifier.upper().startswith("IMO") else None
        draft.identifier("imo" if digits else "other", digits or identifier)
    for label, column in (("phone", "phones"), ("e-mail", "emails")):
        for text in _values(row.take(column)):
            draft.remark(f"{label}: {text}")
    datasets, programmes = _values(row.take("dataset")), _values(row.optional("program_ids"))
    for programme in programmes or datasets:
        draft.programme(programme_id(programme))
    draft.cite(f"OpenSanctions {draft.id}")
    for sanction in (*_values(row.take("sanctions")), *datasets):
        draft.cite(sanction)
    # When the publisher first saw the entry and last saw a change of it: no days of listing.
    row.ignore("first_seen", "last_change")
    row.done()
    return draft


def _values(cell: str | None) -> list[str]:
    """The values between semicolons.

    >>> _values('Alpha;"Beta; Gamma"')
    ['Alpha', 'Beta; Gamma']
    """
    if not cell:
        return []
    return [value.strip() for row in csv.reader([cell.replace("\n", " ")], delimiter=";") for value in row if value.strip()]
