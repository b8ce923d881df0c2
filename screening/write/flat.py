"""Determinations as one flat row each, for spreadsheets: scalars, the worst reason, the best candidate and match, counts."""

from __future__ import annotations

import polars as pl

from screening.licences.records import OUTCOMES

SCALARS = (
    "declaration_id", "item_number", "jurisdiction", "as_of", "flag", "lane", "description", "hs_code", "export_country",
    "destination_country", "customs_office",
)  # fmt: skip
TAIL = ("source_file", "source_row", "snapshot", "engine_version", "policy")
MOST_RED_FLAGS = 5
_STANDING = ("usable", "valid", "declared", "unknown")  # outcomes of an authorisation that may still cover the item
_FORMULA_START = r"^[=+\-@\t\r]"


def flatten(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a determination, no nested value. Carried columns keep the names they came with."""
    flag = pl.element().struct
    # The heaviest first; among equals by their ids.
    worst = pl.col("red_flags").list.eval(flag.field("id").sort_by(-flag.field("weight"), flag.field("id")))
    reason, candidate, match = (pl.col(c).list.first().struct for c in ("reasons", "candidates", "party_matches"))
    flat = frame.select(
        *SCALARS,
        rule_id=reason.field("rule_id"),
        law=reason.field("law"),
        text=reason.field("text"),
        entry=candidate.field("code"),
        entry_title=candidate.field("title"),
        entry_status=candidate.field("status"),
        entry_score=candidate.field("score"),
        party_name=match.field("name"),
        listed_name=match.field("listed_name"),
        listed_on_list=match.field("list"),
        listed_id=match.field("entity_id"),
        party_score=match.field("score"),
        authorisation=pl.col("authorisations")
        .list.eval(pl.element().filter(pl.element().struct.field("outcome").is_in(_STANDING)).struct.field("id"))
        .list.join("; "),
        documents=_documents(),
        questions=pl.col("questions").list.join(" | "),
        notes=pl.col("notes").list.eval(pl.element().struct.field("id")).list.unique(maintain_order=True).list.join("; "),
        red_flags=worst.list.head(MOST_RED_FLAGS).list.join("; "),
        red_flag_count=pl.col("red_flags").list.len(),
        reason_count=pl.col("reasons").list.len(),
        candidate_count=pl.col("candidates").list.len(),
        party_match_count=pl.col("party_matches").list.len(),
        **{name: pl.col(name) for name in TAIL},
    )
    carried = [c for c in frame.columns if c.startswith("extra.")]
    if not carried:
        return flat
    names = {c: c.removeprefix("extra.") if c.removeprefix("extra.") not in flat.columns else c for c in carried}
    return flat.hstack(frame.select(carried).rename(names))


def _documents() -> pl.Expr:
    """Each declared authorisation with its number and what the check of it found: ``X060 DE-2026-17 mismatch``."""
    one = pl.element().struct
    named = pl.concat_str(one.field("id"), one.field("reference"), one.field("outcome"), separator=" ", ignore_nulls=True)
    return (
        pl.col("authorisations")
        .list.eval(named.filter(one.field("outcome").is_in(OUTCOMES) & one.field("entry").is_null()))
        .list.join("; ")
    )


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with no text that a spreadsheet would run as a formula: such text gets an apostrophe before it."""
    texts = [pl.col(name) for name, dtype in frame.schema.items() if dtype == pl.String]
    return frame.with_columns(
        pl.when(text.str.contains(_FORMULA_START)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).name.keep() for text in texts
    )
