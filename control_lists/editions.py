"""The store of imported lists: every edition kept, one in force on a day, none ever half there.

Below the store's folder lies ``<list>/<date>-<digest>/`` with ``edition.json`` (what the edition is), ``parties.parquet`` (the file's
own parties) and ``past.parquet`` (parties of earlier editions that are no longer listed, each with the day of the first edition
without it). A folder is written under another name and renamed when it is whole, so an edition is in force entirely or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import polars as pl
from pydantic import Field

from control_lists.errors import ListDataError
from control_lists.folders import whole_folder
from control_lists.models import ControlList, Record, Source
from control_lists.parties import Parties

# JSON has no dates: the text of one is read where a record's own strictness would not.
IsoDate = Annotated[date, Field(strict=False)]
FACTS, OWN, PAST = "edition.json", "parties.parquet", "past.parquet"


class EditionFacts(Record):
    """What an imported edition is, as ``edition.json`` keeps it. ``digest`` names its parties exactly."""

    list_id: str
    edition: IsoDate
    file: str
    importer: str
    sha256: str
    imported_on: IsoDate
    parties: int
    names: int
    is_excerpt: bool
    digest: str
    engine_version: str


class Edition:
    """One edition of one list in its folder."""

    def __init__(self, folder: Path, facts: EditionFacts) -> None:
        self.folder = folder
        self.facts = facts

    @classmethod
    def open(cls, folder: Path) -> Edition:
        """The edition in a folder; raises ListDataError where it is not one of ours."""
        try:
            return cls(folder, EditionFacts.model_validate_json((folder / FACTS).read_bytes()))
        except (OSError, ValueError) as error:
            raise ListDataError(
                f"{folder}: not an imported edition ({str(error).splitlines()[0]}); remove the folder and import again"
            ) from None

    @property
    def parties(self) -> Parties:
        """The parties that stand in this edition."""
        return Parties(lambda: _read(self.folder / OWN))

    @property
    def past(self) -> Parties:
        """The parties of earlier editions that no longer stand in it."""
        return Parties(lambda: _read(self.folder / PAST))

    @property
    def all(self) -> Parties:
        """Both, so that a day before a removal finds who was listed then."""
        return Parties(lambda: pl.concat([self.parties.frame, self.past.frame]))

    def meta(self, source: Source) -> ControlList:
        """The list as a control list record."""
        facts = self.facts
        return ControlList(
            id=facts.list_id,
            title=source.title,
            kind="parties",
            issuer=source.issuer,
            jurisdiction=source.jurisdiction,
            edition=facts.edition.isoformat(),
            since=facts.edition,
            coverage="excerpt" if facts.is_excerpt else "full",
            source=source.addresses[0],
            retrieved_on=facts.imported_on,
            sha256=facts.sha256,
            licence=source.licence,
            expected_count=facts.parties,
            review_on=facts.edition + timedelta(days=source.review_days),
            effect=source.effect,
            outcome=source.outcome,
            programmes=source.programmes,
        )


class Held(Protocol):
    """Something held in editions."""

    @property
    def facts(self) -> Any:
        """Its facts, the day of the ``edition`` among them."""
        ...


H = TypeVar("H", bound=Held)


def of_day(held: Sequence[H], edition: str, missing: str) -> H:
    """The last of the editions of a day; raises ListDataError in the words of ``missing``, naming those held."""
    for one in reversed(held):
        if one.facts.edition.isoformat() == edition:
            return one
    days = ", ".join(one.facts.edition.isoformat() for one in held) or "none"
    raise ListDataError(f"{missing}; held are {days}")


class EditionStore:
    """All imported editions below one folder; the folder need not exist."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def lists(self) -> list[str]:
        """The lists of which an edition is held, in order of id."""
        return (
            sorted(path.name for path in self.root.iterdir() if path.is_dir() and not path.name.startswith("."))
            if self.root.is_dir()
            else []
        )

    def editions(self, list_id: str) -> list[Edition]:
        """The editions of a list, the oldest first; of one day the one imported last stands last."""
        folder = self.root / list_id
        held = [Edition.open(path) for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []
        return sorted(held, key=lambda edition: (edition.facts.edition, edition.facts.imported_on, edition.folder.name))

    def in_force(self, list_id: str, day: date | None = None) -> Edition | None:
        """The newest edition, or the newest that is not younger than ``day``; before the oldest, the oldest."""
        held = self.editions(list_id)
        known = [edition for edition in held if day is None or edition.facts.edition <= day]
        return (known or held[:1] or [None])[-1]  # type: ignore[list-item]

    def find(self, list_id: str, edition: str) -> Edition:
        """The edition of a day; raises ListDataError naming those held."""
        return of_day(self.editions(list_id), edition, f"{list_id}@{edition}: no such edition is held")

    def add(self, facts: dict[str, Any], parties: Parties) -> Edition:
        """Keep an edition; the same parties of the same day are kept once. It is in force from the moment this returns."""
        whole = EditionFacts(**facts, parties=len(parties), names=parties.names().height, digest=digest_of(parties))
        held = self.editions(whole.list_id)
        for one in held:
            if (one.facts.edition, one.facts.digest) == (whole.edition, whole.digest):
                return one
        earlier = [one for one in held if one.facts.edition <= whole.edition]
        with whole_folder(self.root / whole.list_id, _folder_name(whole)) as folder:
            parties.frame.write_parquet(folder / OWN)
            no_longer(earlier[-1] if earlier else None, parties, whole.edition).frame.write_parquet(folder / PAST)
            (folder / FACTS).write_text(whole.model_dump_json(indent=1), encoding="utf-8")
        self._continue(whole.list_id, after=whole.edition)
        return Edition.open(self.root / whole.list_id / _folder_name(whole))

    def _continue(self, list_id: str, after: date) -> None:
        """Bring the memory of later editions up to an edition that came in before them."""
        held = self.editions(list_id)
        for before, later in pairwise(held):
            if later.facts.edition > after:
                past = no_longer(before, later.parties, later.facts.edition)
                temporary = later.folder / f".{PAST}"
                past.frame.write_parquet(temporary)
                temporary.replace(later.folder / PAST)


def no_longer(before: Edition | None, parties: Parties, day: date) -> Parties:
    """The parties of an earlier edition, and those already past by then, that ``parties`` does not hold; delisted by ``day``."""
    if before is None:
        return Parties.of(())
    held = parties.frame.select("id")
    gone = before.parties.frame.join(held, on="id", how="anti").with_columns(delisted_on=pl.min_horizontal("delisted_on", pl.lit(day)))
    past = before.past.frame.join(held, on="id", how="anti")
    frame = pl.concat([gone, past])
    return Parties(lambda: frame)


def digest_of(parties: Parties) -> str:
    """The SHA-256 of the parties' content, whatever file or program wrote them."""
    return hashlib.sha256(parties.frame.write_ndjson().encode()).hexdigest()


def _folder_name(facts: EditionFacts) -> str:
    return f"{facts.edition.isoformat()}-{facts.digest[:12]}"


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ListDataError(f"{path}: cannot be read ({str(error).splitlines()[0]}); remove its folder and import the list again") from None
