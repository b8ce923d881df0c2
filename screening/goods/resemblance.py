"""What a good told of in sentences resembles, where nobody gave its name: the weakest of all evidence, and better than silence.

A licensing enquiry says what a thing does ("reads its height above ground by bouncing radio pulses off the terrain"), not what a list
calls it. Each heading of a list has its title, its terms and what is ``described`` of it; an enquiry is compared with them as a bag of
stemmed words, weighted by how few headings use each (BM25, Robertson and Zaragoza 2009). Likeness of words raises no flag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import polars as pl

from control_lists.codes.control_code import is_under
from control_lists.models import ControlEntry
from control_lists.snapshot import Snapshot
from screening.goods.catalogue import Catalogue, Node, NodeKey
from screening.matching.trade_words import TradeWord, trade_words
from screening.normalise.phrases import Phrases

SHORTEST = 40
"""A text of fewer characters names a good or says too little to be compared."""
SENTENCE = 4
"""So many different function words make a text one of sentences."""
_SATURATION, _LENGTH = 1.2, 0.4  # k1 and b of BM25
_MILITARY_GROUPS = {"ML21": "D", "ML22": "E"}


class Resembling(NamedTuple):
    """A heading that a text resembles: likeness from 0 to 1, and the words of the text that make it so, the heaviest first."""

    node: NodeKey
    likeness: float
    words: tuple[TradeWord, ...]


class Resemblance:
    """The headings of all goods lists, ready to be compared with sentences. Opened once; asked with distinct texts."""

    def __init__(self, snapshot: Snapshot, catalogue: Catalogue) -> None:
        function_words, enquiry_words = snapshot.words_of("function_words"), snapshot.words_of("enquiry_words")
        self._function_word = rf"\b(?:{'|'.join(sorted(function_words))})\b"
        self._ignorable = (*function_words, *enquiry_words)
        self._speaks_of = {"D": Phrases(snapshot.words_of("software_words")), "E": Phrases(snapshot.words_of("know_how_words"))}
        self._catalogue = catalogue

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(_stem(word.form) for text in self._ignorable for word in trade_words(text))

    @cached_property
    def _headings(self) -> list[NodeKey]:
        """The heading of each document."""
        return [heading for heading, _ in self._documents]

    @cached_property
    def _documents(self) -> list[tuple[NodeKey, str]]:
        return list(_documents(self._catalogue))

    @cached_property
    def _postings(self) -> pl.DataFrame:
        """Made ready when the first text tells of a good: most batches only name them."""
        postings = _postings([Counter(stem for stem, _ in self._words(text)) for _, text in self._documents])
        lists = pl.DataFrame({"list": [list_id for list_id, _ in self._headings], "group": [group_of(code) for _, code in self._headings]})
        return postings.join(lists.with_row_index("document"), on="document")

    def told(self, texts: pl.Series) -> list[str]:
        """Those of the distinct ``texts`` that tell of a good in sentences, or ask, rather than name it."""
        long = texts.filter(texts.str.len_chars() >= SHORTEST)
        asks = long.str.contains(r"\p{L}\?(\s|$)|\b(?:ECCN|HS code)\b") | long.str.contains(r"\p{Ll}\. \p{Lu}\p{Ll}")
        tells = long.str.to_lowercase().str.extract_all(self._function_word).list.n_unique() >= SENTENCE
        return long.filter(asks | tells).to_list()

    def resembling(self, texts: Sequence[str], most: int) -> dict[str, list[Resembling]]:
        """For each of the distinct ``texts``, at most ``most`` headings of each list, the likest first."""
        if not texts:
            return {}
        words = [dict(reversed(list(self._words(text)))) for text in texts]
        asked = pl.DataFrame(
            [(place, stem) for place, stems in enumerate(words) for stem in stems],
            schema={"text": pl.UInt32, "stem": pl.String},
            orient="row",
        )
        # Software and technology are short entries full of their goods' words: compared only with texts that speak of such.
        about = [[group for group, words in self._speaks_of.items() if words.first_in(text)] for text in texts]
        spoken = pl.DataFrame({"text": range(len(texts)), "about": about}, schema={"text": pl.UInt32, "about": pl.List(pl.String)})
        postings = asked.join(self._postings, on="stem").join(spoken, on="text")
        found = postings.filter(pl.col("group").is_null() | pl.col("about").list.contains(pl.col("group")))
        # In one order: sums of other orders differ in the last digit.
        ceiling = found.select("text", "stem", "ceiling").unique().sort("text", "stem").group_by("text").agg(pl.col("ceiling").sum())
        likest = (
            found.sort("weight", "stem", descending=[True, False])
            .group_by("text", "list", "document", maintain_order=True)
            .agg(pl.col("weight").sum(), "stem")
            .join(ceiling, on="text")
            .with_columns(
                likeness=pl.col("weight") / pl.col("ceiling"),
                heading=pl.col("document").replace_strict(range(len(self._headings)), [code for _, code in self._headings]),
            )
            .sort("text", "list", "likeness", "document", descending=[False, False, True, False])
            .unique(["text", "list", "heading"], keep="first", maintain_order=True)
            .group_by("text", "list", maintain_order=True)
            .head(most)
        )
        result: dict[str, list[Resembling]] = {}
        for place, list_id, heading, likeness, stems in likest.select("text", "list", "heading", "likeness", "stem").iter_rows():
            seen = tuple(words[place][stem] for stem in stems)
            result.setdefault(texts[place], []).append(Resembling((list_id, heading), likeness, seen))
        return result

    def _words(self, text: str) -> Iterator[tuple[str, TradeWord]]:
        stemmed = ((_stem(word.form), word) for word in trade_words(text) if not word.form.isdigit())
        return ((stem, word) for stem, word in stemmed if stem not in self._ignored)


def group_of(code: str) -> str | None:
    """``D`` for software, ``E`` for technology, in the numbering of the dual-use and of the military lists; None for goods."""
    if code in _MILITARY_GROUPS:
        return _MILITARY_GROUPS[code]
    return code[1] if code[:1].isdigit() and code[1:2] in ("D", "E") else None


def _documents(catalogue: Catalogue) -> Iterator[tuple[NodeKey, str]]:
    """Each heading of each list with its own words, those below it, and those of the entries whose description they share; and each of
    its paragraphs that is ``described`` by itself, under the heading: of two that differ, neither hides in the words of the other.
    """
    families: dict[NodeKey, list[Node]] = {}
    for node in catalogue.nodes.values():
        families.setdefault(node.heading, []).append(node)
    for heading, family in families.items():
        shared = [
            other
            for list_id, _, code in (node.entry.same_as.partition(":") for node in family if node.entry.same_as)
            for other in families[catalogue.nodes[list_id, code].heading]
            if is_under(other.entry.code, code)
        ]
        whole = list(dict.fromkeys((*family, *shared)))
        yield heading, " ".join(text for node in whole for text in _told_of(node.entry))
        for node in whole:
            if node.entry.described and node.entry.parent is not None:
                yield heading, " ".join((node.chain[-1].title, *_told_of(node.entry)))


def _told_of(entry: ControlEntry) -> Iterator[str]:
    yield entry.title
    yield from dict.fromkeys(word for term in entry.terms if term.lang == "en" for word in term.text.split())
    yield from entry.described


def _postings(documents: Sequence[Counter[str]]) -> pl.DataFrame:
    """The BM25 weight of every stem in every document, and the most it could weigh in any."""
    counts = pl.DataFrame(
        [(place, stem, n) for place, document in enumerate(documents) for stem, n in document.items()],
        schema={"document": pl.UInt32, "stem": pl.String, "n": pl.Float64},
        orient="row",
    )
    held, spread, length = len(documents), pl.len().over("stem"), pl.col("n").sum().over("document")
    rarity = (1 + (held - spread + 0.5) / (spread + 0.5)).log()
    damped = _SATURATION * (1 - _LENGTH + _LENGTH * length / (counts.get_column("n").sum() / max(held, 1)))
    return counts.select(
        "stem", "document", weight=rarity * pl.col("n") * (_SATURATION + 1) / (pl.col("n") + damped), ceiling=rarity * (_SATURATION + 1)
    )


@lru_cache(maxsize=1 << 17)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
