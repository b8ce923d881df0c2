"""What changed between two editions of a watchlist: parties added, removed and changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from control_lists.models import WatchlistEntity
from control_lists.parties import Parties

_COMPARED = tuple(name for name in WatchlistEntity.model_fields if name != "id")


class Change(NamedTuple):
    """One party's change: ``added``, ``removed`` or ``changed``, with the fields that differ as (field, before, after)."""

    kind: str
    entity_id: str
    name: str
    fields: tuple[tuple[str, Any, Any], ...]


def diff(before: Parties, after: Parties) -> list[Change]:
    """The changes from one edition to another, by id: removed, added, changed; unchanged parties are not told.

    The order of values within a field is no change.
    """
    old, new = before.frame, after.frame
    removed = old.join(new.select("id"), on="id", how="anti", maintain_order="left")
    added = new.join(old.select("id"), on="id", how="anti", maintain_order="left")
    changes = [Change("removed", row["id"], row["name"], ()) for row in removed.select("id", "name").iter_rows(named=True)]
    changes += [Change("added", row["id"], row["name"], ()) for row in added.select("id", "name").iter_rows(named=True)]
    both = old.join(new, on="id", how="inner", suffix="_after", maintain_order="right")
    for row in both.iter_rows(named=True):
        fields = tuple((f, row[f], row[f"{f}_after"]) for f in _COMPARED if _unordered(row[f]) != _unordered(row[f"{f}_after"]))
        if fields:
            changes.append(Change("changed", row["id"], row["name_after"], fields))
    return changes


def in_words(change: Change) -> str:
    """The change as a person reads it, on one line: the party, and of each field what is gone and what is new."""
    told = []
    for field, before, after in change.fields:
        old, new = _values(before), _values(after)
        gone = [f"gone {value}" for value in old if value not in new]
        told.append(f"{field.replace('_', ' ')}: {', '.join(gone + [f'new {value}' for value in new if value not in old])}")
    return f"{change.kind:<9}{change.entity_id}  {change.name}" + (f"  {'; '.join(told)}" if told else "")


def _values(value: Any) -> list[str]:
    """A field's values as texts; a name with its quality where it is no plain alias."""
    if value is None:
        return []
    named = [v if not isinstance(v, dict) else v["name"] + ("" if v["quality"] == "strong" else f" ({v['quality']})") for v in _many(value)]
    return [f"'{text}'" for text in named]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _unordered(value: Any) -> Any:
    return sorted(map(repr, value)) if isinstance(value, list) else value
