"""What one unit of work does: reading declares the parts, each distinct text and name is looked up once, each part is decided.

A unit reads finished units of earlier stages and keeps its own; nothing else passes between units. So they may run in any order, in
one process or many, and a run that was broken off goes on with those that are missing.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.editions import EditionStore
from screening.decide.determined import Determined
from screening.decide.records import RECORD
from screening.declared import with_declared
from screening.engine import Reached, Screener
from screening.errors import ContractError
from screening.execute.workspace import Workspace
from screening.goods.match import texts_of
from screening.goods.recognise import RECOGNISED
from screening.licences.batch import of_part
from screening.parties.match import REACHED, names_of
from screening.read import Declarations
from screening.rescreen import Rescreener, Run, read_earlier

READ, REACH, CHECK, DECIDE, REFER = "read", "reach", "check", "decide", "refer"
BUCKETS = 256
"""Distinct texts are told apart by hash, so that those of all parts meet in units that fit into memory."""
ALL = "read.all"
"""Its one unit says that reading is finished, and how many parts there are."""
GROUP = 10_000
"""Determinations that are kept together: the least that is read of a part when parts are merged."""
REACHED_GROUP = 1_000
"""Rows of what is reached that are kept together: the least that a part reads of a unit that has anything for it."""
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
        with uncollected():
            if stage == REACH:
                self._reach(number, task)
            else:
                self._decide(number, task)

    def _reach(self, number: int, buckets: Sequence[int]) -> None:
        """What the distinct texts and names of some buckets, over all parts, are found to be."""
        texts, names = (self._declared(kind, buckets) for kind in ("texts", "names"))
        distinct = [declared.get_column("text").unique().sort() for declared in (texts, names)]
        reached = self._screener.reach(*distinct)
        frames = {
            "goods": reached.goods.join(texts, on="text", maintain_order="left").sort("part", maintain_order=True),
            "names": reached.names.join(names, left_on="name", right_on="text", maintain_order="left").sort("part", maintain_order=True),
        }
        self._workspace.keep(REACH, number, frames, {}, REACHED_GROUP)

    def _declared(self, kind: str, buckets: Sequence[int]) -> pl.DataFrame:
        """The texts or names of some buckets with the parts that declare them: columns ``text`` and ``part``."""
        scans = [
            pl.scan_parquet(self._workspace.path(READ, part, kind))
            .filter(pl.col("bucket").is_between(min(buckets), max(buckets)))
            .select("text", part=pl.lit(part, pl.UInt32))
            for part in range(self._workspace.facts(ALL, 0)["parts"])
        ]
        return pl.concat(scans).collect()

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
            screened = self._screener.determine(part, reached=self._reached(number, task.reach_units), **how)
        rows, records = screened.determined
        asked = self._screener.asked(part.items, self._job.as_of, self._job.jurisdictions).height
        if rows.height != asked:
            raise ContractError(f"part {number}: {asked} determinations were asked for, {rows.height} were made: nothing was written")
        having = records.select("jurisdiction", "flag").with_row_index("record").join(rows.group_by("record").len(), on="record")
        counts = having.group_by("jurisdiction", "flag").agg(pl.col("len").sum()).sort("jurisdiction", "flag").rows()
        facts |= {"counts": counts, "items": screened.items}
        kept = {"rows": rows.with_columns(part=pl.lit(number, pl.UInt32)), "records": records, "pieces": screened.pieces}
        self._workspace.keep(DECIDE, number, kept, facts, GROUP)

    def _reached(self, part: int, units: int) -> Reached:
        """What was reached of the texts and names of one part: of every unit, the rows that it put down for this part."""

        def of(kind: str, schema: Mapping[str, Any]) -> pl.DataFrame:
            scans = [pl.scan_parquet(self._workspace.path(REACH, unit, kind)).filter(pl.col("part") == part) for unit in range(units)]
            return pl.concat([pl.LazyFrame(schema=schema), *(scan.select(*schema) for scan in scans)]).collect()

        return Reached(of("goods", RECOGNISED), of("names", REACHED))


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage in cycles meanwhile: a unit makes many records and no cycles, and each search is through all that is opened."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()


@lru_cache(maxsize=1)
def units_of(job: bytes) -> Units:
    """The units of a pickled Job in a process that works for another one: its Screener is opened once and reused."""
    ours: Job = pickle.loads(job)
    return Units(ours, ours.opening.screener())


def keep_part(workspace: Workspace, number: int, part: Declarations) -> None:
    """Keeps a part as it was read, with its distinct texts and names beside it."""
    frames = {name: getattr(part, name) for name in _PART}
    texts, names = _bucketed(texts_of(part.items)), _bucketed(names_of(part.parties))
    counts = {kind: dict(frame.group_by("bucket").len().iter_rows()) for kind, frame in (("texts", texts), ("names", names))}
    facts = {"items": part.items.height, "rejects": part.rejects.height, "reports": part.reports, **counts}
    workspace.keep(READ, number, {**frames, "texts": texts, "names": names}, facts)


def part_of(workspace: Workspace, number: int) -> Declarations:
    """A part as it was read."""
    frames = {name: workspace.frame(READ, number, name) for name in _PART}
    return Declarations(**frames, reports=workspace.facts(READ, number)["reports"])


def determined_of(workspace: Workspace, number: int) -> Determined:
    """The determinations of a part."""
    rows, records = (workspace.frame(DECIDE, number, name) for name in ("rows", "records"))
    return Determined(rows.drop("part"), records)


def with_records(workspace: Workspace, rows: pl.DataFrame) -> Determined:
    """The determinations of ``rows`` of any parts, with the records that they have and no others."""
    had = rows.select("part", "record").unique().sort("part", "record").with_row_index("place")
    # Of one chunk: a gather of nested columns from several is slow.
    records = [
        workspace.frame(DECIDE, own.item(0, "part"), "records").rechunk()[own.get_column("record")] for own in had.partition_by("part")
    ]
    placed = rows.join(had, on=["part", "record"], how="left", maintain_order="left").with_columns(record="place")
    return Determined(placed.drop("part", "place"), pl.concat([pl.DataFrame(schema=RECORD), *records]))


def keep_referred(workspace: Workspace, number: int) -> None:
    """Keeps, of a decided part, the determinations of items that are referred to someone, with what was declared of them."""
    if not workspace.has(REFER, number):
        decided = determined_of(workspace, number).whole()
        referred = with_declared(decided, part_of(workspace, number), at_least="REVIEW")
        workspace.keep(REFER, number, {"rows": referred}, {})


class Lookup(NamedTuple):
    """A unit of looking up: its buckets, which are neighbours, and the texts and names that they hold, those of two parts twice."""

    buckets: list[int]
    size: int


def lookups(workspace: Workspace, parts: int, most: int) -> list[Lookup]:
    """The units of looking up, each of at most ``most`` texts and names where one bucket does not hold more."""
    sizes = [0] * BUCKETS
    for part in range(parts):
        facts = workspace.facts(READ, part)
        for kind in ("texts", "names"):
            for bucket, count in facts[kind].items():
                sizes[int(bucket)] += count
    units = [Lookup([], 0)]
    for bucket, size in enumerate(sizes):
        if units[-1].buckets and units[-1].size + size > most:
            units.append(Lookup([], 0))
        units[-1] = Lookup([*units[-1].buckets, bucket], units[-1].size + size)
    return units


def rejects_of(workspace: Workspace, parts: int) -> Iterator[pl.DataFrame]:
    """All rejects of a run, in the order read, as frames that are not empty."""
    return (workspace.frame(READ, part, "rejects") for part in range(parts) if workspace.facts(READ, part)["rejects"])


def _bucketed(texts: pl.Series) -> pl.DataFrame:
    """Distinct texts with their bucket, by which they are sorted so that one is found without reading the others."""
    return texts.alias("text").to_frame().with_columns(bucket=(pl.col("text").hash(7) % BUCKETS).cast(pl.UInt16)).sort("bucket")
