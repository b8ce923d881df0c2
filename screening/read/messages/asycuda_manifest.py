"""ASYCUDA World's cargo manifest (root ``<Awmds>``, its degroupage ``<Awbolds>``, and the export manifest ``<Awbolegmds>``).

A bill of lading is the declaration, whatever the manifest; its goods segment is the item.
"""

from __future__ import annotations

from screening.read.messages.asycuda_sad import asycuda_day
from screening.read.messages.record import Record
from screening.read.messages.shape import Group, Level, Party, Shape

_ROOTS = ("Awmds", "Awbolds", "Awmcds", "Awbolegmds")
_PLACES = {
    "Place_of_loading_code": "_loading",
    "Port_of_origin_code": "_loading",
    "Place_of_departure_code": "_departure",
    "Place_of_unloading_code": "_unloading",
    "Place_of_destination_code": "_destination",
}
_MANIFEST = Level(
    _ROOTS,
    fields={
        "General_segment/General_segment_id/Customs_office_code": "customs_office",
        "General_segment/General_segment_id/Date_of_arrival": "_arrival",
        "General_segment/General_segment_id/Date_of_departure": "_departed_on",
        "General_segment/Transport_information/Mode_of_transport_code": "transport_mode",
        "General_segment/Transport_information/Identity_of_transporter": "_means",
        "General_segment/Transport_information/Nationality_of_transporter_code": "_flag",
        "General_segment/Transport_information/Registration_number_of_transport_code": "_imo",
        **{f"General_segment/Load_unload_place/{place}": field for place, field in _PLACES.items()},
    },
    groups={
        "General_segment/Transport_information/Carrier": Party(
            "carrier", {"Carrier_name": "name", "Carrier_code": "id", "Carrier_address": "address"}
        ),
        "General_segment/Transport_information/Shipping_Agent": Party(
            "freight_forwarder",
            {"Shipping_Agent_name": "name", "Shipping_Agent_code": "id", "Shipping_Agent_address": "address", "Name": "name", "Code": "id"},
        ),
        "General_segment/Transport_information/Master_information": Party("carrier", {"Master_name": "person"}),
    },
    aside=frozenset(("General_segment/Totals_segment", "General_segment/General_segment_id/Time_of_arrival")),
)


def _trader(name: str, role: str) -> dict[str, Party]:
    parts = {f"{name}_name": "name", f"{name}_code": "id", f"{name}_address": "address", f"{name}_country": "country"}
    return {f"Traders_segment/{name}": Party(role, parts)}


_BILL = Level(
    ("Bol_segment",),
    fields={
        "Bol_id/Bol_reference": "declaration_id",
        "Bol_id/Bol_nature": "_nature",
        "Value_segment/Customs_segment/Customs_value": "value",
        "Value_segment/Customs_segment/Customs_currency": "currency",
        **{f"Load_unload_place/{place}": field for place, field in _PLACES.items()},
    },
    groups={
        **_trader("Exporter", "exporter"),
        **_trader("Consignee", "consignee"),
        **_trader("Notify", "notify_party"),
        "ctn_segment": Group("ctn_segment"),
    },
    aside=frozenset(("Bol_id/Line_number", "Consolidated_Cargo")),
)
_GOODS = Level(
    ("Goods_segment",),
    fields={
        "Goods_description": "description",
        "Shipping_marks": "marks",
        "Information": "remarks",
        "Remarks": "remarks",
        "HS_Compliance/HS_code": "hs_code",
        "Commodity_code": "hs_code",
    },
    aside=frozenset(("Num_of_ctn_for_this_bol",)),
)
# Nature of the bill (ASYCUDA): export, import, transit, transhipment.
_NATURES = {"22": "export", "23": "import", "24": "transit", "28": "transhipment"}


def finish(record: Record) -> None:
    """The fields that more than one element of the manifest makes."""
    nature = record.first("_nature")
    record.put("operation", _NATURES.get(nature or "", nature and f"nature {nature}"))
    arrival, departure = asycuda_day(record.first("_arrival")), asycuda_day(record.first("_departed_on"))
    days = (departure, arrival) if nature == "22" else (arrival, departure)
    for declared_on in filter(None, days):
        record.put("declared_on", declared_on, "the other day")
    # A UN/LOCODE begins with its country.
    ends = [next(iter(record.fields.get(field, ())), "")[:2] for field in ("_loading", "_departure", "_unloading", "_destination")]
    record.put("export_country", ends[0] or ends[1])
    record.put("destination_country", ends[2] or ends[3])
    for place in ("_loading", "_departure", "_unloading", "_destination"):
        for code in record.take(place):
            record.carry(f"Load_unload_place{place}", code)
            if code[:2] not in (ends[0] or ends[1], ends[2] or ends[3]):
                record.put("transit_countries", code[:2])
    imo = record.first("_imo")
    record.party(
        "vessel",
        name=record.first("_means"),
        country=record.first("_flag"),
        identifiers=f"imo:{imo}" if imo is not None and imo.isdigit() and len(imo) == 7 else imo,
    )
    for container in record.group("ctn_segment"):
        record.put("container_numbers", container.pop("Ctn_reference", None))
        record.put("hs_code", container.pop("Commodity_code", None), "ctn_segment/Commodity_code")
        record.put("un_number", container.pop("UN", None), "ctn_segment/UN")
        for marks in ("Marks1", "Marks2", "Marks3"):
            record.put("marks", container.pop(marks, None))


SHAPE = Shape("asycuda_manifest", dict.fromkeys(_ROOTS, 0), (_MANIFEST, _BILL, _GOODS), finish, declaration=1)
