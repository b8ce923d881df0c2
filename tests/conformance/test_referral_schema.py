"""The declaration in a referral keeps to the names and the order of the WCO schema that HM Revenue and Customs publishes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lxml import etree

from screening.declared import with_declared
from screening.engine import Screener
from screening.read import ReadOptions, read_records
from screening.write.referral import _declaration

NAMESPACE, TYPES = "urn:wco:datamodel:WCO:DEC-DMS:2", "urn:wco:datamodel:WCO:Declaration_DS:DMS:2"
PARTIES = [
    {"role": role, "name": f"A {role}", "country": "DE", "address": "Weg 1", "identifiers": [f"reg:{number}"]}
    for number, role in enumerate(("exporter", "consignor", "consignee", "buyer", "declarant", "broker", "carrier", "vessel"))
]
ITEM = {
    "declaration_id": "T-1", "declared_on": "2026-11-20", "operation": "export", "export_country": "DE", "destination_country": "VN",
    "origin_country": "DE", "customs_office": "DE004851", "procedure_code": "10", "transport_mode": "1", "container_numbers": "MSKU1234565",
    "transit_countries": ["SG"], "hs_code": "283711", "description": "SODIUM CYANIDE", "marks": "LOT 1", "remarks": "for gold",
    "un_number": "1689", "quantity": 40, "unit": "KGM", "net_mass_kg": 2000, "value": 5400.5, "currency": "EUR",
    "documents": [{"code": "901", "reference": "none"}], "parties": PARTIES,
}  # fmt: skip


def test_the_declaration_of_a_referral_is_valid_against_the_wco_schema(shared: Path, screener: Screener) -> None:
    folder = shared / "data" / "declarations" / "wco_dec_uk_cds" / "xsd"
    schema = etree.XMLSchema(etree.parse(folder / "WCO_DEC_2_DMS.xsd"))
    (part,) = read_records([ITEM], ReadOptions(screener.snapshot))
    decided = screener.determine(part, as_of=date(2026, 11, 24), jurisdictions=("EU",)).determinations
    declaration = _declaration(with_declared(decided, part, at_least="REVIEW").row(0, named=True))
    # What the profile demands and a screened declaration does not say: the function, and running numbers.
    declaration.insert(1, etree.fromstring("<FunctionCode>9</FunctionCode>"))
    for numbered in declaration.iter("Packaging", "TransportEquipment"):
        numbered.insert(0, etree.fromstring("<SequenceNumeric>1</SequenceNumeric>"))
    for element in declaration.iter():
        element.tag = f"{{{TYPES if element.tag == 'DateTimeString' else NAMESPACE}}}{element.tag}"
    schema.assertValid(etree.fromstring(etree.tostring(declaration)))
