"""Screening again after the lists changed: only what the change could alter is screened, the rest is taken from the earlier results.

The earlier results are the Parquet file of a run, which carries how it was run: its inputs, options, policy, rules and list editions.
What changed is every listed record that stands in one of the two snapshots and not in the other. A declaration is screened again when
one of its parties reaches such a record, old or new, by the very matching of a full run; for every other declaration a full run
would give what it gave before. The result is that of a full run, proved in the tests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

import screening
from control_lists.digests import file_digest
from control_lists.editions import EditionStore
from control_lists.errors import ListDataError
from control_lists.parties import PARTIES, Parties
from control_lists.snapshot import Snapshot
from control_lists.store import LoadedList
from screening.decide.determined import Determined, joined
from screening.decide.records import NOTE
from screening.engine import Screened, Screener
from screening.errors import ResultFormatError
from screening.parties.match import PartyMatcher
from screening.read import Declarations
from screening.write.nested import FIELDS

RUN = "stc.run"
PLACE = ("source_file", "source_row", "item_number", "jurisdiction")


class Run(NamedTuple):
    """How results were made: what must be the same for them to be taken again, and the list editions that may differ."""

    engine_version: str
    policy: str
    base: str  # digest of all that is not an imported list
    as_of: str
    jurisdictions: tuple[str, ...]
    reading: str  # digest of the reading options
    inputs: dict[str, str]  # SHA-256 by file
    editions: dict[str, str]  # folder by list
    sources: tuple[str, ...] = ()  # as they were named
    options: Mapping[str, Any] | None = None  # format, blanks and columns, to read the files again


def run_of(screener: Screener, sources: Sequence[str], as_of: date, jurisdictions: Sequence[str], reading: Mapping[str, Any]) -> Run:
    """The account of a run over files, to be kept with its results."""
    return Run(
        screening.__version__,
        screener.applied,
        screener.snapshot.base_digest,
        as_of.isoformat(),
        tuple(jurisdictions),
        hashlib.sha256(json.dumps(reading, sort_keys=True).encode()).hexdigest()[:16],
        {str(path.resolve()): file_digest(path) for source in sources for path in _files(Path(source))},
        dict(screener.snapshot.editions),
        tuple(str(Path(source).resolve()) for source in sources if source != "-"),
        dict(reading),
    )


def _files(source: Path) -> list[Path]:
    """The file of a source, or every file of a folder."""
    return sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source] if source.is_file() else []


def metadata_of(run: Run) -> dict[str, str]:
    """The account as the metadata of a Parquet file."""
    return {RUN: json.dumps(run._asdict(), sort_keys=True)}


class Earlier(NamedTuple):
    """Earlier results with the account of their run."""

    frame: pl.DataFrame
    run: Run


def read_earlier(path: Path) -> Earlier:
    """The results and the account of an earlier run; raises ResultFormatError for a file that carries none."""
    try:
        kept = json.loads(pl.read_parquet_metadata(path)[RUN])
        frame = pl.read_parquet(path)
        run = Run(**{**kept, **{name: tuple(kept.get(name, ())) for name in ("jurisdictions", "sources")}})
    except (KeyError, TypeError, ValueError, OSError, pl.exceptions.PolarsError):
        raise ResultFormatError(f"{path}: carries no account of its run; only the Parquet results of stc screen on files do") from None
    carried = pl.col("extra").name.prefix_fields("extra.")
    whole = frame.with_columns(carried).unnest("extra") if "extra" in frame.columns else frame
    return Earlier(whole.select(*FIELDS, *(c for c in whole.columns if c.startswith("extra."))), run)


class Rescreener:
    """Determines parts of declarations as a Screener does, taking from earlier results what the lists did not change."""

    def __init__(self, screener: Screener, earlier: Earlier, now: Run, store: EditionStore) -> None:
        self._screener = screener
        self._earlier = earlier.frame.unique(PLACE, keep="first", maintain_order=True)
        self._before = earlier.run
        self._now = now
        self.screened = 0
        self.taken = 0
        self.full_run = self._hindrance()
        self._delta: PartyMatcher | None = None
        if self.full_run is None:
            try:
                before = screener.snapshot.at_editions(store, earlier.run.editions)
                self._delta = PartyMatcher(changed(before, screener.snapshot), screener.policy)
                if _in_part(before) != _in_part(screener.snapshot):
                    self.full_run, self._delta = "which lists are held in part changed", None
            except ListDataError as error:
                self.full_run = f"an edition of the earlier run is not held any more ({error})"

    def _hindrance(self) -> str | None:
        """Why nothing can be taken from the earlier results, if so."""
        before, now = self._before, self._now
        told = {
            "engine_version": "another version of the engine made the earlier results",
            "policy": "the policy, the exceptions, the licences or the denials changed",
            "base": "the goods lists, rules or reference data changed",
            "jurisdictions": "other jurisdictions are asked",
            "reading": "the declarations are read with other options",
            "inputs": "the declarations changed",
        }
        return next((text for field, text in told.items() if getattr(before, field) != getattr(now, field)), None)

    def determine(
        self, part: Declarations, *, as_of: date, jurisdictions: Sequence[str] = (), checked: pl.DataFrame | None = None
    ) -> Screened:
        """The determinations of a part, as ``Screener.determine`` gives them."""
        if self._delta is None:
            self.screened += part.items.height
            return self._screener.determine(part, as_of=as_of, jurisdictions=jurisdictions, checked=checked)
        asked = self._screener.asked(part.items, as_of, jurisdictions)
        again = self._affected(part, asked, as_of)
        taken = part.items.join(again, on="item", how="anti")
        self.screened += again.height
        self.taken += taken.height
        items, parties, extra = (
            frame.join(again, on="item", how="semi", maintain_order="left") for frame in (part.items, part.parties, part.extra)
        )
        fresh = part._replace(items=items, parties=parties, extra=extra)
        screened = self._screener.determine(fresh, as_of=as_of, jurisdictions=jurisdictions, checked=checked)
        old = self._old(asked.join(taken.select("item"), on="item", how="semi"), part.items)
        both = self._screener.in_order(joined([screened.determined, Determined.of(old.select(screened.determinations.columns))]))
        return Screened(both, part.rejects, part.reports, part.items.height, self._screener.flags.pieces(part, both))

    def _affected(self, part: Declarations, asked: pl.DataFrame, as_of: date) -> pl.DataFrame:
        """Items that a changed record could alter, that the day of the run decides, or that the earlier results do not hold."""
        assert self._delta is not None
        days = dict(part.items.select("item", pl.col("declared_on").fill_null(as_of)).iter_rows())
        reached = self._delta.match(part.parties, days).select("item")
        undated = part.items.filter(pl.col("declared_on").is_null()).select("item")
        if self._before.as_of == as_of.isoformat():
            undated = undated.clear()
        earlier = self._old(asked, part.items)
        unknown = asked.join(earlier, on=["item", "jurisdiction"], how="anti").select("item")
        # What items told together is told anew: another day of the run may have moved one of them out of the window.
        of_batch = pl.col("red_flags").list.eval(pl.element().struct.field("id").is_in(self._screener.flags.of_batch)).list.any()
        return pl.concat([reached, undated, unknown, earlier.filter(of_batch).select("item")]).unique().sort("item")

    def _old(self, asked: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
        """The earlier determinations of ``asked``, under today's snapshot."""
        keys = asked.join(items.select("item", "source_file", "source_row", "item_number"), on="item", how="left")
        found = keys.drop("as_of").join(self._earlier, on=PLACE, how="inner", nulls_equal=True)
        is_coverage = pl.element().struct.field("id") == "coverage"
        for jurisdiction in found.get_column("jurisdiction").unique():  # one step each: nested, the expression doubles with each
            for note in self._screener.decider.coverage(self._screener.snapshot.profiles[jurisdiction]):  # names editions held in part
                stated = pl.col("notes").list.eval(pl.when(is_coverage).then(pl.lit(note, dtype=NOTE)).otherwise(pl.element()))
                found = found.with_columns(notes=pl.when(pl.col("jurisdiction") == jurisdiction).then(stated).otherwise("notes"))
        return found.with_columns(snapshot=pl.lit(self._screener.snapshot.digest))


