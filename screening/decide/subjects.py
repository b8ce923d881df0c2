"""What rules are asked of: the movement of each item, each goods candidate, party match and document checked."""

from __future__ import annotations

import polars as pl

from screening.goods.candidates import TEXT_FIELDS

KEEP = (
    "item", "operation", "export_country", "destination_country", "origin_country", "transit_countries", "hs_code", "end_use_informed",
    "us_content_pct", "value", "currency", "attributes",
)  # fmt: skip

ROUTE = (
    "operation", "export_country", "destination_country", "origin_country", "transit_countries", "party_countries", "buyer_country",
    "end_use_informed", "us_content_pct", "document_codes",
)  # fmt: skip
"""What many items share of their movements."""


def movements(items: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """One row an item with the facts of its movement: KEEP, document_codes, buyer_country, party_countries, text, all_text.

    ``text`` is what the trader says of the goods; ``all_text`` adds names and addresses of the parties.
    """
    texts = pl.concat_str(["name", "address"], separator=" ", ignore_nulls=True)
    named = (
        parties.select("item", party_countries="country", party_text=texts)
        .group_by("item", maintain_order=True)
        .agg(pl.col("party_countries").drop_nulls(), "party_text")
        .with_columns(pl.col("party_text").list.join(" | "))  # a list is joined three times as fast as a group
    )
    buyers = parties.filter(pl.col("role") == "buyer").drop_nulls("country").select("item", buyer_country="country")
    joined = pl.concat_str(TEXT_FIELDS, separator=" | ", ignore_nulls=True)
    return (
        items.select(
            *KEEP, *TEXT_FIELDS, document_codes=pl.col("documents").list.eval(pl.element().struct.field("code").str.to_uppercase())
        )
        .join(named, on="item", how="left", maintain_order="left")
        .join(buyers.unique("item", keep="first", maintain_order=True), on="item", how="left", maintain_order="left")
        .with_columns(
            pl.col("party_countries").fill_null([]),
            pl.col("document_codes").fill_null([]),
            pl.col("transit_countries").fill_null([]),
            text=joined,
        )
        .with_columns(all_text=pl.concat_str(["text", "party_text"], separator=" | ", ignore_nulls=True))
        .drop(*TEXT_FIELDS, "party_text")
    )


def candidate_facts(found: pl.DataFrame) -> pl.DataFrame:
    """What rules ask of a goods candidate: the ``c_`` columns of ``found``."""
    return found.select(
        c_list="list",
        c_code="code",
        c_status="status",
        c_regimes="regimes",
        c_marks="marks",
        c_reasons="reasons",
        c_concentration="concentration",
        c_consumer_packed="consumer_packed",
        c_near_limit="near_limit",
    )


def party_facts(found: pl.DataFrame) -> pl.DataFrame:
    """What rules ask of a party match: the ``p_`` columns of ``found``."""
    return found.select(
        p_role="role",
        p_lists=pl.concat_list("list"),
        p_programmes="programmes",
        p_outcomes="outcomes",
        p_scope="scope",
        p_strength="strength",
    )


def document_facts(checked: pl.DataFrame) -> pl.DataFrame:
    """What rules ask of a document checked: the ``d_`` columns of ``checked``."""
    return checked.select(d_outcome="outcome")
