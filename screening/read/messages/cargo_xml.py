"""IATA Cargo-XML air waybills: master (XFWB, root ``<Waybill>``) and house (XFZB, root ``<HouseWaybill>``).

A waybill names airports and no countries; the consignor's and the consignee's country stand for export and destination.
"""

from __future__ import annotations

import re

from screening.read.messages.record import Record
from screening.read.messages.shape import Group, Level, Party, Shape

_ADDRESS = ("PostalStructuredAddress", "FreightForwarderAddress")
_PARTY = {
    "Name": "name",
    "PrimaryID": "id",
    "AccountID": "id",
    "AdditionalID": "id",
    "CargoAgentID": "id",
    "DefinedTradeContact/PersonName": "person",
} | {
    f"{address}/{element}": part
    for address in _ADDRESS
    for element, part in {
        "StreetName": "address", "PostcodeCode": "address", "CityName": "address", "CountrySubDivisionName": "address",
        "CountrySubDivisionID": "address", "CountryID": "country",
    }.items()
}  # fmt: skip


def _groups(*within: str) -> dict[str, Party | Group]:
    roles = {
        "ConsignorParty": "consignor", "ConsigneeParty": "consignee", "FreightForwarderParty": "freight_forwarder",
        "AssociatedParty": "notify_party",
    }  # fmt: skip
    found: dict[str, Party | Group] = {f"{path}{element}": Party(role, _PARTY) for path in within for element, role in roles.items()}
    return found | {f"{path}IncludedCustomsNote": Group("IncludedCustomsNote") for path in within}


def _fields(*within: str) -> dict[str, str]:
    fields = {
        "SummaryDescription": "_summary",
        "HandlingSPHInstructions/Description": "remarks",
        "HandlingSSRInstructions/Description": "remarks",
        "HandlingOSIInstructions/Description": "remarks",
        "IncludedAccountingNote/Content": "remarks",
        "DeclaredValueForCustomsAmount": "value",
        "DeclaredValueForCustomsAmount/@currencyID": "currency",
        "SpecifiedLogisticsTransportMovement/ModeCode": "transport_mode",
        "SpecifiedLogisticsTransportMovement/UsedLogisticsTransportMeans/Name": "_carrier",
    }
    return {f"{path}{element}": field for path in within for element, field in fields.items()}


def _aside(*within: str) -> frozenset[str]:
    money = (
        "ApplicableLogisticsAllowanceCharge", "ApplicableOriginCurrencyExchange", "ApplicableTotalRating", "TotalCollectChargeAmount",
        "TotalPrepaidChargeAmount", "NilCarriageValueIndicator", "NilCustomsValueIndicator", "NilInsuranceValueIndicator",
        "TotalChargePrepaidIndicator", "TotalDisbursementPrepaidIndicator", "ApplicableRating/TypeCode",
        "ApplicableRating/ConsignmentItemQuantity",
    )  # fmt: skip
    return frozenset(f"{path}{element}" for path in within for element in money)


_ENVELOPE = frozenset(
    (
        "MessageHeaderDocument/ID", "MessageHeaderDocument/Name", "MessageHeaderDocument/TypeCode", "MessageHeaderDocument/VersionID",
        "MessageHeaderDocument/PurposeCode", "MessageHeaderDocument/SenderParty", "MessageHeaderDocument/RecipientParty",
        "BusinessHeaderDocument/SignatoryCarrierAuthentication/IssueAuthenticationLocation",
        "BusinessHeaderDocument/SignatoryCarrierAuthentication/ActualDateTime",
    )
)  # fmt: skip
_WAYBILL = Level(
    ("Waybill", "HouseWaybill"),
    fields={
        "BusinessHeaderDocument/ID": "declaration_id",
        "BusinessHeaderDocument/IncludedHeaderNote/Content": "remarks",
        "BusinessHeaderDocument/SignatoryCarrierAuthentication/Signatory": "_signatory",
        "BusinessHeaderDocument/SignatoryConsignorAuthentication/Signatory": "_signatory",
        "MessageHeaderDocument/IssueDateTime": "declared_on",
        **_fields("MasterConsignment/"),
    },
    groups=_groups("MasterConsignment/"),
    aside=_ENVELOPE | _aside("MasterConsignment/"),
)
_HOUSE = Level(("IncludedHouseConsignment",), fields=_fields(""), groups=_groups(""), aside=_aside(""))
_ITEM = Level(
    ("IncludedMasterConsignmentItem", "IncludedHouseConsignmentItem"),
    fields={
        "SequenceNumeric": "item_number",
        "NatureIdentificationTransportCargo/Identification": "description",
        "TypeCode": "_codes",
        "OriginCountry/ID": "origin_country",
    },
    aside=frozenset(("ApplicableFreightRateServiceCharge", "TransportLogisticsPackage", "GrossVolumeMeasure")),
)
_NO_DIGIT = re.compile(r"\D")


def finish(record: Record) -> None:
    """The fields that more than one element of the waybill makes."""
    summaries = record.take("_summary")
    for summary in summaries:
        # What the house waybill says of all its goods together.
        record.put("remarks" if "description" in record.fields else "description", summary)
    for code in record.take("_codes"):
        if len(_NO_DIGIT.sub("", code)) >= 4:
            record.put("hs_code", code, "TypeCode")
        else:
            record.carry("TypeCode", code)
    record.put("operation", "export")
    for carrier in record.take("_carrier"):
        record.party("carrier", name=carrier)
    for signatory in record.take("_signatory"):
        record.party("declarant", name=signatory)
    for role, field in (("consignor", "export_country"), ("consignee", "destination_country")):
        country = next((party.get("country") for party in record.parties if party["role"] == role), None)
        record.put(field, country, field)
    for note in record.group("IncludedCustomsNote"):
        # A contact person (CP, KC) of the shipper or consignee.
        if note.get("ContentCode") in ("CP", "KC"):
            record.party("consignee" if note.get("SubjectCode") == "CNE" else "consignor", name=note.pop("Content", None))


SHAPE = Shape("cargo_xml", {"Waybill": 0, "HouseWaybill": 0}, (_WAYBILL, _HOUSE, _ITEM), finish, aside=frozenset(("@schemeID",)))
