"""Records with nested parties, documents and attributes made into one part: flat columns beside long frames."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import polars as pl

from screening.read.attributes import pairs_in_text
from screening.read.columns import ColumnNames
from screening.read.contract import ATTRIBUTES, DOCUMENTS, PARTIES, ROLES, UNKNOWN_ROLE, RawPart, Reject
from screening.read.documents import documents_in_text
from screening.read.surrogates import as_text

# Beyond this many names the records are data used as keys: the rest is kept together in one column.
_MOST_COLUMNS = 1000
_OTHERS = "other fields"
_PARTY_KEYS = ("role", "name", "country", "address", "identifiers", "identifier", "id")


def raw_part(
    records: list[tuple[int, dict[str, Any]]], rejects: list[Reject], names: ColumnNames, reports: list[str] | None = None
) -> RawPart:
    """The part of these records; each comes with its row in the file. Half a surrogate pair, which is no text, reads as U+FFFD."""
    try:
        return _raw_part(records, rejects, names, reports)
    except UnicodeEncodeError:
        return _raw_part(as_text(records), rejects, names, reports)


def _raw_part(
    records: list[tuple[int, dict[str, Any]]], rejects: list[Reject], names: ColumnNames, reports: list[str] | None = None
) -> RawPart:
    columns: dict[str, list[str | None]] = {}
    parties: list[tuple[Any, ...]] = []
    documents: list[tuple[Any, ...]] = []
    attributes: list[tuple[int, str, str]] = []

    def put(row: int, column: str, value: str) -> None:
        cells = columns.get(column)
        if cells is None:
            if len(columns) >= _MOST_COLUMNS and column != _OTHERS:
                put(row, _OTHERS, f"{column}={value}")
                return
            cells = columns[column] = [None] * len(records)
        cells[row] = value if cells[row] is None else f"{cells[row]}; {value}"

    for row, (_, record) in enumerate(records):
        rank = 0
        for key, value in record.items():
            if value is None or value == [] or value == {}:
                continue
            kind = key.strip().lower()
            if kind == "parties" or (kind in ROLES and isinstance(value, (dict, list))):
                found, unread = _parties(value, names, UNKNOWN_ROLE if kind == "parties" else kind)
                parties += [(row, n, *party) for n, party in enumerate(found, rank)]
                rank += len(found)
                for text in unread:
                    put(row, "parties (other)", text)
            elif kind == "documents" and not isinstance(value, str):
                documents += [(row, *document) for document in _documents(value)]
            elif kind == "attributes" and not isinstance(value, str):
                attributes += [(row, *pair) for pair in _attributes(value)]
            else:
                put(row, key.replace("\0", "") or "column", plain(value))
    return RawPart(
        pl.DataFrame([pl.Series(name, cells, dtype=pl.String) for name, cells in columns.items()]),
        pl.Series("row", [number for number, _ in records], dtype=pl.Int64),
        len(records) + len(rejects),
        rejects,
        reports or [],
        pl.DataFrame(parties, schema=PARTIES, orient="row"),
        pl.DataFrame(documents, schema=DOCUMENTS, orient="row"),
        pl.DataFrame(attributes, schema=ATTRIBUTES, orient="row"),
    )


def parties_in_text(texts: pl.Series, names: ColumnNames) -> pl.DataFrame:
    """The parties of a flat ``parties`` column, in the PARTIES shape: nested JSON as text, or else a name without a role."""
    found: list[tuple[Any, ...]] = []
    for row, text in enumerate(texts):
        if text is not None:
            try:
                value = json.loads(text, parse_float=str, parse_int=str) if text[:1] in "[{" else text
            except (ValueError, RecursionError):
                value = text
            found += [(row, rank, *as_text(party)) for rank, party in enumerate(_parties(value, names, UNKNOWN_ROLE)[0])]
    return pl.DataFrame(found, schema=PARTIES, orient="row")


def plain(value: Any) -> str:
    """A value as text: lists of plain values joined, anything deeper as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else str(value)
    if isinstance(value, list) and not any(isinstance(piece, (list, dict)) for piece in value):
        return "; ".join(plain(piece) for piece in value if piece is not None)
    return json.dumps(value, ensure_ascii=False, default=str)


def _parties(value: Any, names: ColumnNames, role: str) -> tuple[list[tuple[str | None, ...]], list[str]]:
    """Role, name, country, address and identifiers of each party of a list, a mapping by role or one party; and what is left of them."""
    if isinstance(value, dict) and role == UNKNOWN_ROLE and not set(value) & set(_PARTY_KEYS):
        pairs = [_parties(party, names, key) for key, party in value.items() if party]
        return [party for parties, _ in pairs for party in parties], [text for _, texts in pairs for text in texts]
    found: list[tuple[str | None, ...]] = []
    unread: list[str] = []
    for party in value if isinstance(value, list) else [value]:
        if not isinstance(party, dict):
            party = {"name": party}
        declared = plain(party.get("role") or role)
        identifiers = [_identifiers(party[key]) for key in ("identifiers", "identifier", "id") if party.get(key)]
        texts = [plain(party[key]) if party.get(key) is not None else None for key in ("name", "country")]
        address = party.get("address")
        lines = address.values() if isinstance(address, dict) else address if isinstance(address, list) else [address]
        where = ", ".join(plain(line) for line in lines if line is not None) or None
        found.append((names.role(declared) or declared.strip().lower() or UNKNOWN_ROLE, *texts, where, ";".join(identifiers) or None))
        rest = {key: content for key, content in party.items() if key not in _PARTY_KEYS and content is not None}
        if rest:
            unread.append(json.dumps(rest, ensure_ascii=False, default=str))
    return found, unread


def _identifiers(value: Any) -> str:
    if isinstance(value, dict) and {"type", "value"} <= set(value):
        return f"{plain(value['type'])}:{plain(value['value'])}"
    if isinstance(value, dict):
        return ";".join(f"{key}:{plain(content)}" for key, content in value.items() if content is not None)
    return ";".join(_identifiers(piece) for piece in value if piece is not None) if isinstance(value, list) else plain(value)


def _documents(value: Any) -> Iterable[tuple[str | None, str | None, str | None]]:
    for document in value if isinstance(value, list) else [value]:
        if isinstance(document, dict):
            code, reference, day = (document.get(key) for key in ("code", "reference", "valid_until"))
            yield plain(code or ""), None if reference is None else plain(reference), None if day is None else plain(day)
        elif document is not None:
            for found in documents_in_text(plain(document)):
                yield found["code"], found["reference"], None


def _attributes(value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        value = [{"name": name, "value": content} for name, content in value.items()]
    for pair in value if isinstance(value, list) else [value]:
        if not isinstance(pair, dict) or "name" not in pair:
            yield from ((found["name"], found["value"]) for found in pairs_in_text(plain(pair)))
            continue
        content: Any = pair.get("value")
        unit: Any = pair.get("unit")
        if isinstance(content, dict):
            content, unit = content.get("value"), content.get("unit", unit)
        for single in content if isinstance(content, list) else [content]:
            if single is not None and plain(single).strip():
                yield plain(pair["name"]), f"{plain(single)} {plain(unit)}" if unit else plain(single)
