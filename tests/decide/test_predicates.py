"""Each predicate is true, false or unknown of a row; silence is told apart from no."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from screening.decide.predicates import PREDICATES, READS, Context
from screening.decide.subjects import candidate_facts, movements, party_facts
from screening.engine import Screener
from screening.goods.match import CANDIDATE
from screening.parties.match import PARTY_MATCH
from screening.read import ReadOptions, read_records

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def context(screener: Screener) -> Context:
    return Context(screener.snapshot, screener.policy, screener.goods.facts, DAY)


def movement(context: Context, **record: Any) -> pl.DataFrame:
    (part,) = read_records([{"description": "good", **record}], ReadOptions(context.snapshot))
    return movements(part.items, part.parties)


def truth(context: Context, key: str, value: Any, rows: pl.DataFrame) -> bool | None:
    return PREDICATES[key](rows, value, context).item(0)


@pytest.mark.parametrize(
    ("key", "value", "record", "expected"),
    [
        ("operation", ("export",), {}, True),
        ("operation", ("transit",), {}, False),
        ("destination", ("KP",), {"destination_country": "KP"}, True),
        ("destination", ("KP",), {"destination_country": "VN"}, False),
        ("destination", ("KP",), {}, None),
        ("destination", ("set:cwc_non_party",), {"destination_country": "EG"}, True),
        ("destination_not", ("set:eu",), {"destination_country": "VN"}, True),
        ("destination_not", ("set:eu",), {"destination_country": "FR"}, False),
        ("destination_not", ("set:eu",), {}, None),
        ("origin", ("KP",), {}, None),
        ("via", ("KP",), {"transit_countries": "CN;KP"}, True),
        ("via", ("KP",), {}, False),
        ("any_country", ("KP",), {"parties": [{"role": "consignee", "name": "X", "country": "KP"}]}, True),
        ("any_country", ("KP",), {}, False),
        ("buyer_country", ("KP",), {"parties": [{"role": "buyer", "name": "X", "country": "KP"}]}, True),
        ("buyer_country", ("KP",), {}, None),
        ("hs_under", ("84",), {"hs_code": "841370"}, True),
        ("hs_under", ("84",), {"hs_code": "300431"}, False),
        ("hs_under", ("84",), {}, None),
        ("hs_under", ("854231",), {"hs_code": "8542"}, None),
        ("hs_not_under", ("84",), {"hs_code": "300431"}, True),
        ("hs_not_under", ("84",), {}, None),
        ("end_use_informed", ("wmd",), {"end_use_informed": "WMD"}, True),
        ("end_use_informed", ("wmd",), {"end_use_informed": "no"}, False),
        ("end_use_informed", ("any",), {"end_use_informed": "military"}, True),
        ("end_use_informed", ("wmd",), {}, False),
        ("end_use_informed_not", ("wmd",), {}, True),
        ("mentions", ("free_zone",), {"parties": [{"role": "consignee", "name": "X", "address": "Free Trade Zone, Dubai"}]}, True),
        ("mentions", ("free_zone",), {}, False),
        ("mentions_not", ("free_zone",), {}, True),
        ("document", ("X060",), {"documents": "X060:DE-1; Y901"}, True),
        ("document", ("X060",), {}, False),
        ("document_not", ("X060",), {}, True),
        ("us_content_over", 10, {"us_content_pct": "25"}, True),
        ("us_content_over", 10, {}, None),
        ("value_up_to", {"amount": 1000000, "currency": "JPY"}, {"value": "1000000", "currency": "JPY"}, True),
        ("value_up_to", {"amount": 1000000, "currency": "JPY"}, {"value": "1000001", "currency": "JPY"}, False),
        ("value_up_to", {"amount": 1000000, "currency": "JPY"}, {"value": "900", "currency": "USD"}, False),
        ("value_up_to", {"amount": 1000000, "currency": "JPY"}, {"value": "900"}, False),
        ("switch", "recognise_snapback", {}, True),
        ("stated", ({"parameter": "retail_packed", "op": "=", "value": True},), {"attributes": {"retail": "yes"}}, True),
        ("stated", ({"parameter": "retail_packed", "op": "=", "value": True},), {"attributes": {"retail": "no"}}, False),
        ("stated", ({"parameter": "retail_packed", "op": "=", "value": True},), {}, None),
    ],
)
def test_of_a_movement(context: Context, key: str, value: Any, record: dict[str, Any], expected: bool | None) -> None:
    assert truth(context, key, value, movement(context, **record).select(READS[key])) is expected


@pytest.mark.parametrize(
    ("key", "value", "candidate", "expected"),
    [
        ("listed_in", "eu-dual-use", {"status": "met"}, True),
        ("listed_in", "eu-dual-use", {"status": "declared"}, True),
        ("listed_in", "eu-dual-use", {"status": "needs_data"}, None),
        ("listed_in", "eu-dual-use", {"status": "not_met"}, False),
        ("listed_in", "eu-dual-use", {"status": "hint"}, False),
        ("listed_in", "us-ccl", {"status": "met"}, False),
        ("candidate_status", ("not_met",), {"status": "not_met"}, True),
        ("code_under", ("1C350",), {"code": "1C350.46"}, True),
        ("code_under", ("1C350.4",), {"code": "1C350.46"}, False),
        ("code_under", ("9A009.a",), {"code": "9A009"}, None),
        ("code_not_under", ("9A009.a",), {"code": "9A009"}, None),
        ("code_not_under", ("9A009.a",), {"code": "9A010"}, True),
        ("group", ("D", "E"), {"code": "3D001"}, True),
        ("regime", ("NSG",), {"regimes": ["NSG"]}, True),
        ("mark", ("annex_iv",), {"marks": []}, False),
        ("mark_not", ("annex_iv",), {"marks": []}, True),
        ("chart", "us_chart:", {"reasons": ["NP1"]}, True),
        ("chart", "us_chart:", {"reasons": []}, False),
        ("concentration_over", 30, {"concentration": 85.0}, True),
        ("concentration_over", 30, {"concentration": 30.0}, False),
        ("concentration_over", 30, {"concentration": None}, None),
        ("consumer_packed", False, {"consumer_packed": True}, False),
        ("near_limit", 2, {"near_limit": 1.5}, True),
        ("near_limit", 2, {"near_limit": None}, False),
    ],
)
def test_of_a_candidate(context: Context, key: str, value: Any, candidate: dict[str, Any], expected: bool | None) -> None:
    row = {"item": 0, "list": "eu-dual-use", "code": "1C202", "status": "met", "regimes": [], "marks": [], "reasons": [], **candidate}
    facts = candidate_facts(pl.DataFrame([row], schema=CANDIDATE))
    rows = pl.concat([facts, movement(context, destination_country="MY")], how="horizontal")
    assert truth(context, key, value, rows.select(READS[key])) is expected


@pytest.mark.parametrize(
    ("key", "value", "match", "expected"),
    [
        ("party_programme", ("UN-1718",), {"strength": "strong"}, True),
        ("party_programme", ("UN-1718",), {"strength": "possible"}, None),
        ("party_programme", ("UN-1267",), {"strength": "strong"}, False),
        ("party_programme_not", ("UN-1718",), {"strength": "possible"}, False),
        ("party_list", ("any",), {"strength": "strong"}, True),
        ("party_list", ("un-sc",), {"strength": "possible"}, None),
        ("party_list_not", ("un-sc",), {"strength": "strong"}, False),
        ("party_role", ("consignee",), {"strength": "strong"}, True),
    ],
)
def test_of_a_party(context: Context, key: str, value: Any, match: dict[str, Any], expected: bool | None) -> None:
    row = {"item": 0, "role": "consignee", "list": "un-sc", "programmes": ["UN-1718"], **match}
    rows = party_facts(pl.DataFrame([row], schema=PARTY_MATCH))
    assert truth(context, key, value, rows.select(READS[key])) is expected


def test_every_predicate_stands_in_the_form() -> None:
    from pathlib import Path

    form = (Path(__file__).resolve().parents[2] / "docs" / "data-formats.md").read_text(encoding="utf-8")
    assert [key for key in PREDICATES if f"`{key}`" not in form] == []


def test_every_predicate_says_what_it_reads() -> None:
    assert list(READS) == list(PREDICATES)
