"""The remarks of OFAC's CSV, in which everything stands that has no column: one text of segments, ``DOB 1960; nationality Iran; ...``.

The grammar: segments are joined by ``; `` and end with a full stop; ``alt. `` marks a further value of the same kind; a segment is a label
and its value; the value of an identifier may be followed by its country in brackets and by ``issued`` and ``expires`` with a date; weak
aliases stand in quotes after ``a.k.a.``, ``f.k.a.`` or ``n.k.a.``; ``Linked To: NAME`` names another listed party. What is none of these is
the list's own free words. The XML forms hold the free words and links only, and are read by the same grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from control_lists.importers.draft import Draft
from control_lists.importers.ofac_labels import LABEL, dated, is_identifier, state
from control_lists.importers.ofac_terms import natural_order
from control_lists.importers.publication import Publication

_ALIAS = re.compile(r"^[afn]\.k\.a\. '(?P<name>.*)'$")
_OPEN_ALIAS = re.compile(r"^(?:alt\. )?[afn]\.k\.a\. '(?!.*'\.?$)")
_LINK = re.compile(r"^\(?Linked To: (?P<name>.+?)\)?$")
_DAY = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
_DATE = rf"{_DAY}(?: to {_DAY})?"
_NUMBER = re.compile(rf"^(?P<number>.*?)(?: \((?P<country>[^()]+)\))?(?: issued (?P<issued>{_DATE}))?(?: expires (?P<expires>{_DATE}))?$")
# "Passport issued in 2010" speaks of a passport and gives none.
_WORDS = re.compile(r"\b[a-z]{3,}\b")
# A full stop that belongs to the last word: the publisher does not write it twice.
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.[A-Z]|\b(?:Inc|INC|Ltd|LTD|Co|CO|Corp|CORP|Jr|JR|Sr|SR))\.$")


def read_remarks(publication: Publication, draft: Draft, text: str | None) -> None:
    """Put each segment of a remarks text where it belongs."""
    for segment in segments(text or ""):
        plain = segment.removeprefix("alt. ")
        if alias := _ALIAS.match(plain):
            draft.name(natural_order(draft.kind, alias["name"]), "weak")
        elif link := _LINK.match(plain):
            draft.link(link["name"])
        elif (labelled := LABEL.match(plain)) and _is_stated(publication, draft, labelled["label"], labelled["value"]):
            continue
        else:
            draft.remark(segment)


def segments(text: str) -> Iterator[str]:
    """The segments of a remarks text; a quoted alias may hold the joint.

    >>> list(segments("DOB 1960; a.k.a. 'ONE; TWO'; Linked To: ACME CO., LTD."))
    ['DOB 1960', "a.k.a. 'ONE; TWO'", 'Linked To: ACME CO., LTD.']
    """
    whole = text.strip()
    if whole.endswith(".") and not _ABBREVIATION.search(whole):
        whole = whole[:-1]
    pending = ""
    for piece in whole.split("; "):
        pending = f"{pending}; {piece}" if pending else piece
        if _OPEN_ALIAS.match(pending):
            continue
        if pending.strip():
            yield pending.strip()
        pending = ""
    if pending.strip():
        yield pending.strip()


def _is_stated(publication: Publication, draft: Draft, label: str, value: str) -> bool:
    if not is_identifier(label):
        state(publication, draft, label, value)
        return True
    parts = _NUMBER.match(value)
    if parts is None or not parts["number"] or _WORDS.search(parts["number"]):
        return False
    number, country = parts["number"], parts["country"]
    if country is not None and not publication.countries.read(country.removeprefix("Region: ")).understood:
        number, country = f"{number} ({country})", None
    state(publication, draft, label, number, country, (dated("issued", parts["issued"]), dated("expires", parts["expires"])))
    return True
