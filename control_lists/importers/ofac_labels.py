"""What OFAC states of a party under a label (``Passport``, ``Gender``, ``Secondary sanctions risk``), and the field each goes to.

The labels are the same in all forms: types of identity documents and of features. They grow with every edition; one that is not known
becomes a remark and is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from control_lists.importers.dates import birth_date, day
from control_lists.importers.draft import Draft, clean
from control_lists.importers.ofac_terms import add_country
from control_lists.importers.publication import Publication

_IDENTIFIERS = {
    "passport": (
        "Passport", "Diplomatic Passport", "British National Overseas Passport", "Stateless Person Passport", "Travel Document Number",
    ),
    "national": (
        "SSN", "Cedula No.", "D.N.I.", "N.I.E.", "National ID No.", "LE Number", "Bosnian Personal ID No.", "Credencial electoral",
        "Kenyan ID No.", "C.I.N.", "Moroccan Personal ID No.", "C.U.R.P.", "C.U.I.P.", "Electoral Registry No.",
        "National Foreign ID Number", "Cartilla de Servicio Militar Nacional", "Personal ID Card", "Residency Number",
        "CNP (Personal Numerical Code)", "Romanian Permanent Resident", "Turkish Identification Number", "Stateless Person ID Card",
        "Refugee ID Card", "Numero de Identidad", "Tazkira National ID Card", "I.F.E.", "Citizen's Card Number", "UAE Identification",
        "Seafarer's Identification Document", "Military Registration Number", "Public Security and Immigration No.", "Immigration No.",
    ),
    "tax": (
        "R.F.C.", "RFC", "NIT #", "US FEIN", "RUC #", "C.I.F.", "RIF #", "V.A.T. Number", "Italian Fiscal Code", "Fiscal Code", "C.U.I.T.",
        "Tax ID No.", "Paraguayan tax identification number", "Numero Unico de Identificacao Tributaria (NUIT)",
        "Romanian Tax Registration", "N.I.F.", "RTN", "RSIN", "C.U.I.",
    ),
    "reg": (
        "Business Registration Document #", "Registration ID", "Registered Charity No.", "C.R. No.", "UK Company Number",
        "Dubai Chamber of Commerce Membership No.", "Commercial Registry Number", "Certificate of Incorporation Number",
        "Vessel Registration Identification", "Registration Certificate Number (Dubai)", "Matricula Mercantil No",
        "Government Gazette Number", "Romanian C.R.", "Folio Mercantil No.", "Istanbul Chamber of Comm. No.", "Company Number",
        "Public Registration Number", "Branch Unit Number", "Enterprise Number", "Organization Code", "Chamber of Commerce Number",
        "Legal Entity Number", "Business Number", "Business Registration Number", "Registration Number", "MSB Registration Number",
        "File Number", "Central Registration System Number", "Economic Register Number (CBLS)", "Identification Number",
        "Russian State Individual Business Registration Number Pattern (OGRNIP)",
    ),
    "licence": (
        "Driver's License No.", "Trade License No.", "Tourism License No.", "Pilot License Number", "License", "SRE Permit No.",
        "Afghan Money Service Provider License Number", "Permit Number",
    ),
    "uscc": ("Unified Social Credit Code (USCC)", "United Social Credit Code Certificate (USCCC)"),
    "msn": (
        "Aircraft Serial Identification", "Aircraft Manufacturer's Serial Number (MSN)",
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
    ),
    "tail": ("Aircraft Tail Number", "Previous Aircraft Tail Number"),
    "mmsi": ("MMSI",),
    "callsign": ("Vessel Call Sign", "Other Vessel Call Sign"),
    "swift": ("SWIFT/BIC",),
    "isin": ("ISIN",),
    "ticker": ("Equity Ticker", "MICEX Code"),
    "duns": ("D-U-N-S Number",),
    "wallet": ("Digital Currency Address",),
    "other": (
        "Serial No.", "VisaNumberID", "Birth Certificate Number", "Trademark number", "Global Intermediary Identification Number",
        "Chinese Commercial Code", "BIK (RU)", "Aircraft Mode S Transponder Code",
    ),
}  # fmt: skip
# Kinds under which OFAC has one label only, and a number that is unique without its country.
_TELLING = frozenset({"imo", "mmsi", "swift", "lei", "isin", "duns", "uscc", "tail"})
_BIRTH_DATE = ("DOB", "Birthdate")
_BIRTH_PLACE = ("POB", "Place of Birth")
_COUNTRY = (
    "nationality", "citizen", "Nationality Country", "Citizenship Country", "Nationality of Registration", "Registration Country",
    "Vessel Flag", "Other Vessel Flag",
)  # fmt: skip
# What a listing under a part of a programme requires; the label says which.
_REQUIREMENTS = re.compile(
    r"Executive Order \d+ (?:Directive Determination|Directive Information|Determination|information)"
    r"|(?:CAATSA Section \d+|PEESA) Information|IFCA Determination|Additional Sanctions Information|Secondary sanctions risk"
    r"|Transactions Prohibited For Persons Owned or Controlled By U\.S\. Financial Institutions"
    r"|(?:Listing|Effective|Purchase/Sales For Divestment) Date \([^()]*\)",
    re.IGNORECASE,
)
_REMARKS = (
    "Gender", "Title", "Position", "Website", "Email Address", "Phone Number", "Fax Number", "Organization Established Date",
    "Organization Type", "Target Type", "Issuer Name", "UN/LOCODE", "Vessel Type", "Other Vessel Type", "Vessel Year of Build",
    "Vessel Tonnage", "Vessel Gross Tonnage", "Vessel Gross Registered Tonnage", "Vessel Owner", "Former Vessel Flag", "Aircraft Model",
    "Aircraft Type", "Aircraft Operator", "Aircraft Manufacture Date", "Location",
)  # fmt: skip

_IMO = re.compile(r"^(?:IMO\D{0,3}(\d+)|(\d{7}))$", re.IGNORECASE)
# A town or state behind a register's number; "D489833(9)" and "13/TaTaNa (Naing)019077" are numbers throughout.
_PLACE = re.compile(r"(?: \([^()\d]+\))+$")
_LEI = re.compile(r"^[A-Z0-9]{18}\d{2}$")


def _key(label: str) -> str:
    return label.rstrip(" :-#.").casefold()


_KIND_OF = {_key(label): kind for kind, labels in _IDENTIFIERS.items() for label in labels}
_BIRTH_DATES = frozenset(map(_key, _BIRTH_DATE))
_BIRTH_PLACES = frozenset(map(_key, _BIRTH_PLACE))
_COUNTRIES = frozenset(map(_key, _COUNTRY))
_OTHERS = frozenset(map(_key, _REMARKS))
_KNOWN = sorted(
    {label.rstrip(" :-#.") for labels in (*_IDENTIFIERS.values(), _BIRTH_DATE, _BIRTH_PLACE, _COUNTRY, _REMARKS) for label in labels},
    key=len,
    reverse=True,
)
LABEL = re.compile(rf"(?P<label>(?:{_REQUIREMENTS.pattern}|{'|'.join(map(re.escape, _KNOWN))})\.?)(?=[\s:#-])[\s:#-]*(?P<value>\S.*)")
"""A text that begins with a known label, as the remarks of the CSV do."""


def is_identifier(label: str) -> bool:
    """Whether a label is that of a number which identifies.

    >>> is_identifier("R.F.C. #"), is_identifier("Gender")
    (True, False)
    """
    return _key(label) in _KIND_OF


def state(
    publication: Publication, draft: Draft, label: str, value: str | None, country: str | None = None, details: Iterable[str] = ()
) -> None:
    """What the list states under a label: into its field, and into a remark what the field does not hold (the label, country, dates)."""
    key = _key(label)
    if key.startswith("digital currency address"):
        # The label of the XML forms ends with the currency; in the CSV it stands before the address.
        value, key = f"{label.partition(' - ')[2]} {value}".strip() if " - " in label else value, "digital currency address"
        label = "Digital Currency Address"
    if not (text := clean(value)):
        return
    more = [detail for detail in details if detail]
    told = ", ".join([f"{label.rstrip(' :-#')}: {text}" + (f" ({country})" if country else ""), *more])
    if key in _BIRTH_DATES and (born := birth_date(text)) is not None:
        draft.birth_date(born)
        if more:
            draft.remark(told)
    elif key in _BIRTH_PLACES:
        draft.birth_place(text)
        if more:
            draft.remark(told)
    elif key in _COUNTRIES:
        add_country(draft, text)
        draft.remark(told)
    elif _REQUIREMENTS.fullmatch(key):
        draft.footnote(told)
    elif key in _KIND_OF:
        kind, number = _identifier(draft, key, text)
        draft.identifier(kind, number)
        if kind not in _TELLING or country or more:
            draft.remark(told)
    else:
        draft.remark(told)
        if key not in _OTHERS:
            publication.note(f"'{label}' is not a known kind of information: kept as a remark")


def dated(word: str, text: str | None) -> str:
    """``issued 2001-10-01`` from a date as any form writes it; blank where there is none."""
    if text is None:
        return ""
    return f"{word} {day(text) or text}"


def _identifier(draft: Draft, key: str, text: str) -> tuple[str, str]:
    kind = _KIND_OF[key]
    text = _PLACE.sub("", text)
    if kind == "wallet":
        return kind, text.split()[-1]
    if (imo := _IMO.match(text)) and (imo[1] or key == "vessel registration identification"):
        return "imo", imo[1] or imo[2]
    if key == "legal entity number" and _LEI.match(text):
        return "lei", text
    # Two labels stand for a person's number and for a company's alike.
    if draft.kind == "person" and key in ("identification number", "c.u.i"):
        return "national", text
    return kind, text
