"""Importing official files into the store: recognised, counted, compared with what is in force, and kept whole or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from control_lists import texts_diff
from control_lists.bundle import is_bundle, read_bundle
from control_lists.codes.country import CountryNames
from control_lists.digests import file_digest
from control_lists.editions import Edition, EditionStore
from control_lists.editions_diff import Change, diff
from control_lists.editions_diff import in_words as party_in_words
from control_lists.errors import ListDataError
from control_lists.fetching import fetch
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.publication import Publication
from control_lists.importers.registry import recognise, recognise_text
from control_lists.models import Source, TextSource, WatchlistEntity
from control_lists.parties import Parties
from control_lists.snapshot import Snapshot, source_of
from control_lists.texts import HeldText, Paragraph, Text, TextStore, text_of
from control_lists.texts_diff import TextChange, diff_texts

_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


class Terms(NamedTuple):
    """How an import is to be done: the day, an edition date for files that state none, and whether a smaller edition is accepted."""

    today: date
    edition: date | None = None
    accept_shrink: bool = False
    engine_version: str = ""


class ReadFile(NamedTuple):
    """An official file that was read to its end: its parties by list, and the day it is of."""

    publication: Publication
    importer: str
    parties: dict[str, Parties]
    edition: date


class Outcome(NamedTuple):
    """What became of one file or address: lines on each list of it, notes, or why nothing changed."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    failure: str | None = None


class Imported(NamedTuple):
    """One list of a file, now held: its edition, the one that was in force before, and what to tell a person."""

    edition: Edition
    before: Edition | None
    is_in_force: bool
    notes: tuple[str, ...]
    companions: tuple[Path, ...]


