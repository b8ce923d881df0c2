"""HS links as hints: a declared code says that a listed good may be declared under it, and no more."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from screening.goods.candidates import CANDIDATE, CRITERION, HINT_SCORE
from screening.goods.catalogue import Catalogue
from screening.goods.coverage import depth_of

_LINK = {"hs": pl.String, "list": pl.String, "code": pl.String, "title": pl.String, "confidence": pl.String, "coverage": pl.String}


class HsHints:
    """The HS links of all goods lists. Links of confidence ``candidate`` are too wide to be shown."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows = [
            (link.code, answering.list_id, answering.entry.code, answering.entry.title, link.confidence, depth_of(answering, catalogue))
            for node in catalogue.nodes.values()
            for link in node.entry.hs
            if link.confidence != "candidate"
            for answering in catalogue.known_to[node.key]
        ]
        self._links = pl.DataFrame(rows, schema=_LINK, orient="row").unique(["hs", "list", "code"], maintain_order=True)

    def of(self, items: pl.DataFrame, candidates: pl.DataFrame, lists: Iterable[str]) -> pl.DataFrame:
        """Hints for the HS codes of ``items`` in ``lists``: CANDIDATE columns, none under a heading that is a candidate already."""
        coded = items.select("item", "hs_code").drop_nulls()
        if coded.is_empty():
            return pl.DataFrame(schema=CANDIDATE)
        links = self._links.filter(pl.col("list").is_in(list(lists)))
        heading = pl.col("code").str.slice(0, 5)
        hints = pl.concat(
            coded.with_columns(hs=pl.col("hs_code").str.slice(0, width)).filter(pl.col("hs").str.len_chars() == width).join(links, on="hs")
            for width in (2, 4, 6)
        ).unique(["item", "list", "code"], maintain_order=True)
        hints = hints.with_columns(heading=heading).join(
            candidates.select("item", "list", heading=heading).unique(), on=["item", "list", "heading"], how="anti"
        )
        evidence = pl.struct(
            field=pl.lit("hs_code"),
            start=pl.lit(-1, pl.Int64),
            end=pl.lit(-1, pl.Int64),
            declared=pl.col("hs_code"),
            listed="hs",
            comparison=pl.format("hs_{}", "confidence"),
            score=pl.lit(HINT_SCORE),
        )
        nothing = pl.lit([], pl.List(pl.String))
        return hints.select(
            "item", "list", "code", "title",
            score=pl.lit(HINT_SCORE), status=pl.lit("hint"), criteria=pl.lit([], pl.List(CRITERION)), evidence=pl.concat_list(evidence),
            equal=nothing, why=nothing, coverage="coverage", questions=nothing, regimes=nothing, marks=nothing, reasons=nothing,
            concentration=pl.lit(None, pl.Float64), consumer_packed=pl.lit(False), near_limit=pl.lit(None, pl.Float64),
            since=pl.lit(None, pl.Date), until=pl.lit(None, pl.Date),
        )  # fmt: skip
