"""The linter of list data: what cannot be true in a list, said with place and cure.

``check`` looks at lists, substances, parties, reference data and the descriptions of importable lists. The rules' predicates and
examples are checked where the predicates live, in ``screening/decide/check.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from control_lists.codes import cas, imo
from control_lists.codes.chemical_name import name_key
from control_lists.codes.control_code import at_and_above, is_under
from control_lists.models import Alternatives, ControlEntry, Criterion, Programme, Source, WatchlistEntity
from control_lists.snapshot import Snapshot
from control_lists.store import LoadedList

# Whose law a programme can be beside a state's: the Security Council's and the Union's.
_NO_STATES = frozenset({"UN", "EU"})
_SHORTHAND = re.compile(r"\b(etc|e\.g|i\.e|viz|cf|inter alia|et al)\b", re.IGNORECASE)


class Fault(NamedTuple):
    """One thing that is wrong (``error``) or thin (``warning``)."""

    severity: Literal["error", "warning"]
    where: str
    message: str


def check(snapshot: Snapshot) -> list[Fault]:
    """All faults of the snapshot's lists, substances, reference data and importable lists, errors first."""
    faults = [
        *_units(snapshot),
        *_sets(snapshot),
        *_substances(snapshot),
        *_families(snapshot),
        *_other_chemicals(snapshot),
        *_sources(snapshot),
    ]
    for loaded in snapshot.lists.values():
        faults += _counts(loaded)
        faults += _entries(snapshot, loaded) if loaded.meta.kind == "goods" else _entities(snapshot, loaded)
    return sorted(faults, key=lambda fault: (fault.severity, fault.where))


def counted(loaded: LoadedList) -> Sequence[ControlEntry | WatchlistEntity]:
    """The records that a list's expected count is about: listed parties, headings, or all entries."""
    if loaded.meta.kind == "parties":
        return loaded.entities
    return [entry for entry in loaded.entries if loaded.meta.counted == "entries" or entry.parent is None]


def leaves(criteria: Iterable[Criterion | Alternatives]) -> Iterator[Criterion]:
    """Every single criterion of a tree."""
    for criterion in criteria:
        if isinstance(criterion, Criterion):
            yield criterion
        else:
            yield from leaves(criterion.any or criterion.all)


def _counts(loaded: LoadedList) -> Iterator[Fault]:
    meta = loaded.meta
    held = len(counted(loaded))
    if (meta.kind == "parties" or meta.coverage == "full") and held != meta.expected_count:
        yield Fault(
            "error", meta.id, f"holds {held} {'entries' if meta.kind == 'goods' else 'parties'}, list.toml expects {meta.expected_count}"
        )
    if meta.review_on <= meta.since:
        yield Fault("error", meta.id, f"review_on {meta.review_on} is not after since {meta.since}")


def _entries(snapshot: Snapshot, loaded: LoadedList) -> Iterator[Fault]:
    list_id = loaded.meta.id
    codes = {entry.code for entry in loaded.entries}
    speaking = {entry.code for entry in loaded.entries if entry.terms or entry.same_as}
    speaking |= {listing.code for s in snapshot.substances.values() for listing in s.listings if listing.list == list_id}
    parameters = {p.id for p in snapshot.parameters}
    for entry in loaded.entries:
        where = f"{list_id}:{entry.code}"
        if entry.parent is not None and entry.parent not in codes:
            yield Fault("error", where, f"parent '{entry.parent}' is not in the list")
        if entry.parent is not None and not entry.code.startswith(entry.parent):
            yield Fault("error", where, f"code does not begin with its parent '{entry.parent}'")
        if entry.same_as and not _exists(snapshot, entry.same_as):
            yield Fault("error", where, f"same_as '{entry.same_as}' is in no list held")
        for regime in entry.regimes:
            if regime not in snapshot.regimes:
                yield Fault("error", where, f"regime '{regime}' is not defined in reference/")
        for mark in entry.marks:
            if mark not in snapshot.marks:
                yield Fault("error", where, f"mark '{mark}' is not defined in reference/")
        for code in entry.see_also:  # a list may be described less deeply than it is cited
            if loaded.meta.coverage == "full" and codes.isdisjoint(at_and_above(code)) and not _exists(snapshot, code):
                yield Fault("error", where, f"see_also '{code}' is not in the list")
        for criterion in (*leaves(entry.criteria), *(c for e in entry.exclusions for c in leaves(e.criteria))):
            if criterion.parameter not in parameters:
                yield Fault("error", where, f"parameter '{criterion.parameter}' is not defined in reference/")
            else:
                yield from _criterion_unit(snapshot, where, criterion)
        below = any(is_under(code, entry.code) for code in speaking)
        if not below and entry.no_terms is None:
            yield Fault("error", where, "nothing recognises this entry: give terms, a substance, same_as, or say why not in no_terms")
        yield from _terms(where, entry)


