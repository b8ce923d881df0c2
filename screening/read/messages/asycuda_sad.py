"""ASYCUDA World's single administrative document (root ``<ASYCUDA>``), as the system exports it.

The form's own spelling errors are part of it. Some national variants wrap declarations in ``<SAD>``. Element names: UNCTAD's
ASYCUDA World, the published schema of version 4.2.1.
"""

from __future__ import annotations

import re

from screening.read.documents import LICENCE_CODE
from screening.read.messages.record import Record, day
from screening.read.messages.shape import Group, Level, Paper, Party, Shape

_COUNTRY = "General_information/Country"
_HEADER = Level(
    ("ASYCUDA",),
    fields={
        "Identification/Registration/Serial_number": "_serial",
        "Identification/Registration/Number": "_number",
        "Identification/Registration/Date": "_registered_on",
        "Property/Date_of_declaration": "_declared_on",
        "Identification/Office_segment/Customs_clearance_office_code": "customs_office",
        "Identification/Office_segment/Customs_Clearance_office_name": "_office_name",
        "Identification/Type/Type_of_declaration": "_type",
        "Identification/Type/Declaration_gen_procedure_code": "_general_procedure",
        "Identification/Type/Type_of_transit_document": "_transit_document",
        "Property/Sad_flow": "_flow",
        f"{_COUNTRY}/Export/Export_country_code": "export_country",
        f"{_COUNTRY}/Export/Export_country_name": "_export_name",
        f"{_COUNTRY}/Destination/Destination_country_code": "destination_country",
        f"{_COUNTRY}/Destination/Destination_country_name": "_destination_name",
        f"{_COUNTRY}/Country_first_destination": "transit_countries",
        f"{_COUNTRY}/Trading_country": "_trading_country",
        f"{_COUNTRY}/Country_of_origin_name": "_origin_name",
        "General_information/Additional_information": "remarks",
        "General_information/Comments_free_text": "remarks",
        "Transport/Means_of_transport/Border_information/Mode": "transport_mode",
        "Transport/Means_of_transport/Border_information/Identity": "_means",
        "Transport/Means_of_transport/Departure_arrival_information/Identity": "_means",
        "Financial/Terms/Description": "payment",
        "Financial/Mode_of_payment": "payment",
        "Valuation/Gs_Invoice/Currency_code": "_invoice_currency",
        "Transit/Destination/Country": "transit_countries",
    },
    groups={
        "Traders/Exporter": Party("exporter", {"Exporter_name": "name", "Exporter_code": "id"}),
        "Traders/Consignee": Party("consignee", {"Consignee_name": "name", "Consignee_code": "id"}),
        "Traders/Financial": Party("buyer", {"Financial_name": "name", "Financial_code": "id"}),
        "Traders/Notify": Party("notify_party", {"Notify_party_name": "name", "Notify_party_code": "id"}),
        "Declarant": Group("Declarant"),
        "Transit/Principal": Party("declarant", {"Name": "name", "Code": "id", "Representative": "person"}),
        "Financial/Bank": Party("intermediary", {"Name": "name", "Code": "id"}),
        "Suppliers_documents": Party(
            "exporter",
            {
                "Suppliers_document_name": "name",
                "Suppliers_document_country": "country",
                "Suppliers_document_street": "address",
                "Suppliers_document_city": "address",
                "Suppliers_document_zip_code": "address",
            },
        ),
        "Supplier_documents": Party(
            "exporter",
            {
                "Invoice_supplier_name": "name",
                "Invoice_supplier_country": "country",
                "Invoice_supplier_street": "address",
                "Invoice_supplier_city": "address",
                "Invoice_supplier_zip_code": "address",
            },
        ),
        "Container": Group("Container"),
    },
    aside=frozenset(
        (
            "@id", "Export_release", "Assessment_notice", "Global_taxes", "Property/Forms", "Property/Selected_page",
            "Property/Nbers/Number_of_loading_lists", "Property/Nbers/Total_number_of_items", "Financial/Financial_transaction",
            "Financial/Amounts", "Financial/Guarantee/Amount", "Financial/Guarantee/Date", "Transport/Container_flag",
            "Valuation/Calculation_working_mode", "Valuation/Total_cost", "Valuation/Total_CIF", "Valuation/Gs_external_freight",
            "Valuation/Gs_internal_freight", "Valuation/Gs_insurance", "Valuation/Gs_other_cost", "Valuation/Gs_deduction",
            "Valuation/Gs_Invoice/Amount_national_currency", "Valuation/Gs_Invoice/Currency_name", "Valuation/Gs_Invoice/Currency_rate",
            "General_information/Value_details",
        )
    ),
)  # fmt: skip
_ITEM = Level(
    ("Item",),
    fields={
        "Tarification/HScode/Commodity_code": "_commodity",
        "Tarification/HScode/Precision_1": "_precision",
        "Tarification/HScode/Precision_4": "remarks",
        "Tarification/Extended_customs_procedure": "procedure_code",
        "Tarification/National_customs_procedure": "procedure_code",
        "Tarification/Attached_doc_item": "_document_codes",
        "Tarification/Item_price": "_price",
        "Goods_description/Commercial_Description": "description",
        "Goods_description/Description_of_goods": "tariff_text",
        "Goods_description/Country_of_origin_code": "origin_country",
        "Packages/Marks1_of_packages": "marks",
        "Packages/Marks2_of_packages": "marks",
        "Valuation_item/Weight_itm/Net_weight_itm": "net_mass_kg",
        "Valuation_item/Item_Invoice/Amount_foreign_currency": "value",
        "Valuation_item/Item_Invoice/Currency_code": "currency",
        "Licence_number": "_licence",
        "Free_text_1": "remarks",
        "Free_text_2": "remarks",
        "Previous_doc/Previous_document_reference": "remarks",
    },
    groups={
        "Attached_documents": Paper({"Attached_document_code": "code", "Attached_document_reference": "reference"}),
        "Tarification/Supplementary_unit": Group("Supplementary_unit"),
    },
    aside=frozenset(
        (
            "Taxation", "Tarification/Tarification_data", "Tarification/Valuation_method_code", "Tarification/Value_item",
            "Valuation_item/Rate_of_adjustement", "Valuation_item/Alpha_coeficient_of_apportionment", "Valuation_item/Total_cost_itm",
            "Valuation_item/Total_CIF_itm", "Valuation_item/Statistical_value", "Valuation_item/item_external_freight",
            "Valuation_item/item_internal_freight", "Valuation_item/item_insurance", "Valuation_item/item_other_cost",
            "Valuation_item/item_deduction", "Valuation_item/Market_valuer", "Valuation_item/Item_Invoice/Amount_national_currency",
            "Valuation_item/Item_Invoice/Currency_name", "Valuation_item/Item_Invoice/Currency_rate",
        )
    ),
)  # fmt: skip
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")


