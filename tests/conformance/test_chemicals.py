"""Chemicals against the retyped facts: every row by number and by name, the mixture notes, and real declarations that name no chemical."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from control_lists.codes import cas
from control_lists.snapshot import Snapshot
from screening.goods.substances import SubstanceIndex

# Two family examples are described there, not named; ricin alone is also the castor plant of other languages and needs company.
_NOT_BY_NAME_ALONE = {"77104-62-2", "77104-00-8", "9009-86-3"}
_LINES_WITH_CHEMICALS = ("28", "29", "38")


@pytest.fixture(scope="module")
def index() -> SubstanceIndex:
    return SubstanceIndex(Snapshot.open())


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "facts" / "chemicals.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_listed_number_is_found_however_it_is_written(index: SubstanceIndex, rows: list[dict[str, str]]) -> None:
    assert len(rows) == 137
    for row in rows:
        number = row["cas"]
        (first, second, third) = number.split("-")
        written = [
            f"PRODUCT CAS {number}",
            f"product ({number}) 99%",
            f"CAS: 000{number}",
            f"CAS No {first} - {second} - {third}",
            f"CAS {first}\u2013{second}\u2013{third}",
            f"CAS NO. {first}{second}{third}",
        ]
        assert index.likely(written) == written
        for text in written:
            found, others = index.read(text)
            numbers = {n for f in found for n in f.substance.cas} | {n for o in others for n in o.cas}
            assert number in numbers, text


def test_every_listed_name_is_found_however_it_is_written(index: SubstanceIndex, rows: list[dict[str, str]]) -> None:
    missed = []
    for row in rows:
        if row["cas"] in _NOT_BY_NAME_ALONE:
            continue
        name = row["name"]
        written = [name, name.upper(), name.lower(), f"{name} 99% MIN 200 KG DRUMS", name.replace("-", " "), name.replace("ulph", "ulf")]
        for text in written:
            found, others = index.read(text)
            found = found if text in index.likely([text]) else ()
            numbers = {n for f in found if f.sure for n in f.substance.cas} | {n for o in others for n in o.cas}
            if row["cas"] not in numbers:
                missed.append(text)
    assert missed == []


def test_the_mixture_notes_are_those_of_the_annex(shared: Path) -> None:
    facts = json.loads((shared / "facts" / "cwc.json").read_text(encoding="utf-8"))
    notes = facts["eu_1C350_mixture_notes"]
    expected: dict[str, set[tuple[str, float]]] = {}
    for key, destination in (
        ("note_1_non_party_max_pct_each", "cwc_non_party"),
        ("note_2_party_max_pct_each", "cwc_party"),
        ("note_3_any_destination_max_pct_each", "any"),
    ):
        for number in notes[key]["entries"]:
            expected.setdefault(f"1C350.{number}", set()).add((destination, float(notes[key]["pct"])))
    for key, note in facts["eu_1C450_mixture_notes"].items():
        for part in key.split("_") if isinstance(note, dict) else ():
            for name, destination in (("non_party", "cwc_non_party"), ("party", "cwc_party"), ("any_destination", "any")):
                if f"{name}_max_pct_each" in note:
                    expected.setdefault(f"1C450.{part}", set()).add((destination, float(note[f"{name}_max_pct_each"])))
    entries = Snapshot.open().lists["eu-dual-use"].entries
    held = {
        e.code: {(m.destination, m.max_pct) for m in e.mixture if m.op == "<="}
        for e in entries
        if e.code.startswith(("1C350", "1C450")) and e.mixture
    }
    assert held == expected


def test_families_hold_every_member_that_the_facts_call_one(shared: Path, rows: list[dict[str, str]]) -> None:
    pytest.importorskip("rdkit")
    from control_lists.families import Structures

    snapshot = Snapshot.open()
    smiles = {number: s.smiles for s in snapshot.substances.values() if s.smiles for number in s.cas}
    structures = Structures(snapshot.families.values(), ())
    checked = 0
    for row in rows:
        if row["cas"] not in smiles:
            continue
        found = structures.classify(str(smiles[row["cas"]]))
        assert found is not None
        codes = {listing.code for member in found.members for listing in member.family.listings if listing.list == "cwc"}
        if row["cwc_kind"] in ("family_member", "named_example"):
            assert codes == {row["cwc_entry"].replace(".", "", 1)}, row["name"]
            checked += 1
        elif row["cwc_kind"] == "exempt" or not row["cwc_entry"]:
            assert codes == set(), row["name"]
    assert checked >= 20


def test_real_lines_that_name_no_chemical_raise_no_alarm(shared: Path, index: SubstanceIndex) -> None:
    with (shared / "data" / "declarations" / "datasets" / "tt1_clasi" / "customs_lines_dev.csv").open(encoding="utf-8", newline="") as file:
        lines = {row["GOODS_DECRIPTION"]: row["HS_CODE"] for row in csv.DictReader(file) if row["GOODS_DECRIPTION"]}
    ordinary = [text for text, code in lines.items() if not code.startswith(_LINES_WITH_CHEMICALS)]
    assert len(ordinary) > 20_000
    alarms = [(text, f.declared, f.listed) for text in index.likely(ordinary) for f in index.find(text) if f.how == "misspelt"]
    assert len(alarms) <= len(ordinary) / 10_000, alarms


def test_numbers_of_the_facts_have_valid_check_digits(rows: list[dict[str, str]]) -> None:
    assert all(cas.is_valid(row["cas"]) for row in rows)
