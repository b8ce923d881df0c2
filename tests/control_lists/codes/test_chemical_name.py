"""The form in which chemical names are compared."""

from __future__ import annotations

import pytest

from control_lists.codes.chemical_name import name_key


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("TRI-ETHANOL AMINE", "triethanolamine"),
        ("Bis (2-hydroxyethyl) sulphide", "bis(2-hydroxyethyl) sulfide"),
        ("phosphorous tri-chlorid", "phosphorus trichloride"),
        ("Hydrogen Flouride", "hydrogen fluoride"),
        ("aluminum chloride", "aluminium chloride"),
        ("N,N-diisopropyl-β-aminoethanol", "N,N-diisopropyl-(beta)-aminoethanol"),
        ("TRIÉTHANOLAMINE", "triethanolamine"),
    ],
)
def test_spellings_of_one_name_have_one_form(written: str, usual: str) -> None:
    assert name_key(written) == name_key(usual)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1-methylpiperidine", "2-methylpiperidine"),
        ("diethyl phosphite", "diethyl phosphate"),
        ("methylphosphonochloridate", "methylphosphonochloride"),
        ("wheat flour", "wheat fluor"),
    ],
)
def test_names_of_different_chemicals_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
