"""Family entries as rules on structures: named examples, the limits of every clause, exemptions, salts, and a second reading of the law."""

from __future__ import annotations

from itertools import product

import pytest

from control_lists.families import Structures
from control_lists.models import ChemicalFamily
from control_lists.snapshot import Snapshot

Chem = pytest.importorskip("rdkit.Chem")

CARBAMATE = "CN(C)C(=O)Oc1cccnc1C[N+](C)(C)"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.open()


@pytest.fixture(scope="module")
def structures(snapshot: Snapshot) -> Structures:
    """The families alone: chemicals that entries name are not taken out before."""
    return Structures(snapshot.families.values(), ())


def entries(structures: Structures, smiles: str) -> list[str]:
    found = structures.classify(smiles)
    assert found is not None, smiles
    return [member.family.listings[0].code for member in found.members]


def chain(carbons: int) -> str:
    return "C" * carbons


# One structure that each entry takes in, and what its clauses keep out of it, with the entry that holds instead.
@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("CC(C)OP(C)(=O)F", ["1A.1"]),
        (chain(10) + "OP(C)(=O)F", ["1A.1"]),
        (chain(11) + "OP(C)(=O)F", ["2B.4"]),
        ("C1CCCCC1OP(CC)(=O)F", ["1A.1"]),
        ("CC(C)OP(CCCC)(=O)F", []),
        ("CC(C)OP(C)(=O)Cl", ["2B.4"]),
        ("c1ccccc1OP(C)(=O)F", ["2B.4"]),
        ("CC(C)OP(=O)(F)OC(C)C", []),
        ("CCOP(=O)(C#N)N(C)C", ["1A.2"]),
        ("CCOP(=O)(C#N)N(C)CCCC", []),
        ("CCOP(=O)(C#N)NC", []),
        (chain(11) + "OP(=O)(C#N)N(C)C", []),
        ("CCOP(C)(=O)SCCN(C(C)C)C(C)C", ["1A.3"]),
        ("OP(C)(=O)SCCN(C(C)C)C(C)C", ["1A.3"]),
        ("CCOP(C)(=O)SCC[NH+](CC)CC.[Cl-]", ["1A.3"]),
        ("CCOP(C)(=O)SCC[N+](C)(CC)CC.[I-]", ["1A.3"]),
        ("CCOP(C)(=O)SCCCN(CC)CC", ["2B.4"]),
        ("CCOP(C)(=O)SCCN(CC)CCCC", ["2B.4"]),
        ("CCOP(C)(=O)SC(C)CN(CC)CC", ["2B.4"]),
        ("CCN(CC)C(C)=NP(C)(=O)F", ["1A.13"]),
        ("CCN(CC)C=N[PH](=O)F", ["1A.13"]),
        ("CCNC(C)=NP(C)(=O)F", ["2B.4"]),
        (f"CCN({chain(11)})C(C)=NP(C)(=O)F", ["2B.4"]),
        ("CCN(CC)C(C)=NP(=O)(F)OC", ["1A.14"]),
        ("CCN(CC)C(C)=NP(=O)(F)O", ["1A.14"]),
        ("CCN(CC)C(C)=NP(=O)(Cl)OC", []),
        (f"CCN(CC)C(C)=NP(=O)(F)O{chain(11)}", []),
        (f"{CARBAMATE}{chain(10)}[N+](C)(C)CCO.[Br-].[Br-]", ["1A.16"]),
        (f"{CARBAMATE}{chain(9)}[N+](C)(C)CCO.[Br-].[Br-]", []),
        (f"{CARBAMATE}{chain(10)}[N+](C)(C)CC.[Br-].[Br-]", []),
        ("CN(C)C(=O)Oc1cccnc1C[N+](C)(CC)CC(=O)CCCCCCC(=O)C[N+](C)(CC)Cc1ncccc1OC(=O)N(C)C.[Br-].[Br-]", ["1A.16"]),
        ("CN(C)C(=O)Oc1cccnc1C[N+](C)(CC)CCCCCCCCCC[N+](C)(CC)Cc1ncccc1OC(=O)N(C)C.[Br-].[Br-]", []),
        ("CP(F)(F)=O", ["1B.9"]),
        ("CCCCP(F)(F)=O", []),
        ("CP(Cl)(F)=O", ["2B.4"]),
        ("CCOP(C)OCCN(C(C)C)C(C)C", ["1B.10"]),
        ("O[P](C)OCCN(CC)CC", ["1B.10"]),
        ("CCOP(C)OCCCN(CC)CC", ["2B.4"]),
        ("CCOP(=O)(OCC)SCC[NH+](CC)CC.[Cl-]", ["2A.1"]),
        ("CCOP(=O)(OCC)SCCN(C)C", []),
        ("COP(C)(=O)OC", ["2B.4"]),
        ("CP(=O)(O)[O-].[Na+]", ["2B.4"]),
        ("CCCCP(=O)(O)O", []),
        ("CP(C)(=O)OC", []),
        ("ClCP(=O)(O)O", []),
        ("C1CC1P(=O)(O)O", []),
        ("CCOP(=S)(CC)Sc1ccccc1", []),
        ("CCOP(=O)(CC)Sc1ccccc1", ["2B.4"]),
        ("CCN(C)P(=O)(F)Cl", ["2B.5"]),
        ("C1CCCN1P(=O)(Cl)Cl", []),
        ("CNP(=O)(Cl)Cl", []),
        ("CCOP(=O)(N(C)C)OCC", ["2B.6"]),
        ("CCCCOP(=O)(N(C)C)OCC", []),
        ("CCOP(=O)(NC)OCC", []),
        ("CN(C)CCCl", ["2B.10"]),
        ("C[NH+](C)CCCl.[Cl-]", ["2B.10"]),
        ("C[N+](C)(C)CCCl.[Cl-]", []),
        ("CN(C)CCCCl", []),
        ("CC(Cl)CN(C)C", []),
        ("CC(C)N(CCO)C(C)C.Cl", ["2B.11"]),
        ("CCN(C)CCO", ["2B.11"]),
        ("CN(C)CCO", []),
        ("CN(C)CCO.Cl", []),
        ("CCN(CC)CCO", []),
        ("CC[NH+](CC)CCO.[Cl-]", []),
        ("C[N+](C)(C)CCO", []),
        ("CN(C)CCOC", []),
        ("CN(C)CCS", ["2B.12"]),
        ("CN(C)CCSSCCN(C)C", []),
        ("CC(S)CN(C)C", []),
    ],
)
def test_every_clause_of_a_family_decides(structures: Structures, smiles: str, expected: list[str]) -> None:
    assert entries(structures, smiles) == expected


