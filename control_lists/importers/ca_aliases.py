"""The other names of the Canadian list, which prints them all in one text of no fixed grammar.

Names are divided by semicolons, or by commas (``Pte. Ltd., X``; ``Институт, АО`` is one name), by ``or``, ``and`` and ``/``, by language
labels (``Belarusian: ...; Russian: ...``) and by a change of script. The list grades no name. A name that cannot stand alone is weak:
one word of a person, a given name with a patronymic, words that are all given names, several choices for words of one name, and a short
abbreviation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from control_lists.importers.draft import Quality, clean
from control_lists.importers.scripts import script_of


class Alias(NamedTuple):
    """One other name and how much it can be relied on."""

    text: str
    quality: Quality


_LABEL = re.compile(
    r"\b(?:Arabic|Armenian|Azerbaijani|Belarus+ian|Burmese|Chinese|Dari|English|Farsi|French|Georgian|Hebrew|Kazakh|Korean|Pashto"
    r"|Persian|Russian|Spanish|Ukrainian|Urdu)\s?:\s*"
)
_LATIN_FORMS = (
    "ltd limited llc llp inc corp co company plc pjsc jsc ojsc cjsc pao ao oao zao ooo fsue fgup tov sarl sarlu sa srl gmbh ag nv bv pte"
)
_CYRILLIC_FORMS = "ао оао зао пао ооо фгуп гуп уп са сао мк ак тов ат аат иао нао нко одо тд кб фгбу"
_LEGAL_FORMS = frozenset(f"{_LATIN_FORMS} pty {_CYRILLIC_FORMS}".split())
_OPEN, _CLOSE = "«“„(", "»”)"
_PATRONYMIC = re.compile(r"(?:[oe]v[iy]ch|[aiy]l?yich|ovna|evna|eu?na|ichna|yevna|[oa]vi[ck]h?|вич|вна|чна|ич|віч|ўна|вiч)$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:also|or|and|et|ou|a\.?k\.?a\.?)\b[\s:]*", re.IGNORECASE)
_TRAILING = re.compile(r"\s+(?:a\.?k\.?a\.?|or|and)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+or\s+|\s*/\s*")
_AND = re.compile(r"\s+and\s+")
_SCRIPT_CHANGE = re.compile(r"[\n\t]|\s{2,}")
_PARTICLES = ("al-", "el-", "ul-", "l'", "l’", "de ", "bin ", "ibn ")
_ABBREVIATION = 4


def aliases(text: str, *, is_person: bool, given: str = "") -> Iterator[Alias]:
    """Every name of the text.

    >>> [a.text for a in aliases("Alpha Holdings Pte. Ltd., Alpha Limited", is_person=False)]
    ['Alpha Holdings Pte. Ltd.', 'Alpha Limited']
    >>> list(aliases("Andrei ", is_person=True, given="Andrey Borisovich"))
    [Alias(text='Andrei', quality='weak')]
    """
    for group in _groups(_LABEL.sub(";", text)):
        for piece in _divided(group, is_person=is_person):
            name = _bare(piece)
            if any(c.isalnum() for c in name):
                yield Alias(_natural(name) if is_person else name, _quality(name, is_person=is_person, given=given))


def _groups(text: str) -> Iterator[str]:
    """Names between semicolons outside quotes, and either side of a gap where the script changes."""
    for part in _split(text, ";"):
        begin = 0
        for gap in _SCRIPT_CHANGE.finditer(part):
            before, after = part[begin : gap.start()].strip(), part[gap.end() :].strip()
            if before and after and script_of(before.split()[-1]) != script_of(after.split()[0]):
                yield clean(before)
                begin = gap.end()
        yield clean(part[begin:])


def _divided(text: str, *, is_person: bool) -> Iterator[str]:
    """Names between commas and the words for another name. A person's ``or`` may stand inside a name, an organisation's does not."""
    if is_person:
        for piece in _between_commas(text, is_person=True):
            yield from _alternatives(piece)
        return
    for side in _BETWEEN.split(text):
        for piece in _between_commas(side, is_person=False):
            yield from _and_organisations(piece)


def _between_commas(text: str, *, is_person: bool) -> list[str]:
    pieces = [piece for part in _split(text, ",") if (piece := part.strip())]
    if is_person and len(pieces) == 2 and _is_inverted(*pieces):
        return [f"{pieces[0]}, {pieces[1]}"]
    joined: list[str] = []
    for piece in pieces:
        if joined and _continues(piece):
            joined[-1] = f"{joined[-1]}, {piece}"
        elif joined and _is_legal_form(joined[-1]):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return [piece for piece in joined if not _is_legal_form(piece)]


def _alternatives(text: str) -> Iterator[str]:
    sides = [part for side in _BETWEEN.split(text) for part in _AND.split(side) if part.strip()]
    words = [len(side.split()) for side in sides]
    if len(sides) > 1 and min(words) == 1 and max(words) > 1:
        yield from _spelled_out(sides) if len(sides) == 2 else [text]
    else:
        yield from sides


def _spelled_out(sides: list[str]) -> Iterator[str]:
    """``Ivan Petrov or Petroff``, ``Iwan or Ivan Petrov``: one side is a whole name, the other stands for a word of it."""
    first, second = (side.split() for side in sides)
    if len(first) > 1:
        yield " ".join(first)
        yield " ".join([*first[:-1], *second])
    else:
        yield " ".join([*first, *second[1:]])
        yield " ".join(second)


def _and_organisations(text: str) -> Iterator[str]:
    """``and`` stands between names where they are not Latin or begin or end alike; else it may be a word of the name: the whole is kept."""
    sides = [side.strip() for side in _AND.split(text)]
    if len(sides) != 2 or script_of(text) is not None or _alike(*sides):
        yield from sides if len(sides) == 2 else [text]
    else:
        yield text


def _alike(left: str, right: str) -> bool:
    first, second = _words(left), _words(right)
    return bool(first and second) and (first[0] == second[0] or (first[-1] in _LEGAL_FORMS and second[-1] in _LEGAL_FORMS))


def _continues(piece: str) -> bool:
    """Whether what follows a comma still belongs to the name before it: a legal form, or words that begin small."""
    if _is_legal_form(piece):
        return True
    first = next((c for c in piece if c.isalpha()), "")
    return first.islower() and not piece.lower().startswith((*_PARTICLES, "or ", "and ", "also "))


def _is_legal_form(piece: str) -> bool:
    words = _words(piece)
    return bool(words) and all(word in _LEGAL_FORMS for word in words)


def _is_inverted(family: str, given: str) -> bool:
    return len(family.split()) == 1 and len(given.split()) > 1 and _PATRONYMIC.search(given) is not None


def _natural(name: str) -> str:
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and _is_inverted(family, given) else name


def _quality(name: str, *, is_person: bool, given: str) -> Quality:
    words = name.split()
    if is_person and _BETWEEN.search(name):
        return "weak"
    if not is_person:
        is_abbreviation = len(words) == 1 and len(name) <= _ABBREVIATION and name.isascii() and name.isupper()
        return "weak" if is_abbreviation else "strong"
    # Names in Chinese, Japanese and Korean letters have no gaps between their words.
    if len(words) == 1 and script_of(name) not in ("Hani", "Hang"):
        return "weak"
    if len(words) == 2 and ", " not in name and _PATRONYMIC.search(words[-1]):
        return "weak"
    return "weak" if set(_words(name)) <= set(_words(given)) else "strong"


def _bare(text: str) -> str:
    """Without lead words, marks at its ends, and a bracket that has no other half."""
    name = text.strip(" \t,;:")
    name = _TRAILING.sub("", _LEADING.sub("", name)).strip(" ,;:")
    if name.count("(") != name.count(")"):
        name = name.strip("( )") if name[:1] == "(" or name[-1:] in "()" else name
    return clean(name)


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that stand outside brackets and quotes; a quote that is never closed divides nothing."""
    parts, depth, start = [], 0, 0
    for place, c in enumerate(text):
        if c in _OPEN or (c == '"' and _opens(text, place)):
            depth += 1
        elif (c in _CLOSE or c == '"') and depth:
            depth -= 1
        elif c == mark and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    rest = text[start:]
    if depth and mark in rest:
        return [*parts, *rest.split(mark)]
    return [*parts, rest]


def _opens(text: str, place: int) -> bool:
    return place == 0 or (not text[place - 1].isalnum() and place + 1 < len(text) and not text[place + 1].isspace())


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain)
