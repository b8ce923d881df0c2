"""Two words agree as written, by spelling, by sound, by consonants or by an initial, and otherwise not."""

from __future__ import annotations

import pytest

from screening.matching.lexicon import Word
from screening.matching.link import Link, joined_link, link


def rare(text: str) -> Word:
    return Word(text, text, "rare", 100)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("gazprom", "gazprom", Link("exact", 1000)),
        ("lukashenko", "luakshenko", Link("spelling", 900)),  # neighbouring letters exchanged count once
        ("putin", "pudin", Link("spelling", 800)),
        ("nooristani", "nuristani", Link("sound", 930)),
        ("bachar", "bashar", Link("spelling", 834)),
        ("~slmn", "salman", Link("skeleton", 900)),
        ("quds", "qds", Link("spelling", 750)),  # a letter lost from a word of four
        ("korolev", "koralyev", Link("skeleton", 820)),  # equal consonants outweigh two slips
        ("dawood", "dsowod", Link("spelling", 715)),  # two slips in a word of five letters or more
        ("dawood", "sdowod", None),  # of which the first letter is none, if the word is short
        ("tom", "tim", None),  # three letters say too little
        ("ar16", "ar15", None),
        ("lukashevich", "lukashenko", None),
    ],
)
def test_words_agree_or_not(a: str, b: str, expected: Link | None) -> None:
    assert link(rare(a), rare(b)) == expected
    assert link(rare(b), rare(a)) == expected


def test_two_known_names_are_no_misspelling_of_each_other() -> None:
    assert link(Word("daniel", "daniel", "given", 55), Word("daniela", "daniela", "given", 55)) is None
    assert link(Word("mohammed", "mohammed", "given", 55), Word("muhammad", "muhammad", "given", 55)) == Link("sound", 930)


def test_an_initial_agrees_with_a_word_that_starts_with_it() -> None:
    j = Word("j", "j", "initial", 10)
    assert link(j, rare("joachim")) == Link("initial", 900)
    assert link(j, rare("oscar")) is None


def test_words_written_together_agree_a_little_less() -> None:
    assert joined_link(rare("gazprom"), rare("gazprom")) == Link("joined", 950)
    assert joined_link(rare("hussain"), rare("hoasen")) is None
