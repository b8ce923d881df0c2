"""Who acts: names in the one form in which they are compared, and what a role allows."""

from __future__ import annotations

import unicodedata

from screening.errors import NotAllowedError, ReviewError
from screening.review.ledger import By, storable
from screening.review.state import ROLES


def person(name: str) -> str:
    """A person's name as the ledger holds it: without case, surplus blanks and the width of characters.

    >>> person("  Amy\u00a0LEE ")
    'amy lee'
    """
    name = " ".join(unicodedata.normalize("NFKC", storable(name)).split()).casefold()
    if not name:
        raise ReviewError("nobody is named; say who acts")
    return name


def officer(by: By) -> By:
    """Who acts, in the form of the ledger; raises NotAllowedError for one who may only look."""
    if by.role not in ROLES:
        raise ReviewError(f"'{by.role}' is no role; it is one of {', '.join(ROLES)}")
    if by.role not in ("officer", "supervisor"):
        raise NotAllowedError(f"{by.name} is {by.role}: an officer or a supervisor acts on cases")
    return by._replace(name=person(by.name))


def supervisor(by: By, act: str) -> By:
    """Who acts, in the form of the ledger; raises NotAllowedError for anyone but a supervisor."""
    if by.role != "supervisor":
        raise NotAllowedError(f"{by.name} is {by.role}: a supervisor {act}")
    return officer(by)
