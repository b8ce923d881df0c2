"""The deletion neighbourhood misses no pair within the distance."""

from __future__ import annotations

from hypothesis import given, seed, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screening.matching.deletions import near_pairs, variant_frame


@seed(7)
@settings(max_examples=400, deadline=None, database=None)
@given(
    st.text("abc", min_size=1, max_size=14),
    st.lists(st.tuples(st.sampled_from("xdits"), st.integers(0, 13), st.sampled_from("abcd")), max_size=2),
)
def test_every_pair_within_two_is_found(word: str, edits: list[tuple[str, int, str]]) -> None:
    other = word
    for kind, place, letter in edits:
        place = min(place, len(other))
        if kind == "d":
            other = other[:place] + other[place + 1 :]
        elif kind == "i":
            other = other[:place] + letter + other[place:]
        elif kind == "s":
            other = other[:place] + letter + other[place + 1 :]
        elif kind == "t":
            other = other[:place] + other[place + 1 : place + 2] + other[place : place + 1] + other[place + 2 :]
    if OSA.distance(word, other) <= 2:
        found = near_pairs(variant_frame([word], [2]), variant_frame([other], [2]))
        assert found.rows() == [(0, 0)]


def test_a_word_that_may_only_lack_a_letter_stands_for_itself() -> None:
    short = variant_frame(["qds", "ab1"], [0, None])
    assert short.rows() == [(0, "qds")]
    assert near_pairs(short, variant_frame(["quds"], [1])).rows() == [(0, 0)]
