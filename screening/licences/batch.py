"""The check of a whole batch, before anything is decided: one narrow pass over the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from control_lists.snapshot import Snapshot
from screening.goods.match import SITUATION, GoodsMatcher
from screening.licences.check import LicenceComparer
from screening.licences.claims import FACTS, DocumentCodes, claims_of
from screening.licences.draw import Judged, drawn_down
from screening.licences.register import Register, trade_units
from screening.policy import Policy
from screening.read import Declarations

_RECOGNISED = ("met", "declared", "needs_data")


class DocumentCheck:
    """Checks declared licences against a register. Opened once; keeps no balance between batches."""

    def __init__(self, snapshot: Snapshot, policy: Policy, register: Register, goods: GoodsMatcher) -> None:
        self._codes = DocumentCodes(snapshot.document_codes)
        self._comparer = LicenceComparer(snapshot.name_words, trade_units(snapshot), policy.name_threshold)
        self._register = register
        self._goods = goods
        self._lists = sorted({adopted.id for profile in snapshot.profiles.values() for adopted in profile.control_lists})
        self._names = snapshot.country_names

    def check(self, parts: Iterable[Declarations], as_of: date) -> pl.DataFrame:
        """The outcome of every claim of a batch (CHECK columns). ``item`` counts the items of the batch over its parts, from 0."""
        judged: list[Judged] = []
        begin = 0
        for part in parts:
            judged += self._judged(part, begin, as_of)
            begin += part.items.height
        return drawn_down(judged, lambda code: self._names.get(code, code))

    def _judged(self, part: Declarations, begin: int, as_of: date) -> Iterator[Judged]:
        claims = claims_of(part.items, self._codes, self._register)
        if claims.is_empty():
            return
        concerned = part.items.join(claims.select("item").unique(), on="item", how="semi", maintain_order="left")
        items = {row["item"]: row for row in concerned.select(*FACTS).with_columns(pl.col("declared_on").fill_null(as_of)).to_dicts()}
        parties = _grouped(part.parties.join(concerned.select("item"), on="item", how="semi", maintain_order="left"))
        codes = self._codes_of(concerned, as_of)
        for claim in claims.iter_rows(named=True):
            item = items[claim["item"]]
            licence = self._register.find(claim["reference"]) if claim["reference"] else None
            compared = None
            if licence is not None:
                compared = self._comparer.compare(claim, item, parties.get(claim["item"], ()), codes.get(claim["item"], ()), licence)
            place = (
                item["declared_on"], item["declaration_id"], item["item_number"], item["source_file"] or "", item["source_row"] or 0,
                begin + claim["item"], claim["document"],
            )  # fmt: skip
            yield Judged(place, begin + claim["item"], claim, licence, compared)

    def _codes_of(self, items: pl.DataFrame, as_of: date) -> dict[int, list[str]]:
        """The control codes that items are recognised under; goods that are declared alike are recognised once."""
        alike = items.with_columns(goods=pl.struct(*SITUATION, "attributes").struct.json_encode())
        firsts = alike.unique("goods", keep="first", maintain_order=True)
        found = self._goods.match(firsts.drop("goods"), self._lists, as_of).filter(pl.col("status").is_in(_RECOGNISED))
        codes = found.group_by("item").agg(codes=pl.col("code").unique().sort())
        told = firsts.select("goods", "item").join(codes, on="item").drop("item")
        return dict(alike.select("item", "goods").join(told, on="goods").select("item", "codes").iter_rows())


def of_part(checked: pl.DataFrame, begin: int, height: int) -> pl.DataFrame:
    """The outcomes of one part of a batch, whose items begin at ``begin``, by the items' numbers in the part."""
    own = checked.filter(pl.col("item").is_between(begin, begin + height, closed="left"))
    return own.with_columns((pl.col("item") - begin).cast(pl.UInt32))


def _grouped(parties: pl.DataFrame) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for party in parties.iter_rows(named=True):
        found.setdefault(party["item"], []).append(party)
    return found
