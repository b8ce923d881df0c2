"""What the two forms of OpenSanctions' data have in common.

The data is licensed CC BY-NC 4.0: commercial use needs a licence from OpenSanctions; none of it comes with this programme. A party keeps
the id that OpenSanctions gave it; its programmes are ``OS-`` and the programme ids of OpenSanctions, so that they are not taken for
programmes of the official lists, or the dataset where a party has none.
"""

from __future__ import annotations

import re

from control_lists.importers.draft import Kind

LIST_ID = "opensanctions"

PARTIES: dict[str, Kind] = {
    "Person": "person",
    "LegalEntity": "organisation",
    "Organization": "organisation",
    "Company": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
"""Schemata of the FollowTheMoney model that are parties of a listing."""
NO_PARTIES = frozenset({"Address", "Asset", "BankAccount", "CryptoWallet", "RealEstate", "Security", "Vehicle"})
"""Things that lists name and that are no party: put aside, their number told."""


def programme_id(text: str) -> str:
    """Our id of a programme or dataset.

    >>> programme_id("US-RUSHAR"), programme_id("EU Financial Sanctions Files (FSF)")
    ('OS-US-RUSHAR', 'OS-EU-FINANCIAL-SANCTIONS-FILES-FSF')
    """
    return f"OS-{re.sub(r'[^A-Z0-9]+', '-', text.upper()).strip('-')}"


_IMO = re.compile(r"^(?:IMO)?\s*(\d{7})$", re.IGNORECASE)


def imo_digits(text: str) -> str | None:
    """The seven digits of an IMO number, or None.

    >>> imo_digits("IMO9074729"), imo_digits("12")
    ('9074729', None)
    """
    found = _IMO.match(text.strip())
    return found[1] if found else None
