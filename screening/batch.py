"""A batch of files through the line, stage by stage in a workspace; and the counts and ranking that are shown of it."""

from __future__ import annotations

import glob
import hashlib
import json
import shutil
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

import polars as pl

from control_lists.digests import file_digest
from screening.alerts import Ranking, items_of
from screening.decide.determined import Determined
from screening.decide.records import FLAGS, SEVERITY
from screening.engine import Screener
from screening.errors import ContractError, UsageError
from screening.execute.engines import Engine, InOrder
from screening.execute.merge import in_order
from screening.execute.units import (
    ALL,
    CHECK,
    DECIDE,
    REACH,
    READ,
    REFER,
    Job,
    Opening,
    PartTask,
    determined_of,
    keep_part,
    keep_referred,
    lookups,
    part_of,
    rejects_of,
    with_records,
)
from screening.execute.workspace import Workspace
from screening.questions import OPEN_QUESTION, open_questions
from screening.read import read
from screening.rescreen import Run, run_of
from screening.summary import Summary
from screening.write import is_worklist, needs_declared
from screening.write.disk import whole
from screening.write.flat import flatten
from screening.write.selectivity import write_left

PART_ROWS = 50_000  # of a part: what is decided at once
FRAME_ROWS = 50_000  # whole determinations that are given to a writer at once, about
MOST_TEXTS = 50_000  # distinct texts and names that are looked up at once


class Step(Protocol):
    """Is told how far a run is: what it does, how much of how much is done (``whole`` is None where nobody knows), and what is counted."""

    def __call__(self, doing: str, /, done: int = 0, whole: int | None = None, of: str = "") -> None: ...


class Standing(NamedTuple):
    """How a batch stands in the eyes of those who have to look at it."""

    ranking: Ranking
    summary: Summary

    def offices(self) -> list[dict[str, Any]]:
        """The counts by customs office, then over all, with the lanes as they are within the budget."""
        return self.summary.records(self.ranking)


class Batch(NamedTuple):
    """What came of a whole batch: its determinations are read from the workspace in final order, as often as asked, until it is closed."""

    workspace: Workspace
    parts: int
    items: int
    rejects: int
    reports: list[str]
    counts: Mapping[tuple[str, str], int]  # determinations by jurisdiction and flag
    run: Run
    settled: Callable[[Determined], Determined]  # adds what only the items of the batch together tell

    def frames(self) -> Iterator[pl.DataFrame]:
        """The determinations in the order of the contract, at least one frame, all with the same columns; raises ContractError.

        That they are as many as were made is checked at the end: a file is then not put in its place.
        """
        rows = 0
        for merged in in_order(self._rows(DECIDE)):
            rows += merged.height
            yield from self.settled(with_records(self.workspace, merged)).frames(FRAME_ROWS)
        if rows != self.determinations:
            raise ContractError(f"{self.determinations} determinations were made, {rows} came back: nothing was written")

    def reject_frames(self) -> Iterator[pl.DataFrame]:
        """What could not be read (REJECT columns), in the order read."""
        return rejects_of(self.workspace, self.parts)

    def referred(self) -> Iterator[pl.DataFrame]:
        """As ``frames``, of the items flagged REVIEW or worse alone, and with what was declared of each beside them."""
        for part in range(self.parts):
            keep_referred(self.workspace, part)
        return (self.settled(Determined.of(frame)).whole() for frame in in_order(self._rows(REFER)))

    def standing(self, per_1000: int | None) -> Standing:
        """Its alerts ranked within a budget, and its counts by customs office: one pass over the parts."""
        ranking, summary = Ranking(per_1000), Summary()
        for frame in self._by_part():
            items = items_of(frame)
            ranking.count(items)
            summary.count(frame, items)
        return Standing(ranking, summary)

    def results(self, word: str, standing: Standing | None) -> Iterator[pl.DataFrame]:
        """What is written as the format ``word``: determinations as they are; those of a list of work ranked, as ``standing`` has them."""
        if standing is None or not is_worklist(word):
            return self.frames()
        return standing.ranking.mark(self.referred() if needs_declared(word) else self.frames())

    def questions(self) -> pl.DataFrame:
        """What its items leave open and who answers it (``open_questions``), part by part."""
        declared = (part_of(self.workspace, part) for part in range(self.parts))
        asked = [open_questions(frame, part.items, part.parties) for frame, part in zip(self._by_part(), declared, strict=True)]
        return pl.concat([pl.DataFrame(schema=OPEN_QUESTION), *asked])

    def keep_left(self, standing: Standing, path: Path, *, bom: bool) -> None:
        """Lists in ``path`` what is beyond the budget."""
        with whole(path) as out:
            write_left(standing.ranking.mark(self.frames()), out, bom=bom)

    def _by_part(self) -> Iterator[pl.DataFrame]:
        """The determinations of each part, in the order read."""
        return (self.settled(determined_of(self.workspace, part)).whole() for part in range(self.parts))

    def _rows(self, stage: str) -> list[Path]:
        return [self.workspace.path(stage, part, "rows") for part in range(self.parts)]

    @property
    def determinations(self) -> int:
        """Their number."""
        return sum(self.counts.values())


