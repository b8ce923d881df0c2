"""What the segments of the customs messages CUSDEC and CUSCAR say, one function a segment.

Meanings: UN/EDIFACT directory D.96B and the code lists of its data elements (1153 references, 3035 parties, 3227 places, 5025 amounts,
6313 measures).
"""

from __future__ import annotations

from collections.abc import Callable

from screening.read.documents import LICENCE_CODE
from screening.read.messages.edifact import Segment
from screening.read.messages.record import Record

_ROLES = {
    "EX": "exporter", "GO": "exporter", "SE": "exporter", "SU": "exporter", "CZ": "consignor", "OS": "consignor", "SF": "consignor",
    "CN": "consignee", "IM": "consignee", "ST": "consignee", "DP": "consignee", "UC": "end_user", "UD": "end_user", "BY": "buyer",
    "IV": "buyer", "NI": "notify_party", "N1": "notify_party", "N2": "notify_party", "DT": "declarant", "AE": "broker", "AG": "broker",
    "CB": "broker", "FW": "freight_forwarder", "CG": "carrier", "CA": "carrier", "OW": "owner", "MF": "manufacturer", "PR": "intermediary",
    "WH": "intermediary", "COP": "intermediary",
}  # fmt: skip
_LICENCES = ("EX", "EP", "IP", "IM", "AAM")
_NET = ("N", "AAA", "AAF", "AAL")
_MASSES = ("KG", "KGM", "GRM", "TNE", "LBR")


def apply(record: Record, segment: Segment, decimal: str) -> None:
    """Put what a segment says into a record; a segment that is of no field is carried under its tag and qualifier."""
    handler = _HANDLERS.get(segment.tag)
    if segment.tag in _ASIDE or (handler is not None and handler(record, segment, decimal)):
        return
    _carry(record, segment)


def _carry(record: Record, segment: Segment) -> bool:
    name = f"{segment.tag} {segment.text(1) or ''}".strip()
    rest = "+".join(":".join(element) for element in segment.elements[2 if segment.text(1) else 1 :])
    record.carry(name, rest.strip("+: ") or (segment.text(1) or ""))
    return True


def _number(text: str | None, decimal: str) -> str | None:
    return text.replace(decimal, ".") if text is not None and decimal != "." else text


def _date(record: Record, segment: Segment, decimal: str) -> bool:
    text = segment.text(1, 1)
    # Format 101 writes the year with two digits.
    record.put(f"_dtm_{segment.text(1)}", f"20{text}" if text is not None and segment.text(1, 2) == "101" else text)
    return True


def _place(record: Record, segment: Segment, decimal: str) -> bool:
    """A place is a UN/LOCODE, whose first two letters are the country, or a country."""
    place = segment.text(2) or segment.text(3)
    record.put(f"_loc_{segment.text(1)}", place)
    if (name := segment.text(2, 3)) is not None:
        record.carry(f"LOC {segment.text(1)}", name)
    return True


def _party(record: Record, segment: Segment, decimal: str) -> bool:
    """Name and address stand apart, or together in lines of 35 (C058)."""
    qualifier = (segment.text(1) or "").upper()
    block, named, street = segment.texts(3), segment.texts(4), segment.texts(5)
    if not named and block:
        named, block = block[:1], block[1:]
    address = [*block, *street, *(text for n in (6, 7, 8) for text in segment.texts(n))]
    record.party(
        _ROLES.get(qualifier) or f"party {qualifier}".strip().lower(),
        name=" ".join(named) or None,
        country=segment.text(9),
        address=", ".join(address) or None,
        identifiers=segment.text(2),
    )
    return True


def _transport(record: Record, segment: Segment, decimal: str) -> bool:
    """The means of transport: a ship with its number and flag, the carrier, the mode."""
    record.put("transport_mode", segment.text(3))
    record.party("carrier", name=segment.text(5, 3), identifiers=segment.text(5))
    number, name, flag = segment.text(8), segment.text(8, 3), segment.text(8, 4)
    if number is not None and number.isdigit() and len(number) == 7:
        number = f"imo:{number}"
    if name is not None or (number or "").startswith("imo:"):
        record.party("vessel", name=name, country=flag, identifiers=number)
    elif number is not None:
        record.carry("TDT means", number)
    if (voyage := segment.text(2)) is not None:
        record.carry("TDT voyage", voyage)
    return True


def _text(record: Record, segment: Segment, decimal: str) -> bool:
    """Free text: of the goods (AAA), or anything else, which is screened as remarks."""
    text = " ".join(segment.texts(4))
    record.put("description" if segment.text(1) == "AAA" else "remarks", text or None)
    for coded in segment.texts(3)[:1]:
        record.carry(f"FTX {segment.text(1)}", coded)
    return True


def _measure(record: Record, segment: Segment, decimal: str) -> bool:
    unit, value = segment.text(3), _number(segment.text(3, 1), decimal)
    if value is None:
        return False
    is_mass = (unit or "").upper() in _MASSES
    if segment.text(2) in _NET and is_mass:
        record.put("net_mass_kg", value if unit in ("KG", "KGM") else f"{value} {unit}")
        return True
    return False


def _quantity(record: Record, segment: Segment, decimal: str) -> bool:
    record.put("quantity", _number(segment.text(1, 1), decimal))
    record.put("unit", segment.text(1, 2))
    return True


def _amount(record: Record, segment: Segment, decimal: str) -> bool:
    """Amounts are ranked later: statistical, customs, FOB and invoice value."""
    record.put(f"_moa_{segment.text(1)}", " ".join(filter(None, (_number(segment.text(1, 1), decimal), segment.text(1, 2)))))
    return True


