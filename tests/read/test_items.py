"""Typed fields of an item: what is read, what is noted, what is a reject."""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.frames import ITEM, PARTY, REJECT


def test_the_frames_have_the_columns_of_the_contract(read_text: Any) -> None:
    found = read_text("description\nvalve\n")
    assert dict(found.items.schema) == ITEM
    assert dict(found.parties.schema) == PARTY
    assert dict(found.rejects.schema) == REJECT


def test_absent_facts_have_their_defaults(read_text: Any) -> None:
    (item,) = read_text("description\nvalve\n", name="may.csv").items.to_dicts()
    assert (item["declaration_id"], item["item_number"], item["operation"]) == ("may:2", 1, "export")
    assert (item["source_file"], item["source_row"]) == ("may.csv", 2)
    assert (item["transit_countries"], item["attributes"], item["documents"], item["problems"]) == ([], [], [], [])


def test_bad_optional_values_are_noted_and_unknown(read_text: Any) -> None:
    found = read_text(
        "description,declared_on,destination_country,net_mass_kg,value,hs_code,item_number\nvalve,31/02/2026,Atlantis,-5,many,x,one\n"
    )
    (item,) = found.items.to_dicts()
    assert [item[f] for f in ("declared_on", "destination_country", "net_mass_kg", "value", "hs_code")] == [None] * 5
    assert sorted(item["problems"]) == [
        "declared_on: '31/02/2026' is not a date",
        "destination_country: 'Atlantis' is not a country we know",
        "hs_code: 'x' is not a code of 2 to 10 digits",
        "item_number: 'one' is not a whole number; 1 is assumed",
        "net_mass_kg: '-5' is negative",
        "value: 'many' is not a number",
    ]
    assert found.rejects.height == 0


def test_texts_that_state_nothing_are_blank_without_a_problem(read_text: Any) -> None:
    found = read_text("description,destination_country,value,declared_on\nvalve,XX,NULL,<null/>\npump,N/A,-,.\n")
    assert found.items.select("destination_country", "value", "declared_on").rows() == [(None, None, None)] * 2
    assert found.items["problems"].to_list() == [[], []]


def test_a_row_that_states_nothing_to_screen_is_a_reject(read_text: Any) -> None:
    found = read_text("description,hs_code,control_code,cas_number,consignee_name,value\n,,,,,5\n-,NULL,N/A,.,,6\n,,,,ACME,\n,8481,,,,\n")
    assert found.rejects.select("row", "reason").rows() == [
        (2, "states no description, hs_code, control_code, cas_number or party"),
        (3, "states no description, hs_code, control_code, cas_number or party"),
    ]
    assert found.items["source_row"].to_list() == [4, 5]
    assert found.parties.select("item", "name").rows() == [(0, "ACME")]


def test_numbers_state_unit_and_currency(read_text: Any) -> None:
    found = read_text("description;quantity;net_mass_kg;value\nvalve;10 PCS;12.5 KG;EUR 1.234,56\nwire;1 234,5;500 g;0,1\n")
    assert found.items.select("quantity", "unit", "net_mass_kg", "value", "currency").rows() == [
        (10.0, "PCS", 12.5, 1234.56, "EUR"),
        (1234.5, None, 0.5, 0.1, None),
    ]


def test_a_value_column_in_dollars_says_its_currency(read_text: Any) -> None:
    found = read_text('description,TOTAL_VALUE_USD,CURRENCY\nvalve,"12,500.00",RUB\n')
    assert found.items.select("value", "currency").rows() == [(12500.0, "USD")]


def test_one_value_settles_the_order_of_day_and_month_for_its_column(read_text: Any) -> None:
    first = read_text("description,declared_on\na,03/04/2026\nb,25/04/2026\n").items["declared_on"].to_list()
    second = read_text("description,declared_on\na,03/04/2026\nb,04/25/2026\n").items["declared_on"].to_list()
    assert first == [date(2026, 4, 3), date(2026, 4, 25)]
    assert second == [date(2026, 3, 4), date(2026, 4, 25)]


