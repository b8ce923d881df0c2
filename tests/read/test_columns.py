"""Column names: the contract's, foreign ones, the caller's map, and what is carried."""

from __future__ import annotations

from typing import Any

import pytest

from screening.errors import UsageError


def test_the_contract_name_comes_before_a_synonym(read_text: Any) -> None:
    found = read_text("GOODS_DESC,Description\nsecond,first\n")
    assert found.items.select("description", "remarks").rows() == [("first", "second")]


def test_the_english_twin_of_a_description_is_kept_as_remarks(read_text: Any) -> None:
    found = read_text("PRODUCT_DESCRIPTION,PRODUCT_DESCRIPTION_EN\nклапан,valve\n,pump\nsame,same\n")
    assert found.items.select("description", "remarks").rows() == [("клапан", "valve"), ("pump", None), ("same", None)]


def test_the_wording_of_the_tariff_never_becomes_a_trader_text(read_text: Any) -> None:
    found = read_text("GOODS_DECRIPTION,HS_DESCRIPTION,HS_CODE_DESCRIPTION_EN\nbowl,plastic ware,tableware\n")
    assert found.items.select("description", "tariff_text", "remarks").rows() == [("bowl", "tableware; plastic ware", None)]


def test_unknown_columns_are_carried_untouched_and_reported_once(read_text: Any) -> None:
    found = read_text("description,freight,foo\nvalve, 12 ,NULL\nvalve,13,\n", part_rows=1)
    assert found.extra.columns == ["item", "freight", "foo"]
    assert found.extra.rows() == [(0, " 12 ", "NULL"), (0, "13", "")]
    assert [line for line in found.reports if "carried" in line] == [
        "declarations.csv: 2 columns are not of the contract and are carried through: freight, foo"
    ]


def test_a_second_column_of_a_field_is_carried(read_text: Any) -> None:
    found = read_text("description,value,CIF_VALUE\nvalve,5,6\n")
    assert found.items["value"].to_list() == [5.0]
    assert found.extra["CIF_VALUE"].to_list() == ["6"]


def test_a_foreign_column_called_item_does_not_meet_the_key(read_text: Any) -> None:
    found = read_text("description,item_number,item\nvalve,2,x\n")
    assert found.extra.columns == ["item", "item (declared)"]
    assert found.items["item_number"].to_list() == [2]


def test_columns_of_one_name_are_both_kept(read_text: Any) -> None:
    found = read_text("description,description,foo,foo\nvalve,brass,1,2\n")
    assert found.items.select("description", "remarks").rows() == [("valve", "brass")]
    assert found.extra.columns == ["item", "foo", "foo (2)"]


def test_the_callers_map_comes_first(read_text: Any) -> None:
    found = read_text("Ware,description\nKlapan,x\n", columns={"Ware": "description"})
    assert found.items.select("description", "remarks").rows() == [("Klapan", "x")]


def test_a_column_without_latin_letters_can_be_mapped(read_text: Any) -> None:
    assert read_text("товар,foo\nклапан,1\n", columns={"товар": "description"}).items["description"].to_list() == ["клапан"]


def test_a_map_to_an_unknown_field_is_misuse(read_text: Any) -> None:
    with pytest.raises(UsageError, match="'nonsense'"):
        read_text("description\nx\n", columns={"a": "nonsense"})


def test_set_fills_blanks_only(read_text: Any) -> None:
    found = read_text(
        "description,export_country\nvalve,\npump,FR\nseal,NULL\n",
        blanks={"export_country": "DE", "operation": "transit", "consignee_country": "VN"},
    )
    assert found.items["export_country"].to_list() == ["DE", "FR", "DE"]
    assert found.items["operation"].to_list() == ["transit"] * 3
    assert found.parties.select("role", "country").unique().rows() == [("consignee", "VN")]
    assert "declarations.csv: export_country: 2 blank values are filled with 'DE'" in found.reports


def test_set_of_an_unknown_field_is_misuse(read_text: Any) -> None:
    with pytest.raises(UsageError, match="'colour'"):
        read_text("description\nx\n", blanks={"colour": "red"})
