"""What a module of a message format states: where in the message each field of the contract stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from screening.read.messages.record import Record


class Party(NamedTuple):
    """An element that is one party. ``parts`` tells its texts by their path in it: ``name``, ``country``, ``address``, ``id``, or
    ``person`` (someone who acts for it, screened as a further party of the role)."""

    role: str
    parts: Mapping[str, str]


class Paper(NamedTuple):
    """An element that is one document. ``parts``: ``category``, ``code``, ``reference``, ``valid_until``."""

    parts: Mapping[str, str]


class Group(NamedTuple):
    """An element whose texts belong together; the format's ``finish`` makes them into fields."""

    name: str


class Level(NamedTuple):
    """One storey of a message: its elements by local name, and what is said in them by the path from there.

    A path in none of ``fields``, ``groups`` and ``aside`` is carried to the output under the format's name. ``aside`` is what is known
    and says nothing of goods, parties or route: taxes, guarantees, running numbers.
    """

    elements: tuple[str, ...]
    fields: Mapping[str, str] = {}
    groups: Mapping[str, Party | Paper | Group] = {}
    aside: frozenset[str] = frozenset()


class Shape(NamedTuple):
    """A message format: storeys from the declaration down to the item.

    ``entries`` are the elements that begin a message, with the storey of each. ``finish`` makes fields that begin with ``_``, and groups,
    into fields of the contract; it is called once an item, when the storeys above are joined to it. ``aside`` are names of elements
    and attributes put aside wherever they stand. Items are counted within one element of the storey ``declaration``.
    """

    name: str
    entries: Mapping[str, int]
    levels: tuple[Level, ...]
    finish: Callable[[Record], None]
    aside: frozenset[str] = frozenset()
    declaration: int = 0
