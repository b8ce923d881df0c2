"""Transit, export and entry summary declarations of the European Union."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data" / "messages"
TRANSIT = (DATA / "eu_transit.xml").read_bytes().decode()

EXPORT = (DATA / "eu_export.xml").read_bytes().decode()

ENTRY = (DATA / "eu_entry_summary.xml").read_bytes().decode()


def test_a_transit_declaration_has_three_storeys(read_text: Any) -> None:
    found = read_text(TRANSIT, "cc015c.xml")
    assert found.items.select(
        "declaration_id", "item_number", "operation", "declared_on", "export_country", "destination_country", "hs_code", "un_number",
        "remarks", "marks", "net_mass_kg", "customs_office",
    ).rows() == [
        ("T-1", 1, "transit", date(2026, 3, 9), "DE", "TR", "28371100", "1689", "FOR PLANT 9; CUS 0010002-7", "N/M 4", 120.5, "XX000001"),
        ("T-1", 2, "transit", date(2026, 3, 9), "DE", "IR", None, None, None, None, None, "XX000001"),
    ]  # fmt: skip
    assert found.parties.select("item", "role", "name").rows() == [
        (0, "consignor", "HOUSE ONE GMBH"),
        (0, "declarant", "TRANSIT HOUSE BV"),
        (0, "declarant", "J. TEST"),
        (0, "consignee", "ANKARA TEST AS"),
        (0, "freight_forwarder", None),
        (0, "vessel", "MV EXAMPLE"),
        (1, "consignor", "HOUSE TWO GMBH"),
        (1, "declarant", "TRANSIT HOUSE BV"),
        (1, "declarant", "J. TEST"),
        (1, "consignee", "ANKARA TEST AS"),
        (1, "freight_forwarder", None),
        (1, "vessel", "MV EXAMPLE"),
    ]
    assert [document["code"] for document in found.items["documents"][0]] == ["Y901"]
    assert found.items["transit_countries"].to_list() == [["BG"], ["BG"]]


def test_an_export_declaration_keeps_procedure_licence_and_route(read_text: Any) -> None:
    found = read_text(EXPORT, "cc515c.xml")
    item = found.items.row(0, named=True)
    expected = {
        "declaration_id": "E-1", "operation": "reexport", "procedure_code": "3171 F75", "export_country": "BE", "origin_country": "CN",
        "destination_country": "KH", "transit_countries": ["AE"], "hs_code": "841370", "value": 300.25, "currency": "EUR", "problems": [],
    }  # fmt: skip
    assert {field: item[field] for field in expected} == expected
    assert item["documents"] == [{"code": "X060", "reference": "BE-1", "valid_until": "2027-01-31"}]
    assert found.extra["eu_export:SupportingDocument"].to_list() == ["X060 BE-1: quantity 4"]
    assert found.parties.select("role", "name", "country", "address").rows() == [
        ("exporter", "PUMPS NV", "BE", "KAAI 1, GENT"),
        ("consignee", "MEKONG TEST CO", None, None),
    ]


def test_an_entry_summary_is_of_an_import(read_text: Any) -> None:
    found = read_text(ENTRY, "cc315a.xml")
    item = found.items.row(0, named=True)
    expected = {
        "declaration_id": "N-1", "operation": "import", "declared_on": date(2026, 3, 9), "description": "LATHES", "hs_code": "845811",
        "marks": "W-9", "container_numbers": "TSTU1", "transit_countries": ["TW", "SG"], "customs_office": "XX000003",
    }  # fmt: skip
    assert {field: item[field] for field in expected} == expected
    assert found.parties.select("role", "name", "country", "address").rows() == [
        ("consignee", "WORKSHOP LTD", None, None),
        ("consignor", "SHIPPER LTD", "TW", "1 ROAD, TAICHUNG"),
        ("notify_party", "NOTIFY LTD", None, None),
        ("declarant", "LODGER LTD", None, None),
    ]
    assert not any("LNG" in name for name in found.extra.columns)
