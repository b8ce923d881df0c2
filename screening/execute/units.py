"""What one unit of work does: reading declares the parts, each distinct text and name is looked up once, each part is decided.

A unit reads finished units of earlier stages and keeps its own; nothing else passes between units. So they may run in any order, in
one process or many, and a run that was broken off goes on with those that are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.editions import EditionStore
from screening.declared import with_declared
from screening.engine import Reached, Screener
from screening.errors import ContractError
from screening.execute.workspace import Workspace
from screening.frames import REJECT
from screening.goods.match import texts_of
from screening.goods.recognise import RECOGNISED
from screening.licences.batch import of_part
from screening.parties.match import REACHED, names_of
from screening.read import Declarations
from screening.rescreen import Rescreener, Run, read_earlier

READ, REACH, CHECK, DECIDE, REFER = "read", "reach", "check", "decide", "refer"
BUCKETS = 256
"""Distinct texts are told apart by hash, so that those of all parts meet in units that fit into memory."""
_PART = ("items", "parties", "extra", "rejects")


class Opening(NamedTuple):
    """What opens a Screener: the arguments of ``Screener.open``, and the digest of lists and rules it must come to."""

    lists: Sequence[Path]
    policy: Path | None
    prepared: Path | None
    store: Path
    day: date | None
    exceptions: Path | None
    threads: int
    unit_values: Path | None = None
    chemicals: Path | None = None
    licences: Sequence[Path] = ()
    denials: Path | None = None

    def screener(self) -> Screener:
        """The Screener; raises ListDataError, LicenceError or PolicyError."""
        return Screener.open(self.lists, self.policy, self.prepared, EditionStore(self.store), *self[4:])


class Job(NamedTuple):
    """A run as every worker knows it."""

    folder: Path
    opening: Opening
    digest: str  # of the snapshot
    as_of: date
    jurisdictions: tuple[str, ...]
    run: Run
    since: Path | None = None


class PartTask(NamedTuple):
    """What deciding a part takes beside it: the units of looking up there are, and which items of the batch are the part's."""

    reach_units: int
    first: int
    items: int


class Units:
    """The units of a job, done with a Screener of its snapshot."""

    def __init__(self, job: Job, screener: Screener) -> None:
        if screener.snapshot.digest != job.digest:
            raise ContractError(f"this worker holds the lists {screener.snapshot.digest[:16]}, the run was begun with {job.digest[:16]}")
        self._job = job
        self._screener = screener
        self._workspace = Workspace(job.folder)
        self._rescreener = (
            Rescreener(screener, read_earlier(job.since), job.run, EditionStore(job.opening.store)) if job.since is not None else None
        )

    def do(self, stage: str, number: int, task: Any) -> None:
        """Does a unit and keeps it."""
        if stage == REACH:
            self._reach(number, task)
        else:
            self._decide(number, task)

    def _reach(self, number: int, buckets: Sequence[int]) -> None:
        """What the distinct texts and names of some buckets, over all parts, are found to be."""
        parts = range(self._parts())
        texts, names = (_distinct([self._workspace.path(READ, part, kind) for part in parts], kind, buckets) for kind in ("texts", "names"))
        reached = self._screener.reach(texts, names)
        self._workspace.keep(REACH, number, reached._asdict(), {"texts": len(texts), "names": len(names)})

    def _decide(self, number: int, task: PartTask) -> None:
        """The determinations of one part, in the order of the contract."""
        part = part_of(self._workspace, number)
        how: dict[str, Any] = {"as_of": self._job.as_of, "jurisdictions": self._job.jurisdictions}
        if self._screener.documents is not None:
            how["checked"] = of_part(self._workspace.frame(CHECK, 0, "checked"), task.first, task.items)
        facts: dict[str, Any] = {}
        if self._rescreener is not None:
            screened_before, taken_before = self._rescreener.screened, self._rescreener.taken
            screened = self._rescreener.determine(part, **how)
            facts = {
                "screened": self._rescreener.screened - screened_before,
                "taken": self._rescreener.taken - taken_before,
                "full_run": self._rescreener.full_run,
            }
        else:
            screened = self._screener.determine(part, reached=self._reached(part, task.reach_units), **how)
        counts = screened.determinations.group_by("jurisdiction", "flag").len().sort("jurisdiction", "flag").rows()
        self._workspace.keep(
            DECIDE, number, {"determinations": screened.determinations, "pieces": screened.pieces}, {"counts": counts, **facts}
        )

    def _reached(self, part: Declarations, units: int) -> Reached:
        """What was reached of the texts and names of one part."""
        goods = [pl.scan_parquet(self._workspace.path(REACH, unit, "goods"), schema=RECOGNISED) for unit in range(units)]
        names = [pl.scan_parquet(self._workspace.path(REACH, unit, "names"), schema=REACHED) for unit in range(units)]
        here = texts_of(part.items).alias("text").to_frame().lazy(), names_of(part.parties).alias("name").to_frame().lazy()
        return Reached(*(
            pl.concat(found).join(own, on=own.collect_schema().names(), how="semi", maintain_order="left").collect()
            for found, own in zip((goods, names), here, strict=True)
        ))  # fmt: skip

    def _parts(self) -> int:
        number = 0
        while self._workspace.has(READ, number):
            number += 1
        return number


