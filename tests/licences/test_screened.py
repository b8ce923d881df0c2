"""What a checked document makes of a determination: the shipped example as a user runs it, and its limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import main
from screening.engine import Screener

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


def answers(result: Result) -> dict[str, dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return {record["declaration_id"]: record for record in map(json.loads, result.stdout.splitlines())}


@pytest.fixture(scope="module")
def example() -> dict[str, dict[str, Any]]:
    register = ("--licences", str(EXAMPLES / "licences.csv"), "--denials", str(EXAMPLES / "denials.csv"))
    return answers(run("screen", str(EXAMPLES / "licensed.csv"), "--jurisdiction", "EU", *register))


@pytest.mark.parametrize(
    ("declaration", "outcome", "flag", "lane"),
    [
        ("LX-0001", "valid", "GENERAL_AUTHORISATION", "blue"),
        ("LX-0002", "exhausted", "LICENCE_REQUIRED", "red"),
        ("LX-0003", "valid", "GENERAL_AUTHORISATION", "yellow"),  # its value lies just under a limit
        ("LX-0004", "mismatch", "LICENCE_REQUIRED", "red"),
        ("LX-0005", "expired", "LICENCE_REQUIRED", "red"),
        ("LX-0006", "revoked", "REVIEW", "red"),
        ("LX-0007", "unknown", "LICENCE_REQUIRED", "red"),  # red by the refusal before
        ("LX-0008", "missing", "LICENCE_REQUIRED", "red"),
    ],
)
def test_the_example_shows_every_outcome(example: dict[str, dict[str, Any]], declaration: str, outcome: str, flag: str, lane: str) -> None:
    found = example[declaration]
    assert [a["outcome"] for a in found["authorisations"] if a["reference"]] == [outcome]
    assert (found["flag"], found["lane"]) == (flag, lane)


def test_a_valid_licence_lifts_the_requirement_which_stays_visible(example: dict[str, dict[str, Any]]) -> None:
    (lifted,) = [r for r in example["LX-0001"]["reasons"] if r["flag"] == "LICENCE_REQUIRED"]
    assert (lifted["rule_id"], lifted["lifted_by"]) == ("eu-art-3-1", "X060 E-2026-0101")


def test_what_fails_is_said_beside_the_requirement(example: dict[str, dict[str, Any]]) -> None:
    reasons = {r["rule_id"]: r for r in example["LX-0002"]["reasons"]}
    assert set(reasons) == {"eu-art-3-1", "eu-licence-exhausted"}
    told = reasons["eu-licence-exhausted"]
    assert told["flag"] == "REVIEW"
    assert told["text"] == "The declared licence X060 E-2026-0101 has not enough left: 6 piece declared, 4 piece left of 20."
    assert any(one["comparison"] == "more_than_left" for one in told["evidence"])


def test_a_listed_good_declared_not_listed_is_red_and_says_so(example: dict[str, dict[str, Any]]) -> None:
    found = example["LX-0009"]
    (told,) = [r for r in found["reasons"] if r["rule_id"] == "eu-not-listed-claimed"]
    assert (told["flag"], told["entry"], found["lane"]) == ("REVIEW", "eu-dual-use:6A003.b.4.b", "red")


def test_a_like_refusal_is_a_red_flag(example: dict[str, dict[str, Any]]) -> None:
    assert {d for d, found in example.items() if found["red_flags"]} == {"LX-0004", "LX-0007", "LX-0008", "LX-0009"}


def test_an_open_fact_proposes_documents_not_an_examination() -> None:
    found = answers(run("screen", str(EXAMPLES / "licensed.csv"), "--jurisdiction", "EU", "--licences", str(EXAMPLES / "licences.csv")))
    assert (found["LX-0007"]["lane"], found["LX-0008"]["lane"]) == ("yellow", "red")
    assert "Who is the end user? The licence names Dubai Sample Fire Brigade." in found["LX-0007"]["questions"]


def test_without_a_register_a_licence_is_not_checked() -> None:
    found = answers(run("screen", str(EXAMPLES / "licensed.csv"), "--jurisdiction", "EU"))["LX-0001"]
    assert (found["flag"], found["lane"], [a["outcome"] for a in found["authorisations"] if a["id"] == "X060"]) == (
        "LICENCE_REQUIRED", "yellow", ["declared"],
    )  # fmt: skip
    assert [note["text"] for note in found["notes"] if note["id"] == "licence_declared"] == [
        "A licence is declared and not verified (not checked: no register): "
        "verify number, holder, goods, destination, validity and balance."
    ]


def test_a_licence_of_one_law_lifts_nothing_under_another(tmp_path: Path) -> None:
    rows = (EXAMPLES / "licensed.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    register = ("--licences", str(EXAMPLES / "licences.csv"))
    found = answers(run("screen", "-", "--jurisdiction", "KH", *register, stdin="".join(rows[:2]).encode()))["LX-0001"]
    assert (found["flag"], found["lane"]) == ("LICENCE_REQUIRED", "yellow")


def test_a_stream_and_a_file_are_answered_alike(example: dict[str, dict[str, Any]]) -> None:
    register = ("--licences", str(EXAMPLES / "licences.csv"), "--denials", str(EXAMPLES / "denials.csv"))
    text = (EXAMPLES / "licensed.csv").read_bytes()
    found = answers(run("screen", "-", "--jurisdiction", "EU", *register, stdin=text))
    assert {d: (r["flag"], r["reasons"]) for d, r in found.items()} == {d: (r["flag"], r["reasons"]) for d, r in example.items()}


def test_rows_that_cannot_be_read_are_told_and_files_that_are_none_stop_the_run(tmp_path: Path) -> None:
    bad, none = tmp_path / "bad.csv", tmp_path / "none.csv"
    bad.write_text("number,status\nE-2026-0101,paused\n", encoding="utf-8")
    none.write_text("holder\nA\n", encoding="utf-8")
    told = run("screen", str(EXAMPLES / "licensed.csv"), "--jurisdiction", "EU", "--licences", str(bad))
    assert "note: bad.csv: row 2: status: 'paused' is none of active, suspended, revoked" in told.stderr
    outcomes = [a["outcome"] for a in answers(told)["LX-0001"]["authorisations"] if a["reference"]]
    assert outcomes == ["unknown"]
    stopped = run("screen", str(EXAMPLES / "licensed.csv"), "--licences", str(none))
    assert stopped.exit_code == 1
    assert stopped.stderr.startswith(f"stc: {none}: row 1: unknown column 'holder'")


def test_the_flat_result_and_the_explanation_show_the_check(tmp_path: Path) -> None:
    register = ("--licences", str(EXAMPLES / "licences.csv"))
    flat, nested = tmp_path / "out.csv", tmp_path / "out.ndjson"
    run("screen", str(EXAMPLES / "licensed.csv"), "--jurisdiction", "EU", *register, "-o", str(flat))
    run("screen", str(EXAMPLES / "licensed.csv"), "--jurisdiction", "EU", *register, "-o", str(nested))
    assert "X060 E-2026-0102 mismatch" in flat.read_text(encoding="utf-8")
    shown = run("explain", str(nested), "--declaration", "LX-0004").stdout
    assert "X060 E-2026-0102: mismatch (consignee)" in shown
    assert "differs: consignee: declared Anadolu Ornek Makina AS, register Bosfor Numune Guvenlik Ltd" in " ".join(shown.split())


def test_a_requirement_on_a_party_is_lifted_by_a_licence_that_names_it(screener: Screener) -> None:
    from screening.decide.builder import _is_covered

    reason = {"entity": "us-entity-list:1", "entry": None, "evidence": [{"declared": "Sample Institute"}]}
    assert _is_covered(reason, {"parties": ["Sample Institute"], "covers": []})
    assert not _is_covered(reason, {"parties": [], "covers": []})
    goods = {"entity": None, "entry": "eu-dual-use:2B350.g", "evidence": []}
    assert _is_covered(goods, {"parties": [], "covers": ["2B350"]})
    assert not _is_covered(goods, {"parties": [], "covers": ["2B351"]})
