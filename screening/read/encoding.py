"""The lines of a text file whatever its encoding: UTF-8, UTF-16, or Windows-1252 where it is neither."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from enum import Enum
from pathlib import Path


class Encoding(Enum):
    """How a file is decoded. MIXED: line by line, UTF-8 where it is, Windows-1252 where it is not."""

    UTF8 = "utf-8-sig"
    UTF16 = "utf-16"
    UTF16_LE = "utf-16-le"
    UTF16_BE = "utf-16-be"
    MIXED = "mixed"


def sniff_encoding(path: Path) -> Encoding:
    """The encoding of a file, told by its first bytes or by reading all of it."""
    with path.open("rb") as stream:
        start = stream.read(4096)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding.UTF16
        # Latin text in UTF-16 without its mark has a zero in every other byte.
        if len(start) >= 4 and start[1::2].count(0) * 5 > len(start):
            return Encoding.UTF16_LE
        if len(start) >= 4 and start[::2].count(0) * 5 > len(start):
            return Encoding.UTF16_BE
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            chunk = start
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(1 << 20)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return Encoding.MIXED
    return Encoding.UTF8


def lines(path: Path, encoding: Encoding) -> Iterator[str]:
    """The lines of a file with their line ends."""
    if encoding is not Encoding.MIXED:
        with path.open(encoding=encoding.value, newline="", errors="replace") as stream:
            yield from stream
        return
    with path.open("rb") as binary:
        for line in binary:
            yield decoded(line)


def decoded(line: bytes) -> str:
    """A line as UTF-8, or as Windows-1252 when it is not; no byte is lost."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The five bytes Windows-1252 leaves open are control characters in Latin-1.
        return "".join(_WINDOWS_1252.get(byte, chr(byte)) for byte in line)


_WINDOWS_1252 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
