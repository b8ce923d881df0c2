"""The quick look whether a phrase stands in texts finds what the look word by word finds."""

from __future__ import annotations

import polars as pl
import pytest

from screening.normalise.phrases import Phrases

WORDS = ("ministry of defence", "pressure gage", "tyres", "с", "ракета", "SS7 interception", "free zone")
TEXTS = (
    "MINISTRY-OF-DEFENSE, Baku", "the Ministry's of Defence", "min'istry of de'fence", "administry of defence", "ministry defence of",
    "PRESSURE GAUGES 5 BAR", "used tire", "S/S 10 DOZ", "raketa", "РАКЕТА", "ss7\ninterceptions", "freezone", "x free   zones y", "", "ß",
)  # fmt: skip


@pytest.mark.parametrize("words", [WORDS, *((word,) for word in WORDS)])
def test_any_in_is_first_in_of_each_text(words: tuple[str, ...]) -> None:
    phrases = Phrases(words)
    assert phrases.any_in(pl.Series(TEXTS)).to_list() == [phrases.first_in(text) is not None for text in TEXTS]


def test_a_text_that_is_not_there_mentions_nothing() -> None:
    assert Phrases(("free zone",)).any_in(pl.Series([None, "free zone"], dtype=pl.String)).to_list() == [False, True]
    assert Phrases(()).any_in(pl.Series(["free zone"])).to_list() == [False]
