"""Office of Financial Sanctions Implementation (HM Treasury): consolidated list of financial sanctions targets, CSV and XLSX.

https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv and ConList.xlsx, closed on 2026-01-28. The first row holds
``Last Updated`` and the day of the file, the second the header: 36 columns, or 29 before 2018 in Windows-1252. Rows are sorted by
name, so a party's rows lie apart and the whole file is read before the first party is given.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from control_lists.importers import dates
from control_lists.importers.fields import Fields, require_header
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.importers.tables import Row, csv_rows, sheet_rows
from control_lists.importers.uk_ofsi_targets import Targets

SOURCE = "uk_ofsi_conlist"
_NAMES = ("Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title")
_ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country")
_COLUMNS = (
    *_NAMES, "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth",
    "Nationality", "Passport Number", "Passport Details", "National Identification Number", "National Identification Details", "Position",
    *_ADDRESS, "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
)  # fmt: skip
_COLUMNS_2016 = (
    *_NAMES, "DOB", "Town of Birth", "Country of Birth", "Nationality", "Passport Details", "NI Number", "Position", *_ADDRESS,
    "Other Information", "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID",
)  # fmt: skip
_HEAD = re.compile(rb'^(?:\xef\xbb\xbf)?"?Last Updated"?,[^\r\n]*\r?\n"?Name 6"?,"?Name 1"?,')


def recognises(publication: Publication) -> bool:
    """A CSV by its first two rows; a workbook, whose content is packed, by its name."""
    if publication.head[:4] == b"PK\x03\x04":
        return publication.plain_name.endswith(".xlsx") and "conlist" in publication.plain_name
    return _HEAD.match(publication.head) is not None


def read(publication: Publication) -> Iterator[Listing]:
    """Every party of the file."""
    is_workbook = publication.head[:4] == b"PK\x03\x04"
    rows = sheet_rows(publication) if is_workbook else csv_rows(publication, encoding=_encoding(publication))
    _edition(publication, next(rows, None))
    header = next(rows, None)
    if header is None:
        raise publication.error("", "the file ends before its header; it is cut, download it again")
    columns = tuple(cell.strip() for cell in header.cells)
    require_header(publication.name, columns, _COLUMNS, _COLUMNS_2016)
    targets = Targets(publication)
    for row in rows:
        place = f"{publication.name}: row {row.number}"
        if len(row.cells) != len(columns):
            raise publication.error(
                f"row {row.number}", f"{len(row.cells)} cells instead of {len(columns)}; the file is cut or damaged, download it again"
            )
        targets.add(Fields(place, dict(zip(columns, row.cells, strict=True))))
    yield from targets.listings()


def _edition(publication: Publication, first: Row | None) -> None:
    cells = [cell.strip() for cell in first.cells if cell.strip()] if first is not None else []
    publication.edition = dates.day(cells[1]) if len(cells) == 2 and cells[0] == "Last Updated" else None
    if publication.edition is None:
        raise publication.error("row 1", "does not hold 'Last Updated' and a day")


def _encoding(publication: Publication) -> str:
    """UTF-8, or Windows-1252 where the old form is not UTF-8; the file must end with its last row.

    A row ends with the group's number: cut within it, the row would look whole and be another party's.
    """
    decoder, encoding, end = codecs.getincrementaldecoder("utf-8")(), "utf-8-sig", b"\n"
    with publication.open() as stream:
        while chunk := stream.read(1 << 20):
            end = chunk[-1:]
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                encoding = "cp1252"
                decoder.reset()
    if end != b"\n":
        raise publication.error("", "the last row has no end; the file is cut, download it again")
    return "utf-8-sig" if b"Alias Quality" in publication.head else encoding
