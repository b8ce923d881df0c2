"""What several tests share: the screener on the embedded lists, opened once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from screening.engine import Screened, Screener
from screening.explain_check import ExplanationCheck
from screening.read import Declarations
from screening.single import determine

DAY = date(2026, 11, 24)
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder of imported and prepared lists of the tests' own: what a user imported changes no test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STC_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("STC_LISTS", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def explanations_hold() -> Iterator[None]:
    """Every determination that any test makes is examined: a fault of an explanation fails the test that made it."""
    checks: dict[str, ExplanationCheck] = {}
    plain = Screener.determine

    def determine(self: Screener, part: Declarations, **asked: Any) -> Screened:
        found = plain(self, part, **asked)
        check = checks.setdefault(self.snapshot.digest, ExplanationCheck(self.snapshot))
        assert check.examine(found.determinations, part.items).faults == []
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Screener, "determine", determine)
        yield


@pytest.fixture(scope="session")
def screener() -> Screener:
    return Screener.open()


@pytest.fixture(scope="session")
def ask(screener: Screener) -> Ask:
    """One record's determination under one jurisdiction (EU unless named)."""

    def asked(jurisdiction: str = "EU", **record: Any) -> dict[str, Any]:
        record = {"declaration_id": "T-1", "export_country": "DE", "destination_country": "VN", **record}
        (found,) = determine(screener, record, as_of=DAY, jurisdictions=(jurisdiction,), limit=10)
        return found

    return asked
