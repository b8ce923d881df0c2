"""How deep an entry is modelled: to its criteria, to its terms only, or as a pointer. Every candidate says it of its entry."""

from __future__ import annotations

from typing import Literal, NamedTuple

from control_lists.codes.control_code import at_and_above, is_under
from screening.goods.catalogue import Catalogue, Node

Depth = Literal["criteria", "terms", "pointer"]
DEPTHS: dict[Depth, str] = {
    "criteria": "modelled to its criteria",
    "terms": "modelled to its terms only: words recognise it, a person judges it",
    "pointer": "a pointer: nothing recognises it by itself",
}


class Coverage(NamedTuple):
    """The depth of an entry, and of one that is not modelled in full, why: each reason with the codes it is about."""

    depth: Depth
    why: str | None


def depth_of(node: Node, catalogue: Catalogue) -> Depth:
    """``criteria`` where limits of the node, of what it stands under or of the entry that it shares with another list decide;
    ``terms`` where words or substances alone recognise it; ``pointer`` where nothing does.
    """
    list_id, _, code = (node.entry.same_as or "").partition(":")
    if node.criteria or node.mixture or (list_id, code) in catalogue.limited:
        return "criteria"
    return "terms" if node.entry.terms or node.entry.same_as or node.key in catalogue.named_by_substances else "pointer"


def coverage_of(node: Node, catalogue: Catalogue) -> Coverage:
    """The depth of a node and the reasons of the printed limits at, above and below it that no criterion carries."""
    depth, code = depth_of(node, catalogue), node.entry.code
    above = set(at_and_above(code))
    grouped: dict[str, list[str]] = {}
    for other, reason in catalogue.unmapped.get(node.list_id, {}).items():
        if other in above or is_under(other, code):
            grouped.setdefault(reason, []).append(other)
    reasons = [f"{', '.join(codes)}: {reason}" for reason, codes in grouped.items()]
    if depth == "pointer" and node.entry.no_terms:
        reasons.insert(0, node.entry.no_terms)
    return Coverage(depth, "; ".join(reasons) or None)
