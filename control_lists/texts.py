"""The official text of a list as it was printed: paragraphs by code, kept in editions beside the imported parties.

Nothing official is part of the program: a person imports the publisher's file and this is what is kept of it. A text never stands in
for our own entries; it is quoted beside them, compared with other editions, and its digests tell whether the law that the entries
were written from has moved.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from control_lists.editions import EditionStore, IsoDate, of_day
from control_lists.errors import ListDataError
from control_lists.folders import whole_folder
from control_lists.models import Record

FACTS, OWN = "edition.json", "paragraphs.parquet"
PARAGRAPH: dict[str, Any] = {"code": pl.String, "kind": pl.String, "text": pl.String}
KINDS = ("provision", "requirements", "note", "technical_note", "nb", "members")
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‑": "-"})
DIGEST_LENGTH = 16  # hexadecimal digits kept of a SHA-256: that a paragraph changed is told, not proved against a forger


class Paragraph(NamedTuple):
    """One printed line: the code it stands under, what it is (one of KINDS), and its wording.

    ``members`` is a row or column of an official table as names between semicolons.
    """

    list_id: str
    code: str
    kind: str
    text: str


class TextFacts(Record):
    """What an imported edition of a text is, as ``edition.json`` keeps it. ``digest`` names its wording exactly."""

    list_id: str
    edition: IsoDate
    file: str
    importer: str
    sha256: str
    imported_on: IsoDate
    paragraphs: int
    codes: int
    digest: str
    engine_version: str


class Text:
    """One edition of the official text of one list. ``frame``: PARAGRAPH columns in the order of the print."""

    def __init__(self, list_id: str, edition: date, frame: pl.DataFrame) -> None:
        self.list_id = list_id
        self.edition = edition
        self.frame = frame

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digest of each code's own lines, whatever their spaces, quotation marks and dashes; what stands below it has its own."""
        lines: dict[str, list[str]] = {}
        for code, kind, text in self.frame.iter_rows():
            lines.setdefault(code, []).append(f"{kind}\0{normalised(text)}")
        return {code: hashlib.sha256("\n".join(own).encode()).hexdigest()[:DIGEST_LENGTH] for code, own in lines.items()}

    def quote(self, code: str) -> list[tuple[str, str]]:
        """Kind and wording of each line printed under exactly this code; none where the text has no such code."""
        return list(self.frame.filter(pl.col("code") == code).select("kind", "text").iter_rows())


class HeldText(NamedTuple):
    """An imported edition in its folder."""

    folder: Path
    facts: TextFacts

    @property
    def text(self) -> Text:
        """Its wording; raises ListDataError where the file is damaged."""
        path = self.folder / OWN
        try:
            return Text(self.facts.list_id, self.facts.edition, pl.read_parquet(path))
        except (OSError, pl.exceptions.PolarsError) as error:
            cause = str(error).splitlines()[0]
            raise ListDataError(f"{path}: cannot be read ({cause}); remove its folder and import the text again") from None


class TextStore:
    """All imported editions of official texts, below the store of lists; the folder need not exist."""

    def __init__(self, store: EditionStore) -> None:
        self.root = store.root / ".texts"

    def lists(self) -> list[str]:
        """The lists of which a text is held, in order of id."""
        return sorted(path.name for path in self.root.iterdir() if path.is_dir()) if self.root.is_dir() else []

    def editions(self, list_id: str) -> list[HeldText]:
        """The editions of a list's text, the oldest first; of one day the one imported last stands last."""
        folder = self.root / list_id
        held = [_opened(path) for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
        return sorted(held, key=lambda one: (one.facts.edition, one.facts.imported_on, one.folder.name))

    def in_force(self, list_id: str, day: date | None = None) -> HeldText | None:
        """The newest edition, or the newest that is not younger than ``day``."""
        known = [one for one in self.editions(list_id) if day is None or one.facts.edition <= day]
        return known[-1] if known else None

    def find(self, list_id: str, edition: str) -> HeldText:
        """The edition of a day; raises ListDataError naming those held."""
        return of_day(self.editions(list_id), edition, f"{list_id}@{edition}: no such edition of its text is held")

    def add(self, facts: dict[str, Any], text: Text) -> HeldText:
        """Keep an edition; the same wording of the same day is kept once."""
        digest = hashlib.sha256("\n".join(f"{code} {own}" for code, own in text.digests.items()).encode()).hexdigest()
        whole = TextFacts(**facts, paragraphs=text.frame.height, codes=len(text.digests), digest=digest)
        for one in self.editions(whole.list_id):
            if (one.facts.edition, one.facts.digest) == (whole.edition, whole.digest):
                return one
        name = f"{whole.edition.isoformat()}-{whole.digest[:12]}"
        with whole_folder(self.root / whole.list_id, name) as folder:
            text.frame.write_parquet(folder / OWN)
            (folder / FACTS).write_text(whole.model_dump_json(indent=1), encoding="utf-8")
        return _opened(self.root / whole.list_id / name)


def text_of(list_id: str, edition: date, paragraphs: Iterable[Paragraph]) -> Text:
    """The text that an importer read."""
    return Text(list_id, edition, pl.DataFrame([one[1:] for one in paragraphs], schema=PARAGRAPH, orient="row"))


def normalised(text: str) -> str:
    """The wording without what printing alone decides: kinds of spaces, quotation marks and dashes, raised figures.

    >>> normalised("5\\u00a0× 10³  Gy – “Si”")
    '5 × 103 Gy - "Si"'
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_MARKS)).strip()


def _opened(folder: Path) -> HeldText:
    try:
        return HeldText(folder, TextFacts.model_validate_json((folder / FACTS).read_bytes()))
    except (OSError, ValueError) as error:
        cause = str(error).splitlines()[0]
        raise ListDataError(f"{folder}: not an imported text ({cause}); remove the folder and import again") from None
