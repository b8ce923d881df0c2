"""A large XML file as a stream, by records or by single elements: never loaded whole, no entities, no network, bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from lxml import etree

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import local, local_name

CHUNK = 256 * 1024
# One listed party takes some kilobytes, the largest known 400 KB.
MAX_RECORD_BYTES = 32 * 1024 * 1024
# Of text that nothing marks off: a start tag without its end would else be waited for in memory.
MAX_MARKUP_BYTES = 16 * 1024 * 1024
MAX_NAMES = 10_000  # kept at a time; a form has some hundreds
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}"
_PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class XmlError(Exception):
    """Why a stream is no XML that is read on, and the line where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")


class Start(NamedTuple):
    """An element begins: its local name, and its attributes by local name, but for those that name a schema or a type of one."""

    name: str
    attributes: Mapping[str, str]


class End(NamedTuple):
    """The element that began last and has not ended ends; ``text`` is its own, without that of the elements in it."""

    text: str


def records(stream: BinaryIO, shown: str, *names: str) -> Iterator[etree._Element]:
    """Each whole element whose local name is one of ``names``, in document order; it is emptied when the next one is asked for.

    An element inside another one of ``names`` stands in its parent and is not given again. Raises SourceFormatError for XML that is
    not well-formed, is cut, declares entities, or keeps more than MAX_RECORD_BYTES between two records.
    """
    return _whole(stream, shown, lambda element, _: local(element) in names)


def nested(stream: BinaryIO, shown: str, depth: int = 1) -> Iterator[etree._Element]:
    """Each whole element so many steps below the root, as ``records`` gives them, whatever its name: the importer refuses strange ones."""
    return _whole(stream, shown, lambda _, steps: steps == depth)


def _whole(stream: BinaryIO, shown: str, is_record: Callable[[etree._Element, int], bool]) -> Iterator[etree._Element]:
    parser = etree.XMLPullParser(events=("start", "end"), **_PARSER)
    pending = 0
    depth = -1
    inside: etree._Element | None = None
    is_checked = False
    try:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
            pending += len(chunk)
            for event, element in parser.read_events():
                if not is_checked:
                    is_checked = True
                    _refuse_declarations(element, shown)
                if event == "start":
                    depth += 1
                    if inside is None and is_record(element, depth):
                        inside = element
                    continue
                depth -= 1
                if element is inside:
                    yield element
                    inside, pending = None, 0
                    _forget(element)
            if pending > MAX_RECORD_BYTES:
                raise SourceFormatError(f"{shown}: more than {MAX_RECORD_BYTES} bytes without a record; not a published list")
        parser.close()
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        raise SourceFormatError(
            f"{shown}: line {line}: not well-formed XML ({error.msg}); the file is cut or damaged, download it again"
        ) from None


def walk(stream: BinaryIO) -> Iterator[Start | End]:
    """Every element's beginning and end, in document order. What has ended is forgotten, so memory does not grow with the file.

    Raises XmlError for XML that is not well-formed, is cut, declares a document type, is nested deeper than 256 elements, or holds a
    text of more than 10 million characters, or goes on for MAX_MARKUP_BYTES within one tag; what stands before is given first.
    """
    parser = etree.XMLPullParser(events=("start", "end"), **_PARSER)
    names: dict[str, str] = {}
    tails: list[list[str]] = []
    pending = mixed = 0
    last: etree._Element | None = None
    while True:
        chunk, fault = stream.read(CHUNK), None
        try:
            parser.feed(chunk) if chunk else parser.close()
        except etree.XMLSyntaxError as error:
            reason = " ".join(str(error.msg).partition(", line ")[0].split())
            fault = XmlError(f"is not well-formed XML ({reason})", max(error.position[0], 1))
        pending += len(chunk)
        if len(names) > MAX_NAMES:
            names.clear()
        for event, element in parser.read_events():
            pending = 0
            if event == "start":
                if not tails and element.getroottree().docinfo.doctype:
                    raise XmlError("declares a document type; declarations have none, so it is refused", element.sourceline or 1)
                last = element
                tails.append([])
                tag = str(element.tag)
                if (name := names.get(tag)) is None:
                    name = names[tag] = local_name(tag)
                yield Start(name, _attributes(element) if element.attrib else _NO_ATTRIBUTES)
            else:
                yield End(_own_text(element, tails.pop()))
                for tail in _forget_before(element):
                    tails[-1].append(tail)
                    mixed += len(tail)
        if fault is not None:
            raise fault
        if max(pending, mixed) > MAX_MARKUP_BYTES:
            line = last.sourceline if last is not None else None
            raise XmlError(f"goes on for more than {MAX_MARKUP_BYTES} bytes in one place; it is refused", line or 1)
        if not chunk:
            return


_NO_ATTRIBUTES: Mapping[str, str] = {}


def _attributes(element: etree._Element) -> dict[str, str]:
    return {local_name(str(key)): str(value) for key, value in element.attrib.items() if not str(key).startswith(_SCHEMA)}


def root_attributes(head: bytes) -> tuple[str, dict[str, str]]:
    """Local name and attributes of the root element in the first bytes of a file; ``("", {})`` where there is none."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    parser.feed(head)
    for _, element in parser.read_events():
        if isinstance(element.tag, str):
            return local(element), {str(key): str(value) for key, value in element.attrib.items()}
    return "", {}


def _refuse_declarations(root: etree._Element, shown: str) -> None:
    doc = root.getroottree().docinfo
    if doc.internalDTD is not None and any(True for _ in doc.internalDTD.iterentities()):
        raise SourceFormatError(f"{shown}: declares XML entities; official lists do not, so it is refused")


def _own_text(element: etree._Element, tails: list[str]) -> str:
    """The text of an element that has ended: before, between (``tails``) and behind the elements in it."""
    text = element.text or ""
    return "".join((text, *tails, element[-1].tail or "")) if len(element) else str(text)


def _forget_before(element: etree._Element) -> Iterator[str]:
    """Free an element that has ended, but for its place, and its elder; gives what text stood between those."""
    if len(element):
        element.clear(keep_tail=True)
    # At most one: its own elder was freed when it ended.
    if (elder := element.getprevious()) is not None:
        if elder.tail and not elder.tail.isspace():
            yield elder.tail
        element.getparent().remove(elder)


def _forget(element: etree._Element) -> None:
    """Free a finished record and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
