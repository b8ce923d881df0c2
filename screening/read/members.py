"""The files that a path stands for: itself, what a folder holds, what a ZIP or gzip file packs. Nothing is unpacked before it is read."""

from __future__ import annotations

import gzip
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, NamedTuple

from screening.errors import DeclarationFormatError

ZIP, GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
# What one packed file may unpack to, and how often its own size once it is large: an archive made to fill a disk packs a thousandfold.
MAX_UNPACKED_BYTES = 8 * 1024**3
MAX_RATIO, RATIO_FROM_BYTES = 250, 64 * 1024**2
_HEAD = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class MemberError(Exception):
    """Why a file cannot be unpacked."""


class Member(NamedTuple):
    """One file to read. ``inner`` is its entry in ``archive``, the opened ZIP file at ``path``; ``is_alone`` when it is all there is."""

    path: Path
    file: str
    is_alone: bool = False
    is_gzip: bool = False
    archive: zipfile.ZipFile | None = None
    inner: zipfile.ZipInfo | None = None

    @property
    def stem(self) -> str:
        """The name of the file without folders and suffixes of packing and form."""
        return PurePosixPath(self._name).stem or self._name

    @property
    def _name(self) -> str:
        name = PurePosixPath(self.inner.filename if self.inner is not None else self.file).name
        return name.removesuffix(".gz") if self.is_gzip else name

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes of the file, unpacked as they are read; reading raises MemberError where that fails or goes too far."""
        with ExitStack() as opened:
            if self.inner is None and not self.is_gzip:
                yield opened.enter_context(self.path.open("rb"))
                return
            try:
                if self.archive is not None and self.inner is not None:
                    packed: IO[bytes] = opened.enter_context(self.archive.open(self.inner))
                    size = self.inner.compress_size
                else:
                    packed = opened.enter_context(gzip.open(self.path))  # type: ignore[arg-type]
                    size = self.path.stat().st_size
            except _BROKEN as error:
                raise MemberError(f"is compressed and cannot be unpacked ({str(error)[:80]})") from None
            yield _Unpacked(packed, size)  # type: ignore[misc]

    def head(self) -> bytes:
        """The first bytes, by which the form is told; raises MemberError."""
        with self.open() as stream:
            return stream.read(_HEAD)

    @contextmanager
    def on_disk(self, folder: Path) -> Iterator[Path]:
        """The file as one on disk, in ``folder`` while it is needed where it is packed; raises MemberError."""
        if self.inner is None and not self.is_gzip:
            yield self.path
            return
        copy = folder / f"unpacked{PurePosixPath(self._name).suffix}"
        try:
            with self.open() as stream, copy.open("wb") as out:
                shutil.copyfileobj(stream, out, 1 << 20)
            yield copy
        finally:
            copy.unlink(missing_ok=True)


class _Unpacked:
    """A packed stream that stops where it would unpack beyond measure."""

    def __init__(self, stream: IO[bytes], packed: int) -> None:
        self._stream = stream
        self._most = min(MAX_UNPACKED_BYTES, max(packed * MAX_RATIO, RATIO_FROM_BYTES))
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        try:
            found = self._stream.read(size)
        except _BROKEN as error:
            raise MemberError(f"is compressed and cannot be unpacked ({str(error)[:80]})") from None
        self._count += len(found)
        if self._count > self._most:
            raise MemberError(f"unpacks to more than {self._most} bytes; it is refused")
        return found


def members(location: Path, file: str, opened: ExitStack, *, is_alone: bool) -> Iterator[Member]:
    """The files of a path in the order of their names; hidden ones, and what archivers add of their own, are left out.

    Archives stay open as long as ``opened`` does: one of ten thousand files has a long directory. An archive in an archive is given as it
    is. Raises DeclarationFormatError for a folder or an archive that holds no file.
    """
    if location.is_dir():
        found = False
        for path in _files(location):
            found = True
            yield from members(path, f"{file}/{path.relative_to(location).as_posix()}", opened, is_alone=False)
        if not found:
            raise DeclarationFormatError(f"{file}: the folder holds no file")
        return
    start = _start(location)
    if start.startswith(GZIP):
        yield Member(location, file, is_alone, is_gzip=True)
    elif start.startswith(ZIP) and (entries := entries_of(location)) is not None:
        if not entries:
            raise DeclarationFormatError(f"{file}: the archive holds no file")
        archive = opened.enter_context(zipfile.ZipFile(location))
        for entry in entries:
            yield Member(location, f"{file}/{_shown(entry.filename)}", archive=archive, inner=entry)
    else:
        yield Member(location, file, is_alone)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(names) if not name.startswith("."))


def _start(location: Path) -> bytes:
    with location.open("rb") as stream:
        return stream.read(4)


def entries_of(location: Path) -> list[zipfile.ZipInfo] | None:
    """The files of a ZIP file; None where it is none, or a workbook."""
    try:
        with zipfile.ZipFile(location) as archive:
            entries = archive.infolist()
    except _BROKEN:
        return None
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        return None
    own = (entry for entry in entries if not entry.is_dir() and not entry.filename.startswith("__MACOSX/"))
    return [entry for entry in own if not PurePosixPath(entry.filename).name.startswith(".")]


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)
