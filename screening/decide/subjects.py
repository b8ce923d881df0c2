"""What rules are asked of: the movement of each item, each goods candidate, party match and document checked. One row each."""

from __future__ import annotations

import polars as pl

from screening.goods.candidates import TEXT_FIELDS

KEEP = (
    "item", "operation", "export_country", "destination_country", "origin_country", "transit_countries", "hs_code", "end_use_informed",
    "us_content_pct", "value", "currency", "attributes",
)  # fmt: skip


def movements(items: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """One row an item with the facts of its movement: KEEP, document_codes, buyer_country, party_countries, text, all_text.

    ``text`` is what the trader says of the goods; ``all_text`` adds names and addresses of the parties.
    """
    named = parties.group_by("item", maintain_order=True).agg(
        party_countries=pl.col("country").drop_nulls(),
        buyer_country=pl.col("country").filter(pl.col("role") == "buyer").drop_nulls().first(),
        party_text=pl.concat_str(["name", "address"], separator=" ", ignore_nulls=True).str.join(" | "),
    )
    joined = pl.concat_str(TEXT_FIELDS, separator=" | ", ignore_nulls=True)
    return (
        items.select(
            *KEEP, *TEXT_FIELDS, document_codes=pl.col("documents").list.eval(pl.element().struct.field("code").str.to_uppercase())
        )
        .join(named, on="item", how="left", maintain_order="left")
        .with_columns(
            pl.col("party_countries").fill_null([]),
            pl.col("document_codes").fill_null([]),
            pl.col("transit_countries").fill_null([]),
            text=joined,
        )
        .with_columns(all_text=pl.concat_str(["text", "party_text"], separator=" | ", ignore_nulls=True))
        .drop(*TEXT_FIELDS, "party_text")
    )


def candidates(movement: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """One row a goods candidate (``c_`` columns) with its item's movement; ``row`` points into ``found``.

    What a text merely resembles is shown to the officer; no rule is asked of it.
    """
    resembles = pl.col("evidence").list.first().struct.field("comparison").eq_missing("resembles")
    facts = (
        found.with_row_index("row")
        .filter(~resembles)
        .select(
            "row",
            "item",
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
    )
    return facts.join(movement, on="item", how="inner", maintain_order="left")


def party_matches(movement: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """One row a party match (``p_`` columns) with its item's movement; ``row`` points into ``found``. One that is excepted asks nothing."""
    facts = (
        found.with_row_index("row")
        .filter(pl.col("strength") != "excepted")
        .select(
            "row",
            "item",
            p_role="role",
            p_lists=pl.concat_list("list"),
            p_programmes="programmes",
            p_outcomes="outcomes",
            p_scope="scope",
            p_strength="strength",
        )
    )
    return facts.join(movement, on="item", how="inner", maintain_order="left")


def documents(movement: pl.DataFrame, checked: pl.DataFrame) -> pl.DataFrame:
    """One row a document checked (``d_`` columns) with its item's movement; ``row`` points into ``checked``."""
    facts = checked.with_row_index("row").select("row", "item", d_outcome="outcome")
    return facts.join(movement, on="item", how="inner", maintain_order="left")
