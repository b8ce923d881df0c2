"""Two runs at once on the same results refuse each other; the lock of a run that was killed is taken over."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from screening.errors import BusyError
from screening.execute.claim import claimed
from tests.execute.conftest import one_line, screen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".out.csv.parts"


@pytest.fixture
def other() -> Iterator[psutil.Process]:
    """Another process, at work for as long as the test."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield psutil.Process(process.pid)
        process.kill()


def lock(folder: Path, process: int, begun: float, host: str | None = None) -> Path:
    path = folder.with_name(f"{folder.name}.lock")
    path.write_text(json.dumps({"host": host or platform.node(), "process": process, "begun": begun, "run": "r"}), encoding="utf-8")
    return path


def test_a_second_run_is_refused_in_one_line(tmp_path: Path, folder: Path, files: list[str], other: psutil.Process) -> None:
    held = lock(folder, other.pid, other.create_time())
    result = screen(files, tmp_path / "out.csv")
    assert result.exit_code == 1
    assert one_line(result.stderr).startswith(f"stc: {held}: another run is at work on these results (process {other.pid} ")
    assert "goes on from there" not in result.stderr
    assert held.exists()


def test_the_lock_of_a_process_that_is_no_more_is_taken_over(folder: Path, other: psutil.Process) -> None:
    begun = other.create_time()
    other.kill()
    other.wait()
    held = lock(folder, other.pid, begun)
    with claimed(folder):
        assert json.loads(held.read_text(encoding="utf-8"))["process"] == os.getpid()
    assert not list(folder.parent.iterdir())


def test_a_number_that_another_process_has_now_is_no_run(folder: Path, other: psutil.Process) -> None:
    lock(folder, other.pid, other.create_time() - 3_600)
    with claimed(folder):
        pass


@pytest.mark.parametrize("unknown", ["elsewhere", ""])
def test_what_cannot_be_told_is_refused(folder: Path, unknown: str) -> None:
    held = lock(folder, 1, 0.0, "elsewhere")
    held.write_text(held.read_text(encoding="utf-8") if unknown else "", encoding="utf-8")
    with pytest.raises(BusyError), claimed(folder):
        pass
    assert held.exists()


def test_of_many_that_find_the_lock_of_a_dead_run_one_is_at_work_at_a_time(folder: Path) -> None:
    lock(folder, os.getpid(), 0.0)
    inside, most, refused, begin = [0], [0], [0], threading.Barrier(8)

    def run() -> None:
        begin.wait()
        try:
            with claimed(folder):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                threading.Event().wait(0.05)
                inside[0] -= 1
        except BusyError:
            refused[0] += 1

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], refused[0] <= 7) == (1, True)
