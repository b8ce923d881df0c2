"""ASYCUDA World declarations: header and items joined, the form's own oddities, and nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.read.messages.asycuda_sad import asycuda_day

SAD = """<?xml version="1.0" encoding="UTF-8"?>
<ASYCUDA id="77">
  <Property><Sad_flow>E</Sad_flow><Forms><Number_of_the_form>1</Number_of_the_form></Forms></Property>
  <Identification>
    <Office_segment><Customs_clearance_office_code>KHPNH</Customs_clearance_office_code></Office_segment>
    <Type><Type_of_declaration>EX</Type_of_declaration><Declaration_gen_procedure_code>1</Declaration_gen_procedure_code></Type>
    <Registration><Serial_number>E</Serial_number><Number>4711</Number><Date>3/9/26</Date></Registration>
  </Identification>
  <Traders>
    <Exporter><Exporter_code>K001</Exporter_code><Exporter_name>MEKONG PUMPS CO
        STREET 271
        PHNOM PENH</Exporter_name></Exporter>
    <Consignee><Consignee_code><null/></Consignee_code><Consignee_name>GULF TEST TRADING</Consignee_name></Consignee>
    <Financial><Financial_name><null/></Financial_name></Financial>
  </Traders>
  <Declarant><Declarant_code>B9</Declarant_code><Declarant_name>RIVER BROKERS</Declarant_name>
    <Declarant_representative>SOK DARA</Declarant_representative><Reference><Number>R-17</Number></Reference></Declarant>
  <General_information><Country>
    <Country_first_destination>SG</Country_first_destination><Trading_country>AE</Trading_country>
    <Export><Export_country_code>KH</Export_country_code><Export_country_name>Cambodia</Export_country_name></Export>
    <Destination><Destination_country_code>IR</Destination_country_code></Destination>
    <Country_of_origin_name>Many</Country_of_origin_name></Country></General_information>
  <Transport><Means_of_transport><Border_information><Identity>MV EXAMPLE STAR</Identity><Mode>10</Mode></Border_information>
    </Means_of_transport></Transport>
  <Valuation><Gs_Invoice><Currency_code>USD</Currency_code><Currency_rate>1.0</Currency_rate></Gs_Invoice></Valuation>
  <Container><Item_Number>2</Item_Number><Container_identity>TSTU1234567</Container_identity>
    <Goods_description>SPARES FOR PLANT 9</Goods_description></Container>
  <Item>
    <Attached_documents><Attached_document_code>811</Attached_document_code><Attached_document_name>Export licence</Attached_document_name>
      <Attached_document_reference>KH-2026-5</Attached_document_reference></Attached_documents>
    <Packages><Number_of_packages>3</Number_of_packages><Marks1_of_packages>PLANT 9</Marks1_of_packages>
      <Marks2_of_packages>VIA DUBAI</Marks2_of_packages></Packages>
    <Tarification><HScode><Commodity_code>84818099</Commodity_code><Precision_1>00</Precision_1></HScode>
      <Extended_customs_procedure>1000</Extended_customs_procedure><Attached_doc_item>811 380</Attached_doc_item>
      <Supplementary_unit><Suppplementary_unit_code>NMB</Suppplementary_unit_code>
        <Suppplementary_unit_quantity>10</Suppplementary_unit_quantity></Supplementary_unit>
      <Supplementary_unit><Suppplementary_unit_code>LTR</Suppplementary_unit_code>
        <Suppplementary_unit_quantity>4</Suppplementary_unit_quantity></Supplementary_unit></Tarification>
    <Goods_description><Country_of_origin_code>CN</Country_of_origin_code><Description_of_goods>-- Other valves</Description_of_goods>
      <Commercial_Description>BELLOWS SEALED VALVE
         DN25</Commercial_Description></Goods_description>
    <Licence_number>L-5</Licence_number><Free_text_1>END USER PLANT 9</Free_text_1>
    <Taxation><Item_taxes_amount>12</Item_taxes_amount></Taxation>
    <Valuation_item><Weight_itm><Gross_weight_itm>30</Gross_weight_itm><Net_weight_itm>25.500</Net_weight_itm></Weight_itm>
      <Item_Invoice><Amount_foreign_currency>1200.125</Amount_foreign_currency></Item_Invoice></Valuation_item>
  </Item>
  <Item><Tarification><HScode><Commodity_code>84139100</Commodity_code><Precision_1>000</Precision_1></HScode></Tarification>
    <Goods_description><Commercial_Description>PUMP PARTS</Commercial_Description></Goods_description><Novelty>kept</Novelty></Item>
</ASYCUDA>
"""


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
    assert found.extra["asycuda_sad:Item/Tarification/Supplementary_unit"].to_list() == ["4 LTR", None]
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
