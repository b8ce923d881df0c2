"""Manifests of ASYCUDA and air waybills of IATA."""

from __future__ import annotations

from datetime import date
from typing import Any

MANIFEST = """<Awmds><General_segment>
 <General_segment_id><Customs_office_code>KHSHV</Customs_office_code><Voyage_number>42E</Voyage_number>
  <Date_of_departure>2026-03-02</Date_of_departure><Date_of_arrival>2026-03-09</Date_of_arrival></General_segment_id>
 <Totals_segment><Total_number_of_bols>2</Total_number_of_bols></Totals_segment>
 <Transport_information><Carrier><Carrier_code>C1</Carrier_code><Carrier_name>EXAMPLE LINES</Carrier_name></Carrier>
  <Mode_of_transport_code>1</Mode_of_transport_code><Identity_of_transporter>MV EXAMPLE STAR</Identity_of_transporter>
  <Nationality_of_transporter_code>PA</Nationality_of_transporter_code>
  <Registration_number_of_transport_code>9123456</Registration_number_of_transport_code></Transport_information></General_segment>
<Bol_segment><Bol_id><Bol_reference>BL-1</Bol_reference><Line_number>1</Line_number><Bol_nature>28</Bol_nature></Bol_id>
 <Load_unload_place><Port_of_origin_code>CNSHA</Port_of_origin_code>
  <Place_of_unloading_code>THBKK</Place_of_unloading_code></Load_unload_place>
 <Traders_segment><Exporter><Exporter_name>SHIPPER LTD</Exporter_name><Exporter_address>1 ROAD, SHANGHAI</Exporter_address></Exporter>
  <Notify><Notify_name>REAL BUYER CO</Notify_name></Notify>
  <Consignee><Consignee_name>TO ORDER</Consignee_name></Consignee></Traders_segment>
 <ctn_segment><Ctn_reference>TSTU1</Ctn_reference><Marks1>PLANT 9</Marks1><UN>1689</UN></ctn_segment>
 <Goods_segment><Goods_description>30 CTNS VALVES</Goods_description><Shipping_marks>N 4</Shipping_marks></Goods_segment>
 <Value_segment><Customs_segment><Customs_value>500</Customs_value><Customs_currency>USD</Customs_currency></Customs_segment></Value_segment>
</Bol_segment>
<Bol_segment><Bol_id><Bol_reference>BL-2</Bol_reference><Bol_nature>22</Bol_nature></Bol_id>
 <Goods_segment><Goods_description>PUMPS</Goods_description></Goods_segment></Bol_segment></Awmds>"""

HOUSE = """<h:HouseWaybill xmlns:h="iata:housewaybill:1"><MessageHeaderDocument><ID>1</ID><IssueDateTime>2026-03-09T10:00:00</IssueDateTime>
 </MessageHeaderDocument><BusinessHeaderDocument><ID>H-1</ID></BusinessHeaderDocument>
 <MasterConsignment><TransportContractDocument><ID>888-1</ID></TransportContractDocument>
  <IncludedHouseConsignment><ConsignorParty><Name>PARTS LTD</Name><PostalStructuredAddress><StreetName>1 ROAD</StreetName>
    <CityName>SEOUL</CityName><CountryID>KR</CountryID></PostalStructuredAddress></ConsignorParty>
   <ConsigneeParty><Name>REPAIR GMBH</Name><PostalStructuredAddress><CountryID>DE</CountryID></PostalStructuredAddress></ConsigneeParty>
   <AssociatedParty><Name>ALSO NOTIFY</Name></AssociatedParty><SummaryDescription>SPARES FOR PLANT 9</SummaryDescription>
   <IncludedCustomsNote><SubjectCode>CNE</SubjectCode><ContentCode>CP</ContentCode><Content>P. PERSON</Content></IncludedCustomsNote>
   <HandlingOSIInstructions><Description>KEEP DRY</Description></HandlingOSIInstructions>
   <IncludedHouseConsignmentItem><SequenceNumeric>1</SequenceNumeric><TypeCode>84818099</TypeCode>
    <NatureIdentificationTransportCargo><Identification>VALVES
     OF STEEL</Identification></NatureIdentificationTransportCargo></IncludedHouseConsignmentItem>
  </IncludedHouseConsignment></MasterConsignment></h:HouseWaybill>"""


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
