"""Transit, export and entry summary declarations of the European Union."""

from __future__ import annotations

from datetime import date
from typing import Any

TRANSIT = """<n:CC015C xmlns:n="http://ncts.dgtaxud.ec" PhaseID="NCTS5.0">
 <messageSender>me</messageSender><preparationDateAndTime>2026-03-09T08:15:00</preparationDateAndTime>
 <TransitOperation><LRN>T-1</LRN><declarationType>T1</declarationType></TransitOperation>
 <CustomsOfficeOfDeparture><referenceNumber>XX000001</referenceNumber></CustomsOfficeOfDeparture>
 <HolderOfTheTransitProcedure><identificationNumber>XX7</identificationNumber><name>TRANSIT HOUSE BV</name>
  <ContactPerson><name>J. TEST</name><phoneNumber>1</phoneNumber></ContactPerson></HolderOfTheTransitProcedure>
 <Consignment><countryOfDispatch>DE</countryOfDispatch><countryOfDestination>TR</countryOfDestination>
  <Consignee><name>ANKARA TEST AS</name></Consignee>
  <AdditionalSupplyChainActor><role>FW</role><identificationNumber>XX8</identificationNumber></AdditionalSupplyChainActor>
  <CountryOfRoutingOfConsignment><sequenceNumber>1</sequenceNumber><country>BG</country></CountryOfRoutingOfConsignment>
  <ActiveBorderTransportMeans><typeOfIdentification>11</typeOfIdentification><identificationNumber>MV EXAMPLE</identificationNumber>
   <nationality>PA</nationality></ActiveBorderTransportMeans>
  <HouseConsignment><sequenceNumber>1</sequenceNumber><Consignor><name>HOUSE ONE GMBH</name></Consignor>
   <ConsignmentItem><goodsItemNumber>1</goodsItemNumber><declarationGoodsItemNumber>1</declarationGoodsItemNumber>
    <Commodity><descriptionOfGoods>DRUMS OF NACN</descriptionOfGoods><cusCode>0010002-7</cusCode>
     <CommodityCode><harmonizedSystemSubHeadingCode>283711</harmonizedSystemSubHeadingCode>
      <combinedNomenclatureCode>00</combinedNomenclatureCode></CommodityCode>
     <DangerousGoods><UNNumber>1689</UNNumber></DangerousGoods><GoodsMeasure><netMass>120.500</netMass></GoodsMeasure></Commodity>
    <Packaging><shippingMarks>N/M 4</shippingMarks></Packaging>
    <AdditionalReference><type>Y901</type></AdditionalReference>
    <AdditionalInformation><code>30600</code><text>FOR PLANT 9</text></AdditionalInformation></ConsignmentItem></HouseConsignment>
  <HouseConsignment><Consignor><name>HOUSE TWO GMBH</name></Consignor>
   <ConsignmentItem><declarationGoodsItemNumber>2</declarationGoodsItemNumber><countryOfDestination>IR</countryOfDestination>
    <Commodity><descriptionOfGoods>VALVES</descriptionOfGoods></Commodity></ConsignmentItem></HouseConsignment></Consignment></n:CC015C>"""

EXPORT = """<CC515C><ExportOperation><LRN>E-1</LRN>
  <declarationType>EX</declarationType><invoiceCurrency>EUR</invoiceCurrency></ExportOperation>
 <CustomsOfficeOfExport><referenceNumber>XX000002</referenceNumber></CustomsOfficeOfExport>
 <Exporter><name>PUMPS NV</name><Address><streetAndNumber>KAAI 1</streetAndNumber><city>GENT</city><country>BE</country>
  </Address></Exporter>
 <GoodsShipment><countryOfExport>BE</countryOfExport><countryOfDestination>KH</countryOfDestination>
  <Consignment><Consignee><name>MEKONG TEST CO</name></Consignee>
   <CountryOfRoutingOfConsignment><country>AE</country></CountryOfRoutingOfConsignment></Consignment>
  <GoodsItem><declarationGoodsItemNumber>1</declarationGoodsItemNumber><statisticalValue>300.25</statisticalValue>
   <Procedure><requestedProcedure>31</requestedProcedure><previousProcedure>71</previousProcedure>
    <AdditionalProcedure><additionalProcedure>F75</additionalProcedure></AdditionalProcedure></Procedure>
   <Origin><countryOfOrigin>CN</countryOfOrigin></Origin>
   <Commodity><descriptionOfGoods>CENTRIFUGAL PUMP</descriptionOfGoods>
    <CommodityCode><harmonizedSystemSubHeadingCode>841370</harmonizedSystemSubHeadingCode></CommodityCode></Commodity>
   <SupportingDocument><type>X060</type><referenceNumber>BE-1</referenceNumber><validityDate>2027-01-31</validityDate>
    <quantity>4</quantity></SupportingDocument></GoodsItem></GoodsShipment></CC515C>"""

ENTRY = """<ie:CC315A xmlns:ie="http://ics.dgtaxud.ec/CC315A"><MesSenMES3>me</MesSenMES3>
 <HEAHEA><RefNumHEA4>N-1</RefNumHEA4><DecDatTimHEA114>202603090815</DecDatTimHEA114><TraModAtBorHEA76>1</TraModAtBorHEA76></HEAHEA>
 <TRACONCO1><NamCO17>SHIPPER LTD</NamCO17><StrAndNumCO122>1 ROAD</StrAndNumCO122><CitCO124>TAICHUNG</CitCO124>
  <CouCO125>TW</CouCO125></TRACONCO1>
 <NOTPAR670><NamNOTPAR672>NOTIFY LTD</NamNOTPAR672></NOTPAR670>
 <GOOITEGDS><IteNumGDS7>1</IteNumGDS7><GooDesGDS23>LATHES</GooDesGDS23><GooDesGDS23LNG>en</GooDesGDS23LNG>
  <PRODOCDC2><DocTypDC21>N705</DocTypDC21><DocRefDC23>BL1</DocRefDC23></PRODOCDC2>
  <COMCODGODITM><ComNomCMD1>845811</ComNomCMD1></COMCODGODITM><TRACONCE2><NamCE27>WORKSHOP LTD</NamCE27></TRACONCE2>
  <CONNR2><ConNumNR21>TSTU1</ConNumNR21></CONNR2><PACGS2><MarNumOfPacGSL21>W-9</MarNumOfPacGSL21></PACGS2></GOOITEGDS>
 <ITI><CouOfRouCodITI1>TW</CouOfRouCodITI1></ITI><ITI><CouOfRouCodITI1>SG</CouOfRouCodITI1></ITI>
 <PERLODSUMDEC><NamPLD1>LODGER LTD</NamPLD1></PERLODSUMDEC><CUSOFFFENT730><RefNumCUSOFFFENT731>XX000003</RefNumCUSOFFFENT731>
  </CUSOFFFENT730>
</ie:CC315A>"""


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
