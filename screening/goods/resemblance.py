"""What a good told of in sentences resembles, where nobody gave its name: the weakest of all evidence, and better than silence.

A licensing enquiry says what a thing does ("reads its height above ground by bouncing radio pulses off the terrain"), not what a list
calls it. Each heading of a list has its title, its terms and what is ``described`` of it; an enquiry is compared with them as a bag of
stemmed words, weighted by how few headings use each (BM25, Robertson and Zaragoza 2009). Likeness of words raises no flag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import polars as pl

from control_lists.codes.control_code import is_under
from control_lists.models import ControlEntry
from screening.goods.catalogue import Catalogue, Node, NodeKey
from screening.matching.trade_words import TradeWord, trade_words

SHORTEST = 50
"""A text of fewer characters names a good or says too little to be compared."""
SENTENCE = 4
"""So many different function words make a text one of sentences."""
_SATURATION, _LENGTH = 1.2, 0.4  # k1 and b of BM25


class Resembling(NamedTuple):
    """A heading that a text resembles: likeness from 0 to 1, and the words of the text that make it so, the heaviest first."""

    node: NodeKey
    likeness: float
    words: tuple[TradeWord, ...]


class Resemblance:
    """The headings of all goods lists, ready to be compared with sentences. Opened once; asked with distinct texts."""

    def __init__(self, catalogue: Catalogue, function_words: Iterable[str], enquiry_words: Iterable[str]) -> None:
        self._sentence = rf"\b(?:{'|'.join(sorted(function_words))})\b"
        self._ignorable = (*function_words, *enquiry_words)
        self._catalogue = catalogue

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(_stem(word.form) for text in self._ignorable for word in trade_words(text))

    @cached_property
    def _documents(self) -> list[tuple[NodeKey, str]]:
        return list(_documents(self._catalogue))

    @cached_property
    def _postings(self) -> pl.DataFrame:
        """Made ready when the first text tells of a good: most batches only name them."""
        postings = _postings([Counter(stem for stem, _ in self._words(text)) for _, text in self._documents])
        lists = pl.DataFrame({"list": [list_id for (list_id, _), _ in self._documents]}).with_row_index("document")
        return postings.join(lists, on="document")

    def told(self, texts: pl.Series) -> list[str]:
        """Those of the distinct ``texts`` that tell of a good in sentences rather than name it."""
        long = texts.filter(texts.str.len_chars() >= SHORTEST)
        return long.filter(long.str.to_lowercase().str.extract_all(self._sentence).list.n_unique() >= SENTENCE).to_list()

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
        found = asked.join(self._postings, on="stem")
        ceiling = found.unique(["text", "stem"]).group_by("text").agg(pl.col("ceiling").sum())
        likest = (
            found.sort("weight", "stem", descending=[True, False])
            .group_by("text", "list", "document", maintain_order=True)
            .agg(pl.col("weight").sum(), "stem")
            .join(ceiling, on="text")
            .with_columns(likeness=pl.col("weight") / pl.col("ceiling"))
            .sort("text", "list", "likeness", "document", descending=[False, False, True, False])
            .group_by("text", "list", maintain_order=True)
            .head(most)
        )
        result: dict[str, list[Resembling]] = {}
        for place, document, likeness, stems in likest.select("text", "document", "likeness", "stem").iter_rows():
            seen = tuple(words[place][stem] for stem in stems)
            result.setdefault(texts[place], []).append(Resembling(self._documents[document][0], likeness, seen))
        return result

    def _words(self, text: str) -> Iterator[tuple[str, TradeWord]]:
        stemmed = ((_stem(word.form), word) for word in trade_words(text) if not word.form.isdigit())
        return ((stem, word) for stem, word in stemmed if stem not in self._ignored)


def _documents(catalogue: Catalogue) -> Iterator[tuple[NodeKey, str]]:
    """Each heading of each list: its own words, those below it, and those of the entries whose description they share."""
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
        yield heading, " ".join(text for node in dict.fromkeys((*family, *shared)) for text in _told_of(node.entry))


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
