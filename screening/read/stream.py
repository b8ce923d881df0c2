"""A file as a stream of declarations, part by part, with what is to be said about it said once."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, Any

import polars as pl

from screening.errors import DeclarationFormatError
from screening.normalise.values import DayOrder, DecimalMark, day_order, day_order_proofs, decimal_mark, decimal_proofs
from screening.read.asycuda_extract import AsycudaExtract
from screening.read.columns import ColumnNames, Layout
from screening.read.contract import ROLES, Declarations, RawPart, ReadOptions, Source
from screening.read.distinct import cleaned
from screening.read.fields import NUMBERS, FieldReader, Proofs
from screening.read.fill import check_blanks
from screening.read.formats import message_reader, open_source
from screening.read.items import ItemReader
from screening.read.json_records import Records
from screening.read.members import Member, MemberError, members
from screening.read.messages.source import MessageFile, Messages, Refused
from screening.read.spellings import Spellings

STDIN = "stdin"


def read(
    source: str | Path | IO[bytes] | Sequence[str | Path], options: ReadOptions, *, part_rows: int = 100_000
) -> Iterator[Declarations]:
    """The declarations of a file, a folder, a ZIP or gzip file, a stream, or several paths, in parts of at most ``part_rows`` records.

    Item numbers restart at 0 in each part. Raises DeclarationFormatError, naming file and cure, when the source is nothing that can be
    read; one file among several that is not is a reject.
    """
    check_blanks(options.blanks)
    with tempfile.TemporaryDirectory(prefix="declarations-") as folder, ExitStack() as archives:
        spellings = options.spellings or Spellings(options.reference)
        names = _names(options, spellings)
        label, found = _members(source, Path(folder), archives)
        for opened in _sources(label, found, Path(folder), names, options.input_format):
            yield from _parts(opened, names, spellings, options, part_rows)


def copied(stream: IO[bytes]) -> IO[bytes]:
    """A stream written down, so that it can be read more than once; closed with the last reference to it."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115
    shutil.copyfileobj(stream, copy)
    return copy


def read_records(records: Sequence[Mapping[str, Any]], options: ReadOptions, *, part_rows: int = 100_000) -> Iterator[Declarations]:
    """The declarations of records at hand, nested or flat, as a file of them would be read."""
    check_blanks(options.blanks)
    spellings = options.spellings or Spellings(options.reference)
    names = _names(options, spellings)
    yield from _parts(Records(records, names), names, spellings, options, part_rows)


def read_frame(frame: pl.DataFrame, options: ReadOptions, *, part_rows: int = 100_000) -> Iterator[Declarations]:
    """The declarations of a frame, as the Parquet file of it would be read."""
    with io.BytesIO() as buffer:
        frame.write_parquet(buffer)
        buffer.seek(0)
        yield from read(buffer, options._replace(input_format="parquet"), part_rows=part_rows)


def _names(options: ReadOptions, spellings: Spellings) -> ColumnNames:
    return ColumnNames(options.reference.column_synonyms, options.columns) if options.columns else spellings.columns


def _parts(source: Source, names: ColumnNames, spellings: Spellings, options: ReadOptions, part_rows: int) -> Iterator[Declarations]:
    whole = _WholeFile(source, names, part_rows)
    fields = FieldReader(spellings.countries, Proofs(whole.day_order, whole.decimal_mark))
    reader = ItemReader(source.file, names, spellings.countries, spellings.attributes, fields)
    told = _Told(source.file)
    for raw in source.parts(part_rows):
        layout = names.layout(raw.frame.columns)
        declarations, filled, unknown = reader.read(raw, layout, options.blanks)
        yield declarations._replace(reports=told.of(raw, layout, filled, unknown, options, declarations))


def _sources(label: str, found: Iterator[Member], folder: Path, names: ColumnNames, input_format: str | None) -> Iterator[Source]:
    """What there is to read: a source a table, in order, and then one of all files of messages, so that few are as quick as many."""
    messages: list[MessageFile] = []
    for member in found:
        try:
            if (reader := message_reader(member.head(), input_format)) is not None:
                messages.append(MessageFile(member, reader))
                continue
            with member.on_disk(folder) as path:
                yield AsycudaExtract(open_source(path, member.file, input_format, names))
        except (DeclarationFormatError, MemberError, OSError) as fault:
            if member.is_alone:
                raise fault if isinstance(fault, DeclarationFormatError) else DeclarationFormatError(f"{member.file}: {fault}") from None
            yield Refused(member, str(fault).removeprefix(f"{member.file}: ").removeprefix("row 1: "))
    if messages:
        yield Messages(messages[0].member.file if len(messages) == 1 else label, messages, names)


