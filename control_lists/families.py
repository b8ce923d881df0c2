"""Declared structures against the listed chemicals and the family entries of the law. Needs the ``chem`` extra (rdkit).

A family is read from data: SMARTS finds its fixed core, then every branch that hangs on a numbered atom is walked without
re-entering the core and must be of the kind and number that the text gives. So a limit of ten carbons holds a branch, not the
molecule, and nothing may hang where the text names nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from control_lists.errors import ListDataError
from control_lists.models import ChemicalFamily, Substance, Substituents

if TYPE_CHECKING:
    from rdkit.Chem import Atom, Mol

MISSING = "structures are not read without the chem extra: pip install 'stc-engine[chem]'"
_MAX_CARBONS = 10
_MAX_MATCHES = 64
# Groups that end an alkyl, written from the carbon that carries them: hydroxyl, cyano, acetoxy.
_ENDS = ("[OX2H]", "[CX2]#[NX1]", "[OX2]C(=O)[CH3]")


class FamilyMember(NamedTuple):
    """A structure that a family takes in. ``open``: what the text names and the structure does not show, as a question."""

    family: ChemicalFamily
    open: str | None


class Classified(NamedTuple):
    """What a structure is: the listed chemical itself, or else the families that take it in."""

    substance: Substance | None
    members: tuple[FamilyMember, ...]


class Structures:
    """Reads SMILES and InChI against listed chemicals and families. Opened once; raises ListDataError without the chem extra."""

    def __init__(self, families: Iterable[ChemicalFamily], substances: Iterable[Substance]) -> None:
        try:
            from rdkit import Chem, RDLogger
        except ImportError:
            raise ListDataError(MISSING) from None
        RDLogger.DisableLog("rdApp.*")
        from rdkit.Chem.MolStandardize.rdMolStandardize import Uncharger

        self._chem = Chem
        self._neutral = Uncharger()
        self._families = [_Rule(family, Chem) for family in families]
        listed = [(s, mol) for s in substances if s.smiles and (mol := self._parsed(s.smiles)) is not None]
        self._listed = {self._key(mol): s for s, mol in listed}
        self._built_of = {_elements(mol) for _, mol in listed}

    def classify(self, text: str) -> Classified | None:
        """What the structure ``text`` (SMILES or InChI) is, or None where it cannot be read.

        Water of crystallisation, isotopes and stereochemistry make no other chemical of it; a salt is one, unless the entry says so.
        """
        mol = self._parsed(text)
        if mol is None:
            return None
        substance = self._listed.get(self._key(mol)) if _elements(mol) in self._built_of else None
        if substance is not None:
            return Classified(substance, ())
        parts = [_Part(part, frozenset(a.GetAtomicNum() for a in part.GetAtoms())) for part in self._chem.GetMolFrags(mol, asMols=True)]
        found: list[FamilyMember] = []
        for rule in self._families:
            if not {member.family.id for member in found} & set(rule.family.unless):
                member = rule.member(parts)
                found += [member] if member else []
        return Classified(None, tuple(found))

    def _key(self, mol: Mol) -> str:
        """One spelling of a chemical, of a salt however its charges are drawn."""
        return str(self._chem.MolToSmiles(self._neutral.uncharge(mol), isomericSmiles=False))

    def _parsed(self, text: str) -> Mol | None:
        chem = self._chem
        text = text.strip()
        mol = chem.MolFromInchi(text) if text.startswith("InChI=") else chem.MolFromSmiles(text)
        if mol is None or mol.GetNumAtoms() == 0:
            return None
        return _plain(mol, chem)


def _elements(mol: Mol) -> tuple[int, ...]:
    """The heavy atoms of a structure, by which most are told apart before they are spelt out."""
    return tuple(sorted(atom.GetAtomicNum() for atom in mol.GetAtoms()))


def _plain(mol: Mol, chem: Any) -> Mol:
    """The molecule without isotopes, water and the drawn charges of P=O and P=S bonds."""
    for atom in mol.GetAtoms():
        atom.SetIsotope(0)
    mol = chem.RemoveAllHs(mol)
    fragments = chem.GetMolFrags(mol, asMols=True)
    kept = [part for part in fragments if not _is_water(part)]
    if kept and len(kept) < len(fragments):
        whole = kept[0]
        for part in kept[1:]:
            whole = chem.CombineMols(whole, part)
        mol = whole
    for bond in mol.GetBonds():
        for p, other in ((bond.GetBeginAtom(), bond.GetEndAtom()), (bond.GetEndAtom(), bond.GetBeginAtom())):
            if p.GetAtomicNum() == 15 and p.GetFormalCharge() == 1 and other.GetFormalCharge() == -1 and other.GetAtomicNum() in (8, 16):
                bond.SetBondType(chem.BondType.DOUBLE)
                p.SetFormalCharge(0)
                other.SetFormalCharge(0)
    chem.SanitizeMol(mol)
    return mol


def _is_water(mol: Mol) -> bool:
    return bool(mol.GetNumAtoms() == 1 and mol.GetAtomWithIdx(0).GetAtomicNum() == 8 and mol.GetAtomWithIdx(0).GetFormalCharge() == 0)


class _Part(NamedTuple):
    """One fragment of a structure and the elements that it holds."""

    mol: Mol
    elements: frozenset[int]


class _Core(NamedTuple):
    """One SMARTS of a family: the pattern, its numbered atoms by number, and the elements without which nothing matches it."""

    pattern: Mol
    numbered: dict[int, int]
    elements: frozenset[int]


class _Rule:
    """A family ready to be asked."""

    def __init__(self, family: ChemicalFamily, chem: Any) -> None:
        self.family = family
        self._chem = chem
        self._cores = [self._core(smarts) for smarts in family.cores]
        self._ends = [chem.MolFromSmarts(f"[CX4:1]{end}") for end in _ENDS]
        self._exempt = {chem.MolToSmiles(chem.MolFromSmiles(free.smiles), isomericSmiles=False): free.salts for free in family.exempt}
        self._anion = chem.MolToSmiles(chem.MolFromSmiles(family.anion)) if family.anion else None

    def _core(self, smarts: str) -> _Core:
        pattern = self._chem.MolFromSmarts(smarts)
        if pattern is None:
            raise ListDataError(f"family '{self.family.id}': '{smarts}' is no SMARTS")
        numbered = {atom.GetAtomMapNum(): atom.GetIdx() for atom in pattern.GetAtoms() if atom.GetAtomMapNum()}
        return _Core(pattern, numbered, frozenset(atom.GetAtomicNum() for atom in pattern.GetAtoms()) - {0})

    def member(self, parts: Sequence[_Part]) -> FamilyMember | None:
        """The membership of a structure of these parts, or None."""
        for number, (part, elements) in enumerate(parts):
            cores = [core for core in self._cores if core.elements <= elements]
            if not cores:
                continue
            rest = [self._chem.MolToSmiles(other.mol) for n, other in enumerate(parts) if n != number]
            if any(self._takes(part, core, rest) for core in cores) and not self._is_exempt(part, rest):
                is_open = self._anion is not None and (not rest or any(other != self._anion for other in rest))
                return FamilyMember(self.family, "Is it the dibromide that the entry names?" if is_open else None)
        return None

    def _is_exempt(self, part: Mol, rest: list[str]) -> bool:
        base = self._chem.MolFromSmiles(self._chem.MolToSmiles(part, isomericSmiles=False))
        is_salt = bool(rest)
        for atom in base.GetAtoms():
            if atom.GetAtomicNum() == 7 and atom.GetFormalCharge() == 1 and atom.GetTotalNumHs():
                atom.SetFormalCharge(0)
                atom.SetNumExplicitHs(max(0, atom.GetNumExplicitHs() - 1))
                is_salt = True
        self._chem.SanitizeMol(base)
        salts = self._exempt.get(self._chem.MolToSmiles(base, isomericSmiles=False))
        return salts is not None and (salts or not is_salt)

    def _takes(self, part: Mol, core: _Core, rest: list[str]) -> bool:
        """Whether the fragment is built as the family says, its other fragments being what the entry lets a salt have."""
        if rest and not self.family.part_of and self.family.salts == "none" and self._anion is None:
            return False
        matches = part.GetSubstructMatches(core.pattern, uniquify=False, maxMatches=_MAX_MATCHES)
        return any(self._fits(part, match, {n: match[i] for n, i in core.numbered.items()}) for match in matches)

    def _fits(self, part: Mol, match: tuple[int, ...], numbered: dict[int, int]) -> bool:
        core = set(match)
        wanted = {at: [s for s in self.family.substituents if s.at == at] for at in numbered}
        if self.family.part_of:
            return all(self._hangs(part, core, part.GetAtomWithIdx(numbered[at]), specs, True) for at, specs in wanted.items())
        sites = {numbered[at] for at in self.family.salt_at if at in numbered}
        places = {place: at for at, place in numbered.items()}
        for place in core:
            atom = part.GetAtomWithIdx(place)
            at = places.get(place)
            if not self._hangs(part, core, atom, wanted.get(at, []) if at is not None else [], False, place in sites):
                return False
        return self._charges_fit(part, core, sites)

    def _charges_fit(self, part: Mol, core: set[int], sites: set[int]) -> bool:
        """Charges stand where salts form only; an acid's minus only as the inner salt of such a plus."""
        plus = {a.GetIdx() for a in part.GetAtoms() if a.GetFormalCharge() > 0}
        minus = {a.GetIdx() for a in part.GetAtoms() if a.GetFormalCharge() < 0}
        if self._anion is None and plus - sites:
            return False
        return not minus or (bool(plus) and minus <= core)

    def _hangs(self, part: Mol, core: set[int], atom: Atom, specs: list[Substituents], carbons_only: bool, is_site: bool = False) -> bool:
        """Whether what hangs on ``atom`` is what ``specs`` ask for; at a site of alkylated salts one more alkyl may."""
        outside = [n.GetIdx() for n in atom.GetNeighbors() if n.GetIdx() not in core]
        if carbons_only:
            outside = [i for i in outside if part.GetAtomWithIdx(i).GetAtomicNum() == 6]
        kinds = [self._kinds(part, core, i) for i in outside]
        least = sum(s.count - s.or_hydrogen for s in specs)
        most = sum(s.count for s in specs)
        is_quaternary = is_site and atom.GetFormalCharge() == 1 and not atom.GetTotalNumHs()
        if is_quaternary and self.family.salts == "protonated":
            return False
        if is_quaternary and len(outside) == most + 1:
            return any("any_alkyl" in kinds[left] and _assigned(kinds[:left] + kinds[left + 1 :], specs) for left in range(len(kinds)))
        return least <= len(outside) <= most and _assigned(kinds, specs)

    def _kinds(self, part: Mol, core: set[int], start: int) -> frozenset[str]:
        """The kinds of group that the branch beginning at ``start`` is; none where it comes back to the core."""
        branch = _branch(part, core, start)
        if branch is None:
            return frozenset()
        atoms = [part.GetAtomWithIdx(i) for i in branch]
        if all(_is_saturated_carbon(a, self._chem) for a in atoms):
            in_ring = any(a.IsInRing() for a in atoms)
            inner = sum(1 for n in part.GetAtomWithIdx(start).GetNeighbors() if n.GetIdx() in branch)
            found = {"any_alkyl"}
            if len(atoms) <= _MAX_CARBONS:
                found.add("alkyl")
                if not in_ring:
                    found.add("chain_alkyl")
            if len(atoms) <= 3 and not in_ring and inner <= 2:
                found.add("short_alkyl")
            return frozenset(found)
        return frozenset({"ended_alkyl"}) if self._is_ended(part, branch) else frozenset()

    def _is_ended(self, part: Mol, branch: set[int]) -> bool:
        for end in self._ends:
            for match in part.GetSubstructMatches(end):
                group, carbon = set(match[1:]), match[0]
                chain = branch - group
                is_chain = all(
                    _is_saturated_carbon(part.GetAtomWithIdx(i), self._chem) and not part.GetAtomWithIdx(i).IsInRing() for i in chain
                )
                if group <= branch and carbon in chain and is_chain and len(chain) <= _MAX_CARBONS:
                    return True
        return False


def _is_saturated_carbon(atom: Atom, chem: Any) -> bool:
    return bool(
        atom.GetAtomicNum() == 6
        and atom.GetHybridization() == chem.HybridizationType.SP3
        and not atom.GetFormalCharge()
        and not atom.GetNumRadicalElectrons()
    )


def _branch(part: Mol, core: set[int], start: int) -> set[int] | None:
    """The atoms reached from ``start`` without entering the core; None where a second bond leads back to it."""
    seen, waiting, bonds = {start}, [start], 0
    while waiting:
        for neighbour in part.GetAtomWithIdx(waiting.pop()).GetNeighbors():
            place = neighbour.GetIdx()
            if place in core:
                bonds += 1
            elif place not in seen:
                seen.add(place)
                waiting.append(place)
    return seen if bonds == 1 else None


def _assigned(kinds: Sequence[frozenset[str]], specs: Iterable[Substituents]) -> bool:
    """Whether every branch can be given a place of its kind."""
    places = Counter(spec.kind for spec in specs for _ in range(spec.count))
    return any(Counter(choice) <= places for choice in product(*kinds))
