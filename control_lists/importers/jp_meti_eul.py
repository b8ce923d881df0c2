"""Japan: Foreign End User List (外国ユーザーリスト), Ministry of Economy, Trade and Industry.

https://www.meti.go.jp/policy/anpo/law05.html
A workbook of one sheet (ユーザーリスト) since 2025: number, country, name, other names, type of weapon of mass destruction, and since
2025-09 conventional weapons; cells hold two languages on lines. Older editions are PDF only. The ministry's numbers run anew in each
edition, so an id is built from the country and the name. A name in Han letters stands in brackets under the Latin one and is another
name, as is an acronym in brackets behind it (weak: a few letters alone are no party). The file states neither its date nor a count;
its official name begins with the day (``20250929_4.xlsx``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from control_lists.importers.address_country import country_in
from control_lists.importers.draft import Draft, clean
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields, require_header
from control_lists.importers.japanese_names import NameReader, plain
from control_lists.importers.name_ids import name_id
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import Row, sheet_names, sheet_rows

SOURCE = "Japan METI Foreign End User List"
LIST = "jp-eul"
NUMBER, COUNTRY, NAME, OTHERS, TYPE, ARMS = (
    "No.", "Country or Region", "Company or Organization", "Also Known As", "Type of WMD", "Conventional Weapons",
)  # fmt: skip
HEADERS = ((NUMBER, COUNTRY, NAME, OTHERS, TYPE, ARMS), (NUMBER, COUNTRY, NAME, OTHERS, TYPE))
CITE = "Foreign Exchange and Foreign Trade Act art. 48; Export Trade Control Order art. 4(1); Foreign End User List"
_TYPES = {"B": "biological weapons", "C": "chemical weapons", "M": "missiles", "N": "nuclear weapons"}
_NAMED_DAY = re.compile(r"^(20\d{6})[_\d-]*\.")
# One name on two bulleted lines (edition of 2025-09-29); its first line alone is a legal form and would name every such company.
_BROKEN_LINES = {"・Акционерное общество \n・Рособоронэкспорт": "・Акционерное общество Рособоронэкспорт"}
# The one continued line without a bullet (edition of 2025-09-29); any other such line is a name of its own.
_CONTINUED = re.compile(r"\n(?=Mashinostroeniya$)", re.M)


def recognises(publication: Publication) -> bool:
    """A workbook whose sheet is called the user list, or whose one sheet has the list's header."""
    if publication.head[:4] != b"PK\x03\x04" or not publication.plain_name.endswith(".xlsx"):
        return False
    try:
        names = sheet_names(publication)
        if any("ユーザーリスト" in name or "End User List" in name for name in names):
            return True
        return len(names) == 1 and TYPE in _header(next(sheet_rows(publication), Row(1, ())).cells)
    except SourceFormatError:
        return False


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of the list, in its order; raises SourceFormatError for a column, country or type that is not known."""
    publication.edition = _day_of_name(publication)
    names = NameReader(lambda text: publication.countries.read(text).code is not None)
    sheet = next((name for name in sheet_names(publication) if "ユーザーリスト" in name or "End User List" in name), 0)
    rows = sheet_rows(publication, sheet)
    header: Sequence[str] | None = None
    ids: dict[str, int] = {}
    for row in rows:
        if header is None:  # lines of title may come before the header
            found = _header(row.cells)
            if TYPE in found:
                header = found
                require_header(f"{publication.name}: row {row.number}", [cell for cell in found if cell], *HEADERS)
            continue
        if not any(cell.strip() for cell in row.cells):
            continue
        yield Listing(LIST, _party(publication, names, ids, row, header).entity())
    if header is None:
        raise publication.error("", f"no row with the column '{TYPE}'; {CHANGED}")


def _party(publication: Publication, names: NameReader, ids: dict[str, int], row: Row, header: Sequence[str]) -> Draft:
    fields = Fields(f"{publication.name}: row {row.number}", dict(zip(header, row.cells, strict=True)))
    fields.ignore("")  # a column without a header; what stands in it is told below
    if stray := [cell for title, cell in zip(header, row.cells, strict=True) if not title and cell.strip()]:
        raise publication.error(f"row {row.number}", f"a column without a header holds {stray}; {CHANGED}")
    fields.take(NUMBER)  # a running number of this edition
    country = plain(fields.need(COUNTRY))
    listed = names.one(fields.need(NAME))
    code = publication.countries.read(country.split("\n")[-1]).code or country_in(publication.countries, country)
    if code is None:
        raise publication.error(f"row {row.number}", f"country '{clean(country)}' is not known")
    if not listed.names:
        raise publication.error(f"row {row.number}", "the party has no name")
    party_id = name_id("EUL", code, listed.names[0][0])
    ids[party_id] = ids.get(party_id, 0) + 1
    draft = Draft(publication, party_id if ids[party_id] == 1 else f"{party_id}-{ids[party_id]}", "organisation")
    draft.country(code)
    listed.into(draft)
    for other in _others(fields.take(OTHERS) or ""):
        names.one(other).into(draft)
    _programmes(publication, draft, row.number, fields.take(TYPE), fields.optional(ARMS))
    draft.cite(CITE)
    fields.done()
    return draft


def _others(text: str) -> Iterator[str]:
    """Other names: one on each line, most behind a bullet, some two behind bullets on one line."""
    for broken, whole in _BROKEN_LINES.items():
        text = text.replace(broken, whole)
    for line in _CONTINUED.sub(" ", text.replace("\r\n", "\n")).split("\n"):
        yield from (part for part in re.split(r"(?:^|(?<=\s))[・･]", line) if part.strip())


def _programmes(publication: Publication, draft: Draft, row: int, weapons: str | None, arms: str | None) -> None:
    """The types of concern: letters behind the Japanese words, separated by commas of any width."""
    text = plain(weapons or "")
    letters = re.findall(r"[A-Za-z]+", text)
    if unknown := [letter for letter in letters if letter not in _TYPES]:
        raise publication.error(f"row {row}", f"type of concern {unknown} is not one of {sorted(_TYPES)}; {CHANGED}")
    for letter in letters:
        draft.programme(f"JP-EUL-{letter}")
    if text and not letters:
        raise publication.error(f"row {row}", f"type of concern '{clean(text)}' has no letter of {sorted(_TYPES)}; {CHANGED}")
    if arms is not None:
        if "CW" not in plain(arms):
            raise publication.error(f"row {row}", f"'{clean(arms)}' is not the mark of conventional weapons (CW); {CHANGED}")
        draft.programme("JP-EUL-CW")
    concerns = [_TYPES[letter] for letter in letters] + (["conventional weapons"] if arms is not None else [])
    draft.remark(f"type of concern: {', '.join(concerns)} ({' '.join(clean(part) for part in (weapons, arms) if part)})")


def _header(cells: Sequence[str]) -> list[str]:
    """The English line of each header cell."""
    return [clean(plain(cell).strip().split("\n")[-1]) for cell in cells]


def _day_of_name(publication: Publication) -> date | None:
    named = _NAMED_DAY.match(publication.plain_name)
    try:
        return datetime.strptime(named[1], "%Y%m%d").date() if named else None
    except ValueError:
        return None
