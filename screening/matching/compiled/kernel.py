"""How kernels are compiled: once a machine, kept by numba, and told to whoever listens to warnings."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import njit
from numba.core import event
from numba.misc.appdirs import AppDirs

from screening.matching.types import CompilerWarning

F = TypeVar("F", bound=Callable[..., Any])
config: Any = numba.config
_SOURCES = Path(__file__).resolve().parents[1]


@cache
def sources_digest() -> str:
    """The digest of the code that matches names: what was compiled or prepared by other code is not used."""
    digest = sha256()
    for path in sorted(_SOURCES.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class _Told(event.Listener):
    """Says so when kernels are compiled instead of loaded."""

    def __init__(self) -> None:
        self._is_told = False

    def on_start(self, _: Any) -> None:
        """The first kernel that is compiled."""
        if not self._is_told:
            self._is_told = True
            warnings.warn("compiling the search of names for this machine: once, about a minute", CompilerWarning, stacklevel=2)

    def on_end(self, _: Any) -> None:
        """Nothing to say."""


event.register("numba:compile", _Told())  # type: ignore[no-untyped-call]


def _folders() -> Iterator[Path]:
    if config.CACHE_DIR:
        yield Path(config.CACHE_DIR)
    yield Path(__file__).parent / "__pycache__"
    yield Path(AppDirs("numba", appauthor=False).user_cache_dir)  # type: ignore[no-untyped-call]


@cache
def _kept_in() -> Path | None:
    """The folder of compiled code, made if need be: the first of numba's own that can be written.

    It is named by the digest of the sources, since numba looks at the file of a kernel alone, not at what is compiled into it.
    """
    for base in _folders():
        folder = base / f"search-of-names-{sources_digest()}"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
            for old in base.glob("search-of-names-*"):
                if old != folder:
                    shutil.rmtree(old, ignore_errors=True)
            return folder
    warnings.warn(
        "compiled code can be kept in no folder, so that every start compiles anew; let NUMBA_CACHE_DIR name a writable one",
        CompilerWarning,
        stacklevel=2,
    )
    return None


def kernel(function: F) -> F:
    """The function compiled on first use, or loaded if this machine has compiled it before."""
    return _compiled(function)


def inner(function: F) -> F:
    """A kernel that makes no arrays. Those it is given are not counted in and out, which would take most of the time of small ones."""
    return _compiled(function, _nrt=False)


def _compiled(function: F, **options: bool) -> F:
    folder = _kept_in()
    held, config.CACHE_DIR = config.CACHE_DIR, str(folder or "")
    try:
        return cast(F, njit(cache=folder is not None, nogil=True, error_model="numpy", **options)(function))
    finally:
        config.CACHE_DIR = held
