"""What the European Union's messages of transit (NCTS 5), export (AES) and entry share: parties, documents, means of transport.

Element names: the Commission's schemas of phase 5 of the New Computerised Transit System, whose types the export system uses too.
"""

from __future__ import annotations

from collections.abc import Mapping

from screening.read.messages.record import Record
from screening.read.messages.shape import Group, Paper, Party

Groups = Mapping[str, Party | Paper | Group]

_PARTY = {
    "name": "name",
    "identificationNumber": "id",
    "TIRHolderIdentificationNumber": "id",
    "Address/country": "country",
    "Address/streetAndNumber": "address",
    "Address/POBox": "address",
    "Address/postcode": "address",
    "Address/city": "address",
    "ContactPerson/name": "person",
}
_ROLES = {
    "Exporter": "exporter",
    "Seller": "exporter",
    "Consignor": "consignor",
    "Consignee": "consignee",
    "Importer": "consignee",
    "Buyer": "buyer",
    "Declarant": "declarant",
    "HolderOfTheTransitProcedure": "declarant",
    "Representative": "broker",
    "Carrier": "carrier",
    "NotifyParty": "notify_party",
}
# Code list CL704, role of an additional actor of the supply chain.
_CHAIN_ROLES = {"FW": "freight_forwarder", "CS": "freight_forwarder", "MF": "manufacturer"}
# Code list CL750, how a means of transport is identified: by a ship's IMO number, name, European number, or an inland ship's name.
_SHIPS = ("10", "11", "80", "81")
_PAPER = Paper({"type": "code", "referenceNumber": "reference", "validityDate": "valid_until"})

ASIDE = frozenset(("sequenceNumber", "Seal", "numberOfSeals", "@PhaseID"))
"""Names that say nothing of goods, parties or route wherever they stand."""
ENVELOPE = frozenset(
    (
        "messageSender", "messageRecipient", "messageIdentification", "messageType", "correlationIdentifier", "Guarantee",
    )
)  # fmt: skip
"""What belongs to the sending of a message, or secures its duty."""


def groups(*within: str) -> Groups:
    """The parties, documents, actors and means of transport that may stand in each of these elements."""
    papers = ("SupportingDocument", "AdditionalReference", "TransportDocument", "PreviousDocument", "Authorisation")
    means = ("ActiveBorderTransportMeans", "DepartureTransportMeans", "ArrivalTransportMeans")
    found: dict[str, Party | Paper | Group] = {}
    for path in within:
        found |= {f"{path}{element}": Party(role, _PARTY) for element, role in _ROLES.items()}
        found |= {f"{path}{element}": _PAPER for element in papers}
        found |= {f"{path}{element}": Group("TransportMeans") for element in means}
        found[f"{path}AdditionalSupplyChainActor"] = Group("AdditionalSupplyChainActor")
        found[f"{path}AdditionalInformation"] = Group("AdditionalInformation")
    return found


def finish_parts(record: Record) -> None:
    """The fields of groups that stand on any storey, and the commodity code."""
    for actor in record.group("AdditionalSupplyChainActor"):
        record.party(_CHAIN_ROLES.get(actor.get("role", ""), "intermediary"), identifiers=actor.pop("identificationNumber", None))
    for information in record.group("AdditionalInformation"):
        record.put("remarks", information.pop("text", None))
    for means in record.group("TransportMeans"):
        _means(record, means)
    pieces = [record.first(f"_{piece}") or "" for piece in ("subheading", "nomenclature", "taric")]
    record.put("hs_code", "".join(pieces))
    if (cus := record.first("_cus")) is not None:
        record.put("remarks", f"CUS {cus}")


def _means(record: Record, means: dict[str, str]) -> None:
    kind = means.get("typeOfIdentification", "")
    if kind in _SHIPS:
        name = means.pop("identificationNumber", None)
        number = f"imo:{name.upper().removeprefix('IMO').strip()}" if kind == "10" and name is not None else None
        record.party("vessel", name=None if number else name, country=means.pop("nationality", None), identifiers=number)


COMMODITY = {
    "Commodity/descriptionOfGoods": "description",
    "Commodity/cusCode": "_cus",
    "Commodity/CommodityCode/harmonizedSystemSubHeadingCode": "_subheading",
    "Commodity/CommodityCode/combinedNomenclatureCode": "_nomenclature",
    "Commodity/CommodityCode/taricCode": "_taric",
    "Commodity/DangerousGoods/UNNumber": "un_number",
    "Commodity/GoodsMeasure/netMass": "net_mass_kg",
    "Commodity/GoodsMeasure/supplementaryUnits": "quantity",
    "Packaging/shippingMarks": "marks",
    "countryOfDestination": "destination_country",
    "countryOfDispatch": "export_country",
    "countryOfExport": "export_country",
    "declarationGoodsItemNumber": "item_number",
}
"""The fields of an item, by their path in it."""


def route(*within: str) -> dict[str, str]:
    """The fields of the route and the transport that may stand in each of these elements."""
    fields = {
        "countryOfDispatch": "export_country",
        "countryOfExport": "export_country",
        "countryOfDestination": "destination_country",
        "CountryOfRoutingOfConsignment/country": "transit_countries",
        "TransportEquipment/containerIdentificationNumber": "container_numbers",
        "modeOfTransportAtTheBorder": "transport_mode",
    }
    return {f"{path}{element}": field for path in within for element, field in fields.items()}
