"""Forms as they come from a browser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import Depends, Request

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
