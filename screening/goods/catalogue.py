"""The goods lists as nodes that can be recognised, each with what it inherits from the headings above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from control_lists.codes.control_code import at_and_above
from control_lists.models import Alternatives, ControlEntry, Criterion, Exclusion, HsLink, MixtureLimit, Term
from control_lists.snapshot import Snapshot

NodeKey = tuple[str, str]  # list id, code


class Node(NamedTuple):
    """An entry or paragraph of a list with everything that holds for it."""

    list_id: str
    entry: ControlEntry
    chain: tuple[ControlEntry, ...]  # itself, then upwards

    @property
    def key(self) -> NodeKey:
        return self.list_id, self.entry.code

    @property
    def heading(self) -> NodeKey:
        return self.list_id, self.chain[-1].code

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.entry.terms

    @property
    def not_with(self) -> frozenset[str]:
        return frozenset(word for entry in self.chain for word in entry.not_with)

    @property
    def criteria(self) -> tuple[Criterion | Alternatives, ...]:
        return tuple(criterion for entry in self.chain for criterion in entry.criteria)

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        return tuple(exclusion for entry in self.chain for exclusion in entry.exclusions)

    @property
    def mixture(self) -> tuple[MixtureLimit, ...]:
        return next((entry.mixture for entry in self.chain if entry.mixture), ())

    @property
    def hs(self) -> tuple[HsLink, ...]:
        return next((entry.hs for entry in self.chain if entry.hs), ())

    @property
    def regimes(self) -> tuple[str, ...]:
        return next((entry.regimes for entry in self.chain if entry.regimes), ())

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(sorted({mark for entry in self.chain for mark in entry.marks}))

    @property
    def reasons(self) -> tuple[str, ...]:
        return next((entry.reasons for entry in self.chain if entry.reasons), ())

    @property
    def headings(self) -> frozenset[str]:
        """The HS headings (four digits, or chapters where only those are linked) of the links."""
        return frozenset(link.code[:4] for link in self.hs)

    @property
    def chapters(self) -> frozenset[str]:
        return frozenset(link.code[:2] for link in self.hs)


class Catalogue:
    """All goods lists of a snapshot, ready to be recognised."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.nodes: dict[NodeKey, Node] = {}
        self.unmapped = snapshot.unmapped_thresholds
        self.named_by_substances = frozenset((at.list, at.code) for one in snapshot.substances.values() for at in one.listings)
        for loaded in snapshot.lists.values():
            by_code = {entry.code: entry for entry in loaded.entries}
            for entry in loaded.entries:
                self.nodes[loaded.meta.id, entry.code] = Node(loaded.meta.id, entry, tuple(_chain(entry, by_code)))
        # Where limits decide, at a code or at a paragraph of it: what a list that shares the code's words inherits.
        self.limited = frozenset(
            (list_id, above)
            for (list_id, code), node in self.nodes.items()
            if node.entry.criteria or node.entry.mixture
            for above in at_and_above(code)
        )
        self._titles_below: dict[NodeKey, tuple[str, ...]] = {}
        self._adopters: dict[NodeKey, list[Node]] = {}
        for node in self.nodes.values():
            if node.entry.same_as:
                list_id, _, code = node.entry.same_as.partition(":")
                self._adopters.setdefault((list_id, code), []).append(node)

    @cached_property
    def known_to(self) -> Mapping[NodeKey, tuple[Node, ...]]:
        """For each node that can be recognised, the nodes of every list that answer for it: itself and those that share its words."""
        return {key: (node, *self._adopting(key)) for key, node in self.nodes.items()}

    def find(self, list_id: str, code: str) -> Node | None:
        """The node of ``code``, or of the nearest code above it that the list holds."""
        return next((self.nodes[list_id, above] for above in at_and_above(code) if (list_id, above) in self.nodes), None)

    def titles_below(self, node: Node) -> tuple[str, ...]:
        """The titles of all paragraphs of a code, in its list and in the one whose words it shares."""
        if (found := self._titles_below.get(node.key)) is None:
            shared_list, _, shared = (node.entry.same_as or "").partition(":")
            above = ((node.list_id, f"{node.entry.code}."), (shared_list, f"{shared}."))
            found = tuple(n.entry.title for (li, code), n in self.nodes.items() if any(li == a and code.startswith(b) for a, b in above))
            self._titles_below[node.key] = found
        return found

    def _adopting(self, key: NodeKey) -> Iterator[Node]:
        """One node a list: the one whose ``same_as`` names the nearest code at or above ``key``."""
        found: dict[str, Node] = {}
        list_id, code = key
        for above in at_and_above(code):
            for node in self._adopters.get((list_id, above), ()):
                found.setdefault(node.list_id, node)
        return iter(found.values())


def _chain(entry: ControlEntry, by_code: Mapping[str, ControlEntry]) -> Iterator[ControlEntry]:
    seen: set[str] = set()
    found: ControlEntry | None = entry
    while found is not None and found.code not in seen:
        seen.add(found.code)
        yield found
        found = by_code.get(found.parent) if found.parent else None
