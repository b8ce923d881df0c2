"""The search of terms finds what trying every term would find, neither more nor less."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.matching.term_index import TermIndex
from screening.matching.trade_words import form, spellings

TERMS = (
    "heat exchanger", "photo resist", "photoresist", "grey iron mould", "carbon fibre", "t700 fibre", "sulphur hexafluoride",
    "lithium battery", "ball screw", "gas centrifuge", "vapour deposition", "离心机", "центрифуга", "aluminium tube", "micro channel plate",
    "anode", "lens",
)  # fmt: skip
KNOWN = frozenset({"carton", "fire", "layer", "pump"})
WORDS = sorted(
    {word for term in TERMS for word in term.split()} | {"pump", "carton", "fire", "a", "5", "t", "700", "new", "micro-channel", "o'ring"}
)
FRAGMENTS = (
    "sulph",
    "sulf",
    "fibre",
    "fiber",
    "metre",
    "oesoph",
    "esoph",
    "haem",
    "ising",
    "iser",
    "gauge",
    "al",
    "um",
    "aluminium",
    "y",
    "ies",
    "s",
    "x",
    "es",
)

written = st.sampled_from(WORDS).flatmap(
    lambda word: st.sampled_from(
        [word, word.upper(), word + "s", word[1:], word[:-1], word + word[-1:], word[:3] + "'" + word[3:], f"({word}),"]
    )
)
texts = st.lists(written, min_size=1, max_size=7).flatmap(
    lambda words: st.sampled_from([" ", "", "-", "; "]).map(lambda gap: gap.join(words))
)


@given(st.lists(texts, min_size=1, max_size=6, unique=True))
@settings(max_examples=300, deadline=None)
def test_the_search_equals_trying_every_term(declared: list[str]) -> None:
    index = TermIndex(TERMS, KNOWN)
    found = {(d, t): round(score, 6) for d, t, score in index.search(declared, 0.5).select("declared", "listed", "score").iter_rows()}
    tried = {(d, t): round(index.compare(text, t).score, 6) for d, text in enumerate(declared) for t in range(len(TERMS))}
    assert found == {pair: score for pair, score in tried.items() if score >= 0.5}


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4).map("".join))
@settings(max_examples=1000, deadline=None)
def test_every_way_of_writing_a_form_is_known(word: str) -> None:
    assert word in set(spellings(form(word)))
