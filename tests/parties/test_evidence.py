"""What stands beside the name: only what both sides state counts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from control_lists.models import WatchlistEntity
from screening.parties.evidence import beyond_the_name, is_decisive

BASE = {"id": "1", "name": "Torvald Hexanor", "kind": "person", "programmes": ["T"], "cites": ["test"]}


def listed(**fields: Any) -> WatchlistEntity:
    return WatchlistEntity.model_validate({**BASE, **fields})


def party(**fields: Any) -> dict[str, Any]:
    return {"name": "Torvald Hexanor", "country": None, "address": None, "identifiers": None, **fields}


def test_an_equal_identifier_decides() -> None:
    found = beyond_the_name(party(identifiers=["imo:9187629"]), listed(identifiers=["imo:9187629"]))
    assert (found.decisive, found.conflicts) == ("imo:9187629", ())


def test_another_number_of_a_kind_that_a_party_has_once_is_a_conflict() -> None:
    found = beyond_the_name(party(identifiers=["imo:9074729"]), listed(identifiers=["imo:9187629"]))
    assert found.decisive is None
    assert found.conflicts == ("the declared IMO 9074729 is not the listed party's (9187629)",)


def test_another_passport_is_no_conflict_since_people_have_several() -> None:
    assert beyond_the_name(party(identifiers=["passport:A1"]), listed(identifiers=["passport:B2"])).conflicts == ()


def test_an_imo_number_that_fails_its_check_digit_is_told() -> None:
    found = beyond_the_name(party(identifiers=["imo:9187628"]), listed())
    assert found.conflicts == ("the declared IMO number 9187628 fails its check digit",)


def test_a_short_number_of_a_national_register_decides_nothing() -> None:
    assert not is_decisive("reg:4711", "CN", listed(countries=["CN"]))
    assert not is_decisive("reg:4711000", "DE", listed(countries=["CN"]))
    assert is_decisive("reg:4711000", "CN", listed(countries=["CN"]))
    assert is_decisive("reg:4711000", None, listed(countries=["CN"]))


def test_countries_agree_or_differ_or_are_silent() -> None:
    assert beyond_the_name(party(country="KP"), listed(countries=["KP", "CN"])).supports == ("the country KP is the listed party's",)
    assert beyond_the_name(party(country="DE"), listed(countries=["KP"])).conflicts == (
        "the declared country is DE, the listed party's KP",
    )
    assert beyond_the_name(party(country="DE"), listed()).conflicts == ()


def test_birth_dates_agree_by_day_by_year_and_by_range() -> None:
    born = ["birth:1962-08-06"]
    whole = beyond_the_name(party(identifiers=born), listed(birth_dates=["1962-08-06"]))
    assert (whole.supports, whole.identifies) == (("the birth date is the listed person's",), True)
    for stated in ("1962", "1960/1964", "~1964", "1962-08"):
        year = beyond_the_name(party(identifiers=born), listed(birth_dates=[stated]))
        assert (year.supports, year.identifies) == (("the birth year agrees",), False)
    other = beyond_the_name(party(identifiers=["dob:1971"]), listed(birth_dates=["1962-08-06"]))
    assert other.conflicts == ("the declared birth date is not the listed person's (1962-08-06)",)


def test_the_same_unit_of_a_building_identifies_and_the_building_supports() -> None:
    here = listed(addresses=["Unit 12, 88 Ferrin Road, Quillmark Centre, Hexam"])
    unit = beyond_the_name(party(address="Quillmark Centre, 88 Ferrin Rd, Unit 12, Hexam"), here)
    assert (unit.supports, unit.identifies) == (("the address is the same unit",), True)
    building = beyond_the_name(party(address="Quillmark Centre, 88 Ferrin Rd, Hexam"), here)
    assert (building.supports, building.identifies) == (("the address is the same building",), False)


FIELDS = {
    "countries": ["KP"],
    "addresses": ["1 Ferrin Road, Hexam"],
    "identifiers": ["passport:K1", "imo:9187629"],
    "birth_dates": ["1962"],
    "birth_places": ["Hexam"],
    "remarks": ["a remark"],
    "linked": ["2"],
}


@given(st.sets(st.sampled_from(sorted(FIELDS))))
def test_a_record_gains_and_loses_nothing_by_fields_that_the_declaration_does_not_state(stated: set[str]) -> None:
    bare = beyond_the_name(party(), listed())
    assert beyond_the_name(party(), listed(**{field: FIELDS[field] for field in stated})) == bare
