"""The folder in which a run keeps what it has finished, unit by unit, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

_ACCOUNT, _FACTS = "run.json", "facts.json"


class Workspace:
    """Finished units of a run by stage and number. A unit is a folder of frames and facts, renamed into place when it is complete.

    Several processes may finish units of one workspace at once; none reads one that is not finished.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: Path, account: Mapping[str, Any]) -> Workspace:
        """The workspace in ``folder``: as an earlier run left it where that was of the same account, else an empty one."""
        stated = json.dumps(account, sort_keys=True)
        kept = folder / _ACCOUNT
        if not (kept.is_file() and kept.read_text(encoding="utf-8") == stated):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            kept.write_text(stated, encoding="utf-8")
        return cls(folder)

    def close(self) -> None:
        """Removes all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, stage: str, number: int, frames: Mapping[str, pl.DataFrame], facts: Mapping[str, Any]) -> None:
        """Keeps a finished unit. The unit is there whole or not at all, also after a kill or on a full disk."""
        place = self._place(stage, number)
        unfinished = place.with_name(f".{place.name}.{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for name, frame in frames.items():
            frame.write_parquet(unfinished / f"{name}.parquet", compression="lz4")
        (unfinished / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
        if place.exists():  # another process finished the same unit; both are the same
            shutil.rmtree(unfinished)
        else:
            unfinished.rename(place)

    def has(self, stage: str, number: int) -> bool:
        """Whether a unit is finished."""
        return self._place(stage, number).is_dir()

    def facts(self, stage: str, number: int) -> dict[str, Any]:
        """The facts of a finished unit."""
        found: dict[str, Any] = json.loads((self._place(stage, number) / _FACTS).read_text(encoding="utf-8"))
        return found

    def path(self, stage: str, number: int, name: str) -> Path:
        """The file of a frame of a finished unit."""
        return self._place(stage, number) / f"{name}.parquet"

    def frame(self, stage: str, number: int, name: str) -> pl.DataFrame:
        """A frame of a finished unit."""
        return pl.read_parquet(self.path(stage, number, name))

    def _place(self, stage: str, number: int) -> Path:
        return self.folder / stage / f"{number:06}"
