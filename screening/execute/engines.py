"""Who does the units of a run: this process one after another, or many processes at once."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol

from screening.engine import Screener
from screening.errors import EngineError
from screening.execute.units import Job, Units, units_of

_DEATHS = 3  # of workers, one after another without a unit finished, until the run ends


class Engine(Protocol):
    """Does units of a stage, in any order."""

    def do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        """Does each unit and gives its number when it is kept."""
        ...

    def close(self) -> None:
        """Lets go of what was opened; it may be asked again after that."""
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

    def close(self) -> None:
        """Lets go of the units."""
        self._units = None


class Processes:
    """The units in ``workers`` processes, each with a Screener of its own on the same prepared lists."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._life: Connection | None = None  # the workers end when this end of it is closed, or dies with this process

    def do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        """Does each unit and gives its number when it is kept. What a worker that dies leaves undone, others do; raises EngineError."""
        alone = pickle.dumps(job._replace(opening=job.opening._replace(threads=1)))
        missing, deaths = dict(tasks), 0
        try:
            while missing:
                try:
                    for number in self._finished(alone, stage, dict(missing)):
                        del missing[number]
                        deaths = 0
                        yield number
                except BrokenProcessPool:
                    self.close()
                    deaths += 1
                    if deaths == _DEATHS:
                        raise EngineError(
                            f"worker processes were ended {deaths} times before they finished anything: is memory short? "
                            "fewer --workers need less"
                        ) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the workers, also in the middle of a unit."""
        if self._pool is not None and self._life is not None:
            self._life.close()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = self._life = None

    def _finished(self, job: bytes, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        with _interrupts_left_to_this_process():
            if self._pool is None:
                # Spawned, not forked: the same on every system, and no thread of the parent is copied halfway.
                context = get_context("spawn")
                theirs, self._life = context.Pipe(duplex=False)
                self._pool = ProcessPoolExecutor(self._workers, context, _begin, (theirs,))
            waiting = {self._pool.submit(_do, job, stage, number, task): number for number, task in tasks.items()}
        for finished in as_completed(waiting):
            finished.result()
            yield waiting[finished]


@contextmanager
def _interrupts_left_to_this_process() -> Iterator[None]:
    """Processes begun within know of no Ctrl-C, which a terminal sends to all: this one ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(life: Connection) -> None:
    """A worker begins: it ignores Ctrl-C, and ends with the process that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()


def _end_with(life: Connection) -> None:
    try:
        life.poll(None)  # nothing is ever sent: this ends when the other end is closed
    finally:
        os._exit(1)


def _do(job: bytes, stage: str, number: int, task: Any) -> None:
    units_of(job).do(stage, number, task)
