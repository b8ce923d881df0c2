"""Predicates of the value family: prices, masses and payment against what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from screening.decide.rules import in_force
from screening.flags.subject import FOUND, Subject, found


def unit_value(subject: Subject, value: Mapping[str, Any]) -> pl.DataFrame:
    """The unit value is more than ``mads`` robust deviations and ``factor`` times away from the usual one; tells both.

    Usual is the median of at least 30 earlier lines of the HS subheading, unit and currency (``flags/unit_values.py``).
    """
    return found(subject.usual.unusual(subject.rows, float(value["mads"]), float(value["factor"])), pl.col("told"))


def piece_mass(subject: Subject, value: float) -> pl.DataFrame:
    """A piece weighs ``value`` times more or less than pieces of its HS heading plausibly do; tells the mass of one."""
    counted = subject.usual.counted(subject.rows).filter(pl.col("net_mass_kg") > 0)
    weighed = counted.with_columns(piece_kg=pl.col("net_mass_kg") / pl.col("pieces"))
    parts = []
    for width in (2, 4, 6):
        table = subject.tables.piece_masses.filter(pl.col("hs").str.len_chars() == width)
        by_prefix = weighed.with_columns(hs=pl.col("hs_code").str.slice(0, width)).join(table, on="hs", maintain_order="left")
        parts.append(by_prefix.select("item", "piece_kg", "low_kg", "high_kg", "hs"))
    # The narrowest heading of the table decides.
    told = pl.concat(parts).sort("item", pl.col("hs").str.len_chars(), descending=[False, True], maintain_order=True)
    told = told.unique("item", keep="first", maintain_order=True)
    off = told.filter((pl.col("piece_kg") * value < pl.col("low_kg")) | (pl.col("piece_kg") > value * pl.col("high_kg")))
    return found(off, pl.format("{} kg", pl.col("piece_kg").round(3))).cast(FOUND)  # type: ignore[arg-type]


def just_under_limit(subject: Subject, value: float) -> pl.DataFrame:
    """The item's value is below a value limit in force for its recognised good by no more than so many per cent; tells the limit."""
    parts = []
    for limit in (one for one in subject.snapshot.value_limits if in_force(one, subject.context.day)):
        rows = subject.rows.filter(
            pl.col("export_country").is_in(list(limit.export_from))
            & (pl.col("currency") == limit.currency)
            & pl.col("value").is_between(limit.amount * (1 - value / 100), limit.amount)
        )
        concerned = subject.candidates.filter(pl.col("status") != "hint")
        if limit.codes:
            concerned = concerned.filter(pl.any_horizontal(pl.col("code").str.starts_with(code) for code in limit.codes))
        parts.append(found(rows.join(concerned, on="item", how="semi", maintain_order="left"), pl.lit(limit.title)))
    whole = pl.concat(parts) if parts else pl.DataFrame(schema=FOUND)
    return whole.unique("item", keep="first", maintain_order=True)


def split(subject: Subject, value: bool) -> pl.DataFrame:
    """With others of the batch, each below a value limit, the item crosses it; tells the limit and the sum."""
    return found(subject.together.filter((pl.col("id") == "split") & pl.lit(value)), pl.col("told"))


PREDICATES = {
    "split": split,
    "just_under_limit": just_under_limit,
    "piece_mass": piece_mass,
    "unit_value": unit_value,
}
