"""Whether a name is a person's, for lists that do not say what kind of party each one is.

The names of persons and organisations decide differently when they are matched: a person's name alone asks, an organisation's may decide.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from control_lists.importers.bis_cell_words import ORGANISATION
from control_lists.store import EMBEDDED

_WORDS = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*\.?")
_NOT_OF_A_PERSON = re.compile(r"[\d&/+,;:()“”\"]")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "haji", "hajji", "sheikh", "general", "captain", "engineer", "maulawi", "mullah"})
_SUFFIX = re.compile(r",?\s+(?:JR|SR|II|III|IV)\.?$", re.IGNORECASE)
# The legal form spelt out in Russian holds a single letter, as a middle initial is one.
_RUSSIAN_FORM = re.compile(r"^(?:obshchestvo|aktsionernoe|otkrytoe|zakrytoe|publichnoe)\b", re.IGNORECASE)
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "abu",
        "abd",
        "de",
        "del",
        "la",
        "di",
        "da",
        "dos",
        "das",
        "van",
        "der",
        "den",
        "von",
        "ul",
        "ur",
        "bint",
    }
)
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ichna)$")


def is_person_name(name: str) -> bool:
    """Whether two to five words hold a given name, a patronymic or a middle initial, and none that organisations bear: a doubt is settled
    for the organisation.

    >>> is_person_name("Ahmad Karimi"), is_person_name("IVAN P. SIDOROV"), is_person_name("Ahmad Trading"), is_person_name("Blue Star")
    (True, True, False, False)
    """
    name = _SUFFIX.sub("", name)
    words = [word for word in (found.casefold().rstrip(".") for found in _WORDS.findall(name)) if word not in _TITLES]
    if not 2 <= len(words) <= 5 or _NOT_OF_A_PERSON.search(name) or _RUSSIAN_FORM.match(name):
        return False
    if _bears_business(words):
        return False
    has_initial = len(words) > 2 and len(words[1]) == 1 and all(len(word) > 1 for word in (words[0], *words[2:]))
    return words[0] in _tables().given or has_initial or any(_PATRONYMIC.search(word) for word in words[1:])


def may_be_person_name(name: str) -> bool:
    """Whether two to five words hold none that organisations bear, for lists that are mostly of persons: a doubt is settled for the person.

    >>> may_be_person_name("Nick Stevens"), may_be_person_name("Blue Star Trading"), may_be_person_name("Aviazapchast")
    (True, False, False)
    """
    name = _SUFFIX.sub("", name)
    words = [word for word in (found.casefold().rstrip(".") for found in _WORDS.findall(name)) if word not in _TITLES]
    if not 2 <= len(words) <= 5 or _NOT_OF_A_PERSON.search(name) or _RUSSIAN_FORM.match(name) or ORGANISATION.search(name):
        return False
    return not _bears_business(words)


def _bears_business(words: Sequence[str]) -> bool:
    return any(part in _tables().business for word in words for part in (word, *word.split("-")) if part not in _PARTICLES)


class _Tables:
    """The common given names, and the words by which an organisation shows."""

    def __init__(self) -> None:
        given: set[str] = set()
        business: set[str] = set()
        for entry in tomllib.loads((EMBEDDED / "reference" / "name_words.toml").read_text(encoding="utf-8"))["name_word"]:
            if entry["kind"] == "given_name":
                given.update(entry["words"])
            else:
                business.update(word for word in entry["words"] if " " not in word and len(word) > 1)
        self.given = frozenset(given)
        # A word that is both ("jan", "ali") is a name here: the given name stands first.
        self.business = frozenset(business - given)


@cache
def _tables() -> _Tables:
    return _Tables()
