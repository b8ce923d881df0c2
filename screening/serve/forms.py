"""Forms as they come from a browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO, NamedTuple

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from screening.errors import UsageError

MOST_TEXT = 20_000  # characters of a field
Fields = Mapping[str, str]


async def fields_of(request: Request) -> Fields:
    """The fields of a form that hold text, the last of a name that is not blank; raises UsageError for one that is too long."""
    found: dict[str, str] = {}
    for name, value in (await request.form(max_files=50, max_fields=1000)).multi_items():
        if isinstance(value, str) and (value.strip() or name not in found):
            if len(value) > MOST_TEXT:
                raise UsageError(f"{name[:40]}: at most {MOST_TEXT} characters")
            found[name] = value.strip().encode("utf-8", "replace").decode().replace("\0", " ")
    return found


AForm = Annotated[Fields, Depends(fields_of)]


class Sent(NamedTuple):
    """A file that a form brought: the name it had there, and its bytes."""

    name: str
    content: BinaryIO


async def files_of(request: Request) -> list[Sent]:
    """The files of a form that hold anything; raises UsageError where there is none."""
    sent = (await request.form(max_files=50, max_fields=1000)).getlist("files")
    files = [Sent(file.filename or "file", file.file) for file in sent if isinstance(file, UploadFile) and file.size]
    if not files:
        raise UsageError("no file was sent")
    return files


Files = Annotated[list[Sent], Depends(files_of)]


def save_all(files: Sequence[Sent], folder: Path) -> tuple[str, ...]:
    """The names under which the files now lie in a new folder: the last part of their own, made plain, each once."""
    folder.mkdir(parents=True)
    names: list[str] = []
    for name, content in files:
        plain = re.sub(r"[^\w.-]+", "_", Path(name.replace("\\", "/")).name).lstrip(".")[-100:] or "file"
        names.append(plain if plain not in names else f"{len(names)}-{plain}")
        with (folder / names[-1]).open("wb") as out:
            shutil.copyfileobj(content, out)
    return tuple(names)


def day(text: str | None, default: date) -> date:
    """A day as a form gives it; raises UsageError."""
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text[:40]}' is not a date; write it as 2026-11-24") from None


def whole(text: str | None) -> int | None:
    """A whole number that a form gives, None where it gives none; raises UsageError."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UsageError(f"'{text[:40]}' is no whole number")
    return int(text)


def listed(text: str | None) -> tuple[str, ...]:
    """``EU, US`` as a tuple; empty where none is given."""
    return tuple(dict.fromkeys(part.strip().upper() for part in (text or "").split(",") if part.strip()))
