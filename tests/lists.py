"""A small list directory for tests, written where a test asks for it."""

from __future__ import annotations

from pathlib import Path

_META = """
id = "{id}"
title = "Test list"
kind = "{kind}"
issuer = "Testland"
jurisdiction = "TL"
edition = "1"
since = 2020-01-01
coverage = "synthetic"
source = "https://example.org"
retrieved_on = 2026-01-01
licence = "test"
expected_count = {count}
review_on = 2030-01-01
"""


def list_meta(list_id: str, kind: str, count: int) -> str:
    """The list.toml of a made-up list of so many records."""
    return _META.format(id=list_id, kind=kind, count=count)


LIST = list_meta("test-goods", "goods", 1)
ENTRY = """
[[entry]]
code = "2B204"
title = "Isostatic presses"
terms = [{ text = "isostatic press" }]
criteria = [{ parameter = "working_pressure", op = ">=", value = 69, unit = "MPa" }]
cites = ["test"]
"""


def write_list(directory: Path, entries: str = ENTRY, meta: str = LIST, name: str = "category_2.toml") -> Path:
    """A directory with one goods list; gives it back."""
    folder = directory / "goods" / "test-goods"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "list.toml").write_text(meta, encoding="utf-8")
    (folder / name).write_text(entries, encoding="utf-8")
    return directory
