"""WCO Data Model declarations: British and European profiles, in any envelope and under any prefix."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

ENVELOPED = (Path(__file__).parents[2] / "data" / "messages" / "wco_declaration.xml").read_text()
# The same without an envelope and under no prefix.
BARE = (
    ENVELOPED[ENVELOPED.index("<n:Declaration>") : ENVELOPED.index("</n:MetaData>")]
    .replace("n:", "")
    .replace("<Declaration>", '<Declaration xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">')
)


@pytest.mark.parametrize("text", [BARE, ENVELOPED])
def test_header_and_items_are_joined_in_any_envelope(read_text: Any, text: str) -> None:
    found = read_text(text, "dec.xml")
    first, second = found.items.iter_rows(named=True)
    expected = {
        "declaration_id": "LRN-7", "item_number": 1, "operation": "export", "declared_on": date(2026, 3, 9), "export_country": "GB",
        "destination_country": "IR", "origin_country": "DE", "customs_office": "XX000099", "procedure_code": "1040 1CG",
        "transport_mode": "1", "transit_countries": ["AE", "OM"], "container_numbers": "TSTU7654321", "hs_code": "8481809910",
        "description": "BELLOWS VALVE", "marks": "PLANT 9", "remarks": "FOR PLANT 9", "un_number": "1689", "quantity": 3.0, "unit": "NAR",
        "net_mass_kg": 12.5, "value": 1234.5, "currency": "GBP", "problems": [],
    }  # fmt: skip
    assert {field: first[field] for field in expected} == expected
    assert [(d["code"], d["reference"], d["valid_until"]) for d in first["documents"]] == [
        ("X002", "L-1", None),
        ("X060", "L-2", "2027-12-31"),
        ("Y901", None, None),
    ]
    assert (second["item_number"], second["destination_country"], second["description"]) == (2, "AE", "GASKETS")


def test_a_party_of_the_item_is_screened_beside_that_of_the_declaration(read_text: Any) -> None:
    found = read_text(BARE, "dec.xml")
    parties = found.parties.filter(item=0).select("role", "name", "country", "address", "identifiers").rows()
    assert parties == [
        ("consignee", "SITE STORE", None, None, []),
        ("declarant", None, None, None, ["id:XX000000001"]),
        ("exporter", "TEST VALVES LTD", "GB", "HULL, 1 QUAY, HU1", []),
        ("consignee", "GULF TEST TRADING", "AE", None, []),
        ("vessel", "MV EXAMPLE STAR", "SG", None, []),
    ]


def test_the_destination_of_the_declaration_is_kept_beside_that_of_the_item(read_text: Any) -> None:
    found = read_text(BARE, "dec.xml")
    assert found.extra["wco_declaration:destination_country of the declaration"].to_list() == ["AE", None]
    assert found.extra["wco_declaration:Classification"].to_list() == ["ID 4099, IdentificationTypeCode TRA", None]
    assert found.extra["wco_declaration:AdditionalDocument"][0] == "X002 L-1: LPCOExemptionCode EE"


@pytest.mark.parametrize(("kind", "requested", "operation"), [("IMD", "40", "import"), ("EXD", "31", "reexport"), ("COA", "10", "export")])
def test_the_operation_is_told_by_type_and_procedure(read_text: Any, kind: str, requested: str, operation: str) -> None:
    text = BARE.replace("<TypeCode>EXA", f"<TypeCode>{kind}").replace("<CurrentCode>10<", f"<CurrentCode>{requested}<")
    assert read_text(text, "dec.xml").items["operation"][0] == operation


def test_a_reply_that_states_no_goods_is_a_reject_an_item(read_text: Any) -> None:
    text = "<Response><Declaration><ID>26XX</ID><GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>"
    found = read_text(text + "</GovernmentAgencyGoodsItem></GoodsShipment></Declaration></Response>", "reply.xml")
    assert (found.items.height, found.rejects.height) == (0, 1)


def test_a_commodity_code_in_pieces_is_put_together_in_its_order(read_text: Any) -> None:
    pieces = "".join(
        f"<Classification><ID>{code}</ID><IdentificationTypeCode>{kind}</IdentificationTypeCode></Classification>"
        for code, kind in (("10", "TRC"), ("848180", "HS"), ("99", "CN"), ("4099", "TRA"))
    )
    goods = f"<GovernmentAgencyGoodsItem><Commodity><Classification/>{pieces}</Commodity></GovernmentAgencyGoodsItem>"
    found = read_text(f"<Declaration><GoodsShipment>{goods}</GoodsShipment></Declaration>", "dec.xml")
    assert found.items["hs_code"].to_list() == ["8481809910"]
