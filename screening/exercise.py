"""Table-top exercises: packs of a story, a batch and the expected answers; a participant's answers are scored and explained.

A pack is screened with the embedded lists alone, whatever the user has imported, so that everybody's answers are the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import snowballstemmer

from control_lists.codes.control_code import is_under
from control_lists.models import NonEmpty, Record
from screening.authored import read_csv
from screening.engine import Screener
from screening.errors import UsageError
from screening.explain import Line
from screening.write.nested import records

DAY = date(2026, 3, 2)  # of items that carry no date of their own
FLAG_POINTS, ENTRY_POINTS, QUESTION_POINTS = 2, 2, 1
_WORD = re.compile(r"[a-z0-9]+")


class Pack(NamedTuple):
    """A scenario: its folder holds ``story.md``, ``declarations.csv`` and ``expected.csv``."""

    name: str
    title: str
    story: str
    folder: Path


class Expected(Record):
    """The right answer for one item under the pack's law. ``entry``: control codes or ``list:id`` of listed parties on which the
    answer rests; ``asks``: words that a question must hold; ``note``: ids of notes that stand beside the flag.
    """

    declaration_id: NonEmpty
    item_number: NonEmpty
    jurisdiction: NonEmpty
    flag: Literal["NO_FINDING", "GENERAL_AUTHORISATION", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED"]
    entry: tuple[NonEmpty, ...] = ()
    asks: tuple[NonEmpty, ...] = ()
    note: tuple[NonEmpty, ...] = ()


class Answer(Record):
    """A participant's answer for one item, in the participant's own words."""

    declaration_id: NonEmpty
    item_number: NonEmpty
    flag: str
    entry: tuple[NonEmpty, ...] = ()
    question: str = ""


class Scored(NamedTuple):
    """One item's points out of the most there were, and what was right and what was not, with the engine's reasons."""

    declaration_id: str
    item_number: str
    points: int
    most: int
    remarks: tuple[str, ...]
    reasons: tuple[str, ...]


def shipped() -> Path:
    """The folder of the packs that come with the engine: inside an installed package, else in the source tree."""
    inside = Path(__file__).parent / "exercises"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "examples" / "exercises"


def packs(folder: Path) -> list[Pack]:
    """Every pack of a folder, in order of name; raises UsageError for a folder that holds none."""
    found = []
    for story in sorted(folder.glob("*/story.md")):
        title, _, text = story.read_text(encoding="utf-8").partition("\n")
        found.append(Pack(story.parent.name, title.removeprefix("# ").strip(), text.strip(), story.parent))
    if not found:
        raise UsageError(f"{folder}: no exercise packs (a pack is a folder with story.md, declarations.csv and expected.csv)")
    return found


def pack_of(found: Sequence[Pack], name: str) -> Pack:
    """The pack of that name or number; raises UsageError where there is none or several."""
    fitting = [pack for pack in found if pack.name == name or pack.name.startswith(f"{name}-") or pack.name.split("-")[0] == name.zfill(2)]
    if len(fitting) != 1:
        raise UsageError(f"no exercise '{name}'; there are {', '.join(pack.name for pack in found)}")
    return fitting[0]


def told(pack: Pack) -> Iterator[Line]:
    """The story, the items as they are declared, and how to answer."""
    yield Line("title", pack.title)
    for paragraph in pack.story.split("\n\n"):
        yield Line("text", " ".join(paragraph.split()))
    yield Line("heading", "Declared")
    with (pack.folder / "declarations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Line("text", f"{row.pop('declaration_id')} item {row.pop('item_number')}: {row.pop('description')}")
            yield Line("detail", ", ".join(f"{name} {value}" for name, value in row.items() if value))
    yield Line("heading", "Your answers")
    yield Line(
        "text", "Write a CSV with the columns declaration_id, item_number, flag, entry, question; several entries stand between semicolons."
    )
    yield Line("text", f"Then: stc exercise {pack.name} --answers YOUR.csv (or --solution).")


def determinations(pack: Pack, screener: Screener) -> list[dict[str, Any]]:
    """The engine's own answers: records of the items under the laws that the pack names."""
    laws = tuple(dict.fromkeys(row.jurisdiction for row in expected_of(pack)))
    parts = screener.screen(pack.folder / "declarations.csv", as_of=DAY, jurisdictions=laws)
    return [record for part in parts for record in records(part.determinations)]


def expected_of(pack: Pack) -> list[Expected]:
    """The right answers; raises UsageError for a file that is not of the form."""
    return read_csv(pack.folder / "expected.csv", Expected)


