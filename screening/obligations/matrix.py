"""The matrix of resolution 1540 for one profile: each obligation and class of weapons covered, covered in part, a gap, or not stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from control_lists.models import Profile, Rule
from control_lists.snapshot import Snapshot
from screening.decide.rules import in_force
from screening.errors import UsageError
from screening.obligations.models import Measure, NationalMeasure, Obligations, WeaponClass
from screening.obligations.reach import REQUIRES, Entry, adopted_entries, conditions, is_of, moves, reaches

Status = Literal["covered", "partly", "gap", "not_stated"]
STATUSES: tuple[Status, ...] = ("covered", "partly", "gap", "not_stated")


class Cell(NamedTuple):
    """One obligation for one class. ``detail`` says what covers it, or what is missing; ``entries`` of ``of`` that rules reach."""

    measure: str
    paragraph: str
    title: str
    subject: str
    weapon_class: str
    status: Status
    laws: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    is_unverified: bool = False
    detail: str = ""
    entries: int = 0
    of: int = 0


class Held(NamedTuple):
    """What a profile's cells are derived from."""

    snapshot: Snapshot
    profile: Profile
    rules: tuple[Rule, ...]
    entries: list[Entry]
    day: date


def held(snapshot: Snapshot, profile_id: str, day: date) -> Held:
    """The rules and listed entries of a profile in force on a day; raises UsageError for a profile that is not held."""
    if profile_id not in snapshot.profiles:
        raise UsageError(f"no rule set is held for '{profile_id}'; held are {', '.join(sorted(snapshot.profiles))}")
    profile = snapshot.profiles[profile_id]
    rules = tuple(rule for rule in snapshot.rules[profile_id] if in_force(rule, day) and rule.then.flag is not None)
    return Held(snapshot, profile, rules, adopted_entries(snapshot, profile, day), day)


def matrix(have: Held, shape: Obligations, national: Sequence[NationalMeasure] = ()) -> list[Cell]:
    """Every cell, in the order of the obligations; raises UsageError for a national measure of no row or class."""
    rows, classes = {m.id for m in shape.measure}, {w.id for w in shape.weapon_class}
    for stated in national:
        if stated.measure not in rows or set(stated.classes) - classes:
            raise UsageError(f"national measure '{stated.law}': no cell {stated.measure} {', '.join(stated.classes)}")
    cells = []
    for measure in shape.measure:
        for weapon in shape.weapon_class:
            laws = [s for s in national if s.measure == measure.id and (not s.classes or weapon.id in s.classes)]
            cells.append(_stated(_derived(measure, weapon, have), laws))
    return cells


def _derived(measure: Measure, weapon: WeaponClass, have: Held) -> Cell:
    cell = Cell(measure.id, measure.paragraph, measure.title, measure.subject, weapon.id, "gap")
    if measure.basis == "operation":
        return _operation(cell, measure.operation or "", weapon, have)
    if measure.basis == "list":
        return _lists(cell, weapon, have)
    if measure.basis == "end_use":
        return _end_use(cell, have)
    if measure.basis == "party":
        return _parties(cell, measure, have)
    if measure.basis == "hold":
        days = have.profile.hold_days
        if days is None:
            return cell._replace(detail="No period for which customs may hold a movement is held.")
        return cell._replace(
            status="covered", laws=have.profile.cites, is_unverified=have.profile.status == "verify", detail=f"Hold of {days} working days."
        )
    return cell._replace(status="not_stated", detail="No national measure is stated.")


def _operation(cell: Cell, operation: str, weapon: WeaponClass, have: Held) -> Cell:
    """Covered where rules that require a licence reach every entry of the class of at least one adopted list, unconditionally."""
    listed = [entry for entry in have.entries if is_of(entry, weapon)]
    if operation not in have.profile.operations:
        return cell._replace(of=len(listed), detail=have.profile.no_rule_note)
    named = {rule.id: [entry for entry in listed if reaches(rule, entry)] for rule in have.rules if moves(rule, operation)}
    near = [rule for rule in have.rules if named.get(rule.id)]
    strict = [rule for rule in near if rule.then.flag in REQUIRES and not conditions(rule, have.profile, have.snapshot, have.day)]
    reached = {entry for rule in strict for entry in named[rule.id]}
    whole = [name for name, count, of in _by_list(listed, reached) if count == of]
    told = "; ".join(f"{name}: {count} of {of} entries" for name, count, of in _by_list(listed, reached) if count)
    base = cell._replace(entries=len(reached), of=len(listed))
    if strict:
        status: Status = "covered" if whole else "partly"
        return _by_rules(base._replace(status=status, detail=f"A licence is required ({told})."), strict)
    narrow = [rule for rule in near if rule.then.flag in REQUIRES]
    asking = [rule for rule in near if rule.then.flag == "REVIEW"]
    if narrow or asking:
        limits = sorted({limit for rule in narrow for limit in conditions(rule, have.profile, have.snapshot, have.day)})
        detail = (
            f"Required under conditions only ({', '.join(limits)})." if narrow else "The rules only ask: no licence is required outright."
        )
        return _by_rules(base._replace(status="partly", detail=detail), [*narrow, *asking])
    return base._replace(detail=f"No rule on {operation.replace('_', ' ')} reaches an entry of this class.")