@pytest.mark.parametrize(
    "smiles",
    [
        "CN(C)C(=O)Oc1ccc[n+](C)c1.[Br-]",  # pyridostigmine
        "CN(C)C(=O)Oc1cccc(c1)[N+](C)(C)C.[Br-]",  # neostigmine
        "OC(=O)CCCc1ccc(cc1)N(CCCl)CCCl",  # chlorambucil
        "NC(Cc1ccc(cc1)N(CCCl)CCCl)C(=O)O",  # melphalan
        "ClCCN(CCCl)P1(=O)NCCCO1",  # cyclophosphamide
        "NCP(=O)(O)O",
        "OC(=O)CNCP(=O)(O)O",
        "COP(=O)(OC)C(O)C(Cl)(Cl)Cl",
        "OP(=O)(O)CCCl",
        "OCP(=O)(O)O",
        "C=CP(=O)(O)O",
        "OP(=O)(O)c1ccccc1",
        "CCOP(=O)(CC(=O)OCC)OCC",
        "CCOP(=O)(Cc1ccccc1)OCC",
        "OP(=O)(O)C(O)(C)P(=O)(O)O",
        "FC(F)(F)P(=O)(O)O",
        "CC(C)CP(=O)(O)O",
        "CC(C)(C)P(=O)(O)O",
        "COP(=O)(OC)OC=C(Cl)Cl",
        "CCOP(O)=O.[Al]",
        "COP(OC)OC",
        "CCN(CC)CC",
        "OCCN(CCO)CCO",
    ],
)
def test_near_structures_are_in_no_family(structures: Structures, smiles: str) -> None:
    assert entries(structures, smiles) == []


SUBSTITUTED = (
    "CCl", "CBr", "CF", "C(F)F", "C(F)(F)F", "C(Cl)(Cl)Cl", "CO", "CN", "CS", "CC#N", "CC(=O)O", "CCCl", "CCO", "CCBr", "CCN", "CCC#N",
    "C(O)C", "CCCCl", "CCCO", "C=C", "CC=C", "C=CC", "C#C", "c1ccccc1", "Cc1ccccc1", "C1CCCCC1", "C1CC1", "CCCC", "C(C)(C)C",
)  # fmt: skip


@pytest.mark.parametrize("group", SUBSTITUTED)
def test_phosphonates_of_other_groups_than_methyl_to_propyl_are_in_no_family(structures: Structures, group: str) -> None:
    assert entries(structures, f"P(=O)(OC)(OC){group}") == []
    assert entries(structures, f"P(=O)(O)(O){group}") == []


def test_water_isotopes_and_drawn_charges_make_no_other_chemical(structures: Structures) -> None:
    assert entries(structures, "CCCP(=O)(O)O.O.O") == ["2B.4"]
    assert entries(structures, "[13CH3]P(=O)(O)O") == ["2B.4"]
    assert entries(structures, "[2H]C([2H])([2H])P(=O)(OC)OC") == ["2B.4"]
    assert entries(structures, "C[P+]([O-])(F)F") == ["1B.9"]


