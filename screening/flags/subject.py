"""What red flags are asked of: the items of one part with their parties, candidates, matches and carried facts, narrow and flat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from control_lists.snapshot import Snapshot
from screening.decide.predicates import Context
from screening.flags.tables import Tables
from screening.flags.unit_values import UsualValues

ROWS = (
    "item", "operation", "declared_on", "export_country", "destination_country", "origin_country", "transit_countries", "procedure_code",
    "transport_mode", "payment", "hs_code", "description", "marks", "remarks", "end_use", "un_number", "quantity", "unit", "net_mass_kg",
    "value", "currency",
)  # fmt: skip
CANDIDATES = ("item", "list", "code", "status", "regimes", "concentration", "near_limit")
MATCHES = ("item", "party", "role", "name", "list", "entity_id", "listed_name", "strength", "why", "evidence")
FACT = {"item": pl.UInt32, "fact": pl.String, "value": pl.String}
TOGETHER = {"item": pl.UInt32, "id": pl.String, "told": pl.String}
FOUND = {"item": pl.UInt32, "told": pl.String}


class Subject(NamedTuple):
    """One day's items. ``rows`` shrink as a flag's predicates are asked in turn; the rest is looked up by ``item``.

    ``facts``: carried columns and attributes that flags need beyond the contract, by name. ``together``: what was found over the
    whole batch (``flags/together.py``). ``usual``: learnt unit values.
    """

    rows: pl.DataFrame
    parties: pl.DataFrame
    candidates: pl.DataFrame
    matches: pl.DataFrame
    facts: pl.DataFrame
    together: pl.DataFrame
    usual: UsualValues
    tables: Tables
    context: Context
    stated: frozenset[str] = frozenset()  # names of the frames above that have rows, and of the columns of ``rows`` that tell something

    @property
    def snapshot(self) -> Snapshot:
        return self.context.snapshot

    def looked_over(self) -> Subject:
        """The subject with what is ``stated`` in it."""
        frames = {name for name in ("parties", "candidates", "matches", "facts", "together") if getattr(self, name).height}
        told = self.rows.select(
            (pl.col(name).list.len() > 0).any() if dtype == pl.List else pl.col(name).is_not_null().any()
            for name, dtype in self.rows.schema.items()
        )
        return self._replace(stated=frozenset(frames | {name for name, is_told in told.row(0, named=True).items() if is_told}))


def rows_of(items: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """The rows that predicates of rules and of flags are asked of: ROWS, ``document_codes`` and ``buyer_country``."""
    buyers = (
        parties.filter((pl.col("role") == "buyer") & pl.col("country").is_not_null())
        .unique("item", keep="first", maintain_order=True)
        .select("item", buyer_country="country")
    )
    return items.select(
        *ROWS, document_codes=pl.col("documents").list.eval(pl.element().struct.field("code").str.to_uppercase()).fill_null([])
    ).join(buyers, on="item", how="left", maintain_order="left")


def facts_of(items: pl.DataFrame, extra: pl.DataFrame, wanted: Iterable[str]) -> pl.DataFrame:
    """Carried columns and attributes of the ``wanted`` names as FACT rows; a column goes before an attribute of its name."""
    names = sorted(wanted)
    frames = [
        extra.select("item", fact=pl.lit(name), value=pl.col(name).cast(pl.String)).drop_nulls("value")
        for name in names
        if name in extra.columns
    ]
    described = items.filter(pl.col("attributes").list.len() > 0).select("item", "attributes")
    if described.height:
        attribute = pl.col("attributes").struct
        frames.append(
            described.explode("attributes")
            .select("item", fact=attribute.field("name"), value=attribute.field("value"))
            .filter(pl.col("fact").is_in(names) & pl.col("value").is_not_null())
        )
    whole = pl.concat(frames) if frames else pl.DataFrame(schema=FACT)
    return whole.cast(FACT).unique(["item", "fact"], keep="first", maintain_order=True)  # type: ignore[arg-type]


def found(rows: pl.DataFrame, told: pl.Expr | None = None) -> pl.DataFrame:
    """Rows of which a predicate holds, in the FOUND shape; ``told`` is what it found."""
    return rows.select("item", told=pl.lit(None, pl.String) if told is None else told.cast(pl.String))
