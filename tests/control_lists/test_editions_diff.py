"""What changed between two editions."""

from __future__ import annotations

from datetime import date

from control_lists.editions_diff import diff, in_words
from control_lists.models import WatchlistEntity
from control_lists.parties import Parties


def party(entity_id: str, **fields: object) -> WatchlistEntity:
    base = {"id": entity_id, "name": f"Name {entity_id}", "kind": "organisation", "programmes": ["T"], "cites": ["test"]}
    return WatchlistEntity.model_validate({**base, **fields})


def test_parties_added_removed_and_changed_are_told() -> None:
    before = Parties.of([party("1"), party("2", countries=["CN"]), party("3")])
    after = Parties.of([party("2", countries=["CN", "HK"]), party("3"), party("4")])
    changes = [(c.kind, c.entity_id, c.fields) for c in diff(before, after)]
    assert changes == [("removed", "1", ()), ("added", "4", ()), ("changed", "2", (("countries", ["CN"], ["CN", "HK"]),))]


def test_another_order_is_no_change() -> None:
    assert diff(Parties.of([party("1", countries=["CN", "HK"])]), Parties.of([party("1", countries=["HK", "CN"])])) == []


def test_a_change_is_told_by_what_is_gone_and_new() -> None:
    before = party("1", countries=["CN"], aliases=[{"name": "Old Name"}, {"name": "Kept"}])
    after = party(
        "1", countries=["CN", "HK"], aliases=[{"name": "Kept"}, {"name": "Old Name", "quality": "weak"}], listed_on=date(2024, 5, 1)
    )
    (change,) = diff(Parties.of([before]), Parties.of([after]))
    assert in_words(change) == (
        "changed  1  Name 1  aliases: gone 'Old Name', new 'Old Name (weak)'; countries: new 'HK'; listed on: new '2024-05-01'"
    )
    (gone,) = diff(Parties.of([party("2")]), Parties.of([]))
    assert in_words(gone) == "removed  2  Name 2"
