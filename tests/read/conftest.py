"""The reference data that reading is tested with: the shipped countries and column names, and four parameters."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from control_lists.models import ColumnSynonym, Country, Parameter, ReferenceFile, Unit
from control_lists.store import EMBEDDED
from screening.read import Declarations, ReadOptions, read


class SmallReference(NamedTuple):
    """What reading needs."""

    countries: tuple[Country, ...]
    column_synonyms: tuple[ColumnSynonym, ...]
    parameters: tuple[Parameter, ...]
    units: tuple[Unit, ...]


@pytest.fixture(scope="session")
def reference() -> SmallReference:
    def shipped(name: str) -> ReferenceFile:
        return ReferenceFile.model_validate(tomllib.loads((EMBEDDED / "reference" / name).read_text(encoding="utf-8")))

    parameters = (
        Parameter(id="ultimate_tensile_strength", title="t", kind="quantity", unit="MPa", aliases=("uts",), question="q"),
        Parameter(id="frame_rate", title="f", kind="quantity", unit="Hz", aliases=("fps",), question="q"),
        Parameter(id="concentration", title="c", kind="quantity", unit="percent", aliases=("content", "content_pct"), question="q"),
        Parameter(id="retail_packed", title="r", kind="boolean", question="q"),
    )
    return SmallReference(
        shipped("countries.toml").country, shipped("column_synonyms.toml").column_synonym, parameters, shipped("units.toml").unit
    )


Reader = Callable[..., Declarations]


@pytest.fixture
def read_text(reference: SmallReference, tmp_path: Path) -> Reader:
    """Reads a text as a file of the given name and gives its declarations as one part."""

    def read_it(text: str | bytes, name: str = "declarations.csv", part_rows: int = 100_000, **options: Any) -> Declarations:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return whole(list(read(path, ReadOptions(reference, **options), part_rows=part_rows)))

    return read_it


def whole(parts: list[Declarations]) -> Declarations:
    """Parts joined for a test; item numbers are those of each part."""
    frames = [pl.concat([getattr(part, name) for part in parts], how="diagonal") for name in ("items", "parties", "extra", "rejects")]
    return Declarations(*frames, [line for part in parts for line in part.reports])
