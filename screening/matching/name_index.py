"""All listed names near the declared ones, without scoring every pair.

Words are linked first: distinct declared words against the vocabulary of the list. The links lead to the listed names that
share anything; an upper bound of the score, taken from the links alone, leaves few pairs for the exact score. No pair that reaches
the threshold is lost: every step keeps a superset (see ``bounds``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl
from rapidfuzz.distance import OSA

from screening.matching.bounds import reachable, tail
from screening.matching.deletions import kept_start, near_pairs, variant_frame, variants
from screening.matching.lexicon import Lexicon, Name, Word
from screening.matching.link import (
    FULL,
    LEAST_FREE_START,
    LEAST_KEY,
    LEAST_SKELETON,
    Link,
    initial,
    joined_link,
    link,
    same,
    spelling_limit,
)
from screening.matching.romanise import CONSONANTS_ONLY
from screening.matching.score import align, compare, total
from screening.matching.slips import MOST_SLIPS, is_slipped, stands
from screening.matching.sound import loose_skeleton, skeleton, sound_key
from screening.matching.types import Comparison, WordTables

PART = 10_000  # distinct declared names screened at a time; bounds the memory
_NONE: dict[str, Link] = {}
_LINKS = {"feature": pl.UInt32, "listed_feature": pl.UInt32, "similarity": pl.Int64, "joined": pl.Boolean, "lightens": pl.Boolean}
_PAIRS = {"declared": pl.UInt32, "listed": pl.UInt32}
_FOUND = {"declared": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64}


class NameIndex:
    """Listed names made ready for searching; opened once and reused."""

    def __init__(self, listed: Sequence[str], tables: WordTables) -> None:
        self._lexicon = Lexicon(tables)
        self._listed = [self._lexicon.name(text) for text in listed]
        self._features = _Features()
        rows: list[tuple[int, int, int]] = []
        for place, name in enumerate(self._listed):
            for feature, weight, _ in self._features.of(name):
                rows.append((feature, place, weight))
        schema = {"feature": pl.UInt32, "listed": pl.UInt32, "listed_weight": pl.Int32}
        self._postings = pl.DataFrame(rows, schema=schema, orient="row").unique()
        self._names = pl.DataFrame(
            {
                "listed": range(len(self._listed)),
                "total": [name.weight for name in self._listed],
                "slack": [_initials(name) for name in self._listed],
            },
            schema={"listed": pl.UInt32, "total": pl.Int32, "slack": pl.Int32},
        )
        self._most_initials = max((_initials(name) for name in self._listed), default=0)
        self._beginnings = sorted((name.letters, place) for place, name in enumerate(self._listed))
        self._standing = standing(self._listed)
        self._frequency = self._postings.group_by("feature").len("count")
        self._keys = self._features.keys(is_declared=False)
        self._variants = self._features.variants()

    def compare(self, declared: str, listed: int) -> Comparison:
        """The score of one declared name against one listed name, with its evidence."""
        return compare(self._lexicon.name(declared), self._listed[listed])

    def search(self, declared: Sequence[str], threshold: float) -> pl.DataFrame:
        """The pairs of distinct names that reach the threshold: ``declared``, ``listed``, ``score``."""
        parts = [self._search(declared[start : start + PART], start, threshold) for start in range(0, len(declared), PART)]
        return pl.concat(parts) if parts else pl.DataFrame(schema=_FOUND)

    def _search(self, declared: Sequence[str], offset: int, threshold: float) -> pl.DataFrame:
        names = [self._lexicon.name(text) for text in declared]
        features = _Features()
        places = [(place, *entry) for place, name in enumerate(names) for entry in features.of(name)]
        links = self._links(features)
        known = _LookedUp(features, self._features, links)
        survivors = pl.concat(
            [self._survivors(names, features, places, links, threshold), self._begun(names), self._slipped(names)]
        ).unique(maintain_order=True)
        found: list[tuple[int, int, float]] = []
        for ours, theirs in survivors.iter_rows():
            name, other = names[ours], self._listed[theirs]
            score = total(name, other, align(name, other, known)) / 100
            if score > 0 and score >= threshold:
                found.append((offset + ours, theirs, score))
        return pl.DataFrame(found, schema=_FOUND, orient="row")

    def _begun(self, names: Sequence[Name]) -> pl.DataFrame:
        """The pairs whose declared name is the beginning of the listed one."""
        rows = []
        for ours, name in enumerate(names):
            place = bisect_right(self._beginnings, (name.letters, len(self._listed))) if name.may_be_cut else len(self._beginnings)
            while place < len(self._beginnings) and self._beginnings[place][0].startswith(name.letters):
                rows.append((ours, self._beginnings[place][1]))
                place += 1
        return pl.DataFrame(rows, schema=_PAIRS, orient="row")

    def _slipped(self, names: Sequence[Name]) -> pl.DataFrame:
        """The pairs that are the same but for slips of the pen: a name stands in the same place, and they are about as long."""
        pairs = (
            standing(names)
            .join(self._standing, on=["words", "place", "text"])
            .filter((pl.col("letters") - pl.col("letters_right")).abs() <= MOST_SLIPS)
            .select(declared="name", listed="name_right")
            .unique()
            .sort("declared", "listed")
        )
        rows = [(ours, theirs) for ours, theirs in pairs.iter_rows() if is_slipped(names[ours], self._listed[theirs])]
        return pl.DataFrame(rows, schema=_PAIRS, orient="row")

    def _survivors(
        self,
        names: Sequence[Name],
        features: _Features,
        places: Sequence[tuple[int, int, int, int]],
        found: Sequence[_Found],
        threshold: float,
    ) -> pl.DataFrame:
        """The pairs whose score may reach the threshold, judged by their links alone."""
        schema = {"declared": pl.UInt32, "feature": pl.UInt32, "weight": pl.Int32, "position": pl.Int32}
        words = pl.DataFrame(places, schema=schema, orient="row")
        links = pl.DataFrame(
            [
                (entry.feature, entry.listed_feature, self._most_similar(features, entry), entry.is_joined, self._lightens(features, entry))
                for entry in found
            ],
            schema=_LINKS,
            orient="row",
        )
        cost = (
            links.filter(~pl.col("joined"))
            .join(self._frequency, left_on="listed_feature", right_on="feature", how="left")
            .group_by("feature")
            .agg(pl.col("count").sum())
        )
        costs = dict(zip(cost["feature"].to_list(), cost["count"].to_list(), strict=True))
        sheds: dict[int, int] = {}
        for entry in found:
            if not entry.is_joined:
                shed = features.words[entry.feature].weight - self._features.words[entry.listed_feature].weight
                sheds[entry.feature] = max(sheds.get(entry.feature, 0), shed)
        skipped: list[tuple[int, int]] = []
        slack: list[int] = []
        shed_unseen: list[int] = []
        for place, name in enumerate(names):
            own = _initials(name) + sum(word.weight for word in name.legal)
            word_costs = [costs.get(features.single(word), 0) for word in name.words]
            chosen = tail(name, word_costs, own + self._most_initials, threshold)
            skipped.extend((place, position) for position in chosen)
            slack.append(own + sum(name.words[position].weight for position in chosen))
            shed_unseen.append(sum(sheds.get(features.single(name.words[position]), 0) for position in chosen))
        tails = pl.DataFrame(skipped, schema={"declared": pl.UInt32, "position": pl.Int32}, orient="row").with_columns(in_tail=True)
        ours = pl.DataFrame(
            {
                "declared": range(len(names)),
                "total_declared": [name.weight for name in names],
                "slack_declared": slack,
                "shed_unseen": shed_unseen,
            },
            schema={"declared": pl.UInt32, "total_declared": pl.Int32, "slack_declared": pl.Int32, "shed_unseen": pl.Int32},
        )
        reached = (
            words.join(tails, on=["declared", "position"], how="left")
            .join(links, on="feature")
            .filter(pl.col("joined") | pl.col("lightens") | pl.col("in_tail").is_null())
            .join(self._postings, left_on="listed_feature", right_on="feature")
            .with_columns(
                aligned=pl.when("joined")
                .then(pl.max_horizontal("weight", "listed_weight"))
                .otherwise(pl.min_horizontal("weight", "listed_weight"))
            )
            .with_columns(  # of two words that agree the heavier weighs as the lighter does
                shed_declared=pl.when("joined").then(0).otherwise(pl.col("weight") - pl.col("aligned")),
                shed_listed=pl.when("joined").then(0).otherwise(pl.col("listed_weight") - pl.col("aligned")),
            )
            .group_by("declared", "listed")
            .agg(
                shed_declared=pl.col("shed_declared").sum(),
                shed_listed=pl.col("shed_listed").sum(),
                aligned=pl.col("aligned").sum(),
                agreed=(pl.col("aligned") * pl.col("similarity")).sum(),
                joined=pl.col("joined").any(),
            )
        )
        pairs = reached.join(ours, on="declared").join(self._names, on="listed")
        return reachable(pairs.with_columns(pl.col("shed_declared") + pl.col("shed_unseen")), threshold)

    def _most_similar(self, features: _Features, found: _Found) -> int:
        """The greatest similarity of two features: one text may be written in several ways, as written or abbreviated."""
        is_same = features.texts[found.feature] == self._features.texts[found.listed_feature]
        return FULL if is_same and not found.is_joined else found.agreement.similarity

    def _lightens(self, features: _Features, found: _Found) -> bool:
        """Whether the listed word weighs less by the agreement, so that its name is lighter than it looks."""
        return not found.is_joined and self._features.words[found.listed_feature].weight > features.words[found.feature].weight

    def _links(self, features: _Features) -> list[_Found]:
        """How each distinct declared feature agrees with the vocabulary of the list."""
        alike = (
            features.keys(is_declared=True).join(self._keys, on=["how", "key"]).select(declared="feature", listed="feature_right").unique()
        )
        near = near_pairs(features.variants(), self._variants).join(alike, on=["declared", "listed"], how="anti")
        ours, theirs = features.texts, self._features.texts
        measured = [(i, j) for i, j in near.iter_rows() if OSA.distance(ours[i], theirs[j], score_cutoff=2) <= 2]
        found: list[_Found] = []
        for i, j in (*alike.iter_rows(), *measured):
            word, other = features.words[i], self._features.words[j]
            apart, listed_apart = features.apart[i], self._features.apart[j]
            if apart and listed_apart:
                continue
            agreement = joined_link(other, word) if apart else joined_link(word, other) if listed_apart else link(word, other)
            if agreement:
                found.append(_Found(i, j, agreement, apart or listed_apart))
        return found


class _Found(NamedTuple):
    """A declared feature, a listed feature, and how they agree."""

    feature: int
    listed_feature: int
    agreement: Link
    is_joined: bool


class _LookedUp:
    """Agreements looked up among the links found for a batch: the same answers as by definition, faster."""

    def __init__(self, features: _Features, listed: _Features, links: Sequence[_Found]) -> None:
        self._single: dict[str, dict[str, Link]] = {}
        self._joined: dict[str, dict[str, Link]] = {}
        for i, j, agreement, is_joined in links:
            ours, theirs = features.texts[i], listed.texts[j]
            if not is_joined:
                self._single.setdefault(ours, {})[theirs] = agreement
            elif features.apart[i]:
                self._joined.setdefault(ours, {})[theirs] = agreement
            else:
                self._joined.setdefault(theirs, {})[ours] = agreement

    def single(self, declared: Word, listed: Sequence[Word]) -> list[tuple[int, Link]]:
        """The words, by position, that one declared word agrees with."""
        near = self._single.get(declared.text, _NONE)
        is_initial = declared.sort == "initial"
        found: list[tuple[int, Link]] = []
        for j, other in enumerate(listed):
            if other.text == declared.text:
                found.append((j, same(declared, other)))
            elif is_initial or other.sort == "initial":
                if agreement := initial(declared.text, other.text):
                    found.append((j, agreement))
            elif agreement := near.get(other.text):
                found.append((j, agreement))
        return found

    def joined(self, together: Word, wholes: Sequence[Word]) -> list[tuple[int, Link]]:
        """The words of one side, by position, that words of the other side written as one agree with."""
        near = self._joined.get(together.text)
        return [(j, near[whole.text]) for j, whole in enumerate(wholes) if whole.text in near] if near else []


class _Features:
    """The distinct words of many names, and their neighbours written together, numbered."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.words: list[Word] = []
        self.apart: list[bool] = []
        self._number: dict[tuple[str, bool], int] = {}

    def of(self, name: Name) -> list[tuple[int, int, int]]:
        """The features of one name with weight and position (-1 for words written together). Initials have none."""
        found = [
            (self._add(word, apart=False), word.weight, position) for position, word in enumerate(name.words) if word.sort != "initial"
        ]
        found.extend((self._add(part.word, apart=True), part.word.weight, -1) for part in name.together)
        return found

    def single(self, word: Word) -> int:
        """The number of a single word, -1 for an initial."""
        return self._number.get((word.text, False), -1)

    def _add(self, word: Word, *, apart: bool) -> int:
        key = (word.text, apart)
        number = self._number.get(key)
        if number is None:
            number = self._number[key] = len(self.texts)
            self.texts.append(word.text)
            self.words.append(word)
            self.apart.append(apart)
        return number

    def keys(self, *, is_declared: bool) -> pl.DataFrame:
        """Everything by which a feature may agree beside spelling: ``feature``, ``how``, ``key``.

        Loose skeletons serve words without written vowels only: one of the two words must be such a one.
        """
        rows: list[tuple[int, str, str]] = []
        for number, (text, apart) in enumerate(zip(self.texts, self.apart, strict=True)):
            rows.append((number, "same", text))
            is_bare = text[0] == CONSONANTS_ONLY
            if not is_bare and not text.isalpha():
                continue
            if not is_bare and len(key := sound_key(text)) >= LEAST_KEY:
                rows.append((number, "sound", key))
            if apart:
                continue  # words written together never agree by consonants
            if not is_bare and len(text) >= 5 and len(bones := skeleton(text)) >= LEAST_SKELETON:
                rows.append((number, "skeleton", bones))
            if len(bones := loose_skeleton(text)) >= 2:
                if is_bare or not is_declared:
                    rows.append((number, "declared bare", bones))
                if is_bare or is_declared:
                    rows.append((number, "listed bare", bones))
        return pl.DataFrame(rows, schema={"feature": pl.UInt32, "how": pl.String, "key": pl.String}, orient="row")

    def variants(self) -> pl.DataFrame:
        """The spelling variants of every feature of letters; words written together may be one letter off at most."""
        limits = [_deletions(text, apart) for text, apart in zip(self.texts, self.apart, strict=True)]
        return variant_frame(self.texts, limits, _variants)


