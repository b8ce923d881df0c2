"""Names as Japanese lists write them: several in one cell, and behind them readings, acronyms, other scripts and notes in brackets.

The forms are those of the ministries' own files: ``(a)甲 (b)乙``, ``（別称、甲、乙及び丙）``, ``(a.k.a. A; a.k.a. B)``, ``甲（Ko）``,
``Petr(Pyotr) JAROSH(YAROSH)``, ``NAME (original script: ...)``. Full-width letters, digits and brackets become plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import islice, product
from typing import NamedTuple

from control_lists.importers.draft import Draft, Quality

UNKNOWN = frozenset({"", "不明", "なし", "無し", "-", "‐", "―", "N/A", "unknown"})
ENUMERATOR = re.compile(r"\(\s*(?:([a-z])\1?|[ivx]{2,4})\s*\)|©(?=\s*\d)")
# More spellings of one bracketed name than any cell holds; what is beyond them would be a misreading.
MAX_SPELLINGS = 64

_MARK = re.compile(
    r"(?P<former>旧称|(?<![a-z])f\.?\s?k\.?\s?a\.|formerly known as)|(?:別称|別名\d*|(?<![a-z])[an]\.\s?k\.\s?a\b|also known as)", re.I
)
_LATIN_FORMER = re.compile(r"(?<![a-z])f\.?\s?k\.?\s?a\.", re.I)
_AFTER_MARK = re.compile(r"^[\s.:、,)]*")
_WRAPPED_MARK = re.compile(r"\(\s*(?=別称|旧称|別名\d|[afn]\.\s?k\.\s?a\b|also known as)", re.I)
_JAPANESE = re.compile(r"[\u3041-\u30fa\u30fd-\u30ff\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HAN_FIRM = re.compile(r"公司|集团|集團|研究院|大学|大學")
_ORIGINAL = (re.compile(r"\(?\s*original\s+scr?ipt\s*\)?\s*:([^()]*)\)?", re.I), re.compile(r"\(([^()]*):\s*original\s+scr?ipt\s*\)", re.I))
_FORMERLY = re.compile(r"formerly listed|以前掲載", re.I)
_NOTE = re.compile(
    r"\d{4}年|出生|生まれ|生年月日|旅券|国籍|番号|発行|戦闘員名|コールサイン|参加時|語$|自称|formerly listed|以前掲載|combat name|"
    r"nom de guerre|旧姓|\bn[eé]e\b|\bborn\b|\bDOB\b|\bPOB\b|\bpassport\b|\bissued\b|\bnationality\b|^NGO$", re.I
)  # fmt: skip
_NOTE_BEHIND = re.compile(
    r"(?:[,、]\s*|\s+|^)(?:born\s(?:in|on|\d)|DOB:|POB:|\d{4}年.*(?:出生|生まれ)|\d[^,]*POB:).*$|,[^,]*\bpassport number\b.*$", re.I
)
_PART_OF_NAME = re.compile(
    r"\b(?:branch|office|ltd|pvt|private|proprietary|pty|general|h\.?k\.?|republic|region|province|city)\b\.?|支店", re.I
)
_LEAD_IN = re.compile(r"^(?:including\s|latin:|self-proclaimed\s|(?:previously listed as\.?\s*)?in arabic:)\s*|【[^】]*】", re.I)
_LEGAL_ENDING = re.compile(r"^(?:co|ltd|limited|inc|llc|l\.l\.c|corp|s\.?a|jr|plc|p\.l\.c|gmbh|ooo|ao|oao|pao)\.?$", re.I)
_SPELLING = re.compile(r"([^\s・()]+)\s*\(([^\s()]+(?:[,/]\s*[^\s()]+)*)\)")
_OR = re.compile(r"[,/、]\s*")
_QUOTES = {"「": "」", "『": "』", "“": "”", "”": "”", '"': '"'}


class Reading(NamedTuple):
    """The names that a text holds, each with its quality, and what else it says."""

    names: list[tuple[str, Quality]]
    notes: list[str]

    def into(self, draft: Draft) -> None:
        """Give names and notes to a party."""
        for name, quality in self.names:
            draft.name(name, quality)
        for note in self.notes:
            draft.remark(note)


class NameReader:
    """Reads the names of one list. ``is_place`` tells whether a text in brackets is a country, which belongs to the name."""

    def __init__(self, is_place: Callable[[str], bool]) -> None:
        self._is_place = is_place

    def cell(self, text: str, quality: Quality = "strong", *, is_person: bool = False) -> Reading:
        """All names of a cell of aliases, in order. A mark in it (``f.k.a.``, ``旧称``) makes those behind it former names.

        Japanese commas part names only where neither letters ``(a)`` nor semicolons do, Latin commas only where the Japanese names of
        the cell are a list.
        """
        found = Reading([], [])
        japanese: list[str] = []
        latin: list[str] = []
        for segment_quality, segment in _segments(plain(text), quality):
            is_list = "\x1f" in segment or ";" in _outside_brackets(segment)
            pieces = list(_split(segment, "\x1f;"))
            if not is_list and _JAPANESE.search(segment):
                pieces = [piece for piece in _split(segment, "、") if trimmed(piece)]
                japanese += pieces
            elif not _JAPANESE.search(segment):
                if not is_list and len(japanese) > 1:
                    pieces = _latin_list(segment)
                latin += pieces
            # The last of a list is joined by 及び, which names hold too: the number of Latin names tells.
            if len(pieces) > 1 and not is_list and "及び" in pieces[-1]:
                pieces = self._last_two(pieces, text)
            for piece in pieces:
                self._gather(piece, segment_quality, is_person, found)
        return found

    def one(self, text: str, quality: Quality = "strong", *, is_person: bool = False) -> Reading:
        """One name of a cell that holds one, with what stands in brackets behind it."""
        found = Reading([], [])
        line = plain(text).replace("\n", " ")
        pieces = list(_split(line, "、"))
        # Two names of one party stand side by side, each with its acronym; any other comma is a part of the name.
        for piece in pieces if all(piece.rstrip().endswith(")") for piece in pieces) else [line]:
            self._gather(piece, quality, is_person, found)
        return found

    def _last_two(self, pieces: list[str], text: str) -> list[str]:
        first, _, second = pieces[-1].rpartition("及び")
        latin = len(re.findall(r"[afn]\.\s?k\.\s?a\b", plain(text), re.I))
        return [*pieces[:-1], first, second] if latin == len(pieces) + 1 else pieces

    def _gather(self, text: str, quality: Quality, is_person: bool, found: Reading) -> None:
        scripts: list[str] = []
        for pattern in _ORIGINAL:
            scripts += pattern.findall(text)
            text = pattern.sub(" ", text)
        if note := _NOTE_BEHIND.search(text):
            found.notes.append(note[0].strip(" ,、"))
            quality = "former" if _FORMERLY.search(note[0]) else quality
            text = text[: note.start()]
        text = trimmed(_LEAD_IN.sub("", trimmed(text + ")" * (text.count("(") - text.count(")")))))
        later: list[tuple[str, Quality]] = []
        while bracket := _last_bracket(text):
            base, content = trimmed(text[: bracket[0]]), text[bracket[0] + 1 : bracket[1]].strip()
            if not base:
                text = content
            elif _NOTE.search(content):
                quality = "former" if _FORMERLY.search(content) else quality
                found.notes.append(content)
                text = base
            elif self._belongs(base, content, is_person):
                break
            else:
                acronyms = [part for part in re.split(r"[,、]\s*", content) if part]
                parts = acronyms if all(len(part) <= 24 for part in acronyms) else content.split(";")
                if ";" in content or _MARK.search(content):
                    parts = [part for _, line in _segments(content, quality) for part in _split(line, ";")]
                later += [(part, "weak" if _is_acronym(part) and quality == "strong" else quality) for part in parts]
                text = base
        for spelling in self._spellings(text, is_person, later):
            _add(found, spelling, quality)
        for script in scripts:
            _add(found, script, quality)
        for part, part_quality in reversed(later):
            self._gather(part, part_quality, is_person, found)

    def _belongs(self, base: str, content: str, is_person: bool) -> bool:
        """Whether a bracket at the end is a part of the name: a place, a legal form, or another spelling of the last word."""
        if bool(_JAPANESE.search(base)) != bool(_JAPANESE.search(content)):
            return False
        if _KANA.search(base) and _HAN_FIRM.search(content) and not _KANA.search(content):
            return False
        if _JAPANESE.search(content) or (len(content) > 3 and self._is_place(content)) or _PART_OF_NAME.search(content):
            return True
        return _SPELLING.fullmatch(f"x({content})") is not None and (is_person or _is_spelling(base.split()[-1], content))

    def _spellings(self, text: str, is_person: bool, acronyms: list[tuple[str, Quality]]) -> list[str]:
        """``Petr(Pyotr) JAROSH(YAROSH)`` as its four names; an acronym in the middle is taken out, any other bracket stays."""
        choices: list[list[str]] = []
        at = 0
        for match in _SPELLING.finditer(text):
            word, content = match[1], match[2]
            gap = " " if text[match.end() : match.end() + 1].isalnum() else ""
            options = [option for option in _OR.split(content) if option]
            if _NOTE.search(content):
                choices += [[text[at : match.start()]], [f"{word}{gap}"]]
            elif is_person or (not _JAPANESE.search(word) and all(_is_spelling(word, option) for option in options)):
                choices += [[text[at : match.start()]], [f"{option}{gap}" for option in (word, *options)]]
            elif _is_acronym(content) and _initials(text[: match.end(1)], content) and not _PART_OF_NAME.search(content):
                choices += [[text[at : match.start()]], [f"{word}{gap}"]]
                acronyms.append((content, "weak"))
            else:
                choices.append([text[at : match.end()]])
            at = match.end()
        choices.append([text[at:]])
        return ["".join(parts) for parts in islice(product(*choices), MAX_SPELLINGS)]


def plain(text: str) -> str:
    """Compatibility forms made plain (full-width letters and brackets, half-width katakana), line ends kept.

    >>> plain("ＧＲＦ（ａ）")
    'GRF(a)'
    """
    composed = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in composed if unicodedata.category(c) != "Cf")


def trimmed(text: str) -> str:
    """A name without the marks of a list around it, an unpaired bracket at its ends, and quotation marks around all of it."""
    text = re.sub(r"(?:[;,]\s*and|[\s,;、:])+$", "", text.strip()).lstrip(" ,;、:・.\u202b")
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(" ,;、")
    while text.startswith("(") and text.count("(") > text.count(")"):
        text = text[1:].lstrip()
    if len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def _add(found: Reading, text: str, quality: Quality) -> None:
    name = trimmed(text)
    if name and name.casefold() not in UNKNOWN:
        found.names.append((name, quality))


def _segments(text: str, quality: Quality) -> Iterator[tuple[Quality, str]]:
    """The lines of a cell, parted at the marks of former and other names, each with its quality; letters become one separator."""
    text = ENUMERATOR.sub("\x1f", _unwrapped(text))
    is_latin_marked = _LATIN_FORMER.search(text) is not None
    heading = quality
    for line in _split(re.sub(r"\n\s*(?=\()", " ", text), "\n"):
        current = quality if is_latin_marked and not _JAPANESE.search(line) else heading
        at = 0
        for mark in _MARK.finditer(line):
            if trimmed(line[at : mark.start()]):
                yield current, line[at : mark.start()]
            current, at = ("former" if mark["former"] else quality), mark.end()
        rest = _AFTER_MARK.sub("", line[at:]) if at else line[at:]
        if trimmed(rest.replace("\x1f", "")):
            yield current, rest
        elif at:  # the mark is a heading of the lines below it
            heading = current


def _unwrapped(text: str) -> str:
    """The text without the brackets that stand around a whole list of other names."""
    while mark := _WRAPPED_MARK.search(text):
        end = _closing(text, mark.start())
        inner = text[mark.end() : end]
        text = f"{text[: mark.start()]}\n{inner}\n{text[end + 1 :]}"
    # A list of Latin names in brackets on its own line, under a list of Japanese names.
    if (start := text.find("\n(")) > 0 and "、" in text[:start] and not ENUMERATOR.match(text, start + 1):
        end = _closing(text, start + 1)
        inner = text[start + 2 : end]
        if not _JAPANESE.search(inner):
            text = f"{text[:start]}\n{inner}\n{text[end + 1 :]}"
    return text


def _closing(text: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return len(text)


def _split(text: str, separators: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, letter in enumerate(text):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif letter in separators and (depth == 0 or letter == "\x1f"):
            yield text[start:at]
            depth, start = 0, at + 1
    yield text[start:]


def _outside_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text)


def _latin_list(text: str) -> list[str]:
    """Names between commas; a legal ending belongs to the name before it."""
    pieces: list[str] = []
    for piece in _split(text, ","):
        if pieces and _LEGAL_ENDING.match(piece.strip()):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces


def _last_bracket(text: str) -> tuple[int, int] | None:
    """Where the bracket stands with which a text ends."""
    if not text.endswith(")"):
        return None
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at, len(text) - 1
    return None


def _is_acronym(text: str) -> bool:
    letters = re.sub(r"[^A-Za-z0-9]", "", text)
    capitals = sum(c.isupper() or c.isdigit() for c in letters)
    return 1 < len(letters) <= len(text) <= 10 and capitals * 2 > len(letters) and (" " not in text or capitals == len(letters))


def _initials(name: str, acronym: str) -> bool:
    """Whether an acronym's letters stand in the name in order."""
    letters = iter(name.casefold())
    return all(c in letters for c in acronym.casefold() if c.isalnum())


def _is_spelling(word: str, other: str) -> bool:
    """Whether a bracketed word is the word before it, spelled otherwise."""
    a, b = word.casefold().strip("“”\"'"), other.casefold()
    return len(b) > 3 and not _is_acronym(other) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.6
