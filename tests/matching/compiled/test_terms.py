"""Many texts at once give what they give in smaller numbers, where the search is the readable one."""

from __future__ import annotations

import random

from screening.matching import MANY, MatchIndex

WORDS = (
    "heat", "exchanger", "exchangers", "heatexchanger", "heat-exchanger", "aluminium", "aluminum", "alumunium", "7075", "t700", "tube",
    "tubes", "fibre", "fiber", "carbon", "carton", "centrifugal", "centrifugel", "seperator", "separators", "photo", "resist",
    "photo'resist", "o'ring", "ring's", "micro", "channel", "microchannel", "plate", "of", "99", "5'", "`x",
    "离心机", "气体离心机", "центрифуга",
    "центрифуги", "naïve", "ОБУВЬ", "ＡＢＣ",
)  # fmt: skip
TERMS = (
    "heat exchanger", "aluminium tube", "7075 aluminium", "t700 carbon fibre", "centrifugal separator", "photo resist", "photoresist",
    "micro channel plate", "microchannel plate", "heat heat", "离心机", "气体 离心机", "центрифуга", "o ring", "oring", "tube", "",
)  # fmt: skip


def test_many_texts_give_what_few_give() -> None:
    chance = random.Random(5)
    gaps = (" ", " ", " ", "", "-", ", ")
    texts = ["".join(chance.choice(WORDS) + chance.choice(gaps) for _ in range(chance.randint(0, 9))) for _ in range(4 * MANY)]
    texts = [text.upper() if chance.random() < 0.5 else text for text in texts]
    index = MatchIndex.terms(TERMS, known_words=frozenset({"carton"}), threads=2)
    many = index.search(texts, 50.0)
    few = [
        (start + place, *row)
        for start in range(0, len(texts), MANY - 1)
        for place, *row in index.search(texts[start : start + MANY - 1], 50.0).iter_rows()
    ]
    assert len(few) > MANY
    assert many.rows() == few
