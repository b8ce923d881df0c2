"""A folder that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_folder(place: Path, name: str) -> Iterator[Path]:
    """A folder to write in, renamed to ``place/name`` when everything is on the disk, and gone when anything fails."""
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=place))
    try:
        yield folder
        for path in folder.iterdir():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        folder.replace(place / name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
