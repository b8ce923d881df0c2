"""Predicates of the party family: what the parties call themselves, where they sit, and whom the watchlists stage found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from screening.flags.subject import FOUND, Subject, found
from screening.flags.words import said

# Of an aligned word: business words weigh up to this, of 100; more identifies.
_GENERIC_WEIGHT = 30.0


def party_says(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """A party of one of ``roles`` has a word of ``lexicon`` in its name, and none of the lexicon ``without``; tells the name."""
    return _said(subject, value, "name")


def address_says(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """An address of a party of one of ``roles`` has a word of ``lexicon``; tells the address."""
    return _said(subject, value, "address")


def no_other(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """No party of one of ``roles`` is named without a word of ``lexicon``: nobody else stands behind."""
    parties = _of(subject, value["roles"]).drop_nulls("name")
    names = said(parties.get_column("name"), subject.snapshot, value["lexicon"]).get_column("text")
    others = parties.filter(~pl.col("name").is_in(names.implode()))
    return found(subject.rows.join(others, on="item", how="anti"))


def party_country_differs(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """A party of one of ``roles`` is in none of the countries of the parties of ``from_roles`` and not in that of destination."""
    theirs = _of(subject, value["roles"]).drop_nulls("country")
    others = _of(subject, value["from_roles"]).drop_nulls("country").select("item", "country")
    known = theirs.join(others.select("item").unique(), on="item", how="semi")
    apart = known.join(others, on=["item", "country"], how="anti").join(
        subject.rows.select("item", country="destination_country"), on=["item", "country"], how="anti"
    )
    return _first(apart, pl.col("country"))


def listed(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """A party of one of ``roles`` is a strong match of a listed one; tells both. ``by``: the match rests on this, e.g. an address."""
    matches = subject.matches.filter(pl.col("role").is_in(list(value["roles"])))
    if "by" in value:
        matches = matches.filter(pl.col("why").list.eval(pl.element().str.contains(value["by"], literal=True)).list.any())
    else:
        matches = matches.filter(pl.col("strength") == "strong")
    return _first(matches, pl.format("{} ({} {})", "listed_name", "list", "entity_id"))


def not_listed(subject: Subject, value: Sequence[str]) -> pl.DataFrame:
    """No party of one of these roles is a strong match."""
    strong = subject.matches.filter(pl.col("role").is_in(list(value)) & (pl.col("strength") == "strong"))
    return found(subject.rows.join(strong, on="item", how="anti"))


def matches_rest_on_generic_words(subject: Subject, value: bool) -> pl.DataFrame:
    """Every match of the item is only possible, rests on business words and has the country against it; tells the listed names."""
    word = pl.element().struct
    carried = pl.col("evidence").list.eval((word.field("similarity") > 0) & (word.field("weight") > _GENERIC_WEIGHT)).list.sum() > 0
    against = pl.col("why").list.eval(pl.element().str.contains("country", literal=True)).list.any()
    matches = subject.matches.with_columns(generic=(pl.col("strength") == "possible") & ~carried & against & pl.lit(value))
    whole = matches.group_by("item", maintain_order=True).agg(
        pl.col("generic").all(), told=pl.col("listed_name").unique(maintain_order=True)
    )
    return whole.filter("generic").select("item", told=pl.col("told").list.head(3).list.join("; ")).cast(FOUND)  # type: ignore[arg-type]


PREDICATES = {
    "listed": listed,
    "party_says": party_says,
    "address_says": address_says,
    "party_country_differs": party_country_differs,
    "no_other": no_other,
    "not_listed": not_listed,
    "matches_rest_on_generic_words": matches_rest_on_generic_words,
}


def _of(subject: Subject, roles: Sequence[str]) -> pl.DataFrame:
    return subject.parties.filter(pl.col("role").is_in(list(roles))).join(subject.rows.select("item"), on="item", how="semi")


def _said(subject: Subject, value: Mapping[str, Any], column: str) -> pl.DataFrame:
    parties = _of(subject, value["roles"]).select("item", text=column).drop_nulls()
    texts = said(parties.get_column("text"), subject.snapshot, value["lexicon"])
    if "without" in value:
        texts = texts.join(said(texts.get_column("text"), subject.snapshot, value["without"]), on="text", how="anti")
    return _first(parties.join(texts, on="text", how="semi", maintain_order="left"), pl.col("text"))


def _first(rows: pl.DataFrame, told: pl.Expr) -> pl.DataFrame:
    return found(rows.unique("item", keep="first", maintain_order=True), told)
