"""Keys a few slips apart: the index against a comparison with every key."""

from __future__ import annotations

import random
import string

from rapidfuzz.distance import OSA

from screening.matching.near_keys import NearKeys


def allowed(letters: int) -> int:
    return 0 if letters < 8 else 1 if letters < 14 else 2


def test_the_index_finds_what_a_comparison_with_every_key_finds() -> None:
    rng = random.Random(11)
    keys = ["".join(rng.choices("abcd", k=rng.randint(6, 18))) for _ in range(400)]
    index = NearKeys(keys, allowed)
    for _ in range(400):
        key = list(rng.choice(keys))
        for _ in range(rng.randint(0, 3)):
            key[rng.randrange(len(key))] = rng.choice(string.ascii_lowercase[:5])
        asked = "".join(key)
        most = allowed(len(asked))
        expected = {(k, d) for k in keys if most and (d := OSA.distance(asked, k)) <= most}
        assert set(index.near(asked)) == expected


def test_a_short_key_is_near_to_nothing() -> None:
    assert NearKeys(["octogene"], allowed).near("octogen") == []
