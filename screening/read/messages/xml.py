"""XML messages of any known shape as records of the contract, one declaration in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from control_lists.importers.xml_stream import Start, XmlError, walk
from screening.read.distinct import is_blank
from screening.read.messages.record import Budget, Record
from screening.read.messages.shape import Group, Paper, Party, Shape

# The largest declarations have 9,999 items of some thirty values.
MAX_VALUES = 1_500_000
# An element of a storey takes the memory of so many values.
ELEMENT_VALUES = 20
MAX_CHARACTERS = 128 * 1024 * 1024


class NothingFoundError(XmlError):
    """The XML is in order, but none of it is a declaration of a form we read."""


def records(stream: BinaryIO, stem: str, shapes: Sequence[Shape]) -> Iterator[dict[str, Any]]:
    """The items of every declaration of a stream, in order, in the nested form of the contract.

    ``stem`` names a declaration that has no number of its own. Raises XmlError where the XML is at fault, where no declaration is found,
    and where one is larger than MAX_VALUES values or MAX_CHARACTERS characters. A declaration that is not whole gives no item.
    """
    entries = {element: (shape, level) for shape in shapes for element, level in shape.entries.items()}
    gatherer: _Gatherer | None = None
    root, count = "", 0
    for event in walk(stream):
        if gatherer is not None:
            if isinstance(event, Start):
                gatherer.start(event.name, event.attributes)
            elif gatherer.end(event.text):
                count += 1
                yield from gatherer.items(stem if count == 1 else f"{stem}:{count}")
                gatherer = None
        elif isinstance(event, Start):
            root = root or event.name
            if event.name in entries:
                gatherer = _Gatherer(event, *entries[event.name])
    if not count:
        raise NothingFoundError(f"is XML that holds no declaration of a form we read; its root is <{root[:80]}>", 1)


class _Node:
    """One element of a storey: what is said in it, the elements of deeper storeys in it, and where the reading stands in it.

    ``aside`` counts the open elements of one put aside; ``group`` is the open group, with the length of its path.
    """

    __slots__ = ("aside", "element", "group", "inner", "level", "path", "record")

    def __init__(self, element: str, level: int) -> None:
        self.element = element
        self.level = level
        self.record = Record()
        self.inner: list[_Node] = []
        self.path: list[str] = []
        self.aside = 0
        self.group: tuple[int, str, dict[str, list[str]]] | None = None


class _Gatherer:
    """Gathers one declaration from the beginnings and ends of its elements."""

    def __init__(self, begun: Start, shape: Shape, level: int) -> None:
        self._shape = shape
        self._root = _Node(begun.name, level)
        self._nodes = [self._root]
        self._deeper = {name: n for n, storey in enumerate(shape.levels) for name in storey.elements}
        self._values = self._characters = 0
        self._attributes(begun.attributes)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins in the declaration."""
        node = self._nodes[-1]
        deeper = self._deeper.get(name, -1)
        if deeper > node.level:
            self._count("", ELEMENT_VALUES)
            inner = _Node(name, deeper)
            node.inner.append(inner)
            self._nodes.append(inner)
        elif node.aside:
            node.aside += 1
            return
        else:
            node.path.append(name)
            path = "/".join(node.path)
            level = self._shape.levels[node.level]
            if path in level.aside or (name in self._shape.aside and path not in level.fields):
                node.aside = 1
                return
            if node.group is None and path in level.groups:
                node.group = len(node.path), path, {}
        self._attributes(attributes)

    def end(self, text: str) -> bool:
        """The element that began last ends; true when that is the whole declaration."""
        node = self._nodes[-1]
        if node.aside > 1:
            node.aside -= 1
            return False
        if node.aside:
            node.aside = 0
            node.path.pop()
            return False
        self._put("", text)
        if not node.path:
            self._nodes.pop()
            return not self._nodes
        if node.group is not None and node.group[0] == len(node.path):
            self._close(node, *node.group[1:])
            node.group = None
        node.path.pop()
        return False

    def items(self, stem: str) -> Iterator[dict[str, Any]]:
        """The items of the whole declaration: its innermost elements, each with what the storeys above say."""
        numbers: dict[int, int] = {}
        budget = Budget()
        for record, declaration in self._innermost(self._root, Record(), self._root):
            budget.spend(record)
            number = numbers[declaration] = numbers.get(declaration, 0) + 1
            record.fields.setdefault("item_number", {str(number): None})
            self._shape.finish(record)
            record.fields.setdefault("declaration_id", {stem: None})
            yield record.as_dict(self._shape.name)

    def _innermost(self, node: _Node, outer: Record, declaration: _Node) -> Iterator[tuple[Record, int]]:
        record = node.record.under(outer)
        if node.level == self._shape.declaration:
            declaration = node
        for inner in node.inner:
            yield from self._innermost(inner, record, declaration)
        if not node.inner:
            yield record, id(declaration)

    def _attributes(self, attributes: Mapping[str, str]) -> None:
        for name, text in attributes.items():
            if f"@{name}" not in self._shape.aside:
                self._put(f"@{name}", text)

    def _count(self, text: str, values: int = 1) -> None:
        self._values += values
        self._characters += len(text)
        if self._values > MAX_VALUES or self._characters > MAX_CHARACTERS:
            raise XmlError(f"holds more than {MAX_VALUES} values or {MAX_CHARACTERS} characters in one declaration; it is refused", 1)

    def _put(self, attribute: str, text: str) -> None:
        """A text where the reading stands now."""
        text = text.strip()
        if is_blank(text):
            return
        self._count(text)
        node = self._nodes[-1]
        steps = [*node.path, attribute] if attribute else node.path
        if node.group is not None:
            node.group[2].setdefault("/".join(steps[node.group[0] :]), []).append(text)
            return
        path, level = "/".join(steps), self._shape.levels[node.level]
        if (field := level.fields.get(path)) is not None:
            node.record.put(field, text, path)
        elif path not in level.aside:
            node.record.carry("/".join(filter(None, (node.element if node.level else "", path))) or node.element, text)

    def _close(self, node: _Node, path: str, found: dict[str, list[str]]) -> None:
        """A group of texts has ended: a party, a document, or one for ``finish``."""
        texts = {within: "\n".join(several) for within, several in found.items()}
        match self._shape.levels[node.level].groups[path]:
            case Party(role, parts):
                close_party(node.record, role, parts, texts, path)
            case Paper(parts):
                close_document(node.record, parts, texts, path)
            case Group(name):
                if texts:
                    node.record.groups.setdefault(name, []).append(texts)


