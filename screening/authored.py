"""Files that people write for the engine beside lists and rules, read as strict records: TOML as one, CSV as one a row."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from control_lists.models import Record
from screening.errors import UsageError

R = TypeVar("R", bound=Record)


def read_toml(path: Path, kind: type[R]) -> R:
    """A TOML file as one record; raises UsageError with the file and the field."""
    try:
        return kind(**tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (ValueError, OSError) as error:
        raise UsageError(f"{path}: {_first(error)}") from None


def read_csv(path: Path, kind: type[R]) -> list[R]:
    """A CSV file as records, one a row; several values of a cell stand between semicolons. Raises UsageError with file and row."""
    several = {name for name, field in kind.model_fields.items() if str(field.annotation).startswith("tuple")}
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                cells: dict[str, Any] = {name: value or "" for name, value in row.items()}
                split = {name: tuple(part.strip() for part in cells[name].split(";") if part.strip()) for name in several & cells.keys()}
                try:
                    found.append(kind(**{**cells, **split}))
                except (ValidationError, TypeError) as error:
                    raise UsageError(f"{path}: row {number}: {_first(error)}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {_first(error)}") from None
    return found


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
    return str(error).splitlines()[0]
