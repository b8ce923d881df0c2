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
            "joint stock company": "stock company",
            "company": "company",
        },
        abbreviations={"grp": "group", "技术": "technology", "technologies": "technology", "first": "1", "и": "and"},
        generic=frozenset({"group", "technology", "al", "a"}),
        given_names=frozenset({"mohammed"}),
        common=frozenset({"atlas"}),
        sectors=frozenset({"tiles"}),
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


def forms(text: str) -> list[str]:
    return [word.text for word in LEXICON.name(text).legal]


@pytest.mark.parametrize("text", ["JIONT STOCK COMPANY Avangard", "Joint Stck Company Avangard", "JointStockCompany Avangard"])
def test_a_legal_form_of_several_words_bears_a_slip_and_a_missing_blank(text: str) -> None:
    assert forms(text) == ["stock company"]
    assert words(text) == [("avangard", "rare", 100)]


def test_words_of_a_legal_form_that_is_not_whole_decide_next_to_nothing() -> None:
    assert words("Avangard Joint") == [("avangard", "rare", 100), ("joint", "generic", 10)]


def test_a_legal_form_of_long_words_may_lack_one_of_them() -> None:
    assert forms("Avangard Joint Stock") == forms("Stock Company Avangard") == ["stock company"]
    assert forms("Stock Avangard") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jont Stok Company Avangard", ["stock company"]),  # two words with a slip each
        ("Jotitn Stock Company Avangard", ["stock company"]),  # two slips in one
        ("Jnot Stok Company Avangard", ["company"]),  # three
    ],
)
def test_a_legal_form_of_several_words_bears_two_slips(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_a_common_word_and_a_line_of_business_are_classes_of_their_own() -> None:
    assert words("Atlas Tiles") == [("atlas", "common", 100), ("tiles", "sector", 30)]
    assert words("Altas Tile") == [("altas", "rare", 100), ("tile", "rare", 100)]


def test_a_known_word_in_two_pieces_is_that_word() -> None:
    assert forms("Acme LIMI TED") == ["limited company"]
    assert words("Acme Techno logies") == [("acme", "rare", 100), ("technology", "generic", 30)]


def test_a_long_business_word_bears_a_slip_of_the_pen() -> None:
    assert words("Acme Technolgies") == [("acme", "rare", 100), ("technology", "generic", 30)]
    assert words("Acme Grouq") == [("acme", "rare", 100), ("grouq", "rare", 100)]  # too short: it may be a name


def test_a_single_letter_is_an_initial_before_it_is_a_little_word() -> None:
    assert words("A. I. Romanov") == [("ai", "rare", 60), ("romanov", "rare", 100)]
    assert words("Ivan A Romanov I") == [("ivan", "rare", 100), ("a", "initial", 30), ("romanov", "rare", 100), ("i", "initial", 30)]


def test_neighbours_are_written_together_as_they_stand_for_and_as_they_are_written() -> None:
    together = [part.word.text for part in LEXICON.name("Acme Technologies").together]
    assert together == ["acmetechnology", "acmetechnologies"]


def test_an_initial_is_not_written_together_with_a_word() -> None:
    assert LEXICON.name("V Lukashenko").together == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guangzhou Haige Communications Gro", True),
        ("Guangzhou Haige", False),  # short enough to be whole
        ("Joint Stock Company Joint Stock Com", False),  # nothing but a legal form
    ],
)
def test_a_long_text_that_says_something_may_be_cut(text: str, expected: bool) -> None:
    assert LEXICON.name(text).may_be_cut is expected
