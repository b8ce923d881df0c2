"""The index finds the very pairs, with the very scores, of the slow reference."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from screening.matching import MatchIndex
from screening.matching.reference import search_names, search_terms
from screening.parties.names import shipped_word_tables
from tests.matching.compiled.worlds import TABLES
from tests.matching.compiled.worlds import WORDS as ADVERSARIAL

# Few letters and many near-words, so that every kind of link and every tie occurs.
WORDS = st.sampled_from([*ADVERSARIAL, "jiont", "stock", "compnay", "comp", "any", "techno", "logies", "sp. z o.o."])
ALPHABET_WORDS = st.text("abdehlmnoru", min_size=1, max_size=9)
NAMES = st.lists(st.one_of(WORDS, WORDS, ALPHABET_WORDS), min_size=0, max_size=6).map(" ".join)


@seed(20261126)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMES, min_size=1, max_size=8), st.randoms(use_true_random=False), st.sampled_from([50.0, 80.0, 81.0, 90.0]))
def test_name_search_equals_the_reference_on_names_with_slips(listed: list[str], chance: random.Random, threshold: float) -> None:
    declared = [_misspelt(name, chance) if name else name for name in listed]
    found = MatchIndex.names(listed, TABLES).search(declared, threshold)
    assert found.rows() == search_names(declared, listed, TABLES, threshold)


TRADE = st.sampled_from(
    [
        "heat",
        "exchanger",
        "exchangers",
        "heatexchanger",
        "heat-exchanger",
        "aluminium",
        "aluminum",
        "7075",
        "7076",
        "alloy",
        "tube",
        "tubes",
        "fibre",
        "carbon",
        "carton",
        "cartons",
        "filter",
        "fitter",
        "centrifugal",
        "centrifugel",
        "separator",
        "seperator",
        "seperators",
        "valve",
        "value",
        "valves",
        "photo",
        "resist",
        "photoresist",
        "laser",
        "layer",
        "for",
        "of",
        "with",
        ";",
        "\n",
        "反应器",
        "不锈钢反应器",
        "反应",
        "reactor",
        "t",
        "700",
        "t700",
        "thermal",
        "camera",
        "camra",
        "batteries",
        "battery",
        "spectrometers",
        "spektrometer",
        "électron",
        "electron",
    ]
)


@seed(20261124)
@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(NAMES, min_size=1, max_size=8),
    st.lists(NAMES, min_size=1, max_size=8),
    st.sampled_from([0.0, 20.0, 50.0, 65.0, 75.0, 80.0, 90.0, 100.0]),
)
def test_name_search_equals_the_reference_on_adversarial_names(declared: list[str], listed: list[str], threshold: float) -> None:
    found = MatchIndex.names(listed, TABLES).search(declared, threshold)
    assert found.rows() == search_names(declared, listed, TABLES, threshold)


LONG = st.lists(st.one_of(WORDS, ALPHABET_WORDS), min_size=4, max_size=9).map(" ".join)


@seed(20261125)
@settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LONG, min_size=1, max_size=6), st.integers(30, 36), st.sampled_from([50.0, 80.0, 90.0]))
def test_name_search_equals_the_reference_on_cut_names(listed: list[str], cut: int, threshold: float) -> None:
    declared = [name[:cut] for name in listed]
    found = MatchIndex.names(listed, TABLES).search(declared, threshold)
    assert found.rows() == search_names(declared, listed, TABLES, threshold)


@seed(20261124)
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(TRADE, max_size=12).map(" ".join), min_size=1, max_size=6),
    st.lists(st.lists(TRADE, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8),
    st.frozensets(TRADE, max_size=6),
    st.sampled_from([0.0, 80.0, 90.0, 95.0, 100.0]),
)
def test_term_search_equals_the_reference_on_adversarial_texts(
    declared: list[str], listed: list[str], known: frozenset[str], threshold: float
) -> None:
    found = MatchIndex.terms(listed, known_words=known).search(declared, threshold)
    assert found.rows() == search_terms(declared, listed, known, threshold)


REAL_LOOKING = [
    "Guangzhou Haige Communications Group Co., Ltd.",
    "OAO Gazprom Neft",
    "Общество с ограниченной ответственностью «Ромашка»",
    "Mohammed bin Salman Al-Rawi",
    "Abd al-Rahman Muhammad Mustafa al-Qaduli",
    "Kim Jong-un",
    "Muhammad Abdullah Ahmed Hassan",
    "1st Minsk Bearing Plant No. 11 JSC",
    "Saeroyal General Trading LLC FZE",
    "Tanchon Commercial Bank",
    "Korea Mining Development Trading Corporation",
    "Iran Electronics Industries",
    "J. P. Morgan & Co",
    "محمد عبد الرحمن السيسي",
    "华为技术有限公司",
    "Volkswagen AG",
    "Hans J. Friedrich",
    "Banco Nacional de Cuba S.A.",
    "Abubakar Shekau",
    "Al-Nusrah Front for the People of the Levant",
    "Sergey Viktorovich Lavrov",
    "TRADING CO LTD",
]


def _misspelt(name: str, chance: random.Random) -> str:
    """The name as a hurried clerk might write it."""
    for _ in range(chance.randint(0, 3)):
        words = name.split()
        if not words:
            break  # a clerk wrote nothing but blanks
        place = chance.randrange(len(name))
        name = (
            chance.choice(
                [
                    name[:place] + name[place + 1 :],
                    name[:place] + name[place : place + 1] + name[place:],
                    name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :],
                    " ".join(words[1:] + words[:1]),
                    "".join(words),
                    " ".join(words[:-1]) or name,
                    name[: max(4, len(name) - 6)],
                    name + " 12 HARBOUR ROAD DUBAI",
                    words[0][:1] + " " + " ".join(words[1:]),
                    name.replace("a", "o", 1),
                    name.replace("o", "a", 1),
                    name[:place] + " " + name[place:],
                ]
            )
            or name
        )
    return name


@pytest.mark.parametrize("threshold", [30.0, 70.0, 80.0, 90.0])
def test_name_search_equals_the_reference_on_real_looking_names(threshold: float) -> None:
    chance = random.Random(f"names {threshold}")
    tables = shipped_word_tables()
    listed = [*REAL_LOOKING, *(_misspelt(chance.choice(REAL_LOOKING), chance) for _ in range(60))]
    declared = [_misspelt(chance.choice(REAL_LOOKING), chance) for _ in range(120)]
    found = MatchIndex.names(listed, tables).search(declared, threshold)
    assert found.rows() == search_names(declared, listed, tables, threshold)