def _terms(where: str, entry: ControlEntry) -> Iterator[Fault]:
    seen: set[tuple[str, tuple[str, ...], bool]] = set()
    for term in entry.terms:
        # The same words may stand twice with another condition: sure beside an HS heading, asking without one.
        if (term.text, term.with_any, term.needs_hs) in seen:
            yield Fault("error", where, f"term '{term.text}' stands twice")
        seen.add((term.text, term.with_any, term.needs_hs))
        if term.lang == "en" and term.text != term.text.lower():
            yield Fault("error", where, f"term '{term.text}' is not lower-case")
        against = next((word for word in (*term.not_with, *entry.not_with) if f" {word} " in f" {term.text} "), None)
        if against:
            yield Fault("error", where, f"term '{term.text}' holds '{against}', which not_with forbids")
        if term.needs_hs and not entry.hs and entry.parent is None:
            yield Fault("error", where, f"term '{term.text}' needs an HS heading, but the entry has no HS link")


def _criterion_unit(snapshot: Snapshot, where: str, criterion: Criterion) -> Iterator[Fault]:
    parameter = next(p for p in snapshot.parameters if p.id == criterion.parameter)
    if parameter.kind == "quantity" and criterion.unit is None:
        yield Fault("error", where, f"criterion {criterion.parameter} has no unit")
    if parameter.kind == "text" and criterion.op == "in":
        strange = [v for v in criterion.values if v not in parameter.vocabulary]
        if strange:
            yield Fault("error", where, f"criterion {criterion.parameter}: '{strange[0]}' is not in the parameter's vocabulary")
    if parameter.unit and criterion.unit and not _measure_alike(criterion.unit, parameter.unit):
        yield Fault("error", where, f"criterion {criterion.parameter}: {criterion.unit} does not measure what {parameter.unit} does")


def _entities(snapshot: Snapshot, loaded: LoadedList) -> Iterator[Fault]:
    programmes = {p.id for p in loaded.meta.programmes}
    countries = set(snapshot.country_names)
    for entity in loaded.entities:
        where = f"{loaded.meta.id}:{entity.id}"
        for programme in entity.programmes:
            if programme not in programmes:
                yield Fault("error", where, f"programme '{programme}' is not in list.toml")
        for country in entity.countries:
            if country not in countries:
                yield Fault("error", where, f"country '{country}' is not in reference/")
        for identifier in entity.identifiers:
            kind, _, value = identifier.partition(":")
            # A company's IMO number has another check rule.
            if kind == "imo" and entity.kind == "vessel" and not imo.is_valid(value):
                yield Fault("warning", where, f"IMO number '{value}' fails its check digit (kept as published)")
        if entity.listed_on and entity.delisted_on and entity.listed_on >= entity.delisted_on:
            yield Fault("error", where, "delisted_on is not after listed_on")


def _substances(snapshot: Snapshot) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for substance in snapshot.substances.values():
        where = f"substance:{substance.id}"
        for number in substance.cas:
            if not cas.is_valid(number):
                yield Fault("error", where, f"CAS {number} fails its check digit")
            if owners.setdefault(number, substance.id) != substance.id:
                yield Fault("error", where, f"CAS {number} also belongs to {owners[number]}")
        for listing in substance.listings:
            if listing.list not in snapshot.lists:
                yield Fault("warning", where, f"listed in '{listing.list}', which is not held")
            elif not _exists(snapshot, f"{listing.list}:{listing.code}"):
                yield Fault("error", where, f"{listing.list} has no entry '{listing.code}'")


def _families(snapshot: Snapshot) -> Iterator[Fault]:
    for family in snapshot.families.values():
        where = f"family:{family.id}"
        for listing in family.listings:
            if listing.list in snapshot.lists and not _exists(snapshot, f"{listing.list}:{listing.code}"):
                yield Fault("error", where, f"{listing.list} has no entry '{listing.code}'")
        for other in family.unless:
            if other not in snapshot.families:
                yield Fault("error", where, f"unless '{other}', which is no family held")
        for at in (*(s.at for s in family.substituents), *family.salt_at):
            if not all(f":{at}]" in core for core in family.cores):
                yield Fault("error", where, f"no atom numbered {at} stands in every core")


def _other_chemicals(snapshot: Snapshot) -> Iterator[Fault]:
    """What no list names has a number of its own, a name of its own, and neither of a chemical that the substances hold."""
    owners = {number: f"substance {s.id}" for s in snapshot.substances.values() for number in s.cas}
    names = {name_key(text): f"substance {s.id}" for s in snapshot.substances.values() for text in (s.name, *(n.text for n in s.names))}
    for other in snapshot.other_chemicals.values():
        where = f"other:{other.name}"
        for number in other.cas:
            if not cas.is_valid(number):
                yield Fault("error", where, f"CAS {number} fails its check digit")
            if (owner := owners.setdefault(number, other.name)) != other.name:
                yield Fault("error", where, f"CAS {number} also belongs to {owner}")
        for text in (other.name, *other.names):
            if (owner := names.setdefault(name_key(text), other.name)) != other.name:
                yield Fault("error", where, f"'{text}' also names {owner}")