def finish(record: Record) -> None:
    """The fields that more than one element of the document makes."""
    registered = asycuda_day(record.first("_registered_on", "_declared_on"))
    record.put("declared_on", registered)
    _identify(record, registered)
    procedure = next(iter(record.fields.get("procedure_code", ())), "")
    kind, general, transit, flow = (record.first(f"_{field}") or "" for field in ("type", "general_procedure", "transit_document", "flow"))
    record.put("operation", operation(kind, general, transit, flow, procedure))
    record.carry("Identification/Type", " ".join(filter(None, (kind, general, transit, flow))))
    _countries(record)
    _parties(record)
    _goods(record)
    _containers(record)
    _documents(record)


def asycuda_day(text: str | None) -> str | None:
    """A day as the system writes it: month, day and year, unless that cannot be.

    >>> asycuda_day("3/31/15"), asycuda_day("31/3/2015")
    ('2015-03-31', '2015-03-31')
    """
    match = _US_DAY.fullmatch(text.strip()) if text else None
    if match is None:
        return day(text)
    first, second = int(match[1]), int(match[2])
    month, of_month = (second, first) if first > 12 else (first, second)
    return f"{match[3] if len(match[3]) == 4 else '20' + match[3]}-{month:02}-{of_month:02}"


def _identify(record: Record, registered: str | None) -> None:
    """Office, year, serial letter and number are a registered declaration's number; before that it has the trader's reference."""
    office, serial, number = (next(iter(record.fields.get(field, ())), None) for field in ("customs_office", "_serial", "_number"))
    if number is not None:
        record.take("_serial"), record.take("_number")
        record.put("declaration_id", " ".join(filter(None, (office, (registered or "")[:4], serial, number))))
    if (name := record.first("_office_name")) is not None:
        record.put("customs_office", name, "Identification/Office_segment/Customs_Clearance_office_name")


