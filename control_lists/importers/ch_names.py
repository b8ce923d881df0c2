"""Names of the Swiss sanctions list: ordered parts, and spellings that replace one part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

from control_lists.importers.bracketed_names import printed_names
from control_lists.importers.draft import Draft, Quality
from control_lists.importers.errors import SourceFormatError
from control_lists.importers.fields import Element

_TYPES: dict[str, Quality] = {"primary-name": "strong", "alias": "strong", "formerly-known-as": "former"}
_QUALITIES = ("good", "low")
# The parts in the order in which a person's name is spoken. Titles are no names; a maiden name stands in the place of the family name.
_SPOKEN = (
    "given-name",
    "further-given-name",
    "father-name",
    "grand-father-name",
    "tribal-name",
    "other",
    "whole-name",
    "family-name",
    "suffix",
)
_MAIDEN = "maiden-name"
_TITLE = "title"
# Spellings of several parts multiply; the first combinations are those of the first spellings.
MAX_SPELLINGS = 64


class _Part(NamedTuple):
    order: int
    kind: str
    value: str
    variants: tuple[tuple[tuple[str | None, str | None], str], ...]


def whole_names(draft: Draft, name: Element) -> Iterator[tuple[str, Quality]]:
    """Every spelling of a name as a whole with its quality; titles become remarks. Raises SourceFormatError for a part of unknown kind."""
    kind, quality_text = name.need_attribute("name-type"), name.attribute("quality")
    if kind not in _TYPES:
        raise SourceFormatError(f"{name.where}: name type '{kind}' is not known")
    if quality_text is not None and quality_text not in _QUALITIES:
        raise SourceFormatError(f"{name.where}: name quality '{quality_text}' is not known")
    quality: Quality = "weak" if quality_text == "low" else _TYPES[kind]
    parts = sorted((part for element in name.children("name-part") for part in _part(element)), key=lambda part: part.order)
    for remark in name.texts("remark"):
        draft.remark(f"name: {remark}")
    name.ignore("@ssid", "@lang")
    name.done()
    for part in parts:
        if part.kind == _TITLE:
            draft.remark(f"title: {part.value}")
    spoken = [part for part in parts if part.kind not in (_TITLE, _MAIDEN)]
    if draft.kind == "person":
        spoken.sort(key=lambda part: _SPOKEN.index(part.kind))
    for text in _spellings(spoken):
        yield text, quality
        for printed in printed_names(text):
            yield printed.text, "weak" if printed.is_abbreviation else quality
    if maiden := [part for part in parts if part.kind == _MAIDEN]:
        for text in _spellings([*(part for part in spoken if part.kind != "family-name"), *maiden]):
            yield text, "weak" if quality == "weak" else "former"


def _part(element: Element) -> Iterator[_Part]:
    kind = element.need_attribute("name-part-type")
    if kind not in (*_SPOKEN, _MAIDEN, _TITLE):
        raise SourceFormatError(f"{element.where}: name part '{kind}' is not known")
    order = int(element.attribute("order") or 0)
    value = element.text("value")
    variants = []
    for variant in element.children("spelling-variant"):
        culture = (variant.attribute("lang"), variant.attribute("script"))
        variant.ignore("@ssid", "@spelling-variant-type", "@quality")
        variant.done()
        if variant.content and variant.content != "-":
            variants.append((culture, variant.content))
    element.ignore("@ssid", "@lang")
    element.done()
    if value and value != "-":
        yield _Part(order, kind, value, tuple(variants))


def _spellings(parts: list[_Part]) -> Iterator[str]:
    """The name as published, then in each language and script; a part without a spelling of its own keeps the published one."""
    if not parts:
        return
    yield " ".join(part.value for part in parts)
    cultures = dict.fromkeys(culture for part in parts for culture, _ in part.variants)
    for culture in cultures:
        choices = [[text for c, text in part.variants if c == culture] or [part.value] for part in parts]
        for combination in islice(product(*choices), MAX_SPELLINGS):
            yield " ".join(combination)
