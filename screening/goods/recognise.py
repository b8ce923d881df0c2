"""What a distinct text names: listed goods by our terms, listed substances, and control codes written in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from control_lists.chemical_index import ChemicalIndex
from control_lists.codes import cas, control_code
from control_lists.errors import ListDataError
from control_lists.families import MISSING, Structures
from control_lists.models import ChemicalFamily, SubstanceListing, Term
from control_lists.snapshot import Snapshot
from screening.goods.catalogue import Catalogue, NodeKey
from screening.goods.resemblance import Resemblance, group_of
from screening.goods.substances import SubstanceFound, SubstanceIndex
from screening.matching import MANY, MatchIndex
from screening.normalise.phrases import Phrases

_CLAUSE = 120  # characters before a name in which the word that it is linked with is looked for
RESEMBLING = 10  # headings of each list that a text told in sentences resembles most
SHOWN_WORDS = 5  # of those that make it resemble one


class Recognised(NamedTuple):
    """One way in which a text names one listed node."""

    node: NodeKey
    code: str  # the code as declared where it is deeper than the node
    how: str  # term | cas | name | misspelt | abbreviation | un_number | structure | family | control_code | resembles
    score: float  # 0 to 100: likeness of the words times how surely they mean the good
    start: int
    end: int
    declared: str
    listed: str
    needs_hs: bool
    context: str | None  # "use", "negation", "imitation": the words are there, the good probably is not
    is_ingredient: bool = False  # of a chemical: named as one ingredient of something ("with triethanolamine")
    chemical: str | None = None  # of a chemical: its name
    doubt: str | None = None  # the question without whose answer this sign settles nothing
    about: str | None = None  # "D", "E": the words before speak of software or technology for it


RECOGNISED: dict[str, Any] = {
    "text": pl.String,
    "list": pl.String,
    "node": pl.String,
    "code": pl.String,
    "how": pl.String,
    "score": pl.Float64,
    "start": pl.Int64,
    "end": pl.Int64,
    "declared": pl.String,
    "listed": pl.String,
    "needs_hs": pl.Boolean,
    "context": pl.String,
    "is_ingredient": pl.Boolean,
    "chemical": pl.String,
    "doubt": pl.String,
    "about": pl.String,
}
"""One row a text and way in which it names a node: a ``Recognised``, its node as list and code."""


def as_frame(found: Mapping[str, Iterable[Recognised]]) -> pl.DataFrame:
    """Recognitions by text as RECOGNISED columns."""
    rows = [(text, *one.node, *one[1:]) for text, recognised in found.items() for one in recognised]
    return pl.DataFrame(rows, schema=RECOGNISED, orient="row")


def by_text(frame: pl.DataFrame) -> dict[str, list[Recognised]]:
    """RECOGNISED columns as recognitions by text."""
    found: dict[str, list[Recognised]] = {}
    for text, list_id, code, *rest in frame.iter_rows():
        found.setdefault(text, []).append(Recognised((list_id, code), *rest))
    return found


class Recogniser:
    """Recognises goods in texts. Opened once with a snapshot; asked with distinct texts."""

    def __init__(
        self, snapshot: Snapshot, catalogue: Catalogue, threshold: float, chemicals: ChemicalIndex | None = None, threads: int = 1
    ) -> None:
        self.catalogue = catalogue
        self.substances = SubstanceIndex(snapshot, chemicals, threads)
        self._families = snapshot.families
        self._substances = snapshot.substances
        self._threshold = threshold
        self._by_term: dict[str, list[tuple[NodeKey, Term]]] = defaultdict(list)
        for key, node in catalogue.nodes.items():
            for term in node.terms:
                self._by_term[term.text].append((key, term))
        self._terms = sorted(self._by_term)
        self._resemblance = Resemblance(snapshot, catalogue)
        self._index = MatchIndex.terms(self._terms, known_words=frozenset(snapshot.words_of("ordinary_words")), threads=threads)
        self._use = _before(snapshot.words_of("use_before"))
        self._negation = _before(snapshot.words_of("negation_before"))
        self._ingredient = _before(snapshot.words_of("ingredient_before"))
        self._about = {
            "D": _linked(snapshot.words_of("software_words")),
            "E": _linked(snapshot.words_of("know_how_words")),
        }
        self._imitation = Phrases(snapshot.words_of("imitation"))
        self._with_any = {t: Phrases(t.with_any) for pairs in self._by_term.values() for _, t in pairs if t.with_any}
        self._not_with = {
            (k, t): Phrases((*t.not_with, *catalogue.nodes[k].not_with)) for pairs in self._by_term.values() for k, t in pairs
        }

    def recognise(self, texts: Sequence[str]) -> dict[str, list[Recognised]]:
        """For each of the distinct ``texts`` that names anything listed, what it names. Texts that name nothing are absent."""
        found: dict[str, list[Recognised]] = defaultdict(list)
        matches = self._index.search(texts, self._threshold)
        columns = ("declared", "listed", "score", "start", "end")
        for text_id, term_id, score, start, end in matches.select(columns).iter_rows():
            text = texts[text_id]
            found[text].extend(self._by_terms(text, self._terms[term_id], score, start, end))
        for text in self.substances.likely(texts) if len(texts) >= MANY else texts:
            found[text].extend(self._by_substances(text))
        told = pl.Series(texts, dtype=pl.String)
        for text in told.filter(told.str.contains(control_code.LIKE)):
            if named := list(self._by_codes(text)):
                found[text].extend(named)
        for text, likes in self._resemblance.resembling(self._resemblance.told(told), RESEMBLING).items():
            for like in likes:
                found[text].extend(
                    Recognised(like.node, like.node[1], "resembles", 100 * like.likeness, w.start, w.end, w.surface, w.form, False, None)
                    for w in like.words[:SHOWN_WORDS]
                )
        return {text: rows for text, rows in found.items() if rows}

    def _by_terms(self, text: str, words: str, score: float, start: int, end: int) -> Iterable[Recognised]:
        for key, term in self._by_term[words]:
            if term.with_any and not self._with_any[term].first_in(text):
                continue
            if self._not_with[key, term].first_in(text):
                continue
            context = self._context(text, start)
            seen = Recognised(key, key[1], "term", score * term.weight, start, end, text[start:end], words, term.needs_hs, context)
            yield seen._replace(about=self._spoken_of(key, text, start))

    def _by_substances(self, text: str) -> Iterable[Recognised]:
        found, _ = self.substances.read(text)
        for one in found:
            # An abbreviation, a misspelling or a UN number counts beside another sign of the same substance.
            company = any(other.substance is one.substance and other.how != one.how for other in found)
            score = (80.0 if one.is_salt else 100.0) if one.sure else 90.0 if company else 60.0
            context = None if one.how == "cas" else self._context(text, one.start)
            part = self._ingredient is not None and self._ingredient.search(text[max(0, one.start - 48) : one.start]) is not None
            needs_hs = not one.sure and not company and one.how != "misspelt"
            doubt = _meant(one) if one.how == "misspelt" and not company else None
            for key in self.listed_at(one.substance.listings):
                yield Recognised(
                    key,
                    key[1],
                    one.how,
                    score,
                    one.start,
                    one.end,
                    one.declared,
                    one.listed,
                    needs_hs,
                    context,
                    part,
                    one.substance.name,
                    doubt,
                )
        for number, start, end in cas.find(text):
            yield from self._by_family(number, text[start:end], start, end)

    def _by_family(self, number: str, declared: str, start: int = -1, end: int = -1) -> Iterable[Recognised]:
        """What the local index knows of a CAS number that no list names: the family entry that takes its chemical in."""
        family = self._families.get(self.substances.family_of(number) or "")
        if family is not None:
            yield from self._members(family, "family", f"CAS {number}", declared, start, end)

    def _members(
        self, family: ChemicalFamily, how: str, chemical: str, declared: str, start: int = -1, end: int = -1, doubt: str | None = None
    ) -> Iterable[Recognised]:
        for key in self.listed_at(family.listings):
            yield Recognised(
                key, key[1], how, 100.0, start, end, declared, f"family by structure: {family.title}", False, None, False, chemical, doubt
            )

    def listed_at(self, listings: Iterable[SubstanceListing]) -> Iterable[NodeKey]:
        """The nodes of listings, as far as their lists are held."""
        return ((li.list, li.code) for li in listings if (li.list, li.code) in self.catalogue.nodes)

    def declared_identifier(self, field: str, identifier: str) -> Iterable[Recognised]:
        """What a declared CAS or UN number names; a UN number counts only beside another sign or a fitting HS code."""
        how, sure = ("cas", True) if field == "cas_number" else ("un_number", False)
        for substance in self.substances.by_cas(identifier) if sure else self.substances.by_un(identifier):
            for key in self.listed_at(substance.listings):
                yield Recognised(
                    key, key[1], how, 100.0 if sure else 60.0, -1, -1, identifier, identifier, not sure, None, chemical=substance.name
                )
        if sure:
            yield from self._by_family(identifier, identifier)

    def declared_structure(self, structure: str) -> Iterable[Recognised]:
        """What a declared SMILES or InChI is: a listed chemical, or the member of a family. Nothing without the chem extra."""
        found = self.structures.classify(structure) if self.structures is not None else None
        if found is None:
            return
        if found.substance is not None:
            name = found.substance.name
            for key in self.listed_at(found.substance.listings):
                yield Recognised(key, key[1], "structure", 100.0, -1, -1, structure, name, False, None, chemical=name)
        for member in found.members:
            yield from self._members(member.family, "family", structure, structure, doubt=member.open)

    def unread(self, structure: str) -> str | None:
        """Why a declared structure says nothing, None where it was read."""
        if self.structures is None:
            return MISSING
        return (
            None if self.structures.classify(structure) else f"'{structure}' is no SMILES or InChI that can be read: it counts as unknown"
        )

    @cached_property
    def structures(self) -> Structures | None:
        """The reader of structures, None where the chem extra is not installed."""
        try:
            return Structures(self._families.values(), self._substances.values())
        except ListDataError:
            return None

    def _by_codes(self, text: str) -> Iterable[Recognised]:
        for code, start, end in control_code.find(text):
            yield from self.declared_code(code, text, start, end)

    def declared_code(self, code: str, text: str, start: int, end: int) -> Iterable[Recognised]:
        """A declared control code as a recognition in each list that holds it or a code above it."""
        for list_id in dict.fromkeys(list_id for list_id, _ in self.catalogue.nodes):
            node = self.catalogue.find(list_id, code)
            if node is not None:
                yield Recognised(node.key, code, "control_code", 100.0, start, end, text[start:end], code, False, None)

    def _spoken_of(self, key: NodeKey, text: str, start: int) -> str | None:
        """Whether software or technology stands before a good and is linked with it in the same clause: "source code for the use of"."""
        before = text[max(0, start - _CLAUSE) : start]
        if group_of(key[1]) is not None:
            return None
        return next((group for group, words in self._about.items() if words.search(before)), None)

    def _context(self, text: str, start: int) -> str | None:
        before = text[max(0, start - 48) : start]
        if self._negation and self._negation.search(before):
            return "negation"
        if self._use and self._use.search(before):
            return "use"
        return "imitation" if self._imitation.first_in(text) else None


def _meant(found: SubstanceFound) -> str:
    number = f" (CAS {found.substance.cas[0]})" if found.substance.cas else ""
    return f"Is {found.substance.name}{number} meant by '{found.declared}'?"


def _linked(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern for such a word with a link behind it, in the clause that ends a text."""
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{alternatives})s?\b[^,;:.()]*\b(?:for|of|to|on|about|which|that|used|how|making)\b[^,;:.()]*$", re.IGNORECASE
    )


def _before(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for such a word shortly before a span: at most two words and no punctuation between."""
    if not words:
        return None
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})\s+(?:[^\s,;:()]+\s+){{0,2}}$", re.IGNORECASE)
