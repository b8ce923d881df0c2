"""Every numeric limit printed in Annex I is in a criterion, or in ``unmapped_thresholds.toml`` with the reason why it is not."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from control_lists.models import Alternatives, Criterion
from control_lists.snapshot import Snapshot
from tests.conformance.test_embedded_lists import _criteria, _numbers, _stands

_CODE = re.compile(r"\b\d[A-E]\d{3}(?:\.[a-z0-9]+)*\.?")
_FRACTION = re.compile(r"λ/(\d+)")
_PRINTED = 976
_FURTHER_MOST = 271  # further numbers on lines of which one is carried: equivalents in other units, conditions of measurement, standards


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.open()


@pytest.fixture(scope="module")
def limits(shared: Path) -> list[tuple[str, str]]:
    """Code and wording, without codes of the list, of each line that carries a numeric limit."""
    with (shared / "data/control/eu/annex_I_provisions.csv").open(encoding="utf-8", newline="") as file:
        return [(row["path"], _CODE.sub("", row["text"])) for row in csv.DictReader(file) if row["has_parameter"] == "1"]


@pytest.fixture(scope="module")
def carried(snapshot: Snapshot) -> dict[str, set[float]]:
    """The numbers of all criteria, by the code of their branch or entry."""
    numbers: dict[str, set[float]] = {}
    for entry in snapshot.lists["eu-dual-use"].entries:
        trees: Iterator[tuple[Criterion | Alternatives, ...]] = iter((entry.criteria, *(one.criteria for one in entry.exclusions)))
        for code, criterion in (pair for tree in trees for pair in _criteria(tree, entry.code)):
            if isinstance(criterion.value, float):
                numbers.setdefault(code, set()).add(criterion.value)
    return numbers


def test_every_printed_limit_is_in_a_criterion_or_has_a_reason(
    snapshot: Snapshot, limits: list[tuple[str, str]], carried: dict[str, set[float]]
) -> None:
    reasons = snapshot.unmapped_thresholds["eu-dual-use"]
    left = {code for code, text in limits if not _holds(code, text, carried)}
    assert len(limits) == _PRINTED
    assert sorted(left - set(reasons)) == [], "limits without a criterion or a reason"
    assert sorted(set(reasons) - left) == [], "reasons whose limit a criterion carries, or that is not printed"


def test_further_numbers_of_a_line_do_not_grow(limits: list[tuple[str, str]], carried: dict[str, set[float]], snapshot: Snapshot) -> None:
    reasons = snapshot.unmapped_thresholds["eu-dual-use"]
    further = [
        f"{code} {number:g}"
        for code, text in limits
        if code not in reasons
        for number in sorted(_numbers(text))
        if not any(_stands(value, {number}) for value in _near(code, carried))
    ]
    warnings.warn(f"{len(further)} further numbers of lines with a limit that is carried: " + "; ".join(further), stacklevel=1)
    assert len(further) <= _FURTHER_MOST


def _holds(code: str, text: str, carried: dict[str, set[float]]) -> bool:
    printed = _numbers(text) | {1 / int(part) for part in _FRACTION.findall(text)}
    return any(_stands(value, printed) for value in _near(code, carried))


def _near(code: str, carried: dict[str, set[float]]) -> set[float]:
    """The numbers at a code, below it and above it."""
    return {
        value
        for other, values in carried.items()
        if other == code or other.startswith(code + ".") or code.startswith(other + ".")
        for value in values
    }
