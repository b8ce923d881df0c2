"""The declaration of the WCO Data Model (``<Declaration>`` of class DEC), as the United Kingdom, Denmark and others profile it.

Element names: WCO Data Model 3, schema WCO_DEC_2_DMS; EU profiles add ``SupportingDocument`` and ``AdditionalReference``.
"""

from __future__ import annotations

from screening.read.messages.record import Record
from screening.read.messages.shape import Group, Level, Paper, Party, Shape

_PARTY = {
    "Name": "name",
    "ID": "id",
    "Address/CountryCode": "country",
    "Address/Line": "address",
    "Address/PostcodeID": "address",
    "Address/CityName": "address",
    "Address/CountrySubDivisionName": "address",
    "Contact/Name": "person",
}
# Who is named besides, by what the party does in the supply chain.
_CHAIN_ROLES = {"FW": "freight_forwarder", "CS": "freight_forwarder", "MF": "manufacturer", "WH": "intermediary", "CB": "broker"}
# The category of a previous document says only that it is one.
_PREVIOUS = Paper({"TypeCode": "code", "ID": "reference"})
_DOCUMENT = Paper({"CategoryCode": "category", "TypeCode": "code", "ID": "reference", "ExpirationDateTime/DateTimeString": "valid_until"})


def _parties(*within: str) -> dict[str, Party | Paper | Group]:
    """The elements of parties that may stand in each of these elements."""
    roles = {
        "Exporter": "exporter", "Seller": "exporter", "Consignor": "consignor", "Consignee": "consignee", "Importer": "consignee",
        "Buyer": "buyer", "EndUser": "end_user", "Declarant": "declarant", "Agent": "broker", "Submitter": "broker",
        "Carrier": "carrier", "NotifyParty": "notify_party", "FreightForwarder": "freight_forwarder", "Payer": "intermediary",
        "Surety": "intermediary",
    }  # fmt: skip
    return {f"{path}{element}": Party(role, _PARTY) for path in within for element, role in roles.items()}


def _papers(*within: str) -> dict[str, Party | Paper | Group]:
    elements = ("AdditionalDocument", "SupportingDocument", "AdditionalReference", "TransportDocument")
    found: dict[str, Party | Paper | Group] = {f"{path}PreviousDocument": _PREVIOUS for path in within}
    return found | {f"{path}{element}": _DOCUMENT for path in within for element in elements}


# The pieces of a commodity code in their order: HS, the Combined Nomenclature whole or its last two digits, TARIC; one without a kind.
_CODE_PIECES = ("", "HS", "TSP", "CN", "TRC")
_MEANS = ("BorderTransportMeans", "GoodsShipment/Consignment/DepartureTransportMeans", "GoodsShipment/Consignment/ArrivalTransportMeans")
_HEADER = Level(
    ("Declaration",),
    fields={
        "ID": "_registration",
        "FunctionalReferenceID": "_reference",
        "TypeCode": "_type",
        "AcceptanceDateTime/DateTimeString": "_accepted_on",
        "IssueDateTime/DateTimeString": "_issued_on",
        "DeclarationOfficeID": "customs_office",
        "ExitOffice/ID": "_exit_office",
        "GoodsShipment/Destination/CountryCode": "destination_country",
        "GoodsShipment/ExportCountry/ID": "export_country",
        "Consignment/Itinerary/RoutingCountryCode": "transit_countries",
        "GoodsShipment/Consignment/Itinerary/RoutingCountryCode": "transit_countries",
        "GoodsShipment/Consignment/TransportEquipment/ID": "container_numbers",
        "InvoiceAmount/@currencyID": "_invoice_currency",
        "AdditionalInformation/StatementDescription": "remarks",
        "GoodsShipment/AdditionalInformation/StatementDescription": "remarks",
    },
    groups={
        **_parties("", "Consignment/", "GoodsShipment/", "GoodsShipment/Consignment/"),
        **_papers("", "GoodsShipment/", "GoodsShipment/Consignment/"),
        **{f"{path}AEOMutualRecognitionParty": Group("AEOMutualRecognitionParty") for path in ("", "GoodsShipment/")},
        **dict.fromkeys(_MEANS, Group("TransportMeans")),
        "AuthorisationHolder": Paper({"CategoryCode": "code", "ID": "reference"}),
    },
    aside=frozenset(
        (
            "FunctionCode", "GoodsItemQuantity", "TotalPackageQuantity", "VersionID", "ObligationGuarantee", "CurrencyExchange",
            "Consignment/Freight", "GoodsShipment/CustomsValuation", "GoodsShipment/DomesticDutyTaxParty",
            "GoodsShipment/Consignment/ContainerCode", "GoodsShipment/Consignment/Freight", "GoodsShipment/TransactionNatureCode",
            "GoodsShipment/Consignment/TransportEquipment/Seal", "AcceptanceDateTime/DateTimeString/@formatCode",
            "IssueDateTime/DateTimeString/@formatCode",
        )
    ),
)  # fmt: skip
_ITEM = Level(
    ("GovernmentAgencyGoodsItem",),
    fields={
        "SequenceNumeric": "item_number",
        "Commodity/Description": "description",
        "Commodity/DangerousGoods/UNDGID": "un_number",
        "Commodity/GoodsMeasure/NetNetWeightMeasure": "net_mass_kg",
        "Commodity/GoodsMeasure/TariffQuantity": "quantity",
        "Commodity/GoodsMeasure/TariffQuantity/@unitCode": "unit",
        "Commodity/TransportEquipment/ID": "container_numbers",
        "Commodity/InvoiceLine/ItemChargeAmount": "_charge",
        "Commodity/InvoiceLine/ItemChargeAmount/@currencyID": "_charge_currency",
        "StatisticalValueAmount": "_value",
        "StatisticalValueAmount/@currencyID": "_value_currency",
        "CustomsValueAmount": "_customs_value",
        "CustomsValueAmount/@currencyID": "_customs_value_currency",
        "Destination/CountryCode": "destination_country",
        "ExportCountry/ID": "export_country",
        "Packaging/MarksNumbersID": "marks",
        "AdditionalInformation/StatementDescription": "remarks",
    },
    groups={
        **_parties(""),
        **_papers(""),
        "AEOMutualRecognitionParty": Group("AEOMutualRecognitionParty"),
        "Commodity/Classification": Group("Classification"),
        "GovernmentProcedure": Group("GovernmentProcedure"),
        "Origin": Group("Origin"),
    },
    aside=frozenset(
        (
            "Commodity/DutyTaxFee", "CustomsValuation", "ValuationAdjustment", "DomesticDutyTaxParty", "TransactionNatureCode",
            "Commodity/GoodsMeasure/NetNetWeightMeasure/@unitCode", "Commodity/GoodsMeasure/GrossMassMeasure/@unitCode",
        )
    ),
)  # fmt: skip


