"""The local index of chemicals that no list names one by one: names and CAS numbers of others, and the families that CAS numbers belong to.

It is built once on a user's own machine (``chemical_index_build``) from a package that may not be passed on, and read without it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from control_lists.errors import ListDataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "chemicals.npz"
VERSION = 1


class ChemicalIndex(NamedTuple):
    """Sorted arrays: ``names`` (hashes of name keys), ``cas`` of others, ``member_cas`` with the place of its family in ``families``."""

    names: NDArray[np.uint64]
    cas: NDArray[np.uint64]
    member_cas: NDArray[np.uint64]
    member_of: NDArray[np.uint16]
    families: tuple[str, ...]
    source: str
    digest: str

    @classmethod
    def of(cls, names: Iterable[str], cas: Iterable[str], members: Mapping[str, str], source: str) -> ChemicalIndex:
        """An index of name keys and CAS numbers of other chemicals, and of family ids by CAS number."""
        import numpy as np

        families = tuple(sorted(set(members.values())))
        by_number = sorted((_number(number), families.index(family)) for number, family in members.items())
        arrays = (
            np.array(sorted({_hash(name) for name in names}), np.uint64),
            np.array(sorted({_number(number) for number in cas}), np.uint64),
            np.array([number for number, _ in by_number], np.uint64),
            np.array([family for _, family in by_number], np.uint16),
        )
        digest = hashlib.sha256("\0".join((source, *families)).encode())
        for array in arrays:
            digest.update(array.tobytes())
        return cls(*arrays, families, source, digest.hexdigest()[:16])

    @classmethod
    def open(cls, folder: Path) -> ChemicalIndex | None:
        """The index kept in ``folder``, None where none was built; raises ListDataError for one that cannot be read."""
        path = folder / FILE
        if not path.is_file():
            return None
        import numpy as np

        try:
            with np.load(path, allow_pickle=False) as held:
                facts = json.loads(str(held["facts"]))
                arrays = (held["names"], held["cas"], held["member_cas"], held["member_of"])
        except (OSError, ValueError, KeyError) as error:
            raise ListDataError(f"{path}: {error}; build it again with 'stc lists chemicals'") from None
        if facts.get("version") != VERSION:
            raise ListDataError(f"{path}: built by another version; build it again with 'stc lists chemicals'")
        return cls(*arrays, tuple(facts["families"]), facts["source"], facts["digest"])

    def write(self, folder: Path) -> Path:
        """Keep the index in ``folder``, whole or not at all; gives back the file."""
        import numpy as np

        folder.mkdir(parents=True, exist_ok=True)
        facts = {"version": VERSION, "families": self.families, "source": self.source, "digest": self.digest}
        part = folder / f"part-{FILE}"
        np.savez(
            part, names=self.names, cas=self.cas, member_cas=self.member_cas, member_of=self.member_of, facts=np.array(json.dumps(facts))
        )
        return part.replace(folder / FILE)

    def names_other(self, key: str) -> bool:
        """Whether ``key`` is the exact name key of a chemical that no list names."""
        return _holds(self.names, _hash(key))

    def is_other(self, number: str) -> bool:
        """Whether ``number`` (normal spelling) is the CAS number of a chemical that no list names."""
        return _holds(self.cas, _number(number))

    def family_of(self, number: str) -> str | None:
        """The id of the family that the chemical of a CAS number belongs to, or None."""
        wanted = _number(number)
        place = int(self.member_cas.searchsorted(wanted))
        return self.families[self.member_of[place]] if place < len(self.member_cas) and self.member_cas[place] == wanted else None


def _holds(numbers: NDArray[np.uint64], wanted: np.uint64) -> bool:
    place = int(numbers.searchsorted(wanted))
    return place < len(numbers) and bool(numbers[place] == wanted)


def _hash(key: str) -> np.uint64:
    import numpy as np

    return np.uint64(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big"))


def _number(cas: str) -> np.uint64:
    import numpy as np

    return np.uint64(int(cas.replace("-", "")))
