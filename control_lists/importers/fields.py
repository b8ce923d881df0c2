"""Strict reading: every field of a row or an element is used, put aside on purpose, or stops the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from control_lists.importers.errors import SourceFormatError

if TYPE_CHECKING:
    from lxml.etree import _Element


CHANGED = "the source's form changed, a newer version of stc may know it"


class Fields:
    """The named values of one row or XML element; each is taken once, and ``done`` raises for what nobody took.

    ``where`` is the place for messages (``file: row 7``). Texts come stripped; blank is None.
    """

    def __init__(self, where: str, values: Mapping[str, str | None]) -> None:
        self.where = where
        self._values = dict(values)

    def take(self, name: str) -> str | None:
        """The value of a field that must be there, blank as None."""
        if name not in self._values:
            raise SourceFormatError(f"{self.where}: field '{name}' is missing; {CHANGED}")
        return _text(self._values.pop(name))

    def need(self, name: str) -> str:
        """The value of a field that must be there and not be blank."""
        value = self.take(name)
        if value is None:
            raise SourceFormatError(f"{self.where}: field '{name}' is blank")
        return value

    def optional(self, name: str) -> str | None:
        """The value of a field that older or newer editions do not have."""
        return _text(self._values.pop(name, None))

    def ignore(self, *names: str) -> None:
        """Put fields aside on purpose; they may be absent."""
        for name in names:
            self._values.pop(name, None)

    def done(self) -> None:
        """Raise SourceFormatError for fields that nobody took."""
        if self._values:
            raise SourceFormatError(f"{self.where}: unmapped fields {sorted(self._values)}; {CHANGED}")


class Element:
    """One XML element read strictly: attributes and children by local name, each taken once; ``done`` raises for the rest."""

    def __init__(self, where: str, element: _Element) -> None:
        self.where = where
        self.name = local(element)
        self.content = _text(element.text)
        self._attributes = {local_name(str(key)): str(value) for key, value in element.attrib.items()}
        self._children: dict[str, list[_Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(local(child), []).append(child)

    def attribute(self, name: str) -> str | None:
        """An attribute's text; absent and blank are None."""
        return _text(self._attributes.pop(name, None))

    def need_attribute(self, name: str) -> str:
        """An attribute that must be there and not be blank."""
        value = self.attribute(name)
        if value is None:
            raise SourceFormatError(f"{self.where}: <{self.name}> has no '{name}'")
        return value

    def children(self, name: str) -> list[Element]:
        """All children of a name, in order; they are strict in turn."""
        return [Element(f"{self.where}/{name}", child) for child in self._children.pop(name, [])]

    def texts(self, name: str) -> list[str]:
        """The texts of all children of a name that hold nothing but text."""
        found = []
        for child in self.children(name):
            child.done()
            if child.content is not None:
                found.append(child.content)
        return found

    def text(self, name: str) -> str | None:
        """The text of at most one child of a name."""
        found = self._children.pop(name, ())
        if len(found) > 1:
            raise SourceFormatError(f"{self.where}: <{name}> stands {len(found)} times, at most one is known")
        if not found:
            return None
        if len(found[0]) or found[0].attrib:
            Element(f"{self.where}/{name}", found[0]).done()
        return _text(found[0].text)

    def need(self, name: str) -> str:
        """The text of exactly one child that must not be blank."""
        value = self.text(name)
        if value is None:
            raise SourceFormatError(f"{self.where}: <{name}> is missing or blank")
        return value

    def ignore(self, *names: str) -> None:
        """Put children or attributes (``@name``) aside on purpose; they may be absent."""
        for name in names:
            if name.startswith("@"):
                self._attributes.pop(name[1:], None)
            else:
                self._children.pop(name, None)

    def done(self) -> None:
        """Raise SourceFormatError for children and attributes that nobody took."""
        if self._children or self._attributes:
            left = sorted(self._children) + sorted(f"@{name}" for name in self._attributes)
            raise SourceFormatError(f"{self.where}: unmapped fields {left} of <{self.name}>; {CHANGED}")


def local(element: _Element) -> str:
    """An element's name without its namespace: publishers change namespaces without changing the form."""
    return local_name(str(element.tag))


def local_name(name: str) -> str:
    """A qualified name without its namespace."""
    return name.rpartition("}")[2]


def require_header(where: str, found: Sequence[str], *known: Sequence[str]) -> Sequence[str]:
    """The known header that a table has, whatever the order of columns; raises SourceFormatError naming what differs."""
    for header in known:
        if set(found) == set(header):
            return header
    nearest = max(known, key=lambda header: len(set(header) & set(found)))
    missing, strange = sorted(set(nearest) - set(found)), sorted(set(found) - set(nearest))
    raise SourceFormatError(f"{where}: header is not known: missing {missing}, unmapped {strange}; {CHANGED}")


def _text(value: str | None) -> str | None:
    return (value.replace("\xa0", " ").strip() or None) if value is not None else None
