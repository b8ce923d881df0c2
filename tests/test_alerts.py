"""Which items are alerts, how urgent each is, and what a budget may leave."""

from __future__ import annotations

import itertools
import random

import polars as pl
import pytest

from screening.alerts import Ranking, items_of, marked, proposed
from screening.engine import Screener
from tests.write.determined import ASKED, BOWLS, CYANIDE, LISTED, determined

QUIET = [BOWLS] * 7


def ranked(frame: pl.DataFrame, per_1000: int | None) -> Ranking:
    ranking = Ranking(per_1000)
    ranking.count(items_of(frame))
    return ranking


def test_an_item_is_as_bad_as_its_worst_determination(screener: Screener) -> None:
    items = items_of(determined(screener, [{**BOWLS, "parties": [LISTED]}, BOWLS, ASKED], "UN", "EU", "CWC"))
    assert items.select("declaration_id", "flag", "lane", "is_alert", "is_kept").rows() == [
        ("T-1", "PROHIBITED", "red", True, True),
        ("T-2", "NO_FINDING", "green", False, False),
        ("T-3", "REVIEW", "yellow", True, False),
    ]


def test_of_two_laws_that_are_as_strict_the_states_own_is_told(screener: Screener) -> None:
    frame = determined(screener, [{**BOWLS, "parties": [LISTED]}], "UN", "EU")
    (row,) = items_of(frame).get_column("row")
    assert frame.get_column("jurisdiction").to_list() == ["EU", "UN"]
    assert frame.item(row, "jurisdiction") == "EU"
    reversed_rows = frame.reverse()
    assert reversed_rows.item(items_of(reversed_rows).item(0, "row"), "jurisdiction") == "EU"


def test_a_party_that_may_be_listed_is_kept_although_it_is_a_review(screener: Screener) -> None:
    frame = determined(screener, [BOWLS, ASKED])
    entity = pl.col("reasons").list.eval(pl.element().struct.with_fields(entity=pl.lit("un-sc:KPe.001")))
    items = items_of(frame.with_columns(reasons=entity))
    assert items.select("flag", "is_kept").row(1) == ("REVIEW", True)


@pytest.mark.parametrize(("text", "score"), [("The goods may be luxury.", 100.0), ("Not settled: the goods may be luxury.", 0.0)])
def test_a_rule_on_the_movement_scores_where_it_is_settled(screener: Screener, text: str, score: float) -> None:
    about = {"text": pl.lit(text), "entry": pl.lit(None, pl.String)}
    frame = determined(screener, [ASKED]).with_columns(
        pl.col("candidates").list.head(0), pl.col("reasons").list.eval(pl.element().struct.with_fields(**about))
    )
    assert items_of(frame).get_column("score").to_list() == [score]


@pytest.mark.parametrize(
    ("per_1000", "stay"),
    [(None, ["T-1", "T-2", "T-3"]), (300, ["T-1", "T-2", "T-3"]), (200, ["T-1", "T-2"]), (101, ["T-1", "T-2"]), (100, ["T-1"])],
)
def test_a_budget_keeps_the_worst_and_of_equals_the_first(screener: Screener, per_1000: int | None, stay: list[str]) -> None:
    frame = determined(screener, [CYANIDE, ASKED, ASKED, *QUIET])
    ranking = ranked(frame, per_1000)
    (found,) = ranking.mark([frame])
    alerts = found.filter(pl.col("alert_rank").is_not_null())
    assert alerts.get_column("alert_rank").to_list() == [1, 2, 3]
    assert alerts.filter(~pl.col("beyond_budget")).get_column("declaration_id").to_list() == stay
    assert ranking.left().get_column("number").sum() == 3 - len(stay)


def test_no_budget_leaves_a_prohibition_a_licence_or_a_listed_party_and_says_by_how_much_it_is_exceeded(screener: Screener) -> None:
    frame = determined(screener, [CYANIDE, {**BOWLS, "parties": [LISTED]}, ASKED, *QUIET])
    ranking = ranked(frame, 0)
    (found,) = ranking.mark([frame])
    assert found.filter("beyond_budget").get_column("declaration_id").to_list() == ["T-3"]
    assert ranking.left().rows() == [("DE1", "REVIEW", "yellow", 1)]
    assert (ranking.alerts, ranking.exceeding) == (3, 2)


def test_each_office_has_a_budget_of_its_own_also_the_one_that_is_not_stated(screener: Screener) -> None:
    frame = determined(screener, [{**ASKED, "customs_office": office} for office in ("B", "A", "B", "A", None, None)])
    ranking = ranked(frame, 500)
    (found,) = ranking.mark([frame])
    assert found.get_column("alert_rank").to_list() == [1, 1, 2, 2, 1, 2]
    assert found.get_column("beyond_budget").to_list() == [False, False, True, True, False, True]


def test_ranks_do_not_depend_on_how_the_batch_is_cut(screener: Screener) -> None:
    frame = determined(screener, [{**one, "customs_office": office} for one, office in itertools.product((ASKED, CYANIDE, BOWLS), "AABB")])
    (whole,) = ranked(frame, 250).mark([frame])
    pieces = [frame[n : n + 1] for n in range(frame.height)]
    random.Random(1).shuffle(pieces)
    ranking = Ranking(250)
    for piece in pieces:
        ranking.count(items_of(piece))
    assert pl.concat(ranking.mark(frame[n : n + 5] for n in range(0, frame.height, 5))).equals(whole)


def test_a_budget_moves_a_lane_and_no_flag(screener: Screener) -> None:
    frame = determined(screener, [ASKED, BOWLS])
    (found,) = ranked(frame, 0).mark([frame])
    assert found.drop("alert_rank", "beyond_budget").equals(frame)
    items = items_of(found).with_columns(beyond_budget=found.get_column("beyond_budget"))
    assert proposed(items).select("flag", "lane").rows() == [("REVIEW", "blue"), ("NO_FINDING", "green")]


def test_what_nothing_ranked_is_within_any_budget(screener: Screener) -> None:
    frame = marked(determined(screener, [ASKED]))
    assert frame.select("alert_rank", "beyond_budget").rows() == [(None, False)]
    assert marked(frame) is frame
