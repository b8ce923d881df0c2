"""Requests of assistance drafted from the gaps of a matrix, and matched with offers: ranked, with the reasons."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import snowballstemmer

from screening.obligations.matrix import Cell
from screening.obligations.models import Offer, Request, State

# Points of a perfect match: 100. Set by hand on the idea that an offer on another subject helps nobody, whatever its language.
SUBJECT, CLASS, REGION, LANGUAGE, TYPE, WORDS = 40.0, 15.0, 15.0, 10.0, 10.0, 10.0
# Likeness of words from which an offer on another subject is one at all. On the 20 requests and 20 offers of the tests: at 0.1 ten such
# offers are shown, at 0.15 three, at 0.2 none; no labelled offer is lost at any of them, even where the subject is hidden.
ALIKE = 0.15
_WORD = re.compile(r"[a-z]{3,}")
_COMMON = frozenset({
    "and", "the", "for", "with", "from", "that", "this", "our", "its", "are", "has", "have", "not", "under", "which", "any",
    "all", "who", "how",
})  # fmt: skip
_ASKS = {
    "legislation": ("review and drafting of legislation", ("legislative_review",)),
    "licensing": ("the setting up of licensing: law, procedure and training of staff", ("legislative_review", "training")),
    "border_control": ("training and equipment of customs to find, hold and check such goods", ("training", "equipment")),
}


class Ranked(NamedTuple):
    """An offer for a request, with its points and why it has them."""

    offer: Offer
    score: float
    reasons: tuple[str, ...]


def requests(cells: Sequence[Cell], state: State, class_titles: Mapping[str, str]) -> list[Request]:
    """One request a row with gaps, in the order of the matrix: gaps of the rules, and rows of which a part is missing."""
    found = []
    for measure in dict.fromkeys(cell.measure for cell in cells):
        open_cells = [cell for cell in cells if cell.measure == measure and cell.status in ("gap", "partly")]
        if not open_cells:
            continue
        first = open_cells[0]
        asked, types = _ASKS.get(
            first.subject, (f"legislation, advice and training on {first.subject.replace('_', ' ')}", ("legislative_review", "training"))
        )
        named = ", ".join(class_titles[cell.weapon_class].lower() for cell in open_cells)
        text = (
            f"{state.name} asks for assistance with operative paragraph {first.paragraph.removeprefix('OP')} of resolution 1540 (2004): "
            f"{first.title[0].lower()}{first.title[1:]} ({named}). What is there: {first.detail} What is asked: {asked}."
        )
        found.append(
            Request(
                id=measure, state=state.name, subject=first.subject, classes=tuple(cell.weapon_class for cell in open_cells),
                region=state.region, languages=state.languages, types=types, text=text,
            )
        )  # fmt: skip
    return found


def rank(request: Request, offers: Sequence[Offer], most: int = 3) -> list[Ranked]:
    """The best offers for a request; an offer with neither its subject nor its words is none."""
    weights = _weights(offers)
    scored = [_scored(request, offer, weights) for offer in offers]
    return sorted((one for one in scored if one is not None), key=lambda one: (-one.score, one.offer.id))[:most]


def _scored(request: Request, offer: Offer, weights: Mapping[str, float]) -> Ranked | None:
    on_subject = request.subject in offer.subjects
    likeness, shared = _likeness(_stems(request.text), _stems(f"{offer.text} {' '.join(offer.subjects)}".replace("_", " ")), weights)
    if not on_subject and likeness < ALIKE:
        return None
    classes = set(request.classes)
    is_any = not offer.classes or not classes
    held = 1.0 if is_any else len(classes & set(offer.classes)) / len(classes)
    region = 1.0 if {request.region, request.state} & set(offer.regions) else 0.6 if "global" in offer.regions else 0.0
    parts = [
        (SUBJECT * on_subject, f"subject {request.subject.replace('_', ' ')}"),
        (CLASS * held, "every class of weapons" if is_any else f"classes {', '.join(sorted(classes & set(offer.classes)))}"),
        (REGION * region, f"region {request.region}" if region == 1 else "offered everywhere"),
        _overlap(LANGUAGE, "language", request.languages, offer.languages),
        _overlap(TYPE, "type", request.types, offer.types),
        (WORDS * likeness, f"words {', '.join(shared[:4])}"),
    ]
    return Ranked(offer, round(sum(points for points, _ in parts), 1), tuple(text for points, text in parts if points > 0))


def _overlap(points: float, name: str, wanted: Sequence[str], given: Sequence[str]) -> tuple[float, str]:
    common = [value for value in wanted if value in given]
    return (points if common or not wanted else 0.0), f"{name} {', '.join(common).replace('_', ' ') or 'of any kind'}"


def _stems(text: str) -> dict[str, str]:
    """The stems of a text, each with the first word that has it."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _COMMON]
    return dict(reversed(list(zip(snowballstemmer.stemmer("english").stemWords(words), words, strict=True))))


def _weights(offers: Sequence[Offer]) -> dict[str, float]:
    """How telling a stem is: rare among the offers weighs more."""
    held = Counter(stem for offer in offers for stem in set(_stems(f"{offer.text} {' '.join(offer.subjects)}".replace("_", " "))))
    return {stem: math.log((1 + len(offers)) / (0.5 + count)) for stem, count in held.items()}


def _likeness(wanted: Mapping[str, str], given: Mapping[str, str], weights: Mapping[str, float]) -> tuple[float, list[str]]:
    """Cosine of the weighted stems of two texts, and the words that they share, the most telling first."""
    common = sorted((stem for stem in wanted if stem in given), key=lambda stem: (-weights.get(stem, 0.0), stem))
    lengths = math.prod(math.sqrt(sum(weights.get(stem, 1.0) ** 2 for stem in stems)) for stems in (wanted, given))
    dot = sum(weights.get(stem, 0.0) ** 2 for stem in common)
    return (dot / lengths if lengths else 0.0), [wanted[stem] for stem in common]
