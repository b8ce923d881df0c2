"""The programmes of the United Kingdom's lists.

A programme is ``UK-`` and the three letters that open the references of the regime on the UK Sanctions List (``RUS`` of ``RUS2305``).
The OFSI list names regimes in words, so its words are mapped to the same letters.
"""

from __future__ import annotations

import re

from control_lists.importers.publication import Publication

# What a designation of a ship, or one without an asset freeze, comes to: the regime's asset-freeze programme would say too much.
SHIPPING = "UK-SHIPPING"
OTHER_MEASURES = "UK-OTHER-MEASURES"
REFERENCE = re.compile(r"\b[A-Z]{3}\d{4}\b")
# Regimes by the words of the OFSI lists of 2016 to 2026, in lower case.
_CODES = {
    "afghanistan": "AFG", "al-qaida": "AQD", "belarus": "BEL", "bosnia and herzegovina": "BIH", "central african republic": "CAF",
    "chemical weapons": "CHW", "counter-terrorism (domestic)": "CTD", "counter-terrorism (international)": "CTI", "cyber": "CYB",
    "democratic people's republic of korea": "DPR", "democratic republic of the congo": "DRC", "global anti-corruption": "GAC",
    "global human rights": "GHR", "global irregular migration": "GIM", "guinea": "GUC", "guinea-bissau": "GUB", "haiti": "HAI",
    "iran": "IRN", "iran (human rights)": "IHR", "iran (nuclear proliferation)": "INU", "iran (nuclear)": "INU", "iraq": "IRQ",
    "isil (da'esh) and al-qaida": "AQD", "lebanon": "LEB", "libya": "LIB", "mali": "MAL", "myanmar": "MYA", "nicaragua": "NIC",
    "north korea (democratic people's republic of korea)": "DPR", "republic of guinea-bissau": "GUB", "russia": "RUS", "somalia": "SOM",
    "south sudan": "SSU", "sudan": "SUD", "syria": "SYR", "terrorism and terrorist financing": "CTD", "ukraine (sovereignty)": "RUS",
    "venezuela": "VEN", "yemen": "YEM", "zimbabwe": "ZIM",
}  # fmt: skip
_WORDS = re.compile(r"[^A-Z0-9]+")


def regime_programme(publication: Publication, regime: str) -> str:
    """The programme of a regime in the OFSI list's words; one that is not known is made from its words and told.

    The regimes on misappropriation of public funds (Tunisia, Egypt, Ukraine) ended with the list's old form and have no letters.
    """
    code = _CODES.get(regime.replace("’", "'").casefold())
    if code is None:
        publication.note(f"regime '{regime}' is not known: imported as it is")
        code = _WORDS.sub("-", regime.upper()).strip("-")
    return f"UK-{code}"


def reference_programme(reference: str) -> str:
    """The programme of a reference of the UK Sanctions List.

    >>> reference_programme("RUS2305")
    'UK-RUS'
    """
    return f"UK-{reference[:3].upper()}"
