"""What declared documents claim: the narrow frame of items, one row an authorisation claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from control_lists.models import DocumentCode
from screening.licences.records import number_key
from screening.licences.register import Register

AUTHORISING = ("licence", "general_authorisation")
# What the check reads of an item, beside its parties and what the goods stage recognises.
FACTS = (
    "item", "declaration_id", "item_number", "source_file", "source_row", "operation", "declared_on", "destination_country", "hs_code",
    "description", "control_code", "quantity", "unit", "net_mass_kg", "value", "currency",
)  # fmt: skip
CLAIM: dict[str, Any] = {
    "item": pl.UInt32,
    "document": pl.UInt32,  # its place among the item's documents
    "code": pl.String,
    "reference": pl.String,
    "valid_until": pl.String,
    "claim": pl.String,
    "jurisdictions": pl.List(pl.String),
    "operations": pl.List(pl.String),
}


class DocumentCodes:
    """Tells what a document claims by its code, or by how its number begins. Opened once with the codes of the reference data."""

    def __init__(self, codes: Sequence[DocumentCode]) -> None:
        self._codes = {code.code: code for code in codes}
        self._prefixes = [code for code in codes if code.is_prefix]

    def claimed(self, code: str, reference: str | None) -> tuple[DocumentCode | None, str | None]:
        """What is claimed and under which number: the number's own beginning says more than the code, and a code may be a number."""
        by_code = self._codes.get(code)
        number = number_key(reference or "")
        if by_code is None or by_code.claim in AUTHORISING:
            for known in self._prefixes:
                if number.startswith(known.code):
                    return known, reference
                if by_code is None and not number and code.startswith(known.code):
                    return known, code
        return by_code, reference


def claims_of(items: pl.DataFrame, codes: DocumentCodes, register: Register) -> pl.DataFrame:
    """The authorisations that items claim (CLAIM columns), each number once an item.

    A document of a code that is not known claims one where its number stands in the register.
    """
    declared = (
        items.select("item", document=pl.col("documents"))
        .filter(pl.col("document").list.len() > 0)
        .explode("document")
        .unnest("document")
        .with_columns(pl.col("code").str.to_uppercase().fill_null(""), document=pl.int_range(pl.len(), dtype=pl.UInt32).over("item"))
    )
    kinds = declared.select("code", "reference").unique(maintain_order=True)
    known = []
    for code, reference in kinds.iter_rows():
        claimed, number = codes.claimed(code, reference)
        held = register.find(number) if number else None
        if claimed is not None and claimed.claim in AUTHORISING:
            claim, laws, operations = claimed.claim, claimed.jurisdictions, claimed.operations
        elif held is not None and (claimed is None or claimed.claim == "other"):
            claim, laws, operations = "licence", (), ()
        else:
            continue
        of = held.jurisdictions if held is not None and held.jurisdictions else laws
        known.append((code, reference, number, held.number if held else number, claim, list(of), list(operations)))
    if not known:
        return pl.DataFrame(schema=CLAIM)
    told = pl.DataFrame(
        known,
        schema={"code": pl.String, "reference": pl.String, "number": pl.String, "held": pl.String, **{
            name: CLAIM[name] for name in ("claim", "jurisdictions", "operations")}},
        orient="row",
    )  # fmt: skip
    joined = declared.join(told, on=["code", "reference"], how="inner", nulls_equal=True, maintain_order="left")
    named = joined.filter(pl.col("held").is_not_null()).unique(["item", "held"], keep="first", maintain_order=True)
    unnamed = joined.filter(pl.col("held").is_null()).unique(["item", "code"], keep="first", maintain_order=True)
    return pl.concat([named, unnamed]).with_columns(reference="number").select(*CLAIM).sort("item", "document")
