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


def declared_names(listed: Sequence[str], given: Sequence[str], count: int, seed: int) -> list[str]:
    """So many distinct names: nine tenths firms and persons, some recombined listed names, one in a hundred a misspelt listed name.

    Half of the telling words of firms and persons are coined, the other half are single words of listed names: words of real names
    have near neighbours on a list, coined ones seldom.
    """
    chance = random.Random(seed)
    words = [text.split() for text in listed]
    following: dict[str, list[str]] = {}
    for parts in words:
        for one, other in pairwise(parts):
            following.setdefault(one, []).append(other)
    telling = sorted({word for parts in words for word in parts if len(word) > 3 and word.isascii() and word.isalpha()})
    found: dict[str, None] = {}

    def brand() -> str:
        return (
            chance.choice(telling).title() if chance.random() < 0.5 else "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()
        )

    while len(found) < count:
        kind = chance.random()
        if kind < 0.01:
            name = _misspelt(chance.choice(listed), chance)
        elif kind < 0.05:
            name = _recombined(chance.choice(words)[0], following, chance)
        elif kind < 0.17:
            name = f"{chance.choice(given).title()} {chance.choice(given).title() if chance.random() < 0.4 else ''} {brand()}"
        else:
            name = f"{brand()} {brand() if chance.random() < 0.4 else ''} {chance.choice(TRADES)} {chance.choice(FORMS)}"
        found[" ".join(name.split())] = None
    return list(found)


def _recombined(word: str, following: dict[str, list[str]], chance: random.Random) -> str:
    name = [word]
    for _ in range(chance.randint(1, 4)):
        if name[-1] not in following:
            break
        name.append(chance.choice(following[name[-1]]))
    return " ".join(name)


def _misspelt(name: str, chance: random.Random) -> str:
    place = chance.randrange(len(name))
    return chance.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + name[place : place + 1] + name[place:],
            name[:place] + chance.choice("aeioust") + name[place + 1 :],
            " ".join(reversed(name.split())),
            name.replace(" ", "", 1),
            name + " Dubai",
        ]
    )
