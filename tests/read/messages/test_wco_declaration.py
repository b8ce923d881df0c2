"""WCO Data Model declarations: British and European profiles, in any envelope and under any prefix."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

BODY = """
  <{p}AcceptanceDateTime><DateTimeString formatCode="304">20260309081500+01</DateTimeString></{p}AcceptanceDateTime>
  <{p}FunctionCode>9</{p}FunctionCode><{p}FunctionalReferenceID>LRN-7</{p}FunctionalReferenceID><{p}TypeCode>EXA</{p}TypeCode>
  <{p}BorderTransportMeans><{p}ID>MV EXAMPLE STAR</{p}ID><{p}IdentificationTypeCode>11</{p}IdentificationTypeCode>
    <{p}RegistrationNationalityCode>SG</{p}RegistrationNationalityCode><{p}ModeCode>1</{p}ModeCode></{p}BorderTransportMeans>
  <{p}Consignment><{p}Itinerary><{p}SequenceNumeric>1</{p}SequenceNumeric><{p}RoutingCountryCode>AE</{p}RoutingCountryCode></{p}Itinerary>
    <{p}Itinerary><{p}RoutingCountryCode>OM</{p}RoutingCountryCode></{p}Itinerary></{p}Consignment>
  <{p}Declarant><{p}ID>XX000000001</{p}ID></{p}Declarant>
  <{p}ExitOffice><{p}ID>XX000099</{p}ID></{p}ExitOffice>
  <{p}Exporter><{p}Name>TEST VALVES LTD</{p}Name><{p}Address><{p}CityName>HULL</{p}CityName><{p}CountryCode>GB</{p}CountryCode>
    <{p}Line>1 QUAY</{p}Line><{p}PostcodeID>HU1</{p}PostcodeID></{p}Address></{p}Exporter>
  <{p}GoodsShipment>
    <{p}GovernmentAgencyGoodsItem><{p}SequenceNumeric>1</{p}SequenceNumeric>
      <{p}StatisticalValueAmount currencyID="GBP">1234.500</{p}StatisticalValueAmount>
      <{p}AdditionalDocument><{p}CategoryCode>X</{p}CategoryCode><{p}ID>L-1</{p}ID><{p}TypeCode>002</{p}TypeCode>
        <{p}LPCOExemptionCode>EE</{p}LPCOExemptionCode></{p}AdditionalDocument>
      <{p}SupportingDocument><{p}ID>L-2</{p}ID><{p}TypeCode>X060</{p}TypeCode>
        <{p}ExpirationDateTime><DateTimeString>20271231</DateTimeString></{p}ExpirationDateTime></{p}SupportingDocument>
      <{p}AdditionalReference><{p}TypeCode>Y901</{p}TypeCode></{p}AdditionalReference>
      <{p}AdditionalInformation><{p}StatementCode>0</{p}StatementCode><{p}StatementDescription>FOR PLANT 9</{p}StatementDescription>
        </{p}AdditionalInformation>
      <{p}Commodity><{p}Description>BELLOWS VALVE</{p}Description>
        <{p}Classification><{p}ID>84818099</{p}ID><{p}IdentificationTypeCode>TSP</{p}IdentificationTypeCode></{p}Classification>
        <{p}Classification><{p}ID>4099</{p}ID><{p}IdentificationTypeCode>TRA</{p}IdentificationTypeCode></{p}Classification>
        <{p}Classification><{p}ID>10</{p}ID><{p}IdentificationTypeCode>TRC</{p}IdentificationTypeCode></{p}Classification>
        <{p}DangerousGoods><{p}UNDGID>1689</{p}UNDGID></{p}DangerousGoods>
        <{p}DutyTaxFee><{p}TypeCode>A00</{p}TypeCode></{p}DutyTaxFee>
        <{p}GoodsMeasure><{p}NetNetWeightMeasure>12.5</{p}NetNetWeightMeasure>
          <{p}TariffQuantity unitCode="NAR">3</{p}TariffQuantity></{p}GoodsMeasure></{p}Commodity>
      <{p}Consignee><{p}Name>SITE STORE</{p}Name></{p}Consignee>
      <{p}Destination><{p}CountryCode>IR</{p}CountryCode></{p}Destination>
      <{p}GovernmentProcedure><{p}CurrentCode>10</{p}CurrentCode><{p}PreviousCode>40</{p}PreviousCode></{p}GovernmentProcedure>
      <{p}GovernmentProcedure><{p}CurrentCode>1CG</{p}CurrentCode></{p}GovernmentProcedure>
      <{p}Origin><{p}CountryCode>DE</{p}CountryCode><{p}TypeCode>1</{p}TypeCode></{p}Origin>
      <{p}Packaging><{p}MarksNumbersID>PLANT 9</{p}MarksNumbersID></{p}Packaging>
    </{p}GovernmentAgencyGoodsItem>
    <{p}GovernmentAgencyGoodsItem><{p}SequenceNumeric>2</{p}SequenceNumeric>
      <{p}Commodity><{p}Description>GASKETS</{p}Description></{p}Commodity></{p}GovernmentAgencyGoodsItem>
    <{p}Consignee><{p}Name>GULF TEST TRADING</{p}Name><{p}Address><{p}CountryCode>AE</{p}CountryCode></{p}Address></{p}Consignee>
    <{p}Consignment><{p}TransportEquipment><{p}SequenceNumeric>1</{p}SequenceNumeric><{p}ID>TSTU7654321</{p}ID></{p}TransportEquipment>
      </{p}Consignment>
    <{p}Destination><{p}CountryCode>AE</{p}CountryCode></{p}Destination>
    <{p}ExportCountry><{p}ID>GB</{p}ID></{p}ExportCountry>
  </{p}GoodsShipment>
"""
BARE = '<Declaration xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">' + BODY.format(p="") + "</Declaration>"
ENVELOPED = (
    '<v1:request xmlns:v1="urn:x" xmlns:n="urn:wco:datamodel:WCO:DEC-DMS:2"><v1:clientID>7</v1:clientID><n:MetaData><n:WCOTypeName>DEC'
    "</n:WCOTypeName><n:Declaration>" + BODY.format(p="n:") + "</n:Declaration></n:MetaData></v1:request>"
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
    assert found.extra["wco_declaration:GovernmentAgencyGoodsItem/Commodity/Classification"].to_list() == ["TRA 4099", None]
    assert found.extra["wco_declaration:AdditionalDocument"][0] == "X002 L-1: LPCOExemptionCode EE"


@pytest.mark.parametrize(("kind", "requested", "operation"), [("IMD", "40", "import"), ("EXD", "31", "reexport"), ("COA", "10", "export")])
def test_the_operation_is_told_by_type_and_procedure(read_text: Any, kind: str, requested: str, operation: str) -> None:
    text = BARE.replace("<TypeCode>EXA", f"<TypeCode>{kind}").replace("<CurrentCode>10<", f"<CurrentCode>{requested}<")
    assert read_text(text, "dec.xml").items["operation"][0] == operation


def test_a_reply_that_states_no_goods_is_a_reject_an_item(read_text: Any) -> None:
    text = "<Response><Declaration><ID>26XX</ID><GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>"
    found = read_text(text + "</GovernmentAgencyGoodsItem></GoodsShipment></Declaration></Response>", "reply.xml")
    assert (found.items.height, found.rejects.height) == (0, 1)
