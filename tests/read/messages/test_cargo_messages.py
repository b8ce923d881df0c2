"""Manifests of ASYCUDA and air waybills of IATA."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data" / "messages"
MANIFEST = (DATA / "asycuda_manifest.xml").read_bytes().decode()

HOUSE = (DATA / "cargo_xml_house.xml").read_bytes().decode()


def test_a_bill_of_lading_is_a_declaration(read_text: Any) -> None:
    found = read_text(MANIFEST, "awmds.xml")
    assert found.items.select(
        "declaration_id", "item_number", "operation", "declared_on", "export_country", "destination_country", "description", "marks",
        "un_number", "container_numbers", "value", "customs_office",
    ).rows() == [
        ("BL-1", 1, "transhipment", date(2026, 3, 9), "CN", "TH", "30 CTNS VALVES", "N 4; PLANT 9", "1689", "TSTU1", 500.0, "KHSHV"),
        ("BL-2", 1, "export", date(2026, 3, 2), None, None, "PUMPS", None, None, None, None, "KHSHV"),
    ]  # fmt: skip
    assert found.parties.filter(item=0).select("role", "name", "country", "identifiers").rows() == [
        ("exporter", "SHIPPER LTD", None, []),
        ("notify_party", "REAL BUYER CO", None, []),
        ("consignee", "TO ORDER", None, []),
        ("carrier", "EXAMPLE LINES", None, ["id:C1"]),
        ("vessel", "MV EXAMPLE STAR", "PA", ["imo:9123456"]),
    ]


def test_a_house_waybill_is_read(read_text: Any) -> None:
    found = read_text(HOUSE, "xfzb.xml")
    item = found.items.row(0, named=True)
    expected = {
        "declaration_id": "H-1", "declared_on": date(2026, 3, 9), "description": "VALVES OF STEEL", "hs_code": "84818099",
        "remarks": "KEEP DRY; SPARES FOR PLANT 9", "export_country": "KR", "destination_country": "DE",
    }  # fmt: skip
    assert {field: item[field] for field in expected} == expected
    assert found.parties.select("role", "name").rows() == [
        ("consignor", "PARTS LTD"),
        ("consignee", "REPAIR GMBH"),
        ("notify_party", "ALSO NOTIFY"),
        ("consignee", "P. PERSON"),
    ]


def test_a_master_waybill_is_read(read_text: Any) -> None:
    text = (
        "<Waybill><BusinessHeaderDocument><ID>888-1</ID></BusinessHeaderDocument><MasterConsignment><ConsignorParty><Name>FORWARDER</Name>"
        "</ConsignorParty><ApplicableRating><TypeCode>F</TypeCode><IncludedMasterConsignmentItem><TypeCode>12</TypeCode>"
        "<NatureIdentificationTransportCargo><Identification>CONSOLIDATION</Identification></NatureIdentificationTransportCargo>"
        "</IncludedMasterConsignmentItem></ApplicableRating></MasterConsignment></Waybill>"
    )
    found = read_text(text, "xfwb.xml")
    assert found.items.select("declaration_id", "description", "hs_code").rows() == [("888-1", "CONSOLIDATION", None)]
    assert found.extra["cargo_xml:TypeCode"].to_list() == ["12"]
