"""Fetching official files from their publishers' addresses: resumed where they broke off, and honest about what was not had."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from control_lists.models import Source

_CHUNK = 1 << 20
_TIMEOUT = 60  # seconds without a byte
_ATTEMPTS = 3
_MAX_BYTES = 1024**3


class Fetched(NamedTuple):
    """One address: the file it became, or why it could not be had."""

    source: Source
    address: str
    path: Path | None
    failure: str | None


def fetch(sources: Iterable[Source], folder: Path, agent: str, step: Callable[[str], None] = lambda _: None) -> list[Fetched]:
    """Every address of ``sources`` (one file each) below ``folder``; a failure is told and the next is tried."""
    done = []
    for source in sources:
        for address in source.addresses:
            step(f"fetching {source.id}: {address}")
            done.append(_one(source, address, folder / source.id, agent))
    return done


def _one(source: Source, address: str, folder: Path, agent: str) -> Fetched:
    if urlsplit(address).scheme not in ("http", "https"):
        return Fetched(source, address, None, "only http and https addresses are fetched")
    folder.mkdir(parents=True, exist_ok=True)
    name = unquote(PurePosixPath(urlsplit(address).path).name) or "list"
    target = folder / "".join(c if c.isalnum() or c in "._-" else "_" for c in name)
    part = target.with_name(f"{target.name}.part")
    failure = ""
    for _ in range(_ATTEMPTS):
        try:
            _continue(address, part, agent)
            part.replace(target)
            return Fetched(source, address, target, None)
        except (urllib.error.URLError, OSError, ValueError) as error:
            failure = str(getattr(error, "reason", None) or error) or type(error).__name__
            if isinstance(error, urllib.error.HTTPError):
                failure = f"the server answered {error.code} {error.reason}"
                part.unlink(missing_ok=True)
                if error.code < 500:
                    break
    return Fetched(source, address, None, failure)


def _continue(address: str, part: Path, agent: str) -> None:
    """Read on from what is there; a server that does not continue is read from the start. Raises OSError for a short answer."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": agent, **({"Range": f"bytes={have}-"} if have else {})}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=_TIMEOUT) as answer:
        is_rest = answer.status == 206
        length = answer.headers.get("Content-Length")
        with part.open("ab" if is_rest else "wb") as out:
            size = have if is_rest else 0
            expected = size + int(length) if length else None
            while chunk := answer.read(_CHUNK):
                size += len(chunk)
                if size > _MAX_BYTES:
                    raise ValueError(f"more than {_MAX_BYTES} bytes came; this is not a published list")
                out.write(chunk)
    if expected is not None and size != expected:
        raise OSError(f"{size} of {expected} bytes came")
