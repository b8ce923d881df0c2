"""Entity List, Unverified List and Military End-User List: supplements no. 4, 6 and 7 to 15 CFR part 744, as the XML of the eCFR.

Published at https://www.ecfr.gov/api/versioner/v1/full/{date}/title-15.xml?part=744 (or one supplement with ``&appendix=``). Each list is
one table; a country is written on the first row of its block only; a party is one cell of free text (``bis_entity_cell``). A row whose
other cells are blank goes on with the party of the row above. Numbers set above the licence requirement are those of the list's footnotes.
The file carries no date of its own, unless the address in it was filled in.

The lists do not say who is a person: a party is an organisation unless its name is plainly a person's (``person_names``). How entries
become parties and ids: ``bis_entries``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from lxml.etree import _Element

from control_lists.importers.bis_cell_words import SEPARATOR
from control_lists.importers.bis_entity_cell import read_cell
from control_lists.importers.bis_entries import ENTITY_LIST, MILITARY_END_USER_LIST, UNVERIFIED_LIST, BisEntry, BisList, listings
from control_lists.importers.bis_repairs import repaired_columns
from control_lists.importers.federal_register import Notice, notices
from control_lists.importers.fields import CHANGED, local
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import records, root_attributes

SOURCE = "BIS lists (15 CFR part 744)"

_ENTITY_HEADER = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
_HEADERS: Mapping[BisList, Sequence[str]] = {
    ENTITY_LIST: _ENTITY_HEADER,
    UNVERIFIED_LIST: ("Country", "Listed person and address", "Federal Register citation"),
    MILITARY_END_USER_LIST: ("Country", "Entity", "Federal Register citation"),
}
# A block that is no country of its own.
_REGIONS = {"CRIMEA REGION OF UKRAINE": "Ukraine"}
_NUMBER = re.compile(r"Supplement No\. (\d+) to Part 744", re.IGNORECASE)
_DATED = re.compile(rb"/on/(\d{4}-\d\d-\d\d)/")
_HEADING = re.compile(r"^The following [\w ]*subordinate institutions of (.+?)\s*:$", re.IGNORECASE)
_SUBORDINATE = re.compile(r"^Subordinate institu(?:t)?ion:$", re.IGNORECASE)
_MARKS = re.compile(r"\d+")
# What may stand in a cell, and is read as its text.
_INLINE = frozenset({"E", "I", "SU", "br", "strong", "sub", "sup"})


class _Row(NamedTuple):
    """One row, with the rows that continue it: the country of its block, the party's cell, and the cells behind it."""

    country: str
    entity: str
    requirement: str | None
    policy: str | None
    footnotes: tuple[str, ...]
    notices: tuple[Notice, ...]
    parent: str | None = None


