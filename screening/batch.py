"""A batch of files through the Screener, gathered into one result; and the counts and ranking that are shown of it."""

from __future__ import annotations

import glob
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import IO, NamedTuple

import polars as pl

from control_lists.editions import EditionStore
from screening.decide.records import FLAGS, SEVERITY
from screening.engine import ORDER, Screener
from screening.errors import UsageError
from screening.frames import ITEM, PARTY, REJECT
from screening.questions import declarants
from screening.read import ReadOptions, read
from screening.rescreen import Rescreener, Run, read_earlier, run_of
from screening.write.flat import flatten


class Batch(NamedTuple):
    """The determinations of a whole batch in final order, its rejects and reports, the number of items read, and the run's account;
    and who answers for each item.
    """

    determinations: pl.DataFrame
    rejects: pl.DataFrame
    reports: list[str]
    items: int
    run: Run
    declarants: pl.DataFrame


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


def gather(
    screener: Screener,
    sources: Sequence[str],
    *,
    as_of: date,
    jurisdictions: Sequence[str],
    input_format: str | None,
    blanks: Mapping[str, str],
    columns: Mapping[str, str],
    step: Callable[[str], None],
    stdin: IO[bytes],
    since: Path | None = None,
    store: EditionStore | None = None,
) -> Batch:
    """All determinations of ``sources`` in the order of the contract; ``-`` reads ``stdin``; ``step`` is told how far it is.

    ``since`` names earlier results: what the change of lists between that run and this one cannot alter is taken from them, with the
    editions of ``store``.
    """
    run = run_of(screener, sources, as_of, jurisdictions, {"format": input_format, "blanks": dict(blanks), "columns": dict(columns)})
    rescreener = Rescreener(screener, read_earlier(since), run, store) if since is not None and store is not None else None
    options = ReadOptions(screener.snapshot, input_format, blanks, columns)
    frames: list[pl.DataFrame] = []
    rejects: list[pl.DataFrame] = [pl.DataFrame(schema=REJECT)]
    reports: list[str] = []
    answering = [declarants(pl.DataFrame(schema=ITEM), pl.DataFrame(schema=PARTY))]
    items = 0
    for is_stream, named in groupby(sources, key=lambda source: source == "-"):
        paths = list(named)
        opened: IO[bytes] | list[str] = stdin if is_stream else paths
        shown = paths[0] if len(paths) == 1 else f"{len(paths)} files"
        step(f"reading {shown}")
        for declared in read(opened, options):
            part = (rescreener or screener).determine(declared, as_of=as_of, jurisdictions=jurisdictions)
            frames.append(part.determinations)
            answering.append(declarants(declared.items, declared.parties))
            rejects.append(part.rejects)
            reports += [report for report in part.reports if report not in reports]
            items += part.items
            step(f"{shown}: {items} items screened")
    determinations = pl.concat(frames, how="diagonal") if frames else pl.DataFrame(schema=dict.fromkeys(ORDER, pl.String))
    if rescreener is not None:
        reports.append(
            f"everything was screened again: {rescreener.full_run}"
            if rescreener.full_run
            else f"{rescreener.screened} items screened again, {rescreener.taken} taken from {since}"
        )
    return Batch(
        determinations.sort(ORDER, nulls_last=True, maintain_order=True), pl.concat(rejects), reports, items, run, pl.concat(answering)
    )


def flagged(frame: pl.DataFrame) -> pl.DataFrame:
    """Flat rows of the determinations that raise a flag, the most severe first; among equals in the order of the contract."""
    raised = frame.filter(pl.col("flag") != FLAGS[0])
    return flatten(raised.with_columns(severity=_severity()).sort("severity", descending=True, maintain_order=True).drop("severity"))


def summary(frame: pl.DataFrame) -> tuple[list[tuple[str, list[int]]], tuple[str, ...]]:
    """Numbers of determinations by jurisdiction and flag, and the flags in order of severity."""
    counts = {(j, f): n for j, f, n in frame.group_by("jurisdiction", "flag").len().iter_rows()}
    return [(j, [counts.get((j, flag), 0) for flag in FLAGS]) for j in sorted({j for j, _ in counts})], FLAGS


def worst(frame: pl.DataFrame, *, at_least: str) -> bool:
    """Whether any determination is as severe as ``at_least``."""
    return bool(frame.select((_severity() >= SEVERITY[at_least]).any()).item())


def _severity() -> pl.Expr:
    return pl.col("flag").replace_strict(SEVERITY, return_dtype=pl.Int32)
