"""Declared texts cut at the spans that evidence rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

TEXTS = ("description", "marks", "remarks", "end_use")


class Piece(NamedTuple):
    """A piece of a declared text; ``found`` says what it was compared with, empty where nothing rests on it."""

    text: str
    found: str


class Declared(NamedTuple):
    """A declared field with its text in pieces; ``role`` of a party's name."""

    field: str
    pieces: list[Piece]
    role: str = ""


def declared_texts(determination: Mapping[str, Any], declared: Mapping[str, Any] | None) -> list[Declared]:
    """What was declared of an item, field by field, with the evidence of its determination marked."""
    item = (declared or {}).get("item") or determination
    spans = list(_spans(determination))
    texts = [Declared(field, marked(item[field], _of(spans, field))) for field in TEXTS if item.get(field)]
    parties = (declared or {}).get("parties") or [
        {"role": role, "name": name} for role, name in dict.fromkeys((m["role"], m["name"]) for m in determination["party_matches"] or ())
    ]
    for party in parties:
        if party.get("name"):
            pieces = marked(party["name"], _of(spans, f"parties.{party['role']}"))
            where = "; ".join(str(party[name]) for name in ("address", "country") if party.get(name))
            texts.append(Declared("party", pieces + ([Piece(f"; {where}", "")] if where else []), party["role"]))
    return texts


def marked(text: str, spans: Iterable[Mapping[str, Any]]) -> list[Piece]:
    """The text cut where spans begin and end. Spans that do not hold the words they say are left out.

    >>> marked("ball valve, steel", [{"start": 0, "end": 10, "declared": "ball valve", "listed": "valve"}])
    [Piece(text='ball valve', found='valve'), Piece(text=', steel', found='')]
    """
    pieces: list[Piece] = []
    at = 0
    for span in sorted(spans, key=lambda one: (one["start"], -one["end"])):
        start, end = span["start"], span["end"]
        if start < at or end <= start or text[start:end] != span["declared"]:
            continue
        if start > at:
            pieces.append(Piece(text[at:start], ""))
        pieces.append(Piece(text[start:end], span["listed"] or span.get("comparison") or ""))
        at = end
    return pieces + ([Piece(text[at:], "")] if at < len(text) else [])


def _spans(determination: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for kind in ("reasons", "candidates"):
        for one in determination[kind] or ():
            yield from (span for span in one.get("evidence") or () if span.get("start") is not None and span.get("end") is not None)


def _of(spans: Sequence[Mapping[str, Any]], field: str) -> list[Mapping[str, Any]]:
    return [span for span in spans if span["field"] == field]
