"""Which texts may hold a key, against every span of words and every key."""

from __future__ import annotations

import random

from rapidfuzz.distance import OSA

from control_lists.codes.chemical_name import BEFORE_ID, SPELLINGS, WORD, word_key
from screening.goods.misspelt_chemicals import allowed_slips
from screening.matching.compiled.key_spans import KeySpans

PIECES = (
    "sulph", "sulf", "flouri", "fluorid", "phosphorous", "chlorid", "chloride", "aluminum", "caesium", "cyanid", "oxy", "di", "tri",
    "methyl", "ethyl", "amine", "2", "99", "s", "x", "é", "²", "α", " ", " ", " ", "-", "(", "_",
)  # fmt: skip
EXACT = ("amine", "dimethylamine", "2ethyl", "oxy", "sulfurchloride", "cesiumcyanide")
NEAR = ("dimethylamine", "trimethylphosphorus", "aluminiumchloride", "cesiumcyanide", "sulfurylfluoride", "methylethylamine", "oxyethyl")
RUNS = ("amine", "methy", "uminium", "loride", "cyan", "oxyet")


def keys_of(text: str) -> list[str]:
    return [word_key(word[0]) for word in WORD.finditer(text)]


def may_hold(text: str) -> bool:
    keys = keys_of(text)
    near = NEAR if any(run in "".join(keys) for run in RUNS) else ()
    spans = ("".join(keys[first:end]) for first in range(len(keys)) for end in range(first + 1, len(keys) + 1))
    return any(span in EXACT or any(OSA.distance(span, key) <= (allowed_slips(len(span)) or -1) for key in near) for span in spans)


def test_a_text_may_hold_a_key_where_a_span_is_one_or_is_near_one() -> None:
    chance = random.Random(3)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 12))) for _ in range(1500)]
    texts += [_slipped(chance.choice(NEAR), chance) for _ in range(1500)]
    texts = ["", *(text.upper() if chance.random() < 0.5 else text for text in texts)]
    found = KeySpans(EXACT, NEAR, RUNS, allowed_slips, SPELLINGS, BEFORE_ID, keys_of).may_hold(texts)
    expected = [may_hold(text) for text in texts]
    assert 500 < sum(expected) < 2500
    assert found.tolist() == expected


def _slipped(key: str, chance: random.Random) -> str:
    letters = list(f"{chance.choice(PIECES)} {key}{chance.choice((' x', '9', '', 's'))}")
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice(("", "e", " ", letters[at] * 2, letters[at - 1]))
    return "".join(letters)
