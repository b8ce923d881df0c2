"""Names as the lists of the United States print them: with aliases in brackets, in enumerations, with full stops that end a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from control_lists.importers.bis_cell_words import ABBREVIATED, ENDS_LEGAL, KNOWN_AS, LEGAL_FORM, ORGANISATION, SEPARATOR
from control_lists.importers.draft import Quality


class CellName(NamedTuple):
    """A name and how far the list means it."""

    text: str
    quality: Quality


def read_names(text: str) -> list[CellName]:
    """A name, and the aliases that stand in a bracket behind it."""
    mark = KNOWN_AS.search(text)
    bracket = bracket_around(text, mark.start()) if mark is not None else None
    if mark is not None and bracket is None:
        names = single_name(text[: mark.start()])
        return names + [CellName(name, "former" if mark["former"] else "strong") for name in enumerated(text[mark.end() :])]
    if bracket is None:
        return single_name(text)
    opening, closing = bracket
    names = single_name(f"{text[:opening].rstrip(' ,')} {text[closing + 1 :].strip()}")
    marks = list(KNOWN_AS.finditer(text, opening, closing))
    for one, following in zip(marks, [*marks[1:], None], strict=True):
        inside = text[one.end() : following.start() if following else closing]
        parts = enumerated(inside) if len(marks) == 1 else re.split(r";\s*(?:and\s+)?", inside)
        names += [CellName(name, "former" if one["former"] else "strong") for name in map(ended, map(one_line, parts)) if name]
    return names


def single_name(text: str) -> list[CellName]:
    name = ended(one_line(text).strip(" ,;:"))
    return [CellName(name, "strong")] if name else []


def enumerated(text: str) -> list[str]:
    """The names of an enumeration by semicolons, or by commas and a last "and"; a legal form stays with its name.

    >>> enumerated("Lin Rong, Steven Lim and Yong Lim"), enumerated("Sand and Stone Co., Ltd.")
    (['Lin Rong', 'Steven Lim', 'Yong Lim'], ['Sand and Stone Co., Ltd.'])
    """
    text = text.strip(" ,;")
    names: list[str] = []
    if ";" in text or SEPARATOR in text:
        names = re.split(rf"[;{SEPARATOR}]", text)
    else:
        for piece in pieces_between_commas(one_line(text)):
            if names and LEGAL_FORM.match(piece.strip(" .")):
                names[-1] += f",{piece}"
            else:
                names.append(piece)
        both = re.match(r"^\s*(?:and\s+)?(.+?)\s+and\s+(.+)$", names[-1])
        if both is not None and (len(names) > 1 or telling_words(both[1]) & telling_words(both[2]) or _are_persons(both[1], both[2])):
            names[-1:] = [both[1], both[2]]
    return [name for name in (ended(re.sub(r"^and\s+", "", one_line(n).strip(" ,;"))) for n in names) if name]


def _are_persons(left: str, right: str) -> bool:
    return all(len(name.split()) == 2 and not ORGANISATION.search(name) for name in (left, right))


def telling_words(name: str) -> set[str]:
    """The words of a name by which two names of one party are told to belong together."""
    return {word for word in re.findall(r"[^\W\d_]+", name.casefold()) if len(word) > 1 and not ENDS_LEGAL.search(word)}


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(SEPARATOR, "and")).strip()


def ended(text: str) -> str:
    """A text without the full stop that ends the cell; one that belongs to an abbreviation stays."""
    text = re.sub(r",”$", "”", text.rstrip(" ,;"))
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        text = text[1:-1].rstrip(",")
    while text.endswith(".") and not ABBREVIATED.search(text[:-1]):
        text = text[:-1].rstrip(" ,;")
    return text


def pieces_between_commas(text: str) -> list[str]:
    """A text parted at its commas, not at those in brackets; joining the pieces with commas gives it back."""
    return re.split(r",(?![^()]*\))", text)


def bracket_around(text: str, at: int) -> tuple[int, int] | None:
    """The outermost bracket that a place stands in, as the places of its two ends; one never closed ends with the line."""
    depth, opening = 0, -1
    for place, letter in enumerate(text[:at]):
        if letter == "(":
            opening = place if depth == 0 else opening
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
    if not depth:
        return None
    for place in range(at, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return opening, place
    return opening, len(text)


_SUFFIX = re.compile(r"^(?:JR|SR|II|III|IV)\.?$", re.IGNORECASE)


def natural_person(name: str) -> str | None:
    """A person's name written ``Last, First`` in natural order; None for a name that is not written so.

    >>> natural_person("Doe, Jane A."), natural_person("Roe, Jr., Richard"), natural_person("Roe Trading Co., Inc."), natural_person("Doe")
    ('Jane A. Doe', 'Richard Roe Jr.', None, None)
    """
    last, *rest = [part.strip() for part in pieces_between_commas(name) if part.strip()]
    first = [part for part in rest if not _SUFFIX.match(part)]
    if len(first) != 1 or LEGAL_FORM.match(first[0].rstrip(".")) or ORGANISATION.search(name):
        return None
    return " ".join((first[0], last, *(part for part in rest if part is not first[0])))
