"""The licence files that the British licensing systems and customs exchange (LITE and SPIRE with CHIEF): licences granted, and their use.

A flat file has a record a line, its fields parted by backslashes, its number in front. ``licenceData`` grants, replaces and cancels;
``usageData`` tells what declarations used. What LITE sends is the same as JSON. Not read: restrictions beyond their text, addresses,
the line-by-line usage records (the line itself carries their sum), import origins and country groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

_DIRECTIONS = {"E": "export; reexport", "I": "import"}
_STATUS = {"insert": "active", "replace": "active", "cancel": "revoked"}
_UNREAD = frozenset({"usage", "fileTrailer"})
_LICENSING = {"jurisdiction": "UK", "authority": "Export Control Joint Unit"}


class ExchangeLine(NamedTuple):
    """A line of a licence, or of its use, in the columns of a register; or why it cannot be read."""

    row: int
    fields: Mapping[str, str]
    fault: str | None = None
    is_usage: bool = False


def is_exchange(text: str) -> bool:
    """Whether a text begins as a flat file of the exchange does."""
    first = text.partition("\n")[0].split("\\")
    return len(first) > 4 and first[0].isdigit() and first[1] == "fileHeader"


def is_payload(found: Any) -> bool:
    """Whether a JSON document is a licence as LITE sends it."""
    return isinstance(found, dict) and isinstance(found.get("licence"), dict) and "reference" in found["licence"]


def lines_of(text: str) -> Iterator[ExchangeLine]:
    """The licence lines, usage lines and faults of a flat file, in order."""
    rows = [line.split("\\") for line in text.splitlines() if line.strip()]
    kind = rows[0][4] if len(rows[0]) > 4 else ""
    if kind not in ("licenceData", "usageData"):
        yield ExchangeLine(1, {}, f"is a '{kind}', which holds no licence; give the licenceData or usageData file")
        return
    current: dict[str, str] = {}
    begun, is_open = 0, False
    for number, cells in enumerate(rows[1:], 2):
        record, fields = (cells[1], cells[2:]) if len(cells) > 1 else ("", [])
        if record in ("licence", "licenceUsage"):
            if len(fields) < 3:
                yield ExchangeLine(number, {}, f"is a {record} record of {len(fields)} fields")
                current = {}
                continue
            current, begun, is_open = _licence(fields) if record == "licence" else {"number": _at(fields, 2)}, number, True
        elif record == "trader":
            current |= {"exporter_id": _at(fields, 1), "exporter": _at(fields, 4)}
        elif record == "country":
            if _at(fields, 2) == "D" and _at(fields, 0):
                current["destinations"] = "; ".join(filter(None, (current.get("destinations"), _at(fields, 0))))
        elif record == "foreignTrader":
            current["end_user"] = _at(fields, 0)
        elif record == "restrictions":
            current["conditions"] = _at(fields, 0)
        elif record == "line":
            yield from _line(number, fields, current, is_usage=kind == "usageData")
            is_open = False
        elif record == "end":
            if _at(fields, 0) == "licence" and is_open:
                yield ExchangeLine(begun, dict(current))  # a licence cancelled, or of no lines
            if _at(fields, 0) in ("licence", "licenceUsage"):
                current, is_open = {}, False
        elif record not in _UNREAD:
            yield ExchangeLine(number, {"number": current["number"]} if current else {}, f"unknown record '{record}'")


def payload_lines(licence: Mapping[str, Any]) -> Iterator[ExchangeLine]:
    """The lines of a licence as LITE sends it."""
    organisation, end_user = licence.get("organisation") or {}, licence.get("end_user") or {}
    shared = {
        **_LICENSING,
        "number": str(licence["reference"]),
        "type": str(licence.get("type") or ""),
        "status": _STATUS.get(str(licence.get("action", "insert")), "?"),
        "operations": _DIRECTIONS["E"],
        "valid_from": str(licence.get("start_date") or ""),
        "valid_to": str(licence.get("end_date") or ""),
        "exporter": str(organisation.get("name") or ""),
        "exporter_id": str(organisation.get("eori_number") or ""),
        "end_user": str(end_user.get("name") or ""),
        "destinations": "; ".join(str(country.get("id") or "") for country in _countries(licence, end_user)),
    }
    for number, good in enumerate(licence.get("goods") or [{}], 1):
        name, text = str(good.get("name") or ""), str(good.get("description") or "")
        amount = {"quantity": str(good["quantity"]), "unit": str(good.get("unit") or "")} if good.get("quantity") else {}
        yield ExchangeLine(number, {**shared, "line": str(number), "description": " ".join(filter(None, (name, text))), **amount})


def _countries(licence: Mapping[str, Any], end_user: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Those of an open licence; of another the end user's."""
    own = (end_user.get("address") or {}).get("country")
    return licence.get("countries") or ([own] if own else [])


def _licence(fields: Sequence[str]) -> dict[str, str]:
    """transaction, action, number, type, direction, first and last day."""
    return {
        **_LICENSING,
        "number": _at(fields, 2),
        "type": _at(fields, 3),
        "status": _STATUS.get(_at(fields, 1), "?"),
        "operations": _DIRECTIONS.get(_at(fields, 4), ""),
        "valid_from": _at(fields, 5),
        "valid_to": _at(fields, 6),
    }


def _line(number: int, fields: Sequence[str], current: Mapping[str, str], *, is_usage: bool) -> Iterator[ExchangeLine]:
    """number, commodity, three of no use here, goods, controlled by, currency, unit, value, quantity; of usage number, quantity, value."""
    if not current:
        yield ExchangeLine(number, {}, "is a line of no licence")
    elif is_usage:
        used = {"line": _at(fields, 0), "used_quantity": _at(fields, 1), "used_value": _at(fields, 2)}
        yield ExchangeLine(number, {**current, **used}, None, True)
    elif len(fields) < 7 or not fields[0].isdigit() or fields[6] not in ("Q", "V", "B", "O"):
        yield ExchangeLine(number, dict(current), "is a line record that does not say what it is controlled by (Q, V, B or O)")
    else:
        counted, valued = fields[6] in ("Q", "B"), fields[6] in ("V", "B")
        yield ExchangeLine(
            number,
            {
                **current,
                "line": fields[0],
                "hs_code": fields[1],
                "description": fields[5],
                **({"quantity": _at(fields, 10), "unit": _at(fields, 8)} if counted else {}),
                **({"value": _at(fields, 9), "currency": _at(fields, 7)} if valued else {}),
            },
        )


def _at(fields: Sequence[str], position: int) -> str:
    return fields[position].strip() if position < len(fields) else ""