def answers_of(path: Path) -> list[Answer]:
    """A participant's answers; raises UsageError for a file that is not of the form."""
    return read_csv(path, Answer)


def answered_by(record: Mapping[str, Any]) -> tuple[str, set[str], str, set[str]]:
    """What a determination answers, in the terms of ``expected.csv``: flag, entries, questions, notes."""
    reasons = record["reasons"] or ()
    entries = {reason["entry"].partition(":")[2] for reason in reasons if reason["entry"]}
    entries |= {reason["entity"] for reason in reasons if reason["entity"]}
    return record["flag"], entries, " ".join(record["questions"] or ()), {note["id"] for note in record["notes"] or ()}


def asks_for(question: str, words: str) -> bool:
    """Whether a question speaks of something: every word of ``words`` stands in it, in any form.

    >>> asks_for("How many pictures a second? (frame rates)", "frame rate")
    True
    """
    return set(_stems(words)) <= set(_stems(question))


def _stems(text: str) -> list[str]:
    return list(snowballstemmer.stemmer("english").stemWords(_WORD.findall(text.lower())))


def score(expected: Sequence[Expected], answers: Sequence[Answer], found: Sequence[Mapping[str, Any]]) -> list[Scored]:
    """Points for each expected item, in their order; an item without an answer has none. Raises UsageError for an answer to no item."""
    given = {(answer.declaration_id, answer.item_number): answer for answer in answers}
    known = {(row.declaration_id, row.item_number) for row in expected}
    if strange := set(given) - known:
        raise UsageError(f"the pack has no item {sorted(strange)[0][0]} {sorted(strange)[0][1]}")
    held = {(record["declaration_id"], str(record["item_number"]), record["jurisdiction"]): record for record in found}
    scored = []
    for row in expected:
        record = held[row.declaration_id, row.item_number, row.jurisdiction]
        scored.append(_score(row, given.get((row.declaration_id, row.item_number)), record))
    return scored


def _score(row: Expected, answer: Answer | None, record: Mapping[str, Any]) -> Scored:
    most = FLAG_POINTS + (ENTRY_POINTS if row.entry else 0) + (QUESTION_POINTS if row.asks else 0)
    why = tuple(f"{reason['flag']}: {reason['text']} [{reason['law']}]" for reason in (record["reasons"] or ())[:3])
    for candidate in record["candidates"] or () if not why else ():
        failed = [c["listed"] + f", declared {c['declared']}" for c in candidate["criteria"] or () if c["status"] == "not_met"]
        why += tuple(f"{candidate['code']} ({candidate['title']}) is not met: {limit}" for limit in failed)
    why += tuple(note["text"] for note in record["notes"] or () if note["id"] in row.note)
    if answer is None:
        return Scored(row.declaration_id, row.item_number, 0, most, (f"not answered; right is {row.flag}",), why)
    flag = answer.flag.strip().upper().replace(" ", "_")
    points = FLAG_POINTS if flag == row.flag else 0
    remarks = [f"flag {row.flag}: right" if points else f"flag {flag or '(none)'}: right is {row.flag}"]
    if row.entry:
        got, remark = _entry(row.entry, answer.entry)
        points, remarks = points + got, [*remarks, remark]
    if row.asks:
        missing = [words for words in row.asks if not asks_for(answer.question, words)]
        points += 0 if missing else QUESTION_POINTS
        remarks.append(f"question: still to be asked for {', '.join(missing)}" if missing else "question: right")
    return Scored(row.declaration_id, row.item_number, points, most, tuple(remarks), why)


def _entry(right: Sequence[str], given: Sequence[str]) -> tuple[int, str]:
    """Points of an entry: all of them for one that is right, half for its heading alone, none beside a wrong one."""
    told = f"right is {' or '.join(right)}"
    if not given:
        return 0, f"entry (none): {told}"
    if all(any(one == code or is_under(one, code) for code in right) for one in given):
        return ENTRY_POINTS, f"entry {', '.join(given)}: right"
    if all(any(one == code or is_under(code, one) for code in right) for one in given):
        return ENTRY_POINTS // 2, f"entry {', '.join(given)}: right as far as it goes; {told}"
    return 0, f"entry {', '.join(given)}: {told}"


def lines(scored: Sequence[Scored]) -> Iterator[Line]:
    """The marking as a person reads it."""
    for one in scored:
        yield Line("title", f"{one.declaration_id} item {one.item_number}: {one.points} of {one.most} points")
        for remark in one.remarks:
            yield Line("text", remark)
        for reason in one.reasons:
            yield Line("detail", reason)
    yield Line("flag", f"{sum(one.points for one in scored)} of {sum(one.most for one in scored)} points")
