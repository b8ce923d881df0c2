"""One run at a time on the same results: a lock file, made by one run only, that tells whose it is."""

from __future__ import annotations

import json
import os
import platform
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from screening.errors import BusyError

# Seconds by which a process may seem to have begun earlier or later than when it was asked before: clocks are set.
_CLOCK = 10.0


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """``folder`` for this run alone; raises BusyError while another has it. What a run that was killed left is taken over."""
    lock = folder.with_name(f"{folder.name}.lock")
    mine = {"host": platform.node(), "process": os.getpid(), "begun": psutil.Process().create_time(), "run": uuid.uuid4().hex}
    while not _made(lock, mine):
        if (theirs := _holder(lock)) is None:
            continue  # let go of meanwhile
        if _is_at_work(theirs):
            raise BusyError(
                f"{lock}: another run is at work on these results (process {theirs.get('process', 'unknown')} on "
                f"{theirs.get('host', 'an unknown machine')}); if there is none, remove this file"
            )
        _take_away(lock, theirs, mine)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _made(lock: Path, holder: dict[str, Any]) -> bool:
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(holder, out)
    except BaseException:
        lock.unlink(missing_ok=True)
        raise
    return True


def _holder(lock: Path) -> dict[str, Any] | None:
    """What the lock says; nothing of a run that is just writing it or was killed at that."""
    try:
        held: dict[str, Any] = json.loads(lock.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return held


def _is_at_work(holder: dict[str, Any]) -> bool:
    """Whether the run is, as far as this machine can tell."""
    if holder.get("host") != platform.node():
        return True
    try:
        process = psutil.Process(holder["process"])
        is_same = abs(process.create_time() - float(holder["begun"])) < _CLOCK
        return is_same and bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _take_away(lock: Path, stale: dict[str, Any], mine: dict[str, Any]) -> None:
    """Removes the lock of a run that is no more. One run at a time may: else one would remove what another has just made."""
    taking = lock.with_name(f"{lock.name}.taking")
    if not _made(taking, mine):
        raise BusyError(f"{taking}: another run is taking over these results; if there is none, remove this file")
    try:
        if _holder(lock) == stale:
            lock.unlink()
    finally:
        taking.unlink()
