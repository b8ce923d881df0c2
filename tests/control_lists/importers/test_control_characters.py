"""Bytes that XML forbids."""

from __future__ import annotations

import io

import pytest

from control_lists.importers.control_characters import repaired


def _read(published, content: bytes, size: int) -> tuple[bytes, list[str]]:
    publication = published("list.xml", content)
    stream = repaired(publication, io.BytesIO(content))
    found = b""
    while chunk := stream.read(size):
        found += chunk
    return found, publication.notes


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_raw_characters_and_references_are_repaired_wherever_a_chunk_ends(published, size) -> None:
    found, notes = _read(published, b"<a>Kim\x19s &#x19;&#25; &amp; \x00b\x1a &lt;</a>\x1a", size)
    assert found.decode() == "<a>Kim\u2019s \u2019\u2019 &amp; b &lt;</a>"
    assert len(notes) == 3
    assert "0x19" in notes[0]
    assert "lost its upper byte" in notes[0]


def test_clean_text_is_left_alone_and_nothing_is_told(published) -> None:
    content = "<a>Ри &#x2019; &amp;\t\r\n</a>".encode()
    assert _read(published, content, 5) == (content, [])


def test_a_chunk_of_nothing_but_forbidden_bytes_does_not_end_the_stream(published) -> None:
    assert _read(published, b"ab\x00\x00\x00\x00cd", 2)[0] == b"abcd"
