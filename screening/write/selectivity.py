"""Proposals for customs selectivity, as CSV or XML: one record a goods item with its lane, criterion and the reasons an inspector reads.

In ASYCUDA a declaration goes to one lane, of red, yellow, blue and green the first that a criterion selects, and the text of the criterion
is shown to the inspector (UNCTAD, MODSEL, selectivity parameters). So the lane of the whole declaration stands beside that of each item.
The XML takes its element names from ASYCUDA's own document where it has the field. It is a proposal: no customs system is written to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import IO, Any

import polars as pl

from screening.alerts import items_of, marked, proposed
from screening.decide.records import FLAGS, LANES, SEVERITY
from screening.engine import KEYS
from screening.write.flat import TAIL, harmless
from screening.write.markup import element, write_records

COLUMNS = (
    "customs_office", "declaration_id", "item_number", "as_of", "declaration_lane", "lane", "alert_rank", "beyond_budget", "flag",
    "jurisdiction", "criterion", "entry", "listed_party", "score", "reasons", "questions", "claims", "hs_code", "description", *TAIL,
)  # fmt: skip
MOST_REASONS, MOST_QUESTIONS = 3, 5  # an inspector reads the strongest
_CLAIMS = ("licence_declared", "not_listed_claimed")  # notes on what the declaration says of licences
_MADE_BY = ("snapshot", "engine_version", "policy")
_PLACE = {lane: place for place, lane in enumerate(LANES)}


def write(frames: Iterator[pl.DataFrame], out: IO[bytes], *, word: str, bom: bool, account: dict[str, str]) -> None:
    """The proposals on ``out``. All determinations of a declaration are in one of ``frames``."""
    tables = (proposals(frame) for frame in frames)
    if word.endswith(".csv"):
        _write_csv(tables, out, bom)
        return
    first = next(tables)
    rows = (row for table in chain([first], tables) for row in table.iter_rows(named=True))
    declarations = groupby(rows, key=lambda row: (row["declaration_id"], row["source_file"]))
    made_by = {name: first.get_column(name).first() for name in _MADE_BY} if first.height else {}
    write_records(out, "SelectivityProposals", (_declaration(list(items)) for _, items in declarations), **made_by)


def write_left(frames: Iterator[pl.DataFrame], out: IO[bytes], *, bom: bool) -> None:
    """The proposals that are beyond the budget, as CSV; ``frames`` are marked by a ranking."""
    _write_csv((proposals(frame).filter("beyond_budget") for frame in frames), out, bom)


def proposals(determinations: pl.DataFrame) -> pl.DataFrame:
    """One row a goods item with COLUMNS; reasons are a list of rule_id, text and law, questions and claims lists of text.

    ``lane`` is within the budget where the frame is marked with one; criterion, entry and listed_party are those of the worst reason.
    """
    found = marked(determinations)
    items = items_of(found)
    worst = found[items.get_column("row")]
    reason = pl.col("reasons").list.first().struct
    about = worst.select(
        "alert_rank",
        "beyond_budget",
        "hs_code",
        "description",
        "jurisdiction",
        "as_of",
        criterion=reason.field("rule_id"),
        entry=reason.field("entry"),
        listed_party=reason.field("entity"),
        **{name: pl.col(name) for name in TAIL if name not in KEYS},
    )
    of_declaration = pl.col("lane").replace_strict(_PLACE, return_dtype=pl.Int32).max().over("declaration_id", "source_file")
    table = proposed(pl.concat([items, about], how="horizontal")).with_columns(
        declaration_lane=of_declaration.replace_strict(dict(enumerate(LANES)), return_dtype=pl.String)
    )
    for said in (_reasons(found), _texts(found, "questions", pl.col("questions")), _texts(found, "claims", _claimed())):
        table = table.join(said, on=KEYS, how="left", nulls_equal=True, maintain_order="left")
    return table.select(*COLUMNS)


def _write_csv(tables: Iterator[pl.DataFrame], out: IO[bytes], bom: bool) -> None:
    for number, table in enumerate(tables):
        harmless(_flat(table)).write_csv(out, include_bom=bom and not number, include_header=not number)


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Proposals with no nested value."""
    reason = pl.element().struct.field
    told = pl.concat_str(reason("text"), pl.lit(" ("), reason("law"), pl.lit(")"))
    return table.with_columns(
        pl.col("reasons").list.eval(told).list.join(" | "), pl.col("questions").list.join(" | "), pl.col("claims").list.join("; ")
    )


def _reasons(found: pl.DataFrame) -> pl.DataFrame:
    """The strongest standing reasons of each item over all jurisdictions, each told once."""
    told = found.filter(pl.col("reasons").list.len() > 0).select(*KEYS, "reasons").explode("reasons").unnest("reasons")
    standing = told.filter(pl.col("lifted_by").is_null() & (pl.col("flag") != FLAGS[0]))
    ranked = standing.sort(pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int32), descending=True, maintain_order=True).unique(
        [*KEYS, "text"], keep="first", maintain_order=True
    )
    return ranked.group_by(KEYS, maintain_order=True).agg(reasons=pl.struct("rule_id", "text", "law").head(MOST_REASONS))


def _texts(found: pl.DataFrame, name: str, texts: pl.Expr) -> pl.DataFrame:
    """The distinct texts of each item over all jurisdictions."""
    told = found.select(*KEYS, texts.alias(name)).explode(name).drop_nulls(name).unique(maintain_order=True)
    return told.group_by(KEYS, maintain_order=True).agg(pl.col(name).head(MOST_QUESTIONS))


def _claimed() -> pl.Expr:
    note = pl.element().struct.field("id")
    return pl.col("notes").list.eval(note.filter(note.is_in(_CLAIMS)))


def _declaration(items: Sequence[dict[str, Any]]) -> Any:
    first = items[0]
    return element(
        "Declaration",
        element("Customs_clearance_office_code", first["customs_office"]),
        element("Declaration_reference", first["declaration_id"]),
        element("Selectivity_lane", first["declaration_lane"]),
        *(_item(item) for item in items),
    )


def _item(row: dict[str, Any]) -> Any:
    reasons = (
        element("Reason", element("Text", r["text"]), element("Law", r["law"]), criterion=r["rule_id"]) for r in row["reasons"] or ()
    )
    return element(
        "Item",
        element("Item_number", row["item_number"]),
        element("Commodity_code", row["hs_code"]),
        element("Commercial_Description", row["description"]),
        element("Selectivity_lane", row["lane"]),
        element("Alert_rank", row["alert_rank"]),
        element("Beyond_budget", "true" if row["beyond_budget"] else None),
        element("Flag", row["flag"]),
        element("Jurisdiction", row["jurisdiction"]),
        element("Day_of_law", row["as_of"]),
        element("Criterion", row["criterion"]),
        element("Control_entry", row["entry"]),
        element("Listed_party", row["listed_party"]),
        element("Score", f"{row['score']:g}"),
        *reasons,
        *(element("Question", question) for question in row["questions"] or ()),
        *(element("Claim", claim) for claim in row["claims"] or ()),
    )