def standing(names: Sequence[Name]) -> pl.DataFrame:
    """The words of each name beside which others may have slips: ``name``, ``words`` (how many it has), ``place``, ``text``,
    ``letters`` (of all its words).
    """
    rows = [
        (number, len(name.words), place, word.text, sum(len(other.text) for other in name.words))
        for number, name in enumerate(names)
        if len(name.words) > 1
        for place, word in enumerate(name.words)
        if stands(word)
    ]
    schema = {"name": pl.UInt32, "words": pl.Int16, "place": pl.Int16, "text": pl.String, "letters": pl.Int32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _variants(text: str, deletions: int) -> set[str]:
    """The variants of a word; a shorter one that is two letters off has kept its first letter."""
    return kept_start(text) if deletions == 2 and len(text) < LEAST_FREE_START else variants(text, deletions)


def _deletions(text: str, apart: bool) -> int | None:
    """How many letters to leave out of a word in search of its misspellings; None: it has none. Three letters may only lack one."""
    letters = text.removeprefix(CONSONANTS_ONLY)
    if not letters.isalpha() or len(text) < 3:
        return None
    return 0 if len(text) == 3 else min(spelling_limit(len(text), len(text)), 1 if apart else 2)


def _initials(name: Name) -> int:
    return sum(word.weight for word in name.words if word.sort == "initial")
