"""Referrals: what is flagged REVIEW or worse, with what was declared, found, to be asked and to be done."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from screening.alerts import Ranking, items_of
from screening.declared import with_declared
from screening.engine import Screener
from screening.errors import ContractError
from screening.read import ReadOptions, read, read_records
from screening.write import write_to
from screening.write.referral import COLUMNS
from tests.write.determined import ASKED, BOWLS, CYANIDE, DAY, LISTED

SCHEMA = Path(__file__).parents[2] / "docs" / "referral.xsd"
PARTIES = [
    {"role": "exporter", "name": "Muster GmbH", "country": "DE", "address": "Weg 1, Köln", "identifiers": ["eori:DE123"]},
    LISTED,
    {"role": "end_user", "name": "Beispiel & Söhne <Hanoi>"},
    {"role": "intermediary", "name": "Middle Ltd"},
    {"role": "vessel", "name": "MV SAMPLE", "country": "PA", "identifiers": ["imo:9187629"]},
]
FULL: dict[str, Any] = {
    **CYANIDE, "declared_on": "2026-11-20", "operation": "export", "origin_country": "DE", "procedure_code": "1000", "transport_mode": "1",
    "container_numbers": "MSKU1234565", "transit_countries": ["SG", "KH"], "marks": "LOT 1", "end_use": "gold refining",
    "cas_number": "143-33-9", "un_number": "1689", "control_code": "1C350.45", "quantity": 40, "unit": "DR", "net_mass_kg": 2000,
    "value": "5400.5", "currency": "EUR", "documents": [{"code": "Y901", "reference": "none"}], "parties": PARTIES,
}  # fmt: skip


def referred(screener: Screener, *items: dict[str, Any], jurisdictions: tuple[str, ...] = ("EU", "UN")) -> pl.DataFrame:
    records = [
        {"declaration_id": f"T-{n}", "export_country": "DE", "destination_country": "VN", "customs_office": "DE1", **item}
        for n, item in enumerate(items, 1)
    ]
    (part,) = read_records(records, ReadOptions(screener.snapshot))
    decided = screener.determine(part, as_of=DAY, jurisdictions=jurisdictions).determinations
    return with_declared(decided, part, at_least="REVIEW")


def as_xml(*frames: pl.DataFrame) -> Any:
    out = io.BytesIO()
    write_to(frames, out, "referral.xml")
    return etree.fromstring(out.getvalue())


def as_csv(*frames: pl.DataFrame) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_to(frames, out, "referral.csv")
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


@pytest.fixture
def frame(screener: Screener) -> pl.DataFrame:
    return referred(screener, FULL, BOWLS, ASKED)


def test_what_is_flagged_review_or_worse_is_referred_and_nothing_else(frame: pl.DataFrame) -> None:
    assert [(r["declaration_id"], r["flag"], r["lane"]) for r in as_csv(frame)] == [
        ("T-1", "PROHIBITED", "red"),
        ("T-3", "REVIEW", "yellow"),
    ]
    assert [r.get("flag") for r in as_xml(frame)] == ["PROHIBITED", "REVIEW"]


def test_a_row_tells_the_whole_case(frame: pl.DataFrame) -> None:
    row = as_csv(frame)[0]
    assert tuple(row) == COLUMNS
    assert (row["net_mass_kg"], row["value"], row["currency"], row["documents"]) == ("2000", "5400.5", "EUR", "Y901 none")
    assert row["parties"].startswith("exporter: Muster GmbH, Weg 1, Köln, DE, eori:DE123 | consignee: Korea Mining")
    assert row["jurisdictions"] == "EU; UN"
    assert "PROHIBITED: Korea Mining Development Trading Corp matches" in row["reasons"]
    assert "LICENCE_REQUIRED: 1C350.45" in row["reasons"]
    assert row["party_matches"].startswith("consignee Korea Mining Development Trading Corp: ")
    assert row["actions"].startswith("Do not release: stop the movement")
    assert "claims that the good is not listed" in row["actions"]
    assert "frame rate" in as_csv(frame)[1]["questions"]


def test_the_declaration_in_the_xml_is_read_as_a_wco_declaration(frame: pl.DataFrame, screener: Screener, tmp_path: Path) -> None:
    path = tmp_path / "case.xml"
    path.write_bytes(etree.tostring(as_xml(frame)[0].find("Declaration")))
    (part,) = read(path, ReadOptions(screener.snapshot))
    (item,) = part.items.to_dicts()
    expected = {
        "declaration_id": "T-1", "operation": "export", "export_country": "DE", "destination_country": "VN", "origin_country": "DE",
        "customs_office": "DE1", "hs_code": "283711", "procedure_code": "1000", "transport_mode": "1", "container_numbers": "MSKU1234565",
        "transit_countries": ["SG", "KH"], "un_number": "1689", "quantity": 40.0, "unit": "DR", "net_mass_kg": 2000.0, "value": 5400.5,
        "currency": "EUR", "marks": "LOT 1",
    }  # fmt: skip
    assert {name: item[name] for name in expected} == expected
    assert str(item["declared_on"]) == "2026-11-20"
    assert all(text in item["remarks"] for text in ("gold refining", "143-33-9", "1C350.45"))
    assert [document["code"] for document in item["documents"]] == ["Y901"]
    names = set(part.parties.select("role", "name").rows())
    assert {("exporter", "Muster GmbH"), ("consignee", LISTED["name"]), ("end_user", "Beispiel & Söhne <Hanoi>")} <= names
    assert ("imo:9187629" in part.parties.filter(role="vessel").item(0, "identifiers")) is True


def test_every_document_keeps_to_its_schema(frame: pl.DataFrame) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for root in (as_xml(frame), as_xml(frame.clear())):
        schema.assertValid(root)
    strange = as_xml(frame)
    strange[0].find("Determination").set("flag", "CLEAR")
    assert not schema.validate(strange)


def test_a_declared_text_breaks_out_of_neither_form(screener: Screener) -> None:
    frame = referred(screener, {**CYANIDE, "remarks": "@SUM(A1) </Referral>\x00\x1b &lt;", "description": "=1+1 SODIUM CYANIDE"})
    root = as_xml(frame)
    assert len(root) == 1
    assert root.findtext(".//StatementDescription") == "@SUM(A1) </Referral>\ufffd\ufffd &lt;"
    assert as_csv(frame)[0]["description"] == "'=1+1 SODIUM CYANIDE"


def test_what_is_beyond_the_budget_is_no_case(screener: Screener) -> None:
    frame = referred(screener, ASKED, ASKED, CYANIDE)
    ranking = Ranking(500)
    ranking.count(items_of(frame))
    marked = list(ranking.mark([frame]))
    assert [(r["declaration_id"], r["alert_rank"]) for r in as_csv(*marked)] == [("T-1", "2"), ("T-3", "1")]
    assert [r.get("rank") for r in as_xml(*marked)] == ["2", "1"]


def test_without_what_was_declared_there_is_no_case(screener: Screener, frame: pl.DataFrame) -> None:
    with pytest.raises(ContractError, match="with_declared"):
        as_csv(frame.select(pl.exclude("^declared\\..*$")))


def test_an_empty_table_has_its_header(frame: pl.DataFrame) -> None:
    out = io.BytesIO()
    write_to([frame.clear()], out, "referral.csv", bom=True)
    assert out.getvalue().decode("utf-8-sig").strip() == ",".join(COLUMNS)
