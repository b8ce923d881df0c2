"""Where list data lies and how a directory of it becomes checked records.

A directory has the form of ``docs/data-formats.md``. Directories are read in order: a later one replaces a list, a
substance, a jurisdiction or a reference record of the same id, and adds the rest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from control_lists import models, parties, red_flags
from control_lists.errors import ListDataError
from control_lists.models import (
    ChemicalFamily,
    ControlEntry,
    ControlList,
    GoodsFile,
    OtherChemical,
    PartyFile,
    Profile,
    Record,
    ReferenceFile,
    Rule,
    RuleFile,
    Source,
    SourcesFile,
    Substance,
    SubstanceFile,
    TextSource,
    WatchlistEntity,
)
from control_lists.parties import Parties
from control_lists.red_flags import RedFlagFile

EMBEDDED = Path(__file__).parent / "data"
MAX_FILE_BYTES = 64 * 1024 * 1024
KEPT_SNAPSHOTS = 4
# Of what makes the records: kept records of another shape or another reading are never taken for ours.
MODELS_VERSION = hashlib.sha256(
    b"".join(Path(str(f)).read_bytes() for f in (models.__file__, parties.__file__, red_flags.__file__, __file__))
).hexdigest()[:12]

R = TypeVar("R", bound=Record)


class SourceFile(NamedTuple):
    """One data file: its path, the name shown in messages, and its text."""

    path: Path
    shown: str
    text: str


class LoadedList(NamedTuple):
    """A control list or watchlist with all its records and the digest of its files."""

    meta: ControlList
    entries: tuple[ControlEntry, ...]
    entities: Parties
    digest: str
    origin: str


class ListData(NamedTuple):
    """Everything read from the directories, still undated."""

    lists: dict[str, LoadedList]
    substances: dict[str, Substance]
    families: dict[str, ChemicalFamily]
    other_chemicals: dict[str, OtherChemical]
    profiles: dict[str, Profile]
    rules: dict[str, tuple[Rule, ...]]
    reference: dict[str, dict[str, Any]]
    sources: dict[str, Source]
    texts: dict[str, TextSource]
    red_flags: dict[str, dict[str, Any]]
    digest: str


def load(directories: Sequence[Path] = (EMBEDDED,), prepared: Path | None = None) -> ListData:
    """All records of ``directories``, later ones replacing earlier ones; raises ListDataError naming file, line and cure.

    ``prepared`` is a folder of this program's own in which the checked records are kept under the digest of their files, so that
    the next start need not parse them again. It is only a cache: absent, stale or unwritable it changes nothing but the time.
    """
    sources = [(directory, _sources(directory)) for directory in directories]
    digest = hashlib.sha256()
    for _, files in sources:
        for file in files:
            digest.update(f"{file.shown}\0{file.text}\0".encode())
    # Records say where they lie: those kept by an installation elsewhere would not be known as the embedded ones.
    places = "\0".join(str(directory.resolve()) for directory in directories)
    name = hashlib.sha256(f"{digest.hexdigest()}\0{places}".encode()).hexdigest()[:32]
    kept = prepared / f"{name}-{MODELS_VERSION}.records" if prepared else None
    found = _kept(kept) if kept else None
    if found is None:
        found = _read(sources, digest.hexdigest())
        if kept:
            _keep(kept, found)
    return found


def _sources(directory: Path) -> list[SourceFile]:
    if not directory.is_dir():
        raise ListDataError(f"{directory}: no such directory; --lists and STC_LISTS name a folder of list data")
    files = list(_files(directory))
    if not files:
        raise ListDataError(
            f"{directory}: holds no .toml file below goods/, parties/, sources/, substances/, rules/, red_flags/ or reference/"
        )
    return files


def _read(sources: Sequence[tuple[Path, list[SourceFile]]], digest: str) -> ListData:
    lists: dict[str, LoadedList] = {}
    substances: dict[str, Substance] = {}
    families: dict[str, ChemicalFamily] = {}
    others: dict[str, OtherChemical] = {}
    profiles: dict[str, Profile] = {}
    rules: dict[str, tuple[Rule, ...]] = {}
    reference: dict[str, dict[str, Any]] = {}
    importable: dict[str, Source] = {}
    texts: dict[str, TextSource] = {}
    flags: dict[str, dict[str, Any]] = {}
    for directory, files in sources:
        lists |= {found.meta.id: found for found in _lists(files, directory)}
        chemicals = [parse(f, SubstanceFile) for f in files if _kind(f, directory) == "substances"]
        substances |= _unique((s for file in chemicals for s in file.substance), "id")
        families |= _unique((family for file in chemicals for family in file.family), "id")
        others |= _unique((other for file in chemicals for other in file.other), "name")
        for jurisdiction, profile, found_rules in _rule_sets(files, directory):
            if profile is None and jurisdiction not in profiles:
                raise ListDataError(f"{directory}/rules/{jurisdiction}: profile.toml is missing; a new jurisdiction needs one")
            rules[jurisdiction] = (rules.get(jurisdiction, ()) if profile is None else ()) + found_rules
            profiles |= {jurisdiction: profile} if profile is not None else {}
        for file in files:
            if _kind(file, directory) == "reference":
                _add_tables(reference, file, ReferenceFile)
            elif _kind(file, directory) == "red_flags":
                _add_tables(flags, file, RedFlagFile)
            elif _kind(file, directory) == "sources":
                importable |= {source.id: source for source in _named(file, SourcesFile, "source")}
                texts |= {text.id: text for text in _named(file, SourcesFile, "text")}
    rules = {jurisdiction: _with_adopted(jurisdiction, profiles, rules) for jurisdiction in rules}
    _refuse_duplicates(rules)
    return ListData(lists, substances, families, others, profiles, rules, reference, importable, texts, flags, digest)


def _kept(path: Path) -> ListData | None:
    """The records kept by an earlier start of this program for this user, or None. Never a file from elsewhere."""
    try:
        found = pickle.loads(path.read_bytes())
    except Exception:  # whatever is wrong with a cache, reading the lists again puts it right
        return None
    return found if isinstance(found, ListData) else None


def _keep(path: Path, data: ListData) -> None:
    """Write the records under a temporary name and rename, readable by this user alone; older ones go."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            pickle.dump(data, out, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(path)
        for old in sorted(path.parent.glob("*.records"), key=lambda p: p.stat().st_mtime)[:-KEPT_SNAPSHOTS]:
            old.unlink(missing_ok=True)