class Asked(NamedTuple):
    """How a batch is to be screened: whose law, on which day, how its files are to be read, and against which earlier results."""

    as_of: date
    jurisdictions: Sequence[str] = ()
    input_format: str | None = None
    blanks: Mapping[str, str] = {}
    columns: Mapping[str, str] = {}
    since: Path | None = None


def paths_of(files: Sequence[str]) -> list[str]:
    """The files and folders named, globs opened (for shells that do not); raises UsageError for one that is not there."""
    paths: list[str] = []
    for name in files:
        found = sorted(glob.glob(name)) if any(mark in name for mark in "*?[") and not Path(name).exists() else [name]  # noqa: PTH207  (a Path cannot glob an absolute pattern)
        if not found or (name != "-" and not Path(found[0]).exists()):
            raise UsageError(f"{name}: no such file")
        paths += found
    return paths


def load_mapping(path: Path | None) -> dict[str, str]:
    """Foreign column names to fields of the contract, from TOML or JSON; raises UsageError."""
    if path is None:
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        mapping = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (ValueError, OSError) as error:
        raise UsageError(f'{path}: {error}; a mapping is TOML or JSON: "GDS_DS3" = "description"') from None
    if not isinstance(mapping, dict) or not all(isinstance(v, str) for v in mapping.values()):
        raise UsageError(f'{path}: a mapping names one field a column: "GDS_DS3" = "description"')
    return mapping


def screen_batch(
    opening: Opening,
    sources: Sequence[str],
    asked: Asked,
    folder: Path,
    step: Step,
    stdin: IO[bytes],
    engine: Engine | None = None,
    screener: Screener | None = None,
) -> Batch:
    """Screens ``sources`` (``-`` reads ``stdin``) in ``folder``, which keeps what is finished: the same call goes on where one broke off.

    ``step`` is told how far it is. ``engine`` does the units of work, by default one after another with ``screener``. Rows in are items
    plus rejects, every item is decided, and both are checked: raises ContractError.
    """
    screener = screener or opening.screener()
    screener.require(asked.jurisdictions)
    reading: dict[str, Any] = {"format": asked.input_format, "blanks": dict(asked.blanks), "columns": dict(asked.columns)}
    if screener.documents is not None:
        reading["drawn_on"] = asked.as_of.isoformat()  # the day of undated declarations places them in the order of draws
    run = run_of(screener, sources, asked.as_of, asked.jurisdictions, reading)
    with tempfile.TemporaryFile() as copy:
        account = {
            **run._asdict(),
            "order": list(sources),
            "stdin": _written_down(stdin, copy) if "-" in sources else None,
            "digest": screener.snapshot.digest,
            "since": file_digest(asked.since) if asked.since else None,
            "units": (PART_ROWS, MOST_TEXTS),
        }
        workspace = Workspace.open(folder.resolve(), account)
        parts = _read(workspace, screener, sources, asked, step, copy)
    job = Job(workspace.folder, opening, screener.snapshot.digest, asked.as_of, tuple(asked.jurisdictions), run, asked.since)
    with closing(engine or InOrder(screener)) as engine:
        units = [] if asked.since is not None else lookups(workspace, parts, MOST_TEXTS)
        tasks, sizes = [unit.buckets for unit in units], [unit.size for unit in units]
        _do(engine, job, workspace, REACH, tasks, sizes, step, "looking up texts and names", "texts and names")
        sizes = [workspace.facts(READ, part)["items"] for part in range(parts)]
        if screener.documents is not None and not workspace.has(CHECK, 0):
            step("checking declared licences")
            checked = screener.documents.check((part_of(workspace, part) for part in range(parts)), asked.as_of)
            workspace.keep(CHECK, 0, {"checked": checked}, {})
        decisions = [PartTask(len(units), sum(sizes[:part]), sizes[part]) for part in range(parts)]
        _do(engine, job, workspace, DECIDE, decisions, sizes, step, "deciding", "items")
    return _made(workspace, parts, run, asked.since, screener)


