"""Declared parties: columns, twins, name blocks and identifiers."""

from __future__ import annotations

from typing import Any


def test_flat_columns_become_parties_in_order_of_role(read_text: Any) -> None:
    found = read_text(
        "description,consignee_name,consignee_country,consignee_2_name,exporter_name,vessel_id,end_user_address\n"
        "valve,ACME,Viet Nam,BETA,Gamma GmbH,imo:9187629,Street 1\n"
    )
    assert found.parties.select("party", "role", "name", "country", "address").rows() == [
        (0, "exporter", "Gamma GmbH", None, None),
        (1, "consignee", "ACME", "VN", None),
        (2, "consignee", "BETA", None, None),
        (3, "end_user", None, None, "Street 1"),
        (4, "vessel", None, None, None),
    ]
    assert found.parties["identifiers"].to_list()[4] == ["imo:9187629"]


def test_identifiers_have_a_type(read_text: Any) -> None:
    found = read_text("description,consignee_id\nvalve,LEI:5299 00;HRB 12;IMO 9187629\n")
    assert found.parties["identifiers"].to_list() == [["lei:5299 00", "id:HRB 12", "imo:9187629"]]


def test_a_name_of_several_lines_is_a_name_and_an_address(read_text: Any) -> None:
    found = read_text(
        'description,exporter_name,exporter_address\nvalve,"ACME LTD\nPO BOX 1\nDUBAI",UAE\npump,SAMPLE FZE/NPO BOX 2/NSHARJAH,\n'
        "seal,ACME_x000D_\u2028STREET 3,\nring,OIL/NATURAL GAS CO,\n"
    )
    assert found.parties.select("name", "address").rows() == [
        ("ACME LTD", "PO BOX 1, DUBAI, UAE"),
        ("SAMPLE FZE", "PO BOX 2, SHARJAH"),
        ("ACME", "STREET 3"),
        ("OIL/NATURAL GAS CO", None),
    ]


def test_the_twin_of_a_name_is_screened_as_a_further_party(read_text: Any) -> None:
    found = read_text(
        "description,EXPORTER_NAME,EXPORTER_NAME_EN,EXPORTER_ADDRESS\na,ООО ПРИМЕР,OOO PRIMER,Moscow\nb,Same,Same,X\nc,,Only,\n"
    )
    assert found.parties.select("item", "party", "role", "name", "address").rows() == [
        (0, 0, "exporter", "ООО ПРИМЕР", "Moscow"),
        (0, 1, "exporter", "OOO PRIMER", "Moscow"),
        (1, 0, "exporter", "Same", "X"),
        (2, 0, "exporter", "Only", None),
    ]


def test_foreign_party_columns_belong_together_by_their_stem(read_text: Any) -> None:
    found = read_text("description,CONSIGNEE_NAME,IMPORTER_NAME,IMPORTER_TIN,IMPORTER_ADDRESS\na,BANK,ACME,77,Hanoi\n")
    assert found.parties.select("role", "name", "address").rows() == [("consignee", "BANK", None), ("consignee", "ACME", "Hanoi")]
    assert found.parties["identifiers"].to_list() == [[], ["id:77"]]


def test_a_country_that_cannot_be_read_is_noted_on_the_item(read_text: Any) -> None:
    found = read_text("description,buyer_name,buyer_country\nvalve,ACME,Freedonia\n")
    assert found.parties["country"].to_list() == [None]
    assert found.items["problems"].to_list() == [["buyer_country: 'Freedonia' is not a country we know"]]


def test_a_country_alone_is_kept_but_is_no_declared_party(read_text: Any) -> None:
    found = read_text("description,buyer_country\nvalve,IR\n,IR\n")
    assert found.parties.select("item", "role", "country").rows() == [(0, "buyer", "IR")]
    assert found.rejects["row"].to_list() == [3]


def test_a_flat_parties_column_is_screened(read_text: Any) -> None:
    found = read_text('description;parties\nvalve;[{"role": "buyer", "name": "ACME", "country": "IR"}]\npump;BETA CO\n')
    assert found.parties.select("item", "role", "name", "country").rows() == [(0, "buyer", "ACME", "IR"), (1, "unknown", "BETA CO", None)]
