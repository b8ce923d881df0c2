"""Telling formats apart, spreadsheets, Parquet, streams, and files that are nothing we read."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from screening.errors import DeclarationFormatError
from screening.read import ReadOptions, read


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\n", "is empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x1f\x8b\x08\x00abc", "compressed"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (bytes(range(256)) * 40, "binary"),
        (b"PK\x03\x04 not a workbook", "workbook"),
        (b"PAR1 not parquet", "Parquet"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_with_a_cure(read_text: Any, content: bytes, cure: str) -> None:
    with pytest.raises(DeclarationFormatError) as refused:
        read_text(content)
    assert str(refused.value).startswith("declarations.csv: ")
    assert cure in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_refused(reference: Any, tmp_path: Path) -> None:
    with pytest.raises(DeclarationFormatError, match="no such file"):
        list(read(tmp_path / "none.csv", ReadOptions(reference)))


def test_a_stream_is_read_and_sniffed(reference: Any) -> None:
    (csv,) = read(io.BytesIO(b"description;value\nvalve;5\n"), ReadOptions(reference))
    (ndjson,) = read(io.BytesIO(b'{"description": "valve"}\n{"description": "pump"}\n'), ReadOptions(reference))
    assert csv.items.select("description", "source_file", "declaration_id").rows() == [("valve", "stdin", "stdin:2")]
    assert ndjson.items["description"].to_list() == ["valve", "pump"]


def test_the_format_asked_for_is_taken(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "data.bin"
    path.write_bytes(b"description\tvalue\nvalve, brass\t5\n")
    (found,) = read(path, ReadOptions(reference, input_format="tsv"))
    assert found.items["description"].to_list() == ["valve, brass"]


def test_parquet_of_any_types_is_read(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    pl.DataFrame(
        {
            "hs_code": ["010210", None],
            "description": ["cattle", "valve"],
            "declared_on": [date(2026, 3, 9), None],
            "item_number": [3.0, None],
            "value": [1234.5, 2.0],
            "foo": [True, None],
        }
    ).write_parquet(path)
    (found,) = read(path, ReadOptions(reference))
    assert found.items.select("hs_code", "declared_on", "item_number", "value", "source_row").rows() == [
        ("010210", date(2026, 3, 9), 3, 1234.5, 1),
        (None, None, 1, 2.0, 2),
    ]
    assert found.extra["foo"].to_list() == ["true", None]


def test_nested_parquet_is_read(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    pl.DataFrame(
        {"description": ["valve"], "parties": [[{"role": "buyer", "name": "ACME", "country": "IR"}]], "declared_on": [date(2026, 3, 9)]}
    ).write_parquet(path)
    (found,) = read(path, ReadOptions(reference))
    assert found.parties.select("role", "name", "country").rows() == [("buyer", "ACME", "IR")]
    assert found.items["declared_on"].to_list() == [date(2026, 3, 9)]


def test_a_spreadsheet_keeps_codes_and_dates(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(path) as book:
        cover = book.add_worksheet("Cover")
        cover.write(0, 0, "For the attention of customs")
        sheet = book.add_worksheet("Items")
        zeros, day = book.add_format({"num_format": "000000"}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(1, 1, "List of goods")
        for column, name in enumerate(["hs_code", "description", "declared_on", "quantity", "declaration_id"], 1):
            sheet.write(3, column, name)
        sheet.write_string(4, 1, "010210")
        sheet.write(4, 2, "cattle")
        sheet.write_datetime(4, 3, datetime(2026, 3, 9), day)
        sheet.write(4, 4, 12.5)
        sheet.write(4, 5, 20260000123)
        sheet.write_number(6, 1, 10210, zeros)
        sheet.write(6, 2, "horse")
    (found,) = read(path, ReadOptions(reference))
    assert found.items.select("hs_code", "description", "declared_on", "quantity", "declaration_id", "source_row").rows() == [
        ("010210", "cattle", date(2026, 3, 9), 12.5, "20260000123", 5),
        ("010210", "horse", None, None, "d:7", 7),
    ]
    assert "d.xlsx: only sheet 'Items' is read, not: Cover" in found.reports


def test_a_spreadsheet_without_a_known_column_is_refused(reference: Any, tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "foo")
    with pytest.raises(DeclarationFormatError, match=r"^d\.xlsx: row 1: no sheet has a column we know"):
        list(read(path, ReadOptions(reference)))
