"""XML written record by record: one root, records within it, and no text that breaks out of its element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO, Any

from lxml import etree

# What XML 1.0 cannot carry in any spelling (section 2.2, Char); a declared text may hold it all the same.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, *content: Any, **attributes: Any) -> Any:
    """An element of texts, numbers and elements; None is left out, and so is an element of nothing: it is None.

    >>> etree.tostring(element("Party", element("Name", "A & B <Ltd>"), element("ID", None), role="buyer")).decode()
    '<Party role="buyer"><Name>A &amp; B &lt;Ltd&gt;</Name></Party>'
    """
    inside = [one for one in content if one is not None]
    if not inside:
        return None
    made = etree.Element(name, {key: legal(str(value)) for key, value in attributes.items() if value is not None})
    for one in inside:
        if isinstance(one, etree._Element):
            made.append(one)
        else:
            made.text = legal(str(one))
    return made


def legal(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot carry."""
    return _ILLEGAL.sub("\ufffd", text)


def write_records(out: IO[bytes], root: str, records: Iterable[Any], **attributes: Any) -> None:
    """A whole document on ``out``: the records, one at a time, in a root element."""
    with etree.xmlfile(out, encoding="utf-8") as document:
        document.write_declaration()
        with document.element(root, {key: legal(str(value)) for key, value in attributes.items() if value is not None}):
            document.write("\n")
            for record in records:
                document.write(record, pretty_print=True)
