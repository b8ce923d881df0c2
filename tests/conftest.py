"""What several tests share: the screener on the embedded lists, opened once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from control_lists import store
from control_lists.chemical_index import ChemicalIndex
from control_lists.snapshot import Snapshot
from screening.engine import Screened, Screener
from screening.explain_check import ExplanationCheck
from screening.goods import match
from screening.goods.catalogue import Catalogue
from screening.goods.recognise import Recogniser
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
def opened_once() -> Iterator[None]:
    """Frozen records and what is made of them alone are made once: hundreds of tests open the same lists."""
    plain_kept = store._kept
    kept = lru_cache(8)(lambda path, _changed: plain_kept(path))
    recognisers: OrderedDict[tuple[Any, ...], tuple[Any, Recogniser]] = OrderedDict()

    def kept_once(path: Path) -> store.ListData | None:
        return kept(path, path.stat().st_mtime_ns) if path.exists() else None

    def recogniser(snapshot: Snapshot, catalogue: Catalogue, threshold: float, chemicals: ChemicalIndex | None, threads: int) -> Recogniser:
        made_of = (*snapshot._data, *(one.entries for one in snapshot.lists.values() if one.entries), chemicals)
        key = (threshold, threads, *map(id, made_of))
        if key not in recognisers:
            recognisers[key] = made_of, Recogniser(snapshot, catalogue, threshold, chemicals, threads)
        recognisers.move_to_end(key)
        if len(recognisers) > 4:
            recognisers.popitem(last=False)
        return recognisers[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_kept", kept_once)
        patch.setattr(store, "parse", lru_cache(1024)(store.parse))
        patch.setattr(match, "Recogniser", recogniser)
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
