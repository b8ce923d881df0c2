"""Every text of a message is in the record, or stands where the form says that it is put aside."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from screening.read.messages import EDIFACT_MESSAGES, XML_SHAPES, edifact, xml
from screening.read.messages.shape import Shape

SEEDS = Path(__file__).parents[2] / "data" / "messages"


def lost_paths(root: Any) -> list[str]:
    """The paths of texts and attributes that are neither in the records of a message nor put aside by its shape."""
    marks: dict[str, tuple[Any, str]] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            if len(element) == 0 and (element.text or "").strip():
                marks[f"QZ{len(marks)}ZQ"] = (element, "")
            for key in element.attrib:
                if not key.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                    marks[f"QZ{len(marks)}ZQ"] = (element, key)
    for mark, (element, key) in marks.items():
        if key:
            element.set(key, mark)
        else:
            element.text = mark
    said = "\n".join(json.dumps(record) for record in xml.records(io.BytesIO(etree.tostring(root)), "stem", XML_SHAPES))
    return [where(*marks[mark]) for mark in marks if mark not in said and not is_aside(*marks[mark])]


def where(element: Any, key: str) -> str:
    names = [etree.QName(one).localname for one in (*reversed(list(element.iterancestors())), element)]
    return "/".join([*names, *([f"@{etree.QName(key).localname}"] if key else [])])


def is_aside(element: Any, key: str) -> bool:
    """Whether a text stands outside of any declaration, or where the shape of its declaration puts it aside."""
    names = where(element, key).split("/")
    entries = {name: (shape, level) for shape in XML_SHAPES for name, level in shape.entries.items()}
    begins = next((n for n, name in enumerate(names) if name in entries), None)
    if begins is None:
        return True
    shape, level = entries[names[begins]]
    return _aside_in(shape, level, names[begins + 1 :])


def _aside_in(shape: Shape, level: int, names: list[str]) -> bool:
    path: list[str] = []
    for name in names:
        deeper = next((n for n, storey in enumerate(shape.levels) if name in storey.elements and n > level), None)
        if deeper is not None:
            level, path = deeper, []
            continue
        path.append(name)
        if "/".join(path) in shape.levels[level].aside or name in shape.aside:
            return True
    return False


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.xml")), ids=lambda path: path.name)
def test_no_text_of_a_message_is_lost(seed: Path) -> None:
    assert lost_paths(etree.parse(seed).getroot()) == []


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.xml")), ids=lambda path: path.name)
def test_no_element_that_is_new_is_lost(seed: Path) -> None:
    root = etree.parse(seed).getroot()
    for element in list(root.iter()):
        if isinstance(element.tag, str) and len(element):
            etree.SubElement(element, "Novelty").text = "x"
    assert lost_paths(root) == []


@pytest.mark.parametrize("name", ["cusdec.edi", "cuscar.edi"])
def test_no_segment_of_a_message_is_lost(name: str) -> None:
    content = (SEEDS / name).read_bytes()
    said = json.dumps(list(edifact.records(io.BytesIO(content), "stem", EDIFACT_MESSAGES)))
    (message,) = (found for found in edifact.messages(io.BytesIO(content)) if isinstance(found, edifact.Message))
    texts = [
        component
        for segment in message.segments
        if segment.tag not in ("UNS", "CNT", "BGM")
        for element in segment.elements[1:]
        for component in element
        if len(component) > 3 and not component.startswith("2026") and not component.isspace()
    ]
    assert [text for text in texts if text not in said and text.lower() not in said] == ["260309"] * (name == "cuscar.edi")