def recognises(publication: Publication) -> bool:
    """The whole part 744, or one of its supplements."""
    name, attributes = root_attributes(publication.head)
    number = attributes.get("N", "")
    return (name == "DIV5" and number == "744") or (name == "DIV9" and _NUMBER.search(number) is not None)


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of the three supplements; of the whole part none may be missing."""
    dated = _DATED.search(publication.head)
    publication.edition = date.fromisoformat(dated[1].decode()) if dated else None
    missing = {of.supplement: of for of in _HEADERS}
    with publication.open() as stream:
        for appendix in records(stream, publication.name, "DIV9"):
            found = _NUMBER.search(f"{appendix.get('N') or ''} {appendix.findtext('HEAD') or ''}")
            of = missing.pop(found[1], None) if found is not None else None
            if of is not None:
                yield from listings(publication, of, _entries(publication, of, appendix))
    if missing and (len(missing) == len(_HEADERS) or root_attributes(publication.head)[0] == "DIV5"):
        raise publication.error("", f"has no supplement no. {', '.join(missing)} to part 744; download the whole part")


def _entries(publication: Publication, of: BisList, appendix: _Element) -> Iterator[BisEntry]:
    @cache
    def code(name: str) -> str | None:
        return publication.countries.read(name).code

    for row in _rows(publication, of, appendix):
        for party in read_cell(row.entity, code):
            yield BisEntry(
                country=_REGIONS.get(row.country, row.country),
                names=party.names,
                addresses=party.addresses,
                requirement=row.requirement,
                policy=row.policy,
                footnotes=row.footnotes,
                notices=row.notices,
                notes=party.notes,
                parent=party.parent or row.parent,
                is_address=party.is_address,
            )


# --------------------------------------------------------------------------------------------------------------- table
def _rows(publication: Publication, of: BisList, appendix: _Element) -> Iterator[_Row]:
    """The rows that list a party, each with those that continue it."""
    country = ""
    parent: str | None = None
    cites: tuple[Notice, ...] = ()
    pending: _Row | None = None
    for where, cells in _cells(publication, of, appendix):
        country = _plain(cells[0]) or country
        entity, behind = _text(publication, where, cells[1]), cells[2:]
        flat = " ".join(entity.replace(SEPARATOR, "and").split())
        found = tuple(notices(_plain(behind[-1])))
        if not flat or flat == "[Reserved]" or _SUBORDINATE.match(flat):
            continue
        if heading := _HEADING.match(flat):
            parent, cites = heading[1], found
            continue
        is_bare = not any(_plain(cell) for cell in behind)
        if not is_bare:
            parent = None
        if is_bare and parent is None and pending is not None:
            pending = pending._replace(entity=f"{pending.entity}\n{entity}")
            continue
        if pending is not None:
            yield pending
        if not country:
            raise publication.error(where, f"stands under no country; {CHANGED}")
        pending = _row(of, country, entity, behind, found or cites)._replace(parent=parent)
        cites = cites if parent else ()
    if pending is not None:
        yield pending


def _row(of: BisList, country: str, entity: str, behind: Sequence[_Element], found: tuple[Notice, ...]) -> _Row:
    if of is not ENTITY_LIST:
        return _Row(country, entity, None, None, (), found)
    marks = dict.fromkeys(mark for sup in behind[0].iter("sup", "SU") for mark in _MARKS.findall("".join(sup.itertext())))
    requirement, policy, misplaced = repaired_columns(_plain(behind[0], has_marks=False), _plain(behind[1]))
    return _Row(country, entity, requirement or None, policy or None, tuple(marks), (*notices(misplaced), *found))


def _cells(publication: Publication, of: BisList, appendix: _Element) -> Iterator[tuple[str, list[_Element]]]:
    """The place and cells of each row. The footnotes below the table are put aside: entries carry their numbers."""
    tables = [element for element in appendix.iter() if local(element) == "TABLE"]
    if len(tables) != 1:
        raise publication.error(f"supplement no. {of.supplement}", f"holds {len(tables)} tables, not one; {CHANGED}")
    is_headed = False
    for number, row in enumerate((element for element in tables[0].iter() if local(element) == "TR"), 1):
        cells = [cell for cell in row if isinstance(cell.tag, str)]
        where = f"supplement no. {of.supplement}: row {number}"
        if all(local(cell) == "TH" for cell in cells):
            header = tuple(_plain(cell) for cell in cells)
            if header != tuple(_HEADERS[of]):
                raise publication.error(where, f"header {list(header)} is not {list(_HEADERS[of])}; {CHANGED}")
            is_headed = True
        elif len(cells) == 1 and _MARKS.match(_plain(cells[0])):
            continue
        elif len(cells) != len(_HEADERS[of]) or not is_headed:
            raise publication.error(where, f"has {len(cells)} cells, not {len(_HEADERS[of])}; {CHANGED}")
        else:
            yield where, cells


def _text(publication: Publication, where: str, cell: _Element) -> str:
    """A cell's text: a break is a newline, an italic "and" is SEPARATOR."""
    parts = [cell.text or ""]
    for child in cell:
        name = local(child)
        if name not in _INLINE:
            raise publication.error(where, f"<{name}> in a cell is not known; {CHANGED}")
        inside = "".join(child.itertext())
        if name == "br":
            inside = "\n"
        elif name in ("E", "I") and inside.strip(" ,;") == "and":
            inside = inside.replace("and", SEPARATOR)
        parts += [inside, child.tail or ""]
    return "".join(parts)


def _plain(cell: _Element, *, has_marks: bool = True) -> str:
    """A cell's text on one line; a break parts words. Without marks the numbers of footnotes are left out."""
    parts = [cell.text or ""]
    for child in cell:
        inside = " " if local(child) == "br" else "".join(child.itertext())
        if not has_marks and local(child) in ("sup", "SU"):
            inside = _MARKS.sub("", inside)
        parts += [inside, child.tail or ""]
    return re.sub(r"\s+([,.;)])", r"\1", " ".join("".join(parts).split()))
