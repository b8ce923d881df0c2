"""The European Union's transit declaration (CC015C), its amendment (CC013C) and its release (CC029C).

Three storeys: the declaration, house consignments, items. What a lower one says of parties and route is said beside the upper one.
"""

from __future__ import annotations

from screening.read.messages import eu_parts
from screening.read.messages.record import Record
from screening.read.messages.shape import Level, Shape

_MESSAGES = ("CC015C", "CC013C", "CC029C")
_HEADER = Level(
    _MESSAGES,
    fields={
        "TransitOperation/MRN": "_registration",
        "TransitOperation/LRN": "_reference",
        "TransitOperation/declarationAcceptanceDate": "_accepted_on",
        "preparationDateAndTime": "_prepared_on",
        "CustomsOfficeOfDeparture/referenceNumber": "customs_office",
        **eu_parts.route("Consignment/"),
    },
    groups=eu_parts.groups("", "Consignment/"),
    aside=eu_parts.ENVELOPE
    | {
        "TransitOperation/security", "TransitOperation/reducedDatasetIndicator", "TransitOperation/bindingItinerary",
        "TransitOperation/communicationLanguageAtDeparture", "TransitOperation/amendmentTypeFlag", "Consignment/containerIndicator",
        "Consignment/TransportCharges", "Consignment/TransportEquipment/GoodsReference",
    },
)  # fmt: skip
_HOUSE = Level(
    ("HouseConsignment",),
    fields=eu_parts.route(""),
    groups=eu_parts.groups(""),
    aside=frozenset(("TransportCharges", "securityIndicatorFromExportDeclaration")),
)
_ITEM = Level(
    ("ConsignmentItem",),
    fields=eu_parts.COMMODITY,
    groups=eu_parts.groups(""),
    aside=frozenset(("goodsItemNumber", "TransportCharges")),
)


def finish(record: Record) -> None:
    """The fields that more than one element of the message makes."""
    record.put("declaration_id", record.first("_registration", "_reference"))
    record.put("declared_on", record.first("_accepted_on", "_prepared_on"))
    record.put("operation", "transit")
    eu_parts.finish_parts(record)


SHAPE = Shape("eu_transit", dict.fromkeys(_MESSAGES, 0), (_HEADER, _HOUSE, _ITEM), finish, aside=eu_parts.ASIDE)
