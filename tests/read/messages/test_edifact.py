"""EDIFACT: the syntax in all its forms, customs declarations (CUSDEC) and manifests (CUSCAR)."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.read.messages.edifact import Message, Unread, messages
from screening.read.messages.record import MessageError

DATA = Path(__file__).parents[2] / "data" / "messages"
CUSDEC = (DATA / "cusdec.edi").read_bytes().decode()
CUSCAR = (DATA / "cuscar.edi").read_bytes().decode()


def test_a_customs_declaration_is_read(read_text: Any) -> None:
    found = read_text(CUSDEC, "export.edi")
    first, second = found.items.iter_rows(named=True)
    expected = {
        "declaration_id": "REF-9", "item_number": 1, "operation": "export", "declared_on": date(2026, 3, 9), "export_country": "AU",
        "destination_country": "KH", "transit_countries": ["SG"], "origin_country": "DE", "hs_code": "84818099", "procedure_code": "1000",
        "description": "BELLOWS VALVE'S DN25", "remarks": "FOR PLANT 9", "marks": "PLANT 9", "un_number": "1689", "net_mass_kg": 12.5,
        "quantity": 3.0, "unit": "NMB", "value": 1200.125, "currency": "USD", "transport_mode": "1", "problems": [],
    }  # fmt: skip
    assert {field: first[field] for field in expected} == expected
    assert [(d["code"], d["reference"]) for d in first["documents"]] == [("LICENCE", "L-5"), ("380", "INV-1")]
    assert (second["item_number"], second["description"], second["hs_code"]) == (2, "PUMP PARTS", "84139100")
    assert found.parties.filter(item=0).select("role", "name", "country", "address", "identifiers").rows() == [
        ("vessel", "MV EXAMPLE STAR", "PA", None, ["imo:9123456"]),
        ("exporter", "TEST VALVES PTY", "AU", "1 QUAY, SYDNEY, 2000", ["id:77"]),
        ("consignee", "GULF TEST TRADING", None, "PO BOX 9", []),
        ("party zz", "ODD ROLE CO", None, None, []),
    ]
    assert found.extra["cusdec:MEA AAE"].to_list() == ["G+KGM:14", None]
    assert found.extra["cusdec:GIS A"].to_list() == ["A", None]
    assert found.extra["cusdec:MOA 39"].to_list() == ["900 AUD", "900 AUD"]


def test_a_manifest_is_a_declaration_a_consignment(read_text: Any) -> None:
    found = read_text(CUSCAR, "manifest.edi")
    assert found.items.select("declaration_id", "item_number", "operation", "description", "hs_code", "destination_country").rows() == [
        ("BL-1", 1, "import", "VALVES, BRASS", None, "KH"),
        ("BL-1", 2, "import", "SEALS", "848490", "KH"),
        ("BL-2", 1, "import", None, None, "KH"),
    ]
    assert found.items["declared_on"].to_list() == [date(2026, 3, 9)] * 3
    assert found.items["export_country"].to_list() == ["CN", "CN", None]
    assert found.items["container_numbers"].to_list() == ["TSTU1"] * 3
    assert found.parties.filter(item=0).select("role", "name").rows() == [
        ("consignor", "SHIPPER*LTD"),
        ("notify_party", "REAL BUYER CO"),
        ("carrier", "EXAMPLE LINES"),
        ("vessel", "MV EXAMPLE STAR"),
    ]


def kinds(content: bytes) -> list[Any]:
    return [found.kind if isinstance(found, Message) else found for found in messages(io.BytesIO(content))]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"UNB+UNOA:1'", "without a message"),
        (b"UNB+UNOA:1'UNH+1+CUSDEC'BGM+8", "its last segment does not end"),
        (b"UNA''''''UNB+x'", "no service characters"),
        (b"UNB+UNOA:1'" + b"x" * 2_000_000, "more than 1048576 bytes"),
        (b"UNB+UNOA:1'" + b"?" * 2_000_000, "more than 1048576 bytes"),
    ],
)
def test_an_interchange_at_fault_is_a_reject(read_text: Any, content: bytes, reason: str) -> None:
    found = read_text(content, "damaged.edi")
    assert (found.items.height, found.rejects.height) == (0, 1)
    assert reason in found.rejects["reason"][0]


def test_messages_that_are_not_whole_or_not_read_stand_as_rejects_beside_the_others(read_text: Any) -> None:
    whole = CUSDEC[CUSDEC.index("UNH") : CUSDEC.index("UNZ")]
    found = read_text(f"UNB+UNOA:1'UNH+8+APERAK:D:96B:UN'BGM+1'UNT+2+8'{whole}UNH+9+CUSDEC:D:96B:UN'BGM+830+CUT'UNZ+3+1'", "day.edi")
    assert found.items["declaration_id"].to_list() == ["REF-9", "REF-9"]
    assert found.rejects["reason"].to_list() == [
        "is an EDIFACT message of type APERAK, which is not read",
        "is cut: the message does not end (UNT)",
    ]


def test_the_decimal_comma_and_the_character_set_are_those_of_the_interchange(read_text: Any) -> None:
    text = "UNA:+,? 'UNB+UNOE:1'UNH+1+CUSDEC:D:96B:UN'BGM+929+Z'CST+1'FTX+AAA+++КЛАПАН'MEA+AAE+N+KGM:1234,5'UNT+5+1'"
    found = read_text(text.encode("iso8859-5"), "import.edi")
    assert found.items.select("operation", "description", "net_mass_kg").rows() == [("import", "КЛАПАН", 1234.5)]


def test_segments_outside_a_message_are_told_once() -> None:
    assert kinds(b"UNB+UNOA:1'BGM+1'DTM+2'UNH+1+CUSDEC'UNT+1'") == [
        Unread("holds segments outside a message, the first is 'BGM'"),
        "CUSDEC",
    ]
    with pytest.raises(MessageError):
        kinds(b"UNB+UNOA:1'UNH+1")
