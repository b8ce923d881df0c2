"""A national action plan with its progress, counted from the engine's own figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screening.errors import UsageError
from screening.obligations.matrix import STATUSES, Cell, Held
from screening.obligations.models import Action
from screening.report.totals import items_of
from screening.results import scan_results


class Progress(NamedTuple):
    """An action and where it stands. ``value`` and ``share`` are None where its indicator has no figure."""

    action: Action
    value: float | None
    share: float | None
    is_overdue: bool
    cells: tuple[str, ...]  # status of the linked rows, by class


def figures(have: Held, cells: Sequence[Cell], results: Path | None, stated: Mapping[str, float]) -> dict[str, float]:
    """The figures that indicators may name: of the rules, lists and cells; of results, if given; and those handed in."""
    export = [cell for cell in cells if cell.measure == "op3d-export"]
    found: dict[str, float] = {
        **{f"cells_{status}": sum(cell.status == status for cell in cells) for status in STATUSES},
        "entries_adopted": sum(cell.of for cell in export),
        "entries_covered": sum(cell.entries for cell in export),
        "rules_held": len(have.rules),
        "rules_read": sum(rule.status == "read" for rule in have.rules),
        "rules_to_verify": sum(rule.status == "verify" for rule in have.rules),
    }
    if results is not None:
        items = items_of(scan_results(results))
        found |= {
            "declarations_screened": items.get_column("declaration_id").n_unique(),
            "items_screened": items.height,
            "items_flagged": items.filter(pl.col("severity") > 0).height,
            "items_red": items.filter(pl.col("lane") == "red").height,
        }
    return found | dict(stated)


def progress(actions: Sequence[Action], cells: Sequence[Cell], known: Mapping[str, float], day: date) -> list[Progress]:
    """Each action, in the order of the plan; raises UsageError for one that is linked with no row.

    ``linked_cells_covered`` counts the covered cells of the rows that the action itself is linked with.
    """
    rows = {cell.measure for cell in cells}
    found = []
    for action in actions:
        if strange := set(action.measures) - rows:
            raise UsageError(f"action '{action.id}': no row '{sorted(strange)[0]}' in the matrix")
        linked = [cell for cell in cells if cell.measure in action.measures]
        own = {**known, "linked_cells_covered": float(sum(cell.status == "covered" for cell in linked))}
        value = own.get(action.indicator) if action.indicator else None
        share = min(1.0, value / action.target) if value is not None and action.target else None
        cells_told = tuple(f"{cell.measure} {cell.weapon_class}: {cell.status.replace('_', ' ')}" for cell in linked)
        found.append(Progress(action, value, share, day > action.due and action.status != "done", cells_told))
    return found
