"""Global Affairs Canada: Consolidated Canadian Autonomous Sanctions List (SEMA and JVCFOA regulations), XML.

https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml
One flat ``record`` a listing. Element names changed: ``Entity``, ``Title`` and ``DateOfBirth`` until 2022, ``EntityOrShip`` and its
like after, and since August 2026 an English and a French half (``LastName-NomDeFamille``), of which the first is read. Items are
numbered anew between editions, so an id is built from regime and name, and a second listing of the same name there carries its schedule
too. The country of a record is its regulation's, not the party's, and is not taken for the party's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from control_lists.importers import dates
from control_lists.importers.bracketed_names import printed_names
from control_lists.importers.ca_aliases import aliases
from control_lists.importers.draft import Draft, Kind, clean
from control_lists.importers.fields import Fields, local
from control_lists.importers.name_ids import name_id
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.xml_stream import nested, root_attributes

SOURCE = "ca_sema"
LIST_ID = "ca-sema"
_FIELDS = {
    "Entity": "EntityOrShip", "Title": "TitleOrShip", "TitleOrShipType": "TitleOrShip", "DateOfBirth": "DateOfBirthOrShipBuildDate",
    "Alias": "Aliases",
}  # fmt: skip
# One regulation under its names of different years, and the name the law itself uses.
_REGIMES = {"BURMA": "MYANMAR"}
_REGULATIONS = {"MYANMAR": "Burma", "CHINA": "People's Republic of China"}
_FINANCE_ONLY = frozenset({("RUSSIA", "2"), ("RUSSIA", "3")})
_ABBREVIATION = re.compile(r"\(([A-Z]{3,8})\)\s*$")
_KNOWN_AS = re.compile(r"^(?P<name>.*?)\s*\((?:also\s+)?known\s+as\s+(?P<others>.*?)\)?\s*$", re.DOTALL)
_NOT_GIVEN = frozenset({"N/A", "NA", "S/O"})


def recognises(publication: Publication) -> bool:
    """By its root element and the fields of its records."""
    return root_attributes(publication.head)[0] == "data-set" and re.search(rb"<record>\s*<Country[->]", publication.head) is not None


def read(publication: Publication) -> Iterator[Listing]:
    """Every listing of the file."""
    seen: set[str] = set()
    with publication.open() as stream:
        for number, element in enumerate(nested(stream, publication.name), 1):
            if local(element) != "record":
                raise publication.error(f"record {number}", f"<{local(element)}> is not a record")
            yield Listing(LIST_ID, _party(publication, _fields(publication, number, element), seen).entity())


def _fields(publication: Publication, number: int, element: _Element) -> Fields:
    values: dict[str, str | None] = {}
    for child in element:
        english = local(child).partition("-")[0]
        name = _FIELDS.get(english, english)
        if name in values or len(child):
            raise publication.error(f"record {number}", f"<{local(child)}> stands twice or holds more than text")
        values[name] = child.text
    return Fields(f"{publication.name}: record {number}", values)


def _party(publication: Publication, record: Fields, seen: set[str]) -> Draft:
    regime = clean(record.need("Country").split(" / ")[0])
    code = _regime(regime)
    schedule, item = record.optional("Schedule"), record.need("Item")
    organisation, title, imo = record.optional("EntityOrShip"), record.optional("TitleOrShip"), record.optional("ShipIMONumber")
    family, given = record.optional("LastName"), record.optional("GivenName")
    if (organisation is None) == (family is None and given is None):
        raise publication.error(record.where.rpartition(": ")[2], "holds neither one person nor one entity or ship")
    kind: Kind = "person" if organisation is None else "vessel" if imo or title else "organisation"
    names = [clean(f"{given or ''} {family or ''}")] if organisation is None else _names(organisation)
    draft = Draft(publication, _id(seen, code, names[0], schedule, item), kind)
    for name in names:
        draft.name(name)
    if kind == "organisation":
        _within(draft, names[0])
    draft.programme(_programme(code, kind, schedule))
    draft.cite(_cite(regime, code, schedule, item))
    draft.listed_on = dates.day(record.optional("DateOfListing"))
    draft.remark(f"{'type of ship' if kind == 'vessel' else 'title'}: {clean(title.split(' | ')[0])}" if title else None)
    _dated(publication, draft, record.optional("DateOfBirthOrShipBuildDate"))
    if imo is not None and not re.fullmatch(r"(?:IMO\s*)?\d{7}", imo):
        publication.note(f"IMO number '{imo}' is not seven digits: kept as a remark and another name")
        draft.remark(f"IMO number: {imo}")
        draft.name(imo, "weak")
    elif imo is not None:
        draft.identifier("imo", imo[-7:])
    if text := record.optional("Aliases"):
        found = list(aliases(text, is_person=kind == "person", given=given or ""))
        for alias in found:
            draft.name(alias.text, alias.quality)
        if [alias.text for alias in found] != [clean(text)]:
            draft.remark(f"other names as printed: {text}")
    record.done()
    return draft


def _regime(regime: str) -> str:
    """The regime in the list's words as a code; a title in words with an abbreviation behind it is that abbreviation.

    >>> _regime("Myanmar (Burma)"), _regime("Hamas Terrorist Attacks"), _regime("Some Foreign Officials Regulations (SFOR)")
    ('MYANMAR', 'HAMAS-TERRORIST-ATTACKS', 'SFOR')
    """
    short = _ABBREVIATION.search(regime)
    words = short[1] if short else re.sub(r"\([^()]*\)", " ", regime)
    code = re.sub(r"[^A-Z0-9]+", "-", words.upper()).strip("-")
    return _REGIMES.get(code, code)


def _programme(code: str, kind: Kind, schedule: str | None) -> str:
    """The regulation's, where it bars all dealings: not of ships, nor in the schedules that bar new debt and equity only."""
    if kind == "vessel":
        return f"CA-{code}-SHIPS"
    return f"CA-{code}-FINANCE" if (code, clean(schedule)) in _FINANCE_ONLY else f"CA-{code}"


