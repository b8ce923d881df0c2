"""One slip of the pen in a name, by a seeded generator: a letter left out, added, changed, or swapped with its neighbour."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from control_lists.snapshot import Snapshot


def slip(name: str, rng: random.Random) -> str:
    """The name with one slip at a letter."""
    at = rng.choice([i for i, letter in enumerate(name) if letter.isalpha()])
    kind = rng.randrange(4)
    following = name[at + 1 : at + 2]
    if kind == 0 or (kind == 3 and (not following.isalpha() or following == name[at])):
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + rng.choice(string.ascii_lowercase) + name[at:]
    if kind == 2:
        return name[:at] + rng.choice([c for c in string.ascii_lowercase if c != name[at].lower()]) + name[at + 1 :]
    return name[:at] + following + name[at] + name[at + 2 :]


def slips(snapshot: Snapshot, seed: int, each: int) -> Iterator[tuple[str, str]]:
    """Misspelt English names of listed substances with CAS numbers, and the id of the substance."""
    rng = random.Random(seed)
    for substance in snapshot.substances.values():
        if substance.listings and substance.cas:
            for text in (substance.name, *(n.text for n in substance.names if n.tier == "A" and n.lang == "en")):
                if text.isascii() and sum(letter.isalnum() for letter in text) >= 8:
                    for _ in range(each):
                        yield slip(text, rng), substance.id