def parse(file: SourceFile, model: type[R]) -> R:
    """The file's one record; raises ListDataError with file, line, field and cure."""
    try:
        raw = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise ListDataError(f"{file.shown}: not valid TOML: {error}. Quote every code and write each key once") from None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise ListDataError(_first_fault(file, error)) from None


def read_source(path: Path, shown: str) -> SourceFile:
    """The text of one file, line ends made one, bounded in size."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ListDataError(f"{shown}: larger than {MAX_FILE_BYTES} bytes; split the list into categories")
    try:
        return SourceFile(path, shown, path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise ListDataError(f"{shown}: not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8") from None


# ---------------------------------------------------------------------------------------------------------------
def _files(directory: Path) -> Iterator[SourceFile]:
    for path in sorted(directory.rglob("*.toml")):
        yield read_source(path, path.relative_to(directory).as_posix())


def _kind(file: SourceFile, directory: Path) -> str:
    return file.path.relative_to(directory).parts[0]


def _named(file: SourceFile, model: type[R], field: str) -> tuple[Any, ...]:
    return tuple(getattr(parse(file, model), field))


def _lists(files: Iterable[SourceFile], directory: Path) -> Iterator[LoadedList]:
    folders: dict[Path, list[SourceFile]] = {}
    for file in files:
        if _kind(file, directory) in ("goods", "parties"):
            folders.setdefault(file.path.parent, []).append(file)
    for folder, members in sorted(folders.items()):
        head = next((m for m in members if m.path.name == "list.toml"), None)
        if head is None:
            raise ListDataError(f"{members[0].shown}: no list.toml beside it; every list says what it is")
        meta = parse(head, ControlList)
        body = [m for m in members if m is not head]
        digest = hashlib.sha256("\0".join(m.shown + "\0" + m.text for m in members).encode()).hexdigest()
        entries: tuple[ControlEntry, ...] = ()
        entities: Iterable[WatchlistEntity] = ()
        if meta.kind == "goods":
            entries = _in_order(body, lambda f: _named(f, GoodsFile, "entry"), "code", meta.id)
        else:
            entities = _in_order(body, lambda f: _named(f, PartyFile, "entity"), "id", meta.id)
        yield LoadedList(meta, entries, Parties.of(entities), digest, str(folder))


def _in_order(files: Sequence[SourceFile], read: Callable[[SourceFile], tuple[Any, ...]], key: str, list_id: str) -> tuple[Any, ...]:
    seen: dict[str, str] = {}
    records: list[Any] = []
    for file in files:
        for record in read(file):
            value = getattr(record, key)
            if value in seen:
                line = _line_of_value(file.text, key, value, last=True)
                raise ListDataError(
                    f"{file.shown}: line {line}: {key} '{value}' stands twice in {list_id} (first in {seen[value]}); keep one"
                )
            seen[value] = file.shown
            records.append(record)
    return tuple(records)


def _rule_sets(files: Iterable[SourceFile], directory: Path) -> Iterator[tuple[str, Profile | None, tuple[Rule, ...]]]:
    folders: dict[str, list[SourceFile]] = {}
    for file in files:
        if _kind(file, directory) == "rules":
            folders.setdefault(file.path.parent.name, []).append(file)
    for jurisdiction, members in sorted(folders.items()):
        head = next((m for m in members if m.path.name == "profile.toml"), None)
        profile = parse(head, Profile) if head else None
        if profile and profile.id != jurisdiction:
            raise ListDataError(f"{head.shown if head else ''}: id '{profile.id}' is not the folder's name '{jurisdiction}'")
        yield jurisdiction, profile, tuple(r for m in members if m is not head for r in _named(m, RuleFile, "rule"))


def _with_adopted(jurisdiction: str, profiles: dict[str, Profile], rules: dict[str, tuple[Rule, ...]]) -> tuple[Rule, ...]:
    """The rules of a jurisdiction and of the sets it adopts, whose ids take its own in front; its own rule of such an id stands instead.

    A rule on operations that the jurisdiction leaves out is not taken over.
    """
    handled = set(profiles[jurisdiction].operations)
    adopted = {
        rule.id: rule
        for rule in _adopted((jurisdiction,), profiles, rules)
        if "operation" not in rule.when or handled & {*_several(rule.when["operation"])}
    }
    new_id = {id_: f"{jurisdiction.lower()}-{id_}" for id_ in adopted}
    own = rules[jurisdiction]
    replaced = {rule.id for rule in own}
    taken = (
        rule.model_copy(
            update={"id": new_id[id_], "then": rule.then.model_copy(update={"lifts": tuple(new_id.get(x, x) for x in rule.then.lifts)})}
        )
        for id_, rule in adopted.items()
    )
    return (*own, *(rule for rule in taken if rule.id not in replaced))


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _adopted(path: tuple[str, ...], profiles: dict[str, Profile], rules: dict[str, tuple[Rule, ...]]) -> Iterator[Rule]:
    """The rules of every set that the last of ``path`` adopts, and of those that these adopt."""
    for name in profiles[path[-1]].adopts:
        if name not in profiles:
            raise ListDataError(f"rules/{path[-1]}/profile.toml: adopts '{name}', which is no rule set held")
        if name in path:
            raise ListDataError(f"rules/{path[-1]}/profile.toml: adopts '{name}', which adopts it in turn; take one of the two out")
        yield from rules[name]
        yield from _adopted((*path, name), profiles, rules)


def _add_tables(tables: dict[str, dict[str, Any]], file: SourceFile, model: type[Record]) -> None:
    parsed = parse(file, model)
    for table in model.model_fields:
        into = tables.setdefault(table, {})
        for number, record in enumerate(getattr(parsed, table)):
            into[_table_key(table, record, number, file.shown)] = record


def _table_key(table: str, record: Any, number: int, shown: str) -> str:
    """Dated records keep each period; words have no id of their own."""
    if table in ("country_set", "value_limit"):
        return f"{record.id}@{record.since or ''}"
    if table in ("name_word", "head_noun"):
        return f"{shown}#{number}"
    if table == "document_code":
        return f"{record.system}/{record.code}"
    if table == "weekend":
        return str(record.country)
    if table == "public_holiday":
        return f"{record.country}@{record.on}"
    return str(getattr(record, "id", None) or getattr(record, "code", None) or getattr(record, "hs", None) or record.field)


def _unique(records: Iterable[Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for record in records:
        if getattr(record, key) in found:
            raise ListDataError(f"substances: {key} '{getattr(record, key)}' stands twice; keep one")
        found[getattr(record, key)] = record
    return found


def _refuse_duplicates(rules: dict[str, tuple[Rule, ...]]) -> None:
    seen: set[str] = set()
    for rule in (rule for group in rules.values() for rule in group):
        if rule.id in seen:
            raise ListDataError(f"rules: id '{rule.id}' stands twice; a rule's id is unique over all jurisdictions")
        seen.add(rule.id)


def _first_fault(file: SourceFile, error: ValidationError) -> str:
    fault = error.errors()[0]
    loc = fault["loc"]
    line = _line_of_table(file.text, str(loc[0]), loc[1]) if len(loc) > 1 and isinstance(loc[1], int) else None
    field = ".".join(str(part) for part in loc[2 if line else 0 :] if part != "__root__") or str(loc[0])
    cure = {
        "string_type": "put the value in quotes",
        "extra_forbidden": "no such field; see docs/data-formats.md",
        "missing": "this field is required",
    }.get(fault["type"], fault["msg"])
    given = f" (found {fault['input']!r})" if fault["type"] in ("string_type", "literal_error") else ""
    where = f"{file.shown}: line {line}" if line else file.shown
    return f"{where}: {field}{given}: {cure}"


def _line_of_table(text: str, table: str, index: int) -> int | None:
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{table}]]"]
    return lines[index] if index < len(lines) else None


def _line_of_value(text: str, key: str, value: str, *, last: bool) -> int | None:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.replace(" ", "").startswith(f'{key}="{value}"'.replace(" ", ""))]
    return (lines[-1] if last else lines[0]) if lines else None
