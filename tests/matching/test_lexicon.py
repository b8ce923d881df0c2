"""A name is taken apart into weighty words, known words and legal forms."""

from __future__ import annotations

import pytest

from screening.matching import WordTables
from screening.matching.lexicon import Lexicon

LEXICON = Lexicon(
    WordTables(
        legal_forms={
            "limited": "limited company",
            "ltd": "limited company",
            "sp. z o.o.": "limited company",
            "有限公司": "limited company",
            "a.ş.": "stock company",
        },
        abbreviations={"grp": "group", "技术": "technology", "first": "1"},
        generic=frozenset({"group", "technology", "al"}),
        given_names=frozenset({"mohammed"}),
    )
)


def words(text: str) -> list[tuple[str, str, int]]:
    return [(word.text, word.sort, word.weight) for word in LEXICON.name(text).words]


def test_legal_forms_of_several_words_and_letters_are_set_aside() -> None:
    name = LEXICON.name("Faberlic Sp. z o.o.")
    assert [word.text for word in name.legal] == ["limited company"]
    assert words("Faberlic Sp. z o.o.") == [("faberlic", "rare", 100)]


@pytest.mark.parametrize("form", ["LIMTED", "LIMIED", "Limitde", "LIMITEDD"])
def test_a_legal_form_with_one_slip_of_the_pen_is_still_one(form: str) -> None:
    assert [word.text for word in LEXICON.name(f"Acme {form}").legal] == ["limited company"]


def test_known_words_are_cut_out_of_a_han_run() -> None:
    name = LEXICON.name("华为技术有限公司")
    assert [word.text for word in name.words] == ["huawei", "technology"]
    assert [word.text for word in name.legal] == ["limited company"]


def test_weights_follow_class_and_length() -> None:
    assert words("Xi") == [("xi", "rare", 60)]
    assert words("abc GRP Mohammed al J 1st 007 IV") == [
        ("abc", "rare", 90),
        ("group", "generic", 30),
        ("mohammed", "given", 55),
        ("al", "generic", 10),
        ("j", "initial", 30),
        ("1", "number", 50),
        ("7", "number", 50),
        ("4", "number", 50),
    ]


def test_single_letters_in_a_row_are_one_word() -> None:
    assert words("A.B.C.") == [("abc", "rare", 90)]


def test_an_empty_name_has_no_words() -> None:
    assert LEXICON.name("").words == ()
    assert LEXICON.name("!!").weight == 0
