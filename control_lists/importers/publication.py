"""One official file as it was published: how it is opened, and what it says of itself."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO, BinaryIO, cast

from control_lists.codes.country import CountryNames
from control_lists.importers.errors import SourceFormatError

HEAD_BYTES = 64 * 1024
# Twenty times the largest list published today (a 110 MB XML); a file that unpacks to more is not one of them.
MAX_BYTES = 2 * 1024**3


class Publication:
    """A published file, given as it was downloaded: plain, gzipped, or the one member of a ZIP archive.

    What its importer learns while reading is left here: ``edition`` (the day the file says it is of), ``stated`` (the counts the
    file itself states, by list), ``used`` (the companions that were read), ``is_excerpt`` (a companion that holds a part of the list
    was not given), and ``notes`` (what a person should know, each once).
    """

    def __init__(self, path: Path, countries: CountryNames, companions: Sequence[Path] = ()) -> None:
        self.path = path
        self.name = path.name
        self.countries = countries
        self.companions = {other.name.lower(): other for other in (*_beside(path), *companions)}
        self.used: list[Path] = []
        self.edition: date | None = None
        self.stated: dict[str, int] = {}
        self.is_excerpt = False
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        """Tell a person once."""
        if text not in self.notes:
            self.notes.append(text)

    def companion(self, name: str) -> Publication | None:
        """The file of that name (any case) given with this one or lying beside it."""
        found = self.companions.get(name.lower()) or self.companions.get(f"{name.lower()}.gz")
        if found is None:
            return None
        self.used.append(found)
        return Publication(found, self.countries)

    def open(self) -> BinaryIO:
        """The file's bytes, unpacked, bounded; raises SourceFormatError for an archive that is not one plain file."""
        try:
            return cast("BinaryIO", io.BufferedReader(_Bounded(self._unpacked(), self.name), 1 << 20))
        except (gzip.BadGzipFile, zipfile.BadZipFile, EOFError) as error:
            raise SourceFormatError(f"{self.name}: the archive is damaged ({error}); download it again") from None

    def error(self, place: str, message: str) -> SourceFormatError:
        """``file: place: message`` as an error to raise."""
        return SourceFormatError(f"{self.name}: {place}: {message}" if place else f"{self.name}: {message}")

    @cached_property
    def head(self) -> bytes:
        """The first unpacked bytes, by which a source is recognised."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    @property
    def plain_name(self) -> str:
        """The file's name in lower case without ``.gz``."""
        return self.name.lower().removesuffix(".gz")

    def _unpacked(self) -> IO[bytes]:
        raw = self.path.open("rb")
        magic = raw.read(4)
        raw.seek(0)
        if magic[:2] == b"\x1f\x8b":
            return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
        if magic == b"PK\x03\x04" and not self.plain_name.endswith((".xlsx", ".ods")):
            archive = zipfile.ZipFile(raw)
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) != 1:
                raise SourceFormatError(f"{self.name}: the archive holds {len(members)} files; unpack it and give the one list")
            return archive.open(members[0])
        return raw


class _Bounded(io.RawIOBase):
    """A stream that ends in an error where a file unpacks to more than any list."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._left = MAX_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zipfile.BadZipFile, OSError) as error:
            raise SourceFormatError(f"{self._name}: the archive is cut or damaged ({error}); download it again") from None
        self._left -= len(data)
        if self._left < 0:
            raise SourceFormatError(f"{self._name}: unpacks to more than {MAX_BYTES} bytes; this is not a published list")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _beside(path: Path) -> Sequence[Path]:
    return [other for other in path.parent.iterdir() if other.is_file() and other != path] if path.parent.is_dir() else []
