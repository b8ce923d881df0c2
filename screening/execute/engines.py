"""Who does the units of a run: this process one after another, or many processes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, Protocol

from screening.engine import Screener
from screening.execute.units import Job, Units


class Engine(Protocol):
    """Does units of a stage, in any order."""

    def do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        """Does each unit and gives its number when it is kept."""
        ...


class InOrder:
    """The units one after another, in this process."""

    def __init__(self, screener: Screener) -> None:
        self._screener = screener
        self._units: Units | None = None

    def do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        """Does each unit and gives its number when it is kept."""
        self._units = self._units or Units(job, self._screener)
        for number, task in tasks.items():
            self._units.do(stage, number, task)
            yield number


class Processes:
    """The units in ``workers`` processes, each with a Screener of its own on the same prepared lists."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        """Does each unit and gives its number when it is kept. A worker that dies ends the run; what is kept stays."""
        if self._pool is None:
            alone = job._replace(opening=job.opening._replace(threads=1))
            # Spawned, not forked: the same on every system, and no thread of the parent is copied halfway.
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, (alone,))
        waiting = {self._pool.submit(_do, stage, number, task): number for number, task in tasks.items()}
        try:
            for finished in as_completed(waiting):
                finished.result()
                yield waiting[finished]
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise


_units: Units | None = None  # of a worker process


def _begin(job: Job) -> None:
    global _units
    _units = Units(job, job.opening.screener())


def _do(stage: str, number: int, task: Any) -> None:
    assert _units is not None
    _units.do(stage, number, task)
