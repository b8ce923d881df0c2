"""Records of a large XML file one by one: never loaded whole, no entities, no network, bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from lxml import etree

from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import local

CHUNK = 256 * 1024
# One listed party takes some kilobytes, the largest known 400 KB.
MAX_RECORD_BYTES = 32 * 1024 * 1024


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
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
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


def _forget(element: etree._Element) -> None:
    """Free a finished record and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