def test_an_order_of_day_and_month_that_is_not_proven_is_unknown(read_text: Any) -> None:
    found = read_text("description,declared_on\na,03/04/2026\nb,2026-04-05\nc,05/05/2026\n")
    assert found.items["declared_on"].to_list() == [None, date(2026, 4, 5), date(2026, 5, 5)]
    assert found.items["problems"][0].to_list() == ["declared_on: '03/04/2026' day and month cannot be told apart"]


def test_codes_stay_text(read_text: Any) -> None:
    found = read_text("declaration_id,hs_code,control_code,cas_number,un_number\n0012,010210,1E001,111-48-8,UN 1244\n")
    assert found.items.select("declaration_id", "hs_code", "control_code", "cas_number", "un_number").rows() == [
        ("0012", "010210", "1E001", "111-48-8", "1244")
    ]


def test_documents_are_code_and_reference(read_text: Any) -> None:
    found = read_text("description,documents,LICENCE_NUMBER\nvalve,X060:DE-2026-17; Y901,\npump,,L-5\n")
    assert found.items["documents"].to_list() == [
        [{"code": "X060", "reference": "DE-2026-17", "valid_until": None}, {"code": "Y901", "reference": None, "valid_until": None}],
        [{"code": "LICENCE", "reference": "L-5", "valid_until": None}],
    ]


def test_attribute_columns_become_parameters_with_the_unit_of_the_name(read_text: Any) -> None:
    found = read_text("description,attr_uts_MPa,attr_frame_rate,attr_retail_packed,attr_colour\ntube,520,,true,\ncamera,,60 Hz,,red\n")
    assert found.items["attributes"].to_list() == [
        [{"name": "ultimate_tensile_strength", "value": "520 MPa"}, {"name": "retail_packed", "value": "true"}],
        [{"name": "frame_rate", "value": "60 Hz"}, {"name": "colour", "value": "red"}],
    ]
    assert "declarations.csv: 1 attribute name is of no parameter and is kept: colour" in found.reports


def test_the_unit_of_a_name_counts_before_an_alias_that_holds_it(read_text: Any) -> None:
    found = read_text("description,attr_UTS_ksi,attr_content_pct\ntube,75,\nmixture,,12 %\nmixture,,12\n")
    assert found.items["attributes"].to_list() == [
        [{"name": "ultimate_tensile_strength", "value": "75 ksi"}],
        [{"name": "concentration", "value": "12 %"}],
        [{"name": "concentration", "value": "12 percent"}],
    ]


def test_a_suffix_that_is_no_unit_is_another_attribute(read_text: Any) -> None:
    found = read_text("description,attr_uts_tolerance\ntube,5\n")
    assert found.items["attributes"].to_list() == [[{"name": "uts_tolerance", "value": "5"}]]


def test_an_attributes_column_is_read_by_name_and_else_kept_as_text(read_text: Any) -> None:
    found = read_text('description;ATTRIBUTES\ncamera;{"frame_rate": 60}\ntile;60 x 60 grey\n')
    assert found.items["attributes"].to_list() == [[{"name": "frame_rate", "value": "60"}], []]
    assert found.items["remarks"].to_list() == [None, "60 x 60 grey"]


def test_transit_countries_are_a_list(read_text: Any) -> None:
    found = read_text(
        'description,transit_countries\nvalve,SG; United Arab Emirates;XX\npump,"Korea, Republic of"\nseal,"TR, AE"\nring,Mars\n'
    )
    assert found.items["transit_countries"].to_list() == [["SG", "AE"], ["KR"], ["TR", "AE"], []]
    assert found.items["problems"][3].to_list() == ["transit_countries: 'Mars' is not a country we know"]


def test_the_second_country_column_serves_where_the_first_cannot_be_read(read_text: Any) -> None:
    found = read_text("description,DESTINATION_COUNTRY,DESTINATION_COUNTRY_CODE\na,Elbonia,VN\nb,,IR\nc,KP,XX\n")
    assert found.items["destination_country"].to_list() == ["VN", "IR", "KP"]
    assert found.items["problems"].to_list() == [[], [], []]
