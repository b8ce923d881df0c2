"""Damaged messages: none makes a reader fail, and none is lost between items and rejects."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_readers import MUTATIONS, SEEDS, expected_rows, faults
from screening.read import ReadOptions

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
@SLOW
@given(damage=st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=3), number=st.integers(0, 2**32))
def test_a_damaged_file_is_items_or_rejects(reference: Any, seed: Path, damage: list[Any], number: int) -> None:
    chance = random.Random(number)
    content = seed.read_bytes()
    for mutation in damage:
        content = mutation(content, chance)
    assert faults({f"a{seed.suffix}": content, f"b{seed.suffix}": seed.read_bytes()}, ReadOptions(reference)) == []


def test_the_second_reading_counts_what_is_in_the_seeds() -> None:
    counts = {seed.name: expected_rows(seed.read_bytes()) for seed in SEEDS.glob("*.xml")}
    assert counts == {
        "asycuda_manifest.xml": 2,
        "asycuda_sad.xml": 2,
        "cargo_xml_house.xml": 1,
        "eu_entry_summary.xml": 1,
        "eu_export.xml": 1,
        "eu_transit.xml": 2,
        "wco_declaration.xml": 2,
    }
