"""Rows of a delimited file with a header, as strict fields; a file that is cut or joined from two stops the import."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import Fields, require_header
from control_lists.importers.publication import Publication
from control_lists.importers.tables import csv_rows

_AGAIN = "download it again"


def headed_rows(publication: Publication, *headers: Sequence[str], delimiter: str = ",") -> Iterator[Fields]:
    """Each row by the names of its columns, blank rows left out.

    Raises SourceFormatError for a header that is none of ``headers``, one that stands a second time, a row of other cells than the header
    and a file that ends within a row.
    """
    header: list[str] = []
    number = 0
    for number, cells in csv_rows(publication, delimiter):
        where = f"{publication.name}: row {number}"
        named = [cell.strip() for cell in cells]
        if not header:
            header = named
            require_header(where, header, *headers)
        elif named == header:
            raise SourceFormatError(f"{where}: the header stands again, so that two downloads were joined or one began anew; {_AGAIN}")
        elif any(named):
            if len(cells) != len(header):
                raise SourceFormatError(f"{where}: {len(cells)} cells, {len(header)} are expected; the file is cut or damaged, {_AGAIN}")
            yield Fields(where, dict(zip(header, cells, strict=True)))
    if not header:
        raise SourceFormatError(f"{publication.name}: is empty; {_AGAIN}")
    _check_end(publication, number)


def has_columns(publication: Publication, *columns: str, delimiter: str = ",") -> bool:
    """Whether the first line of a file names these columns."""
    first = publication.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    try:
        cells = next(csv.reader([first.strip("\r")], delimiter=delimiter), [])
    except csv.Error:
        return False
    return set(columns) <= {cell.strip() for cell in cells}


def _check_end(publication: Publication, number: int) -> None:
    """Tell of a last line without its end; raise where it stops inside quotation marks."""
    last, quotes = b"", 0
    with publication.open() as stream:
        while chunk := stream.read(1 << 20):
            last, quotes = chunk, quotes + chunk.count(b'"')
    if last.endswith((b"\n", b"\r")):
        return
    if quotes % 2:
        raise SourceFormatError(f"{publication.name}: row {number}: ends within a cell; the file is cut, {_AGAIN}")
    publication.note("the last line has no end: the file may be cut")
