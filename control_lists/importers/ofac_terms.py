"""What the files of OFAC share in all their forms: list ids, programme ids, names in natural order, countries.

OFAC is the Office of Foreign Assets Control of the United States Treasury. It publishes two lists, each in four forms (CSV, and three XML
schemas); a party has one number in all of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from control_lists.importers.draft import Draft, Kind, Quality
from control_lists.importers.publication import Publication
from control_lists.store import EMBEDDED

SDN = "us-sdn"
CONSOLIDATED = "us-ofac-cons"

LISTS = {
    "SDN List": SDN,
    "Consolidated List": CONSOLIDATED,
    "Sectoral Sanctions Identifications List": CONSOLIDATED,
    "Non-SDN Palestinian Legislative Council List": CONSOLIDATED,
    "Non-SDN Menu-Based Sanctions List": CONSOLIDATED,
    "Non-SDN CMIC List": CONSOLIDATED,
    "Non-SDN Iran Sanctions Act List": CONSOLIDATED,
    "Non-SDN Iranian Sanctions Act List": CONSOLIDATED,
    "FSE List": CONSOLIDATED,
    "CAPTA List": CONSOLIDATED,
    "List of Foreign Financial Institutions Subject to Part 561": CONSOLIDATED,
}
"""OFAC's names of its lists; the consolidated list is made of all that do not block."""

KINDS: dict[str, Kind] = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
QUALITIES: dict[str, Quality] = {"aka": "strong", "fka": "former", "nka": "strong"}
"""By the type of an alias without its stops; OFAC's own mark for weak aliases goes before it."""

_TITLES = {SDN: "OFAC SDN List", CONSOLIDATED: "OFAC Consolidated Non-SDN List"}
# A party under nothing but these is not blocked, so it cannot stand on the SDN List.
_NEVER_BLOCKING = frozenset({"NS-PLC", "561-Related", "561List", "CMIC-EO13959", "FSE-IR", "FSE-SY"})
_SUFFIXES = frozenset({"JR", "JR.", "SR", "SR.", "II", "III", "IV"})
# Scripts in which a name is written surname first, without a blank.
_SURNAME_FIRST = ("Chinese", "Japanese", "Korean", "Hangul")
_NO_COUNTRY = frozenset({"undetermined", "none identified", "unknown", "-0-"})
# Regions that OFAC writes in place of a country. Those of no one country are not here: they are told as they are.
_REGIONS = {"Crimea": "UA", "Northern Mali": "ML"}


def programme_id(code: str) -> str:
    """The programme's id from OFAC's own code.

    >>> programme_id("NPWMD"), programme_id("CAATSA - RUSSIA"), programme_id("SOUTH SUDAN"), programme_id("561-Related")
    ('US-NPWMD', 'US-CAATSA-RUSSIA', 'US-SOUTH-SUDAN', 'US-561-RELATED')
    """
    return "US-" + re.sub(r"[^A-Z0-9]+", "-", code.upper()).strip("-")


def add_programmes(publication: Publication, draft: Draft, list_id: str, codes: Iterable[str]) -> None:
    """The programmes of a listing and its citation; a code that is not described in the sources' data is told once."""
    for code in codes:
        draft.programme(programme_id(code))
        if programme_id(code) not in _described()[list_id]:
            publication.note(f"programme '{code}' is not described: what its listing means is that of the list")
    draft.cite(f"{_TITLES[list_id]}, UID {draft.id}")


def list_of(publication: Publication, codes: Iterable[str]) -> str:
    """The list of a file that does not name it, from the programmes of its first party, else from the file's name."""
    first = set(codes)
    if first and first <= _NEVER_BLOCKING:
        return CONSOLIDATED
    described = _described()
    if first and any(programme_id(code) in described[SDN] - described[CONSOLIDATED] for code in first):
        return SDN
    if "cons" in publication.plain_name:
        return CONSOLIDATED
    if "sdn" in publication.plain_name:
        return SDN
    raise publication.error("", "does not say which of OFAC's lists it holds; name it as published, with 'sdn' or 'cons' in its name")


def add_country(draft: Draft, text: str | None) -> None:
    """A country as OFAC names it; ``Region: Gaza`` and ``undetermined`` among them."""
    if text is None or text.casefold() in _NO_COUNTRY:
        return
    region = text.removeprefix("Region: ")
    draft.country(_REGIONS.get(region, region))


def add_address(draft: Draft, parts: Iterable[str | None], country: str | None) -> None:
    """An address and its country; an address of a country alone is only that country."""
    stated = [part for part in parts if part]
    if stated:
        draft.address(*stated, None if country is None or country.casefold() in _NO_COUNTRY else country.removeprefix("Region: "))
    add_country(draft, country)


def natural_name(last: str, first: str | None, script: str | None = None) -> str:
    """A person's name in natural order; ``Jr.`` and its like stand last, wherever the file has them. ``script`` by OFAC's name.

    >>> natural_name("KNOWLES, JR.", "Samuel"), natural_name("DELOS REYES", "Feliciano Semborio, Jr."), natural_name("KHUN SA", None)
    ('Samuel KNOWLES JR.', 'Feliciano Semborio DELOS REYES Jr.', 'KHUN SA')
    """
    if script is not None and script.startswith(_SURNAME_FIRST):
        return f"{last}{first or ''}"
    words = [*(first or "").split(", "), *last.split(", ")]
    suffixes = [word for word in words if word.upper() in _SUFFIXES]
    return " ".join(word for word in (*(word for word in words if word not in suffixes), *suffixes) if word)


def natural_order(kind: Kind, text: str) -> str:
    """A name as the CSV writes it (``LAST, First Middle`` for persons) in natural order.

    >>> natural_order("person", "KNOWLES, JR., Samuel"), natural_order("organisation", "ACME, S.A.")
    ('Samuel KNOWLES JR.', 'ACME, S.A.')
    """
    if kind != "person":
        return text
    last, *rest = text.split(", ")
    return natural_name(last, ", ".join(rest))


@cache
def _described() -> dict[str, frozenset[str]]:
    """The programmes that the data describes, by list."""
    sources = tomllib.loads((EMBEDDED / "sources" / "us_ofac.toml").read_text(encoding="utf-8"))["source"]
    return {source["id"]: frozenset(programme["id"] for programme in source["programmes"]) for source in sources}
