"""What an officer has to look at: one row a goods item with its proposed lane, the alerts among them ranked and held to a budget.

An alert is an item in the red or yellow lane: customs acts on it before release. A budget of alerts moves those ranked beyond it to the
blue lane, checked after release, as the expected rates of customs selectivity move a declaration one lane down (UNCTAD, MODSEL,
selectivity parameters). It moves a lane and nothing else: flags, reasons and determinations stay. PROHIBITED, LICENCE_REQUIRED and a
party that may be a listed one are never moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from screening.decide.records import FLAGS, INTERNATIONAL, LANES, OPEN, SEVERITY
from screening.engine import KEYS

BEYOND_LANE = "blue"
_REVIEW, _YELLOW = SEVERITY["REVIEW"], LANES.index("yellow")
# Worst first; of equals the order of the contract decides.
_RANKED_BY = ("is_kept", "severity", "lane_rank", "hundredths")
_KEY = ("customs_office", *_RANKED_BY)
_COUNTS = dict(zip((*_KEY, "len"), (pl.String, pl.Boolean, pl.Int32, pl.Int32, pl.Int32, pl.Int64), strict=True))


def items_of(determinations: pl.DataFrame) -> pl.DataFrame:
    """One row a goods item, in the order of its ``determinations``, all of which are in the frame.

    Columns: KEYS, customs_office, flag and lane (the worst of all jurisdictions), score (0 to 100: of goods and parties that of the best
    evidence, 100 where a rule on the movement itself is settled, 0 where nothing scores), is_alert, is_kept (no budget leaves it), and row:
    that of its worst determination, a state's before an international one's.
    """
    element = pl.element().struct.field
    about_party = element("entity").is_not_null() & element("lifted_by").is_null() & (_rank(FLAGS, element("flag")) >= _REVIEW)
    settled = pl.element().filter(
        element("entry").is_null() & element("entity").is_null() & element("lifted_by").is_null() & ~element("text").str.starts_with(OPEN)
    )
    scored = (
        pl.when(pl.col("reasons").list.eval(settled).list.len() > 0).then(100.0),
        pl.col("candidates").list.eval(element("score").filter(element("status") != "not_met")).list.max(),
        pl.col("party_matches").list.eval(element("score")).list.max(),
    )
    rows = determinations.with_row_index("row").select(
        "row",
        *KEYS,
        "customs_office",
        severity=_rank(FLAGS, pl.col("flag")),
        lane_rank=_rank(LANES, pl.col("lane")),
        is_national=~pl.col("jurisdiction").is_in(INTERNATIONAL),
        about_party=pl.col("reasons").list.eval(about_party).list.any(),
        score=pl.max_horizontal(*scored).fill_null(0.0),
    )
    worst = ("severity", "lane_rank", "is_national")
    items = rows.group_by(KEYS, maintain_order=True).agg(
        pl.col("row").sort_by(worst, descending=True, maintain_order=True).first(),
        pl.col("customs_office").first(),
        pl.col("severity", "lane_rank", "score").max(),
        pl.col("about_party").any(),
    )
    return items.select(
        *KEYS,
        "customs_office",
        "row",
        "score",
        flag=_word(FLAGS, "severity"),
        lane=_word(LANES, "lane_rank"),
        is_alert=pl.col("lane_rank") >= _YELLOW,
        is_kept=(pl.col("severity") > _REVIEW) | pl.col("about_party"),
    )


class Ranking:
    """Alerts in order of urgency within their customs office, and which of them a budget leaves.

    Counts first, over all items in any order (``count``); then gives each alert its rank (``mark``). What is held grows with the distinct
    keys of ranking, not with the items.
    """

    def __init__(self, per_1000: int | None = None) -> None:
        """``per_1000``: alerts that an office may have for every 1,000 of its items, rounded up; None: as many as there are."""
        self._per_1000 = per_1000
        self._items = pl.DataFrame(schema={name: _COUNTS[name] for name in ("customs_office", "len")})
        self._alerts = pl.DataFrame(schema=_COUNTS)

    def count(self, items: pl.DataFrame) -> None:
        """Counts items, as ``items_of`` gives them."""
        self._items = _added(self._items, items)
        self._alerts = _added(self._alerts, _keyed(items))

    @property
    def alerts(self) -> int:
        """How many alerts there are, before any is left."""
        return int(self._alerts.get_column("len").sum())

    @property
    def exceeding(self) -> int:
        """How many alerts there are above the budget that it may not leave."""
        kept = self._places().filter("is_kept").group_by("customs_office").agg(pl.col("len").sum(), pl.col("allowed").first())
        return int(kept.select((pl.col("len") - pl.col("allowed")).clip(0).sum()).item())

    def left(self) -> pl.DataFrame:
        """Alerts beyond the budget, the worst first: columns customs_office, flag, lane, number."""
        beyond = self._places().filter(pl.col("beyond") > 0).group_by("customs_office", "severity", "lane_rank", maintain_order=True)
        return beyond.agg(number=pl.col("beyond").sum()).select(
            "customs_office", flag=_word(FLAGS, "severity"), lane=_word(LANES, "lane_rank"), number="number"
        )

    def mark(self, frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The determinations with alert_rank (in its office; null: no alert) and beyond_budget.

        ``frames`` follow one another in the order of the contract; all determinations of an item are in one frame.
        """
        places = self._places().select(*_KEY, "before", "allowed")
        for frame in frames:
            alerts = _keyed(items_of(frame)).join(places, on=_KEY, how="left", nulls_equal=True, maintain_order="left")
            alerts = alerts.with_columns(rank=pl.col("before") + pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(_KEY))
            passed = alerts.group_by(_KEY).agg(passed=pl.len().cast(pl.Int64))
            places = places.join(passed, on=_KEY, how="left", nulls_equal=True).select(
                *_KEY, pl.col("before") + pl.col("passed").fill_null(0), "allowed"
            )
            marks = alerts.select(*KEYS, alert_rank="rank", beyond_budget=~pl.col("is_kept") & (pl.col("rank") > pl.col("allowed")))
            marked = frame.join(marks, on=KEYS, how="left", nulls_equal=True, maintain_order="left")
            yield marked.with_columns(pl.col("beyond_budget").fill_null(False))

    def _places(self) -> pl.DataFrame:
        """The keys of the alerts, the worst first in each office: how many come ``before``, are ``allowed`` there, and are ``beyond``."""
        per_1000 = self._per_1000
        allowed = pl.lit(2**62, pl.Int64) if per_1000 is None else (pl.col("len") * per_1000 + 999) // 1000
        offices = self._items.select("customs_office", allowed=allowed)
        before = pl.col("len").cum_sum().over("customs_office") - pl.col("len")
        beyond = (before + pl.col("len") - pl.max_horizontal(before, "allowed")).clip(0)
        return (
            self._alerts.sort(_KEY, descending=[False, *[True] * len(_RANKED_BY)], nulls_last=True)
            .join(offices, on="customs_office", how="left", nulls_equal=True, maintain_order="left")
            .with_columns(before=before, beyond=pl.when("is_kept").then(0).otherwise(beyond))
        )


