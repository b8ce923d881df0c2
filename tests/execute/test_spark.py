"""Spark as the engine; run with ``python -m pytest -m spark`` where it and Java are installed."""

from __future__ import annotations

import importlib.util
import io
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from screening.batch import Asked, screen_batch
from screening.engine import Screener
from screening.errors import EngineError
from screening.execute.spark import Spark
from screening.execute.units import Opening
from screening.write import write
from tests.lists import write_list

ASKED = Asked(date(2026, 11, 24), ("EU", "UN"))


def test_without_spark_it_is_one_line(monkeypatch: pytest.MonkeyPatch, files: list[str], tmp_path: Path) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    result = CliRunner().invoke(main, ["screen", files[0], "-o", str(tmp_path / "out.csv"), "--engine", "spark"])
    assert result.exit_code == 1
    assert result.stderr == "stc: --engine spark needs pyspark, which is not installed: pip install 'stc-engine[spark]'\n"


@pytest.fixture
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    made = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield made
    made.stop()


@pytest.mark.spark
def test_it_gives_the_bytes_of_the_local_engine(
    tmp_path: Path, files: list[str], screener: Screener, session: Any, small_parts: None
) -> None:
    opening = Opening((), None, tmp_path / "prepared", tmp_path / "lists", None, None, 1)
    for name, engine in (("local", None), ("spark", Spark(session))):
        found = screen_batch(opening, files, ASKED, tmp_path / f"{name}.parts", lambda *_: None, io.BytesIO(), engine, screener)
        for suffix in ("parquet", "csv", "ndjson"):
            write(found.frames(), tmp_path / f"{name}.{suffix}")
    for suffix in ("parquet", "csv", "ndjson"):
        assert (tmp_path / f"spark.{suffix}").read_bytes() == (tmp_path / f"local.{suffix}").read_bytes()


@pytest.mark.spark
def test_workers_with_other_lists_refuse(tmp_path: Path, files: list[str], screener: Screener, session: Any) -> None:
    opening = Opening((write_list(tmp_path / "national"),), None, None, tmp_path / "lists", None, None, 1)
    with pytest.raises(EngineError, match="this worker holds the lists"):
        screen_batch(opening, files, ASKED, tmp_path / "parts", lambda *_: None, io.BytesIO(), Spark(session), screener)
