"""What every importer is: a module of one shape for one form of one publisher's list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from control_lists.importers.publication import Publication
from control_lists.models import WatchlistEntity
from control_lists.texts import Paragraph


class Listing(NamedTuple):
    """One listed party and the list it stands on."""

    list_id: str
    entity: WatchlistEntity


class Importer(Protocol):
    """A module in this folder. Its docstring names the official address and form; ``SOURCE`` is its name in messages.

    ``recognises`` looks at the name and first bytes only. ``read`` streams, in the order of the file, and leaves the file's own date
    and counts on the publication; it raises SourceFormatError for a field, category or value it does not know.
    """

    SOURCE: str

    def recognises(self, publication: Publication) -> bool:
        """Whether the file is of this source and form."""

    def read(self, publication: Publication) -> Iterator[Listing]:
        """Every listed party of the file."""


class TextImporter(Protocol):
    """A module of the same shape for one form of an official text: ``read`` gives its lines, each under its code."""

    SOURCE: str

    def recognises(self, publication: Publication) -> bool:
        """Whether the file is of this source and form."""

    def read(self, publication: Publication) -> Iterator[Paragraph]:
        """Every line of the file, in order; the lines of several lists may follow one another."""
