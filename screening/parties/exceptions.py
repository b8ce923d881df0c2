"""Pairs that an officer judged to be different parties: set aside after matching, for a time, while the listed record stays as it was."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from control_lists.models import WatchlistEntity
from screening.errors import PolicyError

COLUMNS = ("name", "list", "entity_id", "record", "author", "reason", "decided_on", "expires_on")


class PartyException(NamedTuple):
    """A declared name that is not the listed party, who said so, why and until when; ``record`` is the listed record it was judged on."""

    name: str
    list_id: str
    entity_id: str
    record: str
    author: str
    reason: str
    decided_on: date
    expires_on: date

    def holds(self, entity: WatchlistEntity, day: date) -> bool:
        """Whether it still stands: begun, not expired, and the listed record unchanged."""
        return self.decided_on <= day < self.expires_on and self.record == record_of(entity)


Exceptions = dict[tuple[str, str, str], PartyException]


def read_exceptions(path: Path | None) -> Exceptions:
    """The exceptions of a CSV with the columns of COLUMNS; raises PolicyError with file, row and cure."""
    if path is None:
        return {}
    found: Exceptions = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if set(reader.fieldnames or ()) != set(COLUMNS):
                raise PolicyError(f"{path}: row 1: an exceptions file has the columns {', '.join(COLUMNS)}")
            for number, row in enumerate(reader, 2):
                one = _exception(path, number, row)
                found[_key(one.name), one.list_id, one.entity_id] = one
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PolicyError(f"{path}: {error}; an exceptions file is a UTF-8 CSV") from None
    return found


def exception_for(exceptions: Exceptions, name: str, list_id: str, entity: WatchlistEntity, day: date) -> PartyException | None:
    """The exception that holds for a declared name and a listed party on ``day``."""
    one = exceptions.get((_key(name), list_id, entity.id)) if exceptions else None
    return one if one is not None and one.holds(entity, day) else None


def record_of(entity: WatchlistEntity) -> str:
    """A short name of the exact content of a listed record."""
    return hashlib.sha256(entity.model_dump_json().encode()).hexdigest()[:12]


def digest_of(exceptions: Exceptions) -> str:
    """A short name of the exact exceptions, as it stands in every determination they were applied to."""
    return hashlib.sha256("\n".join(sorted(map(repr, exceptions.values()))).encode()).hexdigest()[:12]


def _exception(path: Path, number: int, row: dict[str, str]) -> PartyException:
    blank = [column for column in COLUMNS if not (row.get(column) or "").strip()]
    if blank:
        raise PolicyError(f"{path}: row {number}: {blank[0]} is blank; an exception names its author, reason and last day")
    try:
        decided, expires = date.fromisoformat(row["decided_on"].strip()), date.fromisoformat(row["expires_on"].strip())
    except ValueError as error:
        raise PolicyError(f"{path}: row {number}: {error}; dates are written 2026-11-24") from None
    name, list_id, entity_id, record, author, reason = (row[column].strip() for column in COLUMNS[:6])
    return PartyException(name, list_id, entity_id, record, author, reason, decided, expires)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
