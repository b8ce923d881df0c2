"""Annex I to Regulation (EU) 2021/821 as a table of its lines, each with the path it is printed under.

The law is published at https://eur-lex.europa.eu/eli/reg/2021/821 as running text; this is the table that is made of it: ``path`` and
``text``, and where they are there ``entry``, ``depth``, ``kind``, ``is_decontrol`` and ``has_parameter``, which are proved against the
two. The file states no edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, Fields
from control_lists.importers.headed_rows import has_columns, headed_rows
from control_lists.importers.publication import Publication
from control_lists.texts import Paragraph

SOURCE = "EU Annex I provisions"
LIST = "eu-dual-use"

_PLAIN = ("path", "text")
_WHOLE = ("entry", "path", "depth", "kind", "is_decontrol", "has_parameter", "text")
_PATH = re.compile(r"\d[A-E]\d{3}(?:\.(?:[a-z]{1,2}|\d{1,3}))*")
_KINDS = ("provision", "note", "technical_note", "nb")
_PRINTED = (("note", "Note"), ("technical_note", "Technical Note"), ("nb", "N.B."))


def recognises(publication: Publication) -> bool:
    """A first line that names the columns path and text, and none that is strange."""
    first = publication.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    named = {cell.strip().strip('"') for cell in first.split(",")}
    return has_columns(publication, *_PLAIN) and named <= set(_WHOLE)


def read(publication: Publication) -> Iterator[Paragraph]:
    """Every line in the order of the file; raises SourceFormatError where a code's heading is missing or a category is."""
    seen: set[str] = set()
    for row in headed_rows(publication, _WHOLE, _PLAIN):
        line = _line(row)
        # An entry without its heading is one of a file that was cut or put together.
        if (head := line.code[:5]) != line.code and head not in seen:
            raise SourceFormatError(f"{row.where}: {line.code} stands before its heading {head}; the file is cut or out of order")
        seen.add(line.code)
        yield line
    if missing := [digit for digit in "0123456789" if not any(code[0] == digit for code in seen)]:
        raise SourceFormatError(f"{publication.name}: holds nothing of category {', '.join(missing)}; the file is cut, download it again")


def _line(row: Fields) -> Paragraph:
    path, text = row.need("path"), row.need("text")
    if not _PATH.fullmatch(path):
        raise SourceFormatError(f"{row.where}: path '{path[:40]}' is no code of Annex I; {CHANGED}")
    kind = row.optional("kind") or next((kind for kind, word in _PRINTED if text.startswith(word)), "provision")
    if kind not in _KINDS:
        raise SourceFormatError(f"{row.where}: kind '{kind[:40]}' is not one of {', '.join(_KINDS)}; {CHANGED}")
    stated = {"entry": path[:5], "depth": str(path.count("."))}
    for column, expected in stated.items():
        if (found := row.optional(column)) not in (None, expected):
            raise SourceFormatError(f"{row.where}: {column} is '{found}' and the path {path}; the row is damaged, download the file again")
    row.ignore("is_decontrol", "has_parameter")
    row.done()
    return Paragraph(LIST, path, kind, text)