class Importing:
    """Brings official files into a store. Opened with the descriptions of importable lists and the names of countries."""

    def __init__(self, store: EditionStore, snapshot: Snapshot, today: date, engine_version: str) -> None:
        self._store = store
        self._texts = TextStore(store)
        self._sources = snapshot.sources
        self._text_sources = snapshot.text_sources
        self._countries = CountryNames(snapshot.countries)
        self._today = today
        self._version = engine_version

    @classmethod
    def open(cls, store: EditionStore, directories: Sequence[Path], today: date, engine_version: str) -> Importing:
        """With the embedded descriptions and those of ``directories``."""
        return cls(store, Snapshot.open(directories), today, engine_version)

    def files(
        self, paths: Sequence[Path], edition: date | None, accept_shrink: bool, step: Callable[[str], None] = lambda _: None
    ) -> Iterator[Outcome]:
        """Each file or bundle in turn; one that fails changes nothing and the next is tried. Companions of a list may be among them."""
        terms = Terms(self._today, edition, accept_shrink, self._version)
        failures: dict[Path, str] = {}
        companions: set[Path] = set()
        for path in paths:
            if path.resolve() in companions:
                continue
            step(f"reading {path.name}")
            try:
                if is_bundle(path):
                    yield Outcome(tuple(_line(edition.facts.list_id, edition, None, True) for edition in read_bundle(self._store, path)))
                elif (texts := read_texts(path, self._countries, edition)) is not None:
                    yield Outcome(tuple(self._keep(text, path, importer, terms) for text, importer in texts))
                else:
                    done = import_file(self._store, self._sources, path, self._countries, terms, [p for p in paths if p != path])
                    lines = tuple(_line(one.edition.facts.list_id, one.edition, one.before, one.is_in_force) for one in done)
                    companions |= {companion.resolve() for companion in done[0].companions}
                    yield Outcome(lines, tuple(f"{path.name}: {note}" for note in done[0].notes))
            except ListDataError as error:
                failures[path] = str(error)
        # A part of a list cannot be imported alone, and need not be where its main file took it.
        yield from (Outcome((), (), failure) for path, failure in failures.items() if path.resolve() not in companions)

    def _keep(self, text: Text, path: Path, importer: str, terms: Terms) -> str:
        if not terms.accept_shrink:
            _refuse_implausible_text(self._texts, self._text_sources[text.list_id], text, path.name)
        before = self._texts.in_force(text.list_id)
        held = self._texts.add(_text_facts(text, path, importer, terms), text)
        was = f", before {before.facts.codes} of {before.facts.edition}" if before is not None else ""
        state = "in force" if self._texts.in_force(text.list_id) == held else "kept; a newer edition is in force"
        counts = f"{held.facts.codes} codes, {held.facts.paragraphs} paragraphs"
        return f"{text.list_id}: official text, edition {text.edition}, {counts}{was}: {state}"

    def update(self, names: Sequence[str], folder: Path, step: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
        """The lists of those names, or those held, fetched from their publishers and imported."""
        wanted = names or self._store.lists()
        for name in wanted:
            if name not in self._sources:
                yield Outcome((), (), f"'{name}' is not a list that can be fetched; 'stc lists sources' names them")
        fetched = fetch([self._sources[n] for n in wanted if n in self._sources], folder, f"stc/{self._version}", step)
        for one in fetched:
            if one.failure:
                yield Outcome(
                    (), (), f"{one.source.id}: could not be had from {one.address}: {one.failure}; the edition held stays in force"
                )
        paths = [one.path for one in fetched if one.path is not None]
        yield from self.files(paths, None, False, step)

    def diff(self, before: str, after: str) -> list[Change] | list[TextChange]:
        """The changes between two editions, each ``LIST@DATE`` of the store or the path of an official file.

        Of a list of which both are held, parties and a text, the parties are compared.
        """
        printed = self.text(before), self.text(after)
        if printed[0] is not None and printed[1] is not None:
            if printed[0].list_id != printed[1].list_id:
                raise ListDataError(f"{before} and {after} are texts of different lists: {printed[0].list_id}; {printed[1].list_id}")
            return diff_texts(printed[0], printed[1])
        if printed[0] is not None or printed[1] is not None:
            raise ListDataError(f"{before} and {after}: one is an official text, the other is not")
        old, new = self.parties(before), self.parties(after)
        common = [list_id for list_id in old if list_id in new]
        if not common:
            raise ListDataError(f"{before} and {after} are of different lists: {', '.join(old)}; {', '.join(new)}")
        return [change for list_id in common for change in diff(old[list_id], new[list_id])]

    def tried(self, path: Path, scratch: EditionStore) -> Edition | HeldText:
        """The edition of a file, kept in ``scratch`` and not in the store; raises ListDataError for a file of several lists."""
        terms = Terms(self._today, accept_shrink=True, engine_version=self._version)
        texts = read_texts(path, self._countries, _named_day(path) or self._today)
        if texts is not None and len(texts) == 1:
            return TextStore(scratch).add(_text_facts(texts[0][0], path, texts[0][1], terms), texts[0][0])
        done = import_file(scratch, self._sources, path, self._countries, terms) if texts is None else []
        if len(done) != 1:
            raise ListDataError(f"{path.name}: holds several lists; import it and name one as LIST@DATE")
        return done[0].edition

    def text(self, named: str) -> Text | None:
        """The official text that ``LIST@DATE`` or a file names; None where it names no text."""
        if Path(named).is_file():
            texts = read_texts(Path(named), self._countries, _named_day(Path(named)) or self._today)
            return texts[0][0] if texts else None
        list_id, _, day = named.partition("@")
        is_text = list_id in self._texts.lists() and list_id not in self._store.lists()
        return self._texts.find(list_id, day).text if is_text else None

    def parties(self, named: str) -> dict[str, Parties]:
        if Path(named).is_file():
            return read_file(Path(named), self._countries).parties
        list_id, at, day = named.partition("@")
        if not at:
            raise ListDataError(f"{named}: no such file; an edition of the store is named LIST@DATE")
        return {list_id: self._store.find(list_id, day).parties}


def in_words(change: Change | TextChange) -> str:
    """A change of either kind as a person reads it."""
    return texts_diff.in_words(change) if isinstance(change, TextChange) else party_in_words(change)


def _line(list_id: str, edition: Edition, before: Edition | None, is_in_force: bool) -> str:
    facts = edition.facts
    was = f", before {before.facts.parties} of {before.facts.edition}" if before is not None else ""
    state = "in force" if is_in_force else "kept; a newer edition is in force"
    part = " (excerpt)" if facts.is_excerpt else ""
    return f"{list_id}: edition {facts.edition}, {facts.parties} parties, {facts.names} names{was}{part}: {state}"


def _text_facts(text: Text, path: Path, importer: str, terms: Terms) -> dict[str, Any]:
    return {
        "list_id": text.list_id,
        "edition": text.edition,
        "file": path.name,
        "importer": importer,
        "sha256": file_digest(path),
        "imported_on": terms.today,
        "engine_version": terms.engine_version,
    }


def read_file(path: Path, countries: CountryNames, companions: Sequence[Path] = (), edition: date | None = None) -> ReadFile:
    """All parties of an official file; raises SourceFormatError, having changed nothing.

    The edition's date is the one given, or the file's own, or one in its name or folder, or that of its newest listing.
    """
    publication = Publication(path, countries, companions)
    importer = recognise(publication)
    listed: dict[str, list[WatchlistEntity]] = defaultdict(list)
    for list_id, entity in importer.read(publication):
        listed[list_id].append(entity)
    if not listed:
        raise SourceFormatError(f"{publication.name}: holds no listed party; it is cut or not the list itself")
    for list_id, stated in publication.stated.items():
        if len(listed[list_id]) != stated:
            raise SourceFormatError(
                f"{publication.name}: says it holds {stated} parties of {list_id}, {len(listed[list_id])} were read; download it again"
            )
    parties = {list_id: _distinct(publication, list_id, entities) for list_id, entities in listed.items()}
    return ReadFile(
        publication, importer.SOURCE, parties, edition or publication.edition or _named_day(path) or _newest(publication, parties)
    )


def read_texts(path: Path, countries: CountryNames, edition: date | None = None) -> list[tuple[Text, str]] | None:
    """The official texts of a file and its importer's name, by list; None for a file of another kind.

    Raises SourceFormatError, having changed nothing. The edition's date is the one given, or the file's own, or one in its name or folder.
    """
    publication = Publication(path, countries)
    importer = recognise_text(publication)
    if importer is None:
        return None
    lines: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in importer.read(publication):
        lines[paragraph.list_id].append(paragraph)
    if not lines:
        raise SourceFormatError(f"{publication.name}: holds no paragraph; it is cut or not the text itself")
    day = edition or publication.edition or _named_day(path)
    if day is None:
        raise ListDataError(f"{publication.name}: says no date; give the day of the edition with --edition 2026-11-24")
    return [(text_of(list_id, day, own), importer.SOURCE) for list_id, own in lines.items()]


def _refuse_implausible_text(store: TextStore, source: TextSource, text: Text, name: str) -> None:
    """Raise where a text has other counts than its edition is known to have, or far fewer lines than a whole one or the one in force."""
    cure = "download it again; if this is right, import it with --accept-shrink"
    lines, codes = text.frame.height, len(text.digests)
    known = next((one for one in source.known if one.edition == text.edition), None)
    if known is not None and (lines, codes) != (known.paragraphs, known.codes):
        raise ListDataError(
            f"{name}: holds {lines} paragraphs of {codes} codes, the edition {known.edition} of {source.id} has {known.paragraphs} of "
            f"{known.codes}: the file is cut or altered; {cure}"
        )
    least, most = source.plausible
    if not least <= lines <= most:
        raise ListDataError(f"{name}: holds {lines} paragraphs of {source.id}, a whole edition has {least} to {most}; {cure}")
    held = store.in_force(source.id)
    if held is not None and held.facts.edition <= text.edition and lines < held.facts.paragraphs * (1 - source.shrink_pct / 100):
        raise ListDataError(
            f"{name}: holds {lines} paragraphs of {source.id}, the edition in force ({held.facts.edition}) {held.facts.paragraphs}; {cure}"
        )


def import_file(
    store: EditionStore, sources: Mapping[str, Source], path: Path, countries: CountryNames, terms: Terms, companions: Sequence[Path] = ()
) -> list[Imported]:
    """Import an official file: one Imported a list in it. Raises ListDataError, and then no list of the file is changed."""
    read = read_file(path, countries, companions, terms.edition)
    for list_id, parties in read.parties.items():
        if not terms.accept_shrink:
            _refuse_implausible(store, source_of(sources, list_id), read, parties)
    digest = file_digest(path)
    done = []
    for list_id, parties in read.parties.items():
        before = store.in_force(list_id)
        is_short = len(parties) < source_of(sources, list_id).plausible[0]
        facts = {
            "list_id": list_id,
            "edition": read.edition,
            "file": path.name,
            "importer": read.importer,
            "sha256": digest,
            "imported_on": terms.today,
            "is_excerpt": read.publication.is_excerpt or is_short,
            "engine_version": terms.engine_version,
        }
        edition = store.add(facts, parties)
        in_force = store.in_force(list_id)
        done.append(
            Imported(
                edition,
                before,
                in_force is not None and in_force.folder == edition.folder,
                tuple(read.publication.notes),
                tuple(read.publication.used),
            )
        )
    return done


def _refuse_implausible(store: EditionStore, source: Source, read: ReadFile, parties: Parties) -> None:
    """Raise where a file holds too few or too many parties for a whole edition, or far fewer parties or names than the one in force."""
    least, most = source.plausible
    count, name = len(parties), read.publication.name
    if not least <= count <= most:
        bound = f"at least {least}" if count < least else f"at most {most}"
        excerpt = " (it is then kept as an excerpt)" if count < least else ""
        raise ListDataError(
            f"{name}: holds {count} parties of {source.id}, a whole edition has {bound}; if this is right, import it with --accept-shrink"
            f"{excerpt}"
        )
    held = store.in_force(source.id)
    if held is None or held.facts.edition > read.edition:
        return
    # Names are counted too: a file without its aliases holds every party and a half of what they are known by.
    for what, now, before in (("parties", count, held.facts.parties), ("names", parties.names().height, held.facts.names)):
        if now < before * (1 - source.shrink_pct / 100):
            raise ListDataError(
                f"{name}: holds {now} {what} of {source.id}, the edition in force ({held.facts.edition}) {before}; "
                f"more than {source.shrink_pct:g} % are gone. If this is right, import it with --accept-shrink"
            )


def _distinct(publication: Publication, list_id: str, entities: Sequence[WatchlistEntity]) -> Parties:
    seen: set[str] = set()
    for entity in entities:
        if entity.id in seen:
            raise SourceFormatError(f"{publication.name}: id '{entity.id}' stands twice in {list_id}; the source's form changed")
        seen.add(entity.id)
    return Parties.of(entities)


def _named_day(path: Path) -> date | None:
    """The date in a file's name or its folder's."""
    for text in (path.name, path.parent.name):
        if found := _DATE.search(text):
            return _day(found.groups())
    return None


def _day(parts: Iterable[str]) -> date | None:
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def _newest(publication: Publication, parties: Mapping[str, Parties]) -> date:
    newest = [day for one in parties.values() if isinstance(day := one.frame.get_column("listed_on").max(), date)]
    if not newest:
        raise ListDataError(f"{publication.name}: says no date; give the day it was published with --edition 2026-11-24")
    publication.note(f"the file states no date: taken as of its newest listing, {max(newest)} (give --edition to say otherwise)")
    return max(newest)
