"""The coverage of resolution 1540 by one profile's rules and lists: matrix, action plan and assistance, as a page or a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import polars as pl

from control_lists.snapshot import Snapshot
from screening.authored import read_csv, read_toml
from screening.errors import UsageError
from screening.obligations.assistance import Ranked, rank, requests
from screening.obligations.matrix import STATUSES, Cell, held, matrix
from screening.obligations.models import NationalFile, Offer, PlanFile, Request, State, WeaponClass, obligations
from screening.obligations.plan import Progress, figures, progress
from screening.pages import render, write_page
from screening.write.flat import harmless


class Asked(NamedTuple):
    """The files that a coverage report may be given, each optional."""

    national: Path | None = None
    plan: Path | None = None
    offers: Path | None = None
    results: Path | None = None
    figures: Mapping[str, float] = {}


class Coverage(NamedTuple):
    """A whole coverage report, before it is written."""

    title: str
    authority: str
    note: str | None
    day: date
    digest: str
    classes: tuple[WeaponClass, ...]
    cells: list[Cell]
    figures: dict[str, float]
    plan: list[Progress]
    requests: list[tuple[Request, list[Ranked]]]

    @property
    def counts(self) -> dict[str, int]:
        """Cells by status."""
        return {status: sum(cell.status == status for cell in self.cells) for status in STATUSES}


def cover(snapshot: Snapshot, profile_id: str, day: date, asked: Asked) -> Coverage:
    """The coverage of a profile on a day; raises UsageError for a profile that is not held or a file that is not of its form."""
    have, shape = held(snapshot, profile_id, day), obligations()
    national = read_toml(asked.national, NationalFile) if asked.national else NationalFile()
    cells = matrix(have, shape, national.measure)
    known = figures(have, cells, asked.results, asked.figures)
    plan = progress(read_toml(asked.plan, PlanFile).action, cells, known, day) if asked.plan else []
    offers = read_csv(asked.offers, Offer) if asked.offers else []
    state = national.state or State(name=have.profile.title.partition(":")[0], region="global")
    drafted = requests(cells, state, {weapon.id: weapon.title for weapon in shape.weapon_class})
    profile = have.profile
    return Coverage(
        profile.title, profile.authority, profile.note, day, snapshot.digest, shape.weapon_class, cells, known, plan,
        [(request, rank(request, offers)) for request in drafted],
    )  # fmt: skip


def write_coverage(coverage: Coverage, output: Path) -> None:
    """As HTML, or as CSV with one row a cell, by the suffix; raises UsageError for another one."""
    if output.suffix == ".csv":
        _table(coverage.cells).write_csv(output)
    elif output.suffix in (".html", ".htm"):
        rows = {measure: list(cells) for measure, cells in groupby(coverage.cells, key=lambda cell: cell.measure)}
        told = {measure: _alike(cells, coverage.classes) for measure, cells in rows.items()}
        write_page(render("coverage.html", c=coverage, rows=rows, told=told), output)
    else:
        raise UsageError(f"{output}: the coverage is written as .html or .csv")


def _table(cells: Sequence[Cell]) -> pl.DataFrame:
    rows = [
        {**cell._asdict(), "laws": "; ".join(cell.laws), "rules": "; ".join(cell.rules), "is_unverified": str(cell.is_unverified).lower()}
        for cell in cells
    ]
    return harmless(pl.DataFrame(rows))


def _alike(cells: Sequence[Cell], classes: Sequence[WeaponClass]) -> list[tuple[str, Cell]]:
    """Cells of one row that say the same, told once: the titles of their classes, and one of them."""
    titles = {weapon.id: weapon.title for weapon in classes}
    groups: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.status, cell.detail, cell.laws, cell.rules), []).append(cell)
    return [
        ("All classes" if len(g) == len(classes) else ", ".join(titles[cell.weapon_class] for cell in g), g[0]) for g in groups.values()
    ]
