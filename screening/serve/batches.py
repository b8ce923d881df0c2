"""Uploaded batches: screened one after another in the background, kept with their results, gone on with after a restart."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import secrets
import shutil
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from screening.batch import Asked, flagged, screen_batch, summary
from screening.errors import StcError, UnknownCaseError
from screening.execute.units import Opening
from screening.rescreen import metadata_of
from screening.serve.desk import Desk
from screening.serve.forms import Sent, save_all
from screening.write import write, write_rejects

RESULTS = "results.parquet"
SHEET = "results.xlsx"
_FACTS = "batch.json"
_SHOWN = (
    "flag",
    "lane",
    "jurisdiction",
    "declaration_id",
    "item_number",
    "description",
    "party_name",
    "entry",
    "listed_name",
    "law",
    "text",
)
_MOST_SHOWN = 200


class Upload(NamedTuple):
    """What was asked of a batch, and how far it is: ``waiting``, ``running``, ``done`` or ``failed``."""

    batch_id: str
    by: str
    at: str
    as_of: str
    jurisdictions: tuple[str, ...]
    blanks: Mapping[str, str]
    files: tuple[str, ...]
    status: str = "waiting"
    step: str = ""
    items: int = 0
    rejects: int = 0
    reports: tuple[str, ...] = ()
    counts: Sequence[tuple[str, Sequence[int]]] = ()
    findings: Sequence[Mapping[str, Any]] = ()
    opened: int | None = None


class Batches:
    """The folder of batches and the one thread that screens them."""

    def __init__(self, folder: Path, opening: Opening, desk: Desk) -> None:
        self._folder, self._opening, self._desk = folder, opening, desk
        self._thread = ThreadPoolExecutor(1, "batch")
        self._lock = threading.Lock()
        self._steps: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for upload in reversed(self.all()):
            if upload.status in ("waiting", "running"):
                self._thread.submit(self._screen, upload.batch_id)

    def all(self) -> list[Upload]:
        """All batches, the newest first."""
        found = [self._read(path.parent.name) for path in self._folder.glob(f"*/{_FACTS}")]
        return sorted(found, key=lambda upload: upload.at, reverse=True)

    def get(self, batch_id: str) -> Upload:
        """One batch; raises UnknownCaseError."""
        if not re.fullmatch(r"[0-9a-f]{16}", batch_id) or not (self._folder / batch_id / _FACTS).exists():
            raise UnknownCaseError(f"no batch '{batch_id[:40]}'")
        return self._read(batch_id)

    def path(self, batch_id: str, name: str) -> Path:
        """A file of a batch."""
        return self._folder / batch_id / name

    def sources(self, upload: Upload) -> list[str]:
        """The files that were uploaded."""
        return [str(self.path(upload.batch_id, f"declared/{name}")) for name in upload.files]

    def add(
        self,
        files: Sequence[Sent],
        by: str,
        at: str,
        as_of: date,
        jurisdictions: Sequence[str],
        blanks: Mapping[str, str],
    ) -> Upload:
        """A batch of files; it is screened when those before it are."""
        batch_id = secrets.token_hex(8)
        names = save_all(files, self._folder / batch_id / "declared")
        upload = Upload(batch_id, by, at, as_of.isoformat(), tuple(jurisdictions), dict(blanks), names)
        self._keep(upload)
        self._thread.submit(self._screen, batch_id)
        return upload

    def opened(self, batch_id: str, number: int) -> None:
        """Notes how many cases were opened from a batch."""
        self._keep(self._read(batch_id)._replace(opened=number))

    def close(self) -> None:
        """Lets the thread go; what is not finished goes on at the next start."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _screen(self, batch_id: str) -> None:
        upload = self._read(batch_id)
        self._keep(upload := upload._replace(status="running"))
        try:
            upload = self._screened(upload)
        except StcError as error:
            upload = upload._replace(status="failed", step=str(error))
        except Exception as error:  # a batch that breaks is told to its officer, and those behind it are screened
            upload = upload._replace(status="failed", step=f"{type(error).__name__}: {error}".replace(str(self._folder), "")[:500])
        self._steps.pop(batch_id, None)
        self._keep(upload)

    def _screened(self, upload: Upload) -> Upload:
        folder = self._folder / upload.batch_id
        asked = Asked(date.fromisoformat(upload.as_of), upload.jurisdictions, blanks=upload.blanks)
        parts = folder / "parts"
        place = f"{folder / 'declared'}{os.sep}"

        def step(doing: str, /, done: int = 0, whole: int | None = None, of: str = "") -> None:
            amount = f": {done:,} of {whole:,} {of}" if whole else f": {done:,} {of}" if done else ""
            self._steps[upload.batch_id] = f"{doing.replace(place, '')}{amount}"

        batch = screen_batch(self._opening, self.sources(upload), asked, parts, step, io.BytesIO(), screener=self._desk.screener)
        write(batch.frames(), folder / RESULTS, None, bom=False, account=metadata_of(batch.run))
        write(batch.frames(), folder / SHEET, None, bom=False)
        found = flagged(batch.frames()).head(_MOST_SHOWN).select(_SHOWN).to_dicts()
        counts, _ = summary(batch.counts)
        upload = upload._replace(
            status="done",
            step="",
            items=batch.items,
            rejects=batch.rejects,
            reports=tuple(batch.reports),
            counts=counts,
            findings=found,
        )
        if batch.rejects:
            write_rejects(batch.reject_frames(), folder / "rejects.csv")
        del batch
        with contextlib.suppress(OSError):
            shutil.rmtree(parts)
        return upload

    def _read(self, batch_id: str) -> Upload:
        with self._lock:
            facts = json.loads((self._folder / batch_id / _FACTS).read_text(encoding="utf-8"))
        upload = Upload(**facts)
        return upload._replace(step=self._steps.get(batch_id, upload.step))

    def _keep(self, upload: Upload) -> None:
        with self._lock:
            path = self._folder / upload.batch_id / _FACTS
            path.with_suffix(".new").write_text(json.dumps(upload._asdict(), ensure_ascii=False, default=str), encoding="utf-8")
            path.with_suffix(".new").replace(path)
