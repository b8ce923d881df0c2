"""What the pages say, in one TOML file a language: a further language is a further file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

SOURCE = "en"
Say = Callable[..., str]


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Messages by language and id."""
    return {path.stem: _flat(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(Path(__file__).parent.glob("*.toml"))}


def say_in(language: str) -> Say:
    """What gives a message of the language by its id, values filled in; English where the language has none, and a word of the engine
    that no file has yet as it is.
    """
    known = {**messages()[SOURCE], **messages()[language]}

    def say(message: str, **values: object) -> str:
        text = known.get(message)
        return text.format_map(values) if text is not None else message.partition(".")[2].replace("_", " ")

    return say


def language_of(chosen: str | None, accepted: str | None) -> str:
    """The language a person chose, else the first of an Accept-Language header that there is, else English.

    >>> language_of(None, "de;q=0.9, km;q=0.8, fr;q=0.7")
    'km'
    """
    if chosen in messages():
        return str(chosen)
    wanted: list[tuple[float, str]] = []
    for part in (accepted or "").split(",")[:20]:
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        wanted.append((-weight, tag.strip().lower().split("-")[0]))
    return next((tag for _, tag in sorted(wanted, key=lambda one: one[0]) if tag in messages()), SOURCE)


def _flat(tables: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {f"{table}.{name}": text for table, entries in tables.items() for name, text in entries.items()}
