"""Conformance tests compare with official files and real declarations that are not part of the project.

They lie in a folder named by STC_CONFORMANCE_DATA, or in ``shared`` beside the checkout. Where neither is there, as on a
user's machine, these tests are skipped.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from control_lists.editions import EditionStore
from control_lists.importing import Outcome
from control_lists.snapshot import Snapshot
from screening.read import ReadOptions
from tests.conformance.official import Store, import_all

_LONGEST_IMPORT_S = 600


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official files and real declarations."""
    named = os.environ.get("STC_CONFORMANCE_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2].parent / "shared"
    if not folder.is_dir():
        if named:
            pytest.fail(f"STC_CONFORMANCE_DATA names {folder}, which is not there")
        pytest.skip("the conformance data is not at hand")
    return folder


@pytest.fixture
def declarations(shared: Path) -> Path:
    """The folder of real declarations."""
    return shared / "data" / "declarations"


@pytest.fixture(scope="session")
def options() -> ReadOptions:
    """How declarations are read with the embedded reference data."""
    return ReadOptions(Snapshot.open())


@pytest.fixture(scope="session")
def official(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All official files imported, once in a run: the first process imports, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "official"
    told = root / "told.json"
    try:
        root.mkdir()
    except FileExistsError:
        for _ in range(_LONGEST_IMPORT_S):
            if told.exists():
                break
            time.sleep(1)
    else:
        outcomes: dict[str, Outcome] = {}
        try:
            outcomes = import_all(shared, root / "lists")
        finally:
            part = root / "told.part"
            part.write_text(json.dumps(outcomes), encoding="utf-8")
            part.replace(told)
    outcomes = {
        file: Outcome(tuple(lines), tuple(notes), failure) for file, (lines, notes, failure) in json.loads(told.read_text()).items()
    }
    assert outcomes, "the official files could not be imported"
    return Store(EditionStore(root / "lists"), outcomes)
