"""Files of messages as one source: read one after another, so that a thousand small files are as quick as one large one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import polars as pl

from control_lists.importers.xml_stream import XmlError
from screening.errors import DeclarationFormatError
from screening.read.columns import ColumnNames
from screening.read.contract import RawPart, Reject
from screening.read.members import Member, MemberError
from screening.read.messages.edifact import Unread
from screening.read.messages.record import MessageError
from screening.read.messages.xml import NothingFoundError
from screening.read.nested import raw_part

# A declaration may say long texts of each of its items: a part ends where that becomes much.
MAX_PART_BYTES = 64 * 1024 * 1024

Reader = Callable[[BinaryIO, str], Iterator[dict[str, Any] | Unread]]


class MessageFile(NamedTuple):
    """A file, and what gives the items in its bytes, told a name for declarations without a number."""

    member: Member
    records: Reader


class Messages:
    """Opened files of messages. A file, or the rest of one, that cannot be read is a reject, and the next is read."""

    def __init__(self, file: str, files: Sequence[MessageFile], names: ColumnNames) -> None:
        self.file = file
        self._files = files
        self._names = names

    def parts(self, part_rows: int) -> Iterator[RawPart]:
        """The items in order, numbered within each file. Raises DeclarationFormatError where the only file is of no form we read."""
        found: list[tuple[int, dict[str, Any]]] = []
        rejects: list[Reject] = []
        files: list[str] = []
        size = 0
        for member, row, record in self._rows():
            if isinstance(record, Reject):
                rejects.append(record)
            else:
                found.append((row, record))
                files.append(member.file)
                size += _bytes_of(record)
            if len(found) + len(rejects) >= part_rows or size > MAX_PART_BYTES:
                yield self._part(found, rejects, files)
                found, rejects, files, size = [], [], [], 0
        if found or rejects:
            yield self._part(found, rejects, files)

    def _rows(self) -> Iterator[tuple[Member, int, dict[str, Any] | Reject]]:
        for member, reader in self._files:
            row = 0
            try:
                with member.open() as stream:
                    for row, record in enumerate(reader(stream, member.stem), 1):
                        yield member, row, Reject(row, None, record.reason, member.file) if isinstance(record, Unread) else record
            except NothingFoundError as fault:
                if member.is_alone:
                    raise DeclarationFormatError(f"{member.file}: {fault}; see the list of message formats") from None
                yield member, row + 1, Reject(row + 1, None, str(fault), member.file)
            except (XmlError, MessageError, MemberError) as fault:
                yield member, row + 1, Reject(row + 1, None, str(fault), member.file)

    def _part(self, found: list[tuple[int, dict[str, Any]]], rejects: list[Reject], files: list[str]) -> RawPart:
        part = raw_part(found, rejects, self._names)
        return part._replace(files=pl.Series("file", files, dtype=pl.String))


def _bytes_of(value: Any) -> int:
    """About how many bytes a record takes."""
    if isinstance(value, str):
        return len(value)
    return sum(map(_bytes_of, value.values() if isinstance(value, dict) else value))


class Refused:
    """A file among others that is of no form we read: one reject."""

    def __init__(self, member: Member, reason: str) -> None:
        self.file = member.file
        self._reason = reason

    def parts(self, part_rows: int) -> Iterator[RawPart]:  # noqa: ARG002  (there is nothing to part)
        """One part without a record."""
        yield raw_part([], [Reject(1, None, self._reason)], ColumnNames((), {}))
