"""The extract of ASYCUDA's database says what the system's XML says, in other columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data" / "messages"
EXTRACT = (DATA / "asycuda_extract.csv").read_bytes().decode()


def test_the_extract_is_read_as_the_xml_is(read_text: Any) -> None:
    found = read_text(EXTRACT, "extract.csv")
    first, second = found.items.iter_rows(named=True)
    expected = {
        "declaration_id": "KHPNH 2026 E 4711", "item_number": 1, "operation": "export", "declared_on": date(2026, 3, 9),
        "export_country": "KH", "destination_country": "IR", "origin_country": "CN", "transit_countries": ["SG"], "customs_office": "KHPNH",
        "hs_code": "8481809900", "description": "BELLOWS SEALED VALVE DN25", "tariff_text": "-- Other valves",
        "marks": "PLANT 9; VIA DUBAI", "remarks": "END USER PLANT 9", "quantity": 10.0, "unit": "NMB", "net_mass_kg": 25.5,
        "value": 1200.25, "currency": "USD",
    }  # fmt: skip
    assert {field: first[field] for field in expected} == expected
    assert [(d["code"], d["reference"]) for d in first["documents"]] == [("811", None), ("380", None), ("LICENCE", "L-5")]
    assert (second["operation"], second["hs_code"], second["origin_country"]) == ("reexport", "84139100", None)
    assert found.parties.filter(item=0).select("role", "name", "address").rows() == [
        ("exporter", "MEKONG PUMPS CO", "STREET 271"),
        ("consignee", "GULF TEST TRADING", None),
        ("declarant", "RIVER BROKERS", None),
        ("declarant", "SOK DARA", None),
    ]
    assert found.extra["PTY_RED"].to_list() == ["1", "1"]


def test_united_states_data_elements_are_known(read_text: Any) -> None:
    found = read_text(
        "ITN,USPPI Name,Ultimate Consignee Name,Ultimate Consignee Country,Intermediate Consignee,Country of Ultimate Destination,"
        "Schedule B,ECCN,License Code,License Number,Commodity Description,Value USD,Date of Exportation\n"
        "X20260309000001,TEST PUMPS INC,PLANT 9,AE,TRANSIT CO,IR,8413.70,2B350.i,C30,D123456,CENTRIFUGAL PUMP,1200,2026-03-09\n",
        "aes.csv",
    )
    item = found.items.row(0, named=True)
    expected = {
        "declaration_id": "X20260309000001", "destination_country": "IR", "hs_code": "841370", "control_code": "2B350.i",
        "description": "CENTRIFUGAL PUMP", "value": 1200.0, "declared_on": date(2026, 3, 9),
    }  # fmt: skip
    assert {field: item[field] for field in expected} == expected
    assert [(d["code"], d["reference"]) for d in item["documents"]] == [("C30", None), ("LICENCE", "D123456")]
    assert found.parties.select("role", "name", "country").rows() == [
        ("exporter", "TEST PUMPS INC", None),
        ("end_user", "PLANT 9", "AE"),
        ("intermediary", "TRANSIT CO", None),
    ]


def test_a_permit_export_of_singapore_is_known(read_text: Any) -> None:
    found = read_text(
        "PERMIT NUMBER,DECLARATION TYPE,EXPORTER NAME,END-USER NAME & ADDRESS,END-USE DESCRIPTION,CA/SC CODE 1,CA/SC CODE 3,"
        "CA/SC PRODUCT CODE,CA LICENCE NUMBER,GOODS DESCRIPTION,BRAND NAME,"
        "HS (HARMONIZED SYSTEM) CODE,COUNTRY OF FINAL DESTINATION,TRADERS REMARKS\n"
        "SG1,OUT,LION TEST PTE,PLANT 9,WATER TREATMENT,NMU,NMD,2B350,L-7,VALVE,ACME,84818099,IR,VIA JEBEL ALI\n"
        "SG2,IN-PAYMENT,LION TEST PTE,,,,,,,GASKET,,401693,SG,\n",
        "tradenet.csv",
    )
    first, second = found.items.iter_rows(named=True)
    expected = {
        "declaration_id": "SG1", "operation": "export", "end_use": "WATER TREATMENT; NMU; NMD", "control_code": "2B350",
        "hs_code": "84818099", "destination_country": "IR", "remarks": "ACME; VIA JEBEL ALI",
    }  # fmt: skip
    assert {field: first[field] for field in expected} == expected
    assert [(d["code"], d["reference"]) for d in first["documents"]] == [("LICENCE", "L-7")]
    assert second["operation"] == "import"
