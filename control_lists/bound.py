"""What our entries and rules were written from: digests of the official paragraphs, and which of them have changed since.

``data/bound/<list>@<edition>.csv`` holds code and digest of every paragraph of the edition that a list, or the country sets of a
table, were written from. Digests are facts; no wording is held. Where a newer text of that list is imported, the codes whose digests
differ are those the law moved under: an answer that rests on one of them asks instead (``screening/decide/moved.py``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from control_lists.codes.control_code import at_and_above
from control_lists.errors import ListDataError
from control_lists.store import EMBEDDED
from control_lists.texts import Text

BOUND = EMBEDDED / "bound"
COLUMNS = ("code", "digest")


class Binding(NamedTuple):
    """The edition that a list was written from: the digest of each code's own lines."""

    list_id: str
    edition: date
    digests: dict[str, str]


class Moved(NamedTuple):
    """What differs between the text that was written from and the one in force now."""

    list_id: str
    written_from: date
    now: date
    codes: frozenset[str]  # paragraphs changed, gone or new
    above: frozenset[str]  # what stands over one of them

    def under(self, code: str) -> bool:
        """Whether an answer at ``code`` rests on a changed paragraph: the code's own, one above it or one below it."""
        return code in self.above or not self.codes.isdisjoint(_at_and_over(code))


def binding_of(list_id: str, folder: Path = BOUND) -> Binding | None:
    """The digests that a list was written from; None for a list of which none are held."""
    found = sorted(folder.glob(f"{list_id}@*.csv"))
    if not found:
        return None
    path = found[-1]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    try:
        edition = date.fromisoformat(path.stem.partition("@")[2])
        if tuple(rows[0]) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
            raise ValueError(f"its columns are not {', '.join(COLUMNS)}")
    except (ValueError, IndexError) as error:
        raise ListDataError(f"{path.name}: {error}; make it again with benchmarks/bind_texts.py") from None
    return Binding(list_id, edition, dict(rows[1:]))


def write_binding(text: Text, folder: Path = BOUND) -> Path:
    """Bind a list to the edition ``text``; an older binding of the list goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{text.list_id}@*.csv"):
        old.unlink()
    path = folder / f"{text.list_id}@{text.edition.isoformat()}.csv"
    lines = [",".join(COLUMNS), *(f"{code},{digest}" for code, digest in text.digests.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def moved(binding: Binding, text: Text) -> Moved | None:
    """The paragraphs that differ from those bound; None where nothing does, and for a text older than the one written from."""
    if text.edition < binding.edition:
        return None
    now = text.digests
    codes = frozenset(code for code in {*binding.digests, *now} if binding.digests.get(code) != now.get(code))
    above = frozenset(over for code in codes for over in _at_and_over(code))
    return Moved(binding.list_id, binding.edition, text.edition, codes, above) if codes else None


def _at_and_over(code: str) -> Iterator[str]:
    """The code and all it stands under, up to its category and group."""
    yield from at_and_above(code)
    if "." in code or len(code) > 2:
        yield code[:2]
        yield code[:1]
