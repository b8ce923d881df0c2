"""The one free-text cell in which the Entity List, the Unverified List and the MEU List print a party: names, then addresses.

Only words and punctuation part them. The grammar of the supplements to 15 CFR part 744:

- ``Name, a.k.a., the following two aliases:``, a line for each alias that starts with a dash, then addresses;
- ``Name (a.k.a., Alias; f.k.a., Alias), address`` and ``Name, a.k.a., Alias, address``;
- ``Name, address``, where the name may hold commas (``Co., Ltd.``), or stands on a line of its own;
- addresses joined by ``and``, mostly after a semicolon and in italics;
- ``Address 01, ...``: the address itself is listed, whoever sits there;
- ``Subordinate institution`` before each further party, or a list of ``Affiliated entities``; addresses may stand once for all;
- ``(See alternate address under Iran)``: the party stands under that country too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from control_lists.importers.bis_cell_words import (
    ABBREVIATED,
    ADDRESS_ENTRY,
    ADDRESS_LABEL,
    AFFILIATED,
    ALIAS_HEADER,
    ENDS_LEGAL,
    FOR_ALL,
    JOINT,
    KNOWN_AS,
    LEGAL_FORM,
    LEGAL_RUN_ON,
    MARK,
    NOTE,
    NUMBER,
    ORGANISATION,
    RUN_ON,
    SCOPE,
    SENTENCE,
    SEPARATOR,
    STARTS_LEGAL,
    SUBORDINATE,
    WHOLE_SENTENCE,
    is_address,
)
from control_lists.importers.bis_repairs import repaired
from control_lists.importers.us_names import (
    CellName,
    bracket_around,
    ended,
    enumerated,
    one_line,
    pieces_between_commas,
    read_names,
    single_name,
    telling_words,
)

CountryCode = Callable[[str], str | None]
"""The code of the country that a text names, or None."""


class CellParty(NamedTuple):
    """One party of a cell; the first name is the one it is listed by. ``parent``: the party that it is listed under as subordinate."""

    names: tuple[CellName, ...]
    addresses: tuple[str, ...]
    notes: tuple[str, ...] = ()
    parent: str | None = None
    is_address: bool = False


# ------------------------------------------------------------------------------------------------------------ the cell
def read_cell(text: str, country: CountryCode) -> tuple[CellParty, ...]:
    """The parties of one cell, the main one first; () for a blank cell. ``text``: line breaks as newlines, an italic "and" as SEPARATOR."""
    text = repaired(_tidied(text))
    if not text:
        return ()
    if entry := ADDRESS_ENTRY.match(text):
        address = ended(one_line(text[entry.end() :]))
        return (CellParty((CellName(address, "strong"),), (address,), (entry[1],), is_address=True),)
    shared: tuple[str, ...] = ()
    if common := FOR_ALL.search(text):
        shared = split_addresses(text[common.end() :], country)
        text = text[: common.start()]
    text, *affiliated = AFFILIATED.split(text)
    own, *others = SUBORDINATE.split(text)
    others += [part for block in affiliated for part in _affiliates(block, country)]
    main = _party(own, country)
    parent = main.names[0].text if main.names else None
    parties = [_party(other, country)._replace(parent=parent) for other in others]
    # "X subordinate institution: Y" lists Y; X has an entry of its own.
    if main.names and (len(parties) != 1 or len(main.names) > 1 or main.addresses):
        parties.insert(0, main)
    return tuple(p._replace(addresses=tuple(dict.fromkeys((*p.addresses, *shared)))) for p in parties)


def split_addresses(text: str, country: CountryCode) -> tuple[str, ...]:
    """The single addresses of the rest of a cell. A plain "and" parts two addresses only where the one before it ends in a country."""
    found: list[str] = []
    for line in _address_lines(text, country):
        start = 0
        for joint in JOINT.finditer(line):
            left = line[start : joint.start()]
            is_item = joint["italic"] is not None and line[joint.end() : joint.end() + 1].isdigit()
            if joint["sure"] is not None or is_item or address_country(left, country) is not None:
                found.append(left)
                start = joint.end()
        found.append(line[start:])
    cleaned = (ended(ADDRESS_LABEL.sub("", one_line(address).strip(" ,;"))) for address in found)
    return tuple(dict.fromkeys(address for address in cleaned if any(c.isalnum() for c in address)))


def address_country(address: str, country: CountryCode) -> str | None:
    """The country that an address ends in, if it is named; a postal code may follow it.

    >>> names = {"Russia": "RU", "Hong Kong": "HK"}
    >>> address_country("5 Lenina St., Perm, Russia 614101", names.get), address_country("Central Hong Kong.", names.get)
    ('RU', 'HK')
    """
    words = _NOTES_INSIDE.sub("", address).replace(",", " , ").split()
    while words and (words[-1] in (",", ".", ";") or any(c.isdigit() for c in words[-1])):
        words.pop()
    for count in (4, 3, 2, 1):
        tail = words[-count:]
        if len(tail) == count and "," not in tail and len(name := " ".join(tail).strip(".;()")) > 2:
            code = country(name)
            if code is not None and (len(name) > 3 or name == "UAE"):
                return code
    return None


# ----------------------------------------------------------------------------------------------------------- one party
def _party(text: str, country: CountryCode) -> CellParty:
    text = text.strip(f"\n ,;{SEPARATOR}")
    notes: list[str] = []
    while found := NOTE.search(text):
        notes.insert(0, ended(one_line(found[1])))
        text = text[: found.start()].rstrip()
    if scope := SCOPE.search(text):
        notes.append(ended(one_line(scope[1])))
        text = f"{text[: scope.start()]}, a.k.a., the following one alias:\n—{scope[2]}\n"
    names, rest = _with_lines_of_aliases(text, country) or _inline(text, country)
    unique: dict[str, CellName] = {}
    for name in names:
        if any(c.isalnum() for c in name.text):
            unique.setdefault(name.text, name)
    return CellParty(tuple(unique.values()), split_addresses(rest, country), tuple(notes))


def _with_lines_of_aliases(text: str, country: CountryCode) -> tuple[list[CellName], str] | None:
    """The names of a cell whose aliases stand on lines of their own, and the rest; None for another cell."""
    header = ALIAS_HEADER.search(text)
    dash = re.search(r"(?:\n|:\s*)[—–]", text)
    if header is not None:
        before, after = text[: header.start()], text[header.end() :]
    elif dash is not None:
        before, after = text[: dash.start()], text[dash.start() + 1 :]
        before = re.sub(rf"{MARK}\s*$", "", before, flags=re.IGNORECASE)
    else:
        return None
    after = _dashed(after.strip(), _stated(header[0]) if header is not None else 1)
    lines = [line.strip() for line in after.split("\n") if line.strip(f" .,;{SEPARATOR}")]
    aliases: list[str] = []
    # Now and then the dash is missing before an alias that the punctuation of the line above announces.
    while lines and (lines[0][0] in "—–" or (aliases and len(lines) > 1 and _announces(aliases[-1]) and not is_address(lines[0]))):
        aliases.append(lines.pop(0).lstrip("—– "))
    rest = "\n".join(lines)
    if aliases and not rest:
        whole = WHOLE_SENTENCE.match(aliases[-1])
        if whole is not None and not ABBREVIATED.search(whole[1]):
            aliases[-1], rest = whole[1], aliases[-1][whole.end() :]
        else:
            aliases[-1], rest = _cut(aliases[-1], country)
    names = read_names(before.strip(" ,;:"))
    for alias in aliases:
        # A semicolon outside a bracket parts two aliases on one line.
        for part in re.split(r";(?![^()]*\))", _LIST_END.sub("", alias)):
            names += read_names(re.sub(r"^\s*and\s+|^\s*[—–]", "", part))
    return names, rest


def _dashed(text: str, stated: int) -> str:
    """A list of aliases with each on a line that starts with a dash, where it stands in one line or without dashes."""
    text = re.sub(rf"((?:^|[;,.:]|\band\b|{SEPARATOR})\s*)(?:[—–]|-(?=\S))", r"\1\n—", text).strip()
    if not text or text[0] in "—–":
        return text
    first, *others = text.split("\n", 1)
    items = re.split(rf"\s*[;,]\s*(?:\band\b|{SEPARATOR})?\s*", first, maxsplit=stated - 1) if stated > 1 else [first]
    return "\n".join((*(f"—{item}" for item in items), *others))


def _stated(header: str) -> int:
    """The number of aliases that a header announces; 1 where it gives none."""
    found = re.search(rf"\b{NUMBER}\b", header, re.IGNORECASE)
    if found is None:
        return 1
    return int(found[0]) if found[0].isdigit() else _NUMBERS.get(found[0].lower(), 1)


def _announces(line: str) -> bool:
    return re.search(rf"(?:;|\band|{SEPARATOR})[\s;,]*$", line) is not None


def _affiliates(block: str, country: CountryCode) -> Iterator[str]:
    """The parties of a list of affiliated entities: each ends with a country at the end of a line."""
    kept: list[str] = []
    for line in block.split("\n"):
        kept.append(line)
        if line.rstrip().endswith(".") and address_country(line, country) is not None:
            yield "\n".join(kept)
            kept = []
    if any(line.strip() for line in kept):
        yield "\n".join(kept)


# ------------------------------------------------------------------------------------------- names and address in one line
def _inline(text: str, country: CountryCode) -> tuple[list[CellName], str]:
    """The names of a cell on which name, aliases and addresses follow one another, and the rest."""
    mark = KNOWN_AS.search(text)
    if mark is None:
        name, rest = _cut(text, country)
        return single_name(name), rest
    if (bracket := bracket_around(text, mark.start())) is None:
        names = single_name(text[: mark.start()])
        more, rest = _chain(text[mark.start() :], country, names)
        return names + more, rest
    names = read_names(text[: bracket[1] + 1])
    rest = text[bracket[1] + 1 :].lstrip(" ,;")
    if KNOWN_AS.match(rest):
        more, rest = _chain(rest, country, names)
        names += more
    return names, rest


def _chain(text: str, country: CountryCode, known: Sequence[CellName]) -> tuple[list[CellName], str]:
    """The aliases of ``a.k.a., One, a.k.a., Two, address``, and the address."""
    marks = list(KNOWN_AS.finditer(text))
    names: list[CellName] = []
    rest = ""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        segment = text[mark.end() : following.start() if following else len(text)].strip(" ,;")
        if following is None:
            segment, rest = _cut_aliases(segment, country, {word for name in (*known, *names) for word in telling_words(name.text)})
        parts = enumerated(segment) if len(marks) == 1 else [ended(one_line(segment))]
        names += [CellName(name, "former" if mark["former"] else "strong") for name in parts]
    return names, rest


def _cut_aliases(text: str, country: CountryCode, words: set[str]) -> tuple[str, str]:
    """Aliases between commas, then an address: a piece is a further alias where it is no address and shares a word with a name."""
    first, newline, others = text.partition("\n")
    name, rest = _cut_line(first, country)
    pieces = pieces_between_commas(rest) if rest.strip() else []
    words = words | telling_words(name)
    while pieces and not is_address(pieces[0]) and (_ACRONYM_LAST.search(pieces[0]) or words & telling_words(pieces[0])):
        words |= telling_words(pieces[0])
        name += f",{pieces.pop(0)}"
    rest = ",".join(pieces)
    return name, f"{rest}\n{others}" if newline else rest


def _cut(text: str, country: CountryCode) -> tuple[str, str]:
    """A name and what follows it. Where a line ends behind the name, the line is the name."""
    first, newline, others = text.partition("\n")
    name, rest = _cut_line(first, country)
    if (
        newline
        and not JOINT.search(rest)
        and not any(is_address(piece) or address_country(piece, country) for piece in pieces_between_commas(rest))
    ):
        return ended(first.strip(" ,;")), others
    return name, f"{rest}\n{others}" if newline else rest


def _cut_line(line: str, country: CountryCode) -> tuple[str, str]:
    sentence = SENTENCE.match(line) if "," in line else WHOLE_SENTENCE.match(line)
    for found in (RUN_ON.match(line), sentence):
        if found is not None and not (LEGAL_FORM.match(found[1]) if found.re is RUN_ON else ABBREVIATED.search(found[1])):
            return ended(found[1].strip(" ,;")), line[found.end() :]
    pieces = pieces_between_commas(line)
    kept = 1
    while kept < len(pieces) and _belongs(pieces, kept, country):
        kept += 1
    name, rest = ",".join(pieces[:kept]), ",".join(pieces[kept:])
    if run_on := LEGAL_RUN_ON.match(rest):
        return f"{name},{run_on[0]}".strip(), rest[run_on.end() :]
    return ended(name.strip(" ,;")), rest


def _belongs(pieces: Sequence[str], at: int, country: CountryCode) -> bool:
    """Whether a piece between commas belongs to the name before it: a legal form, or an organisation that the name is part of."""
    piece = pieces[at].strip(" .")
    if LEGAL_FORM.match(piece) or (STARTS_LEGAL.match(piece) and not is_address(piece) and not LEGAL_RUN_ON.match(piece)):
        return True
    if at + 1 == len(pieces) or ENDS_LEGAL.search(pieces[at - 1].strip(" .")) or not ORGANISATION.search(pieces[0]):
        return False
    return ORGANISATION.search(piece) is not None and not is_address(piece) and address_country(piece, country) is None


# ---------------------------------------------------------------------------------------------------------------- text
_NUMBERS = {
    word: number
    for number, word in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ),
        1,
    )
}
_ACRONYM_LAST = re.compile(r"\([A-Z]{2,}\)\s*$")
_NOTES_INSIDE = re.compile(r"\s*\([^()]*\)\s*$")
_LIST_END = re.compile(rf"(?:[;,.]?\s*(?:\band|{SEPARATOR})|;|,)[\s;,]*$")


def _tidied(text: str) -> str:
    """Blanks made one, lines stripped, blank lines left out."""
    lines = (re.sub(r"[ \t\xa0\u2000-\u200b]+", " ", line).strip() for line in text.replace("\r", "").split("\n"))
    return "\n".join(line for line in lines if line)


def _address_lines(text: str, country: CountryCode) -> Iterator[str]:
    """The lines of addresses; a line that ends neither in a full stop nor in a country goes on in the next one."""
    kept = ""
    for line in text.split("\n"):
        if kept and (ADDRESS_LABEL.match(line) or kept.endswith(".") or address_country(kept, country) is not None):
            yield kept
            kept = line
        else:
            kept = f"{kept} {line}".strip()
    if kept:
        yield kept
