"""The European Union's export declaration (CC515C), its amendment (CC513C), release (CC529C), and exit summaries (CC615C, CC613C).

No schema of the export system is published; the names are those it shares with transit, as national guides print them.
"""

from __future__ import annotations

from screening.read.messages import eu_parts
from screening.read.messages.record import Record
from screening.read.messages.shape import Group, Level, Shape

_MESSAGES = ("CC515C", "CC513C", "CC529C", "CC528C", "CC615C", "CC613C")
_HEADER = Level(
    _MESSAGES,
    fields={
        "ExportOperation/MRN": "_registration",
        "ExportOperation/LRN": "_reference",
        "ExportOperation/declarationType": "_type",
        "ExportOperation/declarationAcceptanceDate": "_accepted_on",
        "ExportOperation/invoiceCurrency": "_invoice_currency",
        "preparationDateAndTime": "_prepared_on",
        "CustomsOfficeOfExport/referenceNumber": "customs_office",
        **eu_parts.route("", "GoodsShipment/", "GoodsShipment/Consignment/", "Consignment/"),
    },
    groups=eu_parts.groups("", "GoodsShipment/", "GoodsShipment/Consignment/", "Consignment/"),
    aside=eu_parts.ENVELOPE
    | {
        "ExportOperation/security", "GoodsShipment/natureOfTransaction", "GoodsShipment/Consignment/containerIndicator",
        "Consignment/containerIndicator", "GoodsShipment/Consignment/TransportEquipment/GoodsReference",
        "GoodsShipment/Consignment/TransportCharges",
    },
)  # fmt: skip
_HOUSE = Level(("HouseConsignment",), fields=eu_parts.route(""), groups=eu_parts.groups(""))
_ITEM = Level(
    ("GoodsItem", "ConsignmentItem"),
    fields={**eu_parts.COMMODITY, "statisticalValue": "value", "Origin/countryOfOrigin": "origin_country"},
    groups={**eu_parts.groups(""), "Procedure": Group("Procedure")},
    aside=frozenset(("natureOfTransaction", "TransportCharges")),
)


def finish(record: Record) -> None:
    """The fields that more than one element of the message makes."""
    record.put("declaration_id", record.first("_registration", "_reference"))
    record.put("declared_on", record.first("_accepted_on", "_prepared_on"))
    record.put("currency", record.first("_invoice_currency") if "currency" not in record.fields else None)
    requested = ""
    for procedure in record.group("Procedure"):
        requested = requested or procedure.get("requestedProcedure", "")
        record.put("procedure_code", procedure.pop("requestedProcedure", "") + procedure.pop("previousProcedure", ""))
        for code in procedure.pop("AdditionalProcedure/additionalProcedure", "").split():
            record.put("procedure_code", code)
    kind = record.first("_type")
    record.put("operation", "reexport" if requested == "31" else "export")
    if kind is not None and kind not in ("EX", "CO"):
        record.carry("ExportOperation/declarationType", kind)
    eu_parts.finish_parts(record)


SHAPE = Shape("eu_export", dict.fromkeys(_MESSAGES, 0), (_HEADER, _HOUSE, _ITEM), finish, aside=eu_parts.ASIDE)
