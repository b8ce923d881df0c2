"""Chemicals in texts: exact names with their guards, names misspelt, and identifiers that contradict one another."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from control_lists.chemical_index import ChemicalIndex
from control_lists.codes.chemical_name import name_key
from control_lists.snapshot import Snapshot
from screening.engine import Screener
from screening.goods.substances import SubstanceIndex
from screening.policy import Policy
from screening.single import determine
from tests.conftest import DAY, Ask
from tests.goods.typos import slips


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.open()


@pytest.fixture(scope="module")
def index(snapshot: Snapshot) -> SubstanceIndex:
    return SubstanceIndex(snapshot)


def named(index: SubstanceIndex, text: str) -> list[tuple[str, str]]:
    """Substances and how they are named; a text that the first look leaves out names none."""
    return [(f.substance.id, f.how) for f in index.find(text)] if text in index.likely([text]) else []


@pytest.mark.parametrize(
    "text",
    [
        "TRIETHANOLAMINE 99% MIN, 200 KG DRUMS, UN 2922",
        "TRI-ETHANOL AMINE",
        "TRIETHANOLAMINE99%",
        "80 DRUMS TRIETHANOLAMINE-85% CAS NO. 102-71-6",
        "tri ethanolamine (pure)",
    ],
)
def test_purity_packing_and_numbers_around_a_name_do_not_matter(index: SubstanceIndex, text: str) -> None:
    assert ("triethanolamine", "name") in named(index, text)


@pytest.mark.parametrize(
    "text",
    [
        "DIMETHYLAMINE-BORANE COMPLEX",
        "2,4-D DIMETHYLAMINE SALT",
        "TRIETHANOLAMINE LAURYL SULFATE",
        "METHYLTRIETHANOLAMINE",
        "DODECYL TRIETHANOLAMINE",
        "ZINC O,O-DIETHYL PHOSPHORODITHIOATE",
        "SODIUM CYANIDE DETECTOR",
    ],
)
def test_a_listed_name_inside_a_longer_one_is_none(index: SubstanceIndex, text: str) -> None:
    assert named(index, text) == []


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("TRIETANOLAMINE", "triethanolamine"),
        ("PHOSPHORS TRICLORIDE 200KG", "phosphorus-trichloride"),
        ("THIODYGLYCOL", "thiodiglycol"),
        ("SODIUM CYNAIDE BRIQUETTES", "sodium-cyanide"),
        ("DIMETHYL METHYL PHOSPHONTE", "dimethyl-methylphosphonate"),
        ("METYLDIETHANOLAMINE", "methyldiethanolamine"),
    ],
)
def test_a_misspelt_name_is_possible_and_never_sure(index: SubstanceIndex, text: str, substance: str) -> None:
    (found,) = index.find(text)
    assert (found.substance.id, found.how, found.sure) == (substance, "misspelt", False)


@pytest.mark.parametrize(
    "text",
    [
        "N,N-DIMETHYLFORMAMIDE", "DIMETHYL FORMAMIDE", "DIMETHYLACETAMIDE", "TRIMETHYL PHOSPHATE", "TRIETHYL PHOSPHATE", "SODIUM SULFITE",
        "SODIUM SULPHITE", "CHLOROACETALDEHYDE", "2-CHLOROETHANAL", "DIETHANOLAMINE", "POTASSIUM CHLORIDE", "PHOSPHORUS TRIBROMIDE",
        "FOSETYL-ALUMINIUM", "TRICHLORFON", "TRIBUTYL PHOSPHATE", "TRIPROPYLAMINE", "METHYLAMINE", "SODIUM CYANATE", "TRIETHYL BORATE",
        "N,N-DIMETHYLETHANOLAMINE", "DIMETHYL PHTHALATE", "AMINOMETHYLPHOSPHONIC ACID", "DIPHENYLACETIC ACID",
    ],
)  # fmt: skip
def test_near_names_of_other_chemicals_are_not_listed_ones(index: SubstanceIndex, text: str) -> None:
    assert named(index, text) == []


def test_an_unknown_chemical_that_gains_a_part_is_not_meant(index: SubstanceIndex) -> None:
    # Neither name is held: the guard alone tells them from 1C350.73 and 1C350.58.
    assert named(index, "N,N-DIPENTYLFORMAMIDINE") == []
    assert named(index, "TRIISOPENTYL PHOSPHITE") == []


def test_nine_of_ten_slips_are_found_and_hardly_any_means_another_chemical(snapshot: Snapshot, index: SubstanceIndex) -> None:
    cases = list(slips(snapshot, seed=7, each=2))
    likely = set(index.likely([text for text, _ in cases]))
    outcome: Counter[str] = Counter()
    for text, meant in cases:
        found = {f.substance.id for f in index.find(text)} if text in likely else set()
        possible = {f.substance.id for f in index.find(text) if f.how == "misspelt"} if text in likely else set()
        outcome["right"] += meant in found
        outcome["wrong"] += bool(possible) and meant not in found
    assert len(cases) > 2000
    assert outcome["right"] / len(cases) >= 0.90
    assert outcome["wrong"] / len(cases) <= 0.005


def test_a_misspelt_name_asks_and_a_second_sign_settles(ask: Ask) -> None:
    possible = ask(description="TRIETHANLAMINE 99% DRUMS")
    assert possible["flag"] == "REVIEW"
    assert possible["questions"][0] == "Is triethanolamine (CAS 102-71-6) meant by 'TRIETHANLAMINE'?"
    assert ask(description="TRIETHANLAMINE CAS 102-71-6")["flag"] == "LICENCE_REQUIRED"


@pytest.mark.parametrize(
    "record",
    [
        {"description": "TRIETHANOLAMINE CAS 68-12-2"},
        {"description": "68-12-2 TRIETHANOLAMINE"},
        {"description": "TRIETHANOLAMINE", "cas_number": "68-12-2"},
        {"description": "N,N-DIMETHYLFORMAMIDE CAS 102-71-6"},
        {"description": "DIMETHYLFORMAMIDE", "cas_number": "102-71-6"},
        {"description": "TRIETHANOLAMINE CAS 68-12-2", "control_code": "1C350.46"},
    ],
)
def test_a_number_and_a_name_of_two_chemicals_are_a_question(ask: Ask, record: dict[str, str]) -> None:
    found = ask(**record)
    assert found["flag"] == "REVIEW"
    assert "which is right?" in found["questions"][0]


@pytest.mark.parametrize(
    "record",
    [
        {"description": "TRIETHANOLAMINE CAS 102-71-6"},
        {"description": "TRIETHANOLAMINE CAS 102-71-6, DIMETHYLFORMAMIDE CAS 68-12-2"},
        {"description": "DIMETHYLFORMAMIDE, TRIETHANOLAMINE", "cas_number": "68-12-2; 102-71-6"},
        {"description": "TRIETHANOLAMINE IN WATER 85 % W/W", "cas_number": "7732-18-5"},
        {"description": "CLEANER WITH TRIETHANOLAMINE 40 % W/W", "cas_number": "67-63-0"},
    ],
)
def test_numbers_of_several_chemicals_in_one_good_contradict_nothing(ask: Ask, record: dict[str, str]) -> None:
    assert ask(**record)["flag"] == "LICENCE_REQUIRED"


@pytest.fixture(scope="module")
def local(snapshot: Snapshot) -> ChemicalIndex:
    """A made-up index: two names near listed ones, a number of another chemical, and one of a family member."""
    names = [name_key(name) for name in ("triethanlamine", "triethanolamine undecanoate", "unobtainyl chloride")]
    return ChemicalIndex.of(names, ["99999-00-5"], {"99999-01-6": "phosphorus-one-short-alkyl"}, "test")


def test_an_exact_name_of_the_local_index_is_never_a_misspelt_one(snapshot: Snapshot, local: ChemicalIndex) -> None:
    assert named(SubstanceIndex(snapshot), "TRIETHANLAMINE") == [("triethanolamine", "misspelt")]
    assert named(SubstanceIndex(snapshot, local), "TRIETHANLAMINE") == []
    assert named(SubstanceIndex(snapshot, local), "TRIETHANOLAMINE UNDECANOATE") == []


def test_a_number_that_the_local_index_gives_to_a_family_is_a_candidate(snapshot: Snapshot, local: ChemicalIndex) -> None:
    screener = Screener(snapshot, Policy(), chemicals=local)
    record = {"declaration_id": "T", "export_country": "DE", "destination_country": "VN"}

    def asked(**more: str) -> dict[str, object]:
        (found,) = determine(screener, {**record, **more}, as_of=DAY, jurisdictions=("EU",), limit=5)
        return found

    found = asked(description="INTERMEDIATE CAS 99999-01-6")
    assert found["flag"] == "LICENCE_REQUIRED"
    (candidate,) = found["candidates"]  # type: ignore[misc]
    assert (candidate["code"], candidate["status"]) == ("1C450.b.1", "met")
    assert candidate["evidence"][0]["comparison"] == "family"
    assert candidate["evidence"][0]["listed"].startswith("family by structure: phosphorus bonded to one methyl")
    assert asked(description="INTERMEDIATE, SOLUTION", cas_number="99999-01-6")["flag"] == "REVIEW"
    assert asked(description="TRIETHANOLAMINE CAS 99999-00-5")["flag"] == "REVIEW"
    assert screener.applied.endswith(f";chemicals:{local.digest}")


def test_the_local_index_reads_back_as_it_was_written(local: ChemicalIndex, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    assert ChemicalIndex.open(folder) is None
    local.write(folder)
    held = ChemicalIndex.open(folder)
    assert held is not None
    assert held.digest == local.digest
    assert held.family_of("99999-01-6") == "phosphorus-one-short-alkyl"
    assert held.family_of("99999-00-5") is None
    assert held.is_other("99999-00-5")
    assert not held.is_other("102-71-6")


def test_a_declared_structure_is_the_chemical_or_a_member_of_a_family(ask: Ask) -> None:
    pytest.importorskip("rdkit")
    named = ask(description="ORGANIC INTERMEDIATE", attributes={"smiles": "COP(C)(=O)OC"})
    member = ask(description="ORGANIC INTERMEDIATE", attributes={"inchi": "InChI=1S/C3H9O3P/c1-2-3-7(4,5)6/h2-3H2,1H3,(H2,4,5,6)"})
    assert [(c["code"], c["status"]) for c in named["candidates"]] == [("1C350.3", "met")]
    assert [(c["code"], c["status"]) for c in member["candidates"]] == [("1C450.b.1", "met")]
    assert ask(description="ORGANIC INTERMEDIATE, SOLUTION", attributes={"smiles": "CCCP(=O)(O)O"})["flag"] == "REVIEW"
    unread = ask(description="ORGANIC INTERMEDIATE", attributes={"smiles": "no structure"})
    assert any("counts as unknown" in note["text"] for note in unread["notes"])


def test_without_the_chem_extra_a_declared_structure_says_so_in_one_line(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdkit", None)
    record = {
        "declaration_id": "T",
        "export_country": "DE",
        "destination_country": "VN",
        "description": "X",
        "attributes": {"smiles": "CCO"},
    }
    (found,) = determine(Screener(snapshot, Policy()), record, as_of=DAY, jurisdictions=("EU",), limit=5)
    assert any("pip install 'stc-engine[chem]'" in note["text"] for note in found["notes"])