def _written_down(stream: IO[bytes], copy: IO[bytes]) -> str:
    """The SHA-256 of a stream, which stands in ``copy`` afterwards: no run takes over what was read of another stream."""
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    digest = hashlib.file_digest(copy, "sha256").hexdigest()  # type: ignore[arg-type]
    copy.seek(0)
    return digest


def _read(workspace: Workspace, screener: Screener, sources: Sequence[str], asked: Asked, step: Step, stdin: IO[bytes]) -> int:
    """The parts of all sources, kept; their number. Reading is one pass: broken off, it is begun again."""
    if workspace.has(ALL, 0):
        return int(workspace.facts(ALL, 0)["parts"])
    workspace.clear(READ)
    options = screener.reading._replace(input_format=asked.input_format, blanks=asked.blanks, columns=asked.columns)
    parts = items = rejects = 0
    for is_stream, named in groupby(sources, key=lambda source: source == "-"):
        paths = list(named)
        doing = f"reading {paths[0] if len(paths) == 1 else f'{len(paths)} files'}"
        step(doing, items, None, "items")
        for part in read(stdin if is_stream else paths, options, part_rows=PART_ROWS):
            keep_part(workspace, parts, part)
            parts, items, rejects = parts + 1, items + part.items.height, rejects + part.rejects.height
            step(doing, items, None, "items")
    workspace.keep(ALL, 0, {}, {"parts": parts, "items": items, "rejects": rejects})
    return parts


def _do(
    engine: Engine,
    job: Job,
    workspace: Workspace,
    stage: str,
    tasks: Sequence[Any],
    sizes: Sequence[int],
    step: Step,
    doing: str,
    of: str,
) -> None:
    """The units of a stage that are not finished yet."""
    missing = [number for number in range(len(tasks)) if not workspace.has(stage, number)]
    whole, done = sum(sizes[number] for number in missing), 0
    step(doing, done, whole, of)
    for number in engine.do(job, stage, {number: tasks[number] for number in missing}):
        done += sizes[number]
        step(doing, done, whole, of)


def _made(workspace: Workspace, parts: int, run: Run, since: Path | None, screener: Screener) -> Batch:
    """What came of the finished units, their numbers compared; raises ContractError."""
    told = workspace.facts(ALL, 0)
    kept = [workspace.facts(READ, part) for part in range(parts)]
    decided = [workspace.facts(DECIDE, part) for part in range(parts)]
    items, rejects = (sum(facts[kind] for facts in kept) for kind in ("items", "rejects"))
    answered = sum(facts["items"] for facts in decided)
    if (items, rejects, answered) != (told["items"], told["rejects"], told["items"]):
        raise ContractError(
            f"{told['items']} items and {told['rejects']} rejects were read; {items} and {rejects} were kept, "
            f"{answered} items decided: nothing was written"
        )
    counts: Counter[tuple[str, str]] = Counter()
    for facts in decided:
        counts.update({(jurisdiction, flag): number for jurisdiction, flag, number in facts["counts"]})
    reports = list(dict.fromkeys((*screener.reports, *(report for facts in kept for report in facts["reports"]))))
    if since is not None:
        reports.append(_rescreened(since, decided))
    together = screener.together(workspace.frame(DECIDE, part, "pieces") for part in range(parts))
    return Batch(workspace, parts, items, rejects, reports, counts, run, partial(screener.settled, together=together))


def _rescreened(since: Path, facts: Sequence[Mapping[str, Any]]) -> str:
    if full := next((fact["full_run"] for fact in facts if fact["full_run"]), None):
        return f"everything was screened again: {full}"
    screened, taken = (sum(fact[kind] for fact in facts) for kind in ("screened", "taken"))
    return f"{screened} items screened again, {taken} taken from {since}"


def flagged(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Flat rows of the determinations that raise a flag, the most severe first; among equals in the order of the contract."""
    raised = pl.concat(frame.filter(pl.col("flag") != FLAGS[0]) for frame in frames)
    return flatten(raised.with_columns(severity=_severity()).sort("severity", descending=True, maintain_order=True).drop("severity"))


def summary(counts: Mapping[tuple[str, str], int]) -> tuple[list[tuple[str, list[int]]], tuple[str, ...]]:
    """Numbers of determinations by jurisdiction and flag, and the flags in order of severity."""
    return [(j, [counts.get((j, flag), 0) for flag in FLAGS]) for j in sorted({j for j, _ in counts})], FLAGS


def worst(counts: Mapping[tuple[str, str], int], *, at_least: str) -> bool:
    """Whether any determination is as severe as ``at_least``."""
    return any(number and SEVERITY[flag] >= SEVERITY[at_least] for (_, flag), number in counts.items())


def _severity() -> pl.Expr:
    return pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int32)