def changed(before: Snapshot, after: Snapshot) -> Snapshot:
    """A snapshot of the listed records that stand in one of two snapshots only, the old ones under ids of their own."""
    lists: dict[str, LoadedList] = {}
    for list_id in sorted({*before.lists, *after.lists}):
        held = [s.lists[list_id] for s in (before, after) if list_id in s.lists]
        if held[0].meta.kind != "parties" or (len(held) == 2 and held[0].digest == held[1].digest):
            continue
        old = before.lists[list_id].entities.frame if list_id in before.lists else pl.DataFrame(schema=PARTIES)
        new = after.lists[list_id].entities.frame if list_id in after.lists else pl.DataFrame(schema=PARTIES)
        gone, come = _without(old, new), _without(new, old)
        whole = pl.concat([gone.with_columns(id=pl.lit("before:") + pl.col("id")), come])
        lists[list_id] = held[-1]._replace(entities=_parties(whole))
    return after.with_lists(lists)


def _in_part(snapshot: Snapshot) -> bool:
    """Whether any watchlist is held in part, which every NO_FINDING says."""
    return any(loaded.meta.kind == "parties" and loaded.meta.coverage != "full" for loaded in snapshot.lists.values())


def _parties(frame: pl.DataFrame) -> Parties:
    return Parties(lambda: frame)


def _without(frame: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frame that do not stand in the other one, whole."""
    content = pl.struct(*PARTIES).struct.json_encode()
    return (
        frame.with_columns(content=content)
        .join(other.select(content=content), on="content", how="anti", maintain_order="left")
        .drop("content")
    )
