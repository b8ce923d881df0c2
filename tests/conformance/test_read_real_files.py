"""Reading real files: nothing is lost, and the layouts of sixty customs administrations open."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from screening.read import Declarations, ReadOptions, read


def _all(path: Path, options: ReadOptions) -> Declarations:
    parts = list(read(path, options))
    frames = [pl.concat([getattr(part, name) for part in parts], how="diagonal") for name in ("items", "parties", "extra", "rejects")]
    return Declarations(*frames, [line for part in parts for line in part.reports])


def _records(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for row in csv.reader(stream) if any(cell.strip() for cell in row)) - 1


@pytest.mark.parametrize(
    ("name", "records"), [("datasets/tt1_clasi/customs_lines_dev.csv", 31_977), ("datasets/uk_fpo_reference/extra_references.csv", 2_358)]
)
def test_every_record_of_a_large_file_is_an_item(declarations: Path, options: ReadOptions, name: str, records: int) -> None:
    found = _all(declarations / name, options)
    assert _records(declarations / name) == records
    assert (found.items.height, found.rejects.height) == (records, 0)


def test_the_description_and_the_tariff_wording_are_told_apart(declarations: Path, options: ReadOptions) -> None:
    found = _all(declarations / "datasets/tt1_clasi/customs_lines_dev.csv", options)
    assert found.items.select("hs_code", "tariff_text", "description").row(1) == (
        "3924100000",
        "Tableware and kitchenware of plastics",
        "155  CTNS X 100  PCS PLASTIC CUPS",
    )


def test_a_brokers_list_with_a_title_is_read(declarations: Path, options: ReadOptions) -> None:
    found = _all(declarations / "broker_csv/sample_broker.csv", options)
    assert found.items.select("declaration_id", "source_row", "destination_country", "origin_country", "hs_code", "value").rows() == [
        ("E7247", 4, "KH", "CN", "848180", 12_500.0),
        ("E7248", 5, None, "RU", "90262020", 48_200.0),
        ("E7249", 6, "VN", "CN", None, 0.0),
    ]
    assert found.parties.filter(role="exporter").select("name", "address").row(0) == ("SAMPLE TRADING FZE", "PO BOX 1, SHARJAH")


def test_every_layout_opens_with_all_its_rows(declarations: Path, options: ReadOptions) -> None:
    layouts = json.loads((declarations / "datasets/portbrain_derived/layouts.json").read_text(encoding="utf-8"))
    described = 0
    paths = sorted((declarations / "datasets/portbrain").glob("*.xlsx"))
    assert len(paths) >= 101
    for path in paths:
        found = _all(path, options)
        assert found.items.height > 0, path.name
        if path.name in layouts:
            assert found.items.height + found.rejects.height == layouts[path.name]["rows"], path.name
            assert found.items["source_row"].min() == layouts[path.name]["header_row"] + 1, path.name
        described += bool(found.items["description"].is_not_null().any() and found.parties["name"].is_not_null().any())
    assert described >= 82


def test_every_real_column_name_is_read_or_carried(declarations: Path, options: ReadOptions) -> None:
    synonyms = json.loads((declarations / "broker_csv/column_synonyms.json").read_text(encoding="utf-8"))
    known = {header for synonym in options.reference.column_synonyms for header in synonym.headers}
    without_a_field = {"record_id", "country_ambiguous", "port_loading", "port_discharge", "gross_mass", "packages", "package_kind",
                       "transport_document", "lane", "incoterm", "country_trading"}  # fmt: skip
    missing = [
        header
        for field, headers in synonyms.items()
        if field not in {"_note", *without_a_field}
        for header in headers
        if header not in known
    ]
    assert missing == []
