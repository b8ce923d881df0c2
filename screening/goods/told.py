"""What the rest of a text told in sentences adds to the entries that it names: their order, hints, and whether the good itself moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.goods.candidates import HINT_SCORE, RANK
from screening.goods.catalogue import Catalogue, Node, NodeKey
from screening.goods.evaluate import DOUBTFUL, Evaluation
from screening.goods.recognise import Recognised
from screening.goods.resemblance import group_of

Sign = tuple[str, Recognised]  # the field it stands in, and the recognition
Judged = tuple[Node, Evaluation, Sequence[Sign], Node]
"""A candidate: the node that answers, how it was judged, by which signs, and the node that describes it."""
MOST = 5  # headings shown that a text resembles
LEAST = 10.0  # likeness in per cent below which a heading is not shown
_NAMED = 5.0  # what being named as well, if only as a use, adds to the score of a heading that a text resembles
_ASIDE = 25.0  # the score of what is named only as a use or comparison, where sentences tell of something else


def ranked(named: Sequence[Judged], likes: Mapping[NodeKey, Sequence[Sign]], catalogue: Catalogue) -> list[Judged]:
    """The candidates of a text, best first: those ``named``, and those of ``likes``, the headings that the text resembles.

    Of equally good ones that comes first which the text resembles more. What is named only as a use stands behind what is told of.
    """
    candidates = [_aside(one, likes) for one in _about(named, likes, catalogue)] if likes else list(named)
    headings = {node.heading for node, *_ in candidates}
    likest = sorted(likes, key=lambda key: (-_likeness(key, likes), key))[:MOST]
    candidates += [_hint(key, likes, catalogue) for key in likest if key not in headings and _likeness(key, likes) >= LEAST]
    return sorted(candidates, key=lambda one: (RANK[one[1].status], -one[1].score, -_likeness(one[0].heading, likes), one[1].code))


def _likeness(key: NodeKey, likes: Mapping[NodeKey, Sequence[Sign]]) -> float:
    return likes[key][0][1].score if key in likes else 0.0


def _score(key: NodeKey, likes: Mapping[NodeKey, Sequence[Sign]]) -> float:
    return min(DOUBTFUL, HINT_SCORE + 2 * (DOUBTFUL - HINT_SCORE) * _likeness(key, likes) / 100)


def _hint(key: NodeKey, likes: Mapping[NodeKey, Sequence[Sign]], catalogue: Catalogue) -> Judged:
    node = catalogue.nodes[key]
    why = (f"what is told resembles {node.entry.title}; nothing names it",)
    return node, Evaluation("hint", key[1], _score(key, likes), (), (), why, None, False, None), likes[key], node


def _aside(one: Judged, likes: Mapping[NodeKey, Sequence[Sign]]) -> Judged:
    """A hint by a name that is only a use or comparison, by what the text says of it besides."""
    node, outcome, signs, described = one
    if outcome.status != "hint":
        return one
    score = min(DOUBTFUL, _score(node.heading, likes) + _NAMED) if node.heading in likes else min(_ASIDE, outcome.score)
    return node, outcome._replace(score=score), signs, described


def _about(named: Sequence[Judged], likes: Mapping[NodeKey, Sequence[Sign]], catalogue: Catalogue) -> list[Judged]:
    """Where software or technology about a listed good moves, the entries of such: to be settled; the good itself is a hint.

    It is taken so only where the text resembles an entry of software or technology in the category of the good.
    """
    found: list[Judged] = []
    of_it: dict[NodeKey, Judged] = {}
    held = {node.heading for node, *_ in named}
    for one in named:
        node, outcome, signs, described = one
        about = {recognised.about for _, recognised in signs}
        group = about.pop() if len(about) == 1 else None
        key = _likest(node, group, likes) if group and outcome.status in ("met", "needs_data", "declared") else None
        if key is None:
            found.append(one)
            continue
        why = f"the words tell of {_GROUPS[group or '']} about it"
        found.append((node, outcome._replace(status="hint", score=DOUBTFUL, why=(*outcome.why, why)), signs, described))
        if key not in held:
            answering = catalogue.nodes[key]
            question = f"Is what moves {_GROUPS[group or '']} for the development, production or use of: {node.entry.title}?"
            judged = Evaluation("needs_data", key[1], max(outcome.score, DOUBTFUL), (), (question,), (why,), None, False, None)
            of_it[key] = (answering, judged, [*likes[key], *signs], answering)
    return [*found, *of_it.values()]


_GROUPS = {"D": "software", "E": "technology"}


def _likest(node: Node, group: str | None, likes: Mapping[NodeKey, Sequence[Sign]]) -> NodeKey | None:
    """The heading of software or technology, of the list and category of ``node``, that the text resembles most."""
    category = node.entry.code[:1]
    own = [key for key in likes if key[0] == node.list_id and key[1][:1] == category and group_of(key[1]) == group]
    return max(own, key=lambda key: (_likeness(key, likes), key), default=None)
