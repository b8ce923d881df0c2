"""Registers of licences as they are exchanged, and a real declaration whose licence is in one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from control_lists.snapshot import Snapshot
from screening.engine import Screener
from screening.licences.records import Balance
from screening.licences.register import Register, read_register

REGISTER = (
    "number,jurisdiction,type,status,destinations,valid_from,valid_to,control_code,description,quantity,unit\n"
    "GBOIE920001,UK; EU,OIE,active,GB,2026-01-01,2027-12-31,ML1,Sniper rifles,200,KGM\n"
)


@pytest.fixture(scope="module")
def exchange(shared: Path) -> Register:
    folder = shared / "data" / "declarations" / "uk_licence_exchange_chief"
    return read_register(sorted(folder.iterdir()), Snapshot.open())


def test_every_licence_of_the_exchange_files_is_held(exchange: Register) -> None:
    lines = {licence.number: len(licence.lines) for licence in exchange.licences.values()}
    assert lines == {
        "GBSIE2020/01111": 1, "GBSIE2020/02222": 1, "GBSIEL/2021/0000243/P": 1, "GBOIL2222222C": 1, "GBSIEL/2020/0000001/P": 7,
        "GBSIE2018/00001": 0, "GBOIEL/2026/0000001/P": 1, "GBSAN4444444A": 3,
    }  # fmt: skip
    units = Counter(line.quantity.unit for licence in exchange.licences.values() for line in licence.lines if line.quantity)
    assert units == {"kg": 4, "piece": 3, "mg": 1, "t": 1, "microgram": 1, "microliter": 1, "mL": 1, "L": 1}


def test_use_that_is_told_is_taken_off(exchange: Register) -> None:
    licence = exchange.find("GBSIEL/2020/0000001/P")
    assert licence is not None
    assert licence.lines[0].quantity == Balance(Decimal(10), Decimal(5), "piece")


def test_every_row_that_cannot_be_read_is_told(exchange: Register) -> None:
    told = Counter(report.partition(":")[0] for report in exchange.reports)
    assert told == {
        "license_update_file": 7,  # two damaged records, five lines of a unit that is in no code list
        "license_usage_file": 6,  # use of licences of which no file is there
        "licence_payload_file": 1,
        "license_update_reply_file": 1,
        "usage_data_reply_file": 1,
    }


def test_the_controlled_rifle_ends_as_strategic_goods_with_its_documents_checked(shared: Path, tmp_path: Path) -> None:
    register = tmp_path / "licences.csv"
    register.write_text(REGISTER, encoding="utf-8")
    screener = Screener.open(licences=[register])
    path = shared / "data" / "declarations" / "wco_dec_uk_cds" / "samples" / "TT_EX013b.xml"
    (part,) = screener.screen(path, as_of=date(2026, 11, 24), jurisdictions=("EU",))
    rifle, suppressor = part.determinations.to_dicts()
    assert rifle["candidates"][0]["code"].startswith("ML1")
    checked = {(a["id"], a["reference"]): a for a in rifle["authorisations"] if a["reference"]}
    assert {key: (a["outcome"], a["failed"], a["unknown"]) for key, a in checked.items()} == {
        ("X002", "GBOIE920001-00002"): ("valid", [], [])
    }
    requirement = [r for r in rifle["reasons"] if r["flag"] == "LICENCE_REQUIRED"]
    assert requirement
    assert {r["lifted_by"] for r in requirement} == {"X002 GBOIE920001-00002"}
    assert "not_listed_claimed" in {note["id"] for note in rifle["notes"]}  # Y901 stands beside it
    assert (rifle["flag"], rifle["lane"]) == ("REVIEW", "red")
    assert [(a["id"], a["outcome"]) for a in suppressor["authorisations"]] == [("X002", "declared")]  # an open licence of the UK
