"""Listed firms, persons and ships of every list are found under the words that declarations use for them.

``known_parties.csv`` names the list, the party's id there, by what it is declared (its name, an alias, its name in its own script, an
identifier, an address), the declared text, and the day where the party stands on the list no more.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from control_lists.snapshot import Snapshot
from screening.frames import PARTY
from screening.parties.listed import identifier_key
from screening.parties.match import PartyMatcher
from screening.policy import Policy
from tests.conformance.official import TODAY, Store

# The newest edition that has all names of its parties; of the others the newest.
FULLEST = {"us-sdn": "2023-12-28", "uk-sanctions": "2025-04-14", "eu-fsf": "2026-05-01"}
TABLE = Path(__file__).with_name("known_parties.csv")


class Known(NamedTuple):
    """A declared party and the listed party it is."""

    list: str
    entity_id: str
    by: str
    declared: str
    as_of: str


def known() -> list[Known]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [Known(**row) for row in csv.DictReader(lines)]


@pytest.fixture(scope="module")
def snapshot(official: Store) -> Snapshot:
    store = official.editions
    editions = {
        list_id: store.find(list_id, FULLEST[list_id]) if list_id in FULLEST else store.in_force(list_id) for list_id in store.lists()
    }
    return Snapshot.open().at_editions(store, {list_id: edition.folder.name for list_id, edition in editions.items()})


def declared(row: Known, item: int) -> dict[str, object]:
    """The row as a declared party, and no more of it than the row says."""
    party = {"item": item, "party": 1, "role": "end_user", "name": None, "country": None, "address": None, "identifiers": None}
    if row.by == "identifier":
        return {**party, "identifiers": [row.declared]}
    return {**party, "address" if row.by == "address" else "name": row.declared}


def script(text: str) -> str:
    """The script of most letters of a text, as Unicode names it."""
    return Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()).most_common(1)[0][0]


def test_the_table_is_of_all_lists_many_scripts_and_other_spellings(snapshot: Snapshot) -> None:
    rows = known()
    parties = {
        (list_id, entity["id"]): entity
        for list_id, loaded in snapshot.lists.items()
        if loaded.meta.kind == "parties"
        for entity in loaded.entities.frame.select("id", "name", "aliases", "identifiers").iter_rows(named=True)
    }
    assert {(row.list, row.entity_id) for row in rows} <= parties.keys()
    lists = {loaded.meta.id for loaded in snapshot.lists.values() if loaded.meta.kind == "parties"}
    counted = Counter(row.list for row in rows)
    assert counted.keys() == lists
    assert min(counted.values()) >= 5
    assert len(rows) == len(set(rows)) >= 150
    scripts = {script(row.declared) for row in rows if row.by != "identifier"}
    assert scripts >= {
        "LATIN", "CYRILLIC", "ARABIC", "HEBREW", "GREEK", "GEORGIAN", "ARMENIAN", "ETHIOPIC", "THAI", "MYANMAR", "CJK", "HIRAGANA",
        "KATAKANA", "HANGUL",
    }  # fmt: skip
    other = 0
    for row in rows:
        entity = parties[row.list, row.entity_id]
        printed = {entity["name"], *(alias["name"] for alias in entity["aliases"]), *entity["identifiers"]}
        other += row.declared not in printed
    assert other >= len(rows) / 2


def test_every_known_party_is_found(snapshot: Snapshot) -> None:
    rows = known()
    frame = pl.DataFrame([declared(row, item) for item, row in enumerate(rows)], schema=PARTY)
    days = {item: date.fromisoformat(row.as_of) if row.as_of else TODAY for item, row in enumerate(rows)}
    found = PartyMatcher(snapshot, Policy.open(None)).match(frame, days)
    reached = set(found.select("item", "list", "entity_id").iter_rows())
    assert [row for item, row in enumerate(rows) if (item, row.list, row.entity_id) not in reached] == []
    strong = set(found.filter(pl.col("strength") == "strong").select("item", "list", "entity_id").iter_rows())
    weak = [row for item, row in enumerate(rows) if row.by == "identifier" and (item, row.list, row.entity_id) not in strong]
    assert [row for row in weak if not identifier_key(row.declared).startswith(("passport:", "national:"))] == []
