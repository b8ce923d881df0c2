"""The commands of the case store as officers run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

ROWS = (
    "declaration_id,export_country,destination_country,hs_code,description,customs_office\n"
    "A-1,DE,VN,283711,SODIUM CYANIDE 98 % IN DRUMS,DE01\nA-2,DE,VN,392410,PLASTIC BOWLS,DE01\nA-3,DE,VN,283711,SODIUM CYANIDE,DE02\n"
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a batch, its results, and a store with the supervisors boss and bea and the officer amy, who acts."""
    monkeypatch.setenv("STC_DB", str(tmp_path / "review.db"))
    monkeypatch.setenv("STC_USER", "amy")
    (tmp_path / "batch.csv").write_text(ROWS, encoding="utf-8")
    ok("screen", f"{tmp_path}/batch.csv", "--jurisdiction", "EU", "-o", f"{tmp_path}/results.ndjson")
    review("user", "boss", "--role", "supervisor", "--as", "boss")
    review("user", "bea", "--role", "supervisor", "--as", "boss")
    review("user", "amy", "--as", "boss")
    review("open", f"{tmp_path}/results.ndjson", "--declarations", f"{tmp_path}/batch.csv")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def ok(*arguments: str) -> Result:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result


def review(*arguments: str) -> str:
    return ok("review", *arguments).stdout


def refused(*arguments: str, exit_code: int = 1) -> str:
    result = run("review", *arguments)
    assert result.exit_code == exit_code, result.output
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("stc:")]
    return line


def test_a_case_goes_from_the_queue_over_four_eyes_to_its_file(desk: Path) -> None:
    assert [row["declaration_id"] for row in json.loads(review("list", "--json"))] == ["A-1", "A-3"]
    review("assign", "1", "amy")
    assert "with amy" in review("list", "--office", "DE01")
    review("note", "1", "signed", "--document", "EUC 2026-118")
    assert "another person confirms it" in review("decide", "1", "released", "--reason", "licence_valid", "--note", "seen")
    assert refused("confirm", "1") == "stc: amy is officer: a supervisor confirms"
    assert "confirmed released (licence_valid), proposed by amy" in review("confirm", "1", "--as", "bea")
    told = review("show", "1")
    for words in ("Case 1, version 5: released", "document received: document EUC 2026-118", "283711", "History"):
        assert words in told
    review("export", "1", "-o", f"{desk}/case.zip")
    assert review("replay", f"{desk}/case.zip") == "the same result, with the same lists, rules, engine and policy\n"
    assert json.loads(review("show", "1", "--json"))["state"]["status"] == "released"


def test_a_case_that_changed_since_it_was_seen_is_one_line(desk: Path) -> None:
    review("note", "1", "a certificate is announced", "--as", "bea")
    line = refused("decide", "1", "held", "--reason", "consult_authority", "--version", "1")
    assert line.startswith("stc: case 1 changed meanwhile: noted by bea at ")


def test_a_contradicted_precedent_is_printed(desk: Path) -> None:
    review("decide", "1", "true_match", "--reason", "good_is_listed")
    result = ok("review", "decide", "2", "false_positive", "--reason", "other_good")
    assert "note: this contradicts what was decided before on the like:" in result.stderr
    assert "true match: case 1" in result.stdout


def test_opening_twice_opens_nothing_twice(desk: Path) -> None:
    assert review("open", f"{desk}/results.ndjson") == "0 cases opened, 2 held already\n"


def test_the_ledger_is_proved_against_anchors_kept_in_a_file(desk: Path) -> None:
    anchor = review("verify", "--save", f"{desk}/anchors.txt").strip()
    review("note", "1", "more")
    review("verify", "--anchor", f"{desk}/anchors.txt", "--anchor", anchor, "--save", f"{desk}/anchors.txt")
    assert len((desk / "anchors.txt").read_text(encoding="utf-8").splitlines()) == 2
    number, _, digest = anchor.partition(":")
    assert (
        refused("verify", "--anchor", f"{number}:{digest[::-1]}")
        == f"stc: row {number} is not that of the anchor: the ledger was written anew"
    )
    assert refused("verify", "--anchor", f"99:{digest}").endswith("before the anchor at row 99: its end was cut off")


def test_a_register_is_written_shown_and_exported(desk: Path) -> None:
    number = review("register", "add", "denials", "--set", "denied_on=2026-11-20", "--set", "exporter=Example GmbH", "--case", "1").split()[
        1
    ]
    assert "denials entry" in review("register", "list")
    review("register", "export", "denials", "-o", f"{desk}/denials.csv")
    assert (desk / "denials.csv").read_text(encoding="utf-8") == "denied_on,exporter\n2026-11-20,Example GmbH\n"
    review("register", "withdraw", number, "--note", "annulled")
    assert review("register", "list") == ""


def test_exceptions_are_exported_as_screening_reads_them(desk: Path) -> None:
    assert review("exceptions", "export") == "name,list,entity_id,record,author,reason,decided_on,expires_on\n"
    review("exceptions", "export", "-o", f"{desk}/exceptions.csv")
    ok("screen", f"{desk}/batch.csv", "--jurisdiction", "EU", "--exceptions", f"{desk}/exceptions.csv")
    assert "case 1 is open" in refused("exceptions", "grant", "1", "us-sdn:9647", "--until", "2027-01-01")


def test_counts_and_reasons_are_shown(desk: Path) -> None:
    assert json.loads(review("stats", "--json"))[0] == {
        "dimension": "all", "value": "", "cases": 2, "open": 2, "held": 0, "overdue": 0, "true_match": 0, "false_positive": 0,
        "released": 0, "median_days": None,
    }  # fmt: skip
    assert "DE02" in review("stats")
    assert "licence_valid" in review("reasons", "released")
    assert "licence_valid" not in review("reasons", "held")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (("show", "9"), 1, "no case 9"),
        (("note", "1", "x", "--as", "nobody"), 1, "no user 'nobody'"),
        (("note", "1", "x", "--as", ""), 2, "say who acts"),
        (("decide", "1", "released", "--reason", "nonsense"), 1, "'nonsense' is no reason for released; use one of authority_agrees"),
        (("user", "eve", "--role", "supervisor"), 1, "amy is officer: a supervisor gives roles"),
        (("list", "--db", "nowhere.db"), 1, "nowhere.db: no case store"),
        (("list", "--db", "mysql://u@h/n"), 1, "a case store is a file or lies on a PostgreSQL server"),
        (("export", "1", "-o", "case.pdf"), 1, "a case is written as .json or .zip"),
    ],
)
def test_a_wrong_call_is_one_line(desk: Path, arguments: tuple[str, ...], exit_code: int, words: str) -> None:
    assert words in refused(*arguments, exit_code=exit_code)
