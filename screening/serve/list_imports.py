"""Lists that a keeper sends: imported in the background as ``stc lists import`` does, and answered with from then on."""

from __future__ import annotations

import json
import secrets
import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import screening
from control_lists.editions import EditionStore
from control_lists.importing import Importing, Terms
from screening.errors import UsageError
from screening.execute.units import Opening
from screening.review import By
from screening.serve.desk import Desk
from screening.serve.forms import Sent, save_all


class ListImport(NamedTuple):
    """One import: who sent which files, then a line on each list now held, what to know of it, and why a file was refused."""

    by: str
    at: str
    files: tuple[str, ...]
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


class ListImports:
    """The one thread that imports, and the file ``imports.ndjson`` in which each import is told. One at a time: others are refused."""

    def __init__(self, home: Path, opening: Opening, desk: Desk) -> None:
        self._sent, self._told = home / "imports", home / "imports.ndjson"
        self._opening, self._desk = opening, desk
        self._thread = ThreadPoolExecutor(1, "import")
        self._lock = threading.Lock()
        self._under_way: ListImport | None = None
        shutil.rmtree(self._sent, ignore_errors=True)  # what was broken off by a stop changed nothing

    @property
    def under_way(self) -> ListImport | None:
        """The import that has not ended."""
        return self._under_way

    def newest(self, most: int) -> list[ListImport]:
        """The imports that have ended, the newest first."""
        if not self._told.exists():
            return []
        return [_read(line) for line in self._told.read_text(encoding="ascii").splitlines()[-most:][::-1]]

    def begin(self, files: Sequence[Sent], by: By, edition: date | None, accept_shrink: bool) -> None:
        """Takes files and imports them when this has returned; raises UsageError while another import is under way."""
        with self._lock:
            if self._under_way is not None:
                raise UsageError(f"{self._under_way.by} imports {', '.join(self._under_way.files)}; try again when that has ended")
            one = self._under_way = ListImport(by.name, by.at.isoformat(timespec="seconds"), tuple(file.name for file in files))
        folder = self._sent / secrets.token_hex(8)
        try:
            one = one._replace(files=save_all(files, folder))
        except OSError:
            self._under_way = None
            raise
        self._thread.submit(self._import, one, folder, Terms(by.at.date(), edition, accept_shrink, screening.__version__))

    def close(self) -> None:
        """Lets the thread go."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _import(self, one: ListImport, folder: Path, terms: Terms) -> None:
        try:
            one = self._imported(one, [folder / name for name in one.files], terms)
        except Exception as error:  # what breaks is told to the keeper; the lists held stay in force
            failure = f"{type(error).__name__}: {error}".replace(f"{folder}", "").splitlines()[0][:500]
            one = one._replace(failures=(*one.failures, failure))
        shutil.rmtree(folder, ignore_errors=True)
        try:
            with self._told.open("a", encoding="ascii") as out:
                out.write(json.dumps(one._asdict()) + "\n")  # in ASCII: no sign in a name or message ends a line
        finally:
            self._under_way = None

    def _imported(self, one: ListImport, paths: Sequence[Path], terms: Terms) -> ListImport:
        importing = Importing(EditionStore(self._opening.store), self._desk.screener.snapshot, terms.today, terms.engine_version)
        for outcome in importing.files(paths, terms.edition, terms.accept_shrink):
            failures = (*one.failures, outcome.failure) if outcome.failure else one.failures
            one = one._replace(lines=one.lines + outcome.lines, notes=one.notes + outcome.notes, failures=failures)
        if one.lines:
            self._desk.screener = self._opening.screener()
        return one


def _read(line: str) -> ListImport:
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(line).items()}
    return ListImport(**told)
