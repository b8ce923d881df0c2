"""The examples are read whole, and only what they say is unknown is carried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening.read import ReadOptions, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize(("name", "items", "carried"), [("declarations.csv", 26, "broker_ref"), ("declarations.ndjson", 5, "shelf")])
def test_an_example_is_read_whole(reference: Any, name: str, items: int, carried: str) -> None:
    (found,) = read(EXAMPLES / name, ReadOptions(reference))
    assert (found.items.height, found.rejects.height) == (items, 0)
    assert found.items["problems"].list.len().sum() == 0
    assert found.extra.columns == ["item", carried]
