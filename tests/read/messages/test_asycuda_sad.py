"""ASYCUDA World declarations: header and items joined, the form's own oddities, and nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.read.messages.asycuda_sad import asycuda_day

DATA = Path(__file__).parents[2] / "data" / "messages"
SAD = (DATA / "asycuda_sad.xml").read_bytes().decode()


def test_header_and_items_are_joined(read_text: Any) -> None:
    found = read_text(SAD, "sad.xml")
    assert found.items.select(
        "declaration_id", "item_number", "operation", "declared_on", "export_country", "destination_country", "origin_country",
        "customs_office", "hs_code", "description", "tariff_text", "marks", "remarks", "source_row",
    ).rows() == [
        ("KHPNH 2026 E 4711", 1, "export", date(2026, 3, 9), "KH", "IR", "CN", "KHPNH", "8481809900", "BELLOWS SEALED VALVE DN25",
         "-- Other valves", "PLANT 9; VIA DUBAI", "END USER PLANT 9", 1),
        ("KHPNH 2026 E 4711", 2, "export", date(2026, 3, 9), "KH", "IR", None, "KHPNH", "84139100", "PUMP PARTS", None, None,
         "SPARES FOR PLANT 9", 2),
    ]  # fmt: skip
    first = found.items.row(0, named=True)
    assert (first["quantity"], first["unit"], first["net_mass_kg"], first["value"], first["currency"]) == (10, "NMB", 25.5, 1200.125, "USD")
    assert first["transit_countries"] == ["SG"]
    assert first["container_numbers"] == "TSTU1234567"
    assert first["problems"] == []


def test_every_role_and_document_is_kept(read_text: Any) -> None:
    found = read_text(SAD, "sad.xml")
    assert found.parties.filter(item=0).select("role", "name", "address", "identifiers").rows() == [
        ("exporter", "MEKONG PUMPS CO", "STREET 271, PHNOM PENH", ["id:K001"]),
        ("consignee", "GULF TEST TRADING", None, []),
        ("buyer", None, None, []),
        ("declarant", "RIVER BROKERS", None, ["id:B9"]),
        ("declarant", "SOK DARA", None, []),
        ("vessel", "MV EXAMPLE STAR", None, []),
    ]
    assert [(d["code"], d["reference"]) for d in found.items["documents"][0]] == [("811", "KH-2026-5"), ("380", None), ("LICENCE", "L-5")]


def test_what_is_of_no_field_is_carried_and_said_once(read_text: Any) -> None:
    found = read_text(SAD, "sad.xml")
    assert found.extra["asycuda_sad:Item/Novelty"].to_list() == [None, "kept"]
    assert found.extra["asycuda_sad:Supplementary_unit"].to_list() == [
        "Suppplementary_unit_code LTR, Suppplementary_unit_quantity 4",
        None,
    ]
    assert found.extra["asycuda_sad:Attached_documents"][0] == "811 KH-2026-5: Attached_document_name Export licence"
    assert not any("Taxation" in name for name in found.extra.columns)
    assert sum("Novelty" in line for line in found.reports) == 1


@pytest.mark.parametrize(
    ("kind", "general", "procedure", "flow", "operation"),
    [
        ("EX", "1", "1000", "E", "export"),
        ("EX", "3", "3171", "E", "reexport"),
        ("EX", "1", "3171", "E", "reexport"),
        ("IM", "4", "4000", "I", "import"),
        ("IM", "8", "8000", "I", "transit"),
        ("", "", "", "I", "import"),
    ],
)
def test_the_operation_is_told_by_type_and_procedure(
    read_text: Any, kind: str, general: str, procedure: str, flow: str, operation: str
) -> None:
    text = (
        SAD.replace("<Type_of_declaration>EX", f"<Type_of_declaration>{kind}")
        .replace("procedure_code>1<", f"procedure_code>{general}<")
        .replace("procedure>1000<", f"procedure>{procedure}<")
        .replace("<Sad_flow>E", f"<Sad_flow>{flow}")
    )
    assert read_text(text, "sad.xml").items["operation"][0] == operation


def test_a_declaration_without_a_number_is_named_by_its_reference_or_its_file(read_text: Any) -> None:
    unregistered = SAD.replace("<Number>4711</Number>", "<Number/>")
    assert read_text(unregistered, "sad.xml").items["declaration_id"].to_list() == ["R-17", "R-17"]
    nameless = unregistered.replace("<Number>R-17</Number>", "<Number><null/></Number>")
    assert read_text(nameless, "sad.xml").items["declaration_id"].to_list() == ["sad", "sad"]


def test_declarations_in_a_wrapper_are_told_apart(read_text: Any) -> None:
    one = SAD[SAD.index("<Property>") : SAD.index("</ASYCUDA>")]
    text = f"<ASYCUDA><SAD id='1'>{one}</SAD><SAD id='2'>{one.replace('4711', '4712')}</SAD></ASYCUDA>"
    found = read_text(text, "sad.xml").items.select("declaration_id", "item_number").rows()
    assert found == [("KHPNH 2026 E 4711", 1), ("KHPNH 2026 E 4711", 2), ("KHPNH 2026 E 4712", 1), ("KHPNH 2026 E 4712", 2)]


def test_the_month_stands_first_unless_it_cannot() -> None:
    assert asycuda_day("12/9/2026") == "2026-12-09"
    assert asycuda_day("31/12/26") == "2026-12-31"
    assert asycuda_day("2026-03-09") == "2026-03-09"
    assert asycuda_day(None) is None
