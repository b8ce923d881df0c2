"""The closed set of questions that red flags ask: those of rules on a movement, and those of each family.

A predicate takes a Subject and the value written in the flag; it gives the items of which it holds (FOUND). What a declaration does
not say holds of nothing: a flag tells what it saw, and the rules ask what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from screening.decide.predicates import PREDICATES as OF_RULES
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

OVER_BATCH = frozenset({"kit", "split"})
"""What a single part cannot answer."""
