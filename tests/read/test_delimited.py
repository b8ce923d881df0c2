"""CSV and TSV: delimiters, encodings, headers, quotation marks and rows that do not fit."""

from __future__ import annotations

import codecs
from typing import Any

import pytest

from screening.errors import DeclarationFormatError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_common_delimiter_is_found(read_text: Any, delimiter: str) -> None:
    text = "hs_code,description,value\n848180,valve,5\n010210,cattle,6\n".replace(",", delimiter)
    assert read_text(text).items["hs_code"].to_list() == ["848180", "010210"]


@pytest.mark.parametrize(
    "content",
    [
        "description,consignee_name\nваленки,ООО ПРИМЕР\n".encode("utf-8-sig"),
        "description,consignee_name\r\nваленки,ООО ПРИМЕР\r\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "description,consignee_name\nваленки,ООО ПРИМЕР\n".encode("utf-16-be"),
        "description,consignee_name\nваленки,ООО ПРИМЕР\n".encode("utf-16-le"),
        "description,consignee_name\nваленки,ООО ПРИМЕР\n".encode(),
    ],
)
def test_unicode_encodings_are_told_apart(read_text: Any, content: bytes) -> None:
    found = read_text(content)
    assert found.items["description"].to_list() == ["валенки"]
    assert found.parties["name"].to_list() == ["ООО ПРИМЕР"]


def test_a_row_that_is_not_utf8_is_read_as_windows_1252_and_said_so(read_text: Any) -> None:
    found = read_text(b"description,consignee_name\nK\xfchler,M\xfcller\n" + "насос,ООО ПРИМЕР\n".encode())
    assert found.items["description"].to_list() == ["Kühler", "насос"]
    assert any("Windows-1252" in line for line in found.reports)


def test_title_rows_above_the_header_are_skipped_and_said_so(read_text: Any) -> None:
    found = read_text('Pre-check list,,\n"Printed\n09/03/2026",,\nHS_CODE,PRODUCT_DESCRIPTION,QTY\n848180,valve,10\n')
    assert found.items.select("hs_code", "description", "quantity", "source_row").rows() == [("848180", "valve", 10.0, 4)]
    assert "declarations.csv: 2 rows above the header are not read" in found.reports


def test_line_breaks_and_quotation_marks_inside_quotes_belong_to_the_field(read_text: Any) -> None:
    found = read_text('hs_code,description,unit\n848180,"valve\nDN25, ""H"" type",PCE\n848190,part,PCE\n')
    assert found.items["description"].to_list() == ['valve\nDN25, "H" type', "part"]
    assert found.items["source_row"].to_list() == [2, 3]


def test_inch_marks_inside_a_field_are_text(read_text: Any) -> None:
    found = read_text('hs_code,description\n848180,2" ball valve 3"\n848181,"2"" gate valve"\n')
    assert found.items["description"].to_list() == ['2" ball valve 3"', '2" gate valve']


def test_an_unclosed_quotation_mark_costs_its_own_row_only(read_text: Any) -> None:
    found = read_text('hs_code,description,unit\n1001,"wheat,KG\n848180,"valve",PCE\n848190,pump,PCE\n')
    assert found.rejects.select("row", "reason").rows() == [(2, "opens a quotation mark that is not closed where a field ends")]
    assert found.items["description"].to_list() == ["valve", "pump"]
    assert found.items["source_row"].to_list() == [3, 4]


def test_a_quotation_mark_unclosed_to_the_end_of_the_file_loses_no_row(read_text: Any) -> None:
    rows = "".join(f"8481,valve {n},PCE\n" for n in range(50))
    found = read_text('hs_code,description,unit\n1001,"wheat,KG\n' + rows)
    assert (found.items.height, found.rejects.height) == (50, 1)


def test_stray_quotation_marks_in_a_quoted_field_are_read_when_the_row_still_fits(read_text: Any) -> None:
    found = read_text('hs_code,description\n848180,"VALVE 2" SS"\n')
    assert found.items.height == 1
    assert found.items["description"][0].startswith("VALVE 2")


def test_a_row_with_too_many_or_too_few_fields_is_a_reject_with_its_row(read_text: Any) -> None:
    found = read_text("hs_code,description,unit\n1,2,3,4\n848180,valve,PCE\n848180\n848180,valve,PCE,,\n")
    assert found.rejects.rows() == [
        ("declarations.csv", 2, None, "has 4 fields where the header has 3"),
        ("declarations.csv", 4, None, "has 1 fields where the header has 3"),
    ]
    assert found.items["source_row"].to_list() == [3, 5]


def test_a_repeated_header_is_no_declaration(read_text: Any) -> None:
    found = read_text("hs_code,description\n848180,valve\nhs_code,description\n848190,part\n")
    assert found.items["description"].to_list() == ["valve", "part"]
    assert found.rejects["reason"].to_list() == ["repeats the header"]


def test_blank_rows_are_no_records(read_text: Any) -> None:
    found = read_text("hs_code,description\n\n848180,valve\n,\n \n848190,part\n\n")
    assert (found.items["source_row"].to_list(), found.rejects.height) == ([3, 6], 0)


def test_the_size_of_the_parts_changes_no_reading(read_text: Any) -> None:
    rows = [f'D{n},03/04/2026,"1.{n:03}","valve ""{n}""{chr(10) if n % 7 == 0 else " "}DN25"' for n in range(100)]
    text = "declaration_id,declared_on,value,description\n" + "\n".join([*rows, 'D100,25/04/2026,"2,5",pump', "broken"]) + "\n"
    large, small = read_text(text), read_text(text, part_rows=7)
    assert large.items["declared_on"].dt.month().unique().to_list() == [4]
    assert large.items["value"][1] == 1001.0
    assert small.items.drop("item").equals(large.items.drop("item"))
    assert small.rejects.equals(large.rejects)


def test_parts_number_their_items_from_zero(read_text: Any) -> None:
    found = read_text("description\n" + "valve\n" * 5, part_rows=2)
    assert found.items["item"].to_list() == [0, 1, 0, 1, 0]


def test_the_proven_and_the_careful_way_read_the_same(read_text: Any) -> None:
    body = "".join(f'D{n},"a ""{n}"", b", c ,\n' for n in range(200))
    header = "declaration_id,description,marks,foo\n"
    fast, careful = read_text(header + body), read_text(header + body + 'X,2" tube,,\n')
    assert fast.items.drop("item").equals(careful.items.head(200).drop("item"))


def test_a_header_only_file_has_no_items(read_text: Any) -> None:
    found = read_text("hs_code,description\n")
    assert (found.items.height, found.rejects.height) == (0, 0)


def test_a_file_without_a_known_column_is_refused_in_one_line(read_text: Any) -> None:
    with pytest.raises(DeclarationFormatError, match=r"^declarations.csv: row 1: no column is one we know \('foo,bar'\); name the columns"):
        read_text("foo,bar\n1,2\n")
