"""The matrix of resolution 1540 equals one that was made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from cli import main
from control_lists.snapshot import Snapshot
from screening.errors import UsageError
from screening.obligations.matrix import Cell, held, matrix
from screening.obligations.models import NationalMeasure, obligations

DAY = date(2026, 11, 24)
NATIONAL = [
    NationalMeasure(measure="op2-prohibition", classes=("chemical",), law="Zedland Penal Code", citation="section 1"),
    NationalMeasure(measure="op3b-protection", law="Zedland Bill on Material", citation="clause 2", status="draft"),
    NationalMeasure(measure="op3d-reexport", classes=("nuclear",), law="Zedland Decree", citation="article 3"),
]
# Made by hand from tests/obligations/conftest.py: C covered, P in part, G gap, - not stated; nuclear, chemical, biological, delivery.
BY_HAND = {
    "op1-support": "----",
    "op1-listed-parties": "PPPP",  # the rule has Al-Qaida (UN-1267), not the Taliban (UN-1988)
    "op2-prohibition": "-C--",  # stated for chemical weapons alone
    "op2-assistance": "----",
    "op2-financing": "----",
    "op3a-accounting": "----",
    "op3a-security": "----",
    "op3b-protection": "PPPP",  # a draft
    "op3c-hold": "CCCC",
    "op3c-enforcement": "----",
    "op3c-import": "PGGG",  # one of two nuclear entries
    "op3c-brokering": "PGGG",  # a question
    "op3d-export": "CCCC",
    "op3d-reexport": "PGGG",  # no operation of the Act; a decree is stated for nuclear goods
    "op3d-transit": "GPGG",  # to one destination alone
    "op3d-transhipment": "GGGG",
    "op3d-technical-assistance": "GGGG",
    "op3d-intangible": "GGGG",
    "op3d-financing": "----",
    "op3d-transport": "----",
    "op3d-end-use": "CCCC",
    "op3d-penalties": "----",
    "op6-lists": "PPPP",  # the list is a synthetic one
    "op8-treaties": "----",
    "op8-industry": "----",
}
LETTER = {"covered": "C", "partly": "P", "gap": "G", "not_stated": "-"}


@pytest.fixture(scope="module")
def cells(snapshot: Snapshot) -> list[Cell]:
    return matrix(held(snapshot, "ZZ", DAY), obligations(), NATIONAL)


def test_the_matrix_equals_the_one_made_by_hand(cells: list[Cell]) -> None:
    found: dict[str, str] = {}
    for cell in cells:
        found[cell.measure] = found.get(cell.measure, "") + LETTER[cell.status]
    assert found == BY_HAND


def cell(cells: list[Cell], measure: str, weapon: str) -> Cell:
    return next(c for c in cells if (c.measure, c.weapon_class) == (measure, weapon))


def test_a_covered_cell_names_law_rules_and_entries(cells: list[Cell]) -> None:
    found = cell(cells, "op3d-export", "nuclear")
    assert (found.laws, found.rules, found.is_unverified, found.entries, found.of) == (
        ("Zedland Act, zz-export",), ("zz-export",), False, 2, 2,
    )  # fmt: skip
    imported = cell(cells, "op3c-import", "nuclear")
    assert (imported.rules, imported.is_unverified, imported.entries, imported.of) == (("zz-import",), True, 1, 2)


def test_a_gap_says_what_is_missing(cells: list[Cell]) -> None:
    assert cell(cells, "op3d-transhipment", "nuclear").detail == "The Act has no rule for this."
    assert cell(cells, "op3c-import", "delivery").detail == "No rule on import reaches an entry of this class."
    assert cell(cells, "op3d-transit", "chemical").detail == "Required under conditions only (destination)."
    assert cell(cells, "op1-listed-parties", "nuclear").detail == "No rule for UN-1988."


def test_a_stated_law_stands_in_its_cell_alone(cells: list[Cell]) -> None:
    assert cell(cells, "op2-prohibition", "chemical").laws == ("Zedland Penal Code, section 1",)
    assert cell(cells, "op2-prohibition", "nuclear").laws == ()
    assert "that the rules do not hold" in cell(cells, "op3d-reexport", "nuclear").detail


def test_a_rule_not_yet_in_force_covers_nothing(snapshot: Snapshot) -> None:
    before = matrix(held(snapshot, "KH", date(2003, 1, 1)), obligations())
    assert {c.status for c in before if c.measure == "op3d-export"} <= {"gap", "partly"}


def test_a_measure_of_no_row_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(UsageError, match="no cell op9"):
        matrix(held(snapshot, "ZZ", DAY), obligations(), [NationalMeasure(measure="op9", law="x", citation="y")])


def test_the_command_writes_page_and_table(zedland: Path, tmp_path: Path) -> None:
    page, table = tmp_path / "c.html", tmp_path / "c.csv"
    for out in (page, table):
        done = CliRunner().invoke(main, ["coverage", "--profile", "zz", "--lists", str(zedland), "-o", str(out), "--as-of", "2026-11-24"])
        assert done.exit_code == 0, done.output
    rows = pl.read_csv(table, infer_schema=False)
    assert rows.height == 4 * len(BY_HAND)
    assert page.read_text(encoding="utf-8").count('<td><span class="status') == rows.height
    text = CliRunner().invoke(main, ["coverage", "--profile", "XY"])
    assert (text.exit_code, text.stderr.count("\n")) == (2, 1)