def _cite(regime: str, code: str, schedule: str | None, item: str) -> str:
    title = _ABBREVIATION.sub("", regime).strip()
    if title == regime:
        country = _REGULATIONS.get(code, clean(re.sub(r"\([^()]*\)", " ", regime)))
        title = f"Special Economic Measures ({country}) Regulations"
    place = f"Schedule {clean(schedule)}, " if schedule and schedule not in _NOT_GIVEN else ""
    return f"{title}, {place}item {item}"


def _id(seen: set[str], code: str, name: str, schedule: str | None, item: str) -> str:
    """Regime and name; a later listing of the same name there is told apart by its schedule, then by its item."""
    plain = name_id("CA", code, name)
    by_schedule = name_id(plain, schedule or "")
    found = next(
        candidate
        for candidate in (plain, by_schedule, f"{by_schedule}-{item}", f"{by_schedule}-{item}-{len(seen)}")
        if candidate not in seen
    )
    seen.add(found)
    return found


def _names(text: str) -> list[str]:
    """The names in the field of an entity or ship: English and French with a slash between them, and ``(also known as ...)``."""
    known = _KNOWN_AS.match(text)
    others = [alias.text for alias in aliases(known["others"], is_person=False)] if known else []
    name = clean(known["name"] if known else text)
    english, slash, french = re.sub(r"\([^()]*\)", lambda match: match[0].replace("/", "\0"), name).partition("/")
    return [clean(part.replace("\0", "/")) for part in (english, french) if slash and part.strip()] + others if slash else [name, *others]


def _within(draft: Draft, name: str) -> None:
    for printed in printed_names(name):
        draft.name(printed.text, "weak" if printed.is_abbreviation else "strong")


def _dated(publication: Publication, draft: Draft, text: str | None) -> None:
    if text is None:
        return
    if draft.kind != "person":
        draft.remark(f"{'built' if draft.kind == 'vessel' else 'founded'}: {text}")
        return
    for part in re.split(r"\s+or\s+", text, flags=re.IGNORECASE):
        born = dates.birth_date(part)
        draft.birth_date(born)
        if born is None:
            publication.note(f"date of birth '{part}' is not read: kept as a remark")
            draft.remark(f"date of birth: {part}")
