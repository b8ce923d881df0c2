"""The units of a run as tasks of a Spark cluster, over a workspace that the driver and every worker see at the same path."""

from __future__ import annotations

import importlib.util
import pickle
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.errors import EngineError
from screening.execute.units import Job, Opening, units_of
from screening.execute.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_LOOKED = 1.0  # seconds between two looks at what is finished
_OURS = re.compile(r"^(?:screening|control_lists)\.errors\.\w+: (.+)$", re.MULTILINE)


class Spark:
    """The units as a DataFrame of one row and one partition each, done by ``mapInArrow``.

    A Python worker opens its Screener once, for the digest of the run's lists and rules, and refuses a run of others. Spark does a task
    again whose worker was lost, and may do one twice: the workspace takes either.
    """

    def __init__(self, session: SparkSession | None = None) -> None:
        """``session`` is used and left as it is; without one it is made as Spark is configured. Raises EngineError without Spark."""
        if not all(importlib.util.find_spec(package) for package in ("pyspark", "pyarrow", "pandas")):
            raise EngineError("--engine spark needs pyspark, which is not installed: pip install 'stc-engine[spark]'")
        self._given = session
        self._made: SparkSession | None = None

    def do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        """Does each unit and gives its number when it is kept; raises EngineError."""
        if not tasks:
            return
        try:
            yield from self._do(job, stage, tasks)
        except BaseException as error:
            self._interrupt()
            if type(error).__module__.startswith(("pyspark.", "py4j.")):
                raise EngineError(_one_line(error)) from error
            raise

    def _do(self, job: Job, stage: str, tasks: Mapping[int, Any]) -> Iterator[int]:
        work = _worker(pickle.dumps(job._replace(opening=_everywhere(job.opening))), stage, list(tasks.items()))
        rows = self._session().range(0, len(tasks), 1, numPartitions=len(tasks)).mapInArrow(work, "number long")
        workspace, missing = Workspace(job.folder), set(tasks)
        run = _begun(rows.collect)
        while missing and not run.done():
            wait([run], _LOOKED)
            for number in sorted(number for number in missing if workspace.has(stage, number)):
                missing.discard(number)
                yield number
        run.result()
        if missing:
            raise EngineError(f"Spark has finished, and {len(missing)} units are not in {job.folder}: do all workers see the same folder?")

    def close(self) -> None:
        """Ends the session that was made here."""
        if self._made is not None:
            self._made.stop()
            self._made = None

    def _session(self) -> SparkSession:
        from pyspark.sql import SparkSession

        if self._given is None and self._made is None:
            self._made = SparkSession.builder.appName("stc screen").config("spark.ui.showConsoleProgress", "false").getOrCreate()
        session = self._given or self._made
        assert session is not None
        return session

    def _interrupt(self) -> None:
        """Ends what the cluster still does."""
        session = self._given or self._made
        if session is not None:
            session.interruptAll()


def _begun(work: Callable[[], Any]) -> Future[Any]:
    """What ``work`` gives, from a thread that nobody waits for at the end."""
    promised: Future[Any] = Future()

    def run() -> None:
        try:
            promised.set_result(work())
        except BaseException as error:
            promised.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return promised


def _worker(job: bytes, stage: str, tasks: list[tuple[int, Any]]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What a worker does with the places of its tasks: each unit, and its number when it is kept."""

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in batches:
            for place in batch.column(0).to_pylist():
                number, task = tasks[place]
                units_of(job).do(stage, number, task)
                yield pa.RecordBatch.from_pydict({"number": pa.array([number], pa.int64())})

    return work


def _everywhere(opening: Opening) -> Opening:
    """An opening of whole paths and one thread: a worker has another working folder, and the processor is shared out by Spark."""

    def whole(path: Path | None) -> Path | None:
        return None if path is None else path.absolute()

    return opening._replace(
        lists=[path.absolute() for path in opening.lists],
        policy=whole(opening.policy),
        prepared=whole(opening.prepared),
        store=opening.store.absolute(),
        exceptions=whole(opening.exceptions),
        threads=1,
    )


def _one_line(error: BaseException) -> str:
    """What a worker of ours said, else the first line of what Spark says."""
    said = str(error)
    ours = _OURS.findall(said)
    return str(ours[-1]) if ours else f"Spark: {said.strip().splitlines()[0] if said.strip() else type(error).__name__}"
