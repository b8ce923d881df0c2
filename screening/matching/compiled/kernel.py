"""How kernels are compiled: once a machine, kept by numba, and told to whoever listens to warnings."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import event

F = TypeVar("F", bound=Callable[..., Any])


class CompilerWarning(UserWarning):
    """Something about compiling that takes time and is said once."""


class _Told(event.Listener):
    """Says so when kernels are compiled instead of loaded."""

    def __init__(self) -> None:
        self._is_told = False

    def on_start(self, _: Any) -> None:
        """The first kernel that is compiled."""
        if not self._is_told:
            self._is_told = True
            warnings.warn("compiling the name search for this machine: once, about a minute", CompilerWarning, stacklevel=2)

    def on_end(self, _: Any) -> None:
        """Nothing to say."""


event.register("numba:compile", _Told())  # type: ignore[no-untyped-call]
_uncached: list[str] = []


def kernel(function: F) -> F:
    """The function compiled on first use, or loaded if this machine has compiled it before.

    Where numba may keep nothing (neither beside the code nor in the user's cache folder) it is compiled in every process, with a warning.
    """
    options = {"nogil": True, "error_model": "numpy"}
    try:
        return cast(F, njit(cache=True, **options)(function))
    except RuntimeError:  # numba: no locator available
        if not _uncached:
            warnings.warn(
                "compiled code can be kept in no folder, so every start compiles anew; let NUMBA_CACHE_DIR name a writable one",
                CompilerWarning,
                stacklevel=2,
            )
        _uncached.append(function.__name__)
        return cast(F, njit(**options)(function))
