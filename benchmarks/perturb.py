"""Listed names as they reach a declaration: one seeded alteration a kind, nothing where a name gives no room for it.

The alterations are written from what declarations look like, never from the tables and rules of the matcher, so that
they measure it from outside.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from anyascii import anyascii

Alteration = Callable[[str, bool, random.Random], str | None]

CUT = 35  # characters of a name in the older electronic messages
_LEGAL = {
    "co": ("company", ""), "company": ("co", ""), "ltd": ("limited", "", "llc"), "limited": ("ltd", "", "ltd."),
    "llc": ("l.l.c.", "", "ltd", "ooo"), "inc": ("incorporated", "", "corp"), "corporation": ("corp", ""), "corp": ("corporation", ""),
    "gmbh": ("", "g.m.b.h.", "ltd"), "sa": ("s.a.", ""), "ag": ("a.g.", ""), "jsc": ("ojsc", "", "joint stock company"),
    "ooo": ("llc", ""), "oao": ("ojsc", "", "jsc"), "zao": ("cjsc", "", "jsc"), "pjsc": ("pao", "", "jsc"), "plc": ("", "p.l.c."),
    "fze": ("", "fz-llc"), "sarl": ("s.a.r.l.", ""), "srl": ("s.r.l.", ""), "bv": ("b.v.", ""), "ao": ("jsc", ""), "pte": ("", "private"),
    "pvt": ("private", ""), "private": ("pvt", ""), "ohg": ("", "kg"), "kg": ("",), "spa": ("s.p.a.", ""), "fzco": ("", "fze"),
}  # fmt: skip
_SHORT = {
    "international": ("intl", "int'l"), "technology": ("tech",), "technologies": ("tech", "techs"), "industries": ("ind", "inds"),
    "industry": ("ind",), "industrial": ("ind", "indl"), "engineering": ("eng", "engg", "engrg"), "manufacturing": ("mfg",),
    "development": ("dev", "devt"), "trading": ("trdg", "trd"), "shipping": ("shpg",), "services": ("svcs", "serv"),
    "electronics": ("elec",), "electronic": ("elec",), "institute": ("inst",), "university": ("univ",), "research": ("res", "rsch"),
    "national": ("natl", "nat'l"), "general": ("gen", "genl"), "brothers": ("bros",), "petroleum": ("petro", "petrol"),
    "petrochemical": ("petrochem",), "chemical": ("chem",), "chemicals": ("chem",), "construction": ("constr", "const"),
    "department": ("dept",), "management": ("mgmt", "mgt"), "investment": ("invest", "inv", "invt"), "machinery": ("mach",),
    "equipment": ("equip", "eqpt"), "association": ("assn", "assoc"), "center": ("ctr", "centre"), "centre": ("ctr", "center"),
    "foundation": ("fdn", "found"), "group": ("grp", "gp"), "communications": ("comm", "comms"), "communication": ("comm",),
    "aviation": ("avn",), "transport": ("transp", "trans"), "logistics": ("log", "logist"), "holding": ("hldg",), "holdings": ("hldgs",),
    "enterprise": ("ent",), "enterprises": ("ent", "entp"), "commercial": ("comm'l", "coml"), "organization": ("org",),
    "ministry": ("min",), "republic": ("rep",), "scientific": ("sci",), "science": ("sci",), "systems": ("sys",), "factory": ("fty",),
    "company": ("co",), "corporation": ("corp",), "limited": ("ltd",), "production": ("prod",), "and": ("&",), "export": ("exp",),
    "import": ("imp",), "bank": ("bk",), "company's": ("co",), "laboratory": ("lab",), "materials": ("mat", "matls"), "market": ("mkt",),
    "products": ("prod", "prods"), "distribution": ("dist",), "exchange": ("exch",), "financial": ("fin",), "academy": ("acad",),
}  # fmt: skip
_ADDED = (
    "Trading", "Group", "International", "Dubai", "Moscow", "Branch", "Import Export", "Services", "Hong Kong", "Logistics", "Shenzhen",
    "Industries", "Istanbul", "Representative Office", "Turkey", "UAE", "General Trading",
)  # fmt: skip
_ADDED_PERSON = ("Mr", "Mr.", "Dr", "Eng.", "Haji", "General", "Captain", "Sheikh", "Mrs", "c/o", "Messrs")
_ADDRESSES = (
    "12 Leninsky Prospekt Moscow 119991 Russia", "PO Box 5232 Dubai UAE", "No 8 Industrial Road Shenzhen 518129 China",
    "Flat 5 4/F Wing Lok Street Sheung Wan Hong Kong", "Vali Asr Ave Tehran Iran", "Istanbul Turkey", "Plot 17 Jebel Ali Free Zone Dubai",
    "Ul. Tverskaya 7 Minsk Belarus",
)  # fmt: skip
_SPELLINGS = (
    ("kh", "h"), ("kh", "x"), ("zh", "j"), ("ou", "u"), ("oo", "u"), ("u", "ou"), ("ee", "i"), ("iy", "y"), ("iy", "i"), ("yi", "y"),
    ("ei", "ey"), ("ey", "ei"), ("ai", "ay"), ("ay", "ai"), ("q", "k"), ("q", "g"), ("aa", "a"), ("ts", "tz"), ("ts", "c"), ("w", "v"),
    ("v", "w"), ("ph", "f"), ("yu", "iu"), ("ya", "ia"), ("yev", "ev"), ("ev", "yev"), ("sch", "shch"), ("shch", "sch"), ("dj", "j"),
    ("j", "dj"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("mm", "m"), ("ss", "s"), ("ll", "l"), ("dd", "d"), ("el-", "al-"),
    ("al-", "el-"), ("al-", "al "), ("al ", "al-"), ("abd al-", "abdul "), ("abdul ", "abd al-"), ("ullah", "allah"), ("sh", "ch"),
    ("uddin", "al-din"), ("al-din", "eddin"), ("i", "y"), ("y", "i"), ("o", "u"), ("e", "i"), ("a", "e"), ("tch", "ch"), ("ck", "k"),
    ("x", "ks"), ("ks", "x"), ("off", "ov"), ("ov", "off"), ("-", " "), ("'", ""), ("c", "k"), ("z", "s"), ("ng", "n"),
)  # fmt: skip
_FORM_WORDS = frozenset({*_LEGAL, "joint", "stock", "liability", "obshchestvo", "aktsionernoe", "pao"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"\S+")


def _core(word: str) -> str:
    return re.sub(r"[^a-z']", "", word.lower())


def _slip(word: str, chance: random.Random) -> str:
    """The word with one slip of the pen: a letter left out, put in, exchanged with its neighbour or another."""
    for _ in range(20):
        place = chance.randrange(1, len(word))
        letter = chance.choice(_LETTERS)
        kind = chance.randrange(4)
        made = (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        )[kind]
        if made.lower() != word.lower() and made.isalpha():
            return made
    return word[:-1]


def _slips(name: str, count: int, chance: random.Random) -> str | None:
    words = name.split()
    places = [i for i, word in enumerate(words) if len(word) >= 4 and word.isascii() and word.isalpha() and word.lower() not in _LEGAL]
    if not places or (count > 1 and sum(len(words[i]) for i in places) < 9):
        return None
    for _ in range(count):
        place = chance.choice(places)
        words[place] = _slip(words[place], chance)
    return " ".join(words)


def exact(name: str, is_person: bool, chance: random.Random) -> str | None:
    """The name as a customs system keeps it: capitals, often without marks and accents."""
    plain = anyascii(name) if name.isascii() or re.fullmatch(r"[\u0000-\u024f]+", name) else name
    return chance.choice((name, plain.upper(), re.sub(r"[.,;\"]", " ", plain).upper()))


def one_typo(name: str, is_person: bool, chance: random.Random) -> str | None:
    """One slip of the pen in a word of four letters or more."""
    return _slips(name, 1, chance)


def two_typos(name: str, is_person: bool, chance: random.Random) -> str | None:
    """Two slips, in one word or in two."""
    return _slips(name, 2, chance)


def dropped_word(name: str, is_person: bool, chance: random.Random) -> str | None:
    """One of three or more words left out."""
    words = name.split()
    if sum(_core(word) not in _LEGAL and len(word) > 2 for word in words) < 3:
        return None
    del words[chance.choice([i for i, word in enumerate(words) if _core(word) not in _LEGAL])]
    return " ".join(words)


def added_word(name: str, is_person: bool, chance: random.Random) -> str | None:
    """A business word, a place or a title put before or behind."""
    if is_person:
        return f"{chance.choice(_ADDED_PERSON)} {name}"
    return f"{name} {chance.choice(_ADDED)}" if chance.random() < 0.7 else f"{chance.choice(_ADDED)} {name}"


def reordered(name: str, is_person: bool, chance: random.Random) -> str | None:
    """The last word first, the first last, or two neighbours exchanged."""
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return None
    kind = chance.randrange(3) if is_person else chance.randrange(2)
    if kind == 0:
        return " ".join([words[-1] + ("," if is_person else ""), *words[:-1]])
    if kind == 1:
        return " ".join([*words[1:], words[0]])
    place = chance.randrange(len(words) - 1)
    words[place : place + 2] = [words[place + 1], words[place]]
    return " ".join(words)


def legal_form(name: str, is_person: bool, chance: random.Random) -> str | None:
    """A legal form left out, written otherwise or exchanged for another; put behind where there is none."""
    if is_person:
        return None
    words = name.split()
    places = [i for i, word in enumerate(words) if _core(word) in _LEGAL]
    if not places:
        return f"{name} {chance.choice(('LLC', 'Co Ltd', 'JSC', 'Company', 'Ltd'))}"
    place = places[-1]
    words[place] = chance.choice(_LEGAL[_core(words[place])])
    return " ".join(word for word in words if word)


def abbreviation(name: str, is_person: bool, chance: random.Random) -> str | None:
    """Every usual business word written short."""
    words = name.split()
    short = [chance.choice(_SHORT[_core(word)]) if _core(word) in _SHORT else word for word in words]
    return " ".join(short) if short != words and not is_person else None


def initial(name: str, is_person: bool, chance: random.Random) -> str | None:
    """A person's first or second name as an initial."""
    words = name.split()
    if not is_person or len(words) < 2 or not name.isascii():
        return None
    places = [i for i, word in enumerate(words[:-1] if "," not in words[0] else words) if len(word) > 3 and word.isalpha()]
    if not places:
        return None
    place = chance.choice(places[:2])
    words[place] = words[place][0] + chance.choice(("", "."))
    return " ".join(words)


