"""The Commerce Control List: supplement no. 1 to 15 CFR part 774, as the XML of the eCFR.

Published at https://www.ecfr.gov/api/versioner/v1/full/{date}/title-15.xml?part=774 (or the supplement alone with ``&appendix=``). An entry
begins with its number in a paragraph of its own (FP-2); up to the line "Items:" stands what is required of it, behind it the paragraphs,
each with its whole label ("a.1.b."). A note belongs to the paragraph it is printed under. The file carries no date of its own, unless the
address in it was filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml.etree import _Element

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import CHANGED, local
from control_lists.importers.publication import Publication
from control_lists.importers.xml_stream import records, root_attributes
from control_lists.texts import Paragraph

SOURCE = "Commerce Control List (15 CFR part 774)"
LIST = "us-ccl"

_NUMBER = re.compile(r"Supplement No\. 1 to Part 774", re.IGNORECASE)
_DATED = re.compile(rb"/on/(\d{4}-\d\d-\d\d)/")
_ENTRY = re.compile(r"(\d[A-E]\d{3}|EAR99)\b")
_PART = r"(?:[a-z]{1,2}|\d{1,2})"
# "a. " and "a.1.b. "; the last point is left out here and there, which a label of several parts can bear.
_LABEL = re.compile(rf"({_PART}(?:\.{_PART})+)\.?(?=[\s(\[]|$)|({_PART})\.(?=[\s(\[]|$)")
_CATEGORY = re.compile(r"Category (\d)")
_GROUP = re.compile(r"([A-E])\. ")
_ANNEX = re.compile(r"Annex to|Technical Note on")
_ITEMS = re.compile(r"Items\s*:")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_NOTES = (("technical_note", "Technical Note"), ("nb", "N.B."))
_LINES = frozenset({"P", "FP", "FP-1", "FP-2", "NOTE", "EDNOTE", "FR", "PSPACE", "img"})
_HEADINGS = frozenset({"HD1", "HD2", "HD3"})
_IGNORED = frozenset({"HEAD", "CITA"})  # the title of the supplement; where its amendments were published


def recognises(publication: Publication) -> bool:
    """The whole part 774, or its first supplement."""
    name, attributes = root_attributes(publication.head)
    number = attributes.get("N", "")
    return (name == "DIV5" and number == "774") or (name == "DIV9" and _NUMBER.search(number) is not None)


def read(publication: Publication) -> Iterator[Paragraph]:
    """Every line in the order of the print; raises SourceFormatError where a category is missing or an entry stands twice."""
    dated = _DATED.search(publication.head)
    publication.edition = date.fromisoformat(dated[1].decode()) if dated else None
    entries: set[str] = set()
    with publication.open() as stream:
        for appendix in records(stream, publication.name, "DIV9"):
            if _NUMBER.search(f"{appendix.get('N') or ''} {appendix.findtext('HEAD') or ''}"):
                yield from _supplement(publication, appendix, entries)
    if missing := [digit for digit in "0123456789" if not any(entry[0] == digit for entry in entries)]:
        raise SourceFormatError(f"{publication.name}: holds no entry of category {', '.join(missing)}; the file is cut, download it again")


def _supplement(publication: Publication, appendix: _Element, entries: set[str]) -> Iterator[Paragraph]:
    category = entry = code = ""
    is_items = False
    for element in appendix:
        name = local(element)
        if name in _IGNORED:
            continue
        text = _text(element)
        if name in _HEADINGS:
            if found := _CATEGORY.match(text):
                category = code = found[1]
                entry, is_items = "", False
            elif found := _GROUP.match(text):
                code = f"{category}{found[1]}"
                entry, is_items = "", False
            elif _ANNEX.match(text):
                code, entry, is_items = f"{category} annex", "", False
            continue
        if name not in _LINES and name != "DIV":
            raise publication.error(f"line {element.sourceline}", f"<{name}> is not known here; {CHANGED}")
        if not text:
            continue
        if name == "FP-2" and (found := _ENTRY.match(text)):
            entry = code = found[1]
            if entry in entries and entry != "EAR99":
                raise publication.error(f"line {element.sourceline}", f"entry {entry} stands twice; the file is damaged or joined of two")
            entries.add(entry)
            is_items = False
            yield Paragraph(LIST, code, "provision", text)
        elif not code:
            raise publication.error(f"line {element.sourceline}", f"text stands before the first category; {CHANGED}")
        elif _ITEMS.match(text):
            is_items = True
            if rest := _ITEMS.sub("", text, count=1).strip():
                yield Paragraph(LIST, code, "provision", rest)
        elif name == "DIV":
            yield from (Paragraph(LIST, code, "requirements", row) for row in _rows(element))
        elif not is_items:
            yield Paragraph(LIST, code, "requirements" if entry else "note", text)
        elif name in ("NOTE", "EDNOTE"):
            yield Paragraph(LIST, code, next((kind for kind, word in _NOTES if text.startswith(word)), "note"), text)
        else:
            if name == "P" and (label := _LABEL.match(text)):
                code = f"{entry}.{label[1] or label[2]}"
                text = text[label.end() :].strip() or text
            yield Paragraph(LIST, code, "provision", text)


def _rows(table: _Element) -> Iterator[str]:
    """The rows of a table under its header, their cells between bars."""
    for row in table.iter("TR"):
        cells = [_text(cell) for cell in row.iter("TD")]
        if any(cells):
            yield " | ".join(cells)


def _text(element: _Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: _Element) -> Iterator[str]:
    """The words of an element, raised figures raised: the blank that the print puts before them is none of theirs."""
    words = element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            yield words
            words = child.tail or ""
            continue
        inner = "".join(_pieces(child))
        if local(child) in ("SU", "sup"):
            yield words.rstrip() + inner.strip().translate(_RAISED)
        else:
            yield words + (" " if local(child) in ("P", "FP-1", "FP", "HED", "br") and words.strip() == "" else "")
            yield inner
        words = child.tail or ""
    yield words