def operation(kind: str, general: str, transit: str, flow: str, procedure: str) -> str | None:
    """The operation that the declaration's type, general procedure, transit document, flow and extended procedure say.

    >>> operation("EX", "3", "", "E", "3171"), operation("IM", "4", "", "I", "4000")
    ('reexport', 'import')
    """
    kind = kind.upper()
    if transit or kind in ("TR", "T1", "T2", "TIR") or general == "8":
        return "transit"
    if procedure.startswith("31") or (kind == "EX" and general == "3"):
        return "reexport"
    return {"EX": "export", "IM": "import"}.get(kind) or {"E": "export", "I": "import"}.get(flow.upper()) or kind or None


def _countries(record: Record) -> None:
    for field in ("export", "destination", "origin"):
        # The name says what the code says, in the country's own language.
        if (text := record.first(f"_{field}_name")) is not None:
            if f"{field}_country" in record.fields:
                record.carry(f"{field} country name", text)
            else:
                record.put(f"{field}_country", text)
    record.party("buyer", country=record.first("_trading_country"))


def _parties(record: Record) -> None:
    for declarant in record.group("Declarant"):
        record.party("declarant", name=declarant.pop("Declarant_name", None), identifiers=declarant.pop("Declarant_code", None))
        record.party("declarant", name=declarant.pop("Declarant_representative", None))
        record.put("declaration_id", declarant.pop("Reference/Number", None), "Declarant/Reference/Number")
    means = record.take("_means")
    mode = next(iter(record.fields.get("transport_mode", ())), "").lstrip("0")
    for name in means:
        if mode.startswith("1"):
            record.party("vessel", name=name)
        else:
            record.carry("Transport/Means_of_transport", name)


def _goods(record: Record) -> None:
    code, precision = record.first("_commodity") or "", record.first("_precision") or ""
    whole = f"{code}{precision}"
    if len(re.sub(r"\D", "", whole)) <= 10:
        record.put("hs_code", whole)
    else:
        record.put("hs_code", code)
        record.carry("Item/Tarification/HScode", f"{code} {precision}")
    for unit in record.group("Supplementary_unit"):
        if "quantity" not in record.fields:
            record.put("quantity", unit.pop("Suppplementary_unit_quantity", None))
            record.put("unit", unit.pop("Suppplementary_unit_code", None) or unit.get("Suppplementary_unit_name"))
    for field, instead in (("value", "_price"), ("currency", "_invoice_currency")):
        if (text := record.first(instead)) is not None:
            record.put(field, text, instead.strip("_"))


def _containers(record: Record) -> None:
    """Containers are the declaration's; what is said to be in one is said of the item it names, or of all where it names none."""
    own = next(iter(record.fields.get("item_number", ())), None)
    for container in record.group("Container"):
        record.put("container_numbers", container.pop("Container_identity", None))
        if container.get("Item_Number", own) == own:
            record.put("remarks", container.pop("Goods_description", None))


def _documents(record: Record) -> None:
    listed = {document.get("code") for document in record.documents}
    for codes in record.take("_document_codes"):
        for code in codes.split():
            if code not in listed:
                record.document(code)
    for licence in record.take("_licence"):
        record.document(LICENCE_CODE, licence)


SHAPE = Shape(
    "asycuda_sad",
    {"ASYCUDA": 0, "SAD": 1},
    (_HEADER, _HEADER._replace(elements=("SAD",)), _ITEM),
    finish,
    declaration=1,
)
