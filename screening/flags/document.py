"""Predicates of the document family: what papers, texts and carried facts say, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from screening.flags.subject import FOUND, Subject, found
from screening.flags.words import said


def claims(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """A document code claims one of these kinds (``claim``), or one of these authorisations; tells the code."""
    codes = _codes(subject, value)
    held = subject.rows.select("item", code="document_codes").explode("code").filter(pl.col("code").is_in(codes))
    return found(held.unique("item", keep="first", maintain_order=True), pl.col("code"))


def claims_no(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """No document code claims one of these."""
    return found(subject.rows.join(claims(subject, value), on="item", how="anti"))


def text_says(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """One of ``fields`` has a word of ``lexicon``; with ``whole`` it says no more than that. Tells the words."""
    parts = []
    for field in value["fields"]:
        texts = said(subject.rows.get_column(field), subject.snapshot, value["lexicon"])
        if value.get("whole"):
            texts = texts.filter(pl.col("text").str.strip_chars(" .,;:-").str.to_lowercase() == pl.col("told").str.to_lowercase())
        if "without" in value:
            texts = texts.join(said(texts.get_column("text"), subject.snapshot, value["without"]), on="text", how="anti")
        parts.append(found(subject.rows.join(texts, left_on=field, right_on="text", maintain_order="left"), pl.col("told")))
    return pl.concat(parts).unique("item", keep="first", maintain_order=True)


def text_says_not(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """None of ``fields`` has a word of ``lexicon``."""
    return found(subject.rows.join(text_says(subject, value), on="item", how="anti"))


def procedure(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """The customs procedure code begins with one of these; tells it."""
    begins = pl.any_horizontal(pl.col("procedure_code").str.starts_with(prefix) for prefix in value)
    return found(subject.rows.filter(begins), pl.col("procedure_code"))


def days_since(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """Days from the carried day ``fact`` to the item's, or to that of the fact ``to``, are ``at_most`` so many or more than ``over``."""
    start = _days(subject, value["fact"]).rename({"day": "start"})
    end = _days(subject, value["to"]).rename({"day": "end"}) if "to" in value else subject.rows.select("item", end="declared_on")
    both = start.join(end, on="item", maintain_order="left").with_columns(days=(pl.col("end") - pl.col("start")).dt.total_days())
    wanted = pl.col("days").is_between(0, int(value["at_most"])) if "at_most" in value else pl.col("days") > int(value["over"])
    return found(both.filter(wanted), pl.col("start").cast(pl.String))


def fact_since(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """The day of the carried ``fact`` is ``day`` or later; tells it."""
    held = _days(subject, value["fact"]).filter(pl.col("day") >= pl.lit(value["day"]).str.to_date())
    return found(held, pl.col("day"))


def fact_over(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """The carried number ``fact`` is at least ``at_least``; tells it."""
    held = _fact(subject, value["fact"])
    return found(
        held.filter(pl.col("value").str.extract(r"(\d+(?:\.\d+)?)", 1).cast(pl.Float64) >= float(value["at_least"])), pl.col("value")
    )


def fact_is_not(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """Carried facts (key) tell otherwise than the declaration's field (value): numbers by more than 2 %, texts at all. Tells both.

    HS codes are compared as far as both go.
    """
    parts = []
    for fact, field in value.items():
        both = _fact(subject, fact).join(subject.rows.select("item", declared=field).drop_nulls(), on="item", maintain_order="left")
        if subject.rows.schema[field] == pl.Float64:
            other = pl.col("value").str.replace(",", ".").str.extract(r"(-?\d+(?:\.\d+)?)", 1).cast(pl.Float64)
            differs = (other - pl.col("declared")).abs() > 0.02 * pl.col("declared").abs()
        else:
            plain = pl.col("value").str.strip_chars().str.to_uppercase()
            plain = plain.str.replace_all(r"\D", "") if field == "hs_code" else plain
            differs = ~plain.str.starts_with(pl.col("declared")) & ~pl.col("declared").str.starts_with(plain)
        text = pl.format("{} {} against {} {}", pl.lit(fact), "value", pl.lit(field), pl.col("declared").cast(pl.String))
        parts.append(found(both.filter(differs), text))
    return pl.concat(parts).unique("item", keep="first", maintain_order=True).cast(FOUND)  # type: ignore[arg-type]


PREDICATES = {
    "days_since": days_since,
    "fact_since": fact_since,
    "fact_over": fact_over,
    "fact_is_not": fact_is_not,
    "claims": claims,
    "procedure": procedure,
    "text_says": text_says,
    "text_says_not": text_says_not,
    "claims_no": claims_no,
}


def _codes(subject: Subject, value: Mapping[str, Any]) -> list[str]:
    kinds, authorisations = value.get("claim", ()), value.get("authorisation", ())
    return [c.code for c in subject.snapshot.document_codes if c.claim in kinds or c.authorisation in authorisations]


def _fact(subject: Subject, name: str) -> pl.DataFrame:
    return subject.facts.filter(pl.col("fact") == name).join(subject.rows.select("item"), on="item", how="semi", maintain_order="left")


def _days(subject: Subject, name: str) -> pl.DataFrame:
    day = pl.col("value").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return _fact(subject, name).select("item", day=day).drop_nulls("day")
