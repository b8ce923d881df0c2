"""Builds the local index of chemicals from the ``chemicals`` package (extra ``lexicon``) and the family rules (extra ``chem``).

The package's tables are read where the user installed them and are not passed on. Its records of listed chemicals, under any CAS
number with the same structure, are left out: what names them is the lists' own data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from control_lists.chemical_index import ChemicalIndex
from control_lists.codes.chemical_name import name_key
from control_lists.errors import ListDataError
from control_lists.families import Structures
from control_lists.snapshot import Snapshot

MISSING = "the index of chemicals is built with the lexicon and chem extras: pip install 'stc-engine[lexicon,chem]'"
SHORTEST_NAME = 6
_WATER = "7732-18-5"  # stands beside anything and contradicts nothing


class Compound(NamedTuple):
    """One record of a table of chemicals."""

    cas: str
    names: tuple[str, ...]
    smiles: str | None


def build(snapshot: Snapshot, compounds: Iterable[Compound], source: str) -> ChemicalIndex:
    """The index of ``compounds`` against the lists of ``snapshot``; raises ListDataError without the chem extra."""
    listed = {number for s in snapshot.substances.values() if s.listings for number in s.cas}
    ours = {name_key(text) for s in snapshot.substances.values() if s.listings for text in (s.name, *(n.text for n in s.names))}
    structures = Structures(snapshot.families.values(), (s for s in snapshot.substances.values() if s.listings))
    others: set[str] = set()
    names: set[str] = set()
    members: dict[str, str] = {}
    theirs: set[str] = set()  # names that a record of a listed chemical or of a family member has too
    for compound in compounds:
        found = structures.classify(compound.smiles) if compound.smiles else None
        keys = {key for text in compound.names if len(key := name_key(text)) >= SHORTEST_NAME and not key.isdigit()}
        if compound.cas in listed or (found and found.substance):
            theirs |= keys
        elif found and found.members:
            members[compound.cas] = found.members[0].family.id
            theirs |= keys
        elif compound.cas != _WATER:
            others.add(compound.cas)
            names |= keys
    return ChemicalIndex.of(names - ours - theirs, others, members, source)


def packaged_compounds() -> tuple[Iterable[Compound], str]:
    """The records of the installed ``chemicals`` package and its name with version; raises ListDataError without the extras."""
    try:
        import chemicals
        from chemicals.identifiers import get_pubchem_db
    except ImportError:
        raise ListDataError(MISSING) from None
    database = get_pubchem_db()
    database.finish_loading()
    compounds = (
        Compound(record.CASs, tuple(t for t in (record.common_name, record.iupac_name, *record.synonyms) if t), record.smiles or None)
        for record in database.CAS_index.values()
    )
    return compounds, f"chemicals {chemicals.__version__}"