def _members(source: str | Path | IO[bytes] | Sequence[str | Path], folder: Path, archives: ExitStack) -> tuple[str, Iterator[Member]]:
    """A name for all of it, and the files to read. A stream is written down first: it is read more than once."""
    if isinstance(source, (str, Path, Sequence)):
        locations = [_location(path) for path in ([source] if isinstance(source, (str, Path)) else source)]
        each = (members(location, location.name, archives, is_alone=len(locations) == 1) for location in locations)
        return locations[0].name if len(locations) == 1 else f"{len(locations)} files", chain.from_iterable(each)
    copy = folder / STDIN
    with copy.open("wb") as out:
        shutil.copyfileobj(source, out)
    return STDIN, members(copy, STDIN, archives, is_alone=True)


def _location(path: str | Path) -> Path:
    location = Path(path)
    if not location.exists():
        raise DeclarationFormatError(f"{location.name}: no such file; give a file of declarations, a folder of them, or a ZIP file")
    return location


class _WholeFile:
    """What all values of a column prove, so that the size of the parts never changes a reading. Scanned once, when first asked."""

    def __init__(self, source: Source, names: ColumnNames, part_rows: int) -> None:
        self._source, self._names, self._part_rows = source, names, part_rows
        self._days: set[DayOrder] = set()
        self._marks: dict[str, set[DecimalMark]] = {field: set() for field in NUMBERS}
        self._is_scanned = False

    def day_order(self) -> DayOrder:
        """The order of day and month in ``declared_on``."""
        self._scan()
        return day_order(self._days)

    def decimal_mark(self, field: str) -> DecimalMark:
        """The decimal mark of a field of numbers."""
        self._scan()
        return decimal_mark(self._marks[field])

    def _scan(self) -> None:
        if self._is_scanned:
            return
        for raw in self._source.parts(self._part_rows):
            fields = self._names.layout(raw.frame.columns).fields
            self._days |= day_order_proofs(_values(raw, fields.get("declared_on")))
            for field, marks in self._marks.items():
                marks |= decimal_proofs(_values(raw, fields.get(field)))
        self._is_scanned = True


def _values(raw: RawPart, columns: tuple[str, ...] | None) -> list[str]:
    return raw.frame.select(cleaned(pl.col(columns[0])).drop_nulls().unique()).to_series().to_list() if columns else []


class _Told:
    """What has been said about a file, so that each thing is said once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._said: set[tuple[str, str]] = {("role", role) for role in ROLES}

    def of(
        self, raw: RawPart, layout: Layout, filled: dict[str, int], unknown: list[str], options: ReadOptions, declarations: Declarations
    ) -> list[str]:
        """The lines to say of a part: columns, attributes and roles only where they are new."""
        foreign = {name: f"{name} = {field}" for name, field in layout.foreign.items() if name not in layout.repeats}
        repeats = {name: f"{name} ({field})" for name, field in layout.repeats.items()}
        roles = declarations.parties["role"].unique().sort().to_list()
        lines = [
            *raw.reports,
            *self._fresh("column", foreign, "is read as", "are read as"),
            *self._fresh("repeat", repeats, "repeats what another gives and is carried through",
                         "repeat what others give and are carried through"),
            *self._fresh("column", _same(layout.unknown), "is not of the contract and is carried through",
                         "are not of the contract and are carried through"),
            *self._fresh("attribute name", _same(unknown), "is of no parameter and is kept", "are of no parameter and are kept"),
            *self._fresh("role", _same(roles), "is not of the contract; it is screened all the same",
                         "are not of the contract; they are screened all the same"),
            *(f"{field}: {count} blank values are filled with '{options.blanks[field]}'" for field, count in filled.items() if count),
        ]  # fmt: skip
        return [f"{self._file}: {line}" for line in lines]

    def _fresh(self, kind: str, things: dict[str, str], one: str, many: str) -> list[str]:
        """A line on the things not said before, or none."""
        fresh = {name: shown for name, shown in things.items() if (kind, name) not in self._said}
        self._said |= {(kind, name) for name in fresh}
        noun = "column" if kind == "repeat" else kind
        count = f"1 {noun} {one}" if len(fresh) == 1 else f"{len(fresh)} {noun}s {many}"
        return [f"{count}: {', '.join(fresh.values())}"] if fresh else []


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}
