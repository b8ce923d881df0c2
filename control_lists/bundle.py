"""Imported editions carried to a machine without a network: one ZIP file with the digest of every file in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from control_lists.digests import file_digest
from control_lists.editions import FACTS, OWN, PAST, Edition, EditionStore, digest_of
from control_lists.errors import ListDataError

MANIFEST = "stc-lists-bundle.json"
_FILES = frozenset({FACTS, OWN, PAST})
_MAX_BYTES = 2 * 1024**3


def write_bundle(store: EditionStore, path: Path) -> list[Edition]:
    """Every edition held, in one file written under another name and renamed; raises ListDataError where none is held."""
    editions = [edition for list_id in store.lists() for edition in store.editions(list_id)]
    if not editions:
        raise ListDataError(f"{store.root}: holds no imported list; import one first")
    temporary = path.with_name(f".{path.name}.part")
    digests: dict[str, str] = {}
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
        for edition in editions:
            for name in sorted(_FILES):
                data = (edition.folder / name).read_bytes()
                member = f"{edition.facts.list_id}/{edition.folder.name}/{name}"
                digests[member] = hashlib.sha256(data).hexdigest()
                archive.writestr(zipfile.ZipInfo(member), data)
        archive.writestr(zipfile.ZipInfo(MANIFEST), json.dumps({"form": 1, "sha256": digests}, indent=1, sort_keys=True))
    temporary.replace(path)
    return editions


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle of ours."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def read_bundle(store: EditionStore, path: Path) -> list[Edition]:
    """Every edition of a bundle, now held; all files are proved against their digests first.

    Raises ListDataError, having changed nothing.
    """
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="stc-bundle-") as scratch:
        digests = _manifest(archive, path)
        for member, digest in digests.items():
            target = Path(scratch, *_parts(member, path))
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
            if file_digest(target) != digest:
                raise ListDataError(f"{path.name}: {member} is not the file that was bundled; copy the bundle again")
        editions = [Edition.open(folder) for folder in sorted(Path(scratch).glob("*/*"))]
        for edition in editions:
            if digest_of(edition.parties) != edition.facts.digest or edition.folder.parent.name != edition.facts.list_id:
                raise ListDataError(f"{path.name}: {edition.facts.list_id} is not the edition it says it is; make the bundle again")
        counted = {"parties", "names", "digest"}
        return [store.add(edition.facts.model_dump(exclude=counted), edition.parties) for edition in editions]


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    try:
        digests: Any = json.loads(archive.read(MANIFEST))["sha256"]
        names = set(archive.namelist())
        is_whole = isinstance(digests, dict) and names == {*digests, MANIFEST}
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ListDataError(f"{path.name}: the bundle is damaged ({error}); copy it again") from None
    if not is_whole:
        raise ListDataError(f"{path.name}: its files are not those it names; copy the bundle again")
    if sum(member.file_size for member in archive.infolist()) > _MAX_BYTES:
        raise ListDataError(f"{path.name}: unpacks to more than {_MAX_BYTES} bytes; this is not a bundle of lists")
    return {str(name): str(digest) for name, digest in digests.items()}


def _parts(member: str, path: Path) -> tuple[str, ...]:
    """The parts of a member's name, which are a list, a folder and a file of ours and lead nowhere else."""
    parts = PurePosixPath(member).parts
    is_plain = len(parts) == 3 and parts[2] in _FILES and all(p.replace("-", "").replace("_", "").isalnum() for p in parts[:2])
    if not is_plain:
        raise ListDataError(f"{path.name}: holds '{member[:80]}', which no bundle does; it is refused")
    return parts
