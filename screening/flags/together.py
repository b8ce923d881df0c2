"""What only a whole batch tells: kits that come together at one consignee, and shipments split under a value limit.

Each part of a batch gives a few narrow rows (PIECE); all of them together are looked at once. The outcome depends on the rows alone,
neither on their order nor on how the batch was cut into parts.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from control_lists.red_flags import Kit, ValueLimit
from screening.decide.determined import Determined

PLACE = ("source_file", "source_row", "item_number", "declaration_id")
PIECE: dict[str, pl.DataType | type[pl.DataType]] = {
    "source_file": pl.String, "source_row": pl.Int64, "item_number": pl.Int64, "declaration_id": pl.String, "day": pl.Date,
    "exporter": pl.String, "consignee": pl.String, "export_country": pl.String, "value": pl.Float64, "currency": pl.String,
    "codes": pl.List(pl.String),
}  # fmt: skip
TOGETHER: dict[str, pl.DataType | type[pl.DataType]] = {**{name: PIECE[name] for name in PLACE}, "id": pl.String, "told": pl.String}


class Declared(NamedTuple):
    """One part's items and parties, and the determinations they were given."""

    items: pl.DataFrame
    parties: pl.DataFrame
    determined: Determined


def pieces(declared: Declared) -> pl.DataFrame:
    """PIECE rows of the items in which a listed good was recognised, whether or not its limits are reached."""
    rows, records = declared.determined
    one = pl.element().struct
    codes = records.get_column("candidates").list.eval(one.field("code").filter(one.field("status") != "hint"))
    recognised = rows.filter((codes.list.len() > 0).gather(rows.get_column("record")))
    if recognised.is_empty():
        return pl.DataFrame(schema=PIECE)
    coded = (
        recognised.select(*PLACE, "as_of", codes=codes.gather(recognised.get_column("record")))
        .explode("codes")
        .group_by(PLACE, maintain_order=True)
        .agg(day=pl.col("as_of").first(), codes=pl.col("codes").unique().sort())
    )
    facts = declared.items.select("item", *PLACE, "export_country", "value", "currency")
    found = coded.join(facts, on=PLACE, how="left", nulls_equal=True, maintain_order="left")
    parties = declared.parties.join(found.select("item").unique(), on="item", how="semi", maintain_order="left")
    parties = parties.with_columns(key=party_key(pl.col("name"), pl.col("country")))
    named = [
        parties.filter((pl.col("role") == role) & pl.col("key").is_not_null())
        .unique("item", keep="first", maintain_order=True)
        .select("item", pl.col("key").alias(role))
        for role in ("exporter", "consignee")
    ]
    for parties_of_role in named:
        found = found.join(parties_of_role, on="item", how="left", maintain_order="left")
    return found.select(*PIECE).cast(PIECE)  # type: ignore[arg-type]


def party_key(name: pl.Expr, country: pl.Expr) -> pl.Expr:
    """What takes two spellings of a party for one: letters and digits of the name, in capitals, with the country."""
    letters = name.str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return pl.when(letters.str.len_chars() > 0).then(pl.concat_str(letters, country.fill_null(""), separator="|"))


def over_batch(pieces_of_parts: pl.DataFrame, kits: tuple[Kit, ...], limits: tuple[ValueLimit, ...]) -> pl.DataFrame:
    """TOGETHER rows (``id`` kit or split): each item that completes a kit, and each that with others crosses a value limit."""
    found = [_kit(pieces_of_parts, kit) for kit in kits] + [_split(pieces_of_parts, limit) for limit in limits]
    whole = pl.concat(found) if found else pl.DataFrame(schema=TOGETHER)
    return whole.sort(*PLACE, "id", "told", nulls_last=True).unique([*PLACE, "id"], keep="first", maintain_order=True)


def _kit(rows: pl.DataFrame, kit: Kit) -> pl.DataFrame:
    parts = [
        rows.filter(
            pl.col("consignee").is_not_null() & pl.col("codes").list.eval(_is_one(pl.element(), group.codes)).list.any()
        ).with_columns(group=pl.lit(group.title))
        for group in kit.groups
    ]
    members = pl.concat(parts).with_columns(day_number=pl.col("day").cast(pl.Int32))
    is_whole = (pl.col("group").n_unique() >= kit.at_least) & (pl.struct(PLACE).n_unique() >= kit.at_least)
    complete = _windows(members, ["consignee"], kit.days, is_whole, pl.col("group").unique().sort().str.join(", "))
    return _told(complete, "kit", pl.format("{} ({})", pl.lit(kit.title), pl.col("told")))


def _split(rows: pl.DataFrame, limit: ValueLimit) -> pl.DataFrame:
    concerned = rows.filter(
        pl.col("consignee").is_not_null()
        & pl.col("export_country").is_in(list(limit.export_from))
        & (pl.col("currency") == limit.currency)
        & (pl.col("value") > 0)
        & (pl.col("value") <= limit.amount)
        & (pl.col("day") >= (limit.since or date.min))
        & (pl.col("day") < (limit.until or date.max))
    )
    heading = pl.col("codes").str.split(".").list.first()
    coded = concerned.explode("codes").with_columns(group=heading, day_number=pl.col("day").cast(pl.Int32))
    if limit.codes:
        coded = coded.filter(_is_one(pl.col("codes"), limit.codes))
    members = coded.unique([*PLACE, "group"], keep="first", maintain_order=True)
    crossing = (pl.col("value").sum() > limit.amount) & (pl.struct(PLACE).n_unique() > 1)
    told = pl.format("{} items of {} {} together", pl.len(), pl.col("value").sum().round(2), pl.lit(limit.currency))
    together = _windows(members, ["exporter", "consignee", "group"], limit.days, crossing, told)
    return _told(together, "split", pl.format("{}: {}", pl.lit(limit.title), pl.col("told")))


def _windows(members: pl.DataFrame, keys: list[str], days: int, complete: pl.Expr, told: pl.Expr) -> pl.DataFrame:
    """The members that stand in some window of so many days, of one value of ``keys``, of which ``complete`` holds."""
    # What is not complete over all days is so in no window: few are left to be looked at day by day.
    possible = members.group_by(keys).agg(is_complete=complete).filter("is_complete").select(keys)
    concerned = members.join(possible, on=keys, how="semi", nulls_equal=True)
    starts = concerned.select(*keys, start="day_number").unique()
    inside = starts.join(concerned, on=keys, nulls_equal=True).filter(
        (pl.col("day_number") >= pl.col("start")) & (pl.col("day_number") < pl.col("start") + days)
    )
    inside = inside.sort(*PLACE, nulls_last=True)
    full = inside.group_by(*keys, "start").agg(is_complete=complete, told=told).filter("is_complete")
    return inside.join(full.drop("is_complete"), on=[*keys, "start"], nulls_equal=True)


def _told(rows: pl.DataFrame, kind: str, told: pl.Expr) -> pl.DataFrame:
    return rows.select(*PLACE, id=pl.lit(kind), told=told).cast(TOGETHER)  # type: ignore[arg-type]


def _is_one(code: pl.Expr, tops: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal((code == top) | code.str.starts_with(f"{top}.") for top in tops)