def _reference(record: Record, segment: Segment, decimal: str) -> bool:
    kind, text = (segment.text(1) or "").upper(), segment.text(1, 1)
    if text is None:
        return False
    if kind == "HS":
        record.put("hs_code", text, "RFF HS")
    elif kind in _LICENCES:
        record.document(LICENCE_CODE, text)
        record.carry("RFF", f"{kind} {text}")
    elif kind in ("ABT", "AAE"):
        record.put("_declaration", text)
    elif kind in ("BM", "MB", "HWB", "AWB"):
        record.put("_bill", text)
        record.document(kind, text)
    else:
        record.document(kind, text)
    return True


def _document(record: Record, segment: Segment, decimal: str) -> bool:
    record.document(segment.text(1), segment.text(2))
    return True


def _commodity(record: Record, segment: Segment, decimal: str) -> bool:
    """The goods item: its number, and codes, each with the list it is of (122 tariff, 117 procedure)."""
    record.put("item_number", segment.text(1))
    for n in range(2, len(segment.elements)):
        code, listed = segment.text(n), segment.text(n, 1)
        if code is None:
            continue
        if listed == "117":
            record.put("procedure_code", code)
        elif listed == "122" or (listed is None and sum(c.isdigit() for c in code) >= 6):
            record.put("hs_code", code, "CST")
        else:
            record.carry("CST", f"{listed or ''} {code}".strip())
    return True


def _product(record: Record, segment: Segment, decimal: str) -> bool:
    for n in range(2, len(segment.elements)):
        if segment.text(n, 1) == "HS":
            record.put("hs_code", segment.text(n), "PIA HS")
        elif (code := segment.text(n)) is not None:
            record.carry("PIA", f"{segment.text(n, 1) or ''} {code}".strip())
    return True


def _marks(record: Record, segment: Segment, decimal: str) -> bool:
    record.put("marks", " ".join(segment.texts(2)) or None)
    return True


def _equipment(record: Record, segment: Segment, decimal: str) -> bool:
    record.put("container_numbers", segment.text(2 if segment.tag == "EQD" else 1))
    if segment.tag == "EQD" and (kind := segment.text(3)) is not None:
        record.carry("EQD", kind)
    return True


def _danger(record: Record, segment: Segment, decimal: str) -> bool:
    record.put("un_number", segment.text(3), "DGS")
    if (kind := segment.text(2)) is not None:
        record.carry("DGS class", kind)
    return True


def _origin(record: Record, segment: Segment, decimal: str) -> bool:
    record.put("origin_country", segment.text(1), "ALI")
    return True


_ASIDE = frozenset(("UNS", "CNT", "AUT", "TAX", "SEL", "UGH", "UGS"))
_HANDLERS: dict[str, Callable[[Record, Segment, str], bool]] = {
    "DTM": _date, "LOC": _place, "NAD": _party, "TDT": _transport, "FTX": _text, "MEA": _measure, "QTY": _quantity, "MOA": _amount,
    "RFF": _reference, "DOC": _document, "CST": _commodity, "PIA": _product, "PCI": _marks, "EQD": _equipment, "SGP": _equipment,
    "DGS": _danger, "ALI": _origin,
}  # fmt: skip


# Places of a route (3227), between the country of export and that of destination.
_ROUTE = ("49", "50", "13", "11", "12", "60")
# Amounts (5025) in the order in which one is the item's value: FOB, statistical, customs value, and what is invoiced.
_VALUES = ("63", "123", "43", "40", "38", "203")


def settle(record: Record, days: tuple[str, ...], destinations: tuple[str, ...]) -> None:
    """Fields of the days, places and amounts that were put by their qualifier.

    ``days`` are the qualifiers (2005) of which the first that is there is the day of the declaration, ``destinations`` those (3227) of
    the last place.
    """
    record.put("declared_on", record.first(*(f"_dtm_{qualifier}" for qualifier in days)))
    places = _by_qualifier(record, "_loc_")
    record.put("export_country", _country(places, "35", "9"))
    record.put("destination_country", _country(places, *destinations))
    record.put("origin_country", _country(places, "27"))
    record.put("customs_office", next(iter(places.get("22", places.get("41", ()))), None))
    ends = {text for field in ("export_country", "destination_country") for text in record.fields.get(field, ())}
    for country in (place[:2] for qualifier in _ROUTE for place in places.get(qualifier, ())):
        if country not in ends:
            record.put("transit_countries", country)
    amounts = _by_qualifier(record, "_moa_")
    for qualifier in sorted(amounts, key=lambda q: (_VALUES.index(q) if q in _VALUES else len(_VALUES), q)):
        for amount in amounts[qualifier]:
            value, _, currency = amount.partition(" ")
            if "value" in record.fields or qualifier not in _VALUES:
                record.carry(f"MOA {qualifier}", amount)
            else:
                record.put("value", value)
                record.put("currency", currency)
    for qualifier, found in places.items():
        for place in found:
            record.carry(f"LOC {qualifier}", place)


def _by_qualifier(record: Record, prefix: str) -> dict[str, list[str]]:
    """The texts put under a prefix, which are taken."""
    return {field.removeprefix(prefix): record.take(field) for field in [f for f in record.fields if f.startswith(prefix)]}


def _country(places: dict[str, list[str]], *qualifiers: str) -> str | None:
    """The country of the first of these places; a UN/LOCODE begins with it."""
    found = next((place for qualifier in qualifiers for place in places.get(qualifier, ())), None)
    return found[:2] if found is not None and len(found) == 5 else found
