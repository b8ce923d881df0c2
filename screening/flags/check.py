"""The linter of red flags: predicates of the closed set, names that exist, and every example run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from control_lists.check import Fault
from control_lists.errors import ListDataError
from control_lists.red_flags import RedFlag, RedFlagExample
from control_lists.snapshot import Snapshot
from screening.decide.determined import Determined
from screening.errors import StcError
from screening.flags.predicates import PREDICATES
from screening.flags.stage import BRACE, COUNTRIES, NAMES, RedFlags
from screening.flags.subject import ROWS
from screening.flags.unit_values import USUAL, UsualValues
from screening.goods.candidates import CANDIDATE
from screening.goods.facts import FactReader
from screening.parties.match import PARTY_MATCH
from screening.policy import Policy
from screening.read import Declarations, ReadOptions, read_records

_COUNTRY_KEYS = ("destination", "destination_not", "export_from", "export_from_not", "origin", "buyer_country", "via")


def check_red_flags(snapshot: Snapshot, day: date) -> list[Fault]:
    """All faults of the red flags, errors first: names, coverage by examples, and each example's outcome."""
    flags = snapshot.red_flags.values()
    faults = [fault for flag in flags for fault in _names(snapshot, flag)] + list(_kits(snapshot))
    if not faults:  # examples run with all flags opened: one that cannot be opened hides the outcome of the others
        facts = FactReader(snapshot)
        faults += [fault for flag in flags for fault in _examples(snapshot, facts, flag, day)]
    return sorted(faults, key=lambda fault: (fault.severity, fault.where))


def _names(snapshot: Snapshot, flag: RedFlag) -> Iterator[Fault]:
    where = f"red_flag:{flag.id}"
    if not flag.cites:
        yield Fault("error", where, "no citation")
    for case in flag.case:
        if case.lane != "green" and case.question is None:
            yield Fault("error", where, "a case that speaks for a lane asks a question")
        for text in (case.text, case.question):
            if text is not None and not text.endswith((".", "?")):
                yield Fault("error", where, f"no whole sentence: it ends in '{text[-20:]}'")
            for name in BRACE.findall(text or ""):
                if name not in (*case.when, *ROWS, *NAMES, *COUNTRIES):
                    yield Fault("error", where, f"'{{{name}}}' is neither a predicate of the case nor a field")
        for key, value in case.when.items():
            if key not in PREDICATES:
                yield Fault("error", where, f"unknown predicate '{key}'; the closed set stands in docs/data-formats.md")
            yield from _values(snapshot, where, key, value)


def _kits(snapshot: Snapshot) -> Iterator[Fault]:
    """Codes that no list holds complete no kit, and nobody would notice."""
    held = {entry.code for loaded in snapshot.lists.values() for entry in loaded.entries}
    for kit in snapshot.kits:
        if len(kit.groups) < kit.at_least:
            yield Fault("error", f"kit:{kit.id}", f"has {len(kit.groups)} groups and asks for {kit.at_least}")
        yield from (Fault("error", f"kit:{kit.id}", f"no list holds '{c}'") for group in kit.groups for c in group.codes if c not in held)


def _values(snapshot: Snapshot, where: str, key: str, value: Any) -> Iterator[Fault]:
    sets = {country_set.id for country_set in snapshot.country_sets}
    if key in _COUNTRY_KEYS:
        for part in (value,) if isinstance(value, str) else value:
            if part[4:] not in sets if part.startswith("set:") else part not in snapshot.country_names:
                yield Fault("error", where, f"'{part}' is no country and no set of countries")
    codes = value.get("code_under", ()) if isinstance(value, dict) else ()
    held = {entry.code for loaded in snapshot.lists.values() for entry in loaded.entries} if codes else set()
    yield from (Fault("error", where, f"no list holds '{code}'") for code in codes if code not in held)
    lexicons = [value] if key == "vague" else [value[k] for k in ("lexicon", "without") if k in value] if isinstance(value, dict) else []
    for named in lexicons:
        for lexicon in (named,) if isinstance(named, str) else named:
            if lexicon not in snapshot.lexicons:
                yield Fault("error", where, f"lexicon '{lexicon}' is not defined in reference/")


