"""Listed limits against stated facts: met, not met, or not stated, never guessed."""

from __future__ import annotations

import pytest

from control_lists.models import Alternatives, Criterion
from control_lists.snapshot import Snapshot
from screening.goods.criteria import facts_of, judge, limit_text
from screening.goods.facts import FactReader

PRESSURE = Criterion(parameter="working_pressure", op=">=", value=69.0, unit="MPa")
DIAMETER = Criterion(parameter="outer_diameter", op=">", value=75.0, unit="mm")


@pytest.fixture(scope="module")
def reader() -> FactReader:
    return FactReader(Snapshot.open())


def status(reader: FactReader, criterion: Criterion | Alternatives, text: str = "", **attributes: str) -> str:
    stated = reader.attributes([{"name": name, "value": value} for name, value in attributes.items()])
    return judge([criterion], facts_of(stated, text, reader), reader).status


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"working_pressure": "100 MPa"}, "met"),
        ({"working_pressure": "69"}, "met"),
        ({"working_pressure": "68.9"}, "not_met"),
        ({"working_pressure": "690 bar"}, "met"),
        ({"working_pressure": "over 50 MPa"}, "not_stated"),
        ({"working_pressure": "unknown"}, "not_stated"),
        ({}, "not_stated"),
    ],
)
def test_an_attribute_decides_a_limit(reader: FactReader, attributes: dict[str, str], expected: str) -> None:
    assert status(reader, PRESSURE, **attributes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TUBES OD 4.125 in", "met"),
        ("TUBES OD 60 MM", "not_met"),
        ("TUBES ID 100 MM", "not_stated"),
        ("TUBES 100 PCS", "not_stated"),
        ("TUBES 104.8 MM OUTSIDE DIAMETER", "met"),
    ],
)
def test_a_number_in_the_text_counts_only_beside_its_cue(reader: FactReader, text: str, expected: str) -> None:
    assert status(reader, DIAMETER, text) == expected


def test_an_attribute_outranks_the_text(reader: FactReader) -> None:
    assert status(reader, DIAMETER, "TUBES OD 60 MM", outer_diameter="104.8 mm") == "met"


def test_statements_that_disagree_state_nothing(reader: FactReader) -> None:
    assert status(reader, DIAMETER, "TUBES OD 60 MM, OD 104 MM") == "not_stated"


def test_exactly_the_limit_meets_at_least_and_fails_more_than(reader: FactReader) -> None:
    assert status(reader, PRESSURE, working_pressure="69 MPa") == "met"
    assert status(reader, DIAMETER, outer_diameter="75 mm") == "not_met"


def test_a_failed_criterion_decides_all_of_and_an_unknown_one_waits(reader: FactReader) -> None:
    both = Alternatives(all=(PRESSURE, DIAMETER))
    assert status(reader, both, working_pressure="10 MPa") == "not_met"
    assert status(reader, both, working_pressure="100 MPa") == "not_stated"
    assert status(reader, both, working_pressure="100 MPa", outer_diameter="80 mm") == "met"


def test_a_met_criterion_decides_any_of(reader: FactReader) -> None:
    either = Alternatives(any=(PRESSURE, DIAMETER))
    assert status(reader, either, working_pressure="100 MPa") == "met"
    assert status(reader, either, working_pressure="10 MPa") == "not_stated"
    assert status(reader, either, working_pressure="10 MPa", outer_diameter="10 mm") == "not_met"


def test_a_met_branch_deepens_the_code(reader: FactReader) -> None:
    branch = Alternatives(any=(Alternatives(all=(PRESSURE,), code="2B204.a"), DIAMETER))
    stated = reader.attributes([{"name": "working_pressure", "value": "100 MPa"}])
    assert judge([branch], facts_of(stated, "", reader), reader).code == "2B204.a"


def test_a_near_miss_is_measured(reader: FactReader) -> None:
    stated = reader.attributes([{"name": "outer_diameter", "value": "74 mm"}])
    (judged,) = judge([DIAMETER], facts_of(stated, "", reader), reader).judged
    assert judged.status == "not_met"
    assert judged.near_pct == pytest.approx(1.333, abs=0.001)


def test_silence_on_a_purpose_is_not_stated_and_a_word_for_it_is_met(reader: FactReader) -> None:
    purpose = Criterion(parameter="for_missile_use", op="=", value=True)
    assert status(reader, purpose, "GRAPHITE BLOCKS") == "not_stated"
    assert status(reader, purpose, "GRAPHITE FOR ROCKET NOZZLES") == "met"
    assert status(reader, purpose, "GRAPHITE", for_missile_use="no") == "not_met"


def test_a_denied_word_states_no(reader: FactReader) -> None:
    space = Criterion(parameter="for_space_use", op="=", value=True)
    assert status(reader, space, "space qualified traveling wave tube") == "met"
    assert status(reader, space, "non-space-qualified traveling wave tube") == "not_met"


def test_a_limit_reads_as_a_sentence(reader: FactReader) -> None:
    assert limit_text(PRESSURE, reader) == "maximum working pressure ≥ 69 MPa"


def test_a_cue_between_two_numbers_belongs_to_the_second(reader: FactReader) -> None:
    assert [f.text for f in reader.text("TUBE OD 145MM WALL 0.5MM", "wall_thickness")] == ["0.5MM"]
    assert [f.text for f in reader.text("TUBE OD 145MM WALL 0.5MM", "outer_diameter")] == ["145MM"]


def test_the_digits_of_a_nuclide_are_part_of_its_name(reader: FactReader) -> None:
    assert [f.text for f in reader.text("HEU 93 % 5.2 kg U-235", "u235_mass")] == ["5.2 kg"]
    assert [f.text for f in reader.text("uranium oxide 600 g U-233", "u233_mass")] == ["600 g"]
    assert reader.text("2 kg U-233", "u235_mass") == []