def close_party(record: Record, role: str, parts: Mapping[str, str], texts: Mapping[str, str], path: str) -> None:
    """A party of texts by their path in it. What is no part of a party is carried, beside the name it belongs to."""
    found: dict[str, list[str]] = {}
    rest: list[str] = []
    for within, text in texts.items():
        if (part := parts.get(within)) is not None:
            found.setdefault(part, []).append(text)
        else:
            rest.append(f"{within.removeprefix('@')} {' '.join(text.split())}")
    name = "\n".join(found.get("name", ())) or None
    record.party(
        role,
        name=name,
        country=found.get("country", [""])[0].partition("\n")[0] or None,
        address=", ".join(line.strip() for text in found.get("address", ()) for line in text.split("\n") if line.strip()) or None,
        identifiers=";".join(line for text in found.get("id", ()) for line in text.split("\n")) or None,
    )
    for person in found.get("person", ()):
        record.party(role, name=person)
    if rest:
        record.carry(path, f"{name.splitlines()[0]}: {', '.join(rest)}" if name else ", ".join(rest))


def close_document(record: Record, parts: Mapping[str, str], texts: Mapping[str, str], path: str) -> None:
    """A document of texts by their path in it. What is no part of one (status, quantity written off) is carried beside its code."""
    found = {part: texts[within] for within, part in parts.items() if within in texts}
    code = found.get("category", "") + found.get("code", "")
    record.document(code, found.get("reference"), found.get("valid_until"))
    rest = ", ".join(f"{within.removeprefix('@')} {' '.join(text.split())}" for within, text in texts.items() if within not in parts)
    if rest:
        record.carry(path, f"{' '.join(filter(None, (code, found.get('reference'))))}: {rest}")
