"""Names that are plainly a person's, and those that are not."""

from __future__ import annotations

import pytest

from control_lists.importers.person_names import is_person_name, may_be_person_name


@pytest.mark.parametrize(
    "name",
    [
        "Ahmad Karimi",
        "JOHN Q. DOE",
        "Dmitry V Rodin",
        "Ilmar Kharesovich Sabin",
        "Dr. Mohammad Nayeb",
        "MARIO QUINTERO, JR.",
        "Jean-Pierre Roux",
    ],
)
def test_a_given_name_a_patronymic_or_a_middle_initial_shows_a_person(name: str) -> None:
    assert is_person_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ahmad Trading", "Victor Electronics", "Ali", "David & Sons", "Peter 7 Works", "Blue Star",
        "Martin Holding Company Limited", "JSC Ivan",
        "Obshchestvo S Ogranichennoi Otvetstvennostyu VOLNA", "Mohammad Jan (Pvt) Ltd.",
    ],
)  # fmt: skip
def test_a_doubt_is_settled_for_the_organisation(name: str) -> None:
    assert not is_person_name(name)


@pytest.mark.parametrize(
    ("name", "may_be"),
    [
        ("NICK STEVENS", True), ("Ko-Suen Moo", True), ("Placido Molina, Jr.", True), ("Bin Wu", True), ("EMTRASUR", False),
        ("Blue Star Trading", False), ("ALNASER AIRLINES", False), ("L&M Works", False), ("Kaituo Precise Instrument Co. Ltd", False),
    ],
)  # fmt: skip
def test_a_doubt_is_settled_for_the_person_where_a_list_is_mostly_of_persons(name: str, may_be: bool) -> None:
    assert may_be_person_name(name) is may_be
