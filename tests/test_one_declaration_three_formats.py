"""One declaration written in three formats gets one determination."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screening.engine import Screener

# A controlled good (an isostatic press by name and HS code), a listed destination, a claim that it is not listed.
SAD = """<ASYCUDA><Property><Sad_flow>E</Sad_flow></Property>
<Identification><Office_segment><Customs_clearance_office_code>DE004</Customs_clearance_office_code></Office_segment>
 <Type><Type_of_declaration>EX</Type_of_declaration><Declaration_gen_procedure_code>1</Declaration_gen_procedure_code></Type>
 <Registration><Date>3/9/26</Date></Registration></Identification>
<Traders><Exporter><Exporter_name>PRESSEN TEST GMBH</Exporter_name></Exporter>
 <Consignee><Consignee_name>Korea Mining Development Trading Corporation</Consignee_name></Consignee></Traders>
<Declarant><Reference><Number>ONE-1</Number></Reference></Declarant>
<General_information><Country><Country_first_destination>AE</Country_first_destination>
 <Export><Export_country_code>DE</Export_country_code></Export>
 <Destination><Destination_country_code>IR</Destination_country_code></Destination></Country></General_information>
<Item><Attached_documents><Attached_document_code>Y901</Attached_document_code></Attached_documents>
 <Packages><Marks1_of_packages>PLANT 9</Marks1_of_packages></Packages>
 <Tarification><HScode><Commodity_code>84798300</Commodity_code></HScode>
  <Extended_customs_procedure>1000</Extended_customs_procedure>
  <Supplementary_unit><Suppplementary_unit_code>NMB</Suppplementary_unit_code>
   <Suppplementary_unit_quantity>1</Suppplementary_unit_quantity></Supplementary_unit></Tarification>
 <Goods_description><Country_of_origin_code>DE</Country_of_origin_code>
  <Commercial_Description>COLD ISOSTATIC PRESS 100 MPA, CHAMBER ID 300 MM</Commercial_Description></Goods_description>
 <Free_text_1>FOR SINTERING</Free_text_1>
 <Valuation_item><Weight_itm><Net_weight_itm>1200.500</Net_weight_itm></Weight_itm>
  <Item_Invoice><Amount_foreign_currency>50000.125</Amount_foreign_currency><Currency_code>EUR</Currency_code></Item_Invoice>
 </Valuation_item></Item></ASYCUDA>"""

DEC = """<MetaData><Declaration xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
<AcceptanceDateTime><DateTimeString formatCode="304">20260309100000Z</DateTimeString></AcceptanceDateTime>
<FunctionalReferenceID>ONE-1</FunctionalReferenceID><TypeCode>EXA</TypeCode><DeclarationOfficeID>DE004</DeclarationOfficeID>
<Consignment><Itinerary><RoutingCountryCode>AE</RoutingCountryCode></Itinerary></Consignment>
<Exporter><Name>PRESSEN TEST GMBH</Name></Exporter>
<GoodsShipment><Consignee><Name>Korea Mining Development Trading Corporation</Name></Consignee>
 <Destination><CountryCode>IR</CountryCode></Destination><ExportCountry><ID>DE</ID></ExportCountry>
 <GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>
  <StatisticalValueAmount currencyID="EUR">50000.125</StatisticalValueAmount>
  <AdditionalDocument><CategoryCode>Y</CategoryCode><TypeCode>901</TypeCode></AdditionalDocument>
  <AdditionalInformation><StatementDescription>FOR SINTERING</StatementDescription></AdditionalInformation>
  <Commodity><Description>COLD ISOSTATIC PRESS 100 MPA, CHAMBER ID 300 MM</Description>
   <Classification><ID>84798300</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
   <GoodsMeasure><NetNetWeightMeasure>1200.500</NetNetWeightMeasure>
    <TariffQuantity unitCode="NMB">1</TariffQuantity></GoodsMeasure></Commodity>
  <GovernmentProcedure><CurrentCode>10</CurrentCode><PreviousCode>00</PreviousCode></GovernmentProcedure>
  <Origin><CountryCode>DE</CountryCode></Origin><Packaging><MarksNumbersID>PLANT 9</MarksNumbersID></Packaging>
 </GovernmentAgencyGoodsItem></GoodsShipment></Declaration></MetaData>"""

CSV = (
    "declaration_id,item_number,operation,declared_on,export_country,destination_country,origin_country,transit_countries,customs_office,"
    "procedure_code,hs_code,description,marks,remarks,quantity,unit,net_mass_kg,value,currency,exporter_name,consignee_name,documents\n"
    'ONE-1,1,export,2026-03-09,DE,IR,DE,AE,DE004,1000,84798300,"COLD ISOSTATIC PRESS 100 MPA, CHAMBER ID 300 MM",PLANT 9,FOR SINTERING,'
    '1,NMB,1200.5,50000.1250,EUR,PRESSEN TEST GMBH,Korea Mining Development Trading Corporation,Y901\n'
)  # fmt: skip


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.open()


def test_the_determination_does_not_depend_on_the_format(screener: Screener, tmp_path: Path) -> None:
    answers = {}
    for name, content in (("one.xml", SAD), ("two.xml", DEC), ("three.csv", CSV)):
        (tmp_path / name).write_text(content)
        (part,) = screener.screen(tmp_path / name, as_of=date(2026, 11, 24), jurisdictions=("EU", "US", "UN"))
        own = [column for column in part.determinations.columns if column.startswith("extra.") or column in ("source_file", "source_row")]
        answers[name] = part.determinations.drop(own).to_dicts()
    assert answers["one.xml"] == answers["three.csv"]
    assert answers["two.xml"] == answers["three.csv"]
    eu = next(row for row in answers["three.csv"] if row["jurisdiction"] == "EU")
    assert eu["flag"] in ("LICENCE_REQUIRED", "PROHIBITED")
    assert any(note["id"] == "not_listed_claimed" for note in eu["notes"])
