"""A published file as a test writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from control_lists.codes.country import CountryNames
from control_lists.importers.publication import Publication
from control_lists.models import Country
from control_lists.snapshot import Snapshot

Published = Callable[..., Publication]


@pytest.fixture(scope="session")
def countries() -> tuple[Country, ...]:
    return Snapshot.open().countries


@pytest.fixture
def published(tmp_path: Path, countries: tuple[Country, ...]) -> Published:
    """Writes a file of a name and content (text as UTF-8) and gives the publication; call it again for companions first."""

    def written(name: str, content: str | bytes) -> Publication:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Publication(path, CountryNames(countries))

    return written
