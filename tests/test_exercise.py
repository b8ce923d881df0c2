"""The training packs: the engine's own answers are the expected ones, and a participant is marked fairly."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from screening.engine import Screener
from screening.exercise import Answer, Expected, Pack, answered_by, asks_for, determinations, expected_of, packs, score, shipped

PACKS = packs(shipped())


@pytest.mark.parametrize("pack", PACKS, ids=[pack.name for pack in PACKS])
def test_the_engines_own_answers_are_the_expected_ones(pack: Pack, screener: Screener) -> None:
    expected = expected_of(pack)
    found = {(r["declaration_id"], str(r["item_number"]), r["jurisdiction"]): r for r in determinations(pack, screener)}
    assert found.keys() == {(row.declaration_id, row.item_number, row.jurisdiction) for row in expected}
    for row in expected:
        flag, entries, questions, notes = answered_by(found[row.declaration_id, row.item_number, row.jurisdiction])
        assert (flag, entries) == (row.flag, set(row.entry)), row
        assert [words for words in row.asks if not asks_for(questions, words)] == [], row
        assert set(row.note) <= notes, row
        assert (flag == "REVIEW") == bool(row.asks), row


def test_there_are_ten_packs_with_a_story_each() -> None:
    assert len(PACKS) == 10
    assert all(pack.title and len(pack.story) > 200 for pack in PACKS)
    flags = {row.flag for pack in PACKS for row in expected_of(pack)}
    assert flags == {"NO_FINDING", "REVIEW", "LICENCE_REQUIRED", "PROHIBITED"}


def row(**more: object) -> Expected:
    return Expected(**{"declaration_id": "A", "item_number": "1", "jurisdiction": "EU", "flag": "REVIEW", **more})  # type: ignore[arg-type]


RECORD = {"declaration_id": "A", "item_number": 1, "jurisdiction": "EU", "reasons": [], "candidates": [], "notes": []}


@pytest.mark.parametrize(
    ("flag", "entry", "question", "points"),
    [
        ("review", ("6A003.b.4.b",), "which FRAME rates?", 5),
        ("REVIEW", ("6A003",), "", 3),  # the heading is half an entry, and nothing is asked
        ("REVIEW", ("6A003.b.4.b", "1C350"), "frame rate", 3),  # a wrong entry beside the right one
        ("LICENCE_REQUIRED", (), "price?", 0),
    ],
)
def test_flag_entry_and_question_are_marked(flag: str, entry: tuple[str, ...], question: str, points: int) -> None:
    expected = row(entry=("6A003.b.4.b",), asks=("frame rate",))
    (marked,) = score([expected], [Answer(declaration_id="A", item_number="1", flag=flag, entry=entry, question=question)], [RECORD])
    assert (marked.points, marked.most) == (points, 5)


def test_an_item_without_an_answer_has_no_points() -> None:
    (marked,) = score([row()], [], [RECORD])
    assert (marked.points, marked.most, marked.remarks) == (0, 2, ("not answered; right is REVIEW",))


def test_the_command_lists_tells_and_scores(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert "05-thermal-camera" in run(main, ["exercise"]).stdout
    story = run(main, ["exercise", "5"]).stdout
    assert "frame rate" in story
    assert "LICENCE_REQUIRED" not in story
    answers = tmp_path / "answers.csv"
    answers.write_text("declaration_id,item_number,flag\nX5-1,2,REVIEW\n", encoding="utf-8")
    scored = run(main, ["exercise", "05", "--answers", str(answers)])
    assert scored.exit_code == 0, scored.output
    assert "0 of 11 points" in scored.stdout
    assert "is not met: free if maximum frame rate ≤ 9 Hz, declared 8.6 Hz" in " ".join(scored.stdout.split())


def test_a_wrong_answers_file_ends_in_one_line(tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("declaration_id,item_number,flag\nQ-9,1,REVIEW\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["exercise", "05", "--answers", str(answers)])
    assert (done.exit_code, done.stderr) == (2, "stc: the pack has no item Q-9 1\n")
    assert CliRunner().invoke(main, ["exercise", "99"]).exit_code == 2
