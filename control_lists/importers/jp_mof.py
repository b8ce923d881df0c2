"""Japan: persons and organisations whose assets are frozen (資産凍結等対象者一覧), Ministry of Finance.

https://www.mof.go.jp/policy/international_policy/gaitame_kawase/gaitame/economic_sanctions/list.html
Two forms. Until mid-2026 a workbook (``shisantouketsuYYYYMMDD.xlsx``): the sheet 一覧 is an index, then one sheet for each regime, each
with its own columns under one to five rows of title and notes; the header is the row with a cell 告示番号. Since then one CSV with 32
columns, its regimes by number only, its other names separated by semicolons.

Decisions. An id is the source's own key: three digits of the sheet and six of the notice number (``014-000022``), which the CSV prints
and the workbook implies; the ministry renumbers sheets when it inserts one. A deleted entry (2011.11.18削除) keeps its number only and is
skipped. A sheet of a lifted regime 【解除】 holds no entries and is skipped. A row without a number continues the entry above it. Whether
an entry of a sheet of both kinds is a person is told by the columns that only persons have filled, if only with 不明 (unknown).
Sheet and notice number say where else a party stands (``2(*39)``, ``#22``): kept as a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED
from control_lists.importers.japanese_names import UNKNOWN
from control_lists.importers.jp_mof_party import Entry, PartyReader
from control_lists.importers.jp_mof_tables import COLUMNS, SHEETS, Regime, regime_of_title, sheet_title, squeezed
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import Row, csv_rows, sheet_names, sheet_rows

SOURCE = "Japan MOF asset-freeze list"
LIST = "jp-mof"
_INDEX = "一覧"
_CSV_START = "区分,番号,告示日付,告示番号"
_NAMED_DAY = re.compile(r"shisantouketsu(\d{8})")


def recognises(publication: Publication) -> bool:
    """A CSV by its header, a workbook by the title of a sheet."""
    if publication.head[:4] == b"PK\x03\x04":
        if not publication.plain_name.endswith(".xlsx"):
            return False
        try:
            names = sheet_names(publication)
        except SourceFormatError:
            return False
        return any(regime_of_title(sheet_title(name)[1]) is not None for name in names)
    return publication.head[:200].decode("utf-8-sig", "replace").replace('"', "").startswith(_CSV_START)


def read(publication: Publication) -> Iterator[Listing]:
    """Every party that is listed now, in the order of the file; a notice number that stands twice on a sheet is an error."""
    if day := _NAMED_DAY.search(publication.plain_name):
        publication.edition = datetime.strptime(day[1], "%Y%m%d").date()
    entries = _workbook(publication) if publication.head[:2] == b"PK" else _csv(publication)
    reader = PartyReader(publication)
    seen: set[str] = set()
    for entry in entries:
        if not entry.is_named:
            if "削除" not in "".join(entry.texts("notices")):
                publication.note(f"{entry.where}: the entry has neither a name nor the mark of a deleted one (削除): skipped")
            continue
        party = reader.read(entry)
        if party.id in seen:
            raise publication.error(entry.where, f"the number {party.id} stands twice")
        seen.add(party.id)
        yield Listing(LIST, party.entity())


def _csv(publication: Publication) -> Iterator[Entry]:
    rows = csv_rows(publication)
    header = next(rows)
    meanings = _meanings(publication, "row 1", header.cells)
    for row in rows:
        where = f"row {row.number}"
        if not any(cell.strip() for cell in row.cells):
            continue
        if len(row.cells) != len(header.cells):
            raise publication.error(where, f"{len(row.cells)} cells instead of {len(header.cells)}; the file is cut, download it again")
        if list(row.cells) == list(header.cells):
            raise publication.error(where, "the header stands again; the file was joined, download it again")
        cells = _filled(meanings, row.cells)
        number = next((text.strip() for meaning, text in cells if meaning == "sheet"), "")
        regime = SHEETS[int(number)][1] if number.isdigit() and int(number) in SHEETS else None
        if regime is None:
            publication.note(f"the regime number '{number}' is not known: imported as JP-MOF-{number}")
            regime = Regime(number or "UNKNOWN", None)
        yield Entry(where, number, regime, cells)


def _workbook(publication: Publication) -> Iterator[Entry]:
    names = sheet_names(publication)
    numbers = {sheet_title(name)[0] for name in names}
    for row in sheet_rows(publication, _INDEX) if _INDEX in names else ():
        if row.cells and row.cells[0].isdigit() and int(row.cells[0]) not in numbers:
            raise publication.error(_INDEX, f"sheet {row.cells[0]} of the index is missing; the file is cut, download it again")
    for name in names:
        if name.strip() != _INDEX and "【解除】" not in name:
            yield from _sheet(publication, name)


def _sheet(publication: Publication, name: str) -> Iterator[Entry]:
    number, title = sheet_title(name)
    regime = regime_of_title(title)
    if regime is None:
        publication.note(f"the sheet '{name.strip()}' is not known: imported as JP-MOF-{title}")
        regime = Regime(title, None)
    rows = sheet_rows(publication, name)
    header = next((row for row in rows if "告示番号" in (squeezed(cell) for cell in row.cells)), None)
    if header is None:
        raise publication.error(name.strip(), f"no row with 告示番号; {CHANGED}")
    meanings = _meanings(publication, f"{name.strip()}: row {header.number}", header.cells)
    entry: Entry | None = None
    for row in rows:
        cells = _filled(meanings, row.cells)
        where = f"{name.strip()}: row {row.number}"
        _check_unheaded(publication, where, meanings, row)
        if not cells:
            continue
        if any(meaning == "number" for meaning, _ in cells):
            if entry is not None:
                yield entry
            entry = Entry(where, str(number) if number is not None else title, regime, cells)
        elif entry is None:
            raise publication.error(where, "the first row has no notice number (告示番号)")
        else:
            entry = entry._replace(cells=[*entry.cells, *cells])
    if entry is not None:
        yield entry


def _meanings(publication: Publication, where: str, header: Sequence[str]) -> list[str | None]:
    """What each column means; None for one without a header."""
    unknown = [cell.strip() for cell in header if cell.strip() and squeezed(cell) not in COLUMNS]
    if unknown:
        raise publication.error(where, f"unmapped columns {unknown}; {CHANGED}")
    return [COLUMNS[squeezed(cell)] if cell.strip() else None for cell in header]


def _filled(meanings: Sequence[str | None], cells: Sequence[str]) -> list[tuple[str, str]]:
    return [(meaning, cell) for meaning, cell in zip(meanings, cells, strict=False) if meaning and cell.strip()]


def _check_unheaded(publication: Publication, where: str, meanings: Sequence[str | None], row: Row) -> None:
    for at, cell in enumerate(row.cells):
        if cell.strip() and cell.strip() not in UNKNOWN and (at >= len(meanings) or meanings[at] is None):
            raise publication.error(where, f"column {at + 1} has no header but the text '{cell.strip()[:40]}'; {CHANGED}")
