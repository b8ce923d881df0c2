"""The FollowTheMoney model (https://followthemoney.tech/explorer/): what its schemata and properties are to a listing."""

from __future__ import annotations

from control_lists.importers.draft import Kind, Quality

LISTED_TOPICS = frozenset(
    {"sanction", "sanction.counter", "sanction.linked", "export.control", "export.control.linked", "export.risk", "asset.frozen"}
)
"""Topics of entities that a sanctions or export control measure names, or that its rules on ownership reach."""

RELATIONS = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
}
"""Schemata that connect two entities, and the properties of their ends."""

KNOWN_SCHEMATA = frozenset(
    {
        *RELATIONS, "Sanction", "Passport", "Identification",
        # Offices, events, papers and payments: nothing of them is a party's own.
        "Position", "Occupancy", "Event", "Trip", "Call", "Message", "Debt", "Payment", "Project", "ProjectParticipant", "License",
        "Contract", "ContractAward", "CourtCase", "CourtCaseParty", "Documentation", "Document", "Page", "Pages", "Article", "Mention",
        "Note", "Folder", "Similar", "EconomicActivity", "TaxRoll", "UserAccount", "Interest", "Interval", "Post", "Value", "Analyzable",
        "Thing",
    }
)  # fmt: skip
"""Schemata that are no party and no thing of a party's."""

NAMES: dict[str, Quality] = {
    "name": "strong",
    "alias": "strong",
    "weakAlias": "weak",
    "abbreviation": "weak",
    "previousName": "former",
}

COUNTRIES = frozenset({"country", "jurisdiction", "mainCountry", "nationality", "citizenship", "flag"})

_IDENTIFIERS = {
    "passportNumber": "passport", "socialSecurityNumber": "national", "registrationNumber": "reg", "ogrnCode": "reg", "okpoCode": "other",
    "kppCode": "other", "bikCode": "other", "fnsCode": "other", "fssCode": "other", "pfrNumber": "other", "bvdId": "other",
    "icijId": "other", "permId": "other", "cikCode": "other", "caemCode": "other", "coatoCode": "other", "ricCode": "other",
    "sayariId": "other", "brightQueryId": "other", "uniqueEntityId": "other", "npiCode": "other", "cageCode": "other", "irsCode": "tax",
    "innCode": "tax", "vatCode": "tax", "taxNumber": "tax", "ipoCode": "other", "uscCode": "uscc", "leiCode": "lei", "dunsCode": "duns",
    "swiftBic": "swift", "isin": "isin", "isinCode": "isin", "ticker": "ticker", "imoNumber": "imo", "mmsi": "mmsi",
    "callSign": "callsign", "crsNumber": "other", "serialNumber": "msn", "icaoCode": "other",
    "licenseNumber": "licence", "torgKey": "other",
}  # fmt: skip

REMARKS = {
    "position": "position", "title": "title", "gender": "gender", "motherName": "mother's name", "fatherName": "father's name",
    "deathDate": "died", "birthCountry": "country of birth", "education": "education", "religion": "religion", "ethnicity": "ethnicity",
    "political": "political affiliation", "profession": "profession", "notes": "notes", "summary": "summary",
    "description": "description", "legalForm": "legal form", "sector": "sector", "mainActivity": "activity", "status": "status",
    "classification": "classification", "incorporationDate": "founded", "dissolutionDate": "dissolved", "registrationDate": "registered",
    "website": "website", "email": "e-mail", "phone": "phone", "type": "type", "model": "model", "buildDate": "built",
    "manufacturer": "manufacturer", "owner": "owner", "operator": "operator", "pastFlags": "past flag", "pastNames": "past name",
    "pastTypes": "past type", "tonnage": "tonnage", "grossRegisteredTonnage": "gross tonnage", "deadweightTonnage": "deadweight",
    "navigationArea": "navigation area", "registrationPort": "port of registration", "currency": "currency", "amount": "amount",
    "topics": "topic", "programId": "programme", "program": "programme", "height": "height", "weight": "weight", "eyeColor": "eyes",
    "hairColor": "hair", "appearance": "appearance", "spokenLanguage": "language", "parent": "parent", "amountUsd": "amount",
}  # fmt: skip
"""Properties that help to tell parties apart, and how they are called."""

IGNORED = frozenset(
    {
        # Parts of names that stand in the names; where and when the publisher had it from.
        "firstName", "secondName", "middleName", "lastName", "nameSuffix", "namePrefix", "createdAt", "modifiedAt", "retrievedAt",
        "publisher", "publisherUrl", "sourceUrl", "wikipediaUrl", "wikidataId", "opencorporatesUrl", "keywords", "alephUrl",
        "proof", "indexText", "recordId", "addressEntity",
    }
)  # fmt: skip

SANCTION_PROPERTIES = frozenset(
    {
        "entity", "authority", "authorityId", "unscId", "program", "programId", "programUrl", "provisions", "status", "duration", "reason",
        "country", "listingDate", "startDate", "endDate", "date", "summary", "description", "recordId", "publisher", "publisherUrl",
        "sourceUrl", "modifiedAt", "retrievedAt", "createdAt", "namesMentioned", "alephUrl", "proof", "indexText",
    }
)  # fmt: skip
"""What is known of a ``Sanction``: used, or its source and the days of the publisher's own work."""


def identifier_kind(name: str, party: Kind) -> str | None:
    """The kind of identifier of a property, or None for a property that is none.

    >>> identifier_kind("idNumber", "person"), identifier_kind("registrationNumber", "aircraft"), identifier_kind("name", "person")
    ('national', 'tail', None)
    """
    if name == "idNumber":
        return "national" if party == "person" else "other"
    if name == "registrationNumber" and party == "aircraft":
        return "tail"
    return _IDENTIFIERS.get(name)
