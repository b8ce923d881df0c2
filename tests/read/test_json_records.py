"""JSON and NDJSON: nested and flat records, and lines that are none."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from screening.errors import DeclarationFormatError
from screening.read import ReadOptions, read_records

NESTED = {
    "declaration_id": "D1",
    "hs_code": "010210",
    "quantity": 12.50,
    "transit_countries": ["SG", "ARE"],
    "parties": [
        {"role": "exporter", "name": "Gamma GmbH", "country": "DE", "identifiers": ["lei:X1", "77"]},
        {"role": "importer", "name": "ACME", "country": "Iran", "address": {"street": "A 1", "city": "Tehran"}},
        {"role": "seller", "name": "BETA", "birth_date": "1970"},
    ],
    "documents": [{"code": "X060", "reference": "DE-17", "valid_until": "31.12.2026"}, "Y901"],
    "attributes": {"frame_rate": 60, "uts": {"value": 520, "unit": "MPa"}, "retail_packed": False},
    "my_field": {"a": [1]},
}


def test_a_nested_record_is_read_whole(read_text: Any) -> None:
    found = read_text(json.dumps(NESTED) + "\n", name="d.ndjson")
    (item,) = found.items.to_dicts()
    assert (item["hs_code"], item["quantity"], item["transit_countries"]) == ("010210", 12.5, ["SG", "AE"])
    assert found.parties.select("role", "name", "country", "address", "identifiers").rows() == [
        ("exporter", "Gamma GmbH", "DE", None, ["lei:X1", "id:77"]),
        ("consignee", "ACME", "IR", "A 1, Tehran", []),
        ("seller", "BETA", None, None, []),
    ]
    assert item["documents"] == [
        {"code": "X060", "reference": "DE-17", "valid_until": "2026-12-31"},
        {"code": "Y901", "reference": None, "valid_until": None},
    ]
    assert item["attributes"] == [
        {"name": "frame_rate", "value": "60"},
        {"name": "ultimate_tensile_strength", "value": "520 MPa"},
        {"name": "retail_packed", "value": "false"},
    ]
    assert found.extra.drop("item").to_dicts() == [{"parties (other)": '{"birth_date": "1970"}', "my_field": '{"a": ["1"]}'}]
    assert any("seller" in line for line in found.reports)


def test_a_malformed_line_is_one_reject_and_the_others_are_read(read_text: Any) -> None:
    found = read_text('{"description": "valve"}\n{"description": \n[1]\n\n{"description": "pump"}\n', name="d.ndjson")
    assert found.items.select("description", "source_row").rows() == [("valve", 1), ("pump", 5)]
    assert found.rejects.select("row").to_series().to_list() == [2, 3]
    assert found.rejects["reason"][1] == "is not a JSON object"


def test_numbers_of_json_stay_as_they_are_written(read_text: Any) -> None:
    found = read_text(
        '{"description": "v", "hs_code": 8481809900, "value": 1e3, "declaration_id": 12345678901234567890}\n', name="d.ndjson"
    )
    assert found.items.select("hs_code", "value", "declaration_id").rows() == [("8481809900", 1000.0, "12345678901234567890")]


@pytest.mark.parametrize(
    "text", ['[{"description": "valve"}]', '{"declarations": [{"description": "valve"}]}', '{\n "description": "valve"\n}']
)
def test_json_may_be_an_array_a_wrapper_or_one_record(read_text: Any, text: str) -> None:
    assert read_text(text, name="d.json").items["description"].to_list() == ["valve"]


def test_flat_names_are_understood_in_json(read_text: Any) -> None:
    found = read_text(
        '[{"PRODUCT_DESCRIPTION": "valve", "consignee_2_name": "ACME", "attr_frame_rate_hz": 9, "buyer": {"name": "B"}}]', name="d.json"
    )
    assert found.items["description"].to_list() == ["valve"]
    assert found.parties.select("role", "name").rows() == [("consignee", "ACME"), ("buyer", "B")]
    assert found.items["attributes"].to_list() == [[{"name": "frame_rate", "value": "9 Hz"}]]


def test_a_record_of_parties_alone_is_an_item(read_text: Any) -> None:
    found = read_text('{"parties": [{"role": "buyer", "name": "ACME"}]}\n{"documents": ["Y901"]}\n', name="d.ndjson")
    assert (found.items.height, found.rejects["row"].to_list()) == (1, [2])


def test_json_that_is_none_is_refused_in_one_line(read_text: Any) -> None:
    with pytest.raises(DeclarationFormatError, match=r"^d\.json: is not valid JSON: .*; correct it"):
        read_text('[{"description": "valve"', name="d.json")


def test_deep_nesting_is_one_reject(read_text: Any) -> None:
    found = read_text('{"description": "valve"}\n' + '{"a":' * 100_000 + "\n", name="d.ndjson")
    assert (found.items.height, found.rejects.height) == (1, 1)


def test_records_in_memory_are_read_with_values_of_any_type(reference: Any) -> None:
    records: list[dict[str, Any]] = [
        {"description": "valve", "declared_on": date(2026, 3, 9), "quantity": 12.0, "consignee_name": "ACME", "buyer": {"name": "B"}},
        {"hs_code": "010210", "description": None, "attributes": [{"name": "fps", "value": 60}]},
        {},
    ]
    (found,) = read_records(records, ReadOptions(reference))
    assert found.items.select("declaration_id", "declared_on", "quantity", "hs_code").rows() == [
        ("records:1", date(2026, 3, 9), 12.0, None),
        ("records:2", None, None, "010210"),
    ]
    assert found.parties.select("item", "role", "name").rows() == [(0, "consignee", "ACME"), (0, "buyer", "B")]
    assert found.items["attributes"][1].to_list() == [{"name": "frame_rate", "value": "60"}]
    assert found.rejects.select("row", "field").rows() == [(3, "description")]


def test_no_records_are_one_empty_part(reference: Any) -> None:
    (found,) = read_records([], ReadOptions(reference))
    assert (found.items.height, found.rejects.height) == (0, 0)


@pytest.mark.parametrize("name", ["d.json", "d.ndjson"])
def test_json_without_a_known_field_is_refused(read_text: Any, name: str) -> None:
    with pytest.raises(DeclarationFormatError, match=rf"^{name}: row 1: no field is one we know \('foo'\)"):
        read_text('{"foo": 1}\n', name=name)


@pytest.mark.parametrize("form", [lambda value: value, json.dumps], ids=["nested", "as text"])
def test_half_a_surrogate_pair_is_shown_as_no_character(reference: Any, form: Any) -> None:
    record = {"description": "x\ud800", "attributes": form({"note": "\udfff"}), "parties": [{"name": "a\ud800b"}]}
    (part,) = read_records([record], ReadOptions(reference))
    (item,) = part.items.to_dicts()
    assert item["description"] == "x\ufffd"
    assert part.parties.get_column("name").to_list() == ["a\ufffdb"]
    assert item["attributes"] == [{"name": "note", "value": "\ufffd"}]