def _units(snapshot: Snapshot) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for unit in snapshot.units:
        if not _measure_alike(unit.id, unit.id):
            yield Fault("error", f"unit:{unit.id}", "the units library does not know it")
        for word in (unit.id, *unit.words):
            if seen.setdefault(word.casefold(), unit.id) != unit.id:
                # Case decides in print (mW, MW) and not in capitals: such spellings cannot be told apart.
                yield Fault("warning", f"unit:{unit.id}", f"'{word}' also spells {seen[word.casefold()]}")
    names: dict[str, str] = {}
    for parameter in snapshot.parameters:
        if parameter.unit and parameter.unit not in {u.id for u in snapshot.units}:
            yield Fault("error", f"parameter:{parameter.id}", f"unit '{parameter.unit}' is not defined in reference/")
        for name in (parameter.id, *parameter.aliases):
            if names.setdefault(name, parameter.id) != parameter.id:
                yield Fault("error", f"parameter:{parameter.id}", f"'{name}' also names {names[name]}")


def _sets(snapshot: Snapshot) -> Iterator[Fault]:
    countries = set(snapshot.country_names)
    for country_set in snapshot.country_sets:
        for member in country_set.members:
            if member not in countries:
                yield Fault("error", f"country_set:{country_set.id}", f"'{member}' is not a country in reference/")
    for country in sorted({r.country for r in snapshot.weekends} | {r.country for r in snapshot.public_holidays}):
        if country not in countries:
            yield Fault("error", f"working days:{country}", f"'{country}' is not a country in reference/")


def _sources(snapshot: Snapshot) -> Iterator[Fault]:
    laws = _NO_STATES | set(snapshot.country_names)
    for source in snapshot.sources.values():
        where = f"source:{source.id}"
        for address in source.addresses:
            # An authority that publishes no file is said in words, which have blanks.
            if not address.startswith("https://") and ("://" in address or " " not in address):
                yield Fault("error", where, f"address '{address}' is not https; write https://... or, of a file not published, say so")
        least, most = source.plausible
        if not 0 < least < most:
            yield Fault("error", where, f"plausible {least} to {most}: the least number of parties is above 0 and below the most")
        if source.review_days < 1:
            yield Fault("error", where, f"review_days {source.review_days}: an edition is old after one day at least")
        yield from _readable(where, "effect", source.effect)
        for replaced in source.replaces:
            if replaced not in snapshot.lists:
                yield Fault("error", where, f"replaces '{replaced}', which is no list held")
        yield from _programmes(source, laws)


def _programmes(source: Source, laws: frozenset[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    prefix = f"{source.id.partition('-')[0].upper()}-"
    for programme in source.programmes:
        where = f"source:{source.id}:{programme.id}"
        if programme.id in seen:
            yield Fault("error", where, "the programme is described twice; keep one")
        seen.add(programme.id)
        if not programme.id.startswith(prefix):
            yield Fault("error", where, f"the id does not begin with '{prefix}', by which its list is known in results")
        if not programme.cites:
            yield Fault("error", where, "cites no law")
        if not programme.binds:
            yield Fault("error", where, "binds nobody: say whose law it is")
        for law in programme.binds:
            if law not in laws:
                yield Fault("error", where, f"binds '{law}', which is neither EU, UN nor a country in reference/")
        yield from _wording(where, programme)


def _wording(where: str, programme: Programme) -> Iterator[Fault]:
    yield from _readable(where, "effect", programme.effect)
    for field, text in (("title", programme.title), ("scope", programme.scope), ("subsidiaries", programme.subsidiaries)):
        if text is not None and (found := _SHORTHAND.search(text)):
            yield Fault("error", where, f"{field} says '{found[0]}'; write the word out")


def _readable(where: str, field: str, text: str) -> Iterator[Fault]:
    """An officer reads it out: whole sentences without shorthand."""
    if not text.endswith((".", "?")):
        yield Fault("error", where, f"{field} is no whole sentence: it ends in '{text[-20:]}'")
    if found := _SHORTHAND.search(text):
        yield Fault("error", where, f"{field} says '{found[0]}'; write the word out")


def _exists(snapshot: Snapshot, reference: str) -> bool:
    list_id, _, code = reference.partition(":")
    loaded = snapshot.lists.get(list_id)
    return loaded is not None and any(entry.code == code for entry in loaded.entries)


def _measure_alike(unit: str, other: str) -> bool:
    import pint

    registry = _registry()
    try:
        return bool(registry.Quantity(1.0, unit).is_compatible_with(other))
    except (pint.errors.PintError, AttributeError, TypeError):
        return False


def _registry() -> pint.UnitRegistry:  # type: ignore[name-defined]  # noqa: F821
    import pint

    return pint.get_application_registry()  # type: ignore[no-untyped-call]
