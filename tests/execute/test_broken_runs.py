"""A run that is broken off, by whatever, goes on where it was, and its results are those of a run that nothing broke."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from screening import batch
from screening.execute.workspace import Workspace
from tests.execute.conftest import kept, one_line, screen, start

FORMATS = ("parquet", "csv", "ndjson")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, files: list[str]) -> dict[str, bytes]:
    """The results of a run that nothing broke, by format."""
    found, folder = {}, tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "PART_ROWS", 12)
        patch.setattr(batch, "MOST_TEXTS", 20)
        for suffix in FORMATS:
            out = folder / f"whole.{suffix}"
            assert screen(files, out).exit_code == 0
            found[suffix] = out.read_bytes()
    return found


@pytest.fixture(autouse=True)
def as_small_here(small_parts: None) -> None:
    """Runs in this process have units as small as those of others."""


def ended(files: list[str], out: Path, fault: str, *options: str) -> tuple[int, str]:
    process = start(files, out, fault, *options)
    _, stderr = process.communicate(timeout=120)
    return process.returncode, stderr


@pytest.mark.parametrize("suffix", FORMATS)
def test_two_processes_give_the_same_bytes(tmp_path: Path, files: list[str], whole: dict[str, bytes], suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    code, stderr = ended(files, out, "none::-1", "--engine", "processes", "--workers", "2")
    assert (code, out.read_bytes() == whole[suffix]) == (0, True)
    assert "60 rows in = 55 items + 5 rejects; 110 determinations" in stderr
    assert kept(out) == {}


def test_a_run_killed_in_each_stage_goes_on(tmp_path: Path, files: list[str], whole: dict[str, bytes]) -> None:
    out, before = tmp_path / "out.parquet", dict[str, str]()
    for fault in ("kill:read:2", "kill:reach:1", "kill:decide:3"):
        code, _ = ended(files, out, fault)
        assert (code != 0, out.exists()) == (True, False)
        now, stage = kept(out), fault.split(":")[1]
        assert f"{stage}/000000" in now
        assert f"{stage}/{int(fault[-1]):06}" not in now
        assert {unit: now[unit] for unit in before if stage != "read"} == before
        before = now if "read.all/000000" in now else {}
    result = screen(files, out)
    assert (result.exit_code, out.read_bytes() == whole["parquet"]) == (0, True)
    assert not list(tmp_path.glob(".out*"))


def test_finished_units_are_not_done_again(
    tmp_path: Path, files: list[str], whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, done = tmp_path / "out.parquet", []
    assert ended(files, out, "kill:decide:3")[0] != 0
    keep = Workspace.keep

    def told(self: Workspace, stage: str, number: int, *what: Any) -> None:
        done.append((stage, number))
        keep(self, stage, number, *what)

    monkeypatch.setattr(Workspace, "keep", told)
    assert screen(files, out).exit_code == 0
    assert done == [("decide", number) for number in range(3, 6)]


def test_the_work_of_a_worker_that_is_killed_is_done_by_others(tmp_path: Path, files: list[str], whole: dict[str, bytes]) -> None:
    out = tmp_path / "out.parquet"
    code, stderr = ended(files, out, "kill-once:decide:3", "--engine", "processes", "--workers", "2")
    assert (code, out.read_bytes() == whole["parquet"]) == (0, True), stderr
    assert out.with_suffix(".told").exists()


def test_a_unit_that_kills_every_worker_ends_the_run_in_one_line(tmp_path: Path, files: list[str], whole: dict[str, bytes]) -> None:
    out = tmp_path / "out.parquet"
    code, stderr = ended(files, out, "kill:decide:3", "--engine", "processes", "--workers", "2")
    assert code == 1
    assert one_line(stderr).startswith("stc: worker processes were ended 3 times")
    assert "reach/000000" in kept(out)
    assert "decide/000003" not in kept(out)
    assert screen(files, out).exit_code == 0
    assert out.read_bytes() == whole["parquet"]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent to a process group, which Windows has not")
@pytest.mark.parametrize("options", [(), ("--engine", "processes", "--workers", "2")], ids=["local", "processes"])
def test_ctrl_c_ends_in_one_line_and_leaves_no_process(
    tmp_path: Path, files: list[str], whole: dict[str, bytes], options: tuple[str, ...]
) -> None:
    out = tmp_path / "out.parquet"
    process = start(files, out, "hang:decide:2", *options)
    workers = hanging(process.pid, out)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 1
    assert one_line(stderr) == "stc: stopped; nothing was written"
    assert "the same command goes on from there" in stderr
    assert "decide/000000" in kept(out)
    assert psutil.wait_procs(workers, timeout=10)[1] == []
    assert screen(files, out).exit_code == 0
    assert out.read_bytes() == whole["parquet"]


def test_workers_end_with_the_process_that_began_them(tmp_path: Path, files: list[str], whole: dict[str, bytes]) -> None:
    out = tmp_path / "out.parquet"
    process = start(files, out, "hang:decide:2", "--engine", "processes", "--workers", "2")
    workers = hanging(process.pid, out)
    process.kill()
    process.communicate(timeout=30)
    assert len(workers) >= 2
    assert psutil.wait_procs(workers, timeout=10)[1] == []
    assert screen(files, out).exit_code == 0
    assert out.read_bytes() == whole["parquet"]


def hanging(process: int, out: Path) -> list[psutil.Process]:
    """The processes that a run began, once it hangs in a unit."""
    until = time.monotonic() + 120
    while not out.with_suffix(".told").exists() or "decide/000000" not in kept(out):
        assert time.monotonic() < until
        time.sleep(0.1)
    return psutil.Process(process).children(recursive=True)


def test_a_full_disk_ends_in_one_line_and_the_run_goes_on(
    tmp_path: Path, files: list[str], whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, keep = tmp_path / "out.parquet", Workspace.keep

    def full(self: Workspace, stage: str, number: int, *what: Any) -> None:
        if (stage, number) == ("decide", 2):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.folder))
        keep(self, stage, number, *what)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "keep", full)
        result = screen(files, out)
    assert result.exit_code == 1
    assert one_line(result.stderr).endswith("No space left on device")
    assert {"decide/000000", "decide/000001"} <= set(kept(out))
    assert screen(files, out).exit_code == 0
    assert out.read_bytes() == whole["parquet"]


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_file_that_may_not_grow_ends_in_one_line_and_the_run_goes_on(
    tmp_path: Path, files: list[str], whole: dict[str, bytes], suffix: str
) -> None:
    resource = pytest.importorskip("resource")
    out, limits = tmp_path / f"out.{suffix}", resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in (6_000, len(whole[suffix]) - 1):  # of a unit, and of the results
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
        try:
            result = screen(files, out)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert result.exit_code == 1
        assert one_line(result.stderr).endswith(("File too large", "is the disk full?"))
        assert not list(tmp_path.glob(f".out.{suffix}.[!p]*"))
    assert not out.exists()
    assert screen(files, out).exit_code == 0
    assert out.read_bytes() == whole[suffix]
