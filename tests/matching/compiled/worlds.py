"""Small random worlds of names that look alike in every way the score knows."""

from __future__ import annotations

import random

from screening.matching.types import WordTables

TABLES = WordTables(
    legal_forms={
        "ltd": "limited company", "limited": "limited company", "gmbh": "limited company", "sp z o o": "limited company",
        "co": "company", "company": "company", "有限公司": "limited company",
        "joint stock company": "stock company", "private limited company": "limited company", "open joint stock company": "stock company",
    },
    abbreviations={
        "technologies": "technology", "gen trading": "general trading", "abdulla": "abdullah",
        "grp": "group", "intl": "international", "first": "1", "jv": "joint venture", "集团": "group", "ibn": "bin", "بن": "bin",
    },
    generic=frozenset({"group", "trading", "international", "joint", "venture", "bin", "al", "the", "y", "plant", "bank", "technology",
                       "general", "industries"}),
    given_names=frozenset({"mohammed", "muhammad", "ali", "salman", "john", "hans", "kim"}),
    common=frozenset({"atlas", "orion", "star", "xi"}),
    sectors=frozenset({"tiles", "foods"}),
)  # fmt: skip
WORDS = [
    "atlas",
    "atals",
    "orion",
    "star",
    "tiles",
    "foods",
    "joint company",
    "open stock company",
    "zhongli",
    "ding",
    "diilg",
    "joint stock company",
    "jiont stock",
    "stock compnay",
    "open",
    "private limited",
    "privat",
    "general",
    "gen trading",
    "technologies",
    "technolgies",
    "techno logies",
    "indus tries",
    "industreis",
    "abdulla",
    "abdullah",
    "qds",
    "quds",
    "dawood",
    "dsowod",
    "daud",
    "internationl",
    "mohamed ali",
    "h",
    "k",
    "gazprom",
    "gaz",
    "prom",
    "gasprom",
    "gazporm",
    "mohammed",
    "muhammad",
    "mhamed",
    "ali",
    "salman",
    "salmaan",
    "suleiman",
    "john",
    "j",
    "m",
    "a",
    "y",
    "hans",
    "kim",
    "jong",
    "un",
    "kimjongun",
    "ltd",
    "Limited",
    "limted",
    "companny",
    "GmbH",
    "co",
    "grp",
    "group",
    "intl",
    "international",
    "trading",
    "tradng",
    "first",
    "1st",
    "5",
    "7",
    "007",
    "ii",
    "plant",
    "the",
    "&",
    "and",
    "al",
    "bin",
    "ibn",
    "bank",
    "jv",
    "joint",
    "venture",
    "华为",
    "有限公司",
    "集团",
    "huawei",
    "محمد",
    "بن",
    "سلمان",
    "السيسي",
    "sisi",
    "Qa'ida",
    "qaeda",
    "Erdoğan",
    "erdogan",
    "김정은",
    "bachar",
    "bashar",
    "assad",
    "asad",
    "ar15",
    "ar16",
    "c.b.a.",
    "cba",
    "abc",
    "нефть",
    "neft",
    "xi",
    "jinping",
    "xijinping",
    "rotenberg",
    "rottenberg",
    "rotenburg",
    "troost",
    "rost",
    "tschaikowski",
    "chaikovsky",
    "rosoboronexport",
    "rosoboron",
    "export",
    "abdulrahman",
    "abdal",
    "rahman",
    "petrochemicals",
    "petro",
    "chemicals",
]
THRESHOLDS = (0.0, 1.0, 20.0, 35.0, 50.0, 60.0, 65.0, 70.0, 72.5, 75.0, 80.0, 80.0, 80.0, 85.0, 90.0, 95.0, 99.0, 100.0)


def world(number: int) -> tuple[list[str], list[str], float]:
    """Distinct declared names, distinct listed names, and a threshold."""
    chance = random.Random(number)
    listed = [_name(chance) for _ in range(chance.randint(1, 25))]
    declared = []
    for _ in range(chance.randint(1, 20)):
        if chance.random() < 0.35:
            declared.append(_name(chance))
            continue
        words = [_slip(word, chance) or "x" for word in chance.choice(listed).split()]
        if chance.random() < 0.4:
            chance.shuffle(words)
        if chance.random() < 0.3 and len(words) > 1:
            place = chance.randrange(len(words) - 1)
            words[place : place + 2] = [words[place] + words[place + 1]]
        if chance.random() < 0.3:
            words = [word[0] if chance.random() < 0.3 else word for word in words]
        if chance.random() < 0.3:
            words += _name(chance).split()
        name = " ".join(words)
        declared.append(name[: chance.randint(30, 40)] if chance.random() < 0.15 else name)
    declared += [name[: chance.randint(30, 40)] for name in listed if len(name) > 36 and chance.random() < 0.3]
    for name in listed:
        if chance.random() < 0.15:
            words = name.split()
            for place in chance.sample(range(len(words)), min(len(words), chance.choice((1, 1, 2)))):
                words[place] = _slip(words[place], chance) or "x"
            declared.append(" ".join(words))
    return list(dict.fromkeys(declared)), list(dict.fromkeys(listed)), chance.choice(THRESHOLDS)


def _name(chance: random.Random) -> str:
    words: list[str] = []
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 7, 9, 12, 14))):
        kind = chance.random()
        if kind < 0.5:
            words.append(chance.choice(WORDS))
        elif kind < 0.75:
            words.append(_slip(chance.choice(WORDS), chance))
        elif kind < 0.85:
            words.append("".join(chance.choices("abmk", k=chance.choice((1, 2, 3, 4, 5, 8, 11)))))
        elif kind < 0.92:
            words.append(chance.choice(WORDS) + chance.choice(WORDS))
        else:
            word = chance.choice(WORDS)
            place = chance.randrange(1, max(2, len(word)))
            words += [word[:place], word[place:] or "x"]
    return chance.choice((" ", " ", " ", "-", ". ", "'")).join(words)


def _slip(word: str, chance: random.Random) -> str:
    letters = list(word)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
        kind, place = chance.random(), chance.randrange(len(letters) + 1)
        if kind < 0.3 and len(letters) > 1:
            letters.pop(min(place, len(letters) - 1))
        elif kind < 0.6:
            letters.insert(place, chance.choice("abeiokhmst"))
        elif kind < 0.8:
            letters[min(place, len(letters) - 1)] = chance.choice("abeiokhmst")
        elif len(letters) > 1:
            place = min(place, len(letters) - 2)
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)