def marked(determinations: pl.DataFrame) -> pl.DataFrame:
    """The determinations as ``Ranking.mark`` gives them; where none ranked them, without ranks and all within the budget."""
    if "beyond_budget" in determinations.columns:
        return determinations
    return determinations.with_columns(alert_rank=pl.lit(None, pl.Int64), beyond_budget=pl.lit(False))


def proposed(items: pl.DataFrame) -> pl.DataFrame:
    """The items with ``lane`` as it is proposed within the budget: of those with beyond_budget, the lane that is checked after release."""
    return items.with_columns(lane=pl.when("beyond_budget").then(pl.lit(BEYOND_LANE)).otherwise("lane"))


def _keyed(items: pl.DataFrame) -> pl.DataFrame:
    """The alerts among items with the columns that rank them."""
    return items.filter("is_alert").with_columns(
        severity=_rank(FLAGS, pl.col("flag")),
        lane_rank=_rank(LANES, pl.col("lane")),
        hundredths=(pl.col("score") * 100).round().cast(pl.Int32),
    )


def _added(counts: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Counts by all their columns but len, with more rows counted."""
    by = [name for name in counts.columns if name != "len"]
    more = rows.group_by(by).agg(pl.len().cast(pl.Int64))
    return pl.concat([counts, more.select(counts.columns)]).group_by(by).agg(pl.col("len").sum())


def _rank(words: tuple[str, ...], column: pl.Expr) -> pl.Expr:
    return column.replace_strict({word: rank for rank, word in enumerate(words)}, return_dtype=pl.Int32)


def _word(words: tuple[str, ...], name: str) -> pl.Expr:
    return pl.col(name).replace_strict(dict(enumerate(words)), return_dtype=pl.String)
