"""Arrays of an index kept in a folder, mapped into memory where they are opened again: shared by threads and processes."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

import numpy as np

Record = TypeVar("Record", bound=NamedTuple)
KEPT = 4  # indexes that stay in a folder


def frozen(record: Record) -> Record:
    """The same record, its arrays made unchangeable: to kernels those that are built and those that are mapped are then of one type."""
    for _, array in _arrays(record, ""):
        array.flags.writeable = False
    return record


def keep(record: NamedTuple, folder: Path) -> None:
    """Writes the arrays of a record under a temporary name and renames it; the oldest folders beside it go. Never raises OSError."""
    with contextlib.suppress(OSError):
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Path(tempfile.mkdtemp(dir=folder.parent))
        try:
            for name, array in _arrays(record, ""):
                np.save(made / f"{name}.npy", array)
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        for old in sorted(folder.parent.glob(f"*{folder.suffix}"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)


def kept(kind: type[Record], folder: Path) -> Record | None:
    """The record kept in a folder, its arrays mapped and unchangeable; None if there is none or it is not whole."""
    try:
        return _restored(kind, folder, "")
    except (OSError, ValueError, EOFError):
        return None


def _arrays(record: Any, name: str) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    for field in record._fields:
        value, path = getattr(record, field), f"{name}.{field}".lstrip(".")
        if isinstance(value, np.ndarray):
            yield path, value
        else:
            yield from _arrays(value, path)


def _restored(kind: Any, folder: Path, name: str) -> Any:
    values = []
    for field, of in get_type_hints(kind).items():
        path = f"{name}.{field}".lstrip(".")
        values.append(_restored(of, folder, path) if hasattr(of, "_fields") else _mapped(folder / f"{path}.npy"))
    return kind(*values)


def _mapped(path: Path) -> np.ndarray[Any, Any]:
    """One array; what is empty cannot be mapped."""
    try:
        array: np.ndarray[Any, Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:
        array = np.load(path, allow_pickle=False)
        if array.size:
            raise
    array.flags.writeable = False
    return np.asarray(array)
