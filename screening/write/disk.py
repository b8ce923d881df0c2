"""Files that are there whole or not at all, and one kind of error for whatever a disk refuses."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import polars as pl

_UNTOLD = "transport error"  # where the end of a Parquet file is refused, polars does not say why
_REFUSED = re.compile(r"([^:]+) \(os error (\d+)\)")


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """What the system refuses while ``path`` is written is an OSError that names it: polars wraps it in errors of its own."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise OSError(error.errno, error.strerror, error.filename or str(path)) from error
        if refused := _REFUSED.search(str(error)):
            raise OSError(int(refused[2]), refused[1].strip(), str(path)) from error
        if _UNTOLD in str(error):
            raise OSError(errno.EIO, "could not be written; is the disk full?", str(path)) from error
        raise


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream into ``path``: written beside it under a temporary name and renamed, so that a broken run leaves no half file."""
    with refusals(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent or Path())
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
