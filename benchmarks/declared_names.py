"""Made-up declared names in the likeness of real ones, for measuring the search of names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

SYLLABLES = ("ka", "lo", "mi", "ra", "ten", "shu", "var", "dol", "pre", "mon", "gal", "is", "tor", "ven", "bra", "nak", "fi", "zo", "lin",
             "ber", "ex", "sun", "tech", "al", "ro", "quan", "hei", "stro", "wi", "mar")  # fmt: skip
TRADES = ("Trading", "Logistics", "Industries", "Technology", "International", "Electronics", "Shipping", "Import Export", "Chemicals",
          "Foods", "Textiles", "Machinery", "Services", "Group", "Global", "Auto Parts", "Engineering", "Plastics")  # fmt: skip
FORMS = ("Ltd", "Co., Ltd.", "GmbH", "LLC", "S.A.", "Inc.", "B.V.", "S.r.l.", "Pte Ltd", "JSC", "AG", "Limited")
PERSONS, ALTERED, RECOMBINED = 0.12, 0.01, 0.45  # shares; the rest are firms with a coined name


def declared_names(listed: Sequence[str], traders: Sequence[str], given: Sequence[str], count: int, seed: int) -> list[str]:
    """So many distinct names: the real traders; then recombined words of traders, firms with coined names, persons, altered listed names.

    Half of the names of persons behind the given name are words of listed names, half are coined. Without ``traders`` the listed names
    are recombined, which matches more than real names do.
    """
    chance = random.Random(seed)
    real = [text.split() for text in traders or listed]
    following: dict[str, list[str]] = {}
    for parts in real:
        for one, other in pairwise(parts):
            following.setdefault(one, []).append(other)
    telling = sorted({word for text in listed for word in text.split() if len(word) > 3 and word.isascii() and word.isalpha()})
    found: dict[str, None] = dict.fromkeys(traders[:count])
    while len(found) < count:
        kind = chance.random()
        if kind < ALTERED:
            name = _altered(chance.choice(listed), chance)
        elif kind < ALTERED + PERSONS:
            family = chance.choice(telling) if chance.random() < 0.5 else _coined(chance)
            name = f"{chance.choice(given).title()} {chance.choice(given).title() if chance.random() < 0.4 else ''} {family.title()}"
        elif kind < ALTERED + PERSONS + RECOMBINED:
            name = _recombined(chance.choice(real), following, chance)
        else:
            name = f"{_coined(chance)} {_coined(chance) if chance.random() < 0.4 else ''} {chance.choice(TRADES)} {chance.choice(FORMS)}"
        found[" ".join(name.split())] = None
    return list(found)


def _coined(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()


def _recombined(start: Sequence[str], following: dict[str, list[str]], chance: random.Random) -> str:
    """A walk over pairs of neighbouring words, as long as the name it starts from."""
    name = [start[0]] if start else []
    while name and len(name) < max(3, len(start)) and name[-1] in following:
        name.append(chance.choice(following[name[-1]]))
    return " ".join(name)


def _altered(name: str, chance: random.Random) -> str:
    place = chance.randrange(len(name))
    return chance.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + name[place : place + 1] + name[place:],
            name[:place] + chance.choice("aeioust") + name[place + 1 :],
            " ".join(reversed(name.split())),
            name.replace(" ", "", 1),
            name[:35],
            name + " Dubai",
        ]
    )