def test_a_carbamate_with_another_anion_is_a_question(structures: Structures) -> None:
    found = structures.classify(f"{CARBAMATE}{chain(10)}[N+](C)(C)CCO.[Cl-].[Cl-]")
    assert found is not None
    assert [member.open for member in found.members] == ["Is it the dibromide that the entry names?"]


def test_a_chemical_that_a_list_names_is_that_chemical_and_no_family(snapshot: Snapshot) -> None:
    structures = Structures(snapshot.families.values(), snapshot.substances.values())
    held = [s for s in snapshot.substances.values() if s.smiles]
    assert len(held) >= 125
    for substance in held:
        found = structures.classify(str(substance.smiles))
        assert found is not None
        assert found.substance is not None
        assert (found.substance.id, found.members) == (substance.id, ())
    dmmp = structures.classify("InChI=1S/C3H9O3P/c1-5-7(3,4)6-2/h1-3H3")
    assert dmmp is not None
    assert dmmp.substance is not None
    assert "756-79-6" in dmmp.substance.cas


def test_what_is_no_structure_is_none(structures: Structures) -> None:
    assert structures.classify("not a structure") is None
    assert structures.classify("") is None


# ------------------------------------------------------------------------------------------- a second reading
SHORT = "$([CH3]),$([CH2][CH3]),$([CH2][CH2][CH3]),$([CH]([CH3])[CH3])"
ENDS = r"!$(*~[!#1;!#6;!#15;!#7;!#8;!#9;!#16;!#17;!#35;!#53])"
SMARTS = {
    "2B.4": f"[#15;$([#15]-[{SHORT}]);!$([#15](~[#6])~[#6])]",
    "2B.5": f"[NX3;D3;$([N]([{SHORT}])([{SHORT}])P)]-[PX4;D4](=[OX1])([F,Cl,Br,I])[F,Cl,Br,I]",
    "2B.6": f"[NX3;D3;$([N]([{SHORT}])([{SHORT}])P)]-[PX4;D4](=[OX1])([OX2;D2;$(O([{SHORT}])P)])[OX2;D2;$(O([{SHORT}])P)]",
    "1B.9": f"[PX4;D4;$(P[{SHORT}])](=[OX1])([F])[F]",
    "1A.1": f"[PX4;D4;$(P[{SHORT}])](=[OX1])([F])[OX2;D2][CX4]",
    "1A.2": f"[PX4;D4](=[OX1])([C]#N)([OX2;D2][CX4])[NX3;D3;$(N([{SHORT}])([{SHORT}])P)]",
}
GROUPS = ("C", "CC", "CCC", "C(C)C", "CCCC", "CC(C)C", "C(C)(C)C", "CCl", "C=C", "c1ccccc1", "")


def generated() -> list[str]:
    """Structures around phosphorus and nitrogen with every pair of groups of one panel, most of them in no entry."""
    cores = (
        "P(=O)(F)(F){a}", "P(=O)(O{b})(F){a}", "P(=O)(O{b})(OC){a}", "P(=S)(Cl)(Cl){a}", "P(O{b})(OC){a}", "P(=O)({b})(OC){a}",
        "P(=O)(Cl)(Cl)N(C){a}", "P(=O)(Cl)(F)N({b}){a}", "P(=O)(OC)(O{b})N(C){a}", "P(=O)(C#N)(O{b})N(C){a}",
    )  # fmt: skip
    found = {core.format(a=f"({a})" if a else "", b=b) for core in cores for a, b in product(GROUPS, GROUPS)}
    made = {Chem.MolToSmiles(mol) for text in found if (mol := Chem.MolFromSmiles(text.replace("()", ""))) is not None}
    return sorted(made)


def by_smarts(smiles: str) -> set[str]:
    mol = Chem.MolFromSmiles(smiles)
    found = {entry for entry, smarts in SMARTS.items() if mol.HasSubstructMatch(Chem.MolFromSmarts(smarts))}
    saturated = Chem.MolFromSmarts("[OX2]([PX4])[$([CX4]),$([CX4][CX4])]")
    for entry in ("1A.1", "1A.2"):
        branch = Chem.MolFromSmarts("[OX2;$(OP)]-[#6]")
        if entry in found and not _only_alkyl(mol, branch, saturated):
            found.discard(entry)
    return found - {"2B.4"} if found & {"1A.1", "1B.9"} else found


def _only_alkyl(mol: object, branch: object, saturated: object) -> bool:
    """Whether the ester group holds sp3 carbons alone: no halogen, double bond or ring of the panel."""
    odd = Chem.MolFromSmarts("[OX2;$(OP)]-[$([CX4][Cl]),$(C=C),$(c)]")
    return not mol.HasSubstructMatch(odd)  # type: ignore[attr-defined]


