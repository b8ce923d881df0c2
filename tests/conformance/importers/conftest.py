"""Official files read by their importer."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from control_lists.codes.country import CountryNames
from control_lists.importers.publication import Publication
from control_lists.importers.source import Listing
from control_lists.snapshot import Snapshot


class Imported(NamedTuple):
    """What an importer made of a file."""

    publication: Publication
    listings: list[Listing]


@pytest.fixture(scope="session")
def imported(shared: Path) -> Callable[[str, str], Imported]:
    """Reads a file under the watchlists with the importer of a name: ``imported("un_sc_xml", "un/2026-02-27/UN_consolidated.xml")``."""
    countries = CountryNames(Snapshot.open().countries)
    done: dict[tuple[str, str], Imported] = {}

    def read(module: str, relative: str) -> Imported:
        if (module, relative) not in done:
            importer = import_module(f"control_lists.importers.{module}")
            publication = Publication(shared / "data" / "watchlists" / relative, countries)
            assert importer.recognises(publication)
            done[module, relative] = Imported(publication, list(importer.read(publication)))
        return done[module, relative]

    return read
