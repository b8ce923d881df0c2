"""What a newer edition would change in earlier results: their declarations, replayed against it, and every flag that flips.

Results keep no declarations: they keep the names and digests of the files that held them and how these were read. Where those files
are still what they were, they are read again; where not, that is said and nothing is guessed. Every declaration is decided on the
newer edition's day, or its own where that is later: on the day it was made the newer edition was not in force.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.digests import file_digest
from control_lists.editions import Edition, EditionStore
from control_lists.errors import ListDataError
from control_lists.importing import Importing
from control_lists.texts import HeldText, TextStore
from screening.decide.records import FLAGS, SEVERITY
from screening.engine import Screener
from screening.errors import ResultFormatError
from screening.read import read
from screening.rescreen import PLACE, Run, read_earlier

_SHOWN = ("declaration_id", "item_number", "jurisdiction", "flag_before", "flag", "reason")


class Impact(NamedTuple):
    """Flips (declaration_id, item_number, jurisdiction, flag_before, flag, reason), the worst after first; how many determinations were
    compared; and what a person should know."""

    flips: pl.DataFrame
    compared: int
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How often each flag became each other one."""
        return {
            (before, after): count
            for before, after, count in self.flips.group_by("flag_before", "flag").len().sort("len", descending=True).iter_rows()
        }


def impact(results: Path, after: str, screener: Screener, store: EditionStore, importing: Importing) -> Impact:
    """The flags of ``results`` (Parquet of stc screen) that flip under the edition ``after``: ``LIST@DATE`` of the store, or a file.

    Raises ResultFormatError where the results do not carry enough to replay them.
    """
    earlier = read_earlier(results)
    run = earlier.run
    _require_replayable(results, run)
    notes = _notes(run, screener)
    snapshot = screener.snapshot
    try:
        snapshot = snapshot.at_editions(store, run.editions)
    except ListDataError as error:
        notes.append(f"an edition of the earlier run is not held any more ({error}): the lists in force stand in, and may flip flags too")
    with _newer(after, store, importing) as (edition, held):
        newer = snapshot.with_editions([held]) if isinstance(held, Edition) else snapshot.with_texts([held])
        fresh = _replayed(screener.on(newer), run, edition)
    worst = pl.col("reasons").list.first().struct.field("text")
    first_why = pl.col("candidates").list.first().struct.field("why").list.first()
    before = earlier.frame.unique(PLACE, keep="first", maintain_order=True).select(*PLACE, flag_before="flag", reason_before=worst)
    both = fresh.select(*PLACE, "declaration_id", "flag", reason=worst, why=first_why).join(before, on=PLACE, how="inner", nulls_equal=True)
    if both.height < earlier.frame.height:
        notes.append(f"{earlier.frame.height - both.height} determinations of the results were not met again in their files")
    flips = both.filter(pl.col("flag") != pl.col("flag_before")).with_columns(
        # What the best candidate says of itself first is why it asks: that its text moved.
        reason=pl.when(pl.col("why").str.starts_with("rule text changed"))
        .then(pl.format("{} ({})", "reason", "why"))
        .when(pl.col("flag") == FLAGS[0])
        .then(pl.format("no longer: {}", "reason_before"))
        .otherwise("reason"),
        severity=pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int8),
    )
    ordered = flips.sort("severity", "declaration_id", "item_number", "jurisdiction", descending=[True, False, False, False])
    return Impact(ordered.select(_SHOWN), both.height, tuple(notes))


def _require_replayable(results: Path, run: Run) -> None:
    if not run.inputs or not run.sources or run.options is None:
        raise ResultFormatError(
            f"{results}: cannot be replayed: it keeps no declarations and does not name the files that held them (results of a pipe, or of "
            "an older version); screen the files again with -o RESULTS.parquet"
        )
    for name, digest in run.inputs.items():
        state = "is not there any more" if not Path(name).is_file() else "changed since" if file_digest(Path(name)) != digest else None
        if state:
            raise ResultFormatError(f"{results}: cannot be replayed: it keeps no declarations, and {name}, which held them, {state}")


def _notes(run: Run, screener: Screener) -> list[str]:
    told = {
        "the engine's version": run.engine_version != _version(),
        "the policy or the exceptions": run.policy != screener.applied,
        "goods lists, rules or reference data": run.base != screener.snapshot.base_digest,
    }
    return [f"{what} changed since the earlier run, and may flip flags too" for what, is_other in told.items() if is_other]


def _version() -> str:
    import screening

    return screening.__version__


@contextmanager
def _newer(after: str, store: EditionStore, importing: Importing) -> Iterator[tuple[date, Edition | HeldText]]:
    """The newer edition: one of the store, or a file's, kept for as long as the replay takes."""
    with tempfile.TemporaryDirectory(prefix="stc-impact-") as scratch:
        list_id, _, day = after.partition("@")
        if Path(after).is_file():
            held: Edition | HeldText = importing.tried(Path(after), EditionStore(Path(scratch)))
        elif list_id in store.lists():
            held = store.find(list_id, day)
        else:
            held = TextStore(store).find(list_id, day)
        yield held.facts.edition, held


def _replayed(screener: Screener, run: Run, day: date) -> pl.DataFrame:
    as_of = max(date.fromisoformat(run.as_of), day)
    assert run.options is not None  # or it is not replayable
    given = run.options
    options = screener.reading._replace(input_format=given["format"], blanks=given["blanks"], columns=given["columns"])
    frames = []
    for part in read(list(run.sources), options):
        items = part.items.with_columns(declared_on=pl.max_horizontal(pl.col("declared_on").fill_null(as_of), pl.lit(day)))
        frames.append(screener.determine(part._replace(items=items), as_of=as_of, jurisdictions=run.jurisdictions).determinations)
    return pl.concat(frames, how="diagonal")


def as_records(found: Impact) -> dict[str, Any]:
    """The impact as JSON prints it."""
    counts = [{"before": before, "after": after, "count": count} for (before, after), count in found.counts.items()]
    return {"compared": found.compared, "counts": counts, "flips": found.flips.to_dicts(), "notes": list(found.notes)}


def in_words(flip: Mapping[str, Any]) -> str:
    """One flip on one line."""
    where = f"{flip['declaration_id']} item {flip['item_number']} under {flip['jurisdiction']}"
    return f"{where}: {flip['flag_before']} -> {flip['flag']}: {flip['reason'] or ''}"