def _examples(snapshot: Snapshot, facts: FactReader, flag: RedFlag, day: date) -> Iterator[Fault]:
    where = f"red_flag:{flag.id}"
    if flag.told_by is not None:
        return
    for wanted, word in (("fires", "firing"), ("silent", "silent")):
        if wanted not in {example.outcome for example in flag.examples}:
            yield Fault("error", where, f"no {word} example")
    for number, example in enumerate(flag.examples, 1):
        try:
            fires = raised_in(snapshot, facts, flag.id, example, day)
        except (ListDataError, StcError, ValueError, TypeError, KeyError, pl.exceptions.PolarsError) as error:
            yield Fault("error", where, f"example {number} cannot be run: {error}")
            continue
        if fires != (example.outcome == "fires"):
            yield Fault("error", where, f"example {number} should be '{example.outcome}' and is '{'fires' if fires else 'silent'}'")


def raised_in(snapshot: Snapshot, facts: FactReader, flag_id: str, example: RedFlagExample, day: date) -> bool:
    """Whether a flag is raised on the first item of an example."""
    usual = UsualValues(snapshot, pl.DataFrame([example.usual], schema=USUAL) if example.usual else None)
    flags = RedFlags(snapshot, Policy(), facts, usual, (flag_id,))
    items = [{"declaration": example.declaration, "candidate": example.candidate}, *example.others]
    part = next(iter(read_records([{"description": "example", **one["declaration"]} for one in items], ReadOptions(snapshot))))
    if part.rejects.height:
        raise ValueError(f"it cannot be read: {part.rejects.item(0, 'reason')}")
    candidates = _candidates([one.get("candidate") for one in items])
    days = part.items.select("item", as_of=pl.col("declared_on").fill_null(day))
    raised = flags.raised(part, days, candidates, _matches(example.party))
    of_batch = flags.together([flags.pieces(part, _determined(part, days, candidates))])
    first = part.items.row(0, named=True)
    return any(
        row["id"] == flag_id and (row["item"] == first["item"] if "source_row" not in row else row["source_row"] == first["source_row"])
        for frame in (raised, of_batch)
        for row in frame.iter_rows(named=True)
    )


def _candidates(given: list[Any]) -> pl.DataFrame:
    rows = [
        {"item": item, "list": "example", "code": "", "status": "met", "regimes": [], **_plain(one)}
        for item, one in enumerate(given)
        if one
    ]
    return pl.DataFrame(rows, schema=CANDIDATE)


def _matches(party: dict[str, Any] | None) -> pl.DataFrame:
    row = {
        "item": 0,
        "party": 0,
        "role": "consignee",
        "name": "",
        "list": "example",
        "entity_id": "1",
        "listed_name": "",
        "why": [],
        "evidence": [],
    }
    return pl.DataFrame([{**row, **_plain(party)}] if party else [], schema=PARTY_MATCH)


def _determined(part: Declarations, days: pl.DataFrame, candidates: pl.DataFrame) -> Determined:
    """What ``pieces`` reads of determinations, of an example's candidates."""
    shown = candidates.group_by("item", maintain_order=True).agg(candidates=pl.struct("code", "status")).with_row_index("record")
    keys = part.items.select("item", "source_file", "source_row", "item_number", "declaration_id").join(days, on="item")
    return Determined(keys.join(shown.select("item", "record"), on="item"), shown.select("candidates"))


def _plain(record: Any) -> dict[str, Any]:
    return {
        key: [dict(v) if isinstance(v, dict) else v for v in value] if isinstance(value, tuple) else value for key, value in record.items()
    }
