"""One declared licence against the register: each fact that can agree, differ or be left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening.engine import Screener
from screening.licences.batch import DocumentCheck, of_part
from screening.licences.register import read_register
from screening.read import ReadOptions, read_records
from tests.conftest import DAY

HEADER = (
    "number,jurisdiction,status,exporter,exporter_id,consignee,end_user,destinations,valid_from,valid_to,control_code,description,"
    "quantity,unit,value,currency\n"
)
REGISTER = """\
E-1,EU,active,Nordlicht Armaturen Beispiel GmbH,DE4711,Nile Delta Sample Fertilisers Co,,EG,2026-01-15,2028-01-14,2B350.g,,20,H87,,
E-2,EU,suspended,,,,,,,,2B350.g,,,,,
E-3,EU,active,,,,Sample Fertiliser Ministry,,,,2B350.g,,,,,
E-4,EU,active,,,,,,,,2B350.g,,50,KGM,20000,EUR
E-5,EU,active,,,,,,,,,Globe valves of Hastelloy,,,,
E-6,EU,active,,,,,Atlantis,,,2B350.g,,,,,
GBOIE2026/00001,UK,active,,,,,,,,2B350,,,,,
XO55,SG,active,,,,,,,,2B350,,,,,
"""
VALVE = {
    "declaration_id": "T-1", "declared_on": "2026-03-02", "export_country": "DE", "destination_country": "EG", "hs_code": "848180",
    "description": "BELLOWS SEALED GLOBE VALVE DN25, WETTED PARTS HASTELLOY C276", "quantity": "10", "unit": "PCE",
}  # fmt: skip
PARTIES = {"exporter_name": "Nordlicht Armaturen Beispiel", "consignee_name": "Nile Delta Sample Fertilisers"}
Checked = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def check(screener: Screener, tmp_path_factory: pytest.TempPathFactory) -> DocumentCheck:
    path: Path = tmp_path_factory.mktemp("licences") / "register.csv"
    path.write_text(HEADER + REGISTER, encoding="utf-8")
    return DocumentCheck(screener.snapshot, screener.policy, read_register([path], screener.snapshot), screener.goods)


@pytest.fixture
def checked(check: DocumentCheck, screener: Screener) -> Checked:
    """What the check says of each authorisation that a record declares."""

    def outcome(documents: str, **fields: Any) -> list[dict[str, Any]]:
        record = {k: v for k, v in {**VALVE, **PARTIES, **fields, "documents": documents}.items() if v is not None}
        return check.check(read_records([record], ReadOptions(screener.snapshot)), DAY).to_dicts()

    return outcome


@pytest.mark.parametrize(
    ("documents", "fields", "outcome", "failed", "unknown"),
    [
        ("X060:E-1", {}, "valid", [], []),
        ("X060:e1", {}, "valid", [], []),
        ("X060:E-1", {"consignee_name": "Anadolu Ornek Makina AS"}, "mismatch", ["consignee"], []),
        ("X060:E-1", {"exporter_name": "Ausfuhr Muster KG"}, "mismatch", ["exporter"], []),
        ("X060:E-1", {"exporter_name": None, "exporter_id": "eori:DE4711"}, "valid", [], []),
        ("X060:E-1", {"exporter_name": None, "exporter_id": "eori:DE9999"}, "mismatch", ["exporter"], []),
        ("X060:E-1", {"exporter_name": None}, "unknown", [], ["exporter"]),
        ("X060:E-1", {"destination_country": "TR"}, "mismatch", ["destination"], []),
        ("X060:E-1", {"destination_country": None}, "unknown", [], ["destination"]),
        ("X060:E-1", {"declared_on": "2028-01-14"}, "valid", [], []),
        ("X060:E-1", {"declared_on": "2028-01-15"}, "expired", ["valid_to"], []),
        ("X060:E-1", {"declared_on": "2026-01-14"}, "mismatch", ["valid_from"], []),
        ("X060:E-1", {"quantity": "21"}, "exhausted", ["balance_quantity"], []),
        ("X060:E-1", {"quantity": None}, "unknown", [], ["quantity"]),
        ("X060:E-1", {"unit": "DRM"}, "unknown", [], ["quantity"]),
        ("X060:E-1", {"description": "LAPTOP COMPUTERS", "control_code": "4A003"}, "mismatch", ["control_code"], []),
        ("X060:E-1", {"description": "GARDEN CHAIRS", "hs_code": "940179"}, "unknown", [], ["control_code"]),
        ("X060:E-2", {}, "revoked", ["status"], []),
        ("X060:E-3", {}, "unknown", [], ["end_user"]),
        ("X060:E-3", {"end_user_name": "Ministry of Sample Fertiliser"}, "valid", [], []),
        ("X060:E-3", {"consignee_name": "Sample Fertiliser Ministry"}, "valid", [], []),
        ("X060:E-4", {"quantity": "20", "unit": "lb", "value": "500", "currency": "EUR"}, "valid", [], []),
        ("X060:E-4", {"quantity": "1", "unit": "PCE", "net_mass_kg": "51", "value": "5", "currency": "EUR"}, "exhausted",
         ["balance_quantity"], []),
        ("X060:E-4", {"quantity": "5", "unit": "KGM", "value": "500", "currency": "USD"}, "unknown", [], ["value"]),
        ("X060:E-5", {}, "valid", [], []),
        ("X060:E-5", {"description": "VACUUM PUMP"}, "mismatch", ["description"], []),
        ("X060:E-6", {}, "unknown", [], ["register"]),
        ("X060:E-99", {}, "missing", ["reference"], []),
        ("X060", {}, "unknown", [], ["reference"]),
        ("X061:REG-5", {}, "declared", [], ["register"]),
        ("X072:E-1", {}, "mismatch", ["operation"], []),
        ("X002:GBOIE2026/00001-00002", {}, "valid", [], []),
        ("XO55", {"export_country": "SG"}, "valid", [], []),
        ("XO55", {"export_country": "SG", "operation": "transhipment"}, "mismatch", ["operation"], []),
        ("4711:E-1", {}, "valid", [], []),
    ],
)  # fmt: skip
def test_each_fact_decides_the_outcome(
    checked: Checked, documents: str, fields: dict[str, Any], outcome: str, failed: list[str], unknown: list[str]
) -> None:
    (found,) = checked(documents, **fields)
    assert (found["outcome"], found["failed"], found["unknown"]) == (outcome, failed, unknown)
    assert bool(found["questions"]) == (outcome == "unknown" and unknown != ["register"])


def test_other_documents_claim_nothing(checked: Checked) -> None:
    assert checked("Y901; N380:INV-7; 4711:E-99") == []


def test_a_licence_named_twice_draws_once(checked: Checked) -> None:
    (found,) = checked("X060:E-1; X070:E 1", quantity="20")
    assert found["outcome"] == "valid"


def test_the_evidence_shows_declared_beside_register(checked: Checked) -> None:
    (found,) = checked("X060:E-1", consignee_name="Anadolu Ornek Makina AS")
    (consignee,) = [one for one in found["evidence"] if one["field"] == "consignee"]
    assert (consignee["declared"], consignee["listed"], consignee["comparison"]) == (
        "Anadolu Ornek Makina AS", "Nile Delta Sample Fertilisers Co", "differs",
    )  # fmt: skip
    assert found["said"] == "consignee declared Anadolu Ornek Makina AS, register Nile Delta Sample Fertilisers Co"


def test_the_parts_of_a_batch_change_nothing(check: DocumentCheck, screener: Screener) -> None:
    records = [
        {**VALVE, **PARTIES, "declaration_id": f"T-{n}", "declared_on": f"2026-03-{9 - n:02}", "quantity": "6", "documents": "X060:E-1"}
        for n in range(6)
    ]
    whole, parted = (
        check.check(read_records(records, ReadOptions(screener.snapshot), part_rows=rows), date(2026, 3, 1)) for rows in (100, 2)
    )
    assert whole.equals(parted)
    assert whole.get_column("outcome").to_list() == ["exhausted", "exhausted", "exhausted", "valid", "valid", "valid"]
    assert pl.concat([of_part(whole, 0, 2), of_part(whole, 2, 4)]).get_column("item").to_list() == [0, 1, 0, 1, 2, 3]
