"""The counts of a report, each as one small table: of items by their worst answer, of entries, listed parties and rules that they met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl

from screening.decide.records import FLAGS, SEVERITY

LANES = ("red", "yellow", "blue", "green")
ITEM = ("declaration_id", "item_number", "source_file", "source_row")
UNSTATED = "not declared"
IS_RAISED = (pl.col("flag") != FLAGS[0]) | (pl.col("lane") != LANES[-1])
"""Of determinations and of items: a flag stands, or red flags moved the lane."""
_RAISED = tuple(reversed(FLAGS[1:]))


class Table(NamedTuple):
    """A counted table: ``columns`` by name; the first ``texts`` of them are words, the others numbers. ``charted`` are drawn as bars."""

    id: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    texts: int = 1
    charted: tuple[str, ...] = ()


def items_of(results: pl.LazyFrame) -> pl.DataFrame:
    """One row an item: ITEM, what was declared of it, and the worst ``flag`` and ``lane`` of its determinations."""
    severity = pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int32)
    rank = pl.col("lane").replace_strict({lane: i for i, lane in enumerate(LANES)}, return_dtype=pl.Int32)
    return (
        results.group_by(ITEM, maintain_order=True)
        .agg(
            pl.col("description", "hs_code", "export_country", "destination_country", "customs_office").first(),
            severity=severity.max(),
            rank=rank.min(),
        )
        .with_columns(
            flag=pl.col("severity").replace_strict(dict(enumerate(FLAGS)), return_dtype=pl.String),
            lane=pl.col("rank").replace_strict(dict(enumerate(LANES)), return_dtype=pl.String),
        )
        .collect()
    )


def totals(results: pl.LazyFrame, items: pl.DataFrame, country_names: dict[str, str]) -> list[Table]:
    """Every table of the report, in reading order."""
    office = pl.col("customs_office").fill_null(UNSTATED)
    named = pl.col("destination_country").replace(country_names).fill_null(UNSTATED)
    chapter = pl.col("hs_code").str.slice(0, 2).fill_null(UNSTATED)
    return [
        _lanes(items),
        _laws(results),
        _by(items, chapter, "chapter", "HS chapter", "By HS chapter", "The first two digits of the declared code."),
        _by(items, named, "destination", "Destination", "By destination", "The declared country of destination."),
        _offices(items, office),
        _entries(results),
        _listed(results),
        _red_flags(results),
        _rules(results),
    ]


def _lanes(items: pl.DataFrame) -> Table:
    counted = {(lane, flag): n for lane, flag, n in items.group_by("lane", "flag").len().iter_rows()}
    flags = tuple(reversed(FLAGS))
    rows = []
    for lane in LANES:
        numbers = [counted.get((lane, flag), 0) for flag in flags]
        rows.append((lane, *numbers, sum(numbers)))
    about = "Each item counts once, with its worst flag and lane."
    return Table("lanes", "By lane and flag", about, ("Lane", *flags, "Items"), rows, charted=_RAISED)


def _laws(results: pl.LazyFrame) -> Table:
    counted = results.group_by("jurisdiction", "flag").len().collect()
    by = {(law, flag): n for law, flag, n in counted.iter_rows()}
    flags = tuple(reversed(FLAGS))
    rows = [(law, *(by.get((law, flag), 0) for flag in flags)) for law in sorted({law for law, _ in by})]
    about = "Determinations: an item is answered once under each law."
    return Table("laws", "By jurisdiction", about, ("Law of", *flags), rows, charted=_RAISED)


def _by(items: pl.DataFrame, key: pl.Expr, id: str, column: str, title: str, about: str) -> Table:
    """Items by one declared value and worst flag, those with most raised flags first."""
    grouped = (
        items.group_by(key=key)
        .agg(*((pl.col("flag") == flag).sum().alias(flag) for flag in _RAISED), pl.len().alias("Items"))
        .with_columns(raised=pl.sum_horizontal(_RAISED))
        .sort("raised", "Items", "key", descending=[True, True, False])
        .select("key", *_RAISED, "Items")
    )
    return Table(id, title, about, (column, *_RAISED, "Items"), grouped.rows(), charted=_RAISED)


def _offices(items: pl.DataFrame, office: pl.Expr) -> Table:
    """A customs office's work: items by lane and the share that it should look at."""
    grouped = (
        items.group_by(key=office)
        .agg(
            pl.col("declaration_id").n_unique().alias("Declarations"),
            pl.len().alias("Items"),
            *((pl.col("lane") == lane).sum().alias(lane) for lane in LANES),
            *((pl.col("flag") == flag).sum().alias(flag) for flag in _RAISED),
        )
        .with_columns((100 * pl.col("red") / pl.col("Items")).round(1).alias("red, %"))
        .sort("red", "yellow", "Items", "key", descending=[True, True, True, False])
    )
    columns = ("key", "Declarations", "Items", *LANES, "red, %", *_RAISED)
    about = "Each office with its items by proposed lane; the red share is what would be examined."
    return Table("offices", "By customs office", about, ("Office", *columns[1:]), grouped.select(columns).rows(), charted=LANES[:3])


