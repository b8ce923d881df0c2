"""CUSDEC, the customs declaration of UN/EDIFACT: a header, goods items that begin with CST, and a summary.

Read by the generic meaning of the directory D.96B, and the export declaration that Australia makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.read.messages.edifact import Message
from screening.read.messages.edifact_segments import apply, settle
from screening.read.messages.record import Budget, Record

NAME = "cusdec"
# Document names (1001): goods declaration for exportation, importation, transit.
_OPERATIONS = {"830": "export", "832": "export", "929": "import", "914": "import", "950": "transit", "951": "transit"}
_DAYS = ("148", "137", "129", "182", "7")
_DESTINATIONS = ("28", "36", "20", "8")


def read(message: Message, stem: str) -> Iterator[dict[str, Any]]:
    """The goods items of a message, each with what the header and the summary say; a message without one is an item itself."""
    header, items, budget = Record(), [], Budget()
    target = header
    for segment in message.segments:
        if segment.tag == "BGM":
            header.put("_declaration", segment.text(2))
            header.put("operation", _OPERATIONS.get(segment.text(1) or "", segment.text(1, 3)))
            continue
        if segment.tag == "CST":
            items.append(target := Record())
        elif segment.tag == "UNS" and segment.text(1) == "S":
            target = header
        apply(target, segment, message.decimal)
    for number, item in enumerate(items or [Record()], 1):
        record = item.under(header)
        budget.spend(record)
        settle(record, _DAYS, _DESTINATIONS)
        record.put("declaration_id", record.first("_declaration") or stem)
        record.fields.setdefault("item_number", {str(number): None})
        record.fields.pop("_bill", None)
        yield record.as_dict(NAME)
