"""From raised flags to the lane: the worst of each independent family, summed; one family alone proposes red only where data says so.

Flags never touch the legal flag of a determination. Adding flags never lowers a lane, so that those of a part and those of the whole
batch may be settled one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from control_lists.snapshot import Snapshot
from screening.decide.determined import Determined
from screening.decide.records import RED_FLAG
from screening.decide.rows import shared
from screening.policy import Policy

LANES = ("green", "blue", "yellow", "red")
_RANK = {lane: rank for rank, lane in enumerate(LANES)}


def settle(determinations: pl.DataFrame, flags: pl.DataFrame, on: Sequence[str], snapshot: Snapshot, policy: Policy) -> pl.DataFrame:
    """The determinations with ``flags`` (FLAG rows, matched by ``on``) among their red flags, their lanes moved and questions added.

    A flag that a determination has already is not added again.
    """
    if flags.is_empty():
        return determinations
    asked = flags.group_by(on, maintain_order=True).agg(
        added=pl.struct(*(f.name for f in RED_FLAG.fields)), asked=pl.col("question").drop_nulls().unique(maintain_order=True)
    )
    concerned = determinations.with_row_index("_row").join(asked, on=on, how="inner", nulls_equal=True, maintain_order="left")
    new = concerned.select("_row", flag=pl.col("red_flags").list.concat("added")).explode("flag")
    whole = (
        new.with_columns(pl.col("flag").struct.field("id", "family", "weight", "lane"))
        .unique(["_row", "id"], keep="first", maintain_order=True)
        .group_by("_row", maintain_order=True)
        .agg(
            red_flags=pl.col("flag"),
            proposed=_proposal(snapshot, policy),
        )
    )
    settled = concerned.drop("red_flags").join(whole, on="_row", maintain_order="left")
    rank = pl.max_horizontal(pl.col("lane", "proposed").replace_strict(_RANK, return_dtype=pl.Int32))
    moved = pl.col("proposed") != "green"
    settled = settled.with_columns(
        lane=rank.replace_strict({r: lane for lane, r in _RANK.items()}, return_dtype=pl.String),
        questions=pl.when(moved)
        .then(pl.concat_list("questions", "asked").list.unique(maintain_order=True).list.head(policy.max_questions))
        .otherwise("questions"),
    )
    rest = determinations.with_row_index("_row").join(settled.select("_row"), on="_row", how="anti", maintain_order="left")
    return pl.concat([rest, settled.select(rest.columns)]).sort("_row").drop("_row")


def settled(determined: Determined, flags: pl.DataFrame, on: Sequence[str], snapshot: Snapshot, policy: Policy) -> Determined:
    """As ``settle``, once for each different record to which different flags are added."""
    if flags.is_empty():
        return determined
    told = shared(flags.select(*(f.name for f in RED_FLAG.fields), "question"))
    raised = flags.select(*on, told=pl.Series(told.at)).group_by(on, maintain_order=True).agg("told")
    groups = shared(raised.select("told"))
    concerned = raised.select(*on, raised=pl.Series(groups.at))
    rows = determined.rows.join(concerned, on=on, how="left", nulls_equal=True, maintain_order="left")
    added = groups.frame.with_row_index("raised").explode("told")
    added = added.select("raised").hstack(told.frame[added.get_column("told")])
    return determined._replace(rows=rows).changed("raised", lambda records: settle(records, added, ["raised"], snapshot, policy))


def _proposal(snapshot: Snapshot, policy: Policy) -> pl.Expr:
    """The lane that an item's flags propose together: an aggregate over rows with ``id``, ``family``, ``weight`` and ``lane``."""
    alone = [flag.id for flag in snapshot.red_flags.values() if flag.alone]
    families = sorted({flag.family for flag in snapshot.red_flags.values()})
    by_family = []
    for family in families:
        own = pl.col("weight").filter(pl.col("family") == family)
        by_family.append((own.filter(own > 0).max().fill_null(0) + own.filter(own < 0).min().fill_null(0)).clip(0))
    score = pl.sum_horizontal(by_family)
    independent = pl.sum_horizontal((one > 0).cast(pl.Int32) for one in by_family)
    is_red = pl.col("lane") == "red"
    by_itself = (is_red & pl.col("id").is_in(alone)).any()
    together = is_red.any() & (score >= policy.red_flag_score_red) & (independent >= policy.red_flag_families_red)
    speaks = (pl.col("lane") != "green").any() & (score >= policy.red_flag_score_yellow)
    return pl.when(by_itself | together).then(pl.lit("red")).when(speaks).then(pl.lit("yellow")).otherwise(pl.lit("green"))
