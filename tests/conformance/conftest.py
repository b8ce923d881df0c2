"""Conformance tests compare with official files and real declarations that are not part of the project.

They lie in a folder named by STC_CONFORMANCE_DATA, or in ``shared`` beside the checkout. Where neither is there, as on a
user's machine, these tests are skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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
