"""What a batch leaves open, gathered for those who can answer: one list of questions a declarant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from control_lists.snapshot import Snapshot
from screening.decide.predicates import QUESTIONS, READS
from screening.frames import PARTY

ANSWERING_ROLES = ("declarant", "exporter", "consignor")
"""Who is asked: the first of these that an item names."""

QUESTION: dict[str, type[pl.DataType]] = {
    "declarant": pl.String,
    "question": pl.String,
    "fields": pl.String,  # what the answer fills in: fields of the declaration, or attr_ columns
    "items": pl.UInt32,  # that leave it open
    "settles": pl.UInt32,  # items of which it is the only open question
    "example": pl.String,  # a declaration that leaves it open
}
_ITEM = ("declaration_id", "item_number", "source_file", "source_row")


OPEN_QUESTION: dict[str, type[pl.DataType]] = {
    "declarant": pl.String,
    "question": pl.String,
    "declaration_id": pl.String,
    "alone": pl.Boolean,  # the item's only open question
}


def open_questions(determinations: pl.DataFrame, items: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """What the items of one part leave open (OPEN_QUESTION columns), a row an item and question, with who answers for the item.

    ``determinations``: of ``items`` (ITEM columns) and their ``parties`` (PARTY columns).
    """
    rank = pl.col("role").replace_strict({role: n for n, role in enumerate(ANSWERING_ROLES)}, default=None, return_dtype=pl.UInt8)
    named = parties.select(*PARTY).with_columns(rank=rank).drop_nulls("rank").sort("item", "rank", "party")
    first = named.group_by("item", maintain_order=True).agg(declarant=pl.col("name").first())
    answering = items.select("item", *_ITEM).join(first, on="item", how="left", maintain_order="left").drop("item")
    return (
        determinations.select(*_ITEM, question="questions")
        .explode("question")
        .drop_nulls("question")
        .unique(maintain_order=True)
        .join(answering, on=_ITEM, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col("declarant").fill_null("not named"), alone=pl.len().over(_ITEM) == 1)
        .select(*OPEN_QUESTION)
    )


def by_declarant(asked: pl.DataFrame, fields: Mapping[str, str]) -> pl.DataFrame:
    """The open questions of a batch (QUESTION columns), declarant by declarant, the most settling first.

    ``asked``: its ``open_questions``; ``fields``: ``fields_of`` its snapshot.
    """
    return (
        asked.group_by("declarant", "question")
        .agg(
            items=pl.len().cast(pl.UInt32),
            settles=pl.col("alone").sum().cast(pl.UInt32),
            example=pl.col("declaration_id").min(),
        )
        .with_columns(fields=pl.col("question").replace_strict(fields, default="", return_dtype=pl.String))
        .sort("declarant", "settles", "items", "question", descending=[False, True, True, False])
        .select(*QUESTION)
    )


def fields_of(snapshot: Snapshot) -> dict[str, str]:
    """Which fields of a declaration answer each question that rules and limits put."""
    answers = {question: "; ".join(_declared(READS[key])) for key, question in QUESTIONS.items() if _declared(READS[key])}
    return answers | {parameter.question: f"attr_{parameter.id}" for parameter in reversed(snapshot.parameters)}


def _declared(columns: Sequence[str]) -> list[str]:
    return [column for column in columns if not column.startswith(("c_", "p_", "d_"))]
