"""Bytes that XML forbids and that publishers wrote all the same: read as what they were meant to be, and told."""

from __future__ import annotations

import re
from typing import BinaryIO, NamedTuple, cast

from control_lists.importers.publication import Publication

_PUNCTUATION = "a punctuation mark of U+2000 to U+20FF that lost its upper byte on the publisher's side"
_BREAK = "a line or page break of a word processor"


class Repair(NamedTuple):
    """What a forbidden character is read as, and why."""

    put: str
    reason: str


REPAIRS = {
    0x0B: Repair(" ", _BREAK),
    0x0C: Repair(" ", _BREAK),
    0x13: Repair("\u2013", _PUNCTUATION),
    0x14: Repair("\u2014", _PUNCTUATION),
    0x18: Repair("\u2018", _PUNCTUATION),
    0x19: Repair("\u2019", _PUNCTUATION),
    0x1C: Repair("\u201c", _PUNCTUATION),
    0x1D: Repair("\u201d", _PUNCTUATION),
}
"""The known ones by code point; every other forbidden character is left out."""
_LEFT_OUT = Repair("", "a control character that stands for nothing")

# Raw, or written as a character reference: both stop every XML reader. In UTF-8 no byte below 0x20 is part of another character.
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));", re.IGNORECASE)
_REFERENCE_BYTES = 16


class _Repaired:
    """A stream that gives the bytes of another one repaired; only ``read`` with a size is offered."""

    def __init__(self, stream: BinaryIO, publication: Publication) -> None:
        self._stream = stream
        self._publication = publication
        self._held = b""

    def read(self, size: int) -> bytes:
        while chunk := self._stream.read(size):
            data = self._held + chunk
            # A reference that the chunk cuts in two is kept for the next one.
            start = data.rfind(b"&", max(0, len(data) - _REFERENCE_BYTES))
            cut = start if start >= 0 and b";" not in data[start:] else len(data)
            self._held = data[cut:]
            # Nothing left of a chunk is not the end of the stream.
            if whole := _FORBIDDEN.sub(self._put, data[:cut]):
                return whole
        rest, self._held = self._held, b""
        return _FORBIDDEN.sub(self._put, rest)

    def _put(self, match: re.Match[bytes]) -> bytes:
        found = match[0]
        if found.startswith(b"&#"):
            digits = found[2:-1].lower()
            code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
        else:
            code = found[0]
        repair = REPAIRS.get(code, _LEFT_OUT)
        self._publication.note(
            f"the file holds the character 0x{code:02X}, which XML forbids: read as '{repair.put}' ({repair.reason})"
            if repair.put
            else f"the file holds the character 0x{code:02X}, which XML forbids: left out ({repair.reason})"
        )
        return repair.put.encode()


def repaired(publication: Publication, stream: BinaryIO) -> BinaryIO:
    """The UTF-8 stream with forbidden control characters repaired as ``REPAIRS`` says; each kind is noted once on the publication."""
    return cast("BinaryIO", _Repaired(stream, publication))
