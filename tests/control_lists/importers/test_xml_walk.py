"""Walking through XML: what it gives, and what it refuses before memory is spent on it."""

from __future__ import annotations

import io
from typing import Any

import pytest

from control_lists.importers.xml_stream import End, Start, XmlError, walk


def walked(content: bytes) -> list[Any]:
    return list(walk(io.BytesIO(content)))


def test_elements_are_given_with_their_own_text_and_without_namespaces() -> None:
    assert walked(b'<n:a xmlns:n="urn:x">one<b n:k="v">t</b>two<!-- no -->three<c/>four</n:a>') == [
        Start("a", {}),
        Start("b", {"k": "v"}),
        End("t"),
        Start("c", {}),
        End(""),
        End("onetwothreefour"),
    ]


def test_the_encoding_is_the_declared_one() -> None:
    assert walked("<?xml version='1.0' encoding='windows-1251'?><a>Завод</a>".encode("cp1251"))[1] == End("Завод")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not well-formed"),
        (b"<a><b></a>", "line 1: is not well-formed XML (Opening and ending tag mismatch"),
        (b"<a>\n<!-- a -- b --></a>", "line 2: is not well-formed XML"),
        (b'<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>', "document type"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>', "document type"),
        (b"<a>" + b"<b>" * 1000, "Excessive depth"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "Text node too long"),
        (b'<a k="' + b"x" * 17_000_000, "goes on for more than"),
        (b"<a>" + b"xxxxxxxx<b/>" * 3_000_000, "goes on for more than"),
    ],
)
def test_hostile_and_damaged_xml_is_refused_with_its_line(content: bytes, reason: str) -> None:
    with pytest.raises(XmlError) as refused:
        sum(1 for _ in walk(io.BytesIO(content)))
    assert str(refused.value).startswith("line ")
    assert reason in str(refused.value)


def test_what_stands_before_a_fault_is_given_first() -> None:
    events = walk(io.BytesIO(b"<a><b>x</b>"))
    found = [next(events) for _ in range(3)]
    with pytest.raises(XmlError):
        next(events)
    assert found == [Start("a", {}), Start("b", {}), End("x")]