def _entries(results: pl.LazyFrame) -> Table:
    """Control entries that goods were recognised as: items once an entry, hints left out."""
    held = {"met": "Met", "declared": "Declared", "needs_data": "Facts missing", "not_met": "Not met"}
    found = (
        results.select(*ITEM, "candidates")
        .explode("candidates", empty_as_null=False, keep_nulls=False)
        .select(*ITEM, pl.col("candidates").struct.field("list", "code", "title", "status"))
        .filter(pl.col("status").is_in(list(held)))
        .unique([*ITEM, "list", "code", "status"])
        .group_by("list", "code")
        .agg(pl.col("title").first(), *((pl.col("status") == status).sum().alias(name) for status, name in held.items()))
        .sort("Met", "Declared", "Facts missing", "Not met", "list", "code", descending=[True] * 4 + [False] * 2)
        .collect()
    )
    about = "Control list entries that goods were recognised as, whether or not a licence follows; hints by HS code alone are left out."
    return Table(
        "entries", "By control list and entry", about, ("List", "Entry", "Title", *held.values()), found.rows(), 3,
        ("Met", "Declared", "Facts missing"),
    )  # fmt: skip


def _listed(results: pl.LazyFrame) -> Table:
    """Listed parties that declared parties matched."""
    found = (
        results.select(*ITEM, "party_matches")
        .explode("party_matches", empty_as_null=False, keep_nulls=False)
        .select(*ITEM, pl.col("party_matches").struct.field("list", "entity_id", "listed_name", "strength"))
        .unique([*ITEM, "list", "entity_id", "strength"])
        .group_by("list", "entity_id")
        .agg(
            pl.col("listed_name").first(),
            (pl.col("strength") == "strong").sum().alias("Strong"),
            (pl.col("strength") == "possible").sum().alias("Possible"),
        )
        .sort("Strong", "Possible", "list", "entity_id", descending=[True, True, False, False])
        .collect()
    )
    about = "Items with a party whose name, number or address matches a listed one; a match is a proposal until an officer has looked."
    return Table(
        "watchlists", "By watchlist", about, ("List", "Id", "Listed name", "Strong", "Possible"), found.rows(), 3, ("Strong", "Possible")
    )


def _red_flags(results: pl.LazyFrame) -> Table:
    """Red flags of the movement: items once a red flag."""
    found = (
        results.select(*ITEM, "red_flags")
        .explode("red_flags", empty_as_null=False, keep_nulls=False)
        .select(*ITEM, pl.col("red_flags").struct.field("id", "family"))
        .unique([*ITEM, "id"])
        .group_by("id", "family")
        .agg(pl.len().alias("Items"))
        .sort("Items", "id", descending=[True, False])
        .collect()
    )
    about = "Signs that a movement is unusual. They add questions and move the lane; alone they are no finding."
    return Table("red-flags", "By red flag", about, ("Red flag", "Family", "Items"), found.rows(), 2)


def _rules(results: pl.LazyFrame) -> Table:
    """Rules that gave a reason: items once a rule."""
    found = (
        results.select(*ITEM, "jurisdiction", "reasons")
        .explode("reasons", empty_as_null=False, keep_nulls=False)
        .select(*ITEM, "jurisdiction", pl.col("reasons").struct.field("rule_id", "flag", "law", "status"))
        .unique([*ITEM, "jurisdiction", "rule_id", "flag"])
        .group_by("jurisdiction", "rule_id", "flag")
        .agg(pl.col("law").first(), pl.col("status").first(), pl.len().alias("Items"))
        .with_columns(severity=pl.col("flag").replace_strict(SEVERITY, default=0, return_dtype=pl.Int32))
        .sort("severity", "Items", "rule_id", descending=[True, True, False])
        .select("jurisdiction", "rule_id", "flag", "law", "status", "Items")
        .collect()
    )
    about = "The rules that gave a reason, with their law. 'verify': not yet compared with the official text."
    return Table("rules", "By rule", about, ("Law of", "Rule", "Flag", "Citation", "Read", "Items"), found.rows(), 5)


def counted(items: pl.DataFrame, column: str, values: Sequence[str]) -> dict[str, int]:
    """Items by a column's value, zero where there is none."""
    numbers = dict(items.group_by(column).len().iter_rows())
    return {value: numbers.get(value, 0) for value in values}