def finish(record: Record) -> None:
    """The fields that more than one element of the declaration makes."""
    record.put("declaration_id", record.first("_registration", "_reference"))
    record.put("declared_on", record.first("_accepted_on", "_issued_on"))
    if (office := record.first("_exit_office")) is not None:
        record.put("customs_office", office, "ExitOffice/ID")
    requested = _procedure(record)
    record.put("operation", _operation((record.first("_type") or "").upper(), requested))
    for origin in record.group("Origin"):
        # Origin for preference (type 2) stands beside the non-preferential one.
        if "origin_country" not in record.fields:
            record.put("origin_country", origin.pop("CountryCode", None))
            if origin.get("TypeCode") == "1":
                origin.pop("TypeCode")
    _classify(record)
    _value(record)
    _actors(record)


def _procedure(record: Record) -> str:
    """The requested procedure; it and the additional ones are the procedure code."""
    requested = ""
    for procedure in record.group("GovernmentProcedure"):
        current, previous = procedure.pop("CurrentCode", ""), procedure.pop("PreviousCode", None)
        if previous is not None:
            requested = requested or current
        record.put("procedure_code", f"{current}{previous or ''}")
    return requested


def _operation(kind: str, requested: str) -> str | None:
    if requested == "31" and not kind.startswith("IM"):
        return "reexport"
    if kind.startswith(("EX", "IM")):
        return "export" if kind.startswith("EX") else "import"
    if kind.startswith(("T", "TR")):
        return "transit"
    if requested in ("10", "11", "21", "22", "23"):
        return "export"
    return "import" if requested.isdigit() else kind or None


def _classify(record: Record) -> None:
    """The commodity code is written in pieces: HS or CN and TARIC are its digits; additional codes are carried."""
    digits: dict[str, str] = {}
    for part in record.group("Classification"):
        kind, code = part.get("IdentificationTypeCode", ""), part.get("ID", "")
        if kind in _CODE_PIECES and kind not in digits and code.isdigit():
            digits[kind] = code
        elif kind == "CV":
            record.put("remarks", f"CUS {code}")
        else:
            continue
        part.clear()
    record.put("hs_code", "".join(digits[kind] for kind in _CODE_PIECES if kind in digits))


def _value(record: Record) -> None:
    """The statistical value, or what was charged for the item, or its customs value; the others are carried."""
    for amount in ("_value", "_charge", "_customs_value"):
        text, currency = record.first(amount), record.first(f"{amount}_currency")
        if text is None:
            continue
        if "value" in record.fields:
            record.carry(f"GovernmentAgencyGoodsItem/{amount.strip('_')} amount", f"{text} {currency or ''}".strip())
        else:
            record.put("value", text)
            record.put("currency", currency)
    record.put("currency", record.first("_invoice_currency"), "InvoiceAmount/@currencyID")


def _actors(record: Record) -> None:
    for actor in record.group("AEOMutualRecognitionParty"):
        role = _CHAIN_ROLES.get(actor.get("RoleCode", ""), "intermediary")
        record.party(role, name=actor.pop("Name", None), identifiers=actor.pop("ID", None))
    for means in record.group("TransportMeans"):
        # Identified by a ship's name (11) or IMO number (10).
        name, kind = means.get("ID", ""), means.get("IdentificationTypeCode")
        is_imo = kind == "10" and len(name) == 7 and name.isdigit()
        if kind == "11" or is_imo:
            country = means.pop("RegistrationNationalityCode", None)
            record.party("vessel", name=None if is_imo else name, country=country, identifiers=f"imo:{name}" if is_imo else None)
            means.pop("ID", None)
        record.put("transport_mode", means.pop("ModeCode", None))


SHAPE = Shape("wco_declaration", {"Declaration": 0}, (_HEADER, _ITEM), finish, aside=frozenset(("SequenceNumeric", "@languageID")))