def _by_list(listed: Sequence[Entry], reached: set[Entry]) -> Iterator[tuple[str, int, int]]:
    for name in dict.fromkeys(entry.list_id for entry in listed):
        here = [entry for entry in listed if entry.list_id == name]
        yield name, sum(entry in reached for entry in here), len(here)


def _lists(cell: Cell, weapon: WeaponClass, have: Held) -> Cell:
    listed = [entry for entry in have.entries if is_of(entry, weapon)]
    if not listed:
        return cell._replace(detail="No adopted list holds an entry of this class.")
    told, partly = [], []
    for name, _, count in _by_list(listed, set()):
        meta = have.snapshot.lists[name].meta
        told.append(f"{name}, edition {meta.edition}: {count} entries")
        named = next(adopted.edition for adopted in have.profile.control_lists if adopted.id == name)
        if meta.coverage != "full" or named not in (None, meta.edition):
            partly.append(name)
    whole = len(partly) < len(told)
    return cell._replace(
        status="covered" if whole else "partly", laws=have.profile.cites, is_unverified=have.profile.status == "verify",
        detail="; ".join(told) + ".", entries=len(listed), of=len(listed),
    )  # fmt: skip


def _end_use(cell: Cell, have: Held) -> Cell:
    uses = [r for r in have.rules if r.subject == "item" and {"wmd", "any"} & set(_words(r.when.get("end_use_informed", ())))]
    strict = [
        r for r in uses if r.then.flag in REQUIRES and set(conditions(r, have.profile, have.snapshot, have.day)) == {"end use informed"}
    ]
    if strict:
        return _by_rules(cell._replace(status="covered", detail="A licence is required once the trader is informed of such a use."), strict)
    if uses:
        return _by_rules(cell._replace(status="partly", detail="Under further conditions, or only a question."), uses)
    return cell._replace(detail="No rule on unlisted goods for such a use.")


def _parties(cell: Cell, measure: Measure, have: Held) -> Cell:
    banning = [
        r for r in have.rules if r.subject == "party" and r.then.flag == "PROHIBITED" and "un-sc" in _words(r.when.get("party_list", ()))
    ]
    named = {p for r in banning for p in (_words(r.when["party_programme"]) if "party_programme" in r.when else measure.programmes)}
    missing = [programme for programme in measure.programmes if programme not in named]
    useful = [r for r in banning if "party_programme" not in r.when or set(_words(r.when["party_programme"])) & set(measure.programmes)]
    if not useful:
        return cell._replace(detail=f"No rule forbids dealings with parties under {', '.join(measure.programmes)}.")
    if missing:
        return _by_rules(cell._replace(status="partly", detail=f"No rule for {', '.join(missing)}."), useful)
    return _by_rules(cell._replace(status="covered", detail=f"Forbidden for parties under {', '.join(measure.programmes)}."), useful)


def _words(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def _by_rules(cell: Cell, rules: Sequence[Rule]) -> Cell:
    return cell._replace(
        laws=tuple(dict.fromkeys(cite for rule in rules for cite in rule.cites)),
        rules=tuple(rule.id for rule in rules),
        is_unverified=any(rule.status == "verify" for rule in rules),
    )


def _stated(cell: Cell, laws: Sequence[NationalMeasure]) -> Cell:
    """A cell with what the national file states of it: a law in force covers what the engine cannot know, and halves a gap in its rules."""
    if not laws:
        return cell
    cited = tuple(f"{law.law}, {law.citation}" + (" (draft)" if law.status == "draft" else "") for law in laws)
    notes = " ".join(law.note for law in laws if law.note)
    is_enacted = any(law.status == "in_force" for law in laws)
    status, detail = cell.status, cell.detail
    if status == "not_stated":
        status, detail = ("covered", "Stated by the national authority.") if is_enacted else ("partly", "A draft is stated.")
    elif status == "gap":
        status, detail = "partly", f"{detail} A national {'law' if is_enacted else 'draft'} is stated that the rules do not hold."
    return cell._replace(status=status, laws=(*cell.laws, *cited), detail=" ".join(filter(None, (detail, notes))))
