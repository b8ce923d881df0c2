"""The closed set of questions that red flags ask: those of rules on a movement, and those of each family.

A predicate takes a Subject and the value written in the flag; it gives the items of which it holds (FOUND). What a declaration does
not say holds of nothing: a flag tells what it saw, and the rules ask what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import polars as pl

from screening.decide.predicates import PREDICATES as OF_RULES
from screening.decide.predicates import READS
from screening.flags import document, goods, party, route, value
from screening.flags.subject import Subject, found

Predicate = Callable[[Subject, Any], pl.DataFrame]
_SHARED = ("operation", "destination", "destination_not", "export_from", "export_from_not", "origin", "buyer_country", "via", "hs_under",
           "hs_not_under", "document", "document_not")  # fmt: skip


def _of_rule(key: str) -> Predicate:
    def predicate(subject: Subject, wanted: Any) -> pl.DataFrame:
        return found(subject.rows.filter(OF_RULES[key](subject.rows, wanted, subject.context).fill_null(False)))

    return predicate


FAMILIES = (goods, party, document, value, route)
PREDICATES: dict[str, Predicate] = {
    **{key: predicate for family in FAMILIES for key, predicate in family.PREDICATES.items() if key in ("kit", "split")},
    **{key: _of_rule(key) for key in _SHARED},
    **{key: predicate for family in FAMILIES for key, predicate in family.PREDICATES.items()},
}
"""In the order in which a flag asks them: those of a movement are the cheapest."""

_LOOKS_AT: dict[str, tuple[str, ...]] = {
    **{key: READS[key] for key in _SHARED if key != "document_not"},  # which holds where no document is presented
    **dict.fromkeys(("candidate", "just_under_limit"), ("candidates",)),
    **dict.fromkeys(("listed", "matches_rest_on_generic_words"), ("matches",)),
    **dict.fromkeys(("party_says", "address_says", "party_country_differs"), ("parties",)),
    **dict.fromkeys(("days_since", "fact_since", "fact_over", "fact_is_not"), ("facts",)),
    **dict.fromkeys(("kit", "split"), ("together",)),
    "claims": ("document_codes",),
    "hs_of_list": ("hs_code",),
    "hs_against_entry": ("candidates", "hs_code"),
    "hs_against_words": ("hs_code", "description"),
    "vague": ("description",),
    "un_number": ("un_number",),
    "procedure": ("procedure_code",),
    "piece_mass": ("net_mass_kg",),
    "transport": ("transport_mode",),
    "detour": ("transit_countries",),
    "mains_voltage_elsewhere": ("description", "destination_country"),
}
"""What of a Subject a predicate looks at, without which it holds of nothing; those that are not here look at one of several things."""


def may_hold(key: str, wanted: Any, stated: AbstractSet[str]) -> bool:
    """Whether a predicate may hold of any item: what it looks at is ``stated`` (``Subject.stated``)."""
    if key in ("text_says", "made_elsewhere", "package_names_place"):
        fields = wanted["fields"] if isinstance(wanted, Mapping) else wanted
        return any(field in stated for field in fields) or (key == "package_names_place" and bool(wanted["facts"]) and "facts" in stated)
    return all(what in stated for what in _LOOKS_AT.get(key, ()))


OVER_BATCH = frozenset({"kit", "split"})
"""What a single part cannot answer."""
