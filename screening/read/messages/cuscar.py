"""CUSCAR, the cargo manifest of UN/EDIFACT: a header, consignments that begin with CNI, and goods items that begin with GID.

A consignment is the declaration; its number is that of the bill of lading. Directory D.96B.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.read.messages.edifact import Message
from screening.read.messages.edifact_segments import apply, settle
from screening.read.messages.record import Budget, Record

NAME = "cuscar"
_DAYS = ("132", "178", "136", "133", "137")
_DESTINATIONS = ("28", "36", "20", "8", "7", "11", "60")
# Cargo declared at departure (1001); every other manifest is of an arrival.
_DEPARTURE = ("833", "845")


def read(message: Message, stem: str) -> Iterator[dict[str, Any]]:
    """The goods items of every consignment; a consignment without one is an item itself."""
    header, budget = Record(), Budget()
    consignments: list[tuple[Record, list[Record]]] = []
    target = header
    for segment in message.segments:
        match segment.tag:
            case "BGM":
                header.put("_manifest", segment.text(2))
                header.put("operation", "export" if segment.text(1) in _DEPARTURE else "import")
            case "CNI":
                consignments.append((target := Record(), []))
                target.put("_consignment", segment.text(2))
            case "GID":
                if not consignments:
                    consignments.append((Record(), []))
                consignments[-1][1].append(target := Record())
                target.put("item_number", segment.text(1))
                for package in segment.elements[2:]:
                    target.carry("GID", " ".join(filter(None, package)))
            case "EQD":
                # The list of equipment stands behind the last consignment and is of the whole manifest.
                target = header
                apply(header, segment, message.decimal)
            case _:
                apply(target, segment, message.decimal)
    for number, (consignment, items) in enumerate(consignments or [(Record(), [])], 1):
        for position, item in enumerate(items or [Record()], 1):
            record = item.under(consignment).under(header)
            budget.spend(record)
            settle(record, _DAYS, _DESTINATIONS)
            bill = record.first("_bill", "_consignment", "_declaration")
            manifest = record.first("_manifest")
            record.put("declaration_id", bill or (f"{manifest or stem}:{number}"))
            record.carry("BGM", manifest or "")
            record.fields.setdefault("item_number", {str(position): None})
            yield record.as_dict(NAME)
