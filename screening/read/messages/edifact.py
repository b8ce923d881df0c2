"""UN/EDIFACT interchanges as messages of segments, by the syntax rules of ISO 9735."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from screening.read.encoding import decoded
from screening.read.messages.record import MessageError

_CHUNK = 1 << 18
# A segment is some hundred characters; the longest free text of the customs messages is five times 512.
MAX_SEGMENT_BYTES = 1 << 20
MAX_SEGMENTS = 400_000
# Character sets of the syntax identifier (UNB); of the others the bytes are UTF-8 or Windows-1252.
_CHARSETS = {
    "UNOC": "latin-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5", "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4",
    "UNOI": "iso8859-6", "UNOJ": "iso8859-8", "UNOK": "iso8859-9",
}  # fmt: skip


class Unread(NamedTuple):
    """A message that stands in its place and is not read, and why."""

    reason: str


class Signs(NamedTuple):
    """The service characters of an interchange: ISO 9735's own, or those its UNA states."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    end: str = "'"


class Segment(NamedTuple):
    """A segment: its tag, and its elements, each a list of components; the tag is element 0."""

    tag: str
    elements: tuple[tuple[str, ...], ...]

    def text(self, element: int, component: int = 0) -> str | None:
        """A component, None where it is absent or blank."""
        found = self.elements[element] if element < len(self.elements) else ()
        return (found[component].strip() or None) if component < len(found) else None

    def texts(self, element: int) -> list[str]:
        """The components of an element that say something."""
        return [text.strip() for text in (self.elements[element] if element < len(self.elements) else ()) if text.strip()]


class Message(NamedTuple):
    """The segments of one message behind its UNH, and the decimal mark of its numbers."""

    kind: str
    segments: list[Segment]
    decimal: str


def records(
    stream: BinaryIO, stem: str, kinds: Mapping[str, Callable[[Message, str], Iterator[dict[str, Any]]]]
) -> Iterator[dict[str, Any] | Unread]:
    """The items of every message of an interchange whose kind is one of ``kinds``; another kind, or one that is not whole, is unread.

    ``stem`` names a declaration that has no number of its own. Raises MessageError where the interchange itself is at fault.
    """
    count = 0
    for found in messages(stream):
        count += 1
        if isinstance(found, Unread):
            yield found
        elif (read := kinds.get(found.kind)) is not None:
            yield from read(found, stem if count == 1 else f"{stem}:{count}")
        else:
            yield Unread(f"is an EDIFACT message of type {found.kind[:20] or '?'}, which is not read")
    if not count:
        raise MessageError("is an EDIFACT interchange without a message")


def messages(stream: BinaryIO) -> Iterator[Message | Unread]:
    """The messages between UNH and UNT, in order."""
    current: Message | None = None
    is_outside_told = False
    for segment, signs in segments(stream):
        if segment.tag == "UNH":
            if current is not None:
                yield Unread("is cut: another message begins before it ends (UNT)")
            current, is_outside_told = Message((segment.text(2) or "").upper(), [], signs.decimal), False
        elif segment.tag == "UNT" and current is not None:
            yield current
            current = None
        elif current is not None:
            if len(current.segments) >= MAX_SEGMENTS:
                raise MessageError(f"holds more than {MAX_SEGMENTS} segments in one message; it is refused")
            current.segments.append(segment)
        elif segment.tag not in _SERVICE and not is_outside_told:
            is_outside_told = True
            yield Unread(f"holds segments outside a message, the first is {segment.tag[:10]!r}")
    if current is not None:
        yield Unread("is cut: the message does not end (UNT)")


_SERVICE = ("UNB", "UNG", "UNE", "UNZ")


def segments(stream: BinaryIO) -> Iterator[tuple[Segment, Signs]]:
    """The segments of an interchange; line ends between and within them are no part of them. Raises MessageError."""
    waiting = stream.read(_CHUNK)
    start = waiting.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    signs, charset = Signs(), None
    if start.startswith(b"UNA"):
        given = start[3:9].decode("latin-1")
        if len(given) < 6 or len({given[0], given[1], given[5]}) < 3:
            raise MessageError("states no service characters behind UNA")
        signs, start = Signs(given[0], given[1], given[2], given[3], given[5]), start[9:]
    waiting = start
    terminated = _terminated(signs)
    while True:
        position = 0
        while (match := terminated.match(waiting, position)) is not None:
            position = match.end()
            raw = match[1].translate(None, b"\r\n").strip()
            if raw:
                segment = _segment(raw.decode(charset, "replace") if charset else decoded(raw), signs)
                if segment.tag == "UNB":
                    charset = _CHARSETS.get((segment.text(1) or "").upper())
                yield segment, signs
        waiting = waiting[position:]
        if len(waiting) > MAX_SEGMENT_BYTES:
            raise MessageError(f"has a segment of more than {MAX_SEGMENT_BYTES} bytes; it is refused")
        chunk = stream.read(_CHUNK)
        if not chunk:
            break
        waiting += chunk
    if waiting.strip(b" \t\r\n\0\x1a"):
        raise MessageError("is cut: its last segment does not end")


def _terminated(signs: Signs) -> re.Pattern[bytes]:
    """A segment up to its end. A released character is never one; nothing is tried twice, however the bytes lie."""
    end, release = re.escape(signs.end.encode("latin-1")), re.escape(signs.release.strip().encode("latin-1"))
    inner = rb"(?:[^%b%b]++|%b.)*+" % (end, release, release) if release else rb"[^%b]*+" % end
    return re.compile(rb"(%b)%b" % (inner, end), re.DOTALL)


def _segment(text: str, signs: Signs) -> Segment:
    """A segment of its text, with released characters as themselves."""
    if not signs.release.strip() or signs.release not in text:
        elements = tuple(tuple(element.split(signs.component)) for element in text.split(signs.element))
        return Segment(elements[0][0].strip().upper(), elements)
    found: list[list[str]] = [[""]]
    characters = iter(text)
    pieces: list[str] = []
    for character in characters:
        if character == signs.release:
            pieces.append(next(characters, ""))
        elif character in (signs.element, signs.component):
            found[-1][-1] = "".join(pieces)
            pieces = []
            if character == signs.element:
                found.append([""])
            else:
                found[-1].append("")
        else:
            pieces.append(character)
    found[-1][-1] = "".join(pieces)
    return Segment(found[0][0].strip().upper(), tuple(tuple(element) for element in found))
