"""What is to be asked next, and of whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
from click.testing import CliRunner

from cli import main
from screening.decide.builder import _next_best
from tests.conftest import Ask

ROWS = """declaration_id,export_country,destination_country,description,exporter_name,declarant_name
A-1,DE,VN,THERMAL IMAGING CAMERA UNCOOLED,Nordlicht GmbH,
A-2,DE,VN,THERMAL IMAGING CAMERA UNCOOLED,Nordlicht GmbH,
A-3,DE,VN,ISOSTATIC PRESS,Nordlicht GmbH,=Agent Ltd
A-4,DE,VN,PLASTIC BOWLS,Nordlicht GmbH,
A-5,DE,VN,SPRAY DRYER,,
"""


def candidate(*questions: str, status: str = "needs_data") -> dict[str, Any]:
    return {"status": status, "questions": list(questions)}


def test_the_question_that_settles_most_candidates_is_asked_first() -> None:
    found = [candidate("size?", "material?"), candidate("material?"), candidate("colour?", status="not_met")]
    assert _next_best(["size?", "colour?", "material?", "size?"], found, {}) == ["material?", "size?", "colour?"]


def test_the_question_that_may_bring_the_worst_flag_goes_before_all() -> None:
    assert _next_best(["size?", "is it he?"], [candidate("size?")], {"is it he?": 4, "size?": 3}) == ["is it he?", "size?"]


def test_a_listed_party_is_asked_for_before_a_parameter(ask: Ask) -> None:
    parties = [{"role": "consignee", "name": "Korea Mining Development", "country": "CN"}]
    found = ask("UN", description="isostatic press", parties=parties)
    assert found["party_matches"]
    assert found["questions"][0].startswith("Is Korea Mining Development the listed party")


def test_a_batch_gives_one_list_of_questions_a_declarant(tmp_path: Path) -> None:
    declared, asked = tmp_path / "d.csv", tmp_path / "q.csv"
    declared.write_text(ROWS, encoding="utf-8")
    result = CliRunner().invoke(
        main, ["screen", str(declared), "-o", str(tmp_path / "r.csv"), "--jurisdiction", "EU", "--questions", str(asked)]
    )
    assert result.exit_code == 0, result.output
    found = pl.read_csv(asked, infer_schema=False).to_dicts()
    assert {row["declarant"] for row in found} == {"Nordlicht GmbH", "'=Agent Ltd", "not named"}
    camera = [row for row in found if row["declarant"] == "Nordlicht GmbH"]
    assert camera[0]["fields"].startswith("attr_")
    assert camera[0]["items"] == "2"
    assert camera[0]["example"] == "A-1"
    assert [int(row["settles"]) for row in camera] == sorted((int(row["settles"]) for row in camera), reverse=True)
    assert not any(row["example"] == "A-4" for row in found)
    assert f"{len(found)} questions to 3 declarants" in result.stderr
