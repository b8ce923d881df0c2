"""What was declared of a goods item, set beside its determinations for those who are to act on them without the declaration at hand."""

from __future__ import annotations

import polars as pl

from screening.decide.records import SEVERITY
from screening.engine import KEYS
from screening.read import Declarations

PREFIX = "declared."
_PARTY = ("role", "name", "country", "address", "identifiers")
_FIELDS = (
    "operation", "declared_on", "origin_country", "procedure_code", "transport_mode", "container_numbers", "transit_countries", "marks",
    "remarks", "end_use", "cas_number", "un_number", "control_code", "quantity", "unit", "net_mass_kg", "value", "currency", "attributes",
    "documents",
)  # fmt: skip


def with_declared(determinations: pl.DataFrame, part: Declarations, *, at_least: str) -> pl.DataFrame:
    """The determinations of items flagged ``at_least`` so in any jurisdiction, with what ``part``, in which they are, declares of each.

    Its fields are columns ``declared.<field>``; ``declared.parties`` is a list of role, name, country, address and identifiers.
    """
    flagged = determinations.filter(pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int32) >= SEVERITY[at_least])
    parties = part.parties.group_by("item", maintain_order=True).agg(pl.struct(_PARTY).alias(f"{PREFIX}parties"))
    declared = part.items.select(*KEYS, "item", *(pl.col(name).alias(PREFIX + name) for name in _FIELDS))
    declared = declared.join(parties, on="item", how="left", maintain_order="left").drop("item")
    wanted = determinations.join(flagged.select(KEYS).unique(), on=KEYS, how="semi", nulls_equal=True, maintain_order="left")
    return wanted.join(declared, on=KEYS, how="left", nulls_equal=True, maintain_order="left")
