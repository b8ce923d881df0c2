"""Declarations of several files, and the command in small parts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from screening import batch

ROOT = Path(__file__).resolve().parents[2]
GOODS = ("SODIUM CYANIDE 98 %", "PLASTIC BOWLS", "ISOSTATIC PRESS 200 MPA", "FROZEN FISH", "THERMAL IMAGING CAMERA 60 HZ")
NAMES = ("Korea Mining Development Trading Corp", "Plain Harbour Ceramics", "Fordlane Teapots", "")
HEADER = "declaration_id,export_country,destination_country,description,consignee_name,desk\n"


def rows(name: str, first: int, count: int) -> str:
    """Declarations, every thirteenth of which states nothing; a text is declared by several parts."""
    return "".join(
        f"{name}-{n:03},DE,VN,,,{n}\n" if n % 13 == 5 else f"{name}-{n:03},DE,VN,{GOODS[n % 5]} NO {n % 17},{NAMES[n % 4]},{n}\n"
        for n in range(first, first + count)
    )


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two files: 60 rows, 5 of them rejects."""
    folder = tmp_path_factory.mktemp("declared")
    one, other = folder / "one.csv", folder / "other.csv"
    one.write_text(HEADER + rows("A", 0, 45), encoding="utf-8")
    other.write_text(HEADER.replace("desk", "window") + rows("B", 0, 15), encoding="utf-8")
    return [str(one), str(other)]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units as small as those of ``tests.execute.command``."""
    monkeypatch.setattr(batch, "PART_ROWS", 12)
    monkeypatch.setattr(batch, "MOST_TEXTS", 20)


def screen(files: list[str], out: Path, *options: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, ["screen", *files, "-o", str(out), "--jurisdiction", "EU,UN", "--as-of", "2026-11-24", *options])


def start(files: list[str], out: Path, fault: str, *options: str) -> subprocess.Popen[str]:
    """The command in a process of its own, with a fault."""
    given = ["screen", *files, "-o", str(out), "--jurisdiction", "EU,UN", "--as-of", "2026-11-24", *options]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.execute.command", *given],
        cwd=ROOT,
        env={**os.environ, "FAULT": fault, "TOLD": str(out.with_suffix(".told"))},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def kept(out: Path) -> dict[str, str]:
    """The facts of every finished unit by stage and number."""
    folder = out.with_name(f".{out.name}.parts")
    return {f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in folder.glob("*/*/*.json")}


def one_line(stderr: str) -> str:
    """The one line that a failed command says of its failure."""
    assert "Traceback" not in stderr
    (line,) = [line for line in stderr.splitlines() if line.startswith("stc:")]
    return line
