"""The same building or suite, whatever the order and abbreviations; another number is another place."""

from __future__ import annotations

import pytest

from screening.parties.addresses import same_place

LISTED = "Unit 1205, 12/F, Quillmark Centre, 88 Ferrin Road, Hexam, Vostrel"


@pytest.mark.parametrize(
    ("declared", "place"),
    [
        ("UNIT 1205 12F QUILLMARK CENTRE 88 FERRIN RD HEXAM VOSTREL", "unit"),
        ("88 Ferrin Rd., Quillmark Ctr, 12th Fl., Rm 1205, Vostrel", "unit"),
        ("Quillmark Centre, 88 Ferrin Road, Hexam", "building"),
        ("Unit 701, Quillmark Centre, 88 Ferrin Road, Hexam, Vostrel", "building"),
        ("Unit 1205, 12/F, Oldemar Tower, 17 Senveil Street, Hexam, Vostrel", None),
        ("90 Ferrin Road, Hexam, Vostrel", None),
        ("Hexam", None),
        ("", None),
    ],
)
def test_an_address_against_a_listed_one(declared: str, place: str | None) -> None:
    assert same_place(declared, LISTED) == place
    assert same_place(LISTED, declared) == place


def test_a_city_and_a_country_in_common_are_no_place() -> None:
    assert same_place("14 Brandlocke Lane, Hexam, Vostrel", "77 Torvald Avenue, Hexam, Vostrel") is None


def test_a_postal_code_is_no_building() -> None:
    assert same_place("Oldemar Mardenholt Works, 101000 Hexam", "Senveil Foundry, 101000 Hexam") is None
