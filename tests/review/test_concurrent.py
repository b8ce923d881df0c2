"""Officers who act at once lose nothing, and what was acknowledged outlives a killed process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from screening.errors import StaleCaseError
from screening.review import CaseStore
from tests.review.determinations import TERMS, by, goods
from tests.review.hammer import CASES

ROOT = Path(__file__).resolve().parents[2]
OFFICERS, ACTS = 4, 25


def start(place: str, name: str, acts: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.review.hammer", place, name, str(acts)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def written(store: CaseStore) -> dict[int, str]:
    """Who wrote each row of the cases."""
    return {event.seq: event.actor for case_id in range(1, CASES + 1) for event in store.case(case_id).events[1:]}


def test_officers_in_several_processes_lose_no_act(store: CaseStore, place: str) -> None:
    store.open_cases([goods(f"G-{n}") for n in range(CASES)], by())
    officers = {f"officer {n}": start(place, f"officer {n}", ACTS) for n in range(OFFICERS)}
    acknowledged: dict[int, str] = {}
    refused = 0
    for name, process in officers.items():
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert len(out.split()) == ACTS
        acknowledged.update({int(line): name for line in out.split() if line != "stale"})
        refused += out.split().count("stale")
    assert written(store) == acknowledged
    assert len(acknowledged) + refused == OFFICERS * ACTS
    assert store.verify().fault is None
    assert store.verify().events == 2 + CASES + len(acknowledged)


@pytest.mark.parametrize("after", [1, 7, 20])
def test_what_was_acknowledged_outlives_a_kill(store: CaseStore, place: str, after: int) -> None:
    store.open_cases([goods(f"G-{n}") for n in range(CASES)], by())
    process = start(place, "officer", 100_000)
    assert process.stdout is not None
    acknowledged = {int(process.stdout.readline()) for _ in range(after)}
    process.kill()
    acknowledged |= {int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")}
    process.wait()
    assert acknowledged <= set(written(store))
    assert len(set(written(store)) - acknowledged) <= 1  # the one that was written and not yet said
    assert store.verify().fault is None
    store.note(1, "goes on", by())


def test_a_new_store_is_made_once_however_many_come(place: str) -> None:
    code = (
        "import sys\nfrom screening.review import CaseStore\nfrom tests.review.determinations import TERMS, by\n"
        "CaseStore.make(sys.argv[1], lambda: TERMS, by())"
    )
    makers = [subprocess.Popen([sys.executable, "-c", code, place], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(OFFICERS)]
    assert [(maker.communicate(timeout=120)[1], maker.returncode) for maker in makers] == [("", 0)] * OFFICERS
    assert CaseStore.open(place, lambda: TERMS).verify().events == 1


def test_of_two_who_saw_the_same_one_is_refused(store: CaseStore, place: str) -> None:
    store.open_cases([goods("G-1")], by())
    other = CaseStore.open(place, lambda: TERMS)
    seen = store.case(1).state.version
    assert other.case(1).state.version == seen
    store.decide(1, "held", "any", by("amy"), seen)
    with pytest.raises(StaleCaseError, match="decided by amy"):
        other.decide(1, "released", "any", by("bea"), seen)
    assert other.case(1).state.status == "held"
    other.close()
