"""What the stages before found, gathered for deciding: each different route, candidate, party match and document once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import polars as pl

from screening.decide import subjects
from screening.decide.alike import Said
from screening.decide.rows import Mask, Places, Rows, Shared, shared
from screening.licences.records import CHECK

GOODS_FIELDS = ("description", "tariff_text", "hs_code", "cas_number", "control_code")
DECLARES_GOODS = pl.any_horizontal(pl.col(*GOODS_FIELDS).is_not_null())


class Matches(NamedTuple):
    """What the goods and parties stages and the check of documents found, beside the declarations they were found in."""

    items: pl.DataFrame
    parties: pl.DataFrame
    candidates: pl.DataFrame
    party_matches: pl.DataFrame
    checked: pl.DataFrame | None = None  # the declared documents (CHECK), where a register of licences is held


class Matched(NamedTuple):
    """Candidates, party matches or documents checked: the different ones, and for each row which one it is and the place of its item."""

    contents: pl.DataFrame
    at: Places
    item: Places

    @classmethod
    def gathered(cls, found: pl.DataFrame, item: Places) -> Matched:
        """The rows of a stage's frame."""
        return cls(*shared(found.drop("item")), item)

    def of(self, items: Mask, contents: Mask | None = None) -> Matched:
        """Those of some items, and of some contents where these are given."""
        kept = items[self.item] if contents is None else items[self.item] & contents[self.at]
        return Matched(self.contents, self.at[kept], self.item[kept])

    def lists(self, items: Places, shown: pl.Struct, most: int) -> pl.Series:
        """What is shown of the candidates or matches of each of the items, ``most`` of them, after an empty list for all others."""
        nothing = pl.Series("one", [[]], dtype=pl.List(shown))
        if not items.size:
            return nothing
        own = pl.DataFrame({"item": self.item, "at": self.at}).filter(pl.col("item").is_in(items.tolist()))
        structs = self.contents.select(pl.struct(*shown.to_schema())).to_series()
        told = own.with_columns(one=structs[own.get_column("at")]).group_by("item").agg(pl.col("one").head(most))
        listed = pl.DataFrame({"item": items}, schema={"item": pl.UInt32}).join(told, on="item", how="left", maintain_order="left")
        return pl.concat([nothing, listed.get_column("one")], rechunk=True)


class Gathered(NamedTuple):
    """All that is decided. An item's place is its row in ``movement``."""

    movement: pl.DataFrame
    routes: Shared
    declares_goods: Mask
    candidates: Matched
    party_matches: Matched
    checked: Matched
    is_checked: bool  # whether a register of licences is held
    place: Places  # by item number

    @classmethod
    def of(cls, matches: Matches) -> Gathered:
        """The gathered findings of a part."""
        movement = subjects.movements(matches.items, matches.parties)
        item = movement.get_column("item").to_numpy()
        place = np.zeros(int(item.max()) + 1 if item.size else 0, dtype=np.uint32)
        place[item] = np.arange(item.size, dtype=np.uint32)
        documents = pl.DataFrame(schema=CHECK) if matches.checked is None else matches.checked
        candidates, met, checked = (
            Matched.gathered(found, place[found.get_column("item").to_numpy()])
            for found in (matches.candidates, matches.party_matches, documents)
        )
        goods = matches.items.select(DECLARES_GOODS).to_series().to_numpy()
        routes = shared(movement.select(subjects.ROUTE))
        return cls(movement, routes, goods, candidates, met, checked, matches.checked is not None, place)

    def among(self, places: Places) -> Mask:
        """The items of these places."""
        mask = np.zeros(self.movement.height, dtype=np.bool_)
        mask[places] = True
        return mask

    def operating(self, operations: Iterable[str]) -> Mask:
        """The items of these operations."""
        known = self.routes.frame.select(pl.col("operation").is_in(list(operations)).fill_null(False))
        mask: Mask = known.to_series().to_numpy()[self.routes.at]
        return mask

    def presenting(self, items: Mask, codes: Iterable[str]) -> Said:
        """Which of the document codes some of the items present, where they present any."""
        if not self.routes.frame.get_column("document_codes").list.len().sum():
            return Said(np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32))
        presented = self.routes.frame.select(pl.col("document_codes").list.filter(pl.element().is_in(list(codes))))
        places = np.flatnonzero(items & (presented.to_series().list.len() > 0).to_numpy()[self.routes.at])
        return Said.of(places.astype(np.uint32), presented[self.routes.at[places]])

    def item_rows(self, items: Mask) -> Rows:
        """Items as a subject of rules."""
        places = np.flatnonzero(items).astype(np.uint32)
        return Rows(self.movement, places, (Shared(self.routes.frame, self.routes.at[places]),))

    def candidate_rows(self, found: Matched) -> Rows:
        """Goods candidates as a subject of rules. What a text merely resembles is shown to the officer; no rule is asked of it."""
        if not found.at.size:
            return Rows(self.movement, found.item)
        comparison = pl.col("evidence").list.first().struct.field("comparison")
        standing = found.contents.select(comparison.ne_missing("resembles")).to_series().to_numpy()
        return self._rows(found.of(self._all(), standing), subjects.candidate_facts(found.contents))

    def party_rows(self, met: Matched) -> Rows:
        """Party matches as a subject of rules. One that is excepted asks nothing."""
        if not met.at.size:
            return Rows(self.movement, met.item)
        standing = (met.contents.get_column("strength") != "excepted").to_numpy()
        return self._rows(met.of(self._all(), standing), subjects.party_facts(met.contents))

    def document_rows(self, checked: Matched) -> Rows:
        """Documents checked as a subject of rules."""
        return self._rows(checked, subjects.document_facts(checked.contents)) if checked.at.size else Rows(self.movement, checked.item)

    def _all(self) -> Mask:
        return np.ones(self.movement.height, dtype=np.bool_)

    def _rows(self, matched: Matched, facts: pl.DataFrame) -> Rows:
        used, at = np.unique(matched.at, return_inverse=True)
        routes = Shared(self.routes.frame, self.routes.at[matched.item])
        return Rows(self.movement, matched.item, (Shared(facts[used], at.astype(np.uint32)), routes), matched.at)
