"""Proposals for selectivity: one an item, the declaration's lane, reasons and questions of all laws, CSV and XML alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from lxml import etree

from screening.alerts import Ranking, items_of
from screening.engine import Screener
from screening.write import write_to
from screening.write.selectivity import COLUMNS, write_left
from tests.write.determined import ASKED, BOWLS, CYANIDE, LISTED, determined

HOSTILE = {"hs_code": "283711", "description": "=cmd|'/c calc' SODIUM CYANIDE </Item><Item> &amp; \x0b]]>", "customs_office": "<A&B>"}


@pytest.fixture
def frame(screener: Screener) -> pl.DataFrame:
    one = {"declaration_id": "D-1"}
    items = [{**CYANIDE, **one}, {**BOWLS, **one, "item_number": 2}, {**ASKED, "declaration_id": "D-2"}, {**BOWLS, "parties": [LISTED]}]
    return determined(screener, items, "EU", "UN")


def as_csv(frames: Iterator[pl.DataFrame]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_to(frames, out, "selectivity.csv")
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def as_xml(*frames: pl.DataFrame) -> etree._Element:
    out = io.BytesIO()
    write_to(frames, out, "selectivity.xml")
    return etree.fromstring(out.getvalue())


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "docs" / "selectivity.xsd"))


def budgeted(frame: pl.DataFrame, per_1000: int) -> list[pl.DataFrame]:
    ranking = Ranking(per_1000)
    ranking.count(items_of(frame))
    return list(ranking.mark([frame]))


def test_every_item_has_one_row_with_its_lane_and_its_declarations(frame: pl.DataFrame) -> None:
    rows = as_csv(iter([frame]))
    assert tuple(rows[0]) == COLUMNS
    assert [(r["declaration_id"], r["item_number"], r["declaration_lane"], r["lane"], r["flag"]) for r in rows] == [
        ("D-1", "1", "red", "red", "LICENCE_REQUIRED"),
        ("D-1", "2", "red", "green", "NO_FINDING"),
        ("D-2", "1", "yellow", "yellow", "REVIEW"),
        ("T-4", "1", "red", "red", "PROHIBITED"),
    ]


def test_the_criterion_is_the_worst_rule_and_reasons_of_all_laws_follow_the_worst_first(frame: pl.DataFrame) -> None:
    licence, _, asked, listed = as_csv(iter([frame]))
    assert (licence["customs_office"], licence["criterion"], licence["entry"]) == ("DE1", "eu-art-3-1", "eu-dual-use:1C350.45")
    assert "Regulation (EU) 2021/821, Article 3(1)" in licence["reasons"]
    assert "frame rate" in asked["questions"]
    assert (listed["jurisdiction"], listed["listed_party"]) == ("EU", "un-sc:KPe.001")
    told = listed["reasons"].split(" | ")
    assert len(told) == 3
    assert "resolution" in told[1]
    assert told[2].startswith("Korea Mining Development Trading Corp matches")


def test_what_a_declaration_claims_of_licences_is_told(screener: Screener) -> None:
    frame = determined(
        screener, [{**CYANIDE, "documents": [{"code": "X060", "reference": "DE-1"}]}, {**CYANIDE, "documents": [{"code": "Y901"}]}]
    )
    assert [(r["lane"], r["claims"]) for r in as_csv(iter([frame]))] == [("yellow", "licence_declared"), ("red", "not_listed_claimed")]


def test_beyond_a_budget_an_item_is_blue_and_keeps_its_flag(frame: pl.DataFrame) -> None:
    rows = as_csv(iter(budgeted(frame, 1)))
    left = next(row for row in rows if row["declaration_id"] == "D-2")
    assert (left["flag"], left["lane"], left["declaration_lane"], left["beyond_budget"]) == ("REVIEW", "blue", "blue", "true")
    assert [row["alert_rank"] for row in rows] == ["2", "", "3", "1"]
    out = io.BytesIO()
    write_left(iter(budgeted(frame, 1)), out, bom=True)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    assert [row["declaration_id"] for row in csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")))] == ["D-2"]


def test_the_xml_says_what_the_csv_says(frame: pl.DataFrame) -> None:
    root = as_xml(*budgeted(frame, 1))
    rows = as_csv(iter(budgeted(frame, 1)))
    assert root.get("snapshot") == rows[0]["snapshot"]
    assert [d.findtext("Selectivity_lane") for d in root.iterfind("Declaration")] == ["red", "blue", "red"]
    found = [
        (
            item.getparent().findtext("Declaration_reference"),
            item.findtext("Item_number"),
            item.findtext("Selectivity_lane"),
            item.findtext("Flag"),
            item.findtext("Criterion", ""),
            item.findtext("Alert_rank", ""),
            item.findtext("Commercial_Description"),
            " | ".join(f"{r.findtext('Text')} ({r.findtext('Law')})" for r in item.iterfind("Reason")),
            " | ".join(q.text for q in item.iterfind("Question")),
        )
        for item in root.iterfind("Declaration/Item")
    ]
    names = ("declaration_id", "item_number", "lane", "flag", "criterion", "alert_rank", "description", "reasons", "questions")
    assert found == [tuple(row[name] for name in names) for row in rows]


def test_every_document_keeps_to_its_schema(frame: pl.DataFrame) -> None:
    for root in (as_xml(*budgeted(frame, 1)), as_xml(frame.clear())):
        schema().assertValid(root)
    strange = as_xml(frame)
    strange[0].find("Selectivity_lane").text = "clear"
    assert not schema().validate(strange)


def test_a_declared_text_breaks_out_of_neither_form(screener: Screener) -> None:
    frame = determined(screener, [HOSTILE])
    (row,) = as_csv(iter([frame]))
    assert row["description"].startswith("'=cmd")
    root = as_xml(frame)
    assert len(root.findall(".//Item")) == 1
    assert root.findtext(".//Commercial_Description") == "=cmd|'/c calc' SODIUM CYANIDE </Item><Item> &amp; \ufffd]]>"
    assert root.findtext(".//Customs_clearance_office_code") == "<A&B>"


def test_several_frames_are_one_document_and_none_is_an_empty_one(frame: pl.DataFrame) -> None:
    cut = frame.get_column("declaration_id").search_sorted("D-2")
    assert as_csv(iter([frame[:cut], frame[cut:]])) == as_csv(iter([frame]))
    assert len(as_xml(frame[:cut], frame[cut:]).findall("Declaration")) == 3
    assert as_csv(iter([frame.clear()])) == []
    assert len(as_xml(frame.clear())) == 0
