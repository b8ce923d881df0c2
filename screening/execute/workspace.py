"""The folder in which a run keeps what it has finished, unit by unit, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from screening.write.disk import refusals


class Workspace:
    """Finished units of a run by stage and number: a folder of frames each, and beside it, written last, the facts that name the folder.

    Several processes, on one machine or many, may finish units of one workspace at once, even the same unit: each writes a folder of its
    own. None reads a unit that is not finished.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: Path, account: Mapping[str, Any]) -> Workspace:
        """The workspace of a run in ``folder``, as an earlier run of the same account left it; what others left there is removed.

        It is a folder named after the account: no unit of another run is ever taken for one of this, even where its workers outlive it.
        """
        own = folder / hashlib.sha256(json.dumps(account, sort_keys=True).encode()).hexdigest()[:32]
        for other in folder.iterdir() if folder.is_dir() else ():
            if other != own:
                shutil.rmtree(other)
        own.mkdir(parents=True, exist_ok=True)
        workspace = cls(own)
        for stage in own.iterdir():
            workspace._sweep(stage)
        return workspace

    @staticmethod
    def is_begun(folder: Path) -> bool:
        """Whether a run finished anything in ``folder``."""
        return any(folder.glob("*/*/*.json"))

    def keep(self, stage: str, number: int, frames: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], group: int | None = None) -> None:
        """Keeps a finished unit, in row groups of ``group``; raises OSError. It is there whole or not at all, also after a kill."""
        folder = self.folder / stage / f"{number:06}-{uuid.uuid4().hex[:12]}"
        with refusals(folder):
            try:
                folder.mkdir(parents=True)
                for name, frame in frames.items():
                    frame.write_parquet(folder / f"{name}.parquet", compression="lz4", row_group_size=group)
                stated = folder / "facts.json"
                stated.write_text(json.dumps({"folder": folder.name, "facts": facts}), encoding="utf-8")
                stated.replace(self._stated(stage, number))
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise

    def clear(self, stage: str) -> None:
        """Forgets the units of a stage."""
        if (self.folder / stage).is_dir():
            shutil.rmtree(self.folder / stage)

    def has(self, stage: str, number: int) -> bool:
        """Whether a unit is finished."""
        return self._stated(stage, number).is_file()

    def facts(self, stage: str, number: int) -> dict[str, Any]:
        """The facts of a finished unit."""
        found: dict[str, Any] = self._read(stage, number)["facts"]
        return found

    def path(self, stage: str, number: int, name: str) -> Path:
        """The file of a frame of a finished unit."""
        folder: str = self._read(stage, number)["folder"]
        return self.folder / stage / folder / f"{name}.parquet"

    def frame(self, stage: str, number: int, name: str) -> pl.DataFrame:
        """A frame of a finished unit."""
        return pl.read_parquet(self.path(stage, number, name))

    def _stated(self, stage: str, number: int) -> Path:
        return self.folder / stage / f"{number:06}.json"

    def _read(self, stage: str, number: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._stated(stage, number).read_text(encoding="utf-8"))
        return found

    @staticmethod
    def _sweep(stage: Path) -> None:
        """Removes the folders that a broken run began and did not finish."""
        finished = {json.loads(stated.read_text(encoding="utf-8"))["folder"] for stated in stage.glob("*.json")}
        for folder in stage.iterdir():
            if folder.is_dir() and folder.name not in finished:
                shutil.rmtree(folder)
