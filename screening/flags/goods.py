"""Predicates of the goods family: what the goods stage recognised, and whether the code and the words are of one good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from screening.flags.subject import Subject, found
from screening.flags.words import said

# What ends the name of a good in trade English: what follows says for what, of what, how packed.
_AFTER_THE_NAME = r"[,;:(\[/&+*\r\n\t]|_x000d_|\s-|\b(?:with|for|of|in|and|to|from|model|type|brand|ref|stc|as)\b"
_COUNT_BEFORE = (
    r"^[^\p{L}]*(?:(?:x|ctns?|cartons?|pcs|pieces?|pkgs?|packages?|bags?|bales?|drums?|rolls?|sets?|pallets?|units?)\b"
    r"(?:\s+of\b)?[^\p{L}]*)*"
)
_FIGURES = r"\S*\d\S*|[^\p{L}\s\-]"


def candidate(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """A control list candidate of the item has one of ``status`` and is as the rest of ``value`` says; tells its code.

    ``code_under``: codes, it or below. ``regimes``: one of the entry's. ``near_limit``: a criterion failed by no more than so many per
    cent. ``concentration_up_to``: limits in per cent by weight, of which the declared content is short by ``margin`` at most.
    """
    tests = [pl.col("status").is_in(list(value["status"]))]
    if "code_under" in value:
        tests.append(_under(pl.col("code"), value["code_under"]))
    if "regimes" in value:
        tests.append(pl.col("regimes").list.eval(pl.element().is_in(list(value["regimes"]))).list.any())
    if "near_limit" in value:
        tests.append(pl.col("near_limit") <= float(value["near_limit"]))
    if "concentration_up_to" in value:
        stated, margin = pl.col("concentration"), float(value["margin"])
        tests.append(pl.any_horizontal(stated.is_between(limit - margin, limit) for limit in value["concentration_up_to"]))
    held = subject.candidates.filter(pl.all_horizontal(tests))
    return found(held.unique("item", keep="first", maintain_order=True), pl.col("code"))


def hs_of_list(subject: Subject, value: str) -> pl.DataFrame:
    """The declared HS code is one of a list whose codes are HS codes; tells it."""
    codes = [entry.code for entry in subject.snapshot.lists[value].entries] if value in subject.snapshot.lists else []
    return found(subject.rows.filter(pl.col("hs_code").str.slice(0, 6).is_in(codes)), pl.col("hs_code"))


def un_number(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """A declared UN number is one of these; tells it."""
    pattern = rf"\b({'|'.join(value)})\b"
    return found(subject.rows.filter(pl.col("un_number").str.contains(pattern)), pl.col("un_number").str.extract(pattern, 1))


def vague(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """Numbers and packing aside, the description holds no word outside these lexicons; an empty one holds none at all."""
    texts = subject.rows.get_column("description").drop_nulls().unique().alias("text").to_frame()
    empty = [word for lexicon in value for word in subject.tables.single_words(lexicon)]
    text = pl.col("text").str.to_lowercase()
    # A word with figures in it is a part or model number, which names nothing; four letters on end beside them are a word.
    words = text.str.extract_all(r"\p{L}[\p{L}\p{N}\-]+").list.eval(pl.element().filter(~pl.element().str.contains(r"\p{N}")))
    telling = pl.concat_list(words, text.str.extract_all(r"\p{L}{4,}")).list.eval(~pl.element().is_in(empty)).list.any()
    plain = texts.filter(~telling.fill_null(False)).get_column("text")
    return found(subject.rows.filter(pl.col("description").is_in(plain.implode())), pl.col("description"))


def hs_against_words(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """The description's head noun names a good beyond doubt, which no heading of the declared HS chapter holds; tells the noun.

    ``except``: HS chapters in which any good may lie (sets, returned goods, relief). Silent where a word of the lexicon ``without``
    makes it a part of, an imitation of, or a case for the thing.
    """
    nouns = subject.tables.head_nouns
    rows = subject.rows.filter(
        pl.col("hs_code").is_not_null()
        & pl.col("description").is_not_null()
        & ~pl.col("hs_code").str.slice(0, 2).is_in(list(value["except"]))
    )
    texts = rows.select(text="description").unique(maintain_order=True)
    texts = texts.with_columns(told=head_noun(pl.col("text"))).join(nouns.select("told").unique(), on="told", how="semi")
    texts = texts.join(said(texts.get_column("text"), subject.snapshot, value["without"]), on="text", how="anti")
    named = rows.join(texts, left_on="description", right_on="text", how="inner", maintain_order="left").select("item", "hs_code", "told")
    fitting = named.join(nouns, on="told").filter(
        pl.col("hs_code").str.starts_with(pl.col("hs")) | pl.col("hs").str.starts_with(pl.col("hs_code"))
    )
    return found(named.join(fitting, on="item", how="anti"), pl.col("told"))


def hs_against_entry(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """Words establish a listed good, and the declared HS chapter is none of those that its heading is linked with; tells the code."""
    coded = subject.candidates.filter(pl.col("status").is_in(list(value["status"]))).join(
        subject.rows.select("item", "hs_code").drop_nulls(), on="item"
    )
    kept = [
        (item, code)
        for item, list_id, code, hs in coded.select("item", "list", "code", "hs_code").iter_rows()
        if (chapters := subject.tables.chapters(list_id, code)) and hs[:2] not in chapters and hs[:2] not in value["except"]
    ]
    fitting = {item for item, *_ in coded.select("item").iter_rows()} - {item for item, _ in kept}
    rows = pl.DataFrame([one for one in kept if one[0] not in fitting], schema={"item": pl.UInt32, "told": pl.String}, orient="row")
    return rows.unique("item", keep="first", maintain_order=True)


def kit(subject: Subject, value: bool) -> pl.DataFrame:
    """The item completes a kit with others of the batch to the same consignee; tells the kit and what belongs to it."""
    return found(subject.together.filter((pl.col("id") == "kit") & pl.lit(value)), pl.col("told"))


PREDICATES = {
    "kit": kit,
    "un_number": un_number,
    "hs_of_list": hs_of_list,
    "candidate": candidate,
    "hs_against_entry": hs_against_entry,
    "hs_against_words": hs_against_words,
    "vague": vague,
}


def head_noun(text: pl.Expr) -> pl.Expr:
    """The last word of what names the good, in lower case.

    >>> pl.select(head_noun(pl.lit("100 CTNS CERAMIC FLOOR TILES, 60X60"))).item()
    'tiles'
    """
    name = text.str.to_lowercase().str.replace_all(_COUNT_BEFORE, "").str.replace(rf"(?s)(?:{_AFTER_THE_NAME}).*", "")
    return name.str.replace_all(_FIGURES, " ").str.strip_chars().str.extract(r"([\p{L}\-]+)$", 1)


def _under(code: pl.Expr, tops: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal((code == top) | code.str.starts_with(f"{top}.") for top in tops)