def keep_part(workspace: Workspace, number: int, part: Declarations) -> None:
    """Keeps a part as it was read, with its distinct texts and names beside it."""
    frames = {name: getattr(part, name) for name in _PART}
    texts, names = _bucketed(texts_of(part.items)), _bucketed(names_of(part.parties))
    counts = {kind: dict(frame.group_by("bucket").len().iter_rows()) for kind, frame in (("texts", texts), ("names", names))}
    workspace.keep(
        READ, number, {**frames, "texts": texts, "names": names}, {"items": part.items.height, "reports": part.reports, **counts}
    )


def part_of(workspace: Workspace, number: int) -> Declarations:
    """A part as it was read."""
    frames = {name: workspace.frame(READ, number, name) for name in _PART}
    return Declarations(**frames, reports=workspace.facts(READ, number)["reports"])


def keep_referred(workspace: Workspace, number: int) -> None:
    """Keeps, of a decided part, the determinations of items that are referred to someone, with what was declared of them."""
    if not workspace.has(REFER, number):
        decided = workspace.frame(DECIDE, number, "determinations")
        referred = with_declared(decided, part_of(workspace, number), at_least="REVIEW")
        workspace.keep(REFER, number, {"determinations": referred}, {})


def reach_tasks(workspace: Workspace, parts: int, most: int) -> list[list[int]]:
    """The buckets of each unit of looking up: neighbours, until they hold at most ``most`` texts and names."""
    sizes = [0] * BUCKETS
    for part in range(parts):
        facts = workspace.facts(READ, part)
        for kind in ("texts", "names"):
            for bucket, count in facts[kind].items():
                sizes[int(bucket)] += count
    units: list[list[int]] = [[]]
    held = 0
    for bucket, size in enumerate(sizes):
        if units[-1] and held + size > most:
            units.append([])
            held = 0
        units[-1].append(bucket)
        held += size
    return units


def rejects_of(workspace: Workspace, parts: int) -> pl.DataFrame:
    """All rejects of a run, in the order read."""
    return pl.concat([pl.DataFrame(schema=REJECT), *(workspace.frame(READ, part, "rejects") for part in range(parts))])


def _bucketed(texts: pl.Series) -> pl.DataFrame:
    """Distinct texts with their bucket, by which they are sorted so that one is found without reading the others."""
    return texts.alias("text").to_frame().with_columns(bucket=(pl.col("text").hash(7) % BUCKETS).cast(pl.UInt16)).sort("bucket")


def _distinct(files: Sequence[Path], kind: str, buckets: Sequence[int]) -> pl.Series:
    low, high = min(buckets), max(buckets)
    scans = [pl.scan_parquet(file).filter(pl.col("bucket").is_between(low, high)).select("text") for file in files]
    return pl.concat(scans).unique().sort("text").collect().get_column("text")


def frames_of(workspace: Workspace, parts: int) -> Iterator[pl.DataFrame]:
    """The determinations of each part."""
    return (workspace.frame(DECIDE, part, "determinations") for part in range(parts))
