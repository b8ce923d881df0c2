"""One item against one listed node: what status its recognitions, facts, limits and notes give it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from control_lists.models import Exclusion, MixtureLimit
from screening.goods.catalogue import Node
from screening.goods.criteria import Facts, Judged, Judgement, facts_of, judge
from screening.goods.facts import Fact, FactReader
from screening.goods.recognise import Recognised
from screening.normalise.phrases import Phrases, folded
from screening.normalise.quantities import Quantity

CandidateStatus = Literal["met", "declared", "needs_data", "not_met", "hint"]
CwcStatus = Literal["party", "non_party", "unknown"]

_BY_WEIGHT = re.compile(r"\bw ?/ ?w\b|\bwt\b|\bweight\b|\bm ?/ ?m\b|\bmass\b|\bgew\b", re.IGNORECASE)
_BY_VOLUME = re.compile(r"% ?\(?(?:v ?/ ?v|vol|by vol)", re.IGNORECASE)
_DENSITY_RATIO = 3.0  # at most, of a listed chemical to what it is mixed with (arsenic trichloride to hexane)


DOUBTFUL = 50.0
"""The most that a hint scores: a name that stands for something else, or a likeness."""


class Situation(NamedTuple):
    """All of an item that its goods answer can depend on; equal situations have equal answers."""

    text: str  # the trader's texts, joined
    hs_code: str | None
    attributes: tuple[tuple[str, str], ...]
    destination_cwc: CwcStatus
    mixture_words: bool
    consumer_words: bool


class Evaluation(NamedTuple):
    """The outcome for one node."""

    status: CandidateStatus
    code: str
    score: float
    judged: tuple[Judged, ...]
    questions: tuple[str, ...]
    why: tuple[str, ...]  # short sentences beside the evidence
    concentration: float | None  # per cent by weight; None: a mixture whose content is not stated
    consumer_packed: bool
    near_limit: float | None


class Evaluator:
    """Evaluates nodes. Opened once with the fact reader, the policy's conclusive score and the titles of a code's paragraphs."""

    def __init__(self, facts: FactReader, conclusive: float, titles_below: Callable[[Node], Sequence[str]]) -> None:
        self.facts = facts
        self._conclusive = conclusive
        self._titles_below = titles_below
        self._phrases: dict[tuple[str, ...], Phrases] = {}

    def evaluate(
        self,
        node: Node,
        recognised: Sequence[Recognised],
        situation: Situation,
        attributes: Mapping[str, list[Fact]],
        paragraph_stands: bool | None = None,
    ) -> Evaluation | None:
        """The node's outcome, or None where the words count only beside an HS heading that the item does not have.

        ``paragraph_stands``: the words name what a paragraph of this code lists, and nothing stated speaks against it, or it does (false).
        """
        facts = facts_of(attributes, situation.text, self.facts)
        good = [r for r in recognised if r.context is None]
        fitting = [r for r in good if not r.needs_hs or self._hs_fits(node, situation.hs_code)]
        declared = next((r for r in recognised if r.how == "control_code"), None)
        consumer = situation.consumer_words or any(f.value is True for f in facts("retail_packed"))
        concentration = self._concentration(node, situation, facts)
        best = max(fitting or good or recognised, key=lambda r: r.score)
        if not fitting:
            if good and situation.hs_code:
                return None  # ambiguous words under another HS heading: an ordinary good
            reason = "the declared words state a use or comparison, not the good" if not good else "ambiguous words without an HS code"
            return Evaluation("hint", best.code, min(best.score, DOUBTFUL), (), (), (reason,), concentration, consumer, None)
        criteria = judge(node.criteria, facts, self.facts)
        limits = self._mixture(node, situation, concentration)
        excluded, open_exclusions, exclusion_rows = self._exclusions(node, situation, facts)
        judged = (*criteria.judged, *limits.judged, *exclusion_rows)
        questions = self._questions(judged)
        why: list[str] = [*excluded]
        status: CandidateStatus
        if excluded or "not_met" in (criteria.status, limits.status) or (declared is not None and paragraph_stands is False):
            status = "not_met"
            if declared is not None:
                status = "needs_data"
                questions.insert(0, f"{declared.code} is declared, yet what is stated does not meet it: which is right?")
        elif declared is not None and (limits.status != "not_stated"):
            is_right = paragraph_stands or self._right_kind(node, declared, fitting, situation)
            status = "declared" if is_right else "needs_data"
            if status == "needs_data":
                questions.insert(0, f"Is {declared.code} a control list entry here, and does it describe this good?")
        elif "not_stated" in (criteria.status, limits.status) or open_exclusions:
            status = "needs_data"
        else:
            status = "met"
        if status == "met" and best.score < self._conclusive and best.doubt is None:
            status = "needs_data"
            questions.insert(0, f"Is this good in fact: {node.entry.title}? The declared words '{best.declared}' do not settle it.")
        if status == "met" and best.how == "term" and situation.hs_code and node.chapters and situation.hs_code[:2] not in node.chapters:
            status = "needs_data"
            why.append(f"HS {situation.hs_code} is not where this good is usually classified")
            questions.insert(0, f"The description names {node.entry.title}, HS {situation.hs_code} does not: which is right?")
        doubt = self._open_doubt(fitting)
        if doubt and status != "not_met":
            status = "needs_data"
            questions.insert(0, doubt)
        code = best.code if best.how == "control_code" else criteria.code or (declared.code if declared else best.code)
        near = max((j.near_pct for j in criteria.judged if j.status == "not_met" and j.near_pct is not None), default=None)
        failed = [j for j in criteria.judged if j.status == "not_met"]
        # One criterion missed by a hair is near the limit; missed with others by far it is not.
        near = near if near is not None and all(j.near_pct is not None for j in failed) else None
        return Evaluation(status, code, best.score, judged, tuple(questions), tuple(why), concentration, consumer, near)

    def _open_doubt(self, fitting: Sequence[Recognised]) -> str | None:
        """The question that leaves the good open, unless another sign settles which good it is; a contradiction no sign settles."""
        doubted = next((r for r in fitting if r.doubt), None)
        if doubted is None:
            return None
        settled = any(r.doubt is None and r.score >= self._conclusive for r in fitting)
        return None if settled and doubted.how == "misspelt" else doubted.doubt

    def _concentration(self, node: Node, situation: Situation, facts: Facts) -> float | None:
        """Per cent by weight; None where it is open: a mixture without its content, by volume, or without the basis that decides."""
        stated = [
            (f.value.high if f.value.high != float("inf") else 100.0, f.source)
            for f in facts("concentration")
            if isinstance(f.value, Quantity)
        ]
        if not stated:
            return None if situation.mixture_words or _BY_VOLUME.search(situation.text) else 100.0
        content, source = max(stated)
        if source != "text" or _BY_WEIGHT.search(situation.text):
            return content
        # It exceeds a limit as it stands, or keeps it even by volume of the denser part; between the two the basis decides.
        is_plain = all(content > limit.max_pct or _by_weight_at_most(content) < limit.max_pct for limit in _limits(node, situation))
        return content if is_plain else None

    def _mixture(self, node: Node, situation: Situation, concentration: float | None) -> Judgement:
        """The mixture limit that the destination's CWC status selects; without a known destination, both must agree."""
        if not node.mixture:
            return Judgement("met", (), None)
        rows = [self._limit(limit, situation, concentration) for limit in _limits(node, situation)]
        statuses = {row.status for row in rows}
        status = statuses.pop() if len(statuses) == 1 else "not_stated" if statuses else "met"
        return Judgement(status, tuple(rows), None)

    def _limit(self, limit: MixtureLimit, situation: Situation, concentration: float | None) -> Judged:
        to = {"any": "", "cwc_party": ", to a CWC State Party", "cwc_non_party": ", to a State not party to the CWC"}[limit.destination]
        listed = f"content {'>' if limit.op == '<=' else '≥'} {limit.max_pct:g} % by weight{to}"
        if concentration is None:
            return Judged("concentration", listed, None, None, "not_stated", None)
        free = concentration <= limit.max_pct if limit.op == "<=" else concentration < limit.max_pct
        declared = (
            f"{concentration:g} %" if concentration < 100 or situation.mixture_words else "no mixture declared: taken as the neat chemical"
        )
        return Judged("concentration", listed, declared, "text", "not_met" if free else "met", None)

    def _exclusions(self, node: Node, situation: Situation, facts: Facts) -> tuple[list[str], bool, list[Judged]]:
        """Which notes free the good, whether a decisive one is open, and their criteria as rows (turned: a note met is a limit not met)."""
        excluded: list[str] = []
        rows: list[Judged] = []
        is_open = False
        for exclusion in node.exclusions:
            word = self._exclusion_word(exclusion, situation)
            if word:
                excluded.append(f"not controlled: {exclusion.text} ('{word}')")
            elif exclusion.criteria:
                found = judge(exclusion.criteria, facts, self.facts)
                if found.status == "met":
                    excluded.append(f"not controlled: {exclusion.text}")
                elif found.status == "not_stated" and exclusion.decisive:
                    is_open = True
                if found.status == "met" or exclusion.decisive:
                    turned: dict[str, Literal["met", "not_met", "not_stated"]] = {
                        "met": "not_met",
                        "not_met": "met",
                        "not_stated": "not_stated",
                    }
                    rows += [j._replace(listed=f"free if {j.listed}", status=turned[j.status]) for j in found.judged]
        return excluded, is_open, rows

    def _exclusion_word(self, exclusion: Exclusion, situation: Situation) -> str | None:
        if exclusion.terms:
            phrases = self._phrases.setdefault(exclusion.terms, Phrases(exclusion.terms))
            word = phrases.first_in(situation.text)
            if word:
                return word
        return next((f"HS {p}" for p in exclusion.hs if situation.hs_code and situation.hs_code.startswith(p)), None)

    def _questions(self, judged: Sequence[Judged]) -> list[str]:
        asked = [self.facts.parameters[j.parameter].question for j in judged if j.status == "not_stated"]
        return list(dict.fromkeys(asked))

    def _right_kind(self, node: Node, declared: Recognised, fitting: Sequence[Recognised], situation: Situation) -> bool:
        """Whether a code in the text is surely this good's control code: it has a paragraph, another sign agrees, or the words do."""
        if "." in declared.code or declared.start < 0 or any(r.how != "control_code" for r in fitting):
            return True
        texts = [text for entry in node.chain for text in (entry.title, *(term.text for term in entry.terms))]
        words = {word for text in (*texts, *self._titles_below(node)) for word in folded(text).split() if len(word) > 3}
        return bool(words & set(folded(situation.text).split()))

    @staticmethod
    def _hs_fits(node: Node, hs_code: str | None) -> bool:
        return bool(hs_code) and any(str(hs_code).startswith(heading) for heading in node.headings)


def _limits(node: Node, situation: Situation) -> list[MixtureLimit]:
    """The mixture limits that the destination's CWC status selects: both where it is unknown."""
    wanted = {"party": ("any", "cwc_party"), "non_party": ("any", "cwc_non_party"), "unknown": ("any", "cwc_party", "cwc_non_party")}
    return [limit for limit in node.mixture if limit.destination in wanted[situation.destination_cwc]]


def _by_weight_at_most(content: float) -> float:
    """The most that a content without its basis can be by weight: per cent by volume of the denser part.

    >>> round(_by_weight_at_most(12.5))
    30
    """
    return 100.0 * _DENSITY_RATIO * content / (_DENSITY_RATIO * content + 100.0 - content)
