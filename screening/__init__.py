"""A strategic trade control screening engine: declarations in, licence flags with law and evidence out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Screener", "compare_names", "screen"]

if TYPE_CHECKING:
    from screening.engine import Screener, screen
    from screening.parties.names import compare_names


def __getattr__(name: str) -> Any:
    """The library's three names, loaded when first used so that start-up stays quick."""
    if name in ("Screener", "screen"):
        from screening import engine

        return getattr(engine, name)
    if name == "compare_names":
        from screening.parties.names import compare_names

        return compare_names
    raise AttributeError(name)
