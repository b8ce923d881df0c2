"""Control codes of the common European and American form: ``3A001.a.6``, ``1C350.46``, ``9A610.x``.

The same five characters also occur in part numbers. A code must stand alone, and letters glued to it
(``5A002B``) are read as its paragraph only behind a label such as ECCN.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABEL = re.compile(
    r"(?:\b(?:ECCN|E\.C\.C\.N\.?|ECN|USML|export\s+control|control\s+(?:list|entry)|dual[\s-]*use|annex\s+I|AL[\s-]*(?:Nr|No|Pos)|Ausfuhrliste)\b"
    r"(?:\s+(?:classification|code|no|nr|number|entry|item))?)[\s.:#(]*$",
    re.IGNORECASE,
)
_HEAD = r"[0-9][A-E][0-9]{3}"
LIKE = r"[0-9][A-Ea-e][0-9]{3}"
"""A pattern, also of polars, for every text in which ``find`` may find a code."""
_SEGMENT = r"(?:\.(?:[a-z]|[0-9]{1,2})(?![a-z0-9])|\s?\((?:[a-z]|[0-9]{1,2})\))"
_GLUED = r"(?:[a-z](?![a-z])(?:\.?[0-9]{1,2}(?![0-9]))?(?:\.?[a-z](?![a-z]))?)"
_FOUND = re.compile(rf"(?<![A-Z0-9])({_HEAD})({_GLUED})?({_SEGMENT}*)", re.IGNORECASE)
_WHOLE = re.compile(rf"{_HEAD}(?:\.(?:[a-z]|[0-9]{{1,2}}))*", re.IGNORECASE)


def compact(text: str) -> str:
    """The code without label and blanks: capital group letter, small paragraph letters, one dot between the parts.

    >>> compact("ECCN 3a001(A)(2)"), compact("1c350.46."), compact("5A002a1")
    ('3A001.a.2', '1C350.46', '5A002.a.1')
    """
    code = text.strip()
    labelled = re.search(rf"(?<![A-Z0-9]){_HEAD}", code, re.IGNORECASE)
    if labelled and _LABEL.search(code[: labelled.start()]):
        code = code[labelled.start() :]
    code = re.sub(r"[\s()]+", ".", code).strip(".")
    head, rest = code[:5], code[5:].lower()
    if not re.fullmatch(_HEAD, head, re.IGNORECASE):
        return code
    return ".".join([head.upper(), *re.findall(r"[a-z]+|[0-9]+", rest)])


def is_valid(text: str) -> bool:
    """Whether the text has the form of a control code; whether a list holds it is for the list to say.

    >>> is_valid("3A001.a.6"), is_valid("8481.80"), is_valid("5A002-7")
    (True, False, False)
    """
    return re.fullmatch(r"[\w\s.():#]+", text) is not None and _WHOLE.fullmatch(compact(text)) is not None


def find(text: str) -> list[tuple[str, int, int]]:
    """Every control code in ``text`` that stands alone: normal spelling, start and end.

    >>> find("AMPLIFIER, ECCN 3A001.b.2.a; VALVE 2B350")
    [('3A001.b.2.a', 16, 27), ('2B350', 35, 40)]
    """
    return [(compact(m[0]), m.start(), m.end()) for m in _FOUND.finditer(text) if _stands_alone(text, m)]


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the characters around say a code, not a piece of a part number."""
    before, after = text[: match.start()], text[match.end() :]
    if re.match(r"[A-Za-z0-9_]|-[A-Za-z0-9]*[0-9]|-[A-Z]{1,3}\b|\.[0-9]", after):
        return False
    if _LABEL.search(before):
        return True
    is_glued = match[2] is not None and not (match[2].islower() and "." in match[2] + match[3])
    return not is_glued and re.search(r"(?:[A-Za-z0-9][-_+]|[0-9][.]|[_#])$", before) is None


def is_under(code: str, top: str) -> bool:
    """Whether ``code`` is ``top`` or stands below it; ``top`` may be a category and group alone.

    >>> is_under("1C350.46", "1C350"), is_under("1C350.46", "1C350.4"), is_under("0C002", "0C"), is_under("ML10", "ML1")
    (True, False, True, False)
    """
    return code == top or code.startswith(top + ".") or (len(top) < 5 and top[:1].isdigit() and code.startswith(top))


def at_and_above(code: str) -> Iterator[str]:
    """The code and those it stands below, the nearest first.

    >>> list(at_and_above("6A003.b.4"))
    ['6A003.b.4', '6A003.b', '6A003']
    """
    while code:
        yield code
        code = code.rpartition(".")[0]