def test_both_readings_of_the_law_agree_on_every_generated_structure(structures: Structures) -> None:
    made = generated()
    assert len(made) > 400
    listed = 0
    for smiles in made:
        ours = set(entries(structures, smiles))
        assert ours & set(SMARTS) == by_smarts(smiles), smiles
        listed += bool(ours)
    assert 100 < listed < len(made)


# ------------------------------------------------------------------------------------------------- mutations
def mutations(family: ChemicalFamily) -> list[ChemicalFamily]:
    """The family with one clause changed: a kind widened, a group fewer, hydrogen let in, salts changed, an exemption dropped."""
    changed: list[ChemicalFamily] = []
    for place, held in enumerate(family.substituents):
        updates: list[dict[str, object]] = [
            {"kind": "alkyl" if held.kind != "alkyl" else "short_alkyl"},
            {"or_hydrogen": not held.or_hydrogen},
        ]
        for update in updates:
            specs = list(family.substituents)
            specs[place] = held.model_copy(update=update)
            changed.append(family.model_copy(update={"substituents": tuple(specs)}))
    if family.salt_at:
        changed.append(family.model_copy(update={"salts": "protonated" if family.salts == "alkylated" else "alkylated"}))
    changed += [family.model_copy(update={"exempt": tuple(e for e in family.exempt if e is not free)}) for free in family.exempt]
    return changed


def probes() -> list[str]:
    """Structures on both sides of every clause: each place with a group of the entry, none, and one too large or of another kind."""
    some, long = ("C", "", "CCCCC", chain(11)), chain(11)
    ring = "C1CCCCC1"
    amine = [("CC", "C"), ("CC", "CCCC"), ("CC", ""), ("CC", long)]
    texts = generated()
    texts += [f"{r}OP({p})(=O)SCCN({a}){b}" for r in ("", "CC", "CCCCC", long) for p in ("C", "CCCC", "") for a, b in amine]
    texts += [f"{r}OP({p})OCCN({a}){b}" for r in ("", "CC", "CCCCC", long) for p in ("C", "CCCC", "") for a, b in amine]
    texts += [f"CCN({a})C({r})=NP({p})(=O)F" for a in ("CC", "CCCC", "", "C=C", long) for r in some for p in some]
    texts += [f"CCN({a})C({r})=NP(=O)(F)O{p}" for a in ("CC", "CCCC", "", "C=C", long) for r in some for p in some]
    texts += [f"CCN({a})CC{x}" for a in ("C", "CC", "CCCC", "") for x in ("Cl", "O", "S")]
    texts += [f"C[N+](C)(CC)CC{x}.[Br-]" for x in ("Cl", "O", "S")]
    texts += ["CN(C)CCO", "CN(C)CCO.Cl", "CCN(CC)CCO.Cl", "CCOP(=S)(CC)Sc1ccccc1", "CCOP(=O)(OCC)SCC[N+](C)(CC)CC.[I-]"]
    texts += ["CCOP(C)(=O)SCC[N+](C)(CC)CC.[I-]", "CCOP(C)(=O)SCC[NH+](CC)CC.[Cl-]", "CCOP(C)OCC[N+](C)(CC)CC.[I-]"]
    texts += ["CCN(CC)C(C)=[N+](C)P(=O)(F)OC.[I-]", "CCN(CC)C(C)=[N+](C)P(C)(=O)F.[I-]"]
    pyridine = "CN(C)C(=O)Oc1cccnc1C"
    ammonio = ("[N+](C)(C)", f"[N+](C)({ring})", "[NH+](C)")
    texts += [f"{pyridine}{m}{chain(10)}{n}{e}.[Br-].[Br-]" for m in ammonio for n in ammonio for e in ("CCO", "CC")]
    texts += [f"{pyridine}[N+](C)(C){chain(10)}[NH+](C)C.[Br-].[Br-]"]
    texts += [f"{pyridine}{m}CC(=O)CC(=O)C{n}Cc1ncccc1OC(=O)N(C)C.[Br-].[Br-]" for m in ammonio for n in ammonio]
    return [text for raw in texts if Chem.MolFromSmiles(text := raw.replace("()", "")) is not None]


def test_no_clause_can_change_unseen(snapshot: Snapshot) -> None:
    asked = probes()
    unseen = []
    for family in snapshot.families.values():
        alone = family.model_copy(update={"unless": ()})
        before = [bool(found and found.members) for found in map(Structures([alone], ()).classify, asked)]
        for number, changed in enumerate(mutations(alone)):
            after = [bool(found and found.members) for found in map(Structures([changed], ()).classify, asked)]
            if before == after:
                unseen.append((family.id, number))
    assert unseen == []