def joined(name: str, is_person: bool, chance: random.Random) -> str | None:
    """Two neighbouring words written as one."""
    words = name.split()
    places = [i for i in range(len(words) - 1) if words[i].isalpha() and words[i + 1].isalpha() and _core(words[i + 1]) not in _LEGAL]
    if not places or not name.isascii():
        return None
    place = chance.choice(places)
    words[place : place + 2] = [words[place] + words[place + 1]]
    return " ".join(words)


def split(name: str, is_person: bool, chance: random.Random) -> str | None:
    """A long word written as two."""
    words = name.split()
    places = [i for i, word in enumerate(words) if len(word) >= 7 and word.isalpha() and word.isascii()]
    if not places:
        return None
    place = chance.choice(places)
    at = chance.randrange(3, len(words[place]) - 2)
    words[place : place + 1] = [words[place][:at], words[place][at:]]
    return " ".join(words)


def cut(name: str, is_person: bool, chance: random.Random) -> str | None:
    """The first 35 characters."""
    return name[:CUT].rstrip() if len(name) > CUT + 1 else None


def transliteration(name: str, is_person: bool, chance: random.Random) -> str | None:
    """One or two sounds written in another usual way."""
    if not name.isascii() or any(_core(word) in _FORM_WORDS for word in name.split()):
        return None  # forms of companies are translated, never spelled by ear
    text = name.lower()
    for _ in range(chance.choice((1, 1, 2))):
        fitting = [(old, new) for old, new in _SPELLINGS if text.find(old, 1) > 0]
        if not fitting:
            return None
        old, new = chance.choice(fitting)
        place = chance.choice([found.start() for found in re.finditer(re.escape(old), text[1:])])
        place += 1
        text = text[:place] + new + text[place + len(old) :]
    return text.upper() if text != name.lower() else None


def with_address(name: str, is_person: bool, chance: random.Random) -> str | None:
    """The name with an address behind, in one field."""
    return f"{name} {chance.choice(_ADDRESSES)}"


KINDS: dict[str, Alteration] = {
    "exact": exact,
    "reordered": reordered,
    "legal_form": legal_form,
    "one_typo": one_typo,
    "two_typos": two_typos,
    "dropped_word": dropped_word,
    "added_word": added_word,
    "abbreviation": abbreviation,
    "initial": initial,
    "joined": joined,
    "split": split,
    "cut": cut,
    "transliteration": transliteration,
    "with_address": with_address,
}  # fmt: skip
TARGETS = {"exact": 99.0, "alias": 99.0, "reordered": 98.0, "legal_form": 98.0, "one_typo": 95.0}
"""Recall in per cent that each kind should reach; every other kind 90."""
