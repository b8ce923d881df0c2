"""The list editions that results were made with, and how old they are: as the results recorded them, or plainly said to be others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.editions import EditionStore
from control_lists.errors import ListDataError
from control_lists.snapshot import Snapshot
from control_lists.status import ListStatus, status
from screening.rescreen import RUN


class Editions(NamedTuple):
    """Lists with their ages, and whether they are those of the results; ``account`` is the run as its results recorded it."""

    lists: list[ListStatus]
    told: str
    are_those_of_the_results: bool
    account: dict[str, Any]


def account_of(path: Path) -> dict[str, Any]:
    """How a run was made, as its Parquet results carry it; empty for results that carry nothing."""
    if path.suffix != ".parquet":
        return {}
    try:
        return dict(json.loads(pl.read_parquet_metadata(path).get(RUN, "{}")))
    except (ValueError, OSError, pl.exceptions.PolarsError):
        return {}


def editions_of(path: Path, digests: set[str], current: Snapshot, store: EditionStore, day: date) -> Editions:
    """The lists of results whose determinations name the snapshots ``digests``; ages are counted to ``day``."""
    account = account_of(path)
    if digests == {current.digest}:
        return Editions(
            status(current, day),
            "These are the lists and rules that the results were made with: the store holds them still.",
            True,
            account,
        )
    try:
        before = current.at_editions(store, account["editions"])
    except (KeyError, ListDataError):
        before = None
    if before is not None and digests == {before.digest}:
        told = "These are the lists and rules that the results were made with, by their own account; the store now holds newer ones."
        return Editions(status(before, day), told, True, account)
    told = "These are the lists in the store now, not those of the results: " + (
        "the results were made with another version of the lists or rules."
        if account
        else "the results carry no account of theirs (Parquet results do), and their digest is another one."
    )
    return Editions(status(current, day), told, False, account)
